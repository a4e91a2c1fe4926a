"""Every example runs as it stands, and is short."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
SCRIPTS = sorted(EXAMPLES.glob("[0-9]*.py"))
OPTIONS = {
    "02_an_giang_week.py": ["--time-limit", "6"],
    "04_from_forecast.py": ["--time-limit", "8", "--runs", "5"],
}
SHOWS = {
    "01_first_roster.py": "OPTIMAL",
    "02_an_giang_week.py": "1353 volunteers, 1122 shifts",
    "03_hospital_ward.py": "OPTIMAL",
    "04_from_forecast.py": "requirements; the first:",
    "05_fair_over_weeks.py": "Gini index with ledger",
    "06_why_and_what_now.py": "What would help most",
    "07_weekly_routine.py": "The week from Mon 14 Dec to Sun 20 Dec",
    "08_batch.py": "planned: 6 of 6, twice: 0",
}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.name)
def test_the_example_runs(script: Path, tmp_path: Path) -> None:
    """It ends well, in any folder, without a warning, and shows what it is about."""
    command = [sys.executable, "-W", "error", str(script), *OPTIONS.get(script.name, [])]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert SHOWS[script.name] in done.stdout


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.name)
def test_the_example_is_short(script: Path) -> None:
    """One idea in at most 80 lines of at most 100 characters."""
    lines = script.read_text(encoding="utf-8").splitlines()

    assert len(lines) <= 80
    assert max(map(len, lines)) <= 100


def test_every_example_is_known_here() -> None:
    """A new example says here what it shows."""
    assert {s.name for s in SCRIPTS} == set(SHOWS)
