"""Commands that are given a place where nothing can be say so, and write nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import make_problem, run

from shiftplan import write_week

LONG = "x" * 300
ODD = [LONG, f"{LONG}/x", "file/x", "file/x/y"]
START = ("--start", "2026-12-14")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the process: with a week, a file, and a link that leads to itself."""
    write_week(make_problem(2, 1, 1), tmp_path / "week")
    (tmp_path / "file").write_bytes(b"")
    hours = "days,start,end,session\nmon,07:00,11:00,07\nmon,13:00,17:00,13\n"
    (tmp_path / "opening.csv").write_text(hours)
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check_refused(home: Path, *command: object) -> str:
    """The command ends as one with bad input, in both languages, and leaves all as it was."""
    before = sorted(home.rglob("*"))

    done, told = run(*command), run(*command, "--lang", "vi")

    assert (done.exit_code, told.exit_code) == (2, 2), done.exception
    assert sorted(home.rglob("*")) == before
    assert told.stderr
    assert told.stderr != done.stderr
    return done.stderr


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize(
    "command",
    [
        ("template", "--out", "{}.xlsx"),
        ("template", "--replace", "--out", "{}.xlsx"),
        ("anonymize", "week", "--out", "{}"),
        ("anonymize", "week", "--out", "new", "--key", "{}"),
        ("new-week", "--from", "week", *START, "--out", "{}"),
        ("new-week", "--from", "week", *START, "--out", "{}.json"),
        ("gather", "week", "--out", "{}"),
        ("split", "week", "--out", "{}"),
        ("shifts", "week", "--opening", "opening.csv", "--out", "{}"),
        ("shifts", "week", "--opening", "opening.csv", "--out", "{}.json"),
    ],
    ids=" ".join,
)
def test_nothing_is_written_where_nothing_can_be(
    home: Path, command: tuple[str, ...], name: str
) -> None:
    """A name that is too long, and one below a file, are told with what the system says."""
    told = check_refused(home, *(word.format(name) for word in command))

    reasons = ["File exists", "Not a directory"] if "file" in name else ["File name too long"]
    assert any(f"cannot be written: {reason}\n" in told for reason in reasons)


@pytest.mark.parametrize("name", [*ODD, "file", "ring"])
@pytest.mark.parametrize(
    "command",
    [
        ("template", "--out", "new.xlsx", "--week"),
        ("anonymize", "--out", "new"),
        ("new-week", *START, "--from"),
        ("split", "--out", "new"),
        ("shifts", "--opening", "opening.csv"),
    ],
    ids=" ".join,
)
def test_no_week_is_read_where_none_can_be(home: Path, command: tuple[str, ...], name: str) -> None:
    """The same of the week that a command begins with, and of links in a ring."""
    assert "a planning week is a folder of CSV files" in check_refused(home, *command, name)
