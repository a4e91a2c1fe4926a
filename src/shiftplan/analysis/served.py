"""What a forecast is worth: citizens served in time by the roster that is planned with it.

(`Problem`, forecasts of a week, what came) -> rosters of equal size -> `ServedForecast`s.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shiftplan.citizens.estimate import Estimate
from shiftplan.citizens.experience import Experience, compare_experiences
from shiftplan.citizens.forecasting.ahead import counted, shifts_ahead, within_shifts
from shiftplan.citizens.forecasting.events import KnownEvent
from shiftplan.citizens.forecasting.forecast import Forecast
from shiftplan.citizens.forecasting.forecasters import forecaster_of
from shiftplan.citizens.simulate import simulate
from shiftplan.citizens.staffing import staff
from shiftplan.citizens.visits.counts import VisitCounts
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.solving.solve import solve
from shiftplan.week.demand import Demand
from shiftplan.week.json_form import Amount, Written
from shiftplan.week.roster import Roster

RUNS = 30
"""Simulated weeks."""
_TRIES = 4
"""Plans of a forecast that are made to come near the number of assignments of the first one."""
_NEAR = 0.002
"""Difference in assignments, as a share, that is near enough."""


@dataclass(frozen=True, slots=True)
class ServedForecast(Written):
    """What citizens experience when a week is staffed and planned with a forecast."""

    json_keys = "forecaster assignments served_in_time difference"

    forecaster: str
    """Name of the forecast."""
    assignments: Amount
    """Assignments of its roster."""
    served_in_time: Estimate
    """Share of the citizens who really came that is served in time."""
    difference: Estimate | None
    """The same less that of the first forecast, on the same citizens; None for the first."""


@dataclass(frozen=True, eq=False)
class HeldOutWeek:
    """A past week, laid on the dates of the planning week."""

    problem: Problem
    """The planning week, with what really came as its demand."""
    forecasts: Mapping[str, tuple[Demand, ...]]
    """Name of a forecaster -> what it would have said of that week."""


def hold_out(
    problem: Problem,
    counts: VisitCounts,
    names: Sequence[str],
    events: Sequence[KnownEvent] = (),
) -> HeldOutWeek:
    """Take the last whole week out of counts, and forecast it from those before.

    The week begins on the weekday of the planning week, and has its shifts. Centers that did not
    record a date are forecast on it, but nobody comes.

    Raises
    ------
    InputError
        No whole week with dates before it is recorded.
    """
    start = problem.horizon.start
    (period, *_), _ = shifts_ahead(problem, 1)
    behind = max(1, -(-(period[-1] - counts.dates[-1]).days // 7))
    shift = dt.timedelta(weeks=behind)
    dates = [day - shift for day in period]
    held, before = counts.on(dates), counts.before(start - shift)
    if not held.recorded.any() or not before.recorded.any():
        raise InputError(
            [Fault("out_of_range", "visits", message=Message("forecasts.too_short", n=1))]
        )
    found = {name: forecaster_of(name)(before, held.dates, events) for name in dict.fromkeys(names)}

    def rows(forecast: Forecast) -> tuple[Demand, ...]:
        there = replace(forecast, dates=tuple(day + shift for day in forecast.dates))
        return within_shifts(problem, there).demand()

    actual = rows(counted(held))
    return HeldOutWeek(
        problem.model_copy(update={"demand": actual}),
        {name: rows(forecast) for name, forecast in found.items()},
    )


def served_in_time(
    week: HeldOutWeek,
    *,
    time_limit: float = 30.0,
    workers: int | None = None,
    runs: int = RUNS,
    seed: int = 0,
) -> tuple[ServedForecast, ...]:
    """Staff and plan a week with each forecast, and simulate the citizens who really came.

    Rosters get about as many assignments as that of the first forecast: the others are multiplied
    by a factor until they do, in at most four plans. So the comparison is of where and when
    people work, not of how many. Intervals are those of the simulation; a search that its time
    limit ends adds chance of its own.

    Parameters
    ----------
    week
        Forecasts, and what came.
    time_limit
        Seconds for each plan.
    workers
        As of `solve`.
    runs
        Simulated weeks; the same citizens come under each roster.
    seed
        Seed of the simulation.

    Raises
    ------
    InputError
        A forecast cannot be staffed, or an option is out of range.
    """
    wanted: int | None = None
    first: Experience | None = None
    found = []
    for name, rows in week.forecasts.items():
        roster = _planned(week.problem, rows, wanted, time_limit, workers)
        experience = simulate(week.problem, roster, runs=runs, seed=seed)
        share = experience.overall.within_target_share
        assert share is not None
        difference = None
        if first is not None:
            difference = compare_experiences(first, experience).overall.within_target_share
        found.append(ServedForecast(name, len(roster), share, difference))
        if first is None:
            first, wanted = experience, len(roster)
    return tuple(found)


def _planned(
    problem: Problem,
    rows: Sequence[Demand],
    wanted: int | None,
    time_limit: float,
    workers: int | None,
) -> Roster:
    """The roster of a forecast, near a number of assignments where one is wanted."""
    tried: dict[float, Roster] = {}
    factor = 1.0
    for _ in range(1 if wanted is None else _TRIES):
        scaled = tuple(r.model_copy(update={"arrivals": r.arrivals * factor}) for r in rows)
        planned = staff(problem.model_copy(update={"demand": scaled})).problem
        roster = solve(planned, time_limit=time_limit, workers=workers).require_roster()
        if wanted is None:
            return roster
        tried[factor] = roster
        if abs(len(roster) - wanted) <= _NEAR * wanted:
            break
        factor = _next_factor({f: len(r) for f, r in tried.items()}, wanted)
        if factor in tried:
            break
    return min(tried.values(), key=lambda roster: abs(len(roster) - (wanted or 0)))


def _next_factor(found: Mapping[float, int], wanted: int) -> float:
    """The factor that should give a number of assignments, by the power law of the nearest two."""
    nearest = sorted(found, key=lambda factor: abs(found[factor] - wanted))
    power = 1.0
    if len(nearest) > 1:
        one, two = nearest[:2]
        change = math.log(max(1, found[one]) / max(1, found[two]))
        power = min(2.0, max(0.5, change / math.log(one / two)))
    return nearest[0] * math.pow(wanted / max(1, found[nearest[0]]), 1 / power)
