"""What several rules post: prices of each person's first, second, third ... of something.

Expressions a person, and a price for each number -> rows and columns of a `Model`. Checks never
read it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from shiftplan.rules.base import HIGHEST_PRICE

if TYPE_CHECKING:
    from shiftplan.case.arrays import Arrays
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear
    from shiftplan.rules.base import Rule

Array = np.ndarray[Any, Any]


def past(arrays: Arrays, field: str) -> Array:
    """A field of everybody's history, float of shape (num_volunteers,); 0 where there is none."""
    found = np.zeros(arrays.num_volunteers)
    for history in arrays.week.history:
        found[arrays.volunteer_index[history.volunteer_id]] = getattr(history, field)
    return found


def growths(weight: int, nth: Array, of: Array) -> Array:
    """Prices, not rounded, of the nth units of squared shares, at most the highest price."""
    with np.errstate(over="ignore"):
        prices: Array = np.minimum(weight * (2 * nth - 1) / of, HIGHEST_PRICE)
    return prices


def works(model: Model, counted: Array) -> tuple[Linear, Array]:
    """Number of works of each person that count, as expressions, and the most it can be.

    `counted`: bool of shape (num_pairs,).
    """
    everybody = model.arrays.num_volunteers
    key = np.where(counted, model.pairs.volunteer, -1)
    most = np.minimum(model.most_shifts, model.pairs.most_together(key, everybody))
    return model.sum_pairs(key, everybody), most


def price_each(
    rule: Rule,
    model: Model,
    number: Linear,
    most: Array,
    price: Callable[[Array, Array], Array],
    size: int = 1,
) -> None:
    """Price the first, second, ... of what is counted for each person, up to the most it can be.

    `most` is an int array of shape (num_volunteers,). `price` gives the prices of the i-th of
    people v from arrays v and i; they are rounded half up here and must not fall with i. Each is
    the price of `size` units of the expression, or a part of them.
    """
    people = np.flatnonzero(most > 0)
    count = most[people]
    who = np.repeat(people, count)
    nth = np.arange(len(who)) - np.repeat(np.cumsum(count) - count, count) + 1
    costs = np.floor(price(who, nth) + 0.5)
    model.steps(rule, number.take(people), 0, count, costs, who=people, unit=size)
