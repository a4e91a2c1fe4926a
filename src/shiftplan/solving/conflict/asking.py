"""The question of a contradiction, asked once for the conflict and the ways out of it.

(`Problem`, time) -> `Conflict` and `WayOut`s. Solver libraries are imported when it is called.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from shiftplan.engines.params import MOST_WAYS, SearchOptions, SearchParams
from shiftplan.problem import Problem
from shiftplan.solving.interrupts import interrupts
from shiftplan.solving.result import Conflict, WayOut


def contradiction(
    problem: Problem,
    *,
    most: int = MOST_WAYS,
    time_limit: float | None = None,
    cancel: threading.Event | None = None,
    params: SearchParams | Mapping[str, Any] | None = None,
) -> tuple[Conflict | None, tuple[WayOut, ...]]:
    """What `find_conflict` finds, and ways out of it, at most `most`, in one search.

    Raises InputError if the time is out of range, or rows of a changed copy do not fit together.
    """
    options = SearchOptions(time_limit=time_limit, cancel=cancel, params=params)
    problem.need_fit()
    with interrupts(cancel) as stop:
        from shiftplan.engines.task import Limits
        from shiftplan.solving.conflict.inquiry import Inquiry

        inquiry = Inquiry(problem, Limits.of(options, stop))
        found = inquiry.conflict()
        return found, inquiry.ways_out(most) if most else ()
