"""The shifts that a week has already, beside those of its design."""

from __future__ import annotations

import datetime as dt

import pytest
from commands import DAY, make_problem

from shiftplan import Problem
from shiftplan.citizens import design, staff
from shiftplan.citizens.shift_design.figures import figures, todays_shifts
from shiftplan.week.demand import DesignPolicy
from shiftplan.week.requirements import Requirement


@pytest.fixture(scope="module")
def forecast() -> Problem:
    """Citizens of one center on two days, who are served in two shifts each."""
    rows = [
        {"center_id": "c0", "service_id": "x", "arrivals": arrivals}
        | {
            "start": DAY + dt.timedelta(days=day, hours=hour),
            "end": DAY + dt.timedelta(days=day, hours=hour + 4),
        }
        for day, hour, arrivals in ((0, 7, 60), (0, 13, 20), (1, 7, 40), (1, 13, 10))
    ]
    services = [{"service_id": "x", "minutes_per_citizen": 15}]
    return make_problem(9, 1, 2, requirements=(), services=services, demand=rows)


def test_they_have_the_people_that_the_forecast_asks_for(forecast: Problem):
    """Those of `staff`, where the week itself asks for nobody."""
    today = todays_shifts(design(forecast, offers=False, workers=1))

    assert today is not None
    wanted = {n.shift_id: n.target for n in staff(forecast).problem.requirements}
    assert sum(shift.count for shift in today.shifts) == sum(wanted.values())
    assert figures(today.shifts, today.cover).hours == 4 * sum(wanted.values())


def test_any_number_of_times_is_judged(forecast: Problem):
    """A policy that allows one time does not keep today's two from being compared."""
    found = design(forecast, DesignPolicy(most_times=1), offers=False, workers=1)
    today = todays_shifts(found)

    assert len({shift.time for shift in found.shifts}) == 1
    assert today is not None
    assert len({shift.time for shift in today.shifts}) == 2


def test_people_with_skills_are_among_the_heads():
    """Of three seats for heads and four for a skill, four people are there."""
    plain = make_problem(9, 1, 1, skills=[{"skill_id": "khmer", "kind": "language"}])
    first = plain.shifts[0].shift_id
    rows = [
        Requirement(shift_id=first, target=3),
        Requirement(shift_id=first, skill_id="khmer", target=4),
    ]
    week = plain.model_copy(update={"requirements": tuple(rows)})

    today = todays_shifts(design(week, offers=False, workers=1))

    assert today is not None
    assert [shift.count for shift in today.shifts] == [4]
    assert all(not one.conditions for one in today.cover)
