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
    second = new_week(first, MONDAY + WEEK).problem
    ids = {s.shift_id: f"{s.shift_id} later" for s in second.shifts}
    shifts = tuple(s.model_copy(update={"shift_id": ids[s.shift_id]}) for s in second.shifts)

    joined = join_weeks([first, second.model_copy(update={"shifts": shifts})])

    assert [(n.first_day, n.last_day) for n in joined.requirements] == [
        (MONDAY, MONDAY + dt.timedelta(6)),
        (MONDAY + WEEK, MONDAY + dt.timedelta(13)),
    ]
