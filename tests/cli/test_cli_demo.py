"""`demo`: the bundled week, planned into a folder and shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import content, run
from test_docs_commands import fault_of

from shiftplan import read_roster, read_week
from shiftplan.cli import browser


def test_the_bundled_week_is_planned(tmp_path: Path) -> None:
    """The folder holds the week and its draft, and every command that is told of is valid."""
    done = run("demo", "--out", tmp_path / "first")

    assert done.exit_code == 0, done.output
    problem = read_week(tmp_path / "first" / "week")
    roster = read_roster(tmp_path / "first" / "roster.csv", of=problem)
    assert len(problem.volunteers) == 13
    assert len(roster) == 29  # one of 30 seats has nobody who can come
    lines = done.stdout.split("\n\n")[-1].splitlines()
    told = [line.partition(": shiftplan ")[2] for line in lines]
    assert [words.split()[0] for words in told] == ["plan", "serve"]
    assert [fault_of(words.split()) for words in told] == ["", ""]


def test_it_needs_no_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is made where one is."""
    monkeypatch.chdir(tmp_path)

    done = run("demo")

    assert done.exit_code == 0, done.output
    assert "report.html" in content(tmp_path / "shiftplan-demo")


def test_a_changed_week_is_kept(tmp_path: Path) -> None:
    """A second demo in the same folder plans the tables as somebody left them."""
    run("demo", "--out", tmp_path)
    people = tmp_path / "week" / "volunteers.csv"
    people.write_text(people.read_text("utf-8").replace("Trần Văn An", "Trần Văn Ân"), "utf-8")

    done = run("demo", "--out", tmp_path)

    assert done.exit_code == 0, done.output
    assert "Trần Văn Ân" in people.read_text("utf-8")
    assert "report.html" in content(tmp_path)


@pytest.mark.parametrize(
    ("options", "terminal", "display", "opens"),
    [
        ([], True, True, True),
        (["--no-browser"], True, True, False),
        ([], False, True, False),
        ([], True, False, False),
    ],
)
def test_the_report_opens_only_for_somebody_who_looks(
    options: list[str],
    terminal: bool,
    display: bool,
    opens: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In a terminal, with a display, unless `--no-browser` is given."""
    opened: list[str] = []
    monkeypatch.setattr(browser, "show", opened.append)
    monkeypatch.setattr(browser, "has_display", lambda: display)
    monkeypatch.setattr("shiftplan.cli.demo.is_terminal", lambda: terminal)

    assert run("demo", "--out", tmp_path / "a folder", *options).exit_code == 0

    report = (tmp_path / "a folder" / "report.html").as_uri()
    assert opened == ([report] if opens else [])
