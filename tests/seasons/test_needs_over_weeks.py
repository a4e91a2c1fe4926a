"""Requirements of several shifts from week to week: moved, closed and joined."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from shiftplan.problem import Problem
from shiftplan.seasons import Day, Workdays, new_week
from shiftplan.seasons.joined import join_weeks
from shiftplan.testing.pictures import MONDAY, plan
from shiftplan.week.requirements import Requirement

WEEK = dt.timedelta(7)
TUESDAY = MONDAY + dt.timedelta(1)
SEVEN, NINE = (dt.datetime.combine(MONDAY, dt.time(hour)) for hour in (7, 9))


def week(**need: Any) -> Problem:
    """A morning at home on each date, with one requirement that counts several."""
    return plan("M", "ana", 7, requirements=[{"center_id": "home", "target": 1, **need}])


@pytest.mark.parametrize(
    ("need", "later"),
    [
        ({"start": SEVEN, "end": NINE}, {"start": SEVEN + WEEK, "end": NINE + WEEK}),
        (
            {"first_day": MONDAY, "last_day": TUESDAY},
            {"first_day": MONDAY + WEEK, "last_day": TUESDAY + WEEK},
        ),
        ({"first_day": TUESDAY}, {"first_day": TUESDAY + WEEK}),
        ({"shifts": "morning"}, {"shifts": ("morning",)}),
    ],
)
def test_times_and_dates_move_with_the_week(need: dict[str, Any], later: dict[str, Any]) -> None:
    """What names none means all of the next week."""
    made = new_week(week(**need), MONDAY + WEEK).problem

    assert made.requirements == (Requirement(center_id="home", target=1, **later),)


@pytest.mark.parametrize(
    ("need", "left"),
    [
        ({"start": SEVEN, "end": NINE}, 0),
        ({"first_day": MONDAY, "last_day": MONDAY}, 0),
        ({"first_day": MONDAY, "last_day": TUESDAY}, 1),
    ],
)
def test_what_only_a_closed_day_would_count_is_left_out(need: dict[str, Any], left: int) -> None:
    """The other dates of a requirement still count."""
    closed = Workdays((Day(date=MONDAY + WEEK, state="closed"),))

    made = new_week(week(**need), MONDAY + WEEK, closed).problem

    assert len(made.requirements) == left


def test_joined_weeks_keep_the_dates_of_each() -> None:
    """A requirement of all of a week stays one of that week."""
    first = week(shifts="morning", target=2)
    second = _renamed(new_week(first, MONDAY + WEEK).problem)

    joined = join_weeks([first, second])

    assert [(n.first_day, n.last_day) for n in joined.requirements] == [
        (MONDAY, MONDAY + dt.timedelta(6)),
        (MONDAY + WEEK, MONDAY + dt.timedelta(13)),
    ]


def test_a_day_that_takes_over_another_takes_over_its_requirements() -> None:
    """A Monday like a Saturday needs two people at its time, and not also the five of Mondays."""
    times = {"center_id": "home", "start": SEVEN, "end": NINE, "target": 5}
    monday = Requirement(**times)
    saturday = monday.moved(dt.timedelta(5)).model_copy(update={"target": 2})
    last = plan("M", "ana", 7, requirements=[monday, saturday])
    like = Workdays((Day(date=MONDAY + WEEK, state="open", like="sat"),))

    made = new_week(last, MONDAY + WEEK, like).problem

    saturdays = saturday.moved(WEEK)
    assert made.requirements == (saturdays.moved(dt.timedelta(-5)), saturdays)


def test_dates_beyond_a_week_count_only_its_own_shifts_when_joined() -> None:
    """Two weeks that name the same year are asked for the seven mornings of each."""
    year = {"first_day": MONDAY - WEEK, "last_day": MONDAY + 52 * WEEK}
    first, second = week(**year), _renamed(new_week(week(), MONDAY + WEEK).problem)
    second = second.model_copy(update={"requirements": first.requirements})

    joined = join_weeks([first, second])

    assert [
        [shift.shift_id for shift in joined.shifts_counted(need)] for need in joined.requirements
    ] == [[shift.shift_id for shift in one.shifts] for one in (first, second)]


def _renamed(problem: Problem) -> Problem:
    """The same week with other ids of its shifts."""
    shifts = (s.model_copy(update={"shift_id": f"{s.shift_id} later"}) for s in problem.shifts)
    return problem.model_copy(update={"shifts": tuple(shifts)})
