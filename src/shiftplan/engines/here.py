"""One engine in this process, for programs that are small.

`Task` -> what the engine finds, in an `Outcome`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from shiftplan.engines.task import Ending, Limits, Outcome, Relaxation, Task
from shiftplan.engines.worker import run_engine

Array = np.ndarray[Any, Any]


def run_here(
    task: Task, outcome: Outcome, limits: Limits, report: Callable[[], None], *, by: str
) -> Ending:
    """Run an engine until it ends, the gap asked for is reached, or somebody cancels.

    What it finds goes into the outcome under the name `by`, and `report` is called each time; what
    that raises ends the engine and is raised.
    """
    link = _Here(outcome, report, limits, by)
    ending = run_engine(task, link)
    if link.error is not None:
        raise link.error
    return ending


class _Here:
    """The link of an engine that runs in this process."""

    def __init__(
        self, outcome: Outcome, report: Callable[[], None], limits: Limits, by: str
    ) -> None:
        self._outcome, self._report, self._limits, self._by = outcome, report, limits, by
        self.error: BaseException | None = None
        """What `report` raised; solvers swallow errors of their callbacks, so it is kept."""

    def solution(self, values: Array) -> None:
        if self._outcome.offer(values, self._by):
            self._tell()

    def bound(self, value: float) -> None:
        if self._outcome.raise_bound(value, self._by):
            self._tell()

    def _tell(self) -> None:
        if self.error is None:
            try:
                self._report()
            except BaseException as error:
                self.error = error

    def relaxed(self, relaxation: Relaxation) -> None:
        self.bound(relaxation.bound)

    def guide(self) -> Relaxation | None:
        return None

    def best(self) -> Array | None:
        return self._outcome.values

    def stopped(self) -> bool:
        return (
            self.error is not None
            or self._limits.cancelled
            or self._outcome.meets(self._limits.gap)
        )

    def note(self, **facts: float) -> None:
        self._outcome.facts(self._by).update(facts)
