"""Small places with citizens and people, for simulation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from shiftplan import Problem, Roster

MONDAY = dt.datetime(2026, 12, 7)


def at(hours: float) -> dt.datetime:
    """A moment so many hours after Monday's midnight."""
    return MONDAY + dt.timedelta(hours=hours)


def service(name: str, minutes: float = 10, skill: str | None = None, **fields: Any) -> dict:
    """A service that needs a skill, or none."""
    return {"service_id": name, "minutes_per_citizen": minutes, "skill_id": skill, **fields}


def arrivals(name: str, mean: float, begin: float, end: float, center: str = "c", **fields) -> dict:
    """A row of demand between two hours."""
    row = {"center_id": center, "service_id": name, "arrivals": mean}
    return row | {"start": at(begin), "end": at(end)} | fields


def place(
    services: Sequence[dict],
    demand: Sequence[dict],
    people: Mapping[str, Mapping[str, int]],
    shifts: Mapping[str, tuple[float, float]],
    *,
    languages: Sequence[str] = (),
    **changes: Any,
) -> tuple[Problem, Roster]:
    """A problem in which all people, with their skills, work all shifts, and that roster.

    A shift is at the center that its name begins with, up to a hyphen.
    """
    names = {s["skill_id"] for s in services if s["skill_id"]}
    names |= {skill for own in people.values() for skill in own}
    centers = {s.partition("-")[0] for s in shifts} | {row["center_id"] for row in demand}
    parts: dict[str, Any] = {
        "horizon": {"start": MONDAY.date(), "days": 7},
        "centers": [{"center_id": c} for c in sorted(centers)],
        "skills": [
            {"skill_id": n, "max_level": 4, "kind": "language" if n in languages else "tech"}
            for n in sorted(names | set(languages))
        ],
        "services": services,
        "demand": demand,
        "volunteers": [{"volunteer_id": v, "skills": own} for v, own in people.items()],
        "shifts": [
            {"shift_id": s, "center_id": s.partition("-")[0], "start": at(a), "end": at(b)}
            for s, (a, b) in shifts.items()
        ],
    }
    problem = Problem.model_validate(parts | changes)
    return problem, Roster.of((s, v) for s in shifts for v in people)
