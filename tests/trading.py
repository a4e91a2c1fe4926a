"""Trades found the slow way: everything tried, and judged by `check` of whole rosters."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import permutations
from typing import Any

import mixtures
from changes import changed, worse
from grounds.ground import SKILLS

from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.testing import levels_of
from shiftplan.testing.pictures import plan, window
from shiftplan.week.roster import Assignment, Change, Roster

Steps = tuple[tuple[str, str, str], ...]
"""(shift id, who leaves it, who takes it) of each handover."""
PEOPLE = "ana bob cho dan"
BASE: dict[str, Any] = {
    "signs": {0: "Ma", 1: "AN", 2: "Mm"},
    "people": PEOPLE,
    "days": 4,
    "skills": SKILLS,
    "each": {
        "ana": {"group": "youth", "max_shifts": 2, "show_rate": 0.8},
        "bob": {"group": "youth|army", "skills": {"portal": 3}, "max_distance_km": 20},
        "cho": {"group": "army", "skills": {"portal": 1, "khmer": 1}, "max_distance_km": 0},
        "dan": {"skills": {"portal": 4}, "home_center_id": "far"},
    },
    "requirements": (
        {"shift_id": "M0", "minimum": 1, "target": 2},
        {"shift_id": "A1", "skill_id": "portal", "min_level": 2, "minimum": 1, "target": 1},
        {"shift_id": "m2", "minimum": 0, "target": 1},
    ),
    "preferences": ({"volunteer_id": "bob", "shift_id": "N1", "state": "for"},),
}
NARROW: dict[str, dict[str, Any]] = {
    "max_shift_count": {"value": 2, "per": "horizon"},
    "max_minutes": {"value": 480},
    "area_floor": {"group": "other", "value": 0.5},
    "max_consecutive_days": {"value": 1},
    "max_consecutive_minutes": {"value": 300, "pause_minutes": 30},
    "rotation": {"pattern": "work, any, any, any"},
    "min_group_share": {"value": 30},
    "max_weekends": {"value": 1, "weekend": ("mon", "tue")},
    "mentor": {"value": 1},
    "mentored": {"value": 1, "novice_level": 1},
}
"""Parameters with which hard rules leave something to trade here."""


@cache
def hard_rules() -> dict[str, dict[str, Any]]:
    """Kind -> the rule as a hard one, for every rule that may be hard."""
    found = {}
    for rule in mixtures.EVERY_RULE:
        kind = rule["rule"]
        params = {k: v for k, v in rule.items() if k not in ("rule", "level")}
        for made in levels_of(kind, {**params, **NARROW.get(kind, {})}):
            if made["level"] == "hard":
                found[kind] = made
    return found


def draw_case(chance: random.Random, kinds: tuple[str, ...]) -> tuple[Problem, Roster]:
    """A problem with these hard rules and all others soft, and a roster of ten assignments."""
    soft = [r for r in mixtures.EVERY_RULE if r["rule"] not in kinds and r.get("level") != "hard"]
    hard = [hard_rules()[kind] for kind in kinds]
    away = chance.choice(PEOPLE.split())
    windows = [window(who, last=2 if who == away else 9) for who in PEOPLE.split()]
    problem = plan(**BASE, rules=[*hard, *soft], availability=tuple(windows))
    pairs = [(s.shift_id, who) for s in problem.shifts for who in PEOPLE.split()]
    return problem, Roster.of(chance.sample(pairs, 10))


def changes_of(steps: Steps) -> list[Change]:
    """What handovers take away and add."""
    return [
        Change(Assignment(shift, who), added)
        for shift, giver, taker in steps
        for who, added in ((giver, False), (taker, True))
    ]


class Judge:
    """Says of handovers whether any hard rule is broken more in the whole roster after them."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        hard = tuple(rule for rule in problem.rules if rule.hard)
        self._problem = problem.model_copy(update={"rules": hard})
        self._roster = roster
        self._before = check(self._problem, roster)

    def is_legal(self, steps: Steps) -> bool:
        after = changed(self._roster, changes_of(steps))
        return not worse(self._before, check(self._problem, after))


def all_steps(
    problem: Problem, roster: Roster, who: str, shift: str, people: int
) -> Iterator[Steps]:
    """Every way in which so many people pass shifts round that begins with who leaves the shift.

    One person stands for a shift that is given away: then somebody else takes it. Nobody takes a
    shift that they work already.
    """
    names = [v.volunteer_id for v in problem.volunteers if v.volunteer_id != who]
    if people == 1:
        yield from (((shift, who, taker),) for taker in names if (shift, taker) not in roster)
        return
    for others in permutations(names, people - 1):
        givers = (who, *others)
        takers = (*others, who)
        yield from _rings(roster, givers, takers, (shift,))


def _rings(
    roster: Roster, givers: tuple[str, ...], takers: tuple[str, ...], shifts: tuple[str, ...]
) -> Iterator[Steps]:
    place = len(shifts) - 1
    if (shifts[-1], takers[place]) in roster:
        return
    if len(shifts) == len(givers):
        yield tuple(zip(shifts, givers, takers, strict=True))
        return
    for other in roster.shifts_of.get(givers[len(shifts)], ()):
        yield from _rings(roster, givers, takers, (*shifts, other))
