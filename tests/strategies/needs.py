"""Requirements of random weeks that count several shifts of a center."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from shiftplan.week.horizon import Horizon
from strategies.values import maybe

_STEPS = (15, 20, 30, 60)


def needs_over(
    draw: st.DrawFn, horizon: Horizon, centers: Sequence[str], shifts: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Up to two, about a time in which no shift begins or ends, or about dates."""
    found: dict[str, dict[str, Any]] = {}
    for _ in range(draw(st.integers(0, 2))):
        center = draw(st.sampled_from(centers))
        own = [shift for shift in shifts if shift["center_id"] == center]
        kinds = sorted({name for s in own for name in (s["type"], *s["tags"]) if name})
        need: dict[str, Any] = {"center_id": center, "target": draw(st.integers(0, 3))}
        need["shifts"] = draw(st.lists(st.sampled_from(kinds), max_size=1)) if kinds else []
        times = sorted({s[side] for s in own for side in ("start", "end")})
        pieces = [(a, b) for a, b in pairwise(times) if a.date() in horizon]
        if pieces and draw(st.booleans()):
            start, end = draw(st.sampled_from(pieces))
            minutes = (end - start) / dt.timedelta(minutes=1)
            steps = [n for n in _STEPS if minutes % n == 0 and minutes < 8 * n]
            steps = [n for n in steps if _shown_in_steps(horizon, start, end, n)]
            need |= {"start": start, "end": end, "step": draw(st.sampled_from([None, *steps]))}
        else:
            some_day = maybe(st.sampled_from(horizon.dates))
            first, last = draw(some_day), draw(some_day)
            is_reversed = first is not None and last is not None and last < first
            need |= {"first_day": first, "last_day": first if is_reversed else last}
        need["minimum"] = draw(st.integers(0, need["target"]))
        found[center] = need
    return list(found.values())


def _shown_in_steps(horizon: Horizon, start: dt.datetime, end: dt.datetime, minutes: int) -> bool:
    """Whether clocks show the border of each step, also in a night in which they change."""
    step = dt.timedelta(minutes=minutes)
    return all(horizon.exists(start + n * step) for n in range((end - start) // step))
