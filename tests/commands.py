"""The command run in this process or in one of its own, and weeks to run it on."""

from __future__ import annotations

import csv
import datetime as dt
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import shiftplan.cli as cli
from shiftplan import Availability, Center, Horizon, Problem, Requirement, Shift, Skill, Volunteer
from shiftplan.rules.company import Mentor
from shiftplan.rules.coverage import Coverage
from shiftplan.rules.evenness import Fairness
from shiftplan.rules.one_place import OnePlace
from shiftplan.rules.place import Continuity, OneCenterPerDay, Travel
from shiftplan.rules.share import MaxShifts

DAY = dt.datetime(2026, 12, 7)
SOLVE = "shiftplan.record.planning.solve"
"""Where `plan` calls the search, which tests replace."""

_RUNNER = CliRunner()


def make_problem(people: int, centers: int, days: int, **fields: Any) -> Problem:
    """People who can always come, and two shifts a day in each center for two people each."""
    starts = [DAY + dt.timedelta(days=d, hours=h) for d in range(days) for h in (7, 13)]
    shifts = [
        Shift(
            shift_id=f"c{c}-{start:%m%d-%H}",
            center_id=f"c{c}",
            start=start,
            end=start + dt.timedelta(hours=4),
        )
        for c in range(centers)
        for start in starts
    ]
    names = [f"v{i}" for i in range(people)]
    values: dict[str, Any] = {
        "horizon": Horizon(start=DAY.date(), days=7),
        "centers": [Center(center_id=f"c{c}", name=f"Xã {c}") for c in range(centers)],
        "volunteers": [Volunteer(volunteer_id=v, name=f"Người {v}", max_shifts=3) for v in names],
        "availability": [
            Availability(volunteer_id=v, start=DAY, end=DAY + dt.timedelta(days)) for v in names
        ],
        "shifts": shifts,
        "requirements": [Requirement(shift_id=s.shift_id, minimum=1, target=2) for s in shifts],
        "rules": [Coverage(level=1), MaxShifts(), OnePlace(), Fairness(level=2)],
    }
    return Problem(**{**values, **fields})


def make_hard_problem() -> Problem:
    """A roster is found at once, but the best one is not proven within minutes."""
    plain = make_problem(100, 12, 6)
    chance = random.Random(0)
    homes = [
        Center(center_id=c.center_id, lat=10 + chance.random(), lon=105 + chance.random())
        for c in plain.centers
    ]
    people = [
        Volunteer(
            volunteer_id=v.volunteer_id,
            home_center_id=chance.choice(homes).center_id,
            skills={"portal": chance.choice([0, 0, 1, 3])},
            max_shifts=chance.randint(2, 5),
        )
        for v in plain.volunteers
    ]
    needs = [
        Requirement(shift_id=s.shift_id, skill_id=skill, minimum=1, target=chance.randint(1, 3))
        for s in plain.shifts
        for skill in (None, "portal")
    ]
    rules = [
        Mentor(novices_per_mentor=2),
        OneCenterPerDay(),
        Travel(level=2),
        Continuity(level=2, weight=10),
    ]
    changes = {
        "centers": homes,
        "skills": [Skill(skill_id="portal", max_level=3)],
        "volunteers": people,
        "requirements": needs,
        "rules": [*plain.rules, *rules],
    }
    return Problem(**{**dict(plain), **changes})


def run(*arguments: object, **environment: str) -> Any:
    """Run the command in this process."""
    return _RUNNER.invoke(cli.app, [str(a) for a in arguments], env=environment)


def call_as(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    """Let this process look as if a shell had called `shiftplan`, whatever runs the tests.

    Under `python -m pytest` help would else name that program, by the package of `__main__`.
    """
    monkeypatch.setattr("sys.argv", ["shiftplan", *arguments])
    monkeypatch.setattr(sys.modules["__main__"], "__package__", None, raising=False)


def served_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `serve` say where its page is, and end."""

    def serve(app: object, listener: object, *, started: Callable[[], None]) -> None:
        started()

    monkeypatch.setattr("shiftplan.web.serving.serve", serve)


def run_process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as people do, with pipes instead of a terminal."""
    command = [sys.executable, "-W", "error", "-m", "shiftplan", *map(str, arguments)]
    kept = {k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "TTY_COMPATIBLE")}
    settings = {**kept, "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=settings)


def letters(folder: Path) -> set[str]:
    """Whom the messages of a folder are for: ids of people, those of centers after `center-`.

    Each has a file.
    """
    files, table = {p.name for p in (folder / "messages").glob("*.txt")}, "messages/messages.csv"
    if not files:
        return set()
    with (folder / table).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["file"] for row in rows} == files
    return {f"center-{row['id']}" if row["kind"] == "center" else row["id"] for row in rows}


def content(folder: Path) -> dict[str, bytes]:
    """Files in a folder, without those in folders of it."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
