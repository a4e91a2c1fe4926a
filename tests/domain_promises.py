"""What the pages of the example domains promise of their rosters, each in code.

A week and a roster -> whether the sentence holds; `sp.check` is not asked.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

import shiftplan as sp

Promise = Callable[["Worked"], bool]
PROMISES: dict[tuple[str, str], Promise] = {}
"""Domain and sentence of its page -> whether a roster keeps it."""


class Worked:
    """A roster with what its ids stand for."""

    def __init__(self, problem: sp.Problem, roster: sp.Roster) -> None:
        self.problem, self.roster = problem, roster
        self.people = {person.volunteer_id: person for person in problem.volunteers}
        self.shifts = {shift.shift_id: shift for shift in problem.shifts}
        self.team = {key: set(roster.people_in.get(key, ())) for key in self.shifts}
        self.of = {
            who: sorted(
                (self.shifts[key] for key in roster.shifts_of.get(who, ())), key=lambda s: s.start
            )
            for who in self.people
        }

    def group(self, name: str) -> set[str]:
        """Ids of the people of a group."""
        return {who for who, person in self.people.items() if name in person.group}

    def level(self, who: str, skill: str) -> int:
        """Level of a skill that somebody holds on every date."""
        return max((g.level for g in self.people[who].skills if g.skill_id == skill), default=0)

    def holds(self, who: str, skill: str, level: int, day: dt.date) -> bool:
        """Whether somebody holds a skill at a level on a date."""
        return any(
            grant.skill_id == skill
            and grant.level >= level
            and (grant.valid_from or day) <= day <= (grant.valid_to or day)
            for grant in self.people[who].skills
        )

    def holders(self, shift: sp.Shift, skill: str, level: int = 1) -> int:
        """How many of a team hold a skill on the day."""
        day = shift.start.date()
        return sum(self.holds(who, skill, level, day) for who in self.team[shift.shift_id])

    def filled(self, up_to: str = "target") -> bool:
        """Whether each requirement has its people, who hold all that it asks for."""
        return all(
            sum(
                all(
                    any(
                        self.holds(who, skill, level, self.shifts[need.shift_id].start.date())
                        for skill, level in condition.abilities
                    )
                    == condition.held
                    for condition in need.conditions
                )
                for who in self.team[need.shift_id]
            )
            >= getattr(need, up_to)
            for need in self.problem.requirements
        )

    def gaps(self) -> Iterator[float]:
        """Hours between the shifts of a person, from the end of one to the start of the next."""
        for worked in self.of.values():
            for before, after in itertools.pairwise(worked):
                yield (after.start - before.end) / dt.timedelta(hours=1)

    def dates(self, who: str, kind: str = "") -> set[dt.date]:
        """The dates on which somebody works, of a type of shift if one is named."""
        return {s.start.date() for s in self.of[who] if kind in ("", s.type)}

    def hours(self, who: str) -> Counter[int]:
        """Calendar week -> hours."""
        found = Counter[int]()
        for shift in self.of[who]:
            found[shift.start.isocalendar().week] += round((shift.end - shift.start).seconds / 3600)
        return found

    def places(self) -> Iterator[set[str]]:
        """The centers of each person on each date."""
        found = defaultdict[tuple[str, dt.date], set[str]](set)
        for who, worked in self.of.items():
            for shift in worked:
                found[who, shift.start.date()].add(shift.center_id)
        yield from found.values()


def promise(domain: str, sentence: str) -> Callable[[Promise], Promise]:
    """Say which sentence a function is about."""

    def keep(function: Promise) -> Promise:
        PROMISES[domain, sentence] = function
        return function

    return keep


def longest(dates: set[dt.date]) -> int:
    """Most dates in a row."""
    return max((_run(dates, day) for day in dates), default=0)


def _run(dates: set[dt.date], first: dt.date) -> int:
    return next(n for n in itertools.count() if first + dt.timedelta(n) not in dates)


@promise("festival", "Every seat is filled, and a first-aider is in the tent in every shift.")
def _aid(w: Worked) -> bool:
    tent = [s for s in w.problem.shifts if s.center_id == "care"]
    return w.filled() and all(w.holders(s, "aid") for s in tent)


@promise("festival", "Nobody under 18 works at night.")
def _minors(w: Worked) -> bool:
    return not any(w.dates(who, "night") for who in w.group("minor"))


@promise("festival", "The two friends always work together.")
def _friends(w: Worked) -> bool:
    return all(len(team & w.group("couple")) != 1 for team in w.team.values())


@promise("festival", "Everybody sleeps eight hours between two shifts.")
def _sleep(w: Worked) -> bool:
    return min(w.gaps()) >= 8


@promise("festival", "Everybody who asked for a shift gets one.")
@promise("helpline", "Everybody gets a shift.")
def _asked(w: Worked) -> bool:
    return all(len(w.of[who]) >= person.min_shifts for who, person in w.people.items())


@promise("festival", "The three who asked for a concert evening off hear it.")
def _concert(w: Worked) -> bool:
    asked = [p for p in w.problem.preferences if p.state == "against"]
    return len(asked) == 3 and not any(p.date in w.dates(p.volunteer_id, "evening") for p in asked)


@promise("helpline", "Every seat is filled, and a Khmer speaker takes calls every evening.")
def _khmer(w: Worked) -> bool:
    evenings = [s for s in w.problem.shifts if s.type == "evening"]
    return w.filled() and all(w.holders(s, "khmer") for s in evenings)


@promise("helpline", "Every newcomer in a shift sits beside a mentor.")
def _beside(w: Worked) -> bool:
    return all(
        sum(w.level(who, "calls") == 0 for who in team) <= w.holders(w.shifts[key], "calls", 3)
        for key, team in w.team.items()
    )


@promise("helpline", "Nobody works two nights in a row, and nobody more than two.")
def _nights(w: Worked) -> bool:
    last = {h.volunteer_id for h in w.problem.history if h.last_shift_type == "night"}
    again = {who for who in last if w.problem.horizon.start in w.dates(who, "night")}
    nights = [w.dates(who, "night") for who in w.people]
    return not again and all(longest(n) <= 1 and len(n) <= 2 for n in nights)


@promise("helpline", "Everybody rests eleven hours between two shifts.")
def _rest(w: Worked) -> bool:
    return min(w.gaps()) >= 11


@promise("food_bank", "Every tour has two people, one of them with a licence.")
def _tours(w: Worked) -> bool:
    tours = [s for s in w.problem.shifts if s.type == "tour"]
    return all(len(w.team[s.shift_id]) == 2 and w.holders(s, "drive") for s in tours)


@promise("food_bank", "Somebody whose hygiene certificate is valid on the day gives out food.")
def _hygiene(w: Worked) -> bool:
    return all(w.holders(s, "hygiene") for s in w.problem.shifts if s.type == "give")


@promise("food_bank", "No student goes with the van.")
def _students(w: Worked) -> bool:
    return not any(w.dates(who, "tour") for who in w.group("student"))


@promise(
    "food_bank", "The two of a family always work together, and the two who had words never do."
)
def _family(w: Worked) -> bool:
    family, others = w.group("family"), w.group("quarrel")
    return all(len(t & family) != 1 and len(t & others) < 2 for t in w.team.values())


@promise("food_bank", "Everybody who offers a whole shift gets one.")
def _offered(w: Worked) -> bool:
    return all(
        w.of[window.volunteer_id]
        for window in w.problem.availability
        for s in w.problem.shifts
        if window.start <= s.start and s.end <= window.end
    )


@promise("food_bank", "Nobody works at two places on a day.")
@promise("exam", "Nobody changes rooms on a day.")
def _place(w: Worked) -> bool:
    return all(len(places) == 1 for places in w.places())


@promise(
    "ward",
    "Every shift has its nurses, a registered one among them, and nobody below level 2 works a "
    "night.",
)
def _nurses(w: Worked) -> bool:
    trainees = [who for who in w.people if w.level(who, "nurse") < 2]
    return w.filled("minimum") and not any(w.dates(who, "night") for who in trainees)


@promise("ward", "Everybody rests eleven hours, and nobody works more than five days in a row.")
def _five(w: Worked) -> bool:
    return min(w.gaps()) >= 11 and all(longest(w.dates(who)) <= 5 for who in w.people)


@promise("ward", "Everybody has one weekend off at least, and works none in part.")
def _weekends(w: Worked) -> bool:
    first = w.problem.horizon.start
    weekends = [{first + dt.timedelta(7 * n + 5), first + dt.timedelta(7 * n + 6)} for n in (0, 1)]
    parts = [[len(w.dates(who) & weekend) for weekend in weekends] for who in w.people]
    return all(0 in both and 1 not in both for both in parts)


@promise(
    "ward", "Half-timers work at most 24 hours a week, the others 24 to 40 in weeks without leave."
)
def _hours(w: Worked) -> bool:
    half, away = w.group("half"), {("N02", 50), ("N09", 51), ("N12", 50)}
    weeks = [(who, week, w.hours(who)[week]) for who in w.people for week in (50, 51)]
    return all(
        hours <= (24 if who in half else 40) and (who in half or (who, week) in away or hours >= 24)
        for who, week, hours in weeks
    )


@promise("ward", "Every wish is met.")
def _wishes(w: Worked) -> bool:
    return all(
        bool(
            {s.type for s in w.of[p.volunteer_id] if s.start.date() == p.date}
            & set(p.shifts or ("early", "late", "night"))
        )
        == (p.state == "for")
        for p in w.problem.preferences
    )


@promise(
    "exam",
    "Every exam has its invigilators, a chief or somebody trained for the quiet room among them.",
)
def _invigilators(w: Worked) -> bool:
    return w.filled()


@promise("exam", "Nobody invigilates an exam of their own subject.")
def _subject(w: Worked) -> bool:
    return not any(
        set(shift.tags) & set(w.people[who].group)
        for who, worked in w.of.items()
        for shift in worked
    )


@promise("exam", "Everybody has a day without exams.")
def _exam_days(w: Worked) -> bool:
    return all(len(w.dates(who)) < 5 for who in w.people)


@promise("call_center", "Requirements are those that the forecast asks for.")
def _staffed(w: Worked) -> bool:
    return sp.citizens.staff(w.problem).requirements == w.problem.requirements


@promise("call_center", "Every shift has the people it needs at least.")
def _least(w: Worked) -> bool:
    return w.filled("minimum")


@promise(
    "call_center",
    "Full-timers work 24 to 40 hours, students at most 16, and nobody more than eight a day.",
)
def _contracts(w: Worked) -> bool:
    total = {who: w.hours(who).total() for who in w.people}
    most = max(
        Counter(s.start.date() for s in worked).most_common(1)[0][1]
        for worked in w.of.values()
        if worked
    )
    return (
        all(24 <= total[who] <= 40 for who in w.group("full"))
        and all(total[who] <= 16 for who in w.group("part"))
        and most <= 2
    )


@promise("call_center", "Everybody has a day off.")
def _off(w: Worked) -> bool:
    return all(len(w.dates(who)) < 6 for who in w.people)
