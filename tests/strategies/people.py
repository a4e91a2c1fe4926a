"""What a problem knows of each person: skills, windows, history and wishes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from shiftplan.week.fields import WEEKDAYS
from shiftplan.week.horizon import Horizon
from strategies.values import STATES, maybe, shares, shown, some, types_and_tags


def grants_of(draw: st.DrawFn, horizon: Horizon, most: dict[str, int]) -> list[dict[str, Any]]:
    grants: list[dict[str, Any]] = []
    for skill, level in most.items():
        if draw(st.booleans()):
            grants.append({"skill_id": skill, "level": draw(st.integers(1, level))})
        if draw(st.booleans()):
            first = horizon.start + dt.timedelta(draw(st.integers(-3, 3)))
            last = first + dt.timedelta(draw(st.integers(0, 9)))
            ends = draw(st.sampled_from([(first, last), (first, None), (None, last)]))
            grants.append(
                {
                    "skill_id": skill,
                    "level": draw(st.integers(1, level)),
                    "valid_from": ends[0],
                    "valid_to": ends[1],
                }
            )
    return grants


def windows_of(
    draw: st.DrawFn, person: str, horizon: Horizon, moment: Callable[..., dt.datetime]
) -> list[dict[str, Any]]:
    """Half of the people can come all the time, the others in up to three windows."""
    if draw(st.booleans()):
        midnight = dt.datetime.combine(horizon.start, dt.time())
        ends = [midnight, midnight + dt.timedelta(horizon.days + 2)]
        edges = [shown(horizon, m) for m in ends]
    else:
        count = draw(st.integers(0, 3))
        edges = sorted({moment(-1, horizon.days) for _ in range(2 * count)})
    return [
        {
            "volunteer_id": person,
            "start": start,
            "end": end,
            "state": draw(st.sampled_from(STATES)),
        }
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    ]


def some_inside(windows: list[dict[str, Any]], horizon: Horizon) -> list[dict[str, Any]]:
    """Windows of which some reach into the horizon, or none at all: all outside are a fault."""
    first, last = (dt.datetime.combine(day, dt.time()) for day in (horizon.start, horizon.end))
    return windows if any(w["start"] < last and w["end"] > first for w in windows) else []


def history_of(
    draw: st.DrawFn, person: str, horizon: Horizon, shifts: list[dict[str, Any]]
) -> dict[str, Any]:
    history = {name: draw(shares) for name in ("weeks", "shifts_offered", "shifts_worked")}
    sums = ("undesired_worked", "hours_offered", "hours_worked")
    sums += ("far_worked", "strain_worked", "wishes", "wishes_refused")
    history |= {"volunteer_id": person, **{name: draw(shares) for name in sums}}
    counters = ("counted_shifts", "counted_minutes", "counted_weekends", "mentored_worked")
    history |= {name: draw(st.integers(0, 9)) for name in counters}
    history |= {"weekends_in_a_row": draw(maybe(st.integers(0, 5)))}
    places = sorted({s["center_id"] for s in shifts})
    history |= {"last_center": draw(st.sampled_from([None, *places]))}
    starts = {
        f"{WEEKDAYS[s['start'].weekday()]} {s['start']:%H:%M} {s['center_id']}"
        for s in shifts
        if "|" not in s["center_id"]
    }
    history |= {"last_week": draw(st.sampled_from([(), tuple(sorted(starts))]))}
    if draw(st.booleans()):
        history["off_in_a_row"] = draw(st.integers(0, 5))
        history["worked_in_a_row"] = 0 if history["off_in_a_row"] else None
        return history
    yesterday = horizon.start - dt.timedelta(1)
    worked = draw(st.integers(1, 6))
    types = sorted({s["type"] for s in shifts if s["type"]})
    return history | {
        "last_worked": yesterday,
        "last_shift_end": shown(
            horizon, dt.datetime.combine(yesterday, dt.time(draw(st.integers(0, 23)), 30))
        ),
        "last_shift_type": draw(st.sampled_from(("", *types))),
        "worked_in_a_row": worked,
        "same_type_in_a_row": draw(maybe(st.integers(0, worked))),
    }


def wish_of(
    draw: st.DrawFn, person: str, horizon: Horizon, shifts: list[dict[str, Any]]
) -> dict[str, Any]:
    state = draw(st.sampled_from(["for", "against"]))
    wish = {"volunteer_id": person, "state": state, "weight": draw(st.integers(1, 50))}
    if shifts and draw(st.booleans()):
        return wish | {"shift_id": draw(st.sampled_from(shifts))["shift_id"]}
    day = horizon.start + dt.timedelta(draw(st.integers(0, horizon.days - 1)))
    return wish | {
        "date": day,
        "shifts": draw(some(types_and_tags(shifts))) if types_and_tags(shifts) else (),
    }


def what_is_wished(wish: dict[str, Any]) -> tuple[Any, ...]:
    """Nobody wishes for or against the same twice."""
    names = frozenset(wish.get("shifts", ()))
    return wish["volunteer_id"], wish.get("shift_id"), wish.get("date"), names
