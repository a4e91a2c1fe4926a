"""Seats of a shift that are empty, requirement by requirement.

`Case`, shift -> `Gap`s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shiftplan.problem.records import Requirement, Shift
from shiftplan.scoring.case import Case


@dataclass(frozen=True, slots=True)
class Gap:
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


def gaps_of(case: Case) -> Iterator[Gap]:
    """Yield the gaps of all shifts, in the order of the requirements."""
    for need in case.problem.requirements:
        shift = case.shifts[need.shift_id]
        team = case.people_in[need.shift_id]
        present = len(team)
        if need.skill_id is not None:
            least = need.min_level or 1
            present = sum(v.level(need.skill_id, shift.day) >= least for v in team)
        if present < need.target:
            yield Gap(shift, need, present)
