"""A planned week of which somebody is absent, and how it is repaired."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from commands import run
from towns import town

from shiftplan import solve, write_roster, write_week

PROBLEM = town(1, 5)
PLANNED = solve(PROBLEM, workers=1, time_limit=None)
ROSTER = PLANNED.require_roster()
WHO = max(ROSTER.shifts_of, key=lambda who: len(ROSTER.shifts_of[who]))


def run_repair(*arguments: object) -> Any:
    return run("repair", *arguments)


def write_absence(folder: Path) -> Path:
    """A week, its roster, its result, and one person who is absent."""
    write_week(PROBLEM, folder / "week")
    write_roster(PROBLEM, ROSTER, folder / "published.csv")
    (folder / "plan.json").write_text(PLANNED.to_json(), encoding="utf-8")
    (folder / "absent.csv").write_text(f"volunteer_id\n{WHO}\n", encoding="utf-8")
    return folder


def given(folder: Path, *more: object) -> tuple[object, ...]:
    week, roster = folder / "week", folder / "published.csv"
    return (week, roster, "--absent", folder / "absent.csv", "--out", folder / "out", *more)
