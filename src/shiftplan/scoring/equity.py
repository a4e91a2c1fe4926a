"""How well centers and areas are served: seats filled, and the citizens' work behind them.

(`Problem`, `Roster`) -> `EquityMeasures`; no solver is involved.

Seats: a requirement with target t and minimum m that counts n people has t seats, of which
min(n, t) are filled, and of its m first seats min(n, m). Requirements without a skill count heads,
those with a skill skilled people; sums are over the requirements of a shift's center. Whoever is
planned fills a seat, also one who may not come.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from shiftplan.case.case import Case
from shiftplan.problem import Problem
from shiftplan.scoring.measures import Spread
from shiftplan.scoring.workload import forecast_hours
from shiftplan.week.collation import collation_key
from shiftplan.week.json_form import Amount, Figure, Share, Written
from shiftplan.week.records import AREAS, Center, Requirement
from shiftplan.week.roster import Roster
from shiftplan.week.where import area_classes


@dataclass(frozen=True, slots=True)
class Seats(Written):
    """Seats of some requirements, how many are filled, and the work of citizens behind them."""

    json_keys = "target filled minimum minimum_filled hours"

    target: Amount = 0
    """Seats: the sum of the targets."""
    filled: Amount = 0
    """Seats filled: the sum of min(people counted, target)."""
    minimum: Amount = 0
    """Seats that are needed at least: the sum of the minimums."""
    minimum_filled: Amount = 0
    """Of these, seats filled: the sum of min(people counted, minimum)."""
    hours: Figure = 0.0
    """Forecast hours of work in the shifts that have such seats, see `workload`."""
    hours_filled: float = 0.0
    """The hours of each of these shifts times the share of its seats filled, added up."""

    @property
    def share(self) -> float:
        """Seats filled by seats, 0 to 1; 1 when there are no seats."""
        return self.filled / self.target if self.target else 1.0

    @property
    def weighted_share(self) -> float:
        """Share of seats filled, each shift weighted by its forecast hours of work, 0 to 1.

        Where no work is forecast each shift is weighted by its seats, which gives `share`.
        """
        return self.hours_filled / self.hours if self.hours else self.share

    @property
    def fill(self) -> Share | None:
        """Share of the seats filled; None where there are no seats."""
        return self.share if self.target else None

    @property
    def weighted_fill(self) -> Share | None:
        """The same, each shift weighted by its forecast hours."""
        return self.weighted_share if self.target else None

    @staticmethod
    def sum(parts: Iterable[Seats]) -> Seats:
        """The seats of all parts together, the same in any order of the parts."""
        parts = tuple(parts)
        return Seats(
            sum(p.target for p in parts),
            sum(p.filled for p in parts),
            sum(p.minimum for p in parts),
            sum(p.minimum_filled for p in parts),
            math.fsum(p.hours for p in parts),
            math.fsum(p.hours_filled for p in parts),
        )


_FILLS = (
    " fill_people=people.fill fill_skilled=skilled.fill"
    " weighted_fill_people=people.weighted_fill weighted_fill_skilled=skilled.weighted_fill"
    " people skilled"
)
"""Keys of the seats of people and of skilled people, and the shares filled."""


@dataclass(frozen=True, slots=True)
class CenterSeats(Written):
    """The seats of one center."""

    json_keys = "center_id name" + _FILLS

    center_id: str
    """The center."""
    name: str
    """Its name, or its id when it has none."""
    people: Seats
    """Seats of requirements without a skill."""
    skilled: Seats
    """Seats of requirements with a skill."""

    @property
    def both(self) -> Seats:
        """All seats of the center; a skilled person may fill one of each kind."""
        return Seats.sum([self.people, self.skilled])


@dataclass(frozen=True, slots=True)
class AreaSeats(Written):
    """The seats of all centers of one class of area; classes may overlap."""

    json_keys = "area centers" + _FILLS

    area: str
    """Class of area, see `area_classes`; `all` for all centers."""
    centers: Amount
    """Number of centers."""
    people: Seats
    """Seats of requirements without a skill."""
    skilled: Seats
    """Seats of requirements with a skill."""
    is_own: bool
    """Whether the class is one of the week's own, from the groups of its centers."""

    @property
    def both(self) -> Seats:
        """All seats of the area."""
        return Seats.sum([self.people, self.skilled])


@dataclass(frozen=True, slots=True)
class EquityMeasures(Written):
    """How well centers and areas are served."""

    json_keys = "overall areas centers spread_people spread_skilled"

    overall: AreaSeats
    """All centers."""
    areas: tuple[AreaSeats, ...]
    """Minority, remote and other areas, then further classes by name; none without centers."""
    centers: tuple[CenterSeats, ...]
    """All centers: lowest share of all seats filled, most empty seats, and center_id first."""

    @property
    def spread_people(self) -> Spread | None:
        """How the centers' shares of people are spread; None without seats."""
        return Spread.of([c.people.share for c in self.centers if c.people.target])

    @property
    def spread_skilled(self) -> Spread | None:
        """The same of skilled people."""
        return Spread.of([c.skilled.share for c in self.centers if c.skilled.target])


def equity(problem: Problem, roster: Roster) -> EquityMeasures:
    """Count the seats of a roster, by center and by class of area.

    Parameters
    ----------
    problem
        The problem the roster is for.
    roster
        Any roster; unknown ids and repeated assignments are not counted.
    """
    return equity_of(Case(problem, roster))


def equity_of(case: Case) -> EquityMeasures:
    """As `equity`, of a roster that is laid out already."""
    problem, hours = case.week, forecast_hours(case)
    people: dict[str, list[Seats]] = {s.shift_id: [] for s in problem.shifts}
    skilled: dict[str, list[Seats]] = {s.shift_id: [] for s in problem.shifts}
    for need in problem.requirements:
        kind = people if need.skill_id is None else skilled
        kind[need.shift_id].append(_seats(need, case.coverage(need)))
    shifts: dict[str, list[str]] = {c.center_id: [] for c in problem.centers}
    for shift in problem.shifts:
        shifts[shift.center_id].append(shift.shift_id)
    heads_of = {c: [_of_shift(people[s], hours[s]) for s in own] for c, own in shifts.items()}
    skilled_of = {c: [_of_shift(skilled[s], hours[s]) for s in own] for c, own in shifts.items()}

    def area(name: str, centers: Iterable[Center], is_own: bool) -> AreaSeats:
        ids = [c.center_id for c in centers]
        heads = Seats.sum(part for i in ids for part in heads_of[i])
        skills = Seats.sum(part for i in ids for part in skilled_of[i])
        return AreaSeats(name, len(ids), heads, skills, is_own)

    centers = [
        CenterSeats(i, c.name or i, Seats.sum(heads_of[i]), Seats.sum(skilled_of[i]))
        for c in problem.centers
        for i in [c.center_id]
    ]
    seats = {c.center_id: c.both for c in centers}
    centers.sort(key=lambda c: (seats[c.center_id].share, -_empty(seats[c.center_id]), c.center_id))
    classes: dict[str, list[Center]] = {name: [] for name in AREAS}
    for center in problem.centers:
        for name in area_classes(center):
            classes.setdefault(name, []).append(center)
    further = sorted(classes.keys() - set(AREAS), key=collation_key)
    areas = [area(name, classes[name], False) for name in AREAS if classes[name]]
    areas += [area(name, classes[name], True) for name in further]
    return EquityMeasures(area("all", problem.centers, False), tuple(areas), tuple(centers))


def _seats(need: Requirement, count: int) -> Seats:
    return Seats(need.target, min(count, need.target), need.minimum, min(count, need.minimum))


def _of_shift(parts: Iterable[Seats], hours: float) -> Seats:
    """Seats of one kind in a shift, with the hours of work in it if it has such seats."""
    seats = Seats.sum(parts)
    return replace(seats, hours=hours, hours_filled=hours * seats.share) if seats.target else seats


def _empty(seats: Seats) -> int:
    return seats.target - seats.filled
