"""What a forecast is worth: citizens served in time by the roster that is planned with it.

(`Problem`, forecasts of a week, what came) -> `staffed` -> `planned`, rosters of equal size ->
`ServedForecast`s.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from shiftplan.analysis.same_size import people_asked, same_size, staff_alike
from shiftplan.citizens.estimate import Estimate
from shiftplan.citizens.experience import Experience, compare_experiences
from shiftplan.citizens.forecasting.ahead import counted, shifts_ahead, within_shifts
from shiftplan.citizens.forecasting.events import KnownEvent
from shiftplan.citizens.forecasting.forecast import Forecast
from shiftplan.citizens.forecasting.forecasters import forecaster_of
from shiftplan.citizens.simulate import simulate
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
            [
                Fault(
                    "out_of_range",
                    "visits",
                    message=Message("forecasts.too_short", n=1),
                    remedy=Message("forecasts.longer_log"),
                )
            ]
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


def staffed(week: HeldOutWeek) -> dict[str, Problem]:
    """The week with the requirements of each forecast, for about as many people as the first.

    The others are multiplied by a factor (see `staff_alike`): a forecast that is doubtful of itself
    asks for more people, who would serve more citizens wherever they work.

    Raises
    ------
    InputError
        A forecast cannot be staffed.
    """
    found: dict[str, Problem] = {}
    people: int | None = None
    for name, rows in week.forecasts.items():
        found[name] = staff_alike(week.problem, rows, people)
        people = people_asked(found[name]) if people is None else people
    return found


def planned(weeks: Mapping[str, Problem], **options: Any) -> dict[str, Roster]:
    """Rosters of weeks, planned with options of `solve`, all with as many assignments.

    Larger ones lose the assignments that they miss least (see `same_size`).
    """
    pairs = [(week, solve(week, **options).require_roster()) for week in weeks.values()]
    return dict(zip(weeks, same_size(pairs), strict=True))


def served_in_time(
    week: HeldOutWeek,
    *,
    time_limit: float = 30.0,
    workers: int | None = None,
    runs: int = RUNS,
    seed: int = 0,
) -> tuple[ServedForecast, ...]:
    """Staff and plan a week with each forecast, and simulate the citizens who really came.

    Each forecast has one plan, and all rosters have as many assignments. So the comparison is of
    where and when people work, not of how many. Intervals are those of the simulation; a search
    that its time limit ends adds chance of its own, and so does the week.

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
    first: Experience | None = None
    found = []
    for name, roster in planned(staffed(week), time_limit=time_limit, workers=workers).items():
        experience = simulate(week.problem, roster, runs=runs, seed=seed)
        share = experience.overall.within_target_share
        assert share is not None
        difference = None
        if first is not None:
            difference = compare_experiences(first, experience).overall.within_target_share
        found.append(ServedForecast(name, len(roster), share, difference))
        first = first or experience
    return tuple(found)
