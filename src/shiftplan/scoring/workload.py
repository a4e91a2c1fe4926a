"""The work that citizens bring to each shift, as a forecast says.

Tables demand, services and shifts of a `Case` -> hours of work by shift.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import datetime

from shiftplan.case.case import Case

Intervals = dict[tuple[datetime, datetime], list[float]]


def forecast_hours(case: Case) -> Mapping[str, float]:
    """Shift id -> forecast hours of citizens' work at the shift's center in the shift's time.

    A row of the table demand is arrivals x minutes_per_citizen / 60 hours of work, even over its
    interval. The work of a minute is shared evenly by the shifts of the center in that minute;
    work at a time without a shift belongs to none. 30 citizens of 20 minutes from 7 to 12 are 10
    hours of work. A shift from 7 to 11 alone gets 8 of them; with a second one from 9 to 12, each
    gets half of the 4 hours from 9 to 11, so that the first has 6 in all, the second 4.
    """
    spans: dict[str, dict[str, tuple[int, int]]] = {}
    for shift in case.week.shifts:
        spans.setdefault(shift.center_id, {})[shift.shift_id] = case.span[shift.shift_id]
    rows: dict[str, Intervals] = {center: {} for center in spans}
    length = {s.service_id: s.minutes_per_citizen for s in case.week.services}
    for row in case.week.demand:
        if row.center_id in rows:
            hours = row.arrivals * length[row.service_id] / 60
            rows[row.center_id].setdefault((row.start, row.end), []).append(hours)
    minutes = case.horizon.minutes
    found: dict[str, float] = {}
    for center, own in spans.items():
        work = [(minutes(a), minutes(b), math.fsum(h)) for (a, b), h in rows[center].items()]
        found |= _shared(own, work)
    return found


def _shared(
    spans: Mapping[str, tuple[int, int]], rows: list[tuple[int, int, float]]
) -> dict[str, float]:
    """Hours of each shift of a center, from intervals with hours of work."""
    edges = sorted({minute for span in spans.values() for minute in span})
    parts: list[list[float]] = [[] for _ in edges[1:]]
    for start, end, hours in rows:
        first = max(0, bisect_right(edges, start) - 1)
        for i in range(first, min(bisect_left(edges, end), len(parts))):
            inside = min(end, edges[i + 1]) - max(start, edges[i])
            parts[i].append(hours * inside / (end - start))
    work = [math.fsum(part) for part in parts]
    at = {minute: i for i, minute in enumerate(edges)}
    inside_of = {s: range(at[start], at[end]) for s, (start, end) in spans.items()}
    present = [0] * len(parts)
    for part in inside_of.values():
        for i in part:
            present[i] += 1
    return {s: math.fsum(work[i] / present[i] for i in part) for s, part in inside_of.items()}
