"""Alternative shifts, of which one is held: what the others ask for counts as filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from shiftplan.errors.message import AtShift
from shiftplan.rules.base import DECISION, Findings, Forbidding

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear

__all__ = ["OneAlternative"]


class OneAlternative(Forbidding):
    """Of the shifts that share a name in the column `alternative`, at most one has people.

    It is the one that is held. Where none has people, the earliest is held; of those that start
    together, the first id. For every rule about seats, those of the others count as filled.

    Amount: shifts with people beyond one, for each name.
    """

    rule: Literal["one_alternative"] = "one_alternative"
    worth = DECISION
    unit = "shifts"
    example = "A talk on Monday or Tuesday, with a person on each: amount 1."

    def check(self, case: Case) -> Findings:
        for first, group in {ids[0]: ids for ids in case.week.alternatives.values()}.items():
            held = [shift for shift in group if case.people_in[shift]]
            if len(held) > 1:
                name = case.shifts[first].alternative
                yield self.violation("", AtShift(first), len(held) - 1, count=len(held), name=name)

    def post(self, model: Model) -> None:
        first = _first(model)
        if first is None:
            return
        of_group = _with_people(model).sum_by(first, model.arrays.num_shifts)
        where = np.unique(first[first >= 0])
        model.at_most(self, of_group.take(where), 1, where=where, place="shift")


def with_spared(model: Model, filled: Linear, where: Array, seats: Array) -> Linear:
    """Filled seats together with those that count as filled, as an alternative is held instead.

    Parameters
    ----------
    model
        The model, in which indicators of alternative shifts may become new columns.
    filled
        Seats of each requirement that people fill.
    where
        Index of the shift of each, int of shape (filled.size,).
    seats
        Seats of each that count as filled where its shift is not held, of the same shape.
    """
    first = _first(model)
    if first is None:
        return filled
    shifts = model.arrays.num_shifts
    people = _with_people(model, exact=True)
    other = np.flatnonzero((first >= 0) & (first != np.arange(shifts)))
    # The earliest is not held where another one is, and each other where it is not.
    spared = people.combine(first[other], other, shifts)
    spared = spared + people.complement().combine(other, other, shifts)
    return filled + spared.take(where) * seats


def alternative_shifts(arrays: Arrays) -> Array:
    """Whether each shift is one of alternatives, bool of shape (num_shifts,)."""
    return np.array([bool(shift.alternative) for shift in arrays.week.shifts], dtype=bool)


def _first(model: Model) -> Array | None:
    """Index of the earliest alternative of each shift, -1 for none; None where no shift has any."""
    shifts = model.arrays.week.shifts
    earliest: dict[str, int] = {}
    for i, shift in sorted(enumerate(shifts), key=lambda one: (one[1].start, one[1].shift_id)):
        earliest.setdefault(shift.alternative, i)
    if not earliest.keys() - {""}:
        return None
    own = [earliest[shift.alternative] if shift.alternative else -1 for shift in shifts]
    return np.array(own, dtype=np.int64)


def _with_people(model: Model, *, exact: bool = False) -> Linear:
    """Indicators of the alternative shifts that have people; of other shifts they are 0."""
    shift = model.pairs.shift
    key = np.where(alternative_shifts(model.arrays)[shift], shift, -1)
    return model.any_of(key, model.arrays.num_shifts, exact=exact, name="alternatives with people")
