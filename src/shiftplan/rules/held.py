"""Which shifts are held, on the model: what a shift asks for that is not held counts as filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear


def may_stay_away(arrays: Arrays) -> Array:
    """Whether each shift is optional or an alternative of others, bool of shape (num_shifts,)."""
    shifts = arrays.week.shifts
    return np.array([s.optional or bool(s.alternative) for s in shifts], dtype=bool)


def first_of(arrays: Arrays) -> Array:
    """Index of the first alternative of each shift, int of shape (num_shifts,); -1 for none.

    Optional shifts come after others, then the earliest is the first, then the first id.
    """
    shifts = arrays.week.shifts
    order = sorted(
        range(len(shifts)), key=lambda i: (shifts[i].optional, shifts[i].start, shifts[i].shift_id)
    )
    earliest: dict[str, int] = {}
    for i in order:
        earliest.setdefault(shifts[i].alternative, i)
    own = [earliest[shift.alternative] if shift.alternative else -1 for shift in shifts]
    return np.array(own, dtype=np.int64)


def with_people(model: Model, *, exact: bool = False) -> Linear:
    """Indicators of the shifts that may stay away and have people; of other shifts they are 0.

    `exact` as in `Model.any_of`.
    """
    shift = model.pairs.shift
    key = np.where(may_stay_away(model.arrays)[shift], shift, -1)
    return model.any_of(key, model.arrays.num_shifts, exact=exact, name="shifts with people")


def with_spared(model: Model, filled: Linear, where: Array, seats: Array) -> Linear:
    """Filled seats together with those that count as filled, as their shift is not held.

    Parameters
    ----------
    model
        The model, in which indicators of shifts with people may become new columns.
    filled
        Seats of each requirement that people fill.
    where
        Index of the shift of each, int of shape (filled.size,); -1 for one that always asks, as it
        counts several shifts.
    seats
        Seats of each that count as filled where its shift is not held, of the same shape.
    """
    arrays = model.arrays
    if not may_stay_away(arrays).any():
        return filled
    first, shifts = first_of(arrays), arrays.num_shifts
    optional = np.array([shift.optional for shift in arrays.week.shifts], dtype=bool)
    people = with_people(model, exact=True)
    # Those that are held where they have people, and others that are where no alternative has.
    other = np.flatnonzero(optional | ((first >= 0) & (first != np.arange(shifts))))
    instead = other[(first[other] >= 0) & ~optional[first[other]]]
    spared = people.combine(first[instead], instead, shifts)
    spared = spared + people.complement().combine(other, other, shifts)
    own = np.flatnonzero(where >= 0)
    return filled + (spared.take(where[own]) * seats[own]).sum_by(own, filled.size)
