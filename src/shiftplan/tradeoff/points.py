"""What a trade-off consists of, and how its points are measured.

(`Problem`, `Roster`) -> figures of a `Point`; points -> which of them others dominate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from shiftplan.problem.roster import Roster
from shiftplan.scoring.case import Case
from shiftplan.scoring.check import Score
from shiftplan.scoring.fairness import fairness_of
from shiftplan.solving.result import ConflictMember, Cost
from shiftplan.tradeoff.weighting import Aims, Weighting


@dataclass(frozen=True, slots=True)
class Figures:
    """What a roster gives to citizens and asks of people."""

    empty_seats: int
    """Seats of all requirements that are empty: the sum of max(0, target - people counted)."""
    service_cost: int
    """Cost of the week's first level, without evenness and travel."""
    gini: float
    """Inequality of loads, 0 to below 1: Gini's coefficient."""
    highest_load: float
    """Highest load: shifts worked by shifts offered, earlier weeks included."""
    km: int | None
    """Whole km from home to shift, added up; None where distances are not known."""

    @property
    def axes(self) -> tuple[int, float, int]:
        """What points are compared by; less is better in each."""
        return self.empty_seats, self.gini, self.km or 0


@dataclass(frozen=True, slots=True)
class Point:
    """The best roster known of one weighting."""

    number: int
    """Number of the point, from 1, in order of weightings."""
    weighting: Weighting
    """Factors on what the week says."""
    is_week: bool
    """Whether it is the week's own weighting."""
    roster: Roster
    """The roster; it breaks no hard rule."""
    figures: Figures
    """Where it lies."""
    total: Cost
    """Its cost in its own weighting, and the proven bound of that weighting."""
    dominated: bool
    """Whether another point is as good in seats, inequality and km, and better in one."""


@dataclass(frozen=True)
class Tradeoff:
    """Points between service, evenness and travel."""

    points: tuple[Point, ...]
    """In order of weightings; empty when there is no roster."""
    own: Weighting
    """The week's own weighting."""
    wanted: int
    """Points that were to be found; there are fewer when the search was interrupted."""
    conflict: tuple[ConflictMember, ...] = ()
    """When hard rules contradict each other: those that would have to give way. Empty where time
    did not allow to name them."""
    seconds: float = 0.0
    """Wall-clock time."""
    infeasible: bool = False
    """Whether hard rules contradict each other, so that no roster exists."""

    @property
    def week(self) -> Point | None:
        """The point of the week's own weighting; None when it was not reached."""
        return next((point for point in self.points if point.is_week), None)


def measure(aims: Aims, roster: Roster, score: Score) -> Figures:
    """Figures of a roster, whose score is that of `aims.problem`."""
    case = Case(aims.problem, roster)
    loads = fairness_of(case).loads
    needs = case.problem.requirements
    return Figures(
        empty_seats=sum(map(case.empty, needs)),
        service_cost=sum(
            cost for level, cost in score.levels.items() if aims.aim_of[level] == "service"
        ),
        gini=0.0 if loads is None else loads.gini,
        highest_load=0.0 if loads is None else loads.highest,
        km=sum(v.amount for v in score.priced if v.rule.rule == "travel") if aims.travels else None,
    )


def is_dominated(figures: Figures, others: Sequence[Figures]) -> bool:
    """Whether one of the others is as good in every axis and better in one."""
    mine = figures.axes
    return any(
        other.axes != mine and all(a <= b for a, b in zip(other.axes, mine, strict=True))
        for other in others
    )


def order_of(own: Weighting, weighting: Weighting) -> tuple[bool, bool, Fraction, Fraction]:
    """Key of the order of points: nothing priced, then by evenness, then by travel."""
    priced = weighting.evenness > 0 or weighting.travel > 0
    return priced, weighting.travel != own.travel, weighting.travel, weighting.evenness
