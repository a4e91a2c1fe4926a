"""Logs of any kind: gaps of years, jumps, hardly any counts, events everywhere."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly

from shiftplan.citizens import KnownEvent, VisitCounts, forecast
from shiftplan.citizens.forecasting.forecast import By

EVERY: tuple[By, ...] = ("cell", "slot", "day", "center", "province", "total")


def wild_counts(rng: np.random.Generator) -> VisitCounts:
    """Counts whose means, gaps and jumps have any size."""
    centers, dates, slots, services = (int(rng.integers(1, n)) for n in (6, 60, 4, 4))
    gaps = rng.choice([1, 2, 3, 30, 400], dates, p=[0.7, 0.1, 0.1, 0.09, 0.01])
    days = [dt.date(2020, 1, 6) + dt.timedelta(int(n)) for n in np.cumsum(gaps)]
    mean = 10 ** rng.uniform(-3, 4, (centers, 1, 1, 1))
    requests = rng.poisson(mean * rng.gamma(1, 1, (centers, dates, slots, services))).astype(float)
    requests[:, dates // 2 :] *= rng.choice([0, 1, 10])
    recorded = rng.random((centers, dates)) < rng.choice([1, 0.9, 0.3])
    recorded[0, 0] = True
    return VisitCounts(
        tuple(f"c{i}" for i in range(centers)),
        tuple(days),
        tuple((60 * i, 60 * i + 60) for i in range(slots)),
        tuple(f"s{i}" for i in range(services)),
        requests,
        recorded,
        population=np.where(rng.random(centers) < 0.5, rng.gamma(1, 1e4, centers), np.nan),
    )


def wild_events(rng: np.random.Generator, counts: VisitCounts) -> list[KnownEvent]:
    """Some events before, in and after the log."""
    events = []
    for _ in range(rng.integers(0, 4)):
        span = (counts.dates[-1] - counts.dates[0]).days
        first = counts.dates[0] + dt.timedelta(int(rng.integers(1, span + 60)))
        last = first + dt.timedelta(int(rng.integers(0, 5)))
        centers = ("c0",) if rng.random() < 0.5 else ()
        factor = rng.choice([None, 0.0, 0.5, 3.0])
        reach = {"before": int(rng.integers(0, 22)), "after": int(rng.integers(0, 11))}
        events.append(KnownEvent(f"e{rng.integers(2)}", first, last, centers, factor, **reach))
    return events


@pytest.mark.parametrize("name", ["embedded", "seasonal_naive", "four_week_mean"])
@costly(0.2)
@given(st.integers(0, 10**9))
def test_any_log_can_be_forecast(name, seed):
    """Means are at most 300 times the busiest day of the log; all else is finite and in order."""
    rng = np.random.default_rng(seed)
    counts = wild_counts(rng)
    events = wild_events(rng, counts)
    later = np.unique(rng.integers(1, 100, 5)).tolist()
    ahead = [counts.dates[-1] + dt.timedelta(n) for n in later]

    found = forecast(counts, ahead, events=events, forecaster=name)

    busiest = np.nanmax(counts.totals)
    assert found.expected("day").max() <= 300 * max(busiest, 1)
    for part in ("mean", "province_level", "province_day", "center_level", "center_day", "cell"):
        values = getattr(found, part)
        assert np.isfinite(values).all()
        assert (values >= 0).all()
    for by in EVERY:
        assert (found.quantile(0.9, by) >= found.quantile(0.1, by)).all()
    assert found.scenarios(1).min() >= 0
    assert all(row.arrivals > 0 for row in found.demand())
