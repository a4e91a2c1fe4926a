"""What a forecast is worth: rosters of the same size, and the citizens who really came."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from visit_logs import MONDAY, week

from shiftplan.analysis.same_size import people_asked, staff_alike
from shiftplan.analysis.served import HeldOutWeek, hold_out, planned, served_in_time
from shiftplan.analysis.served import staffed as weeks_of
from shiftplan.citizens import VisitCounts
from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.testing.pictures import plan
from shiftplan.week.requirements import Requirement

HOURS = tuple((60 * h, 60 * h + 60) for h in (7, 8, 9, 10, 13, 14, 15, 16))


def counts(weeks: int = 3) -> VisitCounts:
    """Three requests an hour at A1, six at B2; in the last week before the gap ten more at B2."""
    dates = tuple(
        MONDAY - dt.timedelta(7 * n - day) for n in range(weeks, 0, -1) for day in range(5)
    )
    requests = np.full((2, len(dates), len(HOURS), 1), 3.0)
    requests[1] = 6
    requests[1, -5:] += 10
    return VisitCounts(
        ("A1", "B2"), dates, HOURS, ("flow",), requests, np.ones((2, len(dates)), dtype=bool)
    )


def staffed(people: int = 12) -> Problem:
    """The week with people who are free from Monday to Friday."""
    names = [f"v{i}" for i in range(people)]
    free = [
        {"volunteer_id": name, "start": _moment(day, 7), "end": _moment(day, 17)}
        for name in names
        for day in range(5)
    ]
    rules = [{"rule": "coverage", "level": 1}]
    volunteers = [{"volunteer_id": name, "home_center_id": "A1"} for name in names]
    return week(volunteers=volunteers, availability=free, rules=rules)


def _moment(day: int, hour: int) -> str:
    return f"{MONDAY + dt.timedelta(day)}T{hour:02d}:00"


def test_the_last_week_is_held_out() -> None:
    """It stands on the dates of the planning week; forecasts know only the weeks before."""
    found = hold_out(staffed(), counts(), ["seasonal_naive"])

    came = sum(row.arrivals for row in found.problem.demand)
    said = sum(row.arrivals for row in found.forecasts["seasonal_naive"])
    assert came == 5 * 8 * (3 + 16)
    assert said == pytest.approx(5 * 8 * (3 + 6))
    assert {row.start.date() for row in found.problem.demand} == {
        MONDAY + dt.timedelta(day) for day in range(5)
    }


def test_a_week_further_back_is_found() -> None:
    """Where the log ends a week earlier, that is its last one."""
    earlier = counts(4).before(MONDAY - dt.timedelta(7))

    found = hold_out(staffed(), earlier, ["seasonal_naive"])

    assert sum(row.arrivals for row in found.problem.demand) == 5 * 8 * (3 + 6)


def test_one_week_cannot_be_held_out() -> None:
    """Nothing is left to forecast it from."""
    with pytest.raises(InputError, match="reach back"):
        hold_out(staffed(), counts(1), ["seasonal_naive"])


def test_the_better_forecast_serves_more() -> None:
    """With as many people, one that sends them to B2, where citizens come, beats the reverse."""
    problem = staffed(7)
    held = hold_out(problem, counts(), ["seasonal_naive"])
    true = held.problem.demand
    swapped = tuple(
        row.model_copy(update={"center_id": {"A1": "B2", "B2": "A1"}[row.center_id]})
        for row in true
    )

    right, wrong = served_in_time(
        HeldOutWeek(held.problem, {"right": true, "wrong": swapped}), time_limit=30, workers=1
    )

    assert right.difference is None
    assert wrong.difference is not None
    assert wrong.difference.high < 0
    assert wrong.assignments == right.assignments


def test_a_forecast_of_more_people_gets_no_more() -> None:
    """Twice the citizens everywhere ask for as many people as once: where they work is the same."""
    held = hold_out(staffed(), counts(), ["seasonal_naive"])
    true = held.problem.demand
    twice = tuple(row.model_copy(update={"arrivals": 2 * row.arrivals}) for row in true)

    asked = weeks_of(HeldOutWeek(held.problem, {"once": true, "twice": twice}))

    once, again = (people_asked(asked[name]) for name in ("once", "twice"))
    assert abs(again - once) <= 0.1 * once
    assert people_asked(staff_alike(held.problem, twice)) > 1.3 * once


def test_plans_end_with_as_many_assignments() -> None:
    """One week asks for two people on Monday, the other for one."""

    def asking(people: int) -> Problem:
        needs = (Requirement(shift_id="M0", target=people),)
        rules = ({"rule": "coverage", "level": 1}, {"rule": "fairness", "level": 2})
        return plan("M", "ana bob", days=1, rules=rules, requirements=needs)

    found = planned({"two": asking(2), "one": asking(1)}, time_limit=30, workers=1)

    assert {name: len(roster) for name, roster in found.items()} == {"two": 1, "one": 1}
