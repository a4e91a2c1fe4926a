"""A town that citizens visit, and tables as rows."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from shiftplan import Problem, write_week

MONDAY = "2026-12-07"


def town(**changed: Any) -> Problem:
    """One center, a morning and an afternoon, fourteen citizens an hour, four people."""
    hours = [("am", "07:00", "11:00"), ("pm", "13:00", "17:00")]
    skilled = {"portal": 2}
    parts = {
        "horizon": {"start": MONDAY, "days": 7},
        "centers": [{"center_id": "C", "name": "Rạch Giá", "lat": 10, "lon": 105}],
        "skills": [{"skill_id": "portal", "name": "Cổng", "max_level": 2}],
        "services": [
            {"service_id": "look", "minutes_per_citizen": 5},
            {"service_id": "file", "skill_id": "portal", "minutes_per_citizen": 20},
        ],
        "volunteers": [
            {"volunteer_id": name, "skills": skilled if name < "c" else {}, "home_center_id": "C"}
            for name in ("ana", "ben", "cam", "don")
        ],
        "availability": [
            {"volunteer_id": name, "start": f"{MONDAY}T07:00", "end": f"{MONDAY}T17:00"}
            for name in ("ana", "ben", "cam", "don")
        ],
        "shifts": [
            {
                "shift_id": name,
                "center_id": "C",
                "start": f"{MONDAY}T{start}",
                "end": f"{MONDAY}T{end}",
            }
            for name, start, end in hours
        ],
        "demand": [
            {
                "center_id": "C",
                "start": f"{MONDAY}T{start}",
                "end": f"{MONDAY}T{end}",
                "service_id": service,
                "arrivals": arrivals,
            }
            for _, start, end in hours
            for service, arrivals in (("look", 32), ("file", 24))
        ],
        "rules": [{"rule": "coverage", "level": 1}],
    }
    return Problem.model_validate(parts | changed)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def unsure(tmp_path: Path) -> Path:
    """The town with a forecast that may be wrong by half."""
    problem = town()
    demand = tuple(row.model_copy(update={"arrivals_cv": 0.5}) for row in problem.demand)
    write_week(problem.model_copy(update={"demand": demand}), tmp_path / "unsure")
    return tmp_path / "unsure"
