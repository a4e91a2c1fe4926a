"""Parts of a week, and weeks of several provinces as one problem.

`Problem` -> `cut` -> a smaller one; `Problem`s -> `join` -> a larger one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from shiftplan.problem import Problem
from shiftplan.week.records import Center

Array = np.ndarray[Any, Any]
_PERSONAL = ("availability", "history", "pins", "preferences")
"""Tables with a row for a volunteer, and perhaps a shift."""
_SAME = ("horizon", "skills", "services", "rules", "rates", "order")
"""Parts that problems must share before they can be joined."""


def cut(problem: Problem, num_centers: int) -> Problem:
    """The centers that lie nearest to the middle one, and the volunteers who live there.

    The middle one is the center nearest to the mean of all. Rules, skills and services stay.

    Parameters
    ----------
    problem
        A week whose centers all have coordinates.
    num_centers
        Centers to keep.

    Raises
    ------
    ValueError
        There are fewer centers, or one has no coordinates.

    """
    if num_centers > len(problem.centers):
        raise ValueError(f"{num_centers} centers wanted, there are {len(problem.centers)}")
    points = _on_sphere(problem.centers)
    middle = np.argmax(points @ points.mean(axis=0))
    nearest = np.argsort(-(points @ points[middle]), kind="stable")[:num_centers]
    kept = {problem.centers[i].center_id for i in nearest}
    people = {v.volunteer_id for v in problem.volunteers if v.home_center_id in kept}
    shifts = {s.shift_id for s in problem.shifts if s.center_id in kept}
    personal = {
        name: [
            row
            for row in getattr(problem, name)
            if row.volunteer_id in people and _place(row) in {None, *shifts}
        ]
        for name in _PERSONAL
    }
    return _changed(
        problem,
        personal
        | {
            "centers": [c for c in problem.centers if c.center_id in kept],
            "volunteers": [v for v in problem.volunteers if v.volunteer_id in people],
            "shifts": [s for s in problem.shifts if s.shift_id in shifts],
            "demand": [d for d in problem.demand if d.center_id in kept],
            "requirements": [r for r in problem.requirements if r.shift_id in shifts],
        },
    )


def join(problems: Sequence[Problem]) -> Problem:
    """One problem of several provinces in the same week.

    Volunteer ids get the number of their province in front (`2:V00001`), since provinces number
    their people alike; ids of centers and shifts stay. People may work across the border where
    their distance allows it.

    Raises
    ------
    ValueError
        Horizon, skills, services or rules differ between the provinces.

    """
    first = problems[0]
    for other in problems[1:]:
        for name in _SAME:
            if getattr(other, name) != getattr(first, name):
                raise ValueError(f"{name} of {first.name!r} and {other.name!r} differ")
    parts: dict[str, Iterable[Any]] = {
        name: [row for p in problems for row in getattr(p, name)]
        for name in ("centers", "shifts", "demand", "requirements")
    }
    for name in ("volunteers", *_PERSONAL):
        parts[name] = [
            row.model_copy(update={"volunteer_id": f"{number}:{row.volunteer_id}"})
            for number, problem in enumerate(problems, start=1)
            for row in getattr(problem, name)
        ]
    return _changed(first, parts)


def _changed(problem: Problem, parts: Mapping[str, Iterable[Any]]) -> Problem:
    """A checked copy with other tables."""
    tables = {name: tuple(rows) for name, rows in parts.items()}
    return Problem.model_validate(dict(problem) | tables)


def _place(row: Any) -> str | None:
    """Shift that a row is about, if it names one."""
    shift_id: str | None = getattr(row, "shift_id", None)
    return shift_id


def _on_sphere(centers: Sequence[Center]) -> Array:
    """Unit vectors of the centers, float of shape (len(centers), 3)."""
    degrees = [(c.lat, c.lon) for c in centers]
    if any(lat is None or lon is None for lat, lon in degrees):
        raise ValueError("every center needs coordinates")
    lat, lon = np.radians(np.array(degrees, dtype=float)).T
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
