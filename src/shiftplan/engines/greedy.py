"""A first roster in a moment: works are added round by round, the most useful first.

`Program` -> values of all columns, or None when hard rows stay broken.

What a work saves (shortage columns that can fall) and costs is computed for all pairs at once. A
round adds those that are among the best in each row they reach, as many as the row can take at that
price; nothing that is added in it changes what the others save. So a round is about what adding
them one by one would give, in a small part of the time.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.engines.highs import Follow
from shiftplan.engines.params import SearchParams
from shiftplan.engines.task import EPS, Array, Deadline, Outcome
from shiftplan.model import Program

HARD = 1e9
"""What a unit of a hard row that is broken counts."""

_AT_ONCE = 500_000
"""Entries of pairs that are priced together."""


class Growing:
    """Works so far, the columns that follow from them, and what one more work would change."""

    def __init__(self, program: Program, params: SearchParams, works: Array | None = None) -> None:
        program = program.core()
        self._program, self._follow, self._params = program, Follow(program), params.greedy
        pairs = sparse.csr_array(program.matrix[:, : program.num_pairs])
        pairs.eliminate_zeros()
        self._by_pair = pairs.tocsc()
        self._most = np.ones(program.num_rows)
        """The most that a work adds to each row, at least 1."""
        if program.num_pairs and program.num_rows:
            self._most = np.maximum(self._most, pairs.max(axis=1).toarray())
        self._lifted, self._ceiling = _lifted_together(self._follow, pairs)
        self._careful, self._hurried = pairs.nnz <= self._params.careful_entries, False
        self._reached = self._reach(pairs)
        self._works = np.zeros(program.num_pairs)
        self._worse = np.zeros(program.num_pairs, dtype=bool)
        """Pairs whose computed change is a gain although adding them is not."""
        self._added = np.zeros(program.num_rows)
        if works is not None:
            self._works[works] = 1.0
            self._added = pairs @ self._works
        self._change = np.zeros(program.num_pairs)
        """What each pair would change by itself, as it was computed last."""
        self._all_told = False
        """Whether nothing has changed since all were told."""
        self._look()
        self._price()

    @property
    def broken(self) -> bool:
        """Whether a hard row is broken that no work has mended yet."""
        return bool(np.any(self._slack < -EPS))

    def values(self) -> Array:
        """Values of all columns, float of shape (num_columns,)."""
        return np.concatenate([self._works, self._others])

    def hurry(self) -> None:
        """From now on, add as many works in each round as do not affect one another."""
        self._careful, self._hurried = False, True

    def grow(self) -> bool:
        """Add works; whether there are any that pay."""
        chosen = self._choose()
        while len(chosen):
            if self._add(chosen):
                return True
            if len(chosen) == 1:
                self._worse[chosen] = True
                chosen = self._choose()
            else:
                chosen = chosen[: len(chosen) // 2]
        return False

    def _reach(self, pairs: Any) -> Any:
        """Rows that each pair reaches by a column which eases one of its rows, CSC like pairs."""
        follow = self._follow
        rows = self._program.num_rows
        eased = sparse.csr_array(
            (np.ones(len(follow.row)), (follow.column, follow.row)),
            shape=(len(follow.upper), rows),
        )
        rising = pairs.maximum(0)
        rising.eliminate_zeros()
        reached = sparse.csr_array(follow.adding @ (eased @ rising))
        return reached.tocsc()

    def _look(self) -> None:
        """The columns that follow from the works, and what is left of each row."""
        follow = self._follow
        self._others = follow.fill(self._added)
        self._slack = follow.bound - self._added - follow.others @ self._others
        cost = float(self._program.cost[np.flatnonzero(self._works)].sum())
        self._debt = np.maximum(-self._slack, 0.0)
        self._debt[self._debt <= EPS] = 0.0
        self._merit = (
            cost + float((follow.cost * self._others).sum()) + HARD * float(self._debt.sum())
        )

    def _price(self) -> None:
        """What it costs to go beyond each row, and saves to stay farther below it."""
        follow, slack = self._follow, self._slack
        rows = len(slack)
        room = follow.upper[follow.column] - self._others[follow.column]
        left = np.maximum(slack, 0.0)
        self._up, self._up_size, self._room = np.full(rows, np.inf), np.ones(rows), np.zeros(rows)
        self._down, self._down_size = np.zeros(rows), np.ones(rows)
        self._fall = self._debt.copy()
        self._down[self._debt > 0] = HARD
        row, first = follow.row, follow.first
        if not len(row):
            return
        eased = row[first]
        self._up_size[eased] = self._down_size[eased] = follow.size[first]
        tight = slack[row] < follow.size - EPS
        holding = np.bincount(follow.column[tight], minlength=len(follow.upper))
        falls = tight & (self._others[follow.column] > EPS) & (holding[follow.column] == 1)
        falls &= self._debt[row] == 0
        adding = follow.entries
        over = np.maximum(0.0, adding.data - left[adding.row])
        over[over <= EPS] = 0.0
        dear = alone = cheap = follow.cost
        for _ in range(self._params.depth):
            rise = np.where(self._lifted, alone[follow.column], dear[follow.column])
            price = np.where(room > EPS, rise, np.inf)
            self._up[eased] = np.minimum.reduceat(price, first)
            saved = np.where(falls, cheap[follow.column], 0.0)
            down = np.maximum.reduceat(saved, first)
            self._down[eased] = np.where(self._debt[eased] > 0, HARD, down)
            steps = np.ceil(over / self._up_size[adding.row] - EPS)
            raised = np.zeros(len(over))
            np.multiply(steps, self._up[adding.row], out=raised, where=steps > 0)
            lowered = adding.data * self._down[adding.row] / self._down_size[adding.row]
            size = len(follow.upper)
            new_dear = follow.cost + np.bincount(adding.col, raised, size)
            raised[self._ceiling] = 0.0
            alone = follow.cost + np.bincount(adding.col, raised, size)
            new_cheap = follow.cost + np.bincount(adding.col, lowered, size)
            if np.array_equal(new_dear, dear) and np.array_equal(new_cheap, cheap):
                break
            dear, cheap = new_dear, new_cheap
        cheapest = (price <= self._up[row]) & (room > EPS)
        self._room[eased] = np.maximum.reduceat(np.where(cheapest, room * follow.size, 0.0), first)
        dearest = falls & (saved >= self._down[row])
        most = np.where(dearest, self._others[follow.column] * follow.size, 0.0)
        self._fall[eased] = np.maximum(self._fall[eased], np.maximum.reduceat(most, first))

    def _tell(self, pairs: Array) -> None:
        """Tell anew what some pairs would change, of so many at a time that memory stays small."""
        ends = np.cumsum(np.diff(self._by_pair.indptr)[pairs])
        steps = np.arange(_AT_ONCE, ends.max(initial=0), _AT_ONCE)
        for part in np.split(pairs, np.searchsorted(ends, steps)):
            self._tell_part(part)

    def _tell_part(self, pairs: Array) -> None:
        owner, row, coefficient = _entries(self._by_pair, pairs)
        left = np.maximum(self._slack[row], 0.0)
        rising = np.flatnonzero(coefficient > left + EPS)
        change = np.zeros(len(row))
        at = row[rising]
        over = coefficient[rising] - left[rising]
        change[rising] = np.ceil(over / self._up_size[at] - EPS) * self._up[at]
        falling = np.flatnonzero((coefficient < 0) & (self._down[row] > 0))
        at, gain = row[falling], -coefficient[falling]
        in_debt = self._debt[at] > 0
        whole = np.floor((left[falling] + gain) / self._down_size[at] + EPS)
        whole = np.minimum(whole, self._fall[at] / self._down_size[at])
        saved = np.where(in_debt, np.minimum(gain, self._debt[at]), whole)
        change[falling] = -saved * self._down[at]
        self._change[pairs] = self._program.cost[pairs] + np.bincount(owner, change, len(pairs))

    def _choose(self) -> Array:
        """The best pairs that do not stand in each other's way, best first.

        What was computed for a pair some rounds ago is seldom too bad, so only the best by that are
        computed anew; all are, before it is said that none pay.
        """
        change = self._change
        while True:
            paying = np.flatnonzero((change < -EPS) & (self._works == 0) & ~self._worse)
            if not len(paying):
                if self._all_told:
                    return paying
                self._tell(np.flatnonzero(self._works == 0))
                self._all_told = True
                continue
            params = self._params
            fewest = params.round_pairs if self._careful else params.round_pairs_large
            part = 1.0 if self._hurried else params.round_share
            most, worst = max(fewest, int(part * len(paying))), 0.0
            if len(paying) > most:
                paying = paying[np.argpartition(change[paying], most)[:most]]
                worst = change[paying].max()
            self._tell(paying)
            paying = np.sort(paying[(change[paying] < -EPS) & (change[paying] <= worst)])
            if len(paying):
                paying = paying[np.argsort(change[paying], kind="stable")]
                return paying[self._fitting(paying)]

    def _fitting(self, pairs: Array) -> list[int]:
        """Which of some pairs, best first, can be added together at what each is said to change.

        Each uses up a part of what the rows that it reaches give at that price. Who comes later
        than that waits for the next round, where another price is told.
        """
        most = np.where(self._slack + EPS >= self._most, 0.0, self._room)
        gives = np.concatenate(
            [np.maximum(self._slack, 0.0) + most, np.where(self._down > 0, self._fall, np.inf)]
        )
        parts = [_entries(matrix, pairs) for matrix in (self._by_pair, self._reached)]
        owner, row, coefficient = (np.concatenate(part) for part in zip(*parts, strict=True))
        side = np.where(coefficient > 0, row, row + len(self._slack))
        size = np.abs(coefficient)
        np.maximum.at(gives, side, size)  # whoever comes first is let in
        kept = np.flatnonzero((np.bincount(side, size, len(gives)) > gives + EPS)[side])
        kept = kept[np.argsort(owner[kept], kind="stable")]
        ends = np.cumsum(np.bincount(owner[kept], minlength=len(pairs))).tolist()
        used, place = np.unique(side[kept], return_inverse=True)
        places, sizes, left = place.tolist(), size[kept].tolist(), (gives[used] + EPS).tolist()
        is_need = (used >= len(self._slack)).tolist()
        fitting, first = [], 0
        for number, last in enumerate(ends):
            own, uses, first = places[first:last], sizes[first:last], last
            if all(map(operator.ge, map(left.__getitem__, own), uses)):
                fitting.append(number)
                for i, use in zip(own, uses, strict=True):
                    left[i] -= use
            elif self._careful:
                # At its next price it may still serve these needs better than who comes later.
                for i in own:
                    if is_need[i]:
                        left[i] = 0.0
        return fitting

    def _add(self, chosen: Array) -> bool:
        """Add works; False, and nothing added, unless it pays."""
        before = (self._added, self._others, self._slack, self._debt, self._merit)
        self._works[chosen] = 1.0
        _, row, coefficient = _entries(self._by_pair, chosen)
        self._added = self._added + np.bincount(row, coefficient, len(self._added))
        self._look()
        if self._merit > before[4] - EPS or np.any(self._debt > before[3] + EPS):
            self._works[chosen] = 0.0
            self._added, self._others, self._slack, self._debt, self._merit = before
            return False
        self._price()
        self._all_told = False
        return True


def _lifted_together(follow: Follow, pairs: Any) -> tuple[Array, Array]:
    """Where works that lift a column lift what holds it down too.

    A ceiling is a row that says that a column is 0 unless some works are there. It costs nothing
    where the column rises with a work that is among these. Returns whether that is so for each
    entry of `follow` that eases a row, and whether each of its `entries` is such a ceiling; bool.
    """
    entries, shape = follow.entries, (len(follow.upper), len(follow.bound))
    standing = np.diff(follow.others.indptr)
    ceiling = (standing[entries.row] == 1) & (follow.bound[entries.row] == 0)
    lifting = np.bincount(entries.row, minlength=shape[1])[follow.row] == 0

    def works_of(row: Array, column: Array, part: Any) -> Any:
        """Works of a sign in some rows of each column, CSR (columns, num_pairs) of 1."""
        part.eliminate_zeros()
        marks = sparse.csr_array((np.ones(len(row)), (column, row)), shape=shape)
        return sparse.csr_array((marks @ abs(part)).sign())

    lifts = works_of(follow.row[lifting], follow.column[lifting], pairs.maximum(0))
    under = works_of(entries.row[ceiling], entries.col[ceiling], pairs.minimum(0))
    all_under = np.diff((lifts * under).tocsr().indptr) == np.diff(lifts.indptr)
    return lifting & all_under[follow.column], ceiling & all_under[entries.col]


def _entries(matrix: Any, chosen: Array) -> tuple[Array, Array, Array]:
    """The entries of some rows of a CSR (columns of a CSC): which one, index, and coefficient."""
    first, count = matrix.indptr[chosen], np.diff(matrix.indptr)[chosen]
    owner = np.repeat(np.arange(len(chosen)), count)
    at = np.arange(len(owner)) + np.repeat(first - (np.cumsum(count) - count), count)
    return owner, matrix.indices[at], matrix.data[at]


def greedy(
    program: Program,
    params: SearchParams,
    stopped: Callable[[], bool] = lambda: False,
    works: Array | None = None,
    late: Callable[[], bool] = lambda: False,
) -> Array | None:
    """Values of all columns of a quickly made roster; None when hard rows stay broken.

    Works that are given, pairs that hold together, stay and are completed. Once `stopped`, it ends
    with the works added so far. Otherwise no work is left that would pay by itself. When it is
    `late` the rest is added in a few rounds, less well chosen.
    """
    growing = Growing(program, params, works)
    while not stopped() and growing.grow():
        if late():
            growing.hurry()
    return None if growing.broken else growing.values()


def show_first(
    outcome: Outcome, deadline: Deadline, params: SearchParams, *, anyway: bool = False
) -> None:
    """Where no roster is known, offer a first one; `anyway` where one that is may be far dearer.

    It is finished whatever the time; where that takes long, the rest is hurried.
    """
    if anyway or outcome.values is None:
        values = greedy(outcome.program, params, late=hurry(deadline, params))
        if values is not None:
            outcome.offer(values, "greedy start")


def hurry(deadline: Deadline, params: SearchParams) -> Callable[[], bool]:
    """Tell, from now on, whether a first roster takes so long that the rest shall be hurried."""
    own = params.greedy
    soon = Deadline(max(own.hurry_seconds, own.hurry_share * deadline.whole()))
    return lambda: soon.left() <= 0
