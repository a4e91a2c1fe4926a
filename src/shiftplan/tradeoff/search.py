"""Find the points of a trade-off: one solve for each weighting, each from what is known.

`Problem` -> `Session` after `Session` -> rosters and bounds, shared by all -> `Tradeoff`.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence

from shiftplan.errors import ModelError
from shiftplan.options import (
    call_option,
    check_options,
    limit_options,
    usual_workers,
    whole_option,
)
from shiftplan.problem import Problem
from shiftplan.problem.roster import Roster
from shiftplan.scoring.check import check
from shiftplan.solving.interrupts import interrupts
from shiftplan.solving.result import Cost, Status, StoppedBy
from shiftplan.tradeoff.bounds import Rates, bound_of
from shiftplan.tradeoff.points import Figures, Point, Tradeoff, is_dominated, measure, order_of
from shiftplan.tradeoff.weighting import Aims, Weighting, choose

LEAST_POINTS, MOST_POINTS = 2, 10
_LEAST_SHARE = 0.5
"""Part of a point's time that the search gets in any case; the rest goes to closing."""


def tradeoff(
    problem: Problem,
    *,
    points: int = 8,
    time_limit: float | None = 300.0,
    workers: int | None = None,
    seed: int = 0,
    on_progress: Callable[[int, int], None] | None = None,
    cancel: threading.Event | None = None,
) -> Tradeoff:
    """Find what service, evenness and travel cost each other.

    Every point is the best roster known of a weighting: the week's soft rules with the prices of
    evenness and travel multiplied by factors from 0 up. A point starts from the best roster that
    earlier ones found for its weighting, and all bounds serve all points (`bounds`).

    Parameters
    ----------
    problem
        What to plan. Where it has no rule that shares work, `fairness` is taken; where it has
        none on travel, km are counted if all centers have coordinates and all people a home.
    points
        Weightings to try, 2 to 10; there are fewer where several are the same.
    time_limit
        Seconds for all points together; None for no limit.
    workers, seed
        As in `solve`.
    on_progress
        Called before each point with the number of points found, and of all.
    cancel
        When somebody sets it, or on Ctrl-C, the search ends with the points found so far.

    Raises
    ------
    InputError
        If an option is out of range, or the problem has no soft rule.
    """
    began = time.monotonic()
    check_options(
        whole_option("points", points, LEAST_POINTS, MOST_POINTS),
        *limit_options(time_limit, workers, seed, cancel),
        call_option("on_progress", on_progress),
    )
    with interrupts(cancel) as stop:
        from shiftplan.engines.task import Limits
        from shiftplan.solving.session import Session

        aims = Aims(problem)
        weightings = choose(aims, points)
        known = _Known(aims)
        done: list[Weighting] = []
        end = began + (math.inf if time_limit is None else time_limit)
        late = 0.0
        for turn, weighting in enumerate(weightings):
            if stop.is_set():
                break
            if on_progress is not None:
                on_progress(turn, len(weightings))
            now, rates = time.monotonic(), aims.rates(weighting)
            start, cost = known.best(rates)
            if cost is None or cost > known.bound(rates):
                share = max(0.0, end - now) / (len(weightings) - turn + (turn == 0))
                share *= 1 + (turn == 0)  # the first roster is where all others start
                # What a point takes beyond its limit, to be judged, is kept for those to come.
                share = max(_LEAST_SHARE * share, share - late)
                count = usual_workers(workers)
                limits = Limits(seconds=share, workers=count, seed=seed, cancels=(stop,))
                result = Session(aims.reweighted(rates), now, limits, hint=start).run()
                if result.status is Status.INFEASIBLE:
                    passed = time.monotonic() - began
                    return Tradeoff(
                        (), aims.own, len(weightings), result.conflict, passed, infeasible=True
                    )
                known.add(rates, result.roster, result.total.bound)
                late = max(late, time.monotonic() - now - share)
                if result.stopped_by is StoppedBy.INTERRUPT:
                    break
            done.append(weighting)
        passed = time.monotonic() - began
        return Tradeoff(known.points(done), aims.own, len(weightings), seconds=passed)


class _Known:
    """Rosters and bounds of all weightings so far; whatever is known of one serves the others."""

    def __init__(self, aims: Aims) -> None:
        self._aims = aims
        self._costs: dict[Roster, tuple[int, ...]] = {}
        self._figures: dict[Roster, Figures] = {}
        self._bounds: list[tuple[Rates, int]] = []

    def add(self, rates: Rates, roster: Roster | None, bound: int | None) -> None:
        """Take what a solve found."""
        if roster is not None and roster not in self._costs:
            score = check(self._aims.problem, roster)
            self._costs[roster] = tuple(score.levels.values())
            self._figures[roster] = measure(self._aims, roster, score)
        if bound is not None:
            self._bounds.append((rates, bound))

    def bound(self, rates: Rates) -> int:
        """Best bound for rates that follows from all that are proven."""
        return bound_of(rates, self._bounds)

    def best(self, rates: Rates) -> tuple[Roster | None, int | None]:
        """The cheapest roster for rates among all, and its cost; None while there is none."""
        costs = {
            roster: sum(rate * cost for rate, cost in zip(rates, levels, strict=True))
            for roster, levels in self._costs.items()
        }
        roster = min(costs, key=lambda r: costs[r], default=None)
        return roster, None if roster is None else costs[roster]

    def points(self, weightings: Sequence[Weighting]) -> tuple[Point, ...]:
        """The points of weightings, each with the best roster of all and the best bound."""
        aims, found = self._aims, []
        for weighting in sorted(weightings, key=lambda w: order_of(aims.own, w)):
            rates = aims.rates(weighting)
            roster, cost = self.best(rates)
            if roster is None or cost is None:
                continue
            bound = self.bound(rates)
            if bound > cost:
                raise ModelError(f"a roster costs {cost}, less than the bound {bound} of {rates}")
            found.append((weighting, roster, self._figures[roster], Cost(cost, bound)))
        every = [figures for _, _, figures, _ in found]
        return tuple(
            Point(
                number=i,
                weighting=weighting,
                is_week=weighting == aims.own,
                roster=roster,
                figures=figures,
                total=total,
                dominated=is_dominated(figures, every),
            )
            for i, (weighting, roster, figures, total) in enumerate(found, 1)
        )
