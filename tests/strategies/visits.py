"""Forecasts, journeys, kinds of citizens, officials and settings of staffing."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from shiftplan.week.fields import WEEKDAYS

forecasts = st.floats(0, 500).flatmap(
    lambda mean: st.sampled_from(
        [
            {"arrivals": mean},
            {"arrivals": mean, "arrivals_cv": 0.3},
            {"arrivals": mean, "arrivals_low": mean / 2, "arrivals_high": mean * 2},
        ]
    )
)
"""A mean with or without a spread."""
_VALUES = {"within_minutes": 7.5, "target_level": 0.9, "presence": 1, "patience_minutes": 20}
_VALUES |= {"hour_price": 3, "most_times": 4, "most_on_break": 0.25}


@cache
def settings_of(centers: tuple[str, ...]) -> st.SearchStrategy[list[dict[str, Any]]]:
    places = st.sampled_from(["", "minority", "remote", centers[0]])
    pairs = st.lists(st.tuples(st.sampled_from(sorted(_VALUES)), places), max_size=2, unique=True)
    return pairs.map(
        lambda drawn: [{"setting": n, "where": w, "value": _VALUES[n]} for n, w in drawn]
    )


def ways_of(draw: st.DrawFn, centers: list[str]) -> list[dict[str, Any]]:
    """Ways between centers, some of them by boats."""
    places = st.sampled_from(["", "remote", *centers])
    when = [{}, {"first_departure": "07:30", "last_departure": "07:30"}]
    when += [{"days": {"weekdays": ("mon", "thu")}, "mode": "boat"}]
    return [
        {"origin": one, "destination": other, "minutes": draw(st.integers(0, 900))}
        | draw(st.sampled_from(when))
        for one, other in draw(st.lists(st.tuples(places, places), max_size=3, unique=True))
    ]


def visits_of(
    draw: st.DrawFn, centers: list[str], services: list[str], demand: list[dict[str, Any]]
) -> dict[str, Any]:
    """Journeys, if some rows of demand count visits, kinds of citizens, and officials."""
    services = [name for name in services if "|" not in name]  # it parts them in a cell
    journeys = []
    if services and draw(st.booleans()):
        steps = st.lists(st.sampled_from(services), min_size=1, max_size=3)
        for where in ("", *centers[:1]):
            several = draw(st.lists(steps, min_size=1, max_size=3, unique_by=tuple))
            journeys += [
                {"where": where, "services": one, "share": draw(st.floats(0.01, 9))}
                for one in several
            ]
        told = set()
        for row in demand:
            key = row["center_id"], row["start"], row["end"]
            if draw(st.booleans()) and key not in told:
                told.add(key)
                row["service_id"] = None
    return {
        "journeys": journeys,
        "citizen_kinds": [
            {"kind": kind, "share": draw(st.floats(0, 0.5)), "factor": factor}
            for kind, factor in (("60_plus", 1.4), ("translator", 2))
            if draw(st.booleans())
        ],
        "officials": [
            {
                "where": draw(st.sampled_from(["", *centers])),
                "days": {"weekdays": draw(st.sets(st.sampled_from(WEEKDAYS)))},
                "start": start,
                "end": end,
                "people": draw(st.integers(0, 3)),
                "services": draw(st.sets(st.sampled_from(services))) if services else (),
            }
            for start, end in (("07:00", "11:00"), ("22:00", "02:30"))
            if draw(st.booleans())
        ],
    }
