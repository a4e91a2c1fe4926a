"""What an engine is given, and how it tells what it finds.

`Task` -> an engine -> reports through a `Link`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np

from shiftplan.model import Layout, Program

Array = np.ndarray[Any, Any]
Ending = Literal["proven", "infeasible", "stopped"]
"""Why an engine ended: its bound meets its roster, no solution exists, or a limit was reached."""


@dataclass(frozen=True, slots=True)
class Task:
    """One engine's work."""

    engine: str
    """Name of the engine."""
    program: Program
    """What to minimise."""
    layout: Layout
    """Whom, where and when each pair concerns."""
    start: Array | None
    """Values of all columns of a known solution; None when there is none yet."""
    seed: int
    """Seed of everything random."""
    seconds: float
    """Time the engine may take, from `run` on; infinite for no limit."""
    work_limit: int | None
    """Steps the engine may take, in its own unit; None for no limit."""


class Link(Protocol):
    """The way back: engines report as they go, and look up what others found."""

    def solution(self, values: Array) -> None:
        """Report a better solution, float of shape (num_columns,), all whole numbers."""

    def bound(self, value: float) -> None:
        """Report a proven lower bound on the cost."""

    def best(self) -> Array | None:
        """Values of the best solution anybody has found; None when there is none."""

    def stopped(self) -> bool:
        """Whether the engine shall end."""

    def note(self, **facts: float) -> None:
        """Report figures about the work, for the statistics."""


class Deadline:
    """Seconds that are left of a task."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, 0 when over."""
        return max(0.0, self._end - time.monotonic())
