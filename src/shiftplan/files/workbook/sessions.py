"""Windows that a grid can show.

Windows -> sessions, one a column, and the marks of people in them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from shiftplan.files.workbook.grid import MARKS
from shiftplan.week.records import Availability

MOST_SESSIONS = 70
"""Sessions that a grid shows at most."""

Session = tuple[dt.datetime, dt.datetime]
"""First minute of a session, and the first minute after it."""


def sessions_of(dates: Sequence[dt.date], windows: Sequence[Availability]) -> list[Session]:
    """The sessions of a grid: those that windows name, or mornings and afternoons of all days."""
    named = sorted({(w.start, w.end) for w in windows if w.end - w.start < dt.timedelta(1)})
    if named and len(named) <= MOST_SESSIONS:
        return named
    if windows:
        return []
    hours = ((7, 11), (13, 17))
    midnights = [dt.datetime.combine(day, dt.time()) for day in dates]
    found = [
        (m + dt.timedelta(hours=first), m + dt.timedelta(hours=last))
        for m in midnights
        for first, last in hours
    ]
    return found[:MOST_SESSIONS]


def split(
    people: Sequence[str], windows: Sequence[Availability], sessions: Sequence[Session]
) -> tuple[list[Availability], dict[tuple[str, Session], str]]:
    """Windows that the table keeps, and the marks of the others: (person, session) -> mark.

    All windows stay in the table unless reading both gives them back in the same order.
    """
    order = {who: i for i, who in enumerate(people)}
    place = {session: i for i, session in enumerate(sessions)}
    marked = [w for w in windows if (w.start, w.end) in place and w.volunteer_id in order]
    kept = [w for w in windows if (w.start, w.end) not in place or w.volunteer_id not in order]
    keys = [(order[w.volunteer_id], place[w.start, w.end]) for w in marked]
    in_order = [*kept, *marked] == list(windows) and keys == sorted(set(keys))
    if not in_order:
        return list(windows), {}
    return kept, {(w.volunteer_id, (w.start, w.end)): MARKS[w.state] for w in marked}
