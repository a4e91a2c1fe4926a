"""Tiny weeks with hard rules of every kind, and what contradicts what, by brute force.

Nothing here knows a model: rosters are enumerated, and `check` says what each of them breaks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import product

from conflicts import must
from hypothesis import strategies as st

from shiftplan.case.case import Case
from shiftplan.errors.message import AtShift
from shiftplan.problem import Problem
from shiftplan.rules import MaxConsecutiveMinutes, MaxMin, Rule, Violation
from shiftplan.scoring.check import check
from shiftplan.solving.result import ConflictMember
from shiftplan.testing.pictures import CENTERS, MONDAY, plan, window
from shiftplan.week.roster import Roster

MENTORS = {"skill": "portal", "mentor_level": 2}
HARD: tuple[dict[str, object], ...] = (
    {"rule": "minimum_coverage"},
    {"rule": "shortage"},
    {"rule": "surplus"},
    {"rule": "area_floor", "level": "hard", "group": "minority", "value": 1},
    {"rule": "area_floor", "level": "hard", "group": "minority"},
    {"rule": "area_floor", "level": "hard", "group": "other", "value": 0.5, "seats": "skilled"},
    {"rule": "capacity"},
    {"rule": "max_shifts"},
    {"rule": "max_distance"},
    {"rule": "qualified"},
    {"rule": "one_place"},
    {"rule": "one_center_per_day"},
    {"rule": "max_centers", "value": 1},
    {"rule": "travel_time", "value": 5},
    {"rule": "max_travel", "value": 20, "tour": "home"},
    {"rule": "max_shift_count", "value": 1, "per": "day"},
    {"rule": "max_shift_count", "value": 1, "per": "week"},
    {"rule": "max_shift_count", "value": 0, "rolling_days": 2, "shifts": "morning"},
    {"rule": "min_shift_count", "value": 2},
    {"rule": "min_shift_count", "value": 1, "per": "day"},
    {"rule": "min_shift_count", "value": 1, "rolling_days": 2},
    {"rule": "max_minutes", "value": 300},
    {"rule": "budget", "value": 300},
    {"rule": "budget", "value": 200, "per": "center"},
    {"rule": "max_minutes", "value": 300, "per": "month"},
    {"rule": "min_minutes", "value": 240, "group": "g"},
    {"rule": "min_rest", "value": 600},
    {"rule": "max_consecutive_minutes", "value": 480, "pause_minutes": 121},
    {"rule": "max_minutes_within", "value": 480},
    {"rule": "forbidden_succession", "first": "morning", "then": "morning|afternoon"},
    {"rule": "needs_too", "first": "morning", "then": "night"},
    {"rule": "min_types", "value": 2},
    {"rule": "rotation", "pattern": "morning|off, off", "first_day": MONDAY},
    {"rule": "max_gap", "value": 60},
    {"rule": "similar_starts", "value": 60},
    {"rule": "needs_too", "first": "morning", "then": "morning", "per": "horizon", "how": "all"},
    {"rule": "forbidden_pattern", "pattern": "morning, off, work"},
    {"rule": "required_pattern", "pattern": "morning", "followed_by": "off|night"},
    {"rule": "min_patterns", "pattern": "work, off"},
    {"rule": "max_patterns", "pattern": "work, work", "per": "week"},
    {"rule": "max_consecutive_days", "value": 1},
    {"rule": "max_consecutive_days", "value": 2},
    {"rule": "min_consecutive_days", "value": 2},
    {"rule": "min_consecutive_days", "value": 2, "last_run": "counted"},
    {"rule": "max_consecutive_days_off", "value": 1},
    {"rule": "min_consecutive_days_off", "value": 2},
    {"rule": "max_weekends", "value": 0, "weekend": ("mon", "tue")},
    {"rule": "complete_weekends", "weekend": ("mon", "tue")},
    {"rule": "max_consecutive_weekends", "value": 1, "weekend": ("mon",)},
    {"rule": "min_consecutive_weekends", "value": 2, "weekend": ("tue",)},
    {"rule": "mentor", "value": 1, **MENTORS},
    {"rule": "mentored", "level": "hard", "value": 1, **MENTORS},
    {"rule": "mentored", "level": "hard", "value": 2, **MENTORS},
    {"rule": "varied_mentors", "level": "hard", "value": 1, **MENTORS},
    {"rule": "never_alone", "skill": "portal", "min_level": 2},
    {"rule": "mentor", "value": 1, "per": "moment", **MENTORS},
    {"rule": "mentored", "level": "hard", "value": 1, "per": "moment", **MENTORS},
    {"rule": "never_alone", "skill": "portal", "min_level": 2, "per": "moment"},
    {"rule": "together", "group": "g"},
    {"rule": "apart", "group": "g"},
    {"rule": "max_strain", "value": 1, "per": "day"},
    {"rule": "max_active_people", "level": "hard", "value": 1},
    {"rule": "max_active_people", "level": "hard", "value": 0, "from_shifts": 2},
    {"rule": "max_shifts_spread", "level": "hard", "value": 0},
    {"rule": "max_minutes_spread", "level": "hard", "value": 200},
    {"rule": "min_group_share", "group": "g", "value": 50},
    {"rule": "min_group_share", "group": "g", "value": 60, "per": "horizon"},
    {"rule": "max_group_share", "group": "g", "value": 50, "per": "center_day"},
    {"rule": "floor", "level": "hard", "value": 2},
    {"rule": "min_shifts", "level": "hard"},
    {"rule": "max_min", "level": "hard"},
    {"rule": "wish", "level": "hard"},
    {"rule": "show_up", "level": "hard"},
    {"rule": "skill_placement", "level": "hard"},
    {"rule": "available", "value": 60},
    {"rule": "preferences", "level": "hard"},
    {"rule": "beside_days_off", "level": "hard"},
    {"rule": "full_day", "level": "hard"},
    {"rule": "as_last_week", "level": "hard", "same": "time"},
    {"rule": "stability", "level": "hard"},
    {"rule": "stability", "level": "hard", "first_day": MONDAY + dt.timedelta(1)},
)
"""Every kind of rule that can be hard, some with several sets of parameters."""
_SIGNS = {
    1: ["M", "MO", "Mm", "MA", "mx", "DNM"],
    2: ["M", "m", "MA", "Om", "N", "ND", "Nn", "D"],
    3: ["M", "m", "N"],
}
_KNOWN = [(), ("mon 07:00 home",), ("mon 13:00 far", "tue 07:00 home|mon 10:00 home")]
"""What some people worked in the last week."""


@st.composite
def weeks(draw: st.DrawFn, kinds: Sequence[dict[str, object]] = HARD) -> Problem:
    """Weeks of 9 pairs at most, with one to four hard rules, facts that forbid pairs, and pins."""
    days = draw(st.integers(1, 3))
    signs = {d: draw(st.sampled_from(_SIGNS[days])) for d in range(days)}
    shifts = [f"{sign}{d}" for d, of_day in signs.items() for sign in of_day]
    names = ("ana", "bob", "cleo")[: draw(st.integers(1, max(1, 9 // len(shifts))))]
    each = {
        name: {
            "max_shifts": draw(st.sampled_from([None, None, 0, 1, 2])),
            "max_distance_km": draw(st.sampled_from([None, 5])),
            "skills": {"portal": draw(st.integers(0, 2))},
            "group": draw(st.sampled_from(["", "g"])),
            "hourly_cost": draw(st.sampled_from([0, 50])),
        }
        for name in names
    }
    each[names[0]]["group"] = "g"
    skilled = {"skill_id": "portal", "min_level": 2}
    needs = []
    for shift in draw(st.lists(st.sampled_from(shifts), max_size=3)):
        count = draw(st.integers(0, 3))
        skill = draw(st.sampled_from([{}, skilled]))
        needs.append({"shift_id": shift, "minimum": count, "target": count, **skill})
    pairs = [f"{s} {v}" for s in shifts for v in names]
    chosen = st.lists(st.sampled_from(pairs), max_size=3, unique=True)
    wished = draw(chosen)
    times = [[(-9, 40)], [(0, 1)], [(days - 1, 9)], []]
    offers = [
        window(name, first=first, last=last)
        for name in names
        for first, last in draw(st.sampled_from(times))
    ]
    drawn = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=4, unique_by=_kind))
    minority = draw(st.sampled_from(["home", "far"]))
    talks = draw(st.lists(st.sampled_from(shifts), max_size=3))
    asked: dict[str, dict[str, object]] = {talk: {"alternative": "talk"} for talk in talks}
    for further in draw(st.lists(st.sampled_from(shifts), max_size=2)):
        asked.setdefault(further, {}).update(optional=True)
    asked.setdefault(draw(st.sampled_from(shifts)), {}).update(skill_id="portal", min_level=2)
    found = plan(
        signs,
        " ".join(names),
        days,
        each=each,
        centers=tuple(
            c.model_copy(update={"minority_area": c.center_id == minority}) for c in CENTERS
        ),
        skills=({"skill_id": "portal", "max_level": 3},),
        availability=tuple(offers),
        requirements=tuple({_seat(need): need for need in needs}.values()),
        pins=must(*(draw(st.sampled_from(["", "-"])) + pair for pair in draw(chosen))),
        preferences=tuple(
            {"volunteer_id": pair.split()[1], "shift_id": pair.split()[0], "state": state}
            for pair in wished
            for state in [draw(st.sampled_from(["for", "against"]))]
        )
        + tuple(
            {"volunteer_id": names[0], "date": MONDAY + dt.timedelta(day), "state": "against"}
            for day in draw(st.lists(st.integers(0, days - 1), max_size=1))
        ),
        history=tuple(
            {"volunteer_id": name, "last_week": known}
            for name, known in zip(names, draw(st.sampled_from(_KNOWN)), strict=False)
        ),
        published=tuple(
            {"volunteer_id": pair.split()[1], "shift_id": pair.split()[0]} for pair in draw(chosen)
        ),
    )
    shifts_asked = tuple(s.model_copy(update=asked.get(s.shift_id, {})) for s in found.shifts)
    fields = {**dict(found), "rules": _fitting(drawn, found), "shifts": shifts_asked}
    return Problem.model_validate(fields)


def _kind(rule: dict[str, object]) -> object:
    return rule["rule"]


def _seat(need: dict[str, object]) -> tuple[object, ...]:
    return need["shift_id"], need.get("skill_id")


def _fitting(drawn: Iterable[dict[str, object]], problem: Problem) -> list[dict[str, object]]:
    """The rules whose shift types the week has."""
    types = {s.type for s in problem.shifts}
    return [
        rule
        for rule in drawn
        if all(
            {*str(rule.get(k, "")).split("|")} <= {"", *types} for k in ("shifts", "first", "then")
        )
    ]


def _of_each(problem: Problem) -> Problem:
    """The week with `max_min` for each person alone: its breaches are of all together."""
    case = Case(problem, Roster())
    rules: list[Rule] = []
    for rule in problem.rules:
        of_each = [
            rule.model_copy(update={"group": (person.volunteer_id,)})
            for person in problem.volunteers
            if isinstance(rule, MaxMin) and case.is_member(person, rule.group)
        ]
        rules += of_each if isinstance(rule, MaxMin) else [rule]
    return problem.model_copy(update={"rules": tuple(rules)})


class Rosters:
    """All rosters of a tiny week, also of forbidden pairs, and what each of them breaks."""

    def __init__(self, problem: Problem) -> None:
        self.problem = _of_each(problem)
        self._day_of = {s.shift_id: s.day for s in problem.shifts}
        self._carried = {h.volunteer_id: h for h in problem.history}

    @cached_property
    def broken(self) -> list[tuple[Violation, ...]]:
        """Breaches of each roster."""
        people = [v.volunteer_id for v in self.problem.volunteers]
        pairs = list(product((s.shift_id for s in self.problem.shifts), people))
        every = (
            Roster.of(pair for i, pair in enumerate(pairs) if number >> i & 1)
            for number in range(2 ** len(pairs))
        )
        return [tuple(self._broken(roster)) for roster in every]

    def _broken(self, roster: Roster) -> Iterator[Violation]:
        """Breaches; of a stretch that is too long one for each shift by which it already is."""
        shifts = self.problem.shift_by_id
        for found in check(self.problem, roster).broken:
            if not isinstance(found.rule, MaxConsecutiveMinutes):
                yield found
                continue
            until = shifts[found.at].end
            first = until - dt.timedelta(minutes=found.facts["count"])
            too_long = first + dt.timedelta(minutes=found.rule.max_minutes)
            for shift_id in (a.shift_id for a in roster if a.volunteer_id == found.who):
                if too_long < shifts[shift_id].end <= until:
                    yield replace(found, where=AtShift(shift_id))

    def is_possible(self, members: Sequence[ConflictMember]) -> bool:
        """Whether some roster breaks none of the members, whatever else it breaks."""
        return any(
            not any(self.breaks(member, found) for member in members for found in broken)
            for broken in self.broken
        )

    def is_way_out(self, members: Sequence[ConflictMember]) -> bool:
        """Whether some roster breaks nothing but the members."""
        given_up = {(member.rule, member.who, member.at) for member in members}

        def is_covered(found: Violation) -> bool:
            if found.rule.rule.startswith("max_consecutive_days"):
                who, windows = found.who, self._windows(found)
                return {(found.rule.rule, who, where) for where in windows} <= given_up
            return any(self.breaks(member, found) for member in members)

        return any(all(map(is_covered, broken)) for broken in self.broken)

    def breaks(self, member: ConflictMember, found: Violation) -> bool:
        """Whether a breach is one of the member: who and where are written alike."""
        if found.rule.rule != member.rule:
            return False
        if member.pairs:
            return (found.who, found.at) in member.pairs
        if member.rule == "one_place":  # named by the date on which the later shift starts
            return found.who == member.who and str(self._day_of[found.at]) == member.at
        if member.rule.startswith("max_consecutive_days"):
            return found.who == member.who and member.at in self._windows(found)
        if isinstance(found.rule, MaxMin):
            return found.rule.group == (member.who,)
        return (found.who, found.at) == (member.who, member.at)

    def _windows(self, found: Violation) -> set[str]:
        """First dates of the runs of `value` + 1 days inside a run that is too long."""
        first = dt.date.fromisoformat(found.at)
        return {str(first + dt.timedelta(n)) for n in range(found.amount)}
