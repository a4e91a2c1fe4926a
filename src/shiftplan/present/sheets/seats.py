"""Seats of a shift that are empty, requirement by requirement.

`Case`, shift -> `Shortage`s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shiftplan.case.case import Case
from shiftplan.week.records import Requirement, Shift


@dataclass(frozen=True, slots=True)
class Shortage:
    """A requirement with empty seats."""

    shift: Shift
    """The shift."""
    need: Requirement
    """The requirement."""
    present: int
    """People planned whom it counts."""

    @property
    def empty(self) -> int:
        """Seats empty below the target."""
        return self.need.target - self.present

    @property
    def below(self) -> int:
        """Seats empty below the minimum."""
        return max(0, self.need.minimum - self.present)


def shortages_of(case: Case) -> Iterator[Shortage]:
    """Yield the shortages of all shifts, in the order of the requirements."""
    for need in case.problem.requirements:
        shift = case.shifts[need.shift_id]
        present = case.coverage(need)
        if present < need.target:
            yield Shortage(shift, need, present)
