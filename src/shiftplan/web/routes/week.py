"""The week as its tables say it: centers, shifts, people, what is asked for, and the rules.

`Problem` -> `WeekFacts`, of which a lead of centers gets what is theirs. Phones and contacts of
people are never among it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from fastapi import APIRouter, Request

from shiftplan.case.case import Case
from shiftplan.errors.message import OfRule
from shiftplan.present.naming import Names
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence, absences_in
from shiftplan.rules import Rule
from shiftplan.web.desk import AtDesk
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.visitor import Planner, Visitor
from shiftplan.week.collation import person_key
from shiftplan.week.fields import Frozen
from shiftplan.week.records import Center, Shift, Skill, Volunteer
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster

router = APIRouter(tags=["week"])
_SIGNS = {"available": "a", "preferred": "p", "undesired": "u"}
"""State of a window -> its sign in `PersonShown.offers`."""
Time = tuple[dt.datetime, dt.datetime]


class RuleSaid(Frozen):
    """A rule of the week."""

    rule: str
    """Its kind."""
    level: int | None
    """Its level; None for a hard rule."""
    sentence: str
    """What it is called, in the language asked for."""


class OccupiedShown(Frozen):
    """What occupies a person beside shifts."""

    start: dt.datetime
    """Since when."""
    end: dt.datetime
    """Until when."""
    when: str
    """Both in words, in the language asked for."""
    what: str
    """What it is; empty where that is unknown."""


class PersonShown(Frozen):
    """A volunteer, as those who plan see them."""

    volunteer_id: str
    """The id."""
    name: str
    """Name on one line; the id where there is none."""
    home_center_id: str | None
    """Where they live, if that is known."""
    group: tuple[str, ...]
    """Groups."""
    skills: dict[str, int]
    """Skill -> level on the first day."""
    max_shifts: int | None
    """Most shifts; None for any number."""
    mobile: bool
    """Whether they may be sent anywhere."""
    show_rate: float
    """Probability that they come to a shift."""
    offers: str
    """A sign for each of the `times`: `a` available, `p` preferred, `u` undesired, or `-`."""
    offered: int
    """Shifts offered: these times, at most `max_shifts`."""
    shifts_before: float
    """Shifts worked before the week."""
    offered_before: float
    """Shifts offered before it."""
    absent: tuple[tuple[dt.datetime | None, dt.datetime | None], ...] = ()
    """Since when and until when they are absent, as recorded; None for no start, or no end."""
    occupied: tuple[OccupiedShown, ...] = ()
    """What occupies them in the week beside shifts, in order of time."""


class NeedShown(Requirement):
    """A requirement; one that counts several shifts has the first of them as `shift_id`."""

    among: tuple[str, ...] | None = None
    """All shifts whose people count; None for `shift_id` alone."""
    said: str = ""
    """The time, or the dates and shifts, of one that counts several shifts."""


class WeekFacts(Frozen):
    """The week without its rosters."""

    name: str
    """Name of its record; empty without one."""
    days: tuple[dt.date, ...]
    """Its dates."""
    visitor: Visitor
    """Who asks."""
    centers: tuple[Center, ...]
    """Centers."""
    skills: tuple[Skill, ...]
    """Skills."""
    shifts: tuple[Shift, ...]
    """Shifts."""
    times: tuple[Time, ...]
    """Start and end of all shifts of the week, each once, in order."""
    requirements: tuple[NeedShown, ...]
    """What shifts ask for."""
    people: tuple[PersonShown, ...]
    """Volunteers, by name."""
    rules: tuple[RuleSaid, ...]
    """Rules that count."""
    has_home: bool = False
    """Whether a page two folders above lists this week among others."""


@router.get("/week", response_model_exclude_defaults=True)
def week(desk: AtDesk, visitor: Planner, request: Request, lang: AskedLang = "en") -> WeekFacts:
    """The week as it is now, without rosters."""
    with desk.lock:
        hand, names = desk.in_hand(), desk.names(lang)
        problem, now = hand.problem, desk.week.now
    seen = visitor.people(problem, hand.roster, now.told or hand.roster)
    shifts = tuple(s for s in problem.shifts if visitor.sees_shift(s))
    at, bare = {s.shift_id for s in shifts}, {"phone": "", "contact": "", "extra": ()}
    times = times_of(problem.shifts)
    absences, past = absences_in(now.changes), Case(problem, Roster()).past
    people = [
        _shown(problem, names, person, times, absences.get(person.volunteer_id, ()), past)
        for person in problem.volunteers
        if person.volunteer_id in seen
    ]
    return WeekFacts(
        name=desk.week.name,
        days=problem.horizon.dates,
        visitor=visitor,
        centers=tuple(c.model_copy(update=bare) for c in problem.centers),
        skills=problem.skills,
        shifts=tuple(s.model_copy(update={"extra": ()}) for s in shifts),
        times=tuple(times),
        requirements=tuple(
            _asked(problem, names, n) for n in problem.requirements if problem.shown_at(n) in at
        ),
        people=tuple(sorted(people, key=lambda shown: person_key(shown.name))),
        rules=tuple(_said(rule, names) for rule in problem.active_rules),
        has_home=request.app.state.has_home and visitor.role == "province",
    )


def _asked(problem: Problem, names: Names, need: Requirement) -> NeedShown:
    """A requirement as it is shown at one of its shifts."""
    values = dict(need)
    if need.shift_id is None:
        values["among"] = tuple(shift.shift_id for shift in problem.still_counted(need))
        values |= {"shift_id": problem.shown_at(need), "said": names.parts(need)}
    return NeedShown.model_construct(**values)


def times_of(shifts: Iterable[Shift]) -> list[Time]:
    """Start and end of shifts, each time once, in order."""
    return sorted({(s.start, s.end) for s in shifts})


def _shown(
    problem: Problem,
    names: Names,
    person: Volunteer,
    times: list[Time],
    absences: Iterable[Absence],
    past: Callable[[Volunteer, str], float],
) -> PersonShown:
    occupied = (
        OccupiedShown(start=row.start, end=row.end, when=names.say.show(row.when), what=row.what)
        for row in problem.occupied_of.get(person.volunteer_id, ())
        if any(day in problem.horizon for day in row.dates)
    )
    levels = {s.skill_id: person.level(s.skill_id, problem.horizon.start) for s in problem.skills}
    offers = {(s.start, s.end): _SIGNS[state] for s, state in problem.offers.times(person)}
    return PersonShown(
        volunteer_id=person.volunteer_id,
        name=names.called(person.volunteer_id),
        home_center_id=person.home_center_id,
        group=person.group,
        skills={skill: level for skill, level in levels.items() if level},
        max_shifts=person.max_shifts,
        mobile=person.mobile,
        show_rate=person.show_rate,
        offers="".join(offers.get(time, "-") for time in times),
        absent=tuple((absence.start, absence.end) for absence in absences),
        offered=problem.offers.count(person),
        shifts_before=past(person, "shifts_worked"),
        offered_before=past(person, "shifts_offered"),
        occupied=tuple(occupied),
    )


def _said(rule: Rule, names: Names) -> RuleSaid:
    level = rule.level if isinstance(rule.level, int) else None
    return RuleSaid(rule=rule.rule, level=level, sentence=names.say.show(OfRule(rule.rule)))
