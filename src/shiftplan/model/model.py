"""A sparse integer program under construction, which rules post into.

`Arrays` -> `Model` (columns, tagged rows, prices) -> `Program` (plain arrays).
The first columns are the decisions, the `Pairs`.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
from scipy import sparse

from shiftplan.case.arrays import Arrays
from shiftplan.model.linear import Linear, each, widened
from shiftplan.model.pairs import Pairs
from shiftplan.model.program import Program

Array = np.ndarray[Any, Any]
Where = Literal["", "shift", "day", "need", "wish", "week", "month", "from"]


class PostedRule(Protocol):
    """What a model knows of a rule."""

    @property
    def rule(self) -> str:
        """Kind of the rule."""

    @property
    def level(self) -> str | int:
        """Number of the cost level where it costs."""

    @property
    def hard(self) -> bool:
        """Whether it must hold."""


@dataclass(frozen=True, slots=True)
class RowTag:
    """Which rule a run of rows belongs to, whom each row concerns, and where."""

    rule: PostedRule | None
    """None for rows that only define an auxiliary column."""
    first: int
    """First row of the run."""
    who: Array
    """Volunteer index of each row, -1 for nobody, int of shape (rows,)."""
    where: Array
    """Index of the place of each row, -1 for none, int of shape (rows,)."""
    place: Where
    """What `where` counts."""


class Model:
    """The program under construction. Rules use its verbs; indexes never leave it.

    A `Linear` holds `size` expressions, each of which becomes a row, or a price. Numbers for each
    of them may be given as arrays of shape (size,) or as one number for all. `who` and `where` say
    whom and what a row concerns, so that a conflict can name it; they change no solution:

    - `who`: volunteer index of each expression, -1 for nobody, int of shape (size,);
    - `where`: index of its place, -1 for none, int of shape (size,);
    - `place`: what `where` counts: shifts, requirements (`need`), preferences (`wish`), days; or
      the first days of weeks, months, or of days in a row (`from`).

    A row names the place that `check` names for the same breach.

    None stands for nobody or nothing throughout.
    """

    def __init__(
        self,
        arrays: Arrays,
        eligible: Array,
        exclusive: Array,
        *,
        rules: tuple[PostedRule, ...] = (),
        rates: Mapping[int, int] | None = None,
        alone: bool = False,
    ) -> None:
        """`eligible`, `exclusive` as `Pairs` takes them; `rates`: level -> factor in the total."""
        self.arrays = arrays
        self.rules = rules
        """All rules that hold, those included that are not posted yet."""
        self._rates = dict(sorted((rates or {}).items()))
        self.alone = alone
        """Whether each rule is posted without leaning on what others forbid, so that it means the
        same when they are taken away."""
        self.pairs = Pairs(arrays, eligible, exclusive)
        self._upper: list[Array] = [np.ones(len(self.pairs))]
        self._num_columns = len(self.pairs)
        self._blocks: list[tuple[Linear, Array]] = []
        self._num_rows = 0
        self._prices: list[tuple[PostedRule, Array, Array]] = []
        self._offsets: list[tuple[PostedRule, float]] = []
        self._any: dict[Hashable, tuple[Linear, Linear | None]] = {}
        self._below: dict[Hashable, Linear] = {}
        self.tags: list[RowTag] = []
        self.most_shifts = self.pairs.most_shifts()
        """Most shifts of each person, int of shape (num_volunteers,); hard limits lower it."""
        self.most_people = self.pairs.most_people()
        """Most people in each shift, int of shape (num_shifts,); hard limits lower it."""

    # ---- expressions

    def sum_pairs(self, key: Array, size: int, coef: Array | float = 1.0) -> Linear:
        """Sum of coef x works over the pairs with the same key.

        Parameters
        ----------
        key
            Expression of each pair, 0 to size - 1, int of shape (num_pairs,), such as
            `pairs.volunteer`; pairs with a negative one are left out.
        size
            Number of expressions; a key that no pair has gives one that is always 0.
        coef
            What a work counts, such as minutes; float of shape (num_pairs,), or one for all.
        """
        pairs = np.flatnonzero(key >= 0)
        return Linear.of(key[pairs], pairs, size, np.broadcast_to(coef, key.shape)[pairs])

    def sum_entries(self, row: Array, pair: Array, size: int) -> Linear:
        """Sum of the works `pair[i]` into expression `row[i]`; a pair may stand in many rows.

        `row` (0 to size - 1) and `pair` are int of one shape, (entries,).
        """
        return Linear.of(row, pair, size)

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
        key
            Indicator of each pair, 0 to size - 1, int of shape (num_pairs,); pairs with a negative
            one are left out.
        size
            Number of indicators; a key that no pair has gives one that is always 0.
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
            self._rows(None, ceiling, np.zeros(ceiling.size))
            cached = (linear, None)
        if name is not None:
            self._any[name] = cached
        return linear

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
        self._rows(
            None,
            sums.take(lifted)
            - Linear.of(np.arange(len(lifted)), own[number[part_key[lifted]]], len(lifted)),
            np.zeros(len(lifted)),
        )
        ceiling = self.columns(own) - sums.sum_by(number[part_key], count)
        return alone + Linear.of(np.flatnonzero(many), own, size), ceiling

    def below(self, linear: Linear, bound: Array, *, name: Hashable) -> Linear:
        """How far each expression, never negative, is below its bound: a column each.

        `bound` is float of shape (linear.size,), in the unit of the expressions. A column may also
        be larger, up to the bound: right wherever that is only ever dearer. The `name` shares the
        columns between rules that ask for the same ones.
        """
        if name not in self._below:
            lacking = self.columns(self.new_columns(linear.size, bound))
            self.define_at_most(-linear - lacking, -bound)
            self._below[name] = lacking
        return self._below[name]

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

    # ---- rows and prices

    def at_most(
        self,
        rule: PostedRule,
        linear: Linear,
        bound: Array | float,
        *,
        who: Array | None = None,
        where: Array | None = None,
        place: Where = "",
        weight: Array | float | None = None,
    ) -> None:
        """Each expression is at most its bound; a soft rule pays `weight` for each unit beyond.

        Rows that hold anyway are left out.

        Parameters
        ----------
        rule
            Whose rows these are; it says whether they are hard, and at which level they cost.
        linear
            What is limited.
        bound
            In the unit of the expressions; float of shape (linear.size,), or one for all.
        who, where, place
            Whom and what each expression concerns, as the class tells.
        weight
            Cost of a unit beyond, in whole numbers of the rule's level, 0 or more; of shape
            (linear.size,), or one for all. None for the weight of the rule.
        """
        bounds = each(bound, linear.size)
        beyond = self.greatest(linear) - bounds
        live = np.flatnonzero(beyond > 1e-9)
        linear, bounds = linear.take(live), bounds[live]
        if not rule.hard:
            price = each(getattr(rule, "weight", 0) if weight is None else weight, len(beyond))
            excess = self.new_columns(len(live), beyond[live])
            self._prices.append((rule, excess, price[live]))
            linear = linear - Linear.of(np.arange(len(live)), excess, len(live))
        who, where = (None if at is None else at[live] for at in (who, where))
        self._rows(rule, linear, bounds, who, where, place)

    def define_at_most(self, linear: Linear, bound: Array | float) -> None:
        """Rows that define auxiliary columns: they hold whatever a rule's level is.

        `bound` is float of shape (linear.size,), or one for all.
        """
        self._rows(None, linear, each(bound, linear.size))

    def avoid(
        self,
        rule: PostedRule,
        linear: Linear,
        *,
        who: Array | None = None,
        where: Array | None = None,
        place: Where = "",
        weight: Array | float | None = None,
    ) -> None:
        """Expressions that are never negative are 0; a soft rule pays `weight` for each unit.

        Unlike `at_most(rule, linear, 0)` it needs no rows where the rule is soft.

        Parameters
        ----------
        rule, who, where, place, weight
            As in `at_most`.
        linear
            What shall not be; never negative, whatever the columns are.
        """
        if rule.hard:
            self.at_most(rule, linear, 0, who=who, where=where, place=place)
            return
        price = getattr(rule, "weight", 0) if weight is None else weight
        prices = each(price, linear.size)
        costs = linear.matrix.T @ prices
        columns = np.flatnonzero(costs)
        self._prices.append((rule, columns, costs[columns]))
        self._offsets.append((rule, float(linear.constant @ prices)))

    def at_least(
        self,
        rule: PostedRule,
        linear: Linear,
        bound: Array | float,
        *,
        who: Array | None = None,
        where: Array | None = None,
        place: Where = "",
        weight: Array | float | None = None,
    ) -> None:
        """Each expression is at least its bound; a soft rule pays `weight` for each unit below.

        All parameters are as in `at_most`.
        """
        least = -np.asarray(bound, dtype=float)
        self.at_most(rule, -linear, least, who=who, where=where, place=place, weight=weight)

    def steps(
        self,
        rule: PostedRule,
        linear: Linear,
        bound: Array | float,
        counts: Array,
        costs: Array,
        *,
        who: Array | None = None,
        where: Array | None = None,
        place: Where = "",
        unit: float = 1.0,
    ) -> None:
        """Price each unit beyond a bound by itself, for costs that never fall from unit to unit.

        Expression i may exceed its bound by counts[i] units; one that is begun counts as a whole.
        No row is left out, and beyond the last unit the rows hold whatever the rule's level is.

        Parameters
        ----------
        rule, linear, bound, who, where, place
            As in `at_most`.
        counts
            Units that each expression may exceed its bound by, int of shape (linear.size,).
        costs
            Price of each unit in whole numbers of the rule's level, first those of expression 0 in
            rising order; float of shape (counts.sum(),).
        unit
            Size of a unit, in the unit of the expressions.
        """
        excess = self.new_columns(int(counts.sum()))
        self._prices.append((rule, excess, costs))
        owner = np.repeat(np.arange(linear.size), counts)
        bounds = each(bound, linear.size)
        linear = linear - Linear.of(owner, excess, linear.size, unit)
        self._rows(rule, linear, bounds, who, where, place)

    def price_pairs(self, rule: PostedRule, cost: Array) -> None:
        """Price each work, float of shape (num_pairs,)."""
        priced = np.flatnonzero(cost)
        self._prices.append((rule, priced, cost[priced]))

    def _rows(
        self,
        rule: PostedRule | None,
        linear: Linear,
        bounds: Array,
        who: Array | None = None,
        where: Array | None = None,
        place: Where = "",
    ) -> None:
        self._blocks.append((linear, bounds))
        none = np.full(linear.size, -1)
        who, where = (none if at is None else at for at in (who, where))
        self.tags.append(RowTag(rule, self._num_rows, who, where, place))
        self._num_rows += linear.size

    # ---- results

    def cost_of(self, rules: Collection[PostedRule]) -> Linear:
        """What some soft rules cost together, each at its own level, as one expression."""
        priced = [(columns, costs) for rule, columns, costs in self._prices if rule in rules]
        columns = np.concatenate([np.zeros(0, dtype=np.int64), *(ids for ids, _ in priced)])
        costs = np.concatenate([np.zeros(0), *(prices for _, prices in priced)])
        cost = Linear.of(np.zeros(len(columns), dtype=np.int64), columns, 1, costs)
        constant = sum(constant for rule, constant in self._offsets if rule in rules)
        return Linear(cost.matrix, cost.constant + constant)

    def program(self) -> Program:
        """The finished program, as arrays."""
        width = self._num_columns
        blocks = [widened(linear.matrix, width) for linear, _ in self._blocks]
        blocks.append(sparse.csr_array((0, width)))
        upper = [bounds - linear.constant for linear, bounds in self._blocks]
        level_cost = {level: np.zeros(width) for level in self._rates}
        for rule, columns, costs in self._prices:
            if isinstance(rule.level, int):
                np.add.at(level_cost[rule.level], columns, costs)
        level_offset = dict.fromkeys(self._rates, 0.0)
        for rule, constant in self._offsets:
            if isinstance(rule.level, int):
                level_offset[rule.level] += constant
        total = np.zeros(width)
        for level, costs in level_cost.items():
            total += self._rates[level] * costs
        return Program(
            matrix=sparse.csr_array(sparse.vstack(blocks)),
            row_upper=np.concatenate([*upper, np.zeros(0)]),
            upper=np.concatenate(self._upper),
            cost=total,
            level_cost=level_cost,
            offset=sum(self._rates[level] * c for level, c in level_offset.items()),
            level_offset=level_offset,
            num_pairs=len(self.pairs),
        )
