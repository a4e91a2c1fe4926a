"""The benchmark of what forecasts are worth: truth, forecasts and what came, as demand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from visit_logs import MONDAY, week

from benchmarks.served import NAMES, TRUTH, compared, week_of
from benchmarks.visit_logs import KnownLog
from shiftplan.analysis.served import ServedForecast
from shiftplan.citizens import VisitCounts
from shiftplan.citizens.simulate import Estimate

HOURS = tuple((60 * h, 60 * h + 60) for h in (7, 8, 9, 10))


def test_truth_and_outcome_stand_beside_forecasts() -> None:
    """Two requests an hour are the truth, three came: 2 centers, 5 days, 4 hours."""
    dates = tuple(MONDAY - dt.timedelta(7 * n - day) for n in (3, 2, 1) for day in range(5))
    ahead = tuple(MONDAY + dt.timedelta(day) for day in range(5))
    shape = (2, len(dates), len(HOURS), 1)
    known = np.ones(shape[:2], dtype=bool)
    counts = VisitCounts(("A1", "B2"), dates, HOURS, ("flow",), np.full(shape, 2.0), known)
    one = np.ones((2, 5, 4, 1))

    found = week_of(week(), KnownLog(counts, ahead, 2 * one, 3 * one))

    assert set(found.forecasts) == {*NAMES, TRUTH}
    assert sum(row.arrivals for row in found.problem.demand) == 3 * 40
    assert sum(row.arrivals for row in found.forecasts[TRUTH]) == 2 * 40
    assert sum(row.arrivals for row in found.forecasts["four_week_mean"]) == pytest.approx(80)


def test_the_table_has_differences_in_points() -> None:
    """Of 80.5% against 80% they are +0.50."""
    first = ServedForecast("own", 10, Estimate.of(0.8, np.zeros(3)), None)
    gain = Estimate.of(0.005, np.zeros(3))
    second = ServedForecast("other", 10, Estimate.of(0.805, np.zeros(3)), gain)

    rows = compared([(first, second)]).rows

    assert rows[0][-2:] == ("", "")
    assert rows[1][-2:] == ("+0.50", "+0.50 to +0.50")
