"""More citizens than forecast on one date: the rows, and whom it takes in addition."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from offices import come, office, shift

from shiftplan.citizens.more import AskedFor, asked_in, more_citizens, needs_after
from shiftplan.citizens.scenarios import staff_scenarios
from shiftplan.citizens.staffing import staff
from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.problem.changes import Need, Update
from shiftplan.testing.pictures import MONDAY, plan
from shiftplan.week.demand import MOST_ARRIVALS, Demand

ALONE = {"setting": "presence", "value": 1}
DAY = MONDAY


def forecast(**more: Any) -> Problem:
    """Mornings and afternoons of three days, each with 12 citizens of a service of ten minutes."""
    bare = plan("MA", "ana bob", 3, requirements=())
    demand = [
        {
            "center_id": s.center_id,
            "service_id": "x",
            "arrivals": 12,
            "start": s.start,
            "end": s.end,
        }
        | more
        for s in bare.shifts
    ]
    services = [{"service_id": "x", "minutes_per_citizen": 10}]
    fields = {**dict(bare), "demand": demand, "services": services, "policy": [ALONE]}
    return Problem.model_validate(fields)


def test_each_interval_gets_its_share():
    """Twelve more to 24 of that day are half as many again, in both intervals, spreads too."""
    problem = forecast(arrivals_low=8, arrivals_high=16)

    changes = more_citizens(problem, problem.centers[0].center_id, DAY, 12)

    rows = [c.row for c in changes if isinstance(c, Update) and isinstance(c.row, Demand)]
    assert [row.start.date() for row in rows] == [DAY, DAY]
    assert {(row.arrivals, row.arrivals_low, row.arrivals_high) for row in rows} == {(18, 12, 24)}


@pytest.mark.parametrize("more", [400, 40, -23, -10_000])
def test_requirements_of_the_forecast_become_those_of_the_new_one(more: float):
    """What is added and taken off is what `staff` says of the whole week."""
    staffed = staff(forecast()).problem
    center = staffed.centers[0].center_id

    changes = more_citizens(staffed, center, DAY, more)

    rows = [change for change in changes if isinstance(change, Update)]
    needs = [change for change in changes if isinstance(change, Need)]
    wanted = asked_in(staff(staffed.with_changes(*rows)).problem)
    after = asked_in(staffed.with_changes(*changes))
    assert {k: v for k, v in after.items() if v != AskedFor()} == wanted
    assert {n.shift_id for n in needs} == {n.shift_id for n in needs_after(staffed, rows)}


def test_requirements_of_ones_own_are_raised_by_as_many():
    """Three people stand there where the forecast asks for fewer: they stay, and more come."""
    own = tuple({"shift_id": f"M{n}", "minimum": 1, "target": 3} for n in range(3))
    problem = Problem.model_validate({**dict(forecast()), "requirements": own})
    before, center = asked_in(staff(problem).problem), problem.centers[0].center_id

    changes = more_citizens(problem, center, DAY, 200)

    rows = [change for change in changes if isinstance(change, Update)]
    asked = asked_in(staff(problem.with_changes(*rows)).problem)
    after = asked_in(problem.with_changes(*changes))
    key = ("M0", ())
    assert after[key][1] == 3 + asked[key][1] - before[key][1] > 3
    assert after["M1", ()] == (1, 3, ())


@pytest.mark.parametrize("scenarios", [20, 50])
def test_chances_of_seats_become_those_of_the_new_forecast(scenarios: int):
    """However many sizes a day had when they were written; other days keep theirs."""
    staffed = staff_scenarios(forecast(arrivals_cv=0.5), scenarios=scenarios).problem
    row = staffed.demand[0]
    more = Update(row=row.model_copy(update={"arrivals": 40}))

    after = asked_in(staffed.with_changes(more, *needs_after(staffed, [more])))

    wanted = asked_in(staff_scenarios(staffed.with_changes(more)).problem)
    assert after["M0", ()] == wanted["M0", ()] != asked_in(staffed)["M0", ()]
    assert after["M2", ()] == asked_in(staffed)["M2", ()]


def test_chances_follow_more_citizens():
    """Twice as many on a day, whose seats are needed with the chances of the new forecast."""
    staffed = staff_scenarios(forecast(arrivals_cv=0.5)).problem

    changes = more_citizens(staffed, staffed.centers[0].center_id, DAY, 24)

    later = staffed.with_changes(*changes)
    assert asked_in(later) == asked_in(staff_scenarios(later).problem)
    assert asked_in(later) != asked_in(staffed)


def test_requirements_of_another_center_are_its_own():
    """B has a requirement by hand, which stays; A follows its forecast."""
    centers = [{"center_id": "A"}, {"center_id": "B"}]
    rows = [come(7, 11, 40, center_id=name) for name in "AB"]
    shifts = [shift(7, 11, name) for name in "AB"]
    problem = staff(office(rows, centers=centers, shifts=shifts)).problem
    own = tuple(
        r.model_copy(update={"target": 9}) if r.shift_id == "B7" else r
        for r in problem.requirements
    )
    problem = problem.model_copy(update={"requirements": own})
    twice = [Update(row=d.model_copy(update={"arrivals": 80})) for d in problem.demand]

    needs = [*needs_after(problem, twice)]

    assert {need.shift_id for need in needs} == {"A7"}


def test_a_center_whose_citizens_all_stay_away_needs_nobody():
    """Its forecast becomes 0, and nothing is left to staff."""
    staffed = staff(forecast()).problem
    none = [Update(row=row.model_copy(update={"arrivals": 0})) for row in staffed.demand]

    needs = [*needs_after(staffed, none)]

    assert {need.shift_id for need in needs} == {shift.shift_id for shift in staffed.shifts}
    assert {(need.minimum, need.target) for need in needs} == {(0, 0)}


def test_nobody_is_forecast_there():
    """Another date of the week, an unknown center, or a forecast of nobody."""
    problem = forecast()
    center = problem.centers[0].center_id
    for place, day, week in (
        (center, DAY + dt.timedelta(1), problem.model_copy(update={"demand": problem.demand[:2]})),
        ("nowhere", DAY, problem),
        (center, DAY, forecast(arrivals=0)),
    ):
        with pytest.raises(InputError, match="no citizens are forecast"):
            more_citizens(week, place, day, 20)


def test_a_date_of_another_week_is_refused():
    """Even if people come on that date of the month."""
    problem = forecast()
    day = DAY.replace(year=DAY.year + 1)
    with pytest.raises(InputError, match=f"{day} is not a date of this week"):
        more_citizens(problem, problem.centers[0].center_id, day, 20)


def test_a_forecast_stays_within_its_limits():
    """A billion more are as many as a row may hold; whom they take may be refused, not an error."""
    problem = forecast(arrivals=MOST_ARRIVALS / 2)

    with pytest.raises(InputError):
        more_citizens(problem, problem.centers[0].center_id, DAY, 1e9)
