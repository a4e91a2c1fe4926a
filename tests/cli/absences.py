"""A planned week of which somebody is absent, and how it is repaired."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from commands import run
from towns import town

from shiftplan import solve, write_roster, write_week
from shiftplan.week.wishes import Pin

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


def blocked(folder: Path) -> None:
    """Pin somebody where a frozen day leaves no room."""
    first = min(PROBLEM.shifts, key=lambda s: s.start)
    idle = [v.volunteer_id for v in PROBLEM.volunteers]
    who = next(v for v in idle if v != WHO and (first.shift_id, v) not in ROSTER)
    pin = Pin(volunteer_id=who, shift_id=first.shift_id, state="must")
    write_week(PROBLEM.model_copy(update={"pins": (pin,)}), folder / "week")
