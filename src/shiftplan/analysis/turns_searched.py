"""Better breaks than people find one by one, searched for by HiGHS.

`Turns` -> an integer program -> people at each choice of each group.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from shiftplan.analysis.taking_turns import TurnNeed, Turns
from shiftplan.engines.highs import has_solution, load, whole_values
from shiftplan.model import Program

_MOST_ENTRIES = 20_000
"""Entries of a program for HiGHS, at most; beyond, what people find one by one stands."""
_NODES = 500
"""Nodes of its search, at most: a limit on time would make breaks depend on the machine."""


def searched(turns: Turns, *, may_exceed: bool) -> tuple[tuple[int, ...], ...] | None:
    """The best counts found; None where the program is too large, or nothing was found.

    `may_exceed`: whether more may be away than the most, at their price.
    """
    return _Exact(turns, may_exceed=may_exceed).counts()


class _Exact:
    """Turns as an integer program."""

    def __init__(self, turns: Turns, *, may_exceed: bool) -> None:
        self._turns, self._may_exceed = turns, may_exceed
        self._cost: list[int] = []
        self._upper: list[int] = []
        self._rows: list[tuple[dict[int, float], int]] = []
        self._columns = [
            [self._column(0, group.people) for _ in group.choices] for group in turns.groups
        ]
        self._pairs = len(self._cost)
        for group, own in zip(turns.groups, self._columns, strict=True):
            self._rows.append((dict.fromkeys(own, 1.0), group.people))
            self._rows.append((dict.fromkeys(own, -1.0), -group.people))
        self._post_away()
        for number, need in enumerate(turns.needs):
            self._post_need(number, need)

    def counts(self) -> tuple[tuple[int, ...], ...] | None:
        """Solve it, as `searched`."""
        if sum(len(row) for row, _ in self._rows) > _MOST_ENTRIES:
            return None
        entries = [(i, c, n) for i, (row, _) in enumerate(self._rows) for c, n in row.items()]
        row, column, size = zip(*entries, strict=True)
        shape = len(self._rows), len(self._cost)
        program = Program.part(
            sparse.csr_array((size, (row, column)), shape=shape),
            np.array([bound for _, bound in self._rows], dtype=float),
            np.array(self._upper, dtype=float),
            cost=np.array(self._cost, dtype=float),
        )
        highs = load(program, whole=np.arange(len(self._cost)) < self._pairs, seed=0)
        highs.setOptionValue("mip_max_nodes", _NODES)
        highs.run()
        if not has_solution(highs):
            return None
        values = whole_values(highs)
        return tuple(tuple(int(values[c]) for c in own) for own in self._columns)

    def _column(self, cost: int, upper: int) -> int:
        self._cost.append(cost)
        self._upper.append(upper)
        return len(self._cost) - 1

    def _away(self, cell: int, need: int | None = None) -> Iterator[int]:
        """Yield columns of people who are away in a cell, of those who count for a need."""
        for group, own in zip(self._turns.groups, self._columns, strict=True):
            if need is None or need in group.needs:
                for column, spans in zip(own, group.choices, strict=True):
                    if any(a <= cell < b for a, b in spans):
                        yield column

    def _post_away(self) -> None:
        """Price who is away, one dearer than the other."""
        beyond, _ = self._turns.weights
        for cell, (minutes, most) in enumerate(
            zip(self._turns.minutes, self._turns.most, strict=True)
        ):
            row = dict.fromkeys(self._away(cell), 1.0)
            every = sum(
                group.people
                for group in self._turns.groups
                if any(a <= cell < b for one in group.choices for a, b in one)
            )
            for n in range(every if self._may_exceed else min(every, most)):
                price = minutes * (2 * n + 1 + (beyond if n >= most else 0))
                row[self._column(price, 1)] = -1.0
            self._rows.append((row, 0))

    def _post_need(self, number: int, need: TurnNeed) -> None:
        """Price who is missing while others are away."""
        _, missing = self._turns.weights
        spare = min(need.there, max(0, need.there - need.target))
        above = min(need.there, max(0, need.there - need.minimum)) - spare
        for cell in range(*need.cells):
            row = dict.fromkeys(self._away(cell, number), 1.0)
            if row:
                price = missing * self._turns.minutes[cell]
                row[self._column(0, spare)] = -1.0
                row[self._column(price, above)] = -1.0
                row[self._column(price * self._turns.minimum_factor, need.there)] = -1.0
                self._rows.append((row, 0))
