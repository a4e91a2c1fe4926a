"""The rules that are recommended where a week does not say otherwise.

`Problem` -> the same problem with the recommended rules that it does not name.
"""

from __future__ import annotations

from shiftplan.problem import Problem
from shiftplan.rules import (
    AnyRule,
    Capacity,
    Continuity,
    Coverage,
    Fairness,
    FullDay,
    MaxCenters,
    MaxConsecutiveDays,
    MaxDistance,
    MaxShifts,
    Mentor,
    MinShifts,
    OneCenterPerDay,
    OnePlace,
    Preferences,
    ShowUp,
    Travel,
    Wish,
)

RECOMMENDED: tuple[AnyRule, ...] = (
    Coverage(level=1, weight=100),
    ShowUp(level=1, weight=2, chance_percent=90),
    MaxShifts(),
    MaxDistance(),
    Capacity(),
    OnePlace(),
    OneCenterPerDay(),
    MaxCenters(max_centers=2),
    MaxConsecutiveDays(max_days=4),
    Mentor(novices_per_mentor=2),
    Fairness(level=2, weight=50),
    MinShifts(level=2, weight=40),
    Wish(level=2, weight=10),
    Preferences(level=2, weight=20),
    Travel(level=2, weight=1),
    Continuity(level=2, weight=10),
    FullDay(level=2, weight=5),
)
"""Service to citizens at level 1, people at level 2, and the rest hard."""
_OF_SEATS = {"coverage", "minimum_coverage", "shortage"}
_ASKING = _OF_SEATS | {"show_up", "worst_center_first", "area_floor"}
"""Kinds of rules for which somebody has to come."""
FOR_CITIZENS = _ASKING | {"skill_placement"}
"""Kinds of rules about what citizens are served with."""
_SHARING = {"fairness", "leximin", "max_min", "floor", "balance_hours", "balance_shifts"}
_SHARING |= {"max_shift_count", "min_shift_count", "max_minutes", "min_minutes"}
"""Kinds of rules that keep one person from all of the work and another one from none of it."""


def leaves_seats_empty(problem: Problem) -> bool:
    """Whether people are required, but no rule minds that they do not come."""
    asked = any(need.target for need in problem.requirements)
    return asked and _ASKING.isdisjoint(rule.rule for rule in problem.active_rules)


def missing_rules(problem: Problem) -> tuple[str, ...]:
    """What no rule of a problem reads or asks for, though people would take it for granted.

    `seats`: that the people required come; `sharing`: that the work is shared. Else a kind of rule
    without which something that the tables state counts for nothing.
    """
    named = {rule.rule for rule in problem.active_rules}
    people, needs = problem.volunteers, any(need.target for need in problem.requirements)
    stated = {
        "max_shifts": any(v.max_shifts is not None for v in people),
        "max_distance": any(v.max_distance_km is not None and not v.mobile for v in people),
        "min_shifts": any(v.min_shifts for v in people),
        "qualified": any(s.skill_id is not None for s in problem.shifts),
    }
    missing = [kind for kind, is_stated in stated.items() if is_stated and kind not in named]
    if needs and len(people) > 1 and _SHARING.isdisjoint(named):
        missing.insert(0, "sharing")
    if leaves_seats_empty(problem):
        missing.insert(0, "seats")
    return tuple(missing)


def with_recommended(problem: Problem) -> Problem:
    """The problem with the recommended rules of the kinds that it does not name.

    Rules about distance are added only where all centers have coordinates and all volunteers who
    are not mobile a home, the mentor rule only where the skill portal has a level 3, coverage only
    where the problem has no rule about empty seats of its own, and preferences only where people
    stated some.
    """
    named = {rule.rule for rule in problem.rules}
    placed = all(c.lat is not None and c.lon is not None for c in problem.centers)
    at_home = all(v.home_center_id or v.mobile for v in problem.volunteers)
    left_out = named.copy()
    if not (placed and at_home):
        left_out.update(r.rule for r in RECOMMENDED if r.measures_distance)
    if not any(s.skill_id == "portal" and s.max_level >= 3 for s in problem.skills):
        left_out.add("mentor")
    if not named.isdisjoint(_OF_SEATS):
        left_out.add("coverage")
    if not problem.preferences:
        left_out.add("preferences")
    added = [r for r in RECOMMENDED if r.rule not in left_out]
    return Problem.model_validate({**dict(problem), "rules": (*problem.rules, *added)})
