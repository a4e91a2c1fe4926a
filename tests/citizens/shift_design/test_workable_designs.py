"""Whether people can work what is designed for them: counted together, or decided on one by one."""

from __future__ import annotations

from collections import Counter

import pytest
from every_design import meets
from hours import FREE, HOUR, asked, kind, moment, shown, week
from tiny_weeks_of_design import drawn

from shiftplan import solve
from shiftplan.citizens import design
from shiftplan.errors import InputError
from shiftplan.problem import Problem

RULES = [
    {"rule": "max_shifts"},
    {"rule": "one_place"},
    {"rule": "coverage", "level": 1, "weight": 100},
]


def empty_seats(problem, roster):
    """Seats of designed shifts for which the roster has nobody."""
    count = 0
    for need in problem.requirements:
        if need.shift_id is None:
            continue
        day = problem.shift_by_id[need.shift_id].start.date()
        who = [a.volunteer_id for a in roster.assignments if a.shift_id == need.shift_id]
        people = [problem.volunteer_by_id[name] for name in who]
        count += max(0, need.target - sum(meets(v, need.conditions, day) for v in people))
    return count


def left_empty(problem):
    """Seats for which the best roster of a week has nobody."""
    return empty_seats(problem, solve(problem, workers=1).roster)


def compare(seed):
    """Whether a week of people could be designed."""
    try:
        problem, options = drawn(seed)
    except InputError:
        return False
    if not problem.volunteers or {"period", "offers"} & options.keys():
        return False
    problem = Problem.model_validate({**problem.model_dump(), "rules": RULES})
    counted = design(problem, workers=1, **options)
    together = design(problem, workers=1, jointly=True, **options)

    costs = [sum(found.score.exact.values()) for found in (counted, together)]
    assert together.status == "OPTIMAL"
    assert costs[0] <= costs[1]
    assert empty_seats(together.problem, together.roster) == 0
    held = Counter(one.shift_id for one in together.roster.assignments)
    assert sorted(held.values()) == sorted(shift.count for shift in together.shifts)
    if costs[0] < costs[1]:  # nobody could work what people were only counted for
        assert left_empty(counted.problem) > 0
    return bool(together.shifts)


@pytest.mark.parametrize("first", range(0, 120, 40))
def test_designs_of_people_one_by_one_can_be_worked_and_cost_no_more_than_they_must(first):
    held = [compare(seed) for seed in range(first, first + 40)]

    assert any(held)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(120, 2120, 200))
def test_many_designs_of_people_one_by_one(first):
    held = [compare(seed) for seed in range(first, first + 200)]

    assert sum(held) >= 20


def test_nobody_is_counted_for_more_shifts_than_fit_into_their_time():
    """Ana comes once on any of two dates, Bob on the first only, and has time for one shift."""
    people = [{"volunteer_id": "ana", "max_shifts": 1}, {"volunteer_id": "bob", "max_shifts": 9}]
    times = [("ana", 1), ("ana", 2), ("bob", 1)]
    windows = [
        {"volunteer_id": name, "start": moment(f"{d} 08:00"), "end": moment(f"{d} 11:00")}
        for name, d in times
    ]
    two = kind("08:00", "09:00", 2 * HOUR)
    problem = week(
        [*asked("2 2 0"), *asked("1 1", day=2)],
        [two],
        FREE | {"time_price": 0},
        days=2,
        volunteers=[{**one, "home_center_id": "c"} for one in people],
        availability=windows,
        rules=RULES,
    )

    found = design(problem, workers=1)

    assert sum(shift.count for shift in found.shifts) == 2
    assert left_empty(found.problem) == 0
    assert shown(found)[-1] in ("c 1 08:00-10:00 2", "c 2 08:00-10:00 1")
