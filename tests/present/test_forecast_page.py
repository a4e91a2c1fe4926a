"""The page on a forecast: what its plots show."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

import numpy as np
import pytest

from shiftplan.present.forecasts.plots import HEIGHT, WIDTH, DaySeries, plot_of

MONDAY = dt.date(2026, 12, 7)
NAN = np.nan


def series(came: list[float], mean: list[float]) -> DaySeries:
    """Days from a Monday on, with intervals of 20% around the forecast."""
    dates = tuple(MONDAY + dt.timedelta(n) for n in range(len(came)))
    said = np.array(mean)
    return DaySeries(dates, np.array(came), said, 0.8 * said, 1.2 * said)


def test_what_came_is_drawn_to_scale() -> None:
    """Twice as many are twice as high above the line of 0."""
    plot = plot_of(series([10, 20, 20], [NAN] * 3))

    ground = dict(plot.levels)[0]
    heights = [ground - y for _, y in plot.dots]
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.2)
    assert plot.band == plot.line == ""


def test_missing_days_are_gaps() -> None:
    """Two stretches have two lines, and no dot stands for the missing day."""
    plot = plot_of(series([10, 12, NAN, 11, 12], [NAN] * 5))

    assert plot.came.count("M") == 2
    assert len(plot.dots) == 4


def test_the_interval_is_around_the_forecast() -> None:
    """The band closes, and reaches above and below the line everywhere."""
    plot = plot_of(series([NAN] * 3, [10, 20, 15]))

    def heights(path: str) -> list[float]:
        return [float(y) for y in re.findall(r"[\d.]+ ([\d.]+)", path)]

    line, band = heights(plot.line), heights(plot.band)
    assert plot.band.endswith("Z")
    assert all(high < y for high, y in zip(band[:3], line, strict=True))
    assert all(low > y for low, y in zip(band[3:][::-1], line, strict=True))


@pytest.mark.parametrize("most", [0, 1, 7, 99, 4321, 1_000_000])
def test_everything_is_inside(most: float) -> None:
    """Of any size of counts, nothing is drawn beyond the edges, and few lines stand across."""
    plot = plot_of(series([0, most], [NAN, most]))

    points = [*plot.dots, *((100, y) for _, y in plot.levels)]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
    assert 2 <= len(plot.levels) <= 8


def test_dates_are_named_at_least_a_week_apart() -> None:
    """Of a year, at most eight."""
    plot = plot_of(series([5.0] * 365, [NAN] * 365))

    days = [day for day, _ in plot.days]
    assert 2 < len(days) <= 8
    assert all((b - a).days % 7 == 0 for a, b in pairwise(days))
