"""What several parts of the report read, looked up once; and the data of its tables and script.

(`Problem`, `Roster`) -> `Facts` -> `Grid`, `Areas`, JSON text that may stand inside an HTML file.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby
from typing import Any, Literal, NamedTuple

from shiftplan.case.case import laid_out
from shiftplan.present.breaks import BreakTexts
from shiftplan.present.coverage import seats_in, seats_of
from shiftplan.present.naming import Names
from shiftplan.present.summary import area_name
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.scoring.equity import CenterSeats, EquityMeasures, Seats, equity_of
from shiftplan.scoring.fairness import FairnessMeasures, fairness_of
from shiftplan.week.collation import collation_key, person_key
from shiftplan.week.records import Shift, Volunteer
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster
from shiftplan.week.where import area_classes

Session = tuple[dt.datetime, dt.datetime]
"""Start and end that several shifts share."""
_WORDS = (
    *("nothing_found", "show_all", "nobody", "complete", "missing", "load", "skills"),
    *("shown", "show_more"),
)
_ESCAPES = str.maketrans(
    {sign: f"\\u{ord(sign):04x}" for sign in ("<", ">", "&", "'", "\u2028", "\u2029")}
)
Row = dict[str, Any]
"""A shift or a person; one letter a field keeps the file small."""


class Grid(NamedTuple):
    """The heat map of coverage."""

    days: list[tuple[dt.date, int]]
    """Day and number of its sessions."""
    sessions: list[Session]
    rows: list[tuple[CenterSeats, list[tuple[Seats, str] | None]]]
    """Centers, lowest share of seats filled first; seats in each session and what is missing, in
    words. None where nobody is asked for."""


class Areas(NamedTuple):
    """Seats by area."""

    skills: list[str]
    """Names of the skills that are asked for."""
    rows: list[tuple[str, int, list[Seats]]]
    """Name, centers and seats, of people and then of each skill: classes of area, then all."""

    @property
    def of(self) -> Literal["areas", "skills"]:
        """What is compared: skills alone where there are no areas."""
        return "areas" if len(self.rows) > 1 else "skills"

    @property
    def is_telling(self) -> bool:
        """Whether there are areas, skills or languages to compare, and seats in any of them."""
        has_seats = any(seats.target for *_, row in self.rows for seats in row)
        return has_seats and (len(self.rows) > 2 or bool(self.skills))


class Facts:
    """One roster, laid out for the report."""

    def __init__(self, problem: Problem, roster: Roster, lang: Lang, *, public: bool) -> None:
        self.problem, self.roster, self.public = problem, roster, public
        self.names = Names(problem, lang)
        self.say, self.lang = self.names.say, self.names.say.lang
        self.case = laid_out(problem, roster)
        self.center_place = {c.center_id: i for i, c in enumerate(problem.centers)}
        sessions = sorted({(s.start, s.end) for s in problem.shifts})
        self.session_place = {session: place for place, session in enumerate(sessions)}
        self.needs_of: dict[str, list[Requirement]] = {s.shift_id: [] for s in problem.shifts}
        for need in problem.requirements:
            if (shown := self.case.shown_at(need)) is not None:
                self.needs_of[shown].append(need)

    @cached_property
    def equity(self) -> EquityMeasures:
        """How well centers and areas are served."""
        return equity_of(self.case)

    @cached_property
    def fairness(self) -> FairnessMeasures:
        """How the work is shared."""
        return fairness_of(self.case)

    @cached_property
    def breaks(self) -> BreakTexts:
        """When people are on a break."""
        return BreakTexts(self.problem, self.roster, self.names)

    @cached_property
    def is_asking(self) -> bool:
        """Whether any shift asks for anybody; without, nothing can be filled or missing."""
        return any(need.target for need in self.problem.requirements)

    def missing(self, shift: Shift) -> str:
        """Whom a shift lacks, such as `1 person, 1 person with Portal 2`; empty when nobody."""
        needs = self.needs_of[shift.shift_id]
        empty = [(need, self.case.empty(need)) for need in needs]
        return ", ".join(self.names.people(need, n) for need, n in empty if n > 0)

    def grid(self) -> Grid:
        """The heat map of coverage; shifts of one center and time share a cell."""
        sessions = list(self.session_place)
        inside: dict[Session, list[Shift]] = {session: [] for session in sessions}
        for shift in self.problem.shifts:
            inside[shift.start, shift.end].append(shift)
        missing: dict[tuple[str, int], list[str]] = {}
        for place, shifts in enumerate(inside.values()):
            for shift in shifts:
                if text := self.missing(shift):
                    missing.setdefault((shift.center_id, place), []).append(text)
        seats = seats_in(self.case, ([s.shift_id for s in shifts] for shifts in inside.values()))

        def cell(key: tuple[str, int]) -> tuple[Seats, str] | None:
            return (seats[key], ", ".join(missing.get(key, ()))) if key in seats else None

        rows = [
            (center, [cell((center.center_id, place)) for place in range(len(sessions))])
            for center in self.equity.centers
        ]
        days = groupby(sessions, key=lambda session: session[0].date())
        return Grid([(day, len(list(own))) for day, own in days], sessions, rows)

    def areas(self) -> Areas:
        """Seats of people, and of each skill and language that is asked for, by class of area."""
        problem = self.problem
        asked = {skill for need in problem.requirements for skill in _columns_of(need)}
        skills = [s for s in problem.skills if s.skill_id in asked]
        skills.sort(key=lambda s: s.kind == "language")
        classes = {c.center_id: area_classes(c) for c in problem.centers}
        needs: dict[tuple[str | None, str | None], list[Requirement]] = {}
        for need in problem.requirements:
            center_id = problem.center_of(need)
            for area in (None, *classes[center_id]):
                for skill in _columns_of(need):
                    needs.setdefault((area, skill), []).append(need)

        def row(area: str | None) -> list[Seats]:
            columns = [None, *(skill.skill_id for skill in skills)]
            return [seats_of(self.case, needs.get((area, skill), ())) for skill in columns]

        found = [(area, row(area.area)) for area in self.equity.told_areas]
        found.append((self.equity.overall, row(None)))
        rows = [(area_name(area, self.lang), area.centers, seats) for area, seats in found]
        return Areas([skill.name or skill.skill_id for skill in skills], rows)


def _columns_of(need: Requirement) -> set[str | None]:
    """Skills whose seats those of a requirement are; None for those of heads."""
    if need.is_of_heads or need.skill_id is not None:
        return {need.skill_id}
    return {ability.skill_id for one in need.conditions if one.held for ability in one.abilities}


def data_of(facts: Facts) -> Row:
    """The roster; a public report counts people and names nobody.

    Texts of `words` keep the gaps of the catalogue; `counts` has each number of people in words.
    """
    problem, case, say = facts.problem, facts.case, facts.say
    key = person_key if say("form.given_name") == "last" else collation_key
    people = sorted(
        problem.volunteers, key=lambda v: (key(v.name or v.volunteer_id), v.volunteer_id)
    )
    place_of = {v.volunteer_id: place for place, v in enumerate(people)}
    order = sorted(
        case.taking_place,
        key=lambda s: (facts.center_place[s.center_id], s.start, s.end, s.shift_id),
    )
    shift_place = {shift.shift_id: place for place, shift in enumerate(order)}
    shifts: list[Row] = []
    for shift in order:
        needs, team = facts.needs_of[shift.shift_id], case.people_in[shift.shift_id]
        every = seats_of(case, needs)
        heads = [need for need in needs if need.is_of_heads and need.target]
        own = [need for need in heads if need.shift_id is not None]
        counted = seats_of(case, own or heads[:1] or needs)
        names = [] if facts.public else sorted(place_of[v.volunteer_id] for v in team)
        ids = (people[place].volunteer_id for place in names)
        breaks = [facts.breaks.own(shift.shift_id, who) for who in ids]
        shifts.append(
            {
                "c": facts.center_place[shift.center_id],  # places of the center, of the session
                "t": facts.session_place[shift.start, shift.end],
                "p": names,  # places of the people; none in a public report
                **({"r": breaks} if any(breaks) else {}),  # their breaks, in words
                "n": len(team),
                "f": counted.filled,  # seats for people; for skills where nothing else is asked for
                "w": counted.target,
                "e": every.target - every.filled,  # empty seats, for people and skills
                "m": facts.missing(shift),  # what is missing, in words
            }
        )
    gaps = {name: f"{{{name}}}" for name in ("shown", "all", "n")}
    return {
        "lang": say.language.replace("_", "-"),
        "centers": [c.name or c.center_id for c in problem.centers],
        "sessions": [
            [say.day(start), facts.names.hours(start, end), start.date().isoformat()]
            for start, end in facts.session_place
        ],
        "shifts": shifts,
        "people": [] if facts.public else _people(facts, people, shift_place),
        "words": {name: say(f"reports.{name}", **gaps) for name in _WORDS},
        "counts": {n: say("count.people", n=n) for n in sorted({shift["n"] for shift in shifts})},
    }


def _people(facts: Facts, people: list[Volunteer], shift_place: dict[str, int]) -> list[Row]:
    figures, day = {p.volunteer_id: p for p in facts.fairness.people}, facts.problem.horizon.start

    def skills(person: Volunteer) -> Iterator[str]:
        """Yield skills held on the first day, with their levels."""
        for skill in facts.problem.skills:
            if level := person.level(skill.skill_id, day):
                yield facts.names.skill(skill.skill_id, level)

    rows: list[Row] = []
    for person in people:
        own, who = figures[person.volunteer_id], person.volunteer_id
        reach = facts.names.reach(who)
        beside = [facts.names.beside(row) for row in facts.problem.other_work(who)]
        rows.append(
            {
                "n": person.name or who,
                "i": who,
                "h": facts.center_place.get(person.home_center_id or "", -1),  # -1: unknown
                "k": ", ".join(skills(person)),
                "s": [shift_place[s.shift_id] for s in facts.case.shifts_of[who]],
                **({"b": beside} if beside else {}),  # other work, in words
                "o": own.offered,
                "l": round(own.load, 6),  # earlier weeks included; then the same in words
                "x": facts.say.percent(own.load if own.offered else None),
                **({"c": reach} if reach else {}),  # how the person is called
            }
        )
    return rows


def as_json(data: Row) -> str:
    """JSON that no reader of HTML can take for markup: it ends no script and opens no comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)
