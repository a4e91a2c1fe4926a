"""Show rates of the people who could work a shift.

(`Problem`) -> `MeanShowRates.mean`, of a shift and the skills that are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from shiftplan.case.arrays import Arrays
from shiftplan.problem import Problem
from shiftplan.week.requirements import Ability


class MeanShowRates:
    """Mean show rates of the people who could work each shift of a problem."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._found: dict[tuple[Ability, ...], NDArray[np.float64]] = {}

    def mean(self, shift_id: str, abilities: Sequence[Ability]) -> float:
        """Mean show rate of the people whom no rule keeps from a shift by itself, above 0.

        `abilities` are what each of them holds; none for all people. Where nobody could work the
        shift, or none of them ever comes, it is 1: no team is large enough then.
        """
        key = tuple(abilities)
        if key not in self._found:
            could = self._could
            for ability in key:
                could = could & self._arrays.holds(*ability)
            rate = np.array([v.show_rate for v in self._problem.volunteers], dtype=np.float64)
            total = rate @ could
            count = could.sum(axis=0)
            self._found[key] = np.where(total > 0, total / np.maximum(count, 1), 1.0)
        return float(self._found[key][self._arrays.shift_index[shift_id]])

    @cached_property
    def _arrays(self) -> Arrays:
        return Arrays(self._problem)

    @cached_property
    def _could(self) -> NDArray[np.bool_]:
        """Whether no rule by itself keeps a person from a shift, (volunteers, shifts)."""
        could = np.ones((self._arrays.num_volunteers, self._arrays.num_shifts), dtype=bool)
        for rule in self._problem.active_rules:
            forbidden = rule.forbid(self._arrays) if rule.hard else None
            if forbidden is not None:
                could &= ~forbidden
        return could
