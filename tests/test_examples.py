"""Every example runs as it stands, and is short."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
TUTORIALS = Path(__file__).parent.parent / "docs" / "tutorials.md"
SCRIPTS = sorted(EXAMPLES.glob("[0-9]*.py"))
ROUTINE = EXAMPLES / "07_weekly_routine.py"
OPTIONS = {
    "02_an_giang_week.py": ["--time-limit", "3"],
    "04_from_forecast.py": ["--time-limit", "4", "--runs", "5"],
    "07_weekly_routine.py": ["--out", "routine"],
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
    "09_app.py": "fri-pm   V06, V11",
    "10_own_rule.py": "512 rosters: check and post agree",
    "11_islands.py": "OPTIMAL 7 of 8 visits",
}


OF_ITS_TIME = (
    "Note: attendance was recorded for shifts that have not begun",
    "Note: the deadline, 18:00 on Sun 06 Dec, has already passed",
    "Note: 10 shifts are not over yet and count as worked, as planned",
)
"""What the routine reads before its week, and after it began."""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.name)
def test_the_example_runs(script: Path, tmp_path: Path) -> None:
    """It ends well, in any folder, without a warning, and shows what it is about.

    The routine runs every command of the English table on its page, in order, and writes what each
    is said to write.
    """
    command = [sys.executable, "-W", "error", str(script), *OPTIONS.get(script.name, [])]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")

    assert done.returncode == 0, done.stderr
    allowed = OF_ITS_TIME if script == ROUTINE else ()
    assert [line for line in done.stderr.splitlines() if not line.startswith(allowed)] == []
    assert SHOWS[script.name] in done.stdout
    if script == ROUTINE:
        page = script.with_suffix(".md").read_text(encoding="utf-8").split("\n## ")[0]
        commands = re.findall(r"`(shiftplan .+?)`", page)
        assert re.findall(r"^\$ (.+)$", done.stdout, re.MULTILINE) == commands
        assert len(commands) == 12
        assert (tmp_path / "routine" / "next.xlsx").exists()
    if "--time-limit" not in command:
        printed = {
            sentence[: len(told)] for told in told_of(script) for sentence in said(done.stdout)
        }
        assert set(told_of(script)) <= printed


def said(text: str) -> list[tuple[str, ...]]:
    """Words of the lines that are sentences; names, figures and what is cut off left out."""
    lines = [re.findall(r"\b[a-z]{2,}\b", line.split("…")[0]) for line in text.splitlines()]
    return [tuple(words) for words in lines if len(words) >= 4]


def told_of(script: Path) -> list[tuple[str, ...]]:
    """Sentences that the page of tutorials shows as printed by an example."""
    _, _, after = TUTORIALS.read_text(encoding="utf-8").partition(
        f"{{literalinclude}} ../examples/{script.name}"
    )
    block = re.search(r"It prints:\n\n```text\n(.*?)\n```", after, re.DOTALL)
    return said(block[1]) if block else []


def test_the_routine_ends_where_a_command_fails(tmp_path: Path) -> None:
    """The workbook is there already: the command says so, and nothing else is run."""
    (tmp_path / "week.xlsx").write_bytes(b"mine")
    command = [sys.executable, str(ROUTINE), "--out", str(tmp_path)]

    done = subprocess.run(command, capture_output=True, encoding="utf-8")

    assert done.returncode == 2
    assert "week.xlsx" in done.stderr
    assert done.stdout.count("$ shiftplan") == 1


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.name)
def test_the_example_is_short(script: Path) -> None:
    """One idea in at most 80 lines of at most 100 characters."""
    lines = script.read_text(encoding="utf-8").splitlines()

    assert len(lines) <= 80
    assert max(map(len, lines)) <= 100


def test_every_example_is_known_here() -> None:
    """A new example says here what it shows."""
    assert {s.name for s in SCRIPTS} == set(SHOWS)
