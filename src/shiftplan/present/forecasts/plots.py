"""Plots of counts over dates: what came, what was forecast, and its interval, as paths of SVG.

`DaySeries` -> `Plot`, whose lengths are in its own units.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from shiftplan.citizens.visits.counts import Bools, Floats

WIDTH, HEIGHT = 880, 260
LEFT, RIGHT = 12, WIDTH - 60
"""Ends of lines across; the counts they stand for are named right of them."""
_TOP, _BOTTOM = 12, 30
_TICKS = 5
"""Lines across, at most about so many."""
_DAYS_BETWEEN = 7
_WEEKS_NAMED = 6
"""Dates that are named below, at most."""


@dataclass(frozen=True, eq=False)
class DaySeries:
    """Counts by date; nan where there is none."""

    dates: tuple[dt.date, ...]
    """In ascending order."""
    came: Floats
    """Requests, shape (dates,)."""
    mean: Floats
    """Forecast, shape (dates,)."""
    low: Floats
    """Its 10% quantile, shape (dates,)."""
    high: Floats
    """Its 90% quantile, shape (dates,)."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot as shapes."""

    band: str
    """The interval, in the path syntax of SVG."""
    line: str
    """The forecast."""
    came: str
    """What came, as a line."""
    dots: tuple[tuple[float, float], ...]
    """What came, as dots."""
    levels: tuple[tuple[float, float], ...]
    """Counts named at the right, and their heights."""
    days: tuple[tuple[dt.date, float], ...]
    """Dates named below, and their places."""


def plot_of(series: DaySeries) -> Plot:
    """Lay out a series; dates without counts are gaps."""
    first = series.dates[0].toordinal()
    span = max(1, series.dates[-1].toordinal() - first)
    places = np.array([day.toordinal() - first for day in series.dates], dtype=np.float64)
    x = LEFT + places / span * (RIGHT - LEFT)
    values = np.concatenate([series.came, series.high, series.mean])
    values = values[~np.isnan(values)]
    step = _step(float(values.max()) if values.size else 1.0)
    top = step * math.ceil((float(values.max()) if values.size else 1.0) / step) or step

    def y(counts: Floats) -> Floats:
        height: Floats = HEIGHT - _BOTTOM - counts / top * (HEIGHT - _TOP - _BOTTOM)
        return height

    band = "".join(
        _line(np.concatenate([x[run], x[run][::-1]]), np.concatenate([up, low[::-1]])) + "Z"
        for run in _runs(~np.isnan(series.mean), places)
        for up, low in [(y(series.high[run]), y(series.low[run]))]
    )
    known = ~np.isnan(series.came)
    levels = [n * step for n in range(round(top / step) + 1)]
    weeks = max(1, math.ceil(span / _DAYS_BETWEEN / _WEEKS_NAMED)) * _DAYS_BETWEEN
    named = [series.dates[0] + dt.timedelta(n) for n in range(0, span + 1, weeks)]
    return Plot(
        band,
        "".join(_line(x[r], y(series.mean[r])) for r in _runs(~np.isnan(series.mean), places)),
        "".join(_line(x[r], y(series.came[r])) for r in _runs(known, places)),
        tuple(zip(_short(x[known]), _short(y(series.came[known])), strict=True)),
        tuple((level, float(y(np.array(level)))) for level in levels),
        tuple((day, LEFT + (day.toordinal() - first) / span * (RIGHT - LEFT)) for day in named),
    )


def _step(most: float) -> float:
    """Distance of lines across: 1, 2 or 5 times a power of ten."""
    raw = max(most, 1.0) / _TICKS
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= raw)
    return max(step, 1.0)


def _runs(known: Bools, places: Floats) -> Iterator[slice]:
    """Yield stretches of known dates without a gap of more than two days."""
    start: int | None = None
    for i, is_known in enumerate([*known.tolist(), False]):
        is_far = start is not None and i < len(places) and places[i] - places[i - 1] > 2
        if start is not None and (not is_known or is_far):
            yield slice(start, i)
            start = None
        if is_known and start is None:
            start = i


def _line(x: Floats, y: Floats) -> str:
    points = zip(_short(x), _short(y), strict=True)
    return "M" + "L".join(f"{a:g} {b:g}" for a, b in points)


def _short(values: Floats) -> Sequence[float]:
    return [round(float(value), 1) for value in values]
