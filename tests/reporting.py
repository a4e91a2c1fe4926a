"""A week with hostile names for reports, and reports on it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from shiftplan import Problem, Roster
from shiftplan.present.report import write_report

MONDAY = dt.datetime(2026, 12, 7)
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><b>bold</b>",
    "\"Quoted\" 'name' & more",
    "<!-- comment --",
    "\u202eright to left",
    "مريم",
    "{{ 7 * 7 }}",
    "<img src=x onerror=alert(2)>",
    "$& $1 {}",
    "w" * 90,
)
NAMES = ("Đỗ Thị Ánh", "Trần Văn Dũng", "Lê Ân", "Nguyễn Đạt", "Phạm Dung", "Võ Ăn", *HOSTILE)


def hostile_week(**changes: Any) -> tuple[Problem, Roster]:
    """Five centers, one of them far off; every person works one shift at most."""
    centers = [
        {"center_id": "c0", "name": "Xã <b>Đậm</b>", "lat": 10.0, "lon": 105.0},
        {"center_id": "c1", "name": "Xã Hai", "lat": 10.05, "lon": 105.0, "minority_area": True},
        {"center_id": "c2", "name": "Xã Ba", "lat": 10.0, "lon": 105.05, "remote_area": True},
        {"center_id": "c3", "name": "Xã Tư", "lat": 10.05, "lon": 105.05},
        {"center_id": "c4", "name": "Đảo Xa", "lat": 9.0, "lon": 104.0, "remote_area": True},
    ]
    shifts = [
        {
            "shift_id": f"c{c}-{day}",
            "center_id": f"c{c}",
            "start": MONDAY + dt.timedelta(days=day, hours=7),
            "end": MONDAY + dt.timedelta(days=day, hours=11),
        }
        for c in range(5)
        for day in range(2)
    ]
    people = [
        {
            "volunteer_id": f"person-{i:02d}",
            "name": name,
            "home_center_id": "c0",
            "skills": {"khmer": 1} if i % 2 else {},
            "max_shifts": 1,
        }
        for i, name in enumerate(NAMES)
    ]
    windows = [
        {
            "volunteer_id": p["volunteer_id"],
            "start": MONDAY,
            "end": MONDAY + dt.timedelta(days=2),
        }
        for p in people
    ]
    parts: dict[str, Any] = {
        "horizon": {"start": MONDAY.date(), "days": 7},
        "centers": centers,
        "skills": [{"skill_id": "khmer", "name": "Tiếng Khmer", "kind": "language"}],
        "volunteers": people,
        "availability": windows,
        "shifts": shifts,
        "requirements": [
            *({"shift_id": s["shift_id"], "minimum": 1, "target": 2} for s in shifts),
            {"shift_id": "c1-0", "skill_id": "khmer", "minimum": 1, "target": 1},
        ],
        "rules": [{"rule": "coverage", "level": 1, "weight": 100}, {"rule": "max_shifts"}],
    }
    problem = Problem.model_validate(parts | changes)
    seats = [f"c{c}-{day}" for c in range(4) for day in range(2)] * 2
    roster = Roster.of(
        [(seat, p["volunteer_id"]) for seat, p in zip(seats, people[:-1], strict=False)]
    )
    return problem, roster


def written(folder: Path, problem: Problem, roster: Roster, **options: Any) -> str:
    """The report as text."""
    path = folder / "report.html"
    write_report(problem, roster, path, **options)
    return path.read_text(encoding="utf-8")
