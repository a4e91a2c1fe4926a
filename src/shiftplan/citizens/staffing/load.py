"""How busy citizens keep a center through the week, service by service.

Tables demand, services, shifts and policy -> arrivals and offered load of each center, by slot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shiftplan.citizens.queueing import offered_load
from shiftplan.citizens.queueing.queue import Floats
from shiftplan.problem import Problem
from shiftplan.week.demand import Demand, Policy, Service


@dataclass(frozen=True)
class CenterLoad:
    """Citizens of one center over time.

    A slot lies between two changes of forecast or shifts, and is at most half an hour of a shift.
    """

    edges: Floats  # minutes from the first midnight where slots begin and end, (slots + 1,)
    shifts: Floats  # shifts of the center at the same time, by slot, (slots,)
    arrivals_per_hour: Floats  # planned quantile of the forecast, (services, slots)
    busy: Floats  # modified offered load: people busy if nobody had to wait, (services, slots)

    def inside(self, start: int, end: int) -> slice:
        """Slots of a shift, from its first minute to the first one after it."""
        first, last = np.searchsorted(self.edges, [start, end])
        return slice(int(first), int(last))


def center_loads(
    problem: Problem, policy_of: Mapping[str, Policy], services: Sequence[Service]
) -> dict[str, CenterLoad]:
    """Center id -> its citizens over time, for the centers that have shifts or demand.

    Where forecasts of one service overlap they add up. Arrivals are even inside a forecast's
    interval. Loads lag behind arrivals by the length of services: see `offered_load`. Policies
    are by center id; `services` stand in the order of the arrays.
    """
    minutes = problem.horizon.minutes
    row_of = {s.service_id: i for i, s in enumerate(services)}
    forecasts: dict[str, list[Demand]] = {}
    for demand in problem.demand:
        if demand.arrivals:
            forecasts.setdefault(demand.center_id, []).append(demand)
    spans: dict[str, list[tuple[int, int]]] = {}
    for shift in problem.shifts:
        spans.setdefault(shift.center_id, []).append((minutes(shift.start), minutes(shift.end)))
    loads = {}
    for center in sorted(forecasts.keys() | spans.keys()):
        rows = forecasts.get(center, [])
        ends = np.array([(minutes(d.start), minutes(d.end)) for d in rows]).reshape(-1, 2)
        own = np.array(spans.get(center, [])).reshape(-1, 2)
        edges = _edges(ends, own)
        arrivals = np.zeros((len(services), len(edges) - 1))
        hourly = _planned(rows, policy_of[center].quantile) * 60 / np.diff(ends, axis=1).ravel()
        first, last = np.searchsorted(edges, ends.T)
        for row, i, j, rate in zip(rows, first, last, hourly, strict=True):
            arrivals[row_of[row.service_id], i:j] += rate
        arrivals = np.minimum(arrivals, _MOST)
        busy = np.array(
            [
                offered_load(rate, np.diff(edges), s.minutes_per_citizen).mean
                for rate, s in zip(arrivals, services, strict=True)
            ]
        ).reshape(arrivals.shape)
        loads[center] = CenterLoad(edges, _together(own, edges[:-1]), arrivals, busy)
    return loads


_MOST = 1e9
"""Citizens an hour, at most: what queues can be computed for, and far more than can be staffed."""

_SLOT = 30
"""Minutes of the longest slot in a shift. Whole hours staff a lone busy hour of visits as long as
itself too thinly, quarters of an hour no better than halves."""


def _edges(forecasts: Floats, shifts: Floats) -> Floats:
    """Where slots begin and end: where a forecast or a shift does, and the half hours of shifts.

    The load of one long slot would be its mean, though it rises from an empty office.
    """
    ends = np.concatenate([forecasts.ravel(), shifts.ravel()])
    halves = np.arange(ends.min() // _SLOT + 1, ends.max() // _SLOT + 1) * _SLOT
    inside = halves[_together(shifts, halves) > 0]
    return np.unique(np.concatenate([ends, inside])).astype(np.float64)


def _together(spans: Floats, moments: Floats) -> Floats:
    """Shifts at the same time, by moment."""
    starts = np.searchsorted(np.sort(spans[:, 0]), moments, side="right")
    ends = np.searchsorted(np.sort(spans[:, 1]), moments, side="right")
    return (starts - ends).astype(np.float64)


def _planned(rows: Iterable[Demand], quantile: float | None) -> Floats:
    """Citizens to plan for, by row: the mean, or a quantile of a gamma-distributed forecast.

    With gamma-distributed means, the numbers of citizens are negative binomial.
    """
    mean = np.array([d.arrivals for d in rows], dtype=np.float64)
    spread = np.array([d.spread for d in rows], dtype=np.float64)
    uncertain = spread > 0
    if quantile is None or not uncertain.any():
        return mean
    from scipy.special import gammaincinv

    shape = 1 / spread[uncertain] ** 2
    mean[uncertain] *= gammaincinv(shape, quantile) / shape
    return mean
