"""How many people of shifts that overlap take their breaks at which time.

`Turns` -> `OneByOne` -> people at each choice of each group. People who are alike are counted
together; who of them goes when is decided in `breaks.py`.

People go one by one, each when it costs least with those before; then each may change. If that
costs no more than if each had gone alone, nothing is better; else `turns_searched.py` looks on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

Cells = tuple[int, int]
"""First cell of a time, and first one after it."""


class TurnNeed(NamedTuple):
    """People needed over a time."""

    cells: Cells
    minimum: int
    target: int
    there: int
    """People who count, on a break or not."""


class TurnGroup(NamedTuple):
    """People who are alike, each of whom takes one of some choices."""

    people: int
    needs: tuple[int, ...]
    """Numbers of the needs for which they count."""
    choices: tuple[tuple[Cells, ...], ...]
    """Times that one is away."""


@dataclass(frozen=True)
class Turns:
    """Shifts of a center that overlap, cut into cells in which nothing begins or ends."""

    minutes: tuple[int, ...]
    """Length of each cell."""
    most: tuple[int, ...]
    """People who may be on a break together in each cell."""
    needs: tuple[TurnNeed, ...]
    groups: tuple[TurnGroup, ...]
    minimum_factor: int
    """How many times as much a person counts who is missing below the minimum."""

    @cached_property
    def weights(self) -> tuple[int, int]:
        """Price of a person beyond the most for a minute, and of one who is missing.

        The first is more than all who are missing can cost, and the second more than evenness can.
        """
        longest = [
            max(sum(self._length(span) for span in one) for one in group.choices)
            for group in self.groups
        ]
        people = sum(group.people for group in self.groups)
        away = sum(g.people * n for g, n in zip(self.groups, longest, strict=True))
        missing = away * people + 1
        return missing * (away * len(self.needs) * self.minimum_factor + 1), missing

    def _length(self, span: Cells) -> int:
        return sum(self.minutes[slice(*span)])


class OneByOne:
    """People who go one by one: how many are at each choice, and what all that costs.

    `counts`: people at each choice of each group, to find out what they cost; None to find some.
    """

    def __init__(self, turns: Turns, counts: Sequence[Sequence[int]] | None = None) -> None:
        self._turns = turns
        self._away = [0] * len(turns.minutes)
        self._counting = [[0] * len(turns.minutes) for _ in turns.needs]
        self._counts = [[0] * len(group.choices) for group in turns.groups]
        self.cost = 0
        """What all who are away cost."""
        if counts is not None:
            for group, own in enumerate(counts):
                for choice, people in enumerate(own):
                    for _ in range(people):
                        self._go(group, choice, self._prices(group)[choice])
            return
        self.least = sum(
            group.people * min(self._prices(place)) for place, group in enumerate(turns.groups)
        )
        """No less is possible: each costs most where others are away too."""
        for place in sorted(range(len(turns.groups)), key=lambda g: len(turns.groups[g].choices)):
            for _ in range(turns.groups[place].people):
                self._join(place)
        while self.cost > self.least and self._has_changed():
            pass

    @property
    def counts(self) -> tuple[tuple[int, ...], ...]:
        """People at each choice of each group."""
        return tuple(map(tuple, self._counts))

    @property
    def exceeds(self) -> bool:
        """Whether anywhere more are away than may be."""
        return any(n > most for n, most in zip(self._away, self._turns.most, strict=True))

    def _prices(self, place: int) -> list[int]:
        """What one more of a group costs at each choice."""
        turns, group = self._turns, self._turns.groups[place]
        beyond, missing = turns.weights
        cells = [
            (beyond if n >= most else 0) + 2 * n + 1
            for n, most in zip(self._away, turns.most, strict=True)
        ]
        for number in group.needs:
            need, away = turns.needs[number], self._counting[number]
            for cell in range(*need.cells):
                if need.there - away[cell] <= need.minimum:
                    cells[cell] += missing * turns.minimum_factor
                elif need.there - away[cell] <= need.target:
                    cells[cell] += missing
        prices = (n * price for n, price in zip(turns.minutes, cells, strict=True))
        sums = [0, *accumulate(prices)]
        return [sum(sums[b] - sums[a] for a, b in one) for one in group.choices]

    def _go(self, place: int, choice: int, price: int, people: int = 1) -> None:
        """Send somebody on a break, or -1: take somebody back."""
        group = self._turns.groups[place]
        self.cost += price * people
        self._counts[place][choice] += people
        for span in group.choices[choice]:
            for cell in range(*span):
                self._away[cell] += people
                for number in group.needs:
                    self._counting[number][cell] += people

    def _join(self, place: int) -> None:
        """Send one more of a group where it costs least, in the middle of what they choose from."""
        prices = self._prices(place)
        last = len(prices) - 1
        choice = min(range(len(prices)), key=lambda c: (prices[c], abs(2 * c - last), c))
        self._go(place, choice, prices[choice])

    def _has_changed(self) -> bool:
        """Let one person at each choice go elsewhere; whether that made anything cheaper."""
        before = self.cost
        for place, counts in enumerate(self._counts):
            for choice in [c for c, people in enumerate(counts) if people]:
                self._go(place, choice, 0, -1)
                prices = self._prices(place)
                self.cost -= prices[choice]
                if min(prices) < prices[choice]:
                    self._join(place)
                else:
                    self._go(place, choice, prices[choice])
        return self.cost < before
