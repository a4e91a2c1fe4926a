"""Citizens' work in the shifts of a week, as it is forecast.

Shifts and expected requests of a week -> hours of each shift.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shiftplan.week.demand import Demand, Service
    from shiftplan.week.horizon import Horizon
    from shiftplan.week.records import Shift


def forecast_hours(
    horizon: Horizon,
    shifts: Sequence[Shift],
    work: Iterable[tuple[Demand, Service, float]],
) -> Mapping[str, float]:
    """What `Week.forecast_hours` tells, counted anew; `work` is what `Week.requests` yields."""
    minutes = horizon.minutes
    spans: dict[str, dict[str, tuple[int, int]]] = {}
    for shift in shifts:
        span = minutes(shift.start), minutes(shift.end)
        spans.setdefault(shift.center_id, {})[shift.shift_id] = span
    rows: dict[str, dict[tuple[datetime, datetime], list[float]]] = {c: {} for c in spans}
    for row, _, minutes_of_work in work:
        if row.center_id in rows:
            ends = row.start, row.end
            rows[row.center_id].setdefault(ends, []).append(minutes_of_work / 60)
    found: dict[str, float] = {}
    for center, own in spans.items():
        hours = [(minutes(a), minutes(b), math.fsum(h)) for (a, b), h in rows[center].items()]
        found |= _shared(own, hours)
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
