"""Types of shifts and breaks that designs may use."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from shiftplan.week.fields import WEEKDAYS
from shiftplan.week.horizon import Horizon
from strategies.values import TYPES, texts

_CLOCKS = [("07:00", "07:00"), ("06:45", "10:00"), ("22:00", "00:30"), ("00:00", "23:00")]
_MINUTES = [(240, 480), (5, 5), (120, 2880)]


def designs_of(draw: st.DrawFn, horizon: Horizon, centers: list[str]) -> dict[str, Any]:
    """Some rows of both tables, no two of which are the same."""
    places = st.sampled_from(["", "minority", "remote", *centers])
    types = st.sampled_from(TYPES)
    days = [{}, {"weekdays": draw(st.sets(st.sampled_from(WEEKDAYS)))}]
    days += [{"dates": (draw(st.sampled_from(horizon.dates)),)}]
    return {
        "shift_types": [
            {
                "type": draw(types),
                "where": draw(places),
                "days": draw(st.sampled_from(days)),
                "earliest": earliest,
                "latest": latest,
                "min_minutes": least,
                "max_minutes": most,
                "step": draw(st.sampled_from([30, 60, 1440])),
                "shared": draw(st.booleans()),
                "price": draw(st.integers(0, 9)),
                "note": draw(texts),
            }
            for (earliest, latest), (least, most) in zip(_CLOCKS, _MINUTES, strict=False)
            if draw(st.integers(0, 3)) == 0
        ],
        "breaks": [
            {
                "type": draw(types),
                "minutes": minutes,
                "earliest": earliest,
                "latest": draw(st.sampled_from([None, earliest, 400])),
                "after": draw(st.integers(0, 60)),
                "step": draw(st.integers(5, 240)),
                "min_shift": draw(st.integers(0, 300)),
                "max_shift": draw(st.sampled_from([None, 300, 2880])),
            }
            for minutes, earliest in ((30, 120), (15, 0))
            if draw(st.integers(0, 3)) == 0
        ],
    }
