"""What a trade-off consists of, and how its points are measured.

(`Aims`, `Roster`) -> costs by aim and figures of a `Point`; points -> which others dominate.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shiftplan.analysis.tradeoff.weighting import GRAIN, PERMILLE, Aims, Weighting
from shiftplan.case.case import Case
from shiftplan.rules.base import rnd
from shiftplan.scoring.check import check
from shiftplan.scoring.fairness import fairness_of
from shiftplan.solving.result import ConflictMember, Cost, Poor
from shiftplan.week.roster import Roster


@dataclass(frozen=True, slots=True)
class PointFigures:
    """What a roster gives to citizens and asks of people."""

    empty_seats: int
    """Seats of all requirements that are empty: the sum of max(0, target - people counted)."""
    service_cost: int
    """Cost of the rules that ask for people, at the first level that has any."""
    unevenness: float
    """How far loads lie from the common share: the root of the mean square of the difference, each
    person weighted by what they offered, 0 for nobody. The squares are rounded, see `Scale`."""
    gini: float
    """Inequality of loads, 0 to below 1: Gini's coefficient; no point is made by it."""
    highest_load: float
    """Highest load: shifts worked by shifts offered, earlier weeks included; as `gini`."""
    km: int | None
    """Whole km from home to shift, added up; None where distances are not known."""
    lowest_area: float | None
    """Share of seats filled in the worst-served class of area, 0 to 1, cut off to thousandths; None
    where there are no two classes that want seats."""

    @property
    def axes(self) -> tuple[float, ...]:
        """What points are compared by; less is better in each."""
        area = 0.0 if self.lowest_area is None else -self.lowest_area
        return self.empty_seats, self.service_cost, self.unevenness, self.km or 0, area


@dataclass(frozen=True, slots=True)
class Point:
    """The best roster known of one weighting."""

    number: int
    """Number of the point: 1 for the week itself, then in order of weightings; 0 if left out."""
    weighting: Weighting
    """Factors on what the week says, and what is kept."""
    is_week: bool
    """Whether it is the week itself, with all of its own rules."""
    roster: Roster
    """The roster; it breaks no hard rule."""
    figures: PointFigures
    """Where it lies."""
    total: Cost
    """Its cost in its own weighting, and the proven bound of that weighting among rosters that keep
    what it keeps."""
    dominated: bool
    """Whether another point is as good in all figures that points are compared by, and better in
    one. Only the week itself is told all the same."""


@dataclass(frozen=True)
class Tradeoff:
    """Trade-offs between service, evenness, travel and areas."""

    points: tuple[Point, ...]
    """The week itself first, then in order of weightings; empty when there is no roster."""
    own: Weighting
    """The week's own weighting."""
    wanted: int
    """Points that were to be found; there are fewer when the search was interrupted."""
    left_out: tuple[Point, ...] = ()
    """Points that are the same as another, or worse in a figure and better in none, or price areas
    and do not serve the worst one better."""
    share: float = 0.0
    """The common share that `unevenness` is measured from: the load of everybody if what the week's
    own roster gives out were shared evenly."""
    poor: Poor | None = None
    """Why the week's own roster, from which all others start, is empty or very poor."""
    conflict: tuple[ConflictMember, ...] = ()
    """When hard rules contradict each other: those that would have to give way. Empty where time
    did not allow to name them."""
    seconds: float = 0.0
    """Wall-clock time."""
    infeasible: bool = False
    """Whether hard rules contradict each other, so that no roster exists."""

    @property
    def week(self) -> Point | None:
        """The point of the week itself; None when it was not reached."""
        return next((point for point in self.points if point.is_week), None)


_FARTHEST = 1e5
"""Load beyond which a shift costs no more: that of who offered next to nothing, but worked."""


class Scale:
    """What rosters are measured by, once the week's own is known.

    Measured are all who have a shift inside their windows, and offer or offered something. A person
    with w shifts worked before and q offered in all is due as many shifts now as bring the load
    nearest to the common share. Every shift more or less costs what it adds to GRAIN x
    (w + n - share x q)^2 / q, rounded: working less than what is due costs as working more does, so
    that an empty seat makes nobody even.
    """

    def __init__(self, aims: Aims, own: Roster) -> None:
        self.aims = aims
        self.shifts = len(own)
        """Shifts that the week's own roster gives out."""
        case = Case(aims.problem, own)
        self._before: dict[str, tuple[float, float]] = {}
        for volunteer in aims.problem.volunteers:
            if case.offers.times(volunteer):
                who = volunteer.volunteer_id
                offered = case.offers.count(volunteer) + case.past(volunteer, "shifts_offered")
                if offered > 0:
                    self._before[who] = case.past(volunteer, "shifts_worked"), offered
        self.offered = math.fsum(q for _, q in self._before.values())
        now = sum(a.volunteer_id in self._before for a in own.assignments)
        worked = math.fsum(w for w, _ in self._before.values()) + now
        self.share = worked / self.offered if self.offered else 0.0
        """The common share."""
        self.due = {
            who: max(0, math.floor(self.share * q - w + 0.5))
            for who, (w, q) in self._before.items()
        }
        """Shifts that bring the load of each person measured nearest to the common share."""
        self._least = GRAIN * math.fsum(
            (w + self.due[who] - self.share * q) ** 2 / q for who, (w, q) in self._before.items()
        )

    def price(self, who: str, shift: int) -> int:
        """What the shift of a person with this number costs: from 1 on beyond those due, from 0
        down below; never negative, and the dearer the farther off.
        """
        w, q = self._before[who]
        added = (2 * (w + self.due[who] + shift) - 1) / q - 2 * self.share
        return rnd(GRAIN * min(max(0.0, added if shift > 0 else -added), _FARTHEST))

    def costs(self, roster: Roster) -> Mapping[int, int]:
        """Level of each aim -> cost of a roster, by the checker and by counting."""
        aims, score = self.aims, check(self.aims.problem, roster)
        costs = dict(score.levels)
        worked = Counter(a.volunteer_id for a in roster.assignments)
        off = {who: worked[who] - due for who, due in self.due.items()}
        costs[aims.evenness_level] = sum(
            self.price(who, shift)
            for who, beyond in off.items()
            for shift in (range(1, beyond + 1) if beyond > 0 else range(beyond + 1, 1))
        )
        if aims.areas:
            costs[aims.areas_level] = max(_empty_shares(aims, Case(aims.problem, roster)))
        return costs

    def figures(self, roster: Roster, costs: Mapping[int, int]) -> PointFigures:
        """Figures of a roster whose costs are known."""
        aims, case = self.aims, Case(self.aims.problem, roster)
        loads = fairness_of(case).loads
        squares = (self._least + costs[aims.evenness_level]) / GRAIN
        return PointFigures(
            empty_seats=empty_seats(aims, roster),
            service_cost=sum(costs[n] for n, aim in aims.aim_of.items() if aim == "service"),
            unevenness=math.sqrt(squares / self.offered) if self.offered else 0.0,
            gini=0.0 if loads is None else loads.gini,
            highest_load=0.0 if loads is None else loads.highest,
            km=costs[aims.travel_level] if aims.travels else None,
            lowest_area=1 - costs[aims.areas_level] / PERMILLE if aims.areas else None,
        )


def empty_seats(aims: Aims, roster: Roster) -> int:
    """Seats of all requirements that nobody fills."""
    return sum(map(Case(aims.problem, roster).empty, aims.problem.requirements))


def _empty_shares(aims: Aims, case: Case) -> list[int]:
    """Empty seats by seats of each class of area, in thousandths, rounded up."""
    seats = case.seats("all")
    shares = []
    for centers in aims.areas.values():
        filled, wanted = (sum(seats[center][i] for center in centers) for i in (0, 1))
        shares.append(-(-PERMILLE * (wanted - filled) // wanted))
    return shares


def is_dominated(figures: PointFigures, others: Sequence[PointFigures]) -> bool:
    """Whether one of the others is as good in every axis and better in one."""
    mine = figures.axes
    return any(
        other.axes != mine and all(a <= b for a, b in zip(other.axes, mine, strict=True))
        for other in others
    )


def serves_areas_better(figures: PointFigures, week: PointFigures) -> bool:
    """Whether more of the seats in the worst-served area are filled than in the week itself."""
    return (figures.lowest_area or 0.0) > (week.lowest_area or 0.0)
