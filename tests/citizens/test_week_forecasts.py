"""Forecasts of the shifts of a week, and what their rows of demand hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from visit_logs import MONDAY, week

from shiftplan.citizens import Forecast, KnownEvent, VisitCounts, staff
from shiftplan.citizens.forecasting.ahead import (
    counted,
    forecast_week,
    holidays_of,
    shifts_ahead,
    within_shifts,
)
from shiftplan.errors import InputError

SLOTS = ((390, 450), (450, 660), (660, 780), (780, 1020))
"""6:30 to 7:30, half of which is before the first shift, to 11:00, at noon, from 13:00 to 17:00."""


def counts(weeks: int = 4, *, recorded: bool = True) -> VisitCounts:
    """Two centers with one request of `flow` in each slot, on the five days before each weekend."""
    dates = tuple(
        MONDAY - dt.timedelta(7 * n - day) for n in range(weeks, 0, -1) for day in range(5)
    )
    shape = (2, len(dates), len(SLOTS), 1)
    known = np.full(shape[:2], recorded)
    return VisitCounts(("A1", "B2"), dates, SLOTS, ("flow",), np.ones(shape), known)


def test_nobody_is_forecast_without_a_shift() -> None:
    """At noon no center has one; what is expected then is told apart."""
    found = forecast_week(week(), counts(), forecaster="four_week_mean")

    assert found.forecast.mean[:, :, 2].sum() == 0
    assert found.outside == pytest.approx(2 * 5)  # a request at noon, two centers, five days
    assert found.forecast.mean.sum() == pytest.approx(2 * 5 * 3)


def test_rows_of_demand_lie_inside_shifts() -> None:
    """The slot from 6:30 becomes one from 7:00 with all of its citizens."""
    found = forecast_week(week(), counts(), forecaster="four_week_mean")

    rows = [r for r in found.demand() if r.center_id == "A1" and r.start.date() == MONDAY]

    told = [(f"{r.start:%H:%M}", f"{r.end:%H:%M}", r.arrivals) for r in rows]
    assert told == [("07:00", "07:30", 1.0), ("07:30", "11:00", 1.0), ("13:00", "17:00", 1.0)]


def test_a_slot_with_two_shifts_is_divided() -> None:
    """A slot of six hours from 10:00 meets the shifts for one hour and for three."""
    eight, unknown = np.full((2, 20, 1, 1), 8.0), np.full((2, 20, 1), np.nan)
    wide = replace(counts(), slots=((600, 960),), requests=eight, visits=unknown)

    rows = forecast_week(week(), wide, forecaster="four_week_mean").demand()[:2]

    assert [(r.start.hour, r.end.hour, r.arrivals) for r in rows] == [(10, 11, 2.0), (13, 16, 6.0)]


def test_a_forecast_can_be_staffed() -> None:
    """No row of demand lies outside shifts."""
    found = forecast_week(week(), counts())

    planned = week().model_copy(update={"demand": found.demand()})

    assert staff(planned).requirements


def test_a_season_repeats_the_shifts() -> None:
    """Three weeks from one: the same weekdays, and as many rows in each."""
    found = forecast_week(week(days=2), counts(), weeks=3, forecaster="four_week_mean")

    firsts = [period[0] for period in found.weeks]
    assert firsts == [MONDAY + dt.timedelta(7 * n) for n in range(3)]
    assert len({len(found.demand(n)) for n in range(3)}) == 1
    assert {row.start.date() for row in found.demand(2)} == set(found.weeks[2])


def test_a_week_of_ten_days_is_repeated_after_two_weeks() -> None:
    """So that shifts stay on their weekdays."""
    problem = week(horizon={"start": MONDAY, "days": 10})

    periods, _ = shifts_ahead(problem, 2)

    assert periods[1][0] - periods[0][0] == dt.timedelta(14)


def test_counts_as_a_forecast_are_what_came() -> None:
    """Days that were not recorded have none."""
    some = counts()
    some.recorded[0, 0] = False

    found = within_shifts(week(), replace(counted(some), dates=tuple(some.dates)))

    assert counted(some).mean.sum() == 2 * 20 * 4 - 4
    assert found.forecast.mean.sum() == 0  # its dates are not those of the week


def fails(
    counted_before: VisitCounts, _: Sequence[dt.date], events: Sequence[KnownEvent]
) -> Forecast:
    raise AssertionError("a forecaster is not asked where nothing can be learned")


@pytest.mark.parametrize(
    ("given", "options", "code"),
    [
        (counts(recorded=False), {}, "no_effect"),
        (counts(), {"events": [KnownEvent("shut", dt.date(2026, 1, 1), MONDAY, factor=0.0)]}, ""),
        (replace(counts(), dates=tuple(d + dt.timedelta(7) for d in counts().dates)), {}, ""),
    ],
    ids=["nothing recorded", "closed by events", "counts of the week itself"],
)
def test_counts_that_teach_nothing(given: VisitCounts, options: Any, code: str) -> None:
    """They are a fault of the log, before any forecaster is asked."""
    with pytest.raises(InputError) as refused:
        forecast_week(week(), given, forecaster=fails, **options)

    assert refused.value.faults[0].table == "visits"
    assert code in refused.value.faults[0].code


def test_a_week_without_shifts() -> None:
    """There are no hours to forecast."""
    with pytest.raises(InputError, match="no shifts"):
        forecast_week(week(shifts=[]), counts())


def test_holidays_are_those_of_the_country_of_the_week() -> None:
    """A week of no country has none."""
    nowhere = week(horizon={"start": MONDAY, "days": 7, "country": "none"})

    assert holidays_of(nowhere, counts(), 1, ("en",)) == ()


def test_more_than_a_table_can_hold_is_a_fault() -> None:
    """Factors of events on one day multiply; rows of demand would be cut off at a million."""
    fairs = [KnownEvent(f"fair {n}", MONDAY, MONDAY, factor=100) for n in range(4)]

    with pytest.raises(InputError, match="exceeds 1,000,000"):
        forecast_week(week(), counts(), events=fairs)
