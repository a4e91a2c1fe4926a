"""What fairness and service cost each other: proven points between them, each from what is known.

`Problem` -> `solve_within` for the week itself -> `Plans` -> rosters and bounds, shared by all
weightings that keep the same -> `Tradeoff` -> table, picture and sentences.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np

from shiftplan.analysis.tradeoff.points import (
    Point,
    PointFigures,
    Scale,
    Tradeoff,
    is_dominated,
    serves_areas_better,
)
from shiftplan.analysis.tradeoff.weighting import Aims, Kept, Weighting, choose, order_of
from shiftplan.engines.params import SearchOptions, SearchParams
from shiftplan.errors import ModelError
from shiftplan.errors.allowed import Range
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.solving.interrupts import interrupts
from shiftplan.solving.result import Cost, Status, StoppedBy
from shiftplan.solving.solve import solve_within
from shiftplan.week.roster import Roster

if TYPE_CHECKING:
    from shiftplan.analysis.tradeoff.planning import Plans

__all__ = ["Point", "Tradeoff", "tradeoff"]

Rates = tuple[int, ...]


class _TradeoffOptions(SearchOptions):
    points: Annotated[int, Range(2, 10)]


@takes_week
def tradeoff(
    problem: Problem,
    *,
    points: int = 8,
    time_limit: float | None = 300.0,
    workers: int | None = None,
    seed: int = 0,
    on_progress: Callable[[int, int], None] | None = None,
    cancel: threading.Event | None = None,
    params: SearchParams | Mapping[str, Any] | None = None,
) -> Tradeoff:
    """Find what service, evenness, travel and areas cost each other.

    The first point is the week itself. For the others evenness is priced by its own measure, how
    far loads lie from a common share, in place of the rules `fairness`, `leximin`, `max_min` and
    `balance_hours`; a point multiplies the prices of evenness and travel, or prices the empty seats
    of the worst-served class of area. None gives out more shifts than the week's own roster, and
    each keeps something of it, such as its service: `Kept` says what. The other rules keep their
    prices. So along a price its figure never gets worse, and no point is even because less is
    worked. A point starts from the best roster that earlier ones found for it, and bounds serve all
    points that keep the same (`bound_of`).

    Parameters
    ----------
    problem
        What to plan; where its order is strict, its levels are added by their rates. Km are counted
        if all centers have coordinates and all people a home, areas if two classes want seats.
    points
        Points to try, 2 to 10. Those that are the same as another, or worse in one figure and
        better in none, are left out of what is found, but for the week itself.
    time_limit
        Seconds for all points together; None for no limit.
    on_progress
        Called before each point with the number of points found, and of all.
    workers, seed, cancel, params
        As `solve` takes them; a search that is cancelled ends with the points found so far.

    Raises
    ------
    InputError
        If an option is out of range, or the problem has no soft rule.
    """
    began = time.monotonic()
    options = _TradeoffOptions(
        points=points,
        time_limit=time_limit,
        workers=workers,
        seed=seed,
        cancel=cancel,
        on_progress=on_progress,
        params=params,
    )
    with interrupts(cancel) as stop:
        from shiftplan.analysis.tradeoff.planning import Plans
        from shiftplan.engines.task import Limits

        aims = Aims(problem)
        weightings = choose(aims, points)
        wanted = len(weightings) + 1
        end, own = began + options.seconds, options.params.tradeoff
        whole = Limits.of(options, stop)

        def limits(turn: int, late: float = 0.0) -> Limits:
            """Time for a point; the first gets more, since all others start from it."""
            left, more = max(0.0, end - time.monotonic()), own.first_factor if turn == 0 else 1
            share = left * more / (wanted - turn - 1 + more)
            # What a point takes beyond its limit, to be judged, is kept for those to come.
            share = max(own.search_share * share, share - late)
            return replace(whole, seconds=share)

        if on_progress is not None:
            on_progress(0, wanted)
        first = solve_within(aims.week, options, stop, seconds=limits(0).seconds)
        if first.roster is None:
            nothing = Tradeoff((), aims.own, wanted, conflict=first.conflict)
            is_infeasible, passed = first.status is Status.INFEASIBLE, time.monotonic() - began
            return replace(nothing, infeasible=is_infeasible, seconds=passed)
        scale = Scale(aims, first.roster)
        plans = Plans(aims, scale, first.roster)
        known = _Known(aims, scale, plans, first.roster, first.total)
        late = 0.0
        for turn, weighting in enumerate(weightings, 1):
            if on_progress is not None and not stop.is_set():
                on_progress(turn, wanted)
            if stop.is_set() or first.stopped_by is StoppedBy.INTERRUPT:
                break
            start, cost = known.best(weighting)
            if cost > known.bound(weighting):
                now, limit = time.monotonic(), limits(turn, late)
                rates = aims.rates(weighting)
                roster, bound, ending = plans.best(weighting, rates, start, limit)
                known.add(weighting.kept, rates, roster, bound)
                late = max(late, time.monotonic() - now - limit.seconds)
                if ending == "interrupt":
                    break
            known.done.append(weighting)
        return replace(known.tradeoff(wanted, time.monotonic() - began), poor=first.poor)


class _Known:
    """Rosters and bounds of all weightings so far; whatever is known of one serves the others."""

    def __init__(self, aims: Aims, scale: Scale, plans: Plans, own: Roster, total: Cost) -> None:
        self._aims, self._scale, self._plans = aims, scale, plans
        self._own, self._total = own, total
        self._costs: dict[Roster, Mapping[int, int]] = {own: scale.costs(own)}
        self._bounds: dict[Kept, list[tuple[Rates, int]]] = {}
        self.done: list[Weighting] = []
        """Weightings that were searched, beside the week's own."""

    def add(self, kept: Kept, rates: Rates, roster: Roster, bound: int | None) -> None:
        if roster not in self._costs:
            self._costs[roster] = self._scale.costs(roster)
        if bound is not None:
            self._bounds.setdefault(kept, []).append((rates, bound))

    def bound(self, weighting: Weighting) -> int:
        """Best bound of a weighting that follows from all that are proven where as much is kept."""
        return bound_of(self._aims.rates(weighting), self._bounds.get(weighting.kept, []))

    def best(self, weighting: Weighting) -> tuple[Roster, int]:
        """The cheapest roster for a weighting among all that keep what it keeps, and its cost."""
        rates = dict(zip(self._aims.aim_of, self._aims.rates(weighting), strict=True))
        costs = {
            roster: sum(rate * costs[level] for level, rate in rates.items())
            for roster, costs in self._costs.items()
            if self._plans.allows(weighting.kept, roster, costs)
        }
        roster = min(costs, key=lambda r: costs[r])
        return roster, costs[roster]

    def tradeoff(self, wanted: int, seconds: float) -> Tradeoff:
        """The week itself and all weightings searched, but for those that others make needless."""
        scale, own = self._scale, self._aims.own
        found = [(own, self._own, Cost(self._total.cost, self._total.bound or 0))]
        for weighting in sorted(self.done, key=order_of):
            (roster, cost), bound = self.best(weighting), self.bound(weighting)
            if bound > cost:
                costs = {"cost": cost, "bound": bound, "weighting": str(weighting)}
                raise ModelError(Message("model.below_bound", **costs))
            found.append((weighting, roster, Cost(cost, bound)))
        figures = [scale.figures(roster, self._costs[roster]) for _, roster, _ in found]
        kept = _needed(figures, [weighting for weighting, _, _ in found])
        number = {i: n for n, i in enumerate(kept, 1)}
        points = []
        for i, (weighting, roster, total) in enumerate(found):
            lies, is_worse, n = figures[i], is_dominated(figures[i], figures), number.get(i, 0)
            points.append(Point(n, weighting, i == 0, roster, lies, total, is_worse))
        needed = tuple(point for point in points if point.number)
        others = tuple(point for point in points if not point.number)
        return Tradeoff(needed, own, wanted, others, scale.share, seconds=seconds)


def _needed(figures: Sequence[PointFigures], weightings: Sequence[Weighting]) -> list[int]:
    """The first, and those that are neither the same as a kept one before nor dominated by any.

    Where areas are priced, the worst must be served better than in the first.
    """
    kept: list[int] = []
    for i, each in enumerate(figures):
        is_same = any(each.axes == figures[k].axes for k in kept)
        is_vain = weightings[i].areas and not serves_areas_better(each, figures[0])
        if i == 0 or not (is_same or is_vain or is_dominated(each, figures)):
            kept.append(i)
    return kept


def bound_of(rates: Rates, known: Sequence[tuple[Rates, int]]) -> int:
    """Bound for rates, one a level, that follows from known ones; 0 when nothing better does.

    Let c(x) be the costs of a roster x inside the levels, whole numbers of 0 or more, the same
    under every weighting, and V(r) the least of r . c(x) over all rosters x that hard rules allow.
    Let b_k be a proven bound for the rates r_k: b_k <= V(r_k). Then for any numbers m_k of 0 or
    more with

        sum of m_k r_k <= r    (level by level)

    the sum of m_k b_k is a bound for r. Proof: let x be a roster of least cost for r. Then

        V(r) = r . c(x) >= sum of m_k r_k . c(x) >= sum of m_k V(r_k) >= sum of m_k b_k,

    where the first step needs c(x) >= 0, the second that x is a roster like any other. With one m
    of 1: a bound stays one where prices only rise. With m that add up to 1: between two weightings
    the bound is at least what lies between theirs (V is concave). With any m: also their common
    scale.

    The best m is a small linear program. Its floating-point answer is only a proposal: it is made
    rational and shrunk until the condition holds exactly. V(r) is whole, so the bound is rounded
    up.
    """
    usable = [
        (other, bound)
        for other, bound in known
        if bound > 0 and all(b == 0 for a, b in zip(rates, other, strict=True) if a == 0)
    ]
    if not usable:
        return 0
    alone = [[Fraction(int(i == k)) for i in range(len(usable))] for k in range(len(usable))]
    mixes = [*alone, _proposed(rates, usable)]
    return max(math.ceil(_value(rates, usable, mix)) for mix in mixes)


def _proposed(rates: Rates, usable: Sequence[tuple[Rates, int]]) -> list[Fraction]:
    """Multipliers that the linear program proposes."""
    from scipy.optimize import linprog

    scale = float(max(bound for _, bound in usable))
    gains = np.array([-bound / scale for _, bound in usable])
    rows = np.array([other for other, _ in usable], dtype=float).T
    limit = np.array(rates, dtype=float)
    kept = limit > 0
    found = linprog(gains, rows[kept] / limit[kept, None], np.ones(int(kept.sum())))
    if found.x is None:
        return [Fraction(0)] * len(usable)
    return [Fraction(max(0.0, float(m))).limit_denominator(1_000_000) for m in found.x]


def _value(rates: Rates, usable: Sequence[tuple[Rates, int]], mix: Sequence[Fraction]) -> Fraction:
    """The bound of multipliers, scaled so that they just keep the condition."""
    used = [
        sum((m * other[j] for m, (other, _) in zip(mix, usable, strict=True)), Fraction(0))
        for j in range(len(rates))
    ]
    most = max((u / rate for u, rate in zip(used, rates, strict=True) if rate > 0), default=0)
    if most == 0:
        return Fraction(0)
    return sum((m * b for m, (_, b) in zip(mix, usable, strict=True)), Fraction(0)) / most
