"""The link of an engine under test."""

from __future__ import annotations

import numpy as np

from shiftplan.engines.task import Relaxation


class Recorder:
    """A link that keeps everything, and stops after some questions."""

    def __init__(self, questions: float = np.inf) -> None:
        self.solutions: list[np.ndarray] = []
        self.bounds: list[float] = []
        self.notes: dict[str, float] = {}
        self.found: np.ndarray | None = None
        """What another search found."""
        self.guides: list[Relaxation] = []
        """What other engines say of the relaxation, one at each look; the last one stays."""
        self._questions = questions

    def solution(self, values: np.ndarray) -> None:
        self.solutions.append(values.copy())  # engines go on with theirs

    def bound(self, value: float) -> None:
        self.bounds.append(value)

    def relaxed(self, relaxation: Relaxation) -> None:
        self.bound(relaxation.bound)

    def guide(self) -> Relaxation | None:
        return self.guides.pop(0) if len(self.guides) > 1 else next(iter(self.guides), None)

    def best(self) -> np.ndarray | None:
        return self.found

    def stopped(self) -> bool:
        self._questions -= 1
        return self._questions < 0

    def note(self, **facts: float) -> None:
        self.notes |= facts
