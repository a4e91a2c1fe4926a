"""A sparse integer program under construction, which rules post into.

`Arrays` -> `Model` (columns, tagged rows, prices) -> `Program` (plain arrays).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import copy
from typing import Self, Unpack

import numpy as np
from scipy import sparse

from shiftplan.case.arrays import Array, Arrays
from shiftplan.model.columns import Columns
from shiftplan.model.linear import About, Linear, PostedRule, each, narrow, widened
from shiftplan.model.program import Program, in_whole_numbers


class Model(Columns):
    """The program under construction. Rules use its verbs; indexes never leave it.

    A `Linear` holds `size` expressions, each of which becomes a row, or a price. Numbers for each
    of them, such as `bound` or `weight`, may be given as arrays of shape (size,) or as one number
    for all. Verbs that take `about` take keywords that say whom and what a row concerns, so that a
    conflict can name it; they change no solution:

    - `who`: volunteer index of each expression, -1 for nobody, int of shape (size,);
    - `where`: index of its place, -1 for none, int of shape (size,);
    - `place`: what `where` counts: `shift`, `center` or `day`, requirements (`need`), preferences
      (`wish`), moments of centers (`moment`, as `Arrays.moments` numbers them), days of centers
      (`center_day`, center times num_days plus day), or the first days of a `week`, a `month` or
      of days in a row (`from`). Another place is a ValueError.

    A row names the place that `check` names for the same breach.
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
        super().__init__(arrays, eligible, exclusive)
        self.rules = rules
        """All rules that hold, those included that are not posted yet."""
        self.alone = alone
        """Whether each rule is posted without leaning on what others forbid, so that it means the
        same when they are taken away."""
        self._rates = dict(sorted((rates or {}).items()))
        self._prices: list[tuple[PostedRule, Array, Array]] = []
        self._offsets: list[tuple[PostedRule, float]] = []
        self.most_shifts = self.pairs.most_shifts()
        """Most shifts of each person, int of shape (num_volunteers,); hard limits lower it."""
        self.most_people = self.pairs.most_people()
        """Most people in each shift, int of shape (num_shifts,); hard limits lower it."""

    def of(
        self,
        arrays: Arrays,
        *,
        closed: Array,
        rules: tuple[PostedRule, ...],
        rates: Mapping[int, int],
    ) -> Self:
        """A copy, of the same pairs, into which further rules can be posted.

        `arrays`: of a week with the same people and shifts; `closed`: pairs that are not possible
        in it, bool of shape (num_volunteers, num_shifts); `rules`, `rates`: as the class takes
        them. A closed pair stays a column, which is 0.
        """
        other = copy(self)
        other.arrays, other.rules, other._rates = arrays, rules, dict(sorted(rates.items()))
        for name in ("_upper", "_blocks", "_implied", "tags", "_prices", "_offsets"):
            setattr(other, name, [*getattr(self, name)])
        other._any, other._below = {**self._any}, {**self._below}
        other.most_shifts, other.most_people = self.most_shifts.copy(), self.most_people.copy()
        other._upper[0] = 1.0 - closed[self.pairs.volunteer, self.pairs.shift]
        return other

    def at_most(
        self,
        rule: PostedRule,
        linear: Linear,
        bound: Array | float,
        *,
        weight: Array | float | None = None,
        **about: Unpack[About],
    ) -> None:
        """Each expression is at most its bound; a soft rule pays `weight` for each unit beyond.

        Rows that hold anyway are left out.

        Parameters
        ----------
        rule
            Whose rows these are; it says whether they are hard, and at which level they cost.
        linear, bound
            What is limited, and by how much in the unit of the expressions.
        weight
            Cost of a unit beyond, in whole numbers of the rule's level, 0 or more; None for the
            weight of the rule.
        about
            Whom and what each expression concerns, as the class tells.
        """
        bounds = each(bound, linear.size)
        beyond = self.greatest(linear) - bounds
        live = np.flatnonzero(beyond > 1e-9)
        linear, bounds = linear.take(live), bounds[live]
        if not rule.hard:
            price = each(_weight(rule) if weight is None else weight, len(beyond))
            excess = self.new_columns(len(live), np.ceil(beyond[live] - 1e-9))
            self._prices.append((rule, excess, price[live]))
            linear = linear - Linear.of(np.arange(len(live)), excess, len(live))
        if (who := about.get("who")) is not None:
            about["who"] = who[live]
        if (where := about.get("where")) is not None:
            about["where"] = where[live]
        self._rows(rule, linear, bounds, **about)

    def at_least(
        self,
        rule: PostedRule,
        linear: Linear,
        bound: Array | float,
        *,
        weight: Array | float | None = None,
        **about: Unpack[About],
    ) -> None:
        """Each expression is at least its bound; a soft rule pays `weight` for each unit below.

        All parameters are as in `at_most`.
        """
        least = -np.asarray(bound, dtype=float)
        self.at_most(rule, -linear, least, weight=weight, **about)

    def avoid(
        self,
        rule: PostedRule,
        linear: Linear,
        *,
        weight: Array | float | None = None,
        **about: Unpack[About],
    ) -> None:
        """Expressions that are never negative are 0; a soft rule pays `weight` for each unit.

        Unlike `at_most(rule, linear, 0)` it needs no rows where the rule is soft. All parameters
        are as there, but no expression of `linear` may ever be negative, whatever the columns are.
        """
        if rule.hard:
            self.at_most(rule, linear, 0, **about)
            return
        prices = each(_weight(rule) if weight is None else weight, linear.size)
        costs = linear.matrix.T @ prices
        columns = np.flatnonzero(costs)
        self._prices.append((rule, columns, costs[columns]))
        self._offsets.append((rule, float(linear.constant @ prices)))

    def steps(
        self,
        rule: PostedRule,
        linear: Linear,
        bound: Array | float,
        counts: Array,
        costs: Array,
        *,
        unit: float = 1.0,
        **about: Unpack[About],
    ) -> Array:
        """Price each unit beyond a bound by itself, for costs that never fall from unit to unit.

        A hard rule keeps the bound instead. Otherwise expression i may exceed it by counts[i]
        units, of which one that is begun counts as a whole; no row is left out, and beyond the last
        unit the rows hold.

        Parameters
        ----------
        rule, linear, bound, about
            As in `at_most`.
        counts
            Units that each expression may exceed its bound by, int of shape (linear.size,).
        costs
            Price of each unit in whole numbers of the rule's level, first those of expression 0 in
            rising order; float of shape (counts.sum(),).
        unit
            Size of a unit, in the unit of the expressions.

        Returns
        -------
        The column of each unit, int of the shape of `costs`; units of an expression that cost the
        same have one together; none for a hard rule.
        """
        if rule.hard:
            self.at_most(rule, linear, bound, **about)
            return np.zeros(0, dtype=np.int64)
        owner = np.repeat(np.arange(linear.size), counts)
        begins = np.flatnonzero(
            (np.diff(owner, prepend=-1) != 0) | (np.diff(costs, prepend=np.nan) != 0)
        )
        most = np.diff(begins, append=len(owner))
        excess = self.new_columns(len(begins), most)
        self._prices.append((rule, excess, costs[begins]))
        bounds = each(bound, linear.size)
        beyond = Linear.of(owner[begins], excess, linear.size, unit)
        self._rows(rule, linear - beyond, bounds, **about)
        return np.repeat(excess, most)

    def price_pairs(self, rule: PostedRule, cost: Array) -> None:
        """Price each work, float of shape (num_pairs,); a hard rule forbids what has a price."""
        priced = np.flatnonzero(cost)
        if rule.hard:
            about = {"who": self.pairs.volunteer[priced], "where": self.pairs.shift[priced]}
            self.at_most(rule, self.columns(priced), 0, **about, place="shift")
            return
        self._prices.append((rule, priced, cost[priced]))

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
        blocks = [narrow(widened(linear.matrix, width)) for linear, _ in self._blocks]
        blocks.append(narrow(sparse.csr_array((0, width))))
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
        implied = np.zeros(self._num_rows, dtype=bool)
        for first, count in self._implied:
            implied[first : first + count] = True
        rows = sparse.csr_array(sparse.vstack(blocks)), np.concatenate([*upper, np.zeros(0)])
        matrix, row_upper = in_whole_numbers(*rows)
        return Program(
            matrix=matrix,
            row_upper=row_upper,
            upper=np.concatenate(self._upper),
            cost=total,
            level_cost=level_cost,
            offset=sum(self._rates[level] * c for level, c in level_offset.items()),
            level_offset=level_offset,
            num_pairs=len(self.pairs),
            implied=implied if implied.any() else None,
        )

    def forget_rows(self) -> None:
        """Give the memory of all rows and prices back, once the program is made of them.

        What is left are pairs, limits, and whom the rows concern.
        """
        self._blocks, self._prices, self._offsets = [], [], []
        self._any, self._below = {}, {}


def _weight(rule: PostedRule) -> float:
    """Cost of a unit where a rule names none; 0 for rules that must hold."""
    weight: float = getattr(rule, "weight", 0)
    return weight
