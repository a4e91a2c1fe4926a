"""Windows of availability on days that are not planned: all of them, or some.

`Known` -> the fault of all; `Problem` -> what is to be told of some.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from shiftplan.errors import Fault
from shiftplan.problem.crosscheck.known import Known

if TYPE_CHECKING:
    from shiftplan.problem import Problem


def offers(known: Known) -> Iterator[Fault]:
    """Some window reaches into the horizon, or nobody could be planned at all."""
    if "horizon" in known.unread.tables:
        return
    windows = known.problem.availability
    outside = list(_outside(known.problem))
    if outside and len(outside) == sum(w.start < w.end for w in windows):
        message = f"all windows ({len(outside)}) lie outside the horizon, {_days(known.problem)}"
        remedy = "Maybe the dates are those of another week."
        first = outside[0]
        day = str(windows[first].start.date())
        yield Fault(
            "outside_horizon", "availability", "start", day, message, remedy=remedy, index=first
        )


def windows_outside(problem: Problem) -> Iterator[Fault]:
    """Yield what is to be told of each window that counts for nothing; it is no fault."""
    for index in _outside(problem):
        window = problem.availability[index]
        message = f"{window.volunteer_id} has a window outside the horizon, {_days(problem)}"
        remedy = "Maybe the date is mistyped."
        day = str(window.start.date())
        yield Fault(
            "outside_horizon", "availability", "start", day, message, remedy=remedy, index=index
        )


def _outside(problem: Problem) -> Iterator[int]:
    """Yield the places of windows that have minutes, but none in the horizon."""
    horizon = problem.horizon
    first, last = (datetime.combine(day, time()) for day in (horizon.start, horizon.end))
    for index, window in enumerate(problem.availability):
        if window.start < window.end and (window.end <= first or window.start >= last):
            yield index


def _days(problem: Problem) -> str:
    return f"{problem.horizon.start} to {problem.horizon.end - timedelta(1)}"
