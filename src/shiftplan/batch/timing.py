"""How long each week may be planned: the batch's time shared out by size.

Sizes and limits -> seconds of a job.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

USUAL_SECONDS = 60.0
_LEAST_SECONDS = 5.0
_FILES_SHARE = 0.25
"""Part of the time that is kept for files until it is known how long they take."""
_PATIENCE, _PATIENCE_SECONDS = 3.0, 180.0
"""A job is killed after 3 times its planning time plus 180 s."""


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

    def share(
        self,
        size: float,
        own: Sequence[float],
        every: Sequence[float],
        *,
        passed: float,
        slots: int,
        busy: float = 0.0,
        files: float | None = None,
    ) -> float:
        """Planning time of the next job of a budget, in seconds.

        It is a part of what is left for the weeks of all provinces, as many as there are slots side
        by side; but no more than of what is left for those of its own, one after another.

        Parameters
        ----------
        size
            Size of its week, in any unit.
        own, every
            Sizes of the weeks that are to be planned and have not begun, its own included: those of
            its province, and all.
        passed
            Seconds since the batch began.
        slots
            Jobs that run at a time.
        busy
            Seconds that the jobs which run already will still take, added up.
        files
            Seconds that a job takes beside planning; None where that is not known yet.

        """
        left = max(0.0, (self.budget or 0.0) - passed)
        share = min(_part(size, own, left, files), _part(size, every, left * slots - busy, files))
        share = max(_LEAST_SECONDS, share)
        return share if self.seconds is None else min(share, self.seconds)


def _part(size: float, sizes: Sequence[float], seconds: float, files: float | None) -> float:
    """Planning time of one of some weeks that share some seconds; below 0 where files take all."""
    kept = seconds * _FILES_SHARE if files is None else files * len(sizes)
    total = sum(sizes)
    return (seconds - kept) * (size / total if total else 1 / len(sizes))


def file_seconds(seconds: float, files: float | None) -> float:
    """How long a job takes beside its planning time: `files`, or a guess where that is None."""
    return seconds * _FILES_SHARE / (1 - _FILES_SHARE) if files is None else files


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
