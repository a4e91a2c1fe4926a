"""Requirements under an uncertain forecast: for each size of the days, and in scenarios.

`Problem` -> requirements with the chance that each person is needed; (`Problem`, `Roster`) ->
`ScenarioFigures`: what its empty seats cost in joint scenarios.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated

import numpy as np

from shiftplan.case.case import Case
from shiftplan.citizens.derived import DerivedRequirement
from shiftplan.citizens.draws import stream
from shiftplan.citizens.forecasting.forecast import Forecast
from shiftplan.citizens.queue import Floats
from shiftplan.citizens.scenario_figures import (
    CenterInScenarios,
    DayInScenarios,
    OverScenarios,
    ScenarioFigures,
)
from shiftplan.citizens.sizes import equal_cuts, sizes_of
from shiftplan.citizens.staffing import Staffing, derive, staff
from shiftplan.errors.allowed import Range, Seed, Share
from shiftplan.errors.message import AtSeat, AtShift
from shiftplan.errors.options import check_options
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.week.demand import MOST_ARRIVALS, Demand, Policy
from shiftplan.week.requirements import Conditions, Requirement
from shiftplan.week.roster import Roster

SIZES = 20
"""Default number of equally likely sizes of a day for which requirements are computed."""
MOST_SIZES = 100
"""Largest number of sizes: chances are written in whole percent."""
MOST_SCENARIOS = 100_000
"""Largest number of joint scenarios: figures of each are kept until the end."""
CORRELATION = 0.5
"""Default correlation of the days of two centers."""
_Key = tuple[str, Conditions]


@takes_week
def staff_scenarios(
    problem: Problem, *, scenarios: int = SIZES, policy: Policy | None = None
) -> Staffing:
    """Turn the forecast into requirements with the chance that each person is needed.

    Minimum and target are those of `staff`. In addition, each shift is staffed for `scenarios`
    equally likely sizes of its day, and `needed_percent` is the share of sizes whose target has a
    first, a second, ... person. Requirements of only some sizes are added with target 0. The rule
    `expected_shortage` prices these chances; since its cost is an average, it does not matter which
    days are busy together.

    Parameters
    ----------
    problem, policy
        As for `staff`.
    scenarios
        Number of sizes, 1 to 100.

    Raises
    ------
    InputError
        As `staff` does, also where the largest size cannot be staffed; if an option is out of
        range.
    """
    kind = Annotated[int, Range(1, MOST_SIZES)]
    check_options(("scenarios", scenarios, kind))
    found = staff(problem, policy)
    targets: dict[_Key, list[int]] = {}
    largest: dict[_Key, DerivedRequirement] = {}
    for sized in _staffed(problem, scenarios, policy):
        for need in sized:
            targets.setdefault(_key(need.requirement), []).append(need.requirement.target)
            largest[_key(need.requirement)] = need
    planned = {_key(need.requirement): need for need in found.needs}
    groups: dict[str, list[DerivedRequirement]] = {s.shift_id: [] for s in problem.shifts}
    for key in (*planned, *(key for key in largest if key not in planned)):
        if key in planned:
            need, change = planned[key], {}
        else:
            need, change = largest[key], {"minimum": 0, "target": 0}
        chances = {"needed_percent": _percents(targets.get(key, []), scenarios)}
        asked = need.requirement.model_copy(update=change | chances)
        groups[key[0]].append(replace(need, requirement=asked))
    needs = tuple(need for group in groups.values() for need in group)
    rows = tuple(n.requirement.model_copy(update={"reason": str(n.reason)}) for n in needs)
    return Staffing(problem.model_copy(update={"requirements": rows}), needs)


def _percents(targets: Sequence[int], scenarios: int) -> tuple[int, ...]:
    """Percent of the sizes that need a first, a second, ... person; chances of 0 are left out."""
    most = max(targets, default=0)
    shares = (sum(t >= people for t in targets) / scenarios for people in range(1, most + 1))
    return tuple(percent for share in shares if (percent := round(100 * share)))


def _key(row: Requirement) -> _Key:
    return row.shift_id or "", row.conditions


def _staffed(
    problem: Problem, count: int, policy: Policy | None
) -> Iterator[tuple[DerivedRequirement, ...]]:
    """Yield the needs of each of `count` equally likely sizes of the days."""
    rows = problem.demand
    spread = np.array([d.spread if d.arrivals else 0.0 for d in rows], dtype=np.float64)
    needs = None
    for factors in sizes_of(spread, equal_cuts(count)):
        if needs is None or spread.any():
            sized = map(_certain, rows, factors.tolist())
            needs = derive(problem.model_copy(update={"demand": tuple(sized)}), policy)
        yield needs


def _certain(row: Demand, factor: float) -> Demand:
    arrivals = min(factor * row.arrivals, MOST_ARRIVALS)
    blank = dict.fromkeys(("arrivals_low", "arrivals_high", "arrivals_cv"))
    return row.model_copy(update=blank | {"arrivals": arrivals})


@takes_week
def price_scenarios(
    problem: Problem,
    roster: Roster,
    *,
    scenarios: int = 200,
    seed: int = 0,
    sizes: int = SIZES,
    correlation: float = CORRELATION,
    forecast: Forecast | None = None,
    policy: Policy | None = None,
) -> ScenarioFigures:
    """Price the empty seats of a roster in joint scenarios of an uncertain forecast.

    Each scenario draws a size for each center and date, staffs the shifts for it, and counts who is
    missing. Which days are busy together changes how far the figures of all centers together vary,
    not their means. Without a `forecast`, sizes of a date are correlated across centers (Gaussian
    copula), and dates are independent: a busy day is busy everywhere if `correlation` is 1, and at
    each center by itself if it is 0.

    Parameters
    ----------
    problem
        With demand and services; its own requirements do not count.
    roster
        Who works what.
    scenarios
        Number of scenarios, 2 to 100,000.
    seed
        Random seed.
    sizes
        Equally likely sizes of a day, 1 to 100.
    correlation
        Correlation of the normal variates behind the sizes of two centers on a date, 0 to 1; not
        used with a `forecast`.
    forecast
        Forecast that the demand was made of. Scenarios are drawn from it, with all that its centers
        and dates share: levels that may be misjudged for the whole week, and busy days. Centers and
        dates that it does not have are of any size.
    policy
        As for `staff`.

    Raises
    ------
    InputError
        As `staff_scenarios`.
    """
    check_options(
        ("scenarios", scenarios, Annotated[int, Range(2, MOST_SCENARIOS)]),
        ("seed", seed, Seed),
        ("sizes", sizes, Annotated[int, Range(1, MOST_SIZES)]),
        ("correlation", correlation, Share),
    )
    place = {center.center_id: i for i, center in enumerate(problem.centers)}
    dates = problem.horizon.dates
    center = np.array([place[s.center_id] for s in problem.shifts], dtype=np.int64)
    day = np.array([(s.day - dates[0]).days for s in problem.shifts], dtype=np.int64)
    by_size = np.stack([_missing(problem, n, roster) for n in _staffed(problem, sizes, policy)])
    if forecast is None:
        chances = _chances(scenarios, (len(place), len(dates)), seed, correlation)
    else:
        correlation = forecast.correlation
        chances = _chances_of(forecast, problem, scenarios, seed)
    figures = np.zeros((3, scenarios))  # seats, empty seats and their cost
    by_center, by_day = np.zeros((scenarios, len(place))), np.zeros((scenarios, len(dates)))
    for i, chance in enumerate(chances):
        size = np.minimum((chance * sizes).astype(np.int64), sizes - 1)
        found = by_size[size[center, day], :, np.arange(len(center))]
        figures[:, i] = found.sum(axis=0)
        by_center[i] = np.bincount(center, found[:, 1], len(place))
        by_day[i] = np.bincount(day, found[:, 1], len(dates))
    rows = [
        CenterInScenarios(row.center_id, row.name, OverScenarios.of(by_center[:, i]))
        for i, row in enumerate(problem.centers)
    ]
    rows.sort(key=lambda row: (-row.empty_seats.mean.value, row.center_id))
    days = (
        DayInScenarios(dates[i], OverScenarios.of(by_day[:, i])) for i in np.unique(day).tolist()
    )
    seats, missing, cost = (OverScenarios.of(values) for values in figures)
    drawn = (scenarios, seed, sizes, correlation)
    return ScenarioFigures(*drawn, seats, missing, cost, tuple(days), tuple(rows))


def _missing(problem: Problem, needs: Sequence[DerivedRequirement], roster: Roster) -> Floats:
    """Seats, empty seats and their cost by shift that is held, shape (3, shifts)."""
    requirements = tuple(need.requirement for need in needs)
    problem = problem.model_copy(update={"requirements": requirements})
    case = Case(problem, roster)
    index = {shift.shift_id: i for i, shift in enumerate(problem.shifts)}
    found = np.zeros((3, len(index)))
    for need in problem.requirements:
        if case.asks(need):
            found[:2, index[need.shift_id or ""]] += need.target, case.empty(need)
    for rule in problem.active_rules:
        if rule.serves == "seats" and isinstance(rule.level, int):
            for violation in rule.check(case):
                if isinstance(violation.where, AtShift | AtSeat):
                    cost = violation.cost * problem.rate_of[rule.level]
                    found[2, index[violation.where.shift_id]] += cost
    return found


def _chances(
    scenarios: int, shape: tuple[int, int], seed: int, correlation: float
) -> Iterator[Floats]:
    """Yield the share of quieter days of each center and date, shape (centers, dates)."""
    from scipy.special import ndtr

    rng = stream(seed, "scenarios")
    for _ in range(scenarios):
        common, own = rng.standard_normal(shape[1]), rng.standard_normal(shape)
        yield ndtr(np.sqrt(correlation) * common + np.sqrt(1 - correlation) * own)


def _chances_of(
    forecast: Forecast, problem: Problem, scenarios: int, seed: int
) -> Iterator[Floats]:
    """Yield the same of joint scenarios of a forecast.

    A factor is compared with the gamma distribution of its spread, from which sizes are.
    """
    from scipy.special import gammainc

    ids, dates = [c.center_id for c in problem.centers], problem.horizon.dates
    there = [(ids.index(c), i) for i, c in enumerate(forecast.centers) if c in ids]
    then = [(dates.index(d), i) for i, d in enumerate(forecast.dates) if d in dates]
    rows, own_rows = np.array(there, dtype=np.int64).reshape(-1, 2).T
    columns, own_columns = np.array(then, dtype=np.int64).reshape(-1, 2).T
    shape = 1 / np.maximum(forecast.shared_spread, _CERTAIN) ** 2
    unknown = stream(seed, "scenarios")
    for factors in forecast.days(scenarios, seed):
        chances = unknown.random((len(ids), len(dates)))
        known = gammainc(shape, shape * factors)[np.ix_(own_rows, own_columns)]
        chances[np.ix_(rows, columns)] = known
        yield chances


_CERTAIN = 1e-3
"""Spread below which a day of a forecast is not told from another."""
