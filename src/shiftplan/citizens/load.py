"""How busy citizens keep a center through the week, and which languages they need.

Tables demand, services, shifts and policy -> arrivals and offered load of each center, by slot;
table languages -> shares of citizens; loads -> `Fault`s where a forecast cannot be staffed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from shiftplan.citizens.officials import Helpers, helpers_by_slot, official_windows
from shiftplan.citizens.queue import MOST, Floats
from shiftplan.citizens.queueing import MOST_SERVERS, lagging
from shiftplan.citizens.sizes import fine_cuts, planned, sizes_of
from shiftplan.citizens.ways import CitizenWays, HelpTime
from shiftplan.errors import Fault
from shiftplan.errors.message import Column, Message
from shiftplan.problem import Problem
from shiftplan.week.demand import Demand, Policy, Service, policy_at


@dataclass(frozen=True)
class CenterLoad:
    """Citizens of one center over time.

    A slot lies between two changes of forecast or shifts, and is at most half an hour of a shift.
    """

    edges: Floats  # minutes from the first midnight where slots begin and end, (slots + 1,)
    shifts: Floats  # shifts of the center at the same time, by slot, (slots,)
    arrivals_per_hour: Floats  # planned quantile of the forecast, (ways, slots)
    busy: Floats  # modified offered load: people busy if nobody had to wait, (ways, slots)
    sizes: tuple[Floats, Floats, Floats] | None = None
    """Chance of each size of the forecast, (sizes,), and both for it, (sizes, ways, slots);
    None where no spread counts."""
    officials: tuple[Helpers, ...] = ()  # officials who help beside the people of shifts

    def inside(self, start: int, end: int) -> slice:
        """Slots of a shift, from its first minute to the first one after it."""
        first, last = np.searchsorted(self.edges, [start, end])
        return slice(int(first), int(last))

    def in_line(
        self, before: Sequence[Service | HelpTime], after: Sequence[Service | HelpTime]
    ) -> CenterLoad:
        """The same load where citizens take other times, one for each way.

        A line has only the steps of a visit that its people help with.
        """
        if before is after:
            return self
        others = [i for i, time in enumerate(after) if time != before[i]]
        times = [after[i] for i in others]

        def changed(arrivals: Floats, busy: Floats) -> Floats:
            busy = busy.copy()
            busy[..., others, :] = _busy(arrivals[..., others, :], self.edges, times)
            return busy

        sizes = self.sizes
        if sizes is not None:
            sizes = *sizes[:2], changed(*sizes[1:])
        return replace(self, busy=changed(self.arrivals_per_hour, self.busy), sizes=sizes)

    def helped(self, left: Floats, left_of_sizes: Floats | None = None) -> CenterLoad:
        """The load where a part of the citizens is left, (ways, slots), and of sizes with `sizes`.

        Others have helped the rest.
        """
        sizes = self.sizes
        if sizes is not None and left_of_sizes is not None:
            chance, arrivals, busy = sizes
            sizes = chance, arrivals * left_of_sizes, busy * left_of_sizes
        arrivals, busy = self.arrivals_per_hour * left, self.busy * left
        return replace(self, arrivals_per_hour=arrivals, busy=busy, sizes=sizes)


def center_loads(
    problem: Problem, policy_of: Mapping[str, Policy], ways_of: Mapping[str, CitizenWays]
) -> dict[str, CenterLoad]:
    """Center id -> its citizens over time, for the centers that have shifts or demand.

    Where forecasts of one service overlap they add up. Arrivals are even inside a forecast's
    interval. Loads lag behind arrivals by the length of services: see `offered_load`. Policies
    and ways are by center id; ways stand in the order of the arrays.
    """
    minutes = problem.horizon.minutes
    forecasts: dict[str, list[Demand]] = {}
    for demand in problem.demand:
        if demand.arrivals:
            forecasts.setdefault(demand.center_id, []).append(demand)
    spans: dict[str, list[tuple[int, int]]] = {}
    for shift in problem.shifts:
        spans.setdefault(shift.center_id, []).append((minutes(shift.start), minutes(shift.end)))
    loads = {}
    for center in sorted(forecasts.keys() | spans.keys()):
        rows, policy = forecasts.get(center, []), policy_of[center]
        ends = np.array([(minutes(d.start), minutes(d.end)) for d in rows]).reshape(-1, 2)
        own = np.array(spans.get(center, [])).reshape(-1, 2)
        ways = ways_of[center]
        windows = official_windows(problem, problem.center_by_id[center], problem.horizon.dates)
        helpers = [(row, begin, end) for row, _, begin, end in windows]
        manned = np.array([span for _, *span in helpers]).reshape(-1, 2)
        edges = _edges(np.concatenate([ends, manned]), own)
        hourly = planned(rows, policy.quantile) * 60 / np.diff(ends, axis=1).ravel()
        first, last = np.searchsorted(edges, ends.T)
        cells = [*zip((ways.of(row.service_id) for row in rows), first, last, strict=True)]
        sizes = None
        spread = np.array([d.spread for d in rows], dtype=np.float64)
        if policy.quantile is None and spread.any():
            cuts = fine_cuts(_SIZES)
            factors = sizes_of(spread, cuts)
            sizes = np.diff(cuts), *_arrivals_and_load(hourly * factors, cells, edges, ways)
        arrivals, busy = _arrivals_and_load(hourly, cells, edges, ways)
        shifts, officials = _together(own, edges[:-1]), helpers_by_slot(helpers, edges)
        loads[center] = CenterLoad(edges, shifts, arrivals, busy, sizes, officials)
    return loads


def _arrivals_and_load(
    hourly: Floats,
    cells: Sequence[tuple[Sequence[tuple[int, float]], int, int]],
    edges: Floats,
    ways: CitizenWays,
) -> tuple[Floats, Floats]:
    """Arrivals an hour and offered load of forecasts, each of shape (..., ways, slots).

    `hourly` has rates, shape (..., rates); `cells` has ways with their parts, first slot and slot
    after the last of each.
    """
    arrivals = np.zeros((*hourly.shape[:-1], len(ways.steps), len(edges) - 1))
    for (taken, first, last), rate in zip(cells, np.moveaxis(hourly, -1, 0), strict=True):
        for way, part in taken:
            arrivals[..., way, first:last] += (rate * part)[..., None]
    arrivals = np.minimum(arrivals, MOST)  # far more than can be staffed
    return arrivals, _busy(arrivals, edges, ways.whole)


def _busy(arrivals: Floats, edges: Floats, times: Sequence[Service | HelpTime]) -> Floats:
    """Offered load of arrivals an hour by way, shape (..., ways, slots)."""
    minutes = np.array([time.minutes_per_citizen for time in times], dtype=np.float64)
    return lagging(arrivals, np.diff(edges), minutes[:, None]).mean


_SIZES = 32
"""Sizes of a forecast with a spread. Shares served in time are then within 0.005 of
those of thousands of sizes, up to a spread of 0.6."""


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


def language_shares(
    problem: Problem, policy_of: Mapping[str, Policy] | None = None
) -> dict[str, dict[str, float]]:
    """Center id -> language -> part of its citizens who need it, 0 to 1; parts of 0 are left out.

    A center without rows in the table languages has the `language_share` of its policy, and the
    language that most volunteers who live there speak, or else that most of all speak; the first
    of the table skills among equals. Policies are by center id; None for those of the problem.
    """
    told: dict[str, dict[str, float]] = defaultdict(dict)
    for row in problem.languages:
        told[row.center_id][row.skill_id] = row.share
    known = {s.skill_id: i for i, s in enumerate(problem.skills) if s.kind == "language"}
    speakers: dict[str | None, Counter[str]] = defaultdict(Counter)
    for volunteer in problem.volunteers:
        spoken = {g.skill_id for g in volunteer.skills} & known.keys()
        for home in {volunteer.home_center_id, None}:
            speakers[home].update(spoken)
    shares = {}
    for center in problem.centers:
        policy = (
            policy_at(center, problem.policy) if policy_of is None else policy_of[center.center_id]
        )
        own = told.get(center.center_id)
        if own is None and known:
            count = speakers[center.center_id] or speakers[None]
            language = min(known, key=lambda name: (-count[name], known[name]))
            own = {language: policy.language_share}
        shares[center.center_id] = {name: part for name, part in (own or {}).items() if part}
    return shares


_MOST_PEOPLE = MOST_SERVERS * 9 // 10
"""People busy at once in a team, at most; the rest are for those who must not wait."""


def contradictions(policies: Mapping[str, Policy]) -> Iterator[Fault]:
    """Yield a fault for each center whose minimum promises more than its target."""
    for center, policy in policies.items():
        if policy.minimum_level > policy.target_level:
            levels = {"minimum": policy.minimum_level, "target": policy.target_level}
            message = Message("citizens.minimum_above_target", center=center, **levels)
            yield Fault("minimum_above_target", "policy", "value", "", message)


def outside(problem: Problem, loads: Mapping[str, CenterLoad]) -> Iterator[Fault]:
    """Yield a fault for each forecast that some of its citizens find their center closed."""
    minutes = problem.horizon.minutes
    for i, demand in enumerate(problem.demand):
        if not demand.arrivals:
            continue
        load = loads[demand.center_id]
        start, end = minutes(demand.start), minutes(demand.end)
        slots = load.inside(start, end)
        closed = np.diff(load.edges)[slots][load.shifts[slots] == 0].sum() / (end - start)
        if closed > 0:
            away = {"percent": round(closed * 100), "citizens": closed * demand.arrivals}
            message = Message("citizens.no_shift_then", center=demand.center_id, **away)
            remedy = Message("citizens.shift_missing")
            value = f"{demand.start:%Y-%m-%d %H:%M}"
            yield Fault(
                "demand_outside_shifts", "demand", "start", value, message, remedy=remedy, index=i
            )


def crowds(
    problem: Problem, loads: Mapping[str, CenterLoad], policies: Mapping[str, Policy]
) -> Iterator[Fault]:
    """Yield a fault for each center where more people are needed than queues can have."""
    for center, load in loads.items():
        people = load.busy.sum(axis=0) / np.maximum(load.shifts, 1) * (load.shifts > 0)
        people /= policies[center].most_utilization
        if people.max() > _MOST_PEOPLE:
            sizes = {"people": round(people.max()), "most": _MOST_PEOPLE}
            message = Message("citizens.team_too_large", center=center, **sizes)
            columns = {"arrivals": Column("arrivals"), "minutes": Column("minutes_per_citizen")}
            remedy = Message("citizens.forecast_mistyped", **columns)
            moment = problem.horizon.moment(load.edges[people.argmax()])
            value = f"{moment:%Y-%m-%d %H:%M}"
            yield Fault("too_many_citizens", "demand", "arrivals", value, message, remedy=remedy)
