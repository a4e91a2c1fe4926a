"""The command `shifts`: the tables of a week made from opening hours and standard needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import make_problem, run

from shiftplan import read_problem, read_week, write_week
from shiftplan.files import write_problem
from shiftplan.present import write_workbook

HOURS = "days,start,end,session\nT2-T3,7h,11h,am\n"
NEEDS = "where,minimum,target\n,1,2\nc0,2,3\n"


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A week of two centers without shifts; opening hours and needs lie beside it."""
    problem = make_problem(2, 2, 2, shifts=(), requirements=())
    write_week(problem, tmp_path / "week")
    (tmp_path / "opening.csv").write_text(HOURS)
    (tmp_path / "needs.csv").write_text(NEEDS)
    return tmp_path


def made(folder: Path, *options: object) -> str:
    """What the command says, with both files given."""
    files = ("--opening", folder / "opening.csv", "--needs", folder / "needs.csv")
    done = run("shifts", folder / "week", *files, *options)
    assert done.exit_code == 0, done.output
    return done.output


def test_both_tables_are_written_into_the_week(blank: Path) -> None:
    """Nothing else is touched, and the week reads as it was made."""
    before = (blank / "week" / "volunteers.csv").stat().st_mtime_ns
    told = made(blank)

    assert (
        "opening.csv: 4 shifts from 2026-12-07 to 2026-12-13 made from 1 row of opening "
        "hours\n    Rows in the table shifts take precedence.\n"
    ) in told.replace("Note: ", "")
    assert "4 requirements made from 2 rows of standard needs" in told
    assert (blank / "week" / "shifts.csv").read_text() == (
        "shift_id,center_id,date,start,end\n"
        "c0-1207-am,c0,2026-12-07,07:00,11:00\nc0-1208-am,c0,2026-12-08,07:00,11:00\n"
        "c1-1207-am,c1,2026-12-07,07:00,11:00\nc1-1208-am,c1,2026-12-08,07:00,11:00\n"
    )
    assert "c0-1207-am,,,2,3\n" in (blank / "week" / "requirements.csv").read_text()
    assert (blank / "week" / "volunteers.csv").stat().st_mtime_ns == before
    assert len(read_week(blank / "week").requirements) == 4


def test_rows_are_replaced_only_when_asked(blank: Path) -> None:
    """The second time it says how many there are, in both languages, and changes nothing."""
    made(blank)
    (blank / "opening.csv").write_text(HOURS.replace("T2-T3", "T2"))
    files = ("--opening", blank / "opening.csv", "--needs", blank / "needs.csv")

    done, told = (
        run("shifts", blank / "week", *files),
        run("shifts", blank / "week", *files, "--lang", "vi"),
    )
    assert (done.exit_code, told.exit_code) == (2, 2)
    assert "shifts.csv: the table shifts already has 4 rows" in done.output
    assert "requirements.csv: the table requirements already has 4 rows" in done.output
    assert "bảng shifts đã có 4 dòng" in told.output
    assert len(read_week(blank / "week").shifts) == 4

    made(blank, "--replace")
    assert len(read_week(blank / "week").shifts) == 2


def test_needs_alone_make_requirements_of_typed_shifts(tmp_path: Path) -> None:
    """The shifts stay as they are."""
    write_week(make_problem(2, 1, 1, requirements=()), tmp_path / "week")
    (tmp_path / "needs.csv").write_text("shifts,target\n07,1\n13,2\n")
    done = run("shifts", tmp_path / "week", "--needs", tmp_path / "needs.csv")

    assert done.exit_code == 0, done.output
    found = read_week(tmp_path / "week").requirements
    assert [(r.shift_id, r.target) for r in found] == [("c0-1207-07", 1), ("c0-1207-13", 2)]


@pytest.mark.parametrize("name", ["other", "other.json", "other.xlsx"])
def test_another_week_is_written(blank: Path, name: str) -> None:
    """As a folder, JSON or a workbook; the first stays blank, and the other is not overwritten."""
    made(blank, "--out", blank / name)

    assert len(read_problem(blank / name).shifts) == 4
    assert read_week(blank / "week").shifts == ()
    files = ("--opening", blank / "opening.csv", "--out", blank / name)
    assert "--replace overwrites it" in run("shifts", blank / "week", *files).output
    assert run("shifts", blank / "week", *files, "--replace").exit_code == 0


def test_a_workbook_is_never_changed(tmp_path: Path) -> None:
    """It needs a place for the week; then its shifts count as blank where hours are given."""
    book, hours = tmp_path / "week.xlsx", tmp_path / "opening.csv"
    write_workbook(make_problem(2, 1, 1), book)
    hours.write_text("days,start,end,session\nmon,07:00,11:00,07\nmon,13:00,17:00,13\n")
    before = book.read_bytes()

    refused = run("shifts", book, "--opening", hours)
    assert refused.exit_code == 2
    assert "because a workbook is never changed" in refused.output
    done = run("shifts", book, "--opening", hours, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert book.read_bytes() == before
    assert read_week(tmp_path / "out").shifts == make_problem(2, 1, 1).shifts


def test_nothing_to_make_from_is_told(tmp_path: Path) -> None:
    """Neither table, or a week in JSON."""
    write_week(make_problem(2, 1, 1), tmp_path / "week")
    write_problem(make_problem(2, 1, 1), tmp_path / "week.json")

    done = run("shifts", tmp_path / "week")
    assert (done.exit_code, "neither opening hours nor standard needs" in done.output) == (2, True)
    done = run("shifts", tmp_path / "week.json", "--out", tmp_path / "o")
    assert (done.exit_code, "a folder or a workbook" in done.output) == (2, True)
    assert not (tmp_path / "o").exists()


def test_faults_write_nothing(blank: Path) -> None:
    """Also of the week itself: requirements of shifts that are gone."""
    (blank / "week" / "requirements.csv").write_text("shift_id,target\nold,1\n")
    before = sorted((p, p.read_bytes()) for p in (blank / "week").iterdir())
    done = run("shifts", blank / "week", "--opening", blank / "opening.csv")

    assert done.exit_code == 2
    assert "requirements.csv, row 2, column shift_id: 'old'" in done.output
    assert sorted((p, p.read_bytes()) for p in (blank / "week").iterdir()) == before


def test_a_file_given_replaces_only_what_it_makes(blank: Path) -> None:
    """Beside opening hours of the week, `--needs` leaves its shifts; nothing is made twice."""
    made(blank)
    before = (blank / "week" / "shifts.csv").read_bytes()
    (blank / "week" / "opening.csv").write_text("start,end\n05:00,06:00\n")
    (blank / "needs.csv").write_text("target\n9\n")
    done = run("shifts", blank / "week", "--needs", blank / "needs.csv", "--replace")

    assert done.exit_code == 0, done.output
    assert (blank / "week" / "shifts.csv").read_bytes() == before
    assert {r.target for r in read_week(blank / "week").requirements} == {9}


def test_shared_opening_hours_are_used(tmp_path: Path) -> None:
    """Of a week that already has shifts they make new ones only when asked."""
    week = tmp_path / "province" / "2026-12-07"
    write_week(make_problem(2, 1, 1, requirements=()), week)
    (week.parent / "opening.csv").write_text(HOURS)
    (week.parent / "needs.csv").write_text("target\n4\n")

    assert run("shifts", week).exit_code == 2
    done = run("shifts", week, "--replace")
    assert done.exit_code == 0, done.output
    assert "../opening.csv: this shared table is used" in done.output
    assert [s.shift_id for s in read_week(week).shifts] == ["c0-1207-am", "c0-1208-am"]
    assert [r.target for r in read_week(week).requirements] == [4, 4]
