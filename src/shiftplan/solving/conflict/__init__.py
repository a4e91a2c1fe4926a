"""Why no roster exists: hard rules and pins that cannot all hold, and the cheapest ways out.

`Problem` -> `find_conflict` -> `Conflict`; `Problem` -> `ways_out` -> `WayOut`s. Solver libraries
are imported when they are called, not before.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from shiftplan.engines.params import MOST_WAYS, SearchOptions, SearchParams
from shiftplan.errors.allowed import FromOne
from shiftplan.errors.options import check_options
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.solving.interrupts import interrupts
from shiftplan.solving.result import Conflict, WayOut


@takes_week
def find_conflict(
    problem: Problem,
    *,
    time_limit: float | None = None,
    cancel: threading.Event | None = None,
    params: SearchParams | Mapping[str, Any] | None = None,
) -> Conflict | None:
    """Find hard rules and pins that contradict each other.

    What is found is verified: alone, without objective and soft rules, its members leave no roster
    (HiGHS says so, and CP-SAT too); without any one of them there is one. What keeps people away
    and is no member is given up in both. Where time is short, `minimal` and `confirmed` say so.

    Parameters
    ----------
    problem
        The problem; its objective and soft rules stay out of it.
    time_limit
        Seconds for everything; None for no limit.
    cancel, params
        As `solve` takes them.

    Returns
    -------
    Conflict or None
        True, as a condition, when there is one. Without members, and so false, when a roster
        exists; None when neither was known in time.

    Raises
    ------
    InputError
        If an option is out of range, or rows of a changed copy do not fit together.
    ModelError
        If the two solvers disagree; the problem is saved for a report.
    """
    return contradiction(problem, most=0, time_limit=time_limit, cancel=cancel, params=params)[0]


@takes_week
def ways_out(
    problem: Problem,
    *,
    most: int = MOST_WAYS,
    time_limit: float | None = None,
    cancel: threading.Event | None = None,
    params: SearchParams | Mapping[str, Any] | None = None,
) -> tuple[WayOut, ...]:
    """Find what to give up so that a roster exists, what people miss least first.

    Each way out is verified: a roster keeps everything but its members, and none keeps one of them
    too. They come by price (`Rule.worth`), then by number of members, then amount. Where there are
    very many conflicts, or they are hard to find, one way out is found that is not proven to be
    minimal.

    Parameters
    ----------
    problem
        The problem; nothing is found when it has a roster.
    most
        Ways out to find at most, 1 or more.
    time_limit
        Seconds for everything, None for no limit; what was found by then is returned.
    cancel, params
        As `find_conflict` takes them; errors are the same too.
    """
    check_options(("most", most, FromOne))
    return contradiction(problem, most=most, time_limit=time_limit, cancel=cancel, params=params)[1]


def contradiction(
    problem: Problem,
    *,
    most: int = MOST_WAYS,
    time_limit: float | None = None,
    cancel: threading.Event | None = None,
    params: SearchParams | Mapping[str, Any] | None = None,
) -> tuple[Conflict | None, tuple[WayOut, ...]]:
    """What `find_conflict` finds, and ways out of it, at most `most`, in one search."""
    options = SearchOptions(time_limit=time_limit, cancel=cancel, params=params)
    problem.need_fit()
    with interrupts(cancel) as stop:
        from shiftplan.engines.task import Limits
        from shiftplan.solving.conflict.inquiry import Inquiry

        inquiry = Inquiry(problem, Limits.of(options, stop))
        found = inquiry.conflict()
        return found, inquiry.ways_out(most) if most else ()
