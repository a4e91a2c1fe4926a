"""Windows of a person that touch or overlap, which count as one.

Rows of availability -> the stretches of time in which each person can come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from shiftplan.week.records import Availability


class JoinedWindows(NamedTuple):
    """Windows of one person of which each touches or overlaps another one."""

    start: datetime
    """First minute of the earliest, wall-clock time."""
    end: datetime
    """First minute after the latest."""
    places: tuple[int, ...]
    """Their places in the table, in order of start and end."""

    def contain(self, start: datetime, end: datetime) -> bool:
        """Whether an interval lies inside."""
        return self.start <= start and end <= self.end


def outside(
    windows: Iterable[JoinedWindows], start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the parts of a time that none of a person's windows, in order of time, has."""
    for window in windows:
        if start < window.end and window.start < end:
            if start < window.start:
                yield start, window.start
            start = window.end
    if start < end:
        yield start, end


def joined_windows(windows: Sequence[Availability]) -> dict[str, list[JoinedWindows]]:
    """Volunteer id -> that person's windows in order of time; those that meet are together."""
    of: dict[str, list[int]] = {}
    for place, window in enumerate(windows):
        of.setdefault(window.volunteer_id, []).append(place)
    return {who: _joined(windows, places) for who, places in of.items()}


def _joined(windows: Sequence[Availability], places: list[int]) -> list[JoinedWindows]:
    if len(places) > 1:
        places.sort(key=lambda place: (windows[place].start, windows[place].end))
    found: list[JoinedWindows] = []
    for place in places:
        start, end = windows[place].start, windows[place].end
        if found and start <= found[-1].end:
            first, latest, before = found[-1]
            found[-1] = JoinedWindows(first, max(latest, end), (*before, place))
        else:
            found.append(JoinedWindows(start, end, (place,)))
    return found
