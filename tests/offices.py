"""Tiny offices: a week of one or two centers, told by its citizens, services and people.

Hours and numbers -> `Problem` without requirements, and what `staff` makes of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from shiftplan.citizens.staffing import staff
from shiftplan.problem import Problem
from shiftplan.week.demand import Policy
from shiftplan.week.requirements import Requirement

MIDNIGHT = dt.datetime(2026, 12, 7)
"""Start of a Monday."""
PLAIN = Policy(presence=0, least_citizens=0)
"""Nobody is there without citizens, and no citizen is too few."""
FILE = {"file": {"minutes_per_citizen": 10}}
"""One service that everybody can help with."""
LONG = {"file": {"minutes_per_citizen": 60}}


def at(hour: float) -> dt.datetime:
    """Wall-clock time so many hours after Monday's midnight."""
    return MIDNIGHT + dt.timedelta(hours=hour)


def come(start: float, end: float, arrivals: float, service: str = "file", **other: Any) -> dict:
    """A row of demand; at center A unless told."""
    row = {"center_id": "A", "service_id": service, "arrivals": arrivals}
    return row | {"start": at(start), "end": at(end)} | other


EVEN = [come(hour, hour + 1, 12) for hour in range(7, 11)]
"""Twelve citizens of ten minutes in each hour: two people busy."""


def shift(start: float, end: float, center: str = "A") -> dict[str, Any]:
    """A shift named by its center and its first hour."""
    name = f"{center}{start:g}"
    return {"shift_id": name, "center_id": center, "start": at(start), "end": at(end)}


def office(
    demand: Sequence[Mapping[str, Any]],
    services: Mapping[str, Mapping[str, Any]] = FILE,
    people: Mapping[str, Mapping[str, int]] | None = None,
    **tables: Any,
) -> Problem:
    """One center A, open on Monday from 7 to 11 unless told; people hold levels of skills."""
    held = people or {}
    skills = {s["skill_id"] for s in services.values() if s.get("skill_id")}
    skills |= {name for levels in held.values() for name in levels}
    parts = {
        "horizon": {"start": MIDNIGHT.date(), "days": 7},
        "centers": [{"center_id": "A"}],
        "skills": [{"skill_id": name, "max_level": 4} for name in sorted(skills)],
        "services": [{"service_id": name, **fields} for name, fields in services.items()],
        "volunteers": [{"volunteer_id": who, "skills": levels} for who, levels in held.items()],
        "shifts": [shift(7, 11)],
        "demand": list(demand),
    }
    return Problem.model_validate(parts | tables)


def figures(problem: Problem, policy: Policy | None = PLAIN) -> dict[str, tuple[int, int]]:
    """Shift and ability, such as `A7` or `A7 portal 2` -> minimum and target."""
    return {label(r): (r.minimum, r.target) for r in staff(problem, policy).requirements}


def label(row: Requirement) -> str:
    """Shift, skills and level of a requirement."""
    parts = (row.shift_id, row.skill_id, row.min_level, *row.with_skills)
    return " ".join(str(part) for part in parts if part is not None)


SETTLED = [shift(71, 72), shift(0, 71)]
"""A shift after three days of the same arrivals, whose load has long settled."""
