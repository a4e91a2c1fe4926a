"""The options of every call that searches, checked once where the call begins.

Keyword arguments -> `SearchOptions`, or `InputError`.
"""

from __future__ import annotations

import math
import os

from shiftplan.engines.params.search import SearchParams
from shiftplan.errors.allowed import AnySeconds, Call, Cancel, FromOne, Gap, Seconds, Seed
from shiftplan.errors.options import Options


class SearchOptions(Options):
    """What every search has."""

    time_limit: Seconds | None = None
    """Seconds for everything; None for no limit."""
    workers: FromOne | None = None
    """Engines side by side; None for as many as there are processors, at most 4."""
    seed: Seed = 0
    """Seed of everything random."""
    gap: Gap = 0.0
    """Relative gap at which the search may end; 0 asks for a proof."""
    work_limit: FromOne | None = None
    """Steps of each engine instead of time."""
    cancel: Cancel = None
    """When somebody sets it, the search ends with the best so far."""
    on_progress: Call = None
    """Called now and then while it searches."""
    params: SearchParams = SearchParams()
    """What steers the search."""

    @property
    def seconds(self) -> float:
        """The time limit; infinite for none."""
        return math.inf if self.time_limit is None else self.time_limit

    @property
    def engines(self) -> int:
        """Engines side by side."""
        return usual_workers(self.workers)


class SolveOptions(SearchOptions):
    """Those of a search that has an answer without any time."""

    time_limit: AnySeconds | None = None


def usual_workers(workers: int | None) -> int:
    """Engines side by side: as many as asked for, else as there are processors, at most 4."""
    return min(4, os.cpu_count() or 1) if workers is None else workers
