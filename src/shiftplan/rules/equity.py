"""Rules that share filled seats among centers and areas.

A seat is one of a requirement's targets; it is filled by a person whom the requirement counts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from pydantic import AliasChoices, BeforeValidator, Field

from shiftplan.case.case import SeatKind
from shiftplan.errors.message import AtCenter, InAreas
from shiftplan.rules.base import SPARED, Findings, Level, Priced, SoftRule, Weight, in_value
from shiftplan.rules.exclusive import seat_sets, seats_of
from shiftplan.rules.held import may_stay_away, with_spared
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import OfDays, OfShifts
from shiftplan.rules.seats import people_counted, seats_empty
from shiftplan.week.fields import NameSet, SomeNames
from shiftplan.week.scope import HoursOfDay, Which, is_at

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear
    from shiftplan.week.requirements import Requirement

__all__ = ["AreaFloor", "WorstCenterFirst"]


_EPS = 1e-9
"""Tolerance in seats, for rounding errors of shares in floating point."""


def _empty(model: Model, kind: SeatKind, which: Which) -> tuple[Linear, Array, Array, Array]:
    """Empty seats of each requirement of a kind meant, as expressions that may also be larger.

    Also returns each requirement's index among all, its target, and the index of its center.
    """
    arrays, needs = model.arrays, model.arrays.week.requirements
    target = np.array([n.target for n in needs], dtype=np.int64)
    skilled = np.array([not n.is_of_heads for n in needs], dtype=bool)
    is_meant = arrays.concerned(needs, which)
    kept = np.flatnonzero(is_meant & ((kind == "all") | (skilled == (kind == "skilled"))))
    return seats_empty(model, kind).take(kept), kept, target[kept], arrays.center_of(needs)[kept]


@rule(order=60)
class WorstCenterFirst(OfShifts, SoftRule):
    """The emptier a center, the more its next empty seat costs, by a power of its empty share.

    The cost grows with a power of the share of a center's seats that is empty, times its seats:
    a seat at a center of which twice as much is empty costs 2^(power - 1) times as much, at small
    centers as at large ones. So a filled seat that moves to a worse center of the same size never
    costs more (Marshall, Olkin and Arnold, Inequalities: Theory of Majorization, 2011). With power
    6 one empty center costs as much as 64 half-empty ones: with higher powers the worst decide
    more and more, but rounded costs of nearly full centers are 0, and no power is the strict order
    of worst, second worst and so on; `shiftplan.analysis.leximin` finds that order with
    `of="centers"`.

    Amount: empty seats of a center. Cost: with T seats wanted at the center, its j-th empty seat
    costs rnd(weight x (j^power - (j - 1)^power) / T^(power - 1)). Centers that want none are not
    concerned.
    """

    rule: Literal["worst_center_first"] = "worst_center_first"
    weight: Weight = 100
    """Cost of each seat of a center whose seats are all empty."""
    power: Annotated[int, in_value("power", ge=2, le=12)] = 6
    """Power, 2 to 12: the higher, the more the worst centers count."""
    seats: SeatKind = "all"
    """`all` requirements, those for `people` (without a skill), or those for `skilled` people."""
    sees = "part"
    topic = "Fair to communes"
    serves = "people"
    unit = "seats"
    example = (
        "Weight 100, power 2, ten seats wanted, two empty: rnd(100 x 1 / 10) + rnd(100 x 3 / 10) = "
        "40. With four empty: 10 + 30 + 50 + 70 = 160."
    )

    def check(self, case: Case) -> Findings:
        for center_id, (filled, wanted) in case.seats(self.seats, self.which).items():
            if filled < wanted:
                where, empty = AtCenter(center_id), wanted - filled
                cost = _cost(self.weight, self.power, wanted, empty)
                yield self.violation("", where, empty, cost=cost, filled=filled, wanted=wanted)

    def post(self, model: Model) -> None:
        empty, _, target, center = _empty(model, self.seats, self.which)
        wanted = np.bincount(center, target, model.arrays.num_centers).astype(np.int64)
        prices = []
        for seats in wanted.tolist():
            # Whole numbers of any size: powers of floats differ in the last digit.
            powers = np.arange(seats + 1, dtype=object) ** self.power
            scale = seats ** (self.power - 1)
            prices.append((2 * self.weight * np.diff(powers) + scale) // max(2 * scale, 1))
        costs = np.concatenate([*prices, np.zeros(0)]).astype(float)
        model.steps(self, empty.sum_by(center, len(wanted)), 0, wanted, costs)


def _cost(weight: int, power: int, wanted: int, empty: int) -> int:
    """Cost of a center with so many of its seats empty, seat by seat, in whole numbers."""
    cost, below = 0, 2 * wanted ** (power - 1)
    for seat in range(1, empty + 1):
        above = 2 * weight * (seat**power - (seat - 1) ** power)
        cost += (above + below // 2) // below
    return cost


def _as_share(value: Any) -> Any:
    """A share from percent; what is no number is left to be refused."""
    return value / 100 if isinstance(value, (int, float)) and 1 < value <= 100 else value


_Share = Annotated[
    float,
    Field(ge=0, le=1),
    BeforeValidator(_as_share, json_schema_input_type=Annotated[float, Field(ge=0, le=100)]),
]


@rule(order=70)
class AreaFloor(OfDays, Priced):
    """Some areas have a share of their seats filled, or as large a share as the other centers.

    Areas are `minority` (centers with minority_area), `remote` (with remote_area), `other` (with
    neither), the names in the column groups of the table centers, types of unit, and single
    centers. The seats of all centers in any of the areas are added.

    Amount: filled seats missing. Due is the share `min_share` of the seats wanted in the areas,
    rounded up. Without it so many are due that the filled share is not below that of all other
    centers; then nothing is due where the areas or the others want no seat. Beware: a seat that is
    filled elsewhere makes more due in the areas, so that with a weight above what an empty seat
    costs by other rules, such as coverage, seats elsewhere may be left empty for equality's sake.
    """

    rule: Literal["area_floor"] = "area_floor"
    level: Level = 1
    """`hard`, or the number of the cost level: 1 comes before 2."""
    weight: Weight = 100
    """Cost of each filled seat missing; a hard rule ignores it."""
    group: Annotated[SomeNames, Field(validation_alias=AliasChoices("group", "where"))]
    """Areas concerned, taken together; the column may also be named `where`."""
    min_share: Annotated[_Share | None, in_value("min_share")] = None
    """Share of the seats due, 0 to 1; above 1 it is read as percent: 0.9 and 90 are the same.
    Blank for the share of all other centers."""
    seats: SeatKind = "all"
    """`all` requirements, those for `people` (without a skill), or those for `skilled` people."""
    shifts: Annotated[NameSet, SPARED] = ()
    """Shift types or tags whose seats count, in the areas and elsewhere; empty for all shifts."""
    hours: Annotated[HoursOfDay, SPARED] = ""
    """Hours in which shifts that count start, such as `18:00-06:00`; empty for all hours."""
    sees = "part"
    topic = "Fair to communes"
    serves = "people"
    unit = "seats"
    is_of_areas = True
    example = (
        "Minority areas have 6 of 10 seats filled. min_share 0.75: 8 are due, amount 2. Without "
        "it, with 14 of 20 filled elsewhere: 7 are due, amount 1."
    )

    def check(self, case: Case) -> Findings:
        filled, wanted, filled_there, wanted_there = 0, 0, 0, 0
        for center_id, (own, seats) in case.seats(self.seats, self.which).items():
            if any(is_at(case.centers[center_id], name) for name in self.group):
                filled, wanted = filled + own, wanted + seats
            else:
                filled_there, wanted_there = filled_there + own, wanted_there + seats
        if self.min_share is not None:
            due, code = math.ceil(self.min_share * wanted - _EPS), "rules.area_floor"
        elif wanted_there:
            due = -(-filled_there * wanted // wanted_there)
            code = "rules.area_floor_elsewhere"
        else:
            return
        if filled < due:
            facts = {"filled": filled, "wanted": wanted, "due": due}
            facts |= {"filled_there": filled_there, "wanted_there": wanted_there}
            yield self.violation("", InAreas(self.group), due - filled, code, **facts)

    def post(self, model: Model) -> None:
        empty, kept, target, center = _empty(model, self.seats, self.which)
        here = model.arrays.at(self.group)[center]
        wanted, elsewhere = int(target[here].sum()), int(target[~here].sum())
        lacking = empty.sum_by(np.where(here, 0, -1), 1)
        if self.min_share is not None:
            model.at_most(self, lacking, math.floor(wanted * (1 - self.min_share) + _EPS))
            return
        if not wanted or not elsewhere:
            return
        # filled elsewhere x wanted <= filled x elsewhere, in whole numbers.
        factor = math.gcd(wanted, elsewhere)
        others = [model.arrays.week.requirements[i] for i in kept[~here]]
        there = _filled(model, others) * (wanted // factor)
        behind = there + lacking * (elsewhere // factor)
        most = wanted // factor * elsewhere
        if self.hard:
            model.at_most(self, behind, most)
            return
        missing = model.columns(model.new_columns(1, wanted))
        model.define_at_most(behind - missing * (elsewhere // factor), most)
        model.avoid(self, missing)

    def helpers(self, arrays: Arrays) -> Array:
        inside = arrays.at(self.group)[arrays.center] | may_stay_away(arrays)
        return np.broadcast_to(inside, (arrays.num_volunteers, arrays.num_shifts))


def _filled(model: Model, needs: Sequence[Requirement]) -> Linear:
    """Filled seats of some requirements, as one expression that may be larger, never smaller.

    Either at least as many seats are filled as people are there, or all of them. Without the
    second, more people than seats would be impossible; were it free, full teams could be called
    empty.
    """
    apart = [need for need in needs if need.exclusive]
    plain = [need for need in needs if not need.exclusive]
    target = np.array([need.target for need in plain], dtype=np.int64)
    counted, where = people_counted(model, plain), model.arrays.own_shift(plain)
    there = with_spared(model, counted, where, target)
    number, shift = model.arrays.counted(plain)
    most = np.bincount(number, model.most_people[shift], len(plain))
    most = np.minimum(model.greatest(counted), most)
    is_one_of = (where >= 0) & may_stay_away(model.arrays)[where]
    most = np.where(is_one_of, model.greatest(there), most)
    beyond = most - target
    filled = model.columns(model.new_columns(there.size, target))
    may_exceed = np.flatnonzero(beyond > 0)
    full = model.columns(model.new_columns(len(may_exceed))).sum_by(may_exceed, filled.size)
    model.define_at_most(there - filled - full * beyond, 0)  # full is 0 where nobody is beyond
    model.define_at_most((full * target - filled).take(may_exceed), 0)
    together = filled.sum_by(np.zeros(filled.size, dtype=np.int64), 1)
    return together + _filled_exclusive(model, apart) if apart else together


def _filled_exclusive(model: Model, needs: Sequence[Requirement]) -> Linear:
    """The same of exclusive requirements.

    For some set of them, all seats outside of it are filled, and one for each person who fits it.
    """
    sets, seats = seat_sets(model, needs), [need.target for need in needs]
    fitting = with_spared(model, sets.fitting, sets.shift, seats_of(sets.members, seats))
    there = fitting.plus(seats_of(sets.outside, seats))
    shifts, group = np.unique(sets.shift, return_inverse=True)
    most = model.greatest(there)
    filled = model.columns(model.new_columns(len(shifts), np.bincount(group, most)))
    chosen = model.columns(model.new_columns(there.size))
    model.define_at_most(there - filled.take(group) + chosen * most, most)
    model.define_at_most(-chosen.sum_by(group, len(shifts)), -1)
    return filled.sum_by(np.zeros(len(shifts), dtype=np.int64), 1)
