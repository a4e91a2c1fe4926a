"""The best roster that a search in whole schedules knows, and how it compares to others.

Pairs -> values of all columns -> the link, when the roster is better and breaks nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from shiftplan.engines.personal.blocks import Blocks
from shiftplan.engines.personal.master import Coupling
from shiftplan.engines.task import Link, Task

Array = np.ndarray[Any, Any]


class Best:
    """The best roster so far; hard rows that couple people have a price until they hold."""

    def __init__(self, blocks: Blocks, coupling: Coupling, task: Task, link: Link) -> None:
        self._blocks, self._coupling, self._link = blocks, coupling, link
        self._alone = task.work_limit is not None
        self.worked = np.zeros(task.program.num_pairs, dtype=bool)
        """Pairs that are worked."""
        self.values = blocks.follow(self.worked)
        """Values of all columns that follow from them."""
        self.cost = np.inf
        """Its cost, with a penalty for each unit of a broken row."""
        self._reported = np.inf
        if task.start is not None:
            self.take(task.start)

    @property
    def holds(self) -> bool:
        """Whether the best roster breaks nothing, and was reported or taken over."""
        return self.cost == self._reported < np.inf

    def take(self, values: Array) -> bool:
        """Take a roster over from elsewhere if it is better."""
        cost = self._blocks.program.total(values)
        if cost >= self.cost - 0.5:
            return False
        self.worked = values[: len(self.worked)] > 0.5
        self.values = self._blocks.follow(self.worked)
        self.cost = self._reported = cost
        return True

    def look(self) -> bool:
        """Take over what others found, unless equal seeds have to give equal results."""
        found = None if self._alone else self._link.best()
        return found is not None and self.take(found)

    def offer(self, worked: Array) -> float:
        """Take a roster unless it is worse; by how much it is better, negative when worse."""
        program = self._blocks.program
        values = self._blocks.follow(worked)
        broken = self._blocks.excess(values)
        cost = program.total(values) + self._coupling.penalty * broken
        gain = self.cost - cost
        if gain < 0 or (gain == 0 and broken > 0 and self.holds):
            return gain
        self.worked, self.values, self.cost = worked, values, cost
        if broken == 0 and cost < self._reported - 0.5:
            self._reported = cost
            self._link.solution(values)
        return gain
