"""How long each week may be planned: the batch's time shared out by size.

Sizes and limits -> seconds of a job.
"""

from __future__ import annotations

from dataclasses import dataclass

USUAL_SECONDS = 60.0
_LEAST_SECONDS = 5.0
_FILES_SHARE = 0.25
"""Part of a share that reading and writing may take; the rest is for planning."""
_PATIENCE, _PATIENCE_SECONDS = 3.0, 180.0
"""A job is ended after so many times its planning time, and so many seconds more."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a batch allows: seconds for each week, or for all of it."""

    seconds: float | None = None
    """Planning time of a province-week at most; None for a minute, or what the budget gives."""
    budget: float | None = None
    """Seconds for the whole batch; None for no such limit."""

    @property
    def usual(self) -> float:
        """Planning time of each job where there is no budget, in seconds."""
        return USUAL_SECONDS if self.seconds is None else self.seconds

    def share(self, size: float, left: float, passed: float, slots: int) -> float:
        """Planning time of the next job of a budget, in seconds.

        Parameters
        ----------
        size
            Size of its week, in any unit.
        left
            Sizes of all weeks that have not begun, its own included, added up.
        passed
            Seconds since the batch began.
        slots
            Jobs that run at a time.

        """
        budget = 0.0 if self.budget is None else self.budget
        part = size / left if left else 1.0
        share = max(0.0, budget - passed) * slots * part * (1 - _FILES_SHARE)
        share = max(_LEAST_SECONDS, share)
        return share if self.seconds is None else min(share, self.seconds)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a batch may take."""

    allowance: Allowance
    workers: int
    """Engines side by side of each job."""
    memory_mb: int | None
    """Memory of a job in millions of bytes; None for no limit."""


def patience(seconds: float) -> float:
    """Seconds after which a job is ended that was given so much planning time."""
    return _PATIENCE * seconds + _PATIENCE_SECONDS
