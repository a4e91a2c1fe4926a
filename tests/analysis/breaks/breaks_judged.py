"""What the breaks of a roster cost, and the least that any breaks cost.

Counted moment by moment, and found by trying all. It reads the rows of a week, and shares nothing
with `break_times` but these.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import pairwise, product

import shiftplan as sp
from shiftplan.week.demand import DesignPolicy, design_policy_at

MONDAY = dt.datetime(2026, 12, 7)
STEP = dt.timedelta(minutes=5)
Times = tuple[tuple[dt.datetime, dt.datetime], ...]
Taken = Mapping[tuple[str, str], Times]


def at(hour: float, day: int = 0) -> dt.datetime:
    """A time of the first week."""
    return MONDAY + dt.timedelta(days=day, hours=hour)


def cost(problem: sp.Problem, roster: sp.Roster, taken: Taken) -> tuple[int, int, int]:
    """Five minutes of people beyond the most on a break, of people missing, and of their squares.

    The last two are only those that breaks cause.
    """
    beyond = missing = squares = 0
    for center in problem.centers:
        policy = design_policy_at(center, problem.policy)
        own = [a for a in roster.assignments if _shift(problem, a).center_id == center.center_id]
        timed = [n for n in problem.requirements if n.center_id == center.center_id]
        ids = {shift_id for shift_id, _ in own}
        needs = timed or [n for n in problem.requirements if n.shift_id in ids]
        moment, end = at(0, 3), at(0)
        for name in ids:
            moment = min(moment, problem.shift_by_id[name].start)
            end = max(end, problem.shift_by_id[name].end)
        while moment < end:
            here = [a for a in own if _lasts(_shift(problem, a), moment)]
            away = {a for a in here if any(b <= moment < e for b, e in taken.get(a, ()))}
            beyond += max(0, len(away) - max(1, int(policy.most_on_break * len(here) + 1e-9)))
            squares += len(away) ** 2
            for need in needs:
                if _asks(problem, need, moment):
                    counted = [a for a in here if _counts(problem, need, a)]
                    left = len([a for a in counted if a not in away])
                    missing += _lacking(need, left, policy) - _lacking(need, len(counted), policy)
            moment += STEP
    return beyond, missing, squares


def best(problem: sp.Problem, roster: sp.Roster) -> tuple[int, int, int]:
    """The least cost of all ways in which people may take their breaks."""
    every = [[*ways(problem, a)] for a in roster.assignments]
    return min(
        cost(problem, roster, dict(zip(roster.assignments, taken, strict=True)))
        for taken in product(*every)
    )


def ways(problem: sp.Problem, pair: tuple[str, str]) -> Iterator[Times]:
    """Yield all times at which one person may take the breaks of a shift."""
    shift = problem.shift_by_id[pair[0]]
    own = []
    for row in problem.breaks:
        length = (shift.end - shift.start) // dt.timedelta(minutes=1)
        if row.type in ("", shift.type) and row.min_shift <= length <= (row.max_shift or length):
            first = range(row.earliest, length - row.minutes - row.after + 1, row.step)
            starts = [shift.start + dt.timedelta(minutes=m) for m in first]
            if row.latest is not None:
                starts = [s for s in starts if s <= shift.start + _minutes(row.latest)]
            own.append([(start, start + _minutes(row.minutes)) for start in starts])
    for times in product(*own):
        found = sorted(times)
        if all(a[1] <= b[0] for a, b in pairwise(found)):
            yield tuple(found)


def _minutes(number: int) -> dt.timedelta:
    return dt.timedelta(minutes=number)


def _shift(problem: sp.Problem, pair: tuple[str, str]) -> sp.Shift:
    return problem.shift_by_id[pair[0]]


def _lasts(shift: sp.Shift, moment: dt.datetime) -> bool:
    return shift.start <= moment < shift.end


def _asks(problem: sp.Problem, need: sp.Requirement, moment: dt.datetime) -> bool:
    if need.shift_id is not None:
        return _lasts(problem.shift_by_id[need.shift_id], moment)
    return need.start <= moment < need.end


def _counts(problem: sp.Problem, need: sp.Requirement, pair: tuple[str, str]) -> bool:
    shift, person = _shift(problem, pair), problem.volunteer_by_id[pair[1]]
    is_of_shift = need.shift_id is None or need.shift_id == shift.shift_id
    levels = {grant.skill_id: grant.level for grant in person.skills}
    has_skill = need.skill_id is None or levels.get(need.skill_id, 0) >= (need.min_level or 1)
    return is_of_shift and has_skill


def _lacking(need: sp.Requirement, count: int, policy: DesignPolicy) -> int:
    below = max(0, need.minimum - count)
    return max(0, need.target - count) + (policy.minimum_factor - 1) * below
