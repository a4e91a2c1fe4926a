"""The columns of a program under construction, and the rows that define them.

`Arrays` and what is eligible -> decisions, the `Pairs`; sums and indicators of these, as `Linear`.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from shiftplan.case.arrays import Array, Arrays
from shiftplan.model.linear import PLACES, Linear, PostedRule, RowTag, Where, each, widened
from shiftplan.model.pairs import Pairs
from shiftplan.week.scope import which_of

if TYPE_CHECKING:
    from shiftplan.week.fields import NameSet
    from shiftplan.week.scope import Which


class _Shared(NamedTuple):
    """Columns that rules share by a name, and what they were made for."""

    columns: Linear
    of: Linear
    numbers: Array
    """Bound or group of each expression."""


class Columns:
    """Decisions and what follows from them. The first columns are the pairs."""

    def __init__(self, arrays: Arrays, eligible: Array, exclusive: Array) -> None:
        """`eligible`, `exclusive` as `Pairs` takes them."""
        self.arrays = arrays
        self.pairs = Pairs(arrays, eligible, exclusive)
        self._upper: list[Array] = [np.ones(len(self.pairs))]
        self._num_columns = len(self.pairs)
        self._blocks: list[tuple[Linear, Array]] = []
        self._num_rows = 0
        self._implied: list[tuple[int, int]] = []
        self._any: dict[Hashable, tuple[Linear, Linear | None]] = {}
        self._below: dict[Hashable, _Shared] = {}
        self.tags: list[RowTag] = []

    def sum_pairs(self, key: Array, size: int, coef: Array | float = 1.0) -> Linear:
        """Sum of coef x works over the pairs with the same key.

        `key` is the expression of each pair, 0 to size - 1, int of shape (num_pairs,), such as
        `pairs.volunteer`; pairs with a negative one are left out, and a key that no pair has gives
        an expression that is always 0. `coef` is what a work counts, such as minutes; float of
        shape (num_pairs,), or one for all.
        """
        pairs = np.flatnonzero(key >= 0)
        return Linear.of(key[pairs], pairs, size, np.broadcast_to(coef, key.shape)[pairs])

    def sum_entries(self, row: Array, pair: Array, size: int) -> Linear:
        """Sum of the works `pair[i]` into expression `row[i]`; a pair may stand in many rows.

        `row` (0 to size - 1) and `pair` are int of one shape, (entries,).
        """
        return Linear.of(row, pair, size)

    def meant(self, which: Which | NameSet, group: NameSet = ()) -> Array:
        """Pairs of a shift that is meant and of one whom a name means, bool (num_pairs,)."""
        who, where = self.arrays.in_group(group), self.arrays.in_set(which)
        return np.asarray(who[self.pairs.volunteer] & where[self.pairs.shift])

    def columns(self, columns: Array) -> Linear:
        """Each column, by its id, int of shape (count,), as an expression of its own."""
        return Linear.of(np.arange(len(columns)), columns, len(columns))

    def any_of(
        self,
        key: Array,
        size: int,
        *,
        exact: bool,
        name: Hashable | None = None,
        pairs: Array | None = None,
    ) -> Linear:
        """Indicators, `size` of them, one a key: 1 if a pair of that key is worked, else 0.

        Parameters
        ----------
        key, size
            As in `sum_pairs`.
        exact
            If False, an indicator may also be 1 without work: right wherever a larger value is only
            ever dearer, and one row cheaper.
        name
            Shares the indicators between rules that ask for the same key under the same name;
            None for indicators of their own.
        pairs
            Ids of pairs, int of the shape of `key`: key[i] belongs to pairs[i], so that a pair may
            count for several keys. None for all pairs, each once.
        """
        cached = self._any.get(name) if name is not None else None
        if cached is None:
            cached = self._indicators(key, size, pairs)
        linear, ceiling = cached
        if exact and ceiling is not None:
            self.define_at_most(ceiling, 0)
            cached = (linear, None)
        if name is not None:
            self._any[name] = cached
        return linear

    def days_worked(self, which: Which | NameSet, *, exact: bool) -> Linear:
        """Indicators of days on which a person works a shift that is meant.

        Names are types or tags. Indicators are shared between rules, num_volunteers x num_days in
        that order.
        """
        which = which_of(which)
        key = np.where(self.meant(which), self.pairs.person_day, -1)
        size = self.arrays.num_volunteers * self.arrays.num_days
        return self.any_of(key, size, exact=exact, name=("days worked", which))

    def _indicators(
        self, key: Array, size: int, pairs: Array | None
    ) -> tuple[Linear, Linear | None]:
        """Indicators with rows that lift them, and expressions <= 0 that keep them down."""
        part_key, part, pair = self.pairs.parts(key, pairs)
        sums = Linear.of(part, pair, len(part_key))
        many = np.bincount(part_key, minlength=size) > 1
        lifted = np.flatnonzero(many[part_key])
        alone = sums.sum_by(np.where(many[part_key], -1, part_key), size)
        if not len(lifted):
            return alone, None
        count = int(many.sum())
        own = self.new_columns(count)
        number = np.full(size, -1)
        number[many] = np.arange(count)
        self.define_at_most(sums.take(lifted) - self.columns(own[number[part_key[lifted]]]), 0)
        ceiling = self.columns(own) - sums.sum_by(number[part_key], count)
        return alone + Linear.of(np.flatnonzero(many), own, size), ceiling

    def below(self, linear: Linear, bound: Array, *, name: Hashable) -> Linear:
        """How far each expression, never negative, is below its bound: a column each.

        `bound` is float of shape (linear.size,), in the unit of the expressions. A column may also
        be larger, up to the bound: right wherever that is only ever dearer. The `name` shares the
        columns between rules that ask for the same ones; a ValueError if it stands for others.
        """
        shared = self._shared(name, linear, bound)
        if shared is None:
            shared = self.columns(self.new_columns(linear.size, np.ceil(bound - 1e-9)))
            self.define_at_most(-linear - shared, -bound)
            self._below[name] = _Shared(shared, linear, bound)
        return shared

    def largest(self, linear: Linear, group: Array, size: int, *, name: Hashable) -> Linear:
        """The largest expression of each group, never negative: `size` columns.

        `group` is int of shape (linear.size,). A column may also be larger: right wherever that is
        only ever dearer. The `name` is as in `below`.
        """
        shared = self._shared(name, linear, group)
        if shared is None:
            most = np.zeros(size)
            np.maximum.at(most, group, self.greatest(linear))
            shared = self.columns(self.new_columns(size, np.ceil(most - 1e-9)))
            self.define_at_most(linear - shared.take(group), 0)
            self._below[name] = _Shared(shared, linear, group)
        return shared

    def _shared(self, name: Hashable, linear: Linear, numbers: Array) -> Linear | None:
        """What has a name; indicators may be new ones, so that pairs alone are compared."""
        if name not in self._below:
            return None
        columns, of, known = self._below[name]
        width = len(self.pairs)
        now, before = (widened(one.matrix, width)[:, :width] for one in (linear, of))
        is_same = now.shape == before.shape and np.array_equal(numbers, known)
        if not is_same or (now - before).count_nonzero():
            raise ValueError(f"the name {name!r} stands for other expressions; give it to one")
        return columns

    def new_columns(self, count: int, upper: Array | float = 1.0) -> Array:
        """Ids of new whole-number columns from 0 to `upper`."""
        self._upper.append(each(upper, count))
        self._num_columns += count
        return np.arange(self._num_columns - count, self._num_columns)

    def greatest(self, linear: Linear) -> Array:
        """Largest value each expression can take within the column bounds."""
        upper = np.concatenate(self._upper)
        gains = sparse.csr_array(linear.matrix.maximum(0))
        greatest: Array = gains @ upper[: gains.shape[1]] + linear.constant
        return greatest

    def define_at_most(self, linear: Linear, bound: Array | float) -> None:
        """Rows that define auxiliary columns: they hold whatever a rule's level is."""
        self._rows(None, linear, each(bound, linear.size))

    def imply_at_most(self, linear: Linear, bound: Array | float) -> None:
        """Rows that every solution of the others satisfies; they only raise the relaxation."""
        self._implied.append((self._num_rows, linear.size))
        self.define_at_most(linear, bound)

    def _rows(
        self,
        rule: PostedRule | None,
        linear: Linear,
        bounds: Array,
        who: Array | None = None,
        where: Array | None = None,
        place: Where = "",
    ) -> None:
        if place not in PLACES:
            known = ", ".join(filter(None, PLACES))
            raise ValueError(f"a row has no place {place!r}; places are {known}")
        self._blocks.append((linear, bounds))
        none = np.full(linear.size, -1)
        who, where = (none if at is None else at for at in (who, where))
        self.tags.append(RowTag(rule, self._num_rows, who, where, place))
        self._num_rows += linear.size
