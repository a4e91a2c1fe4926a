"""How well centers and areas are served: seats filled, and the citizens' work behind them.

(`Problem`, `Roster`) -> `EquityMeasures`; no solver is involved.

Seats: a requirement with target t and minimum m that counts n people has t seats, of which
min(n, t) are filled, and of its m first seats min(n, m). Requirements without a skill count heads,
those with a skill skilled people; sums are over the requirements of a shift's center. Whoever is
planned fills a seat, also one who may not come.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from shiftplan.case.case import Case, laid_out
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.scoring.measures import Spread
from shiftplan.week.collation import collation_key
from shiftplan.week.json_form import Amount, Figure, Share, Written
from shiftplan.week.records import AREAS, Center
from shiftplan.week.roster import Roster
from shiftplan.week.where import area_classes

LEAST = (Fraction(1), Fraction(9, 10), Fraction(3, 4), Fraction(1, 2))
"""Least share of the classes of fill 0 to 3; less is class 4."""


def step(filled: int, wanted: int) -> int:
    """Class of fill of so many seats, 0 (all filled) to 4 (less than half); 0 for no seats."""
    share = Fraction(filled, wanted) if wanted else Fraction(1)
    return next((place for place, least in enumerate(LEAST) if share >= least), len(LEAST))


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
    """Forecast hours of work in the shifts that have such seats, see `Week.forecast_hours`."""
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
    def told_areas(self) -> tuple[AreaSeats, ...]:
        """The areas where there are any; none in a week whose centers are all in no area."""
        return self.areas if any(row.area != "other" for row in self.areas) else ()

    @property
    def spread_people(self) -> Spread | None:
        """How the centers' shares of people are spread; None without seats."""
        return Spread.of([c.people.share for c in self.centers if c.people.target])

    @property
    def spread_skilled(self) -> Spread | None:
        """The same of skilled people."""
        return Spread.of([c.skilled.share for c in self.centers if c.skilled.target])


@takes_week
def equity(problem: Problem, roster: Roster) -> EquityMeasures:
    """Count the seats of any roster, by center and by class of area.

    Unknown ids and repeated assignments are not counted.
    """
    return equity_of(laid_out(problem, roster))


def equity_of(case: Case) -> EquityMeasures:
    """As `equity`, of a roster that is laid out already."""
    problem, hours = case.week, case.week.forecast_hours
    people, skilled = (_seats(case, hours, of_skills=kind) for kind in (False, True))

    def area(name: str, centers: Iterable[Center], is_own: bool) -> AreaSeats:
        ids = [c.center_id for c in centers]
        heads = Seats.sum(part for i in ids for part in people[i])
        skills = Seats.sum(part for i in ids for part in skilled[i])
        return AreaSeats(name, len(ids), heads, skills, is_own)

    centers = [
        CenterSeats(i, c.name or i, Seats.sum(people[i]), Seats.sum(skilled[i]))
        for c in problem.centers
        for i in [c.center_id]
    ]

    def how_served(center: CenterSeats) -> tuple[float, int, str]:
        seats = center.both
        return seats.share, seats.filled - seats.target, center.center_id

    centers.sort(key=how_served)
    classes: dict[str, list[Center]] = {name: [] for name in AREAS}
    for center in problem.centers:
        for name in area_classes(center):
            classes.setdefault(name, []).append(center)
    further = sorted(classes.keys() - set(AREAS), key=collation_key)
    areas = [area(name, classes[name], False) for name in AREAS if classes[name]]
    areas += [area(name, classes[name], True) for name in further]
    return EquityMeasures(area("all", problem.centers, False), tuple(areas), tuple(centers))


def _seats(case: Case, hours: Mapping[str, float], *, of_skills: bool) -> dict[str, list[Seats]]:
    """Center -> the seats of one kind in each shift, with the hours of work where there are any."""
    parts: dict[str, list[Seats]] = {s.shift_id: [] for s in case.week.shifts}
    found: dict[str, list[Seats]] = {c.center_id: [] for c in case.week.centers}
    for need in case.asking:
        if need.is_of_heads != of_skills:
            count, most, least = case.coverage(need), need.target, need.minimum
            shown = case.shown_at(need)
            own = found[case.week.center_of(need)] if shown is None else parts[shown]
            own.append(Seats(most, min(count, most), least, min(count, least)))
    for shift in case.week.shifts:
        seats, work = Seats.sum(parts[shift.shift_id]), hours[shift.shift_id]
        if seats.target:
            seats = replace(seats, hours=work, hours_filled=work * seats.share)
        found[shift.center_id].append(seats)
    return found
