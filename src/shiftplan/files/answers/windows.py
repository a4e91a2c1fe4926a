"""Windows of time and their arithmetic: joined, taken away, compared.

`FreeTime`s of one person -> `FreeTime`s that neither touch nor overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

State = Literal["available", "preferred", "undesired", "stand_by"]


class FreeTime(NamedTuple):
    """Time in which somebody can come, or stands by, wall-clock, half-open."""

    start: datetime
    end: datetime
    state: State = "available"


def joined(windows: Iterable[FreeTime]) -> tuple[FreeTime, ...]:
    """Windows in order, those of one state that touch or overlap as one."""
    last: dict[State, FreeTime] = {}
    found: list[FreeTime] = []
    for window in sorted(windows):
        open_one = last.get(window.state)
        if open_one is not None and window.start <= open_one.end:
            last[window.state] = open_one._replace(end=max(open_one.end, window.end))
            continue
        if open_one is not None:
            found.append(open_one)
        last[window.state] = window
    return tuple(sorted([*found, *last.values()]))


def without(windows: Iterable[FreeTime], taken: Iterable[FreeTime]) -> list[FreeTime]:
    """What is left of windows when the time of others is taken away."""
    left = list(windows)
    for gone in taken:
        left = [part for window in left for part in _rest(window, gone)]
    return left


def _rest(window: FreeTime, gone: FreeTime) -> list[FreeTime]:
    if gone.end <= window.start or window.end <= gone.start:
        return [window]
    parts = (window._replace(end=gone.start), window._replace(start=gone.end))
    return [part for part in parts if part.start < part.end]


def clash(windows: Iterable[FreeTime]) -> FreeTime | None:
    """A window that overlaps one of another state; None where there is none."""
    last: dict[State, datetime] = {}
    for window in sorted(windows):
        if any(end > window.start for state, end in last.items() if state != window.state):
            return window
        last[window.state] = max(window.end, last.get(window.state, window.end))
    return None


def are_covered(windows: Sequence[FreeTime], by: Iterable[FreeTime]) -> bool:
    """Whether all time of some windows lies in others."""
    return not without(windows, by)
