"""The command `template`, and workbooks as the week of other commands."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from commands import content, make_problem, run, run_process
from files.opened_weeks import week as opened_week
from openpyxl import load_workbook

from shiftplan import read_roster, write_week
from shiftplan.files import read_problem, read_workbook, workbook
from shiftplan.files.opening_csv import own_hours
from shiftplan.present import write_workbook
from shiftplan.present.outputs import WORKBOOK
from shiftplan.present.words import Words


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two people, one center, one day, as a workbook."""
    path = tmp_path / "week.xlsx"
    write_workbook(make_problem(2, 1, 1), path)
    return path


def changed(path: Path, sheet: str, **cells: Any) -> Path:
    """Change some cells of a workbook."""
    book = load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell].value = value
    book.save(path)
    return path


@pytest.mark.parametrize(("lang", "title"), [("en", "Availability grid"), ("vi", "Bảng đăng ký")])
def test_template_makes_a_workbook(tmp_path: Path, lang: str, title: str) -> None:
    """The workbook has the days asked for, help first, lists, and headings that explain."""
    path = tmp_path / "new" / "week.xlsx"
    done = run("template", "--out", path, "--lang", lang, "--start", "2026-12-14")

    assert done.exit_code == 0, done.output
    assert str(path) in done.stdout
    book = load_workbook(path)
    grid = book[title]
    assert grid["D1"].value.date() == dt.date(2026, 12, 14)
    assert grid.freeze_panes == "D4"
    assert all(s.page_setup.orientation == "landscape" for s in book.worksheets)
    assert all(s.page_setup.paperSize == 9 and s.print_area for s in book.worksheets)
    tables = [s for s in book.worksheets[1:] if s.title != title]
    assert all(s["A1"].comment is not None for s in tables)
    assert sum(len(s.data_validations.dataValidation) for s in tables) > 15


def test_template_tells_where_its_week_is(tmp_path: Path) -> None:
    """Who works elsewhere would get a time zone and holidays that nobody mentioned."""
    out = tmp_path / "a.xlsx"
    usual = run("template", "--out", out, "--kind", "food-bank").output
    world = run("template", "--out", out, "--profile", "world", "--replace", "--lang", "vi").output

    assert "time zone Asia/Ho_Chi_Minh" in usual
    assert "--profile world." in usual
    assert "Hãy ghi múi giờ và quốc gia của bạn ở trang Tuần; hiện là UTC" in world


def test_template_is_made_of_a_week(tmp_path: Path) -> None:
    """With --week the workbook holds that week."""
    problem = make_problem(3, 2, 2)
    write_week(problem, tmp_path / "week")
    done = run("template", "--out", tmp_path / "week.xlsx", "--week", tmp_path / "week")

    assert done.exit_code == 0, done.output
    assert read_workbook(tmp_path / "week.xlsx") == problem


def test_template_keeps_what_makes_the_shifts_of_its_week(tmp_path: Path) -> None:
    """Opening hours, standard needs and closed days come along; shifts stay made of them."""
    closed = "date,weekdays,state,where\n2026-12-07,,closed,00430\n"
    folder = opened_week(tmp_path, days=closed)
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    run("template", "--week", folder, "--out", first)
    done = run("template", "--week", first, "--out", second)

    assert done.exit_code == 0, done.output
    for path in (first, second):
        kept = {table: rows for table, (_, rows) in own_hours(path).items()}
        assert [kept[table] for table in ("shifts", "requirements")] == [[], []]
        assert [len(kept[table]) for table in ("opening", "needs", "days")] == [2, 2, 1]
        assert read_workbook(path) == read_problem(folder)


def test_template_names_sheets_that_it_leaves_behind(book: Path, tmp_path: Path) -> None:
    """A sheet of somebody's own is not in the new workbook, and the command says so."""
    own = load_workbook(book)
    own.create_sheet("My notes")
    own.save(book)
    done = run("template", "--week", book, "--out", tmp_path / "other.xlsx")

    assert done.exit_code == 0, done.output
    assert "My notes" in done.stderr


def test_template_replaces_nothing_unasked(book: Path) -> None:
    """A workbook that somebody filled in is not overwritten, unless that is asked for."""
    before = book.read_bytes()

    assert run("template", "--out", book).exit_code == 2
    assert book.read_bytes() == before
    assert run("template", "--out", book, "--replace").exit_code == 0
    assert book.read_bytes() != before


def test_template_wants_the_right_ending(tmp_path: Path) -> None:
    """Another ending would make a file that no program opens."""
    assert run("template", "--out", tmp_path / "week.csv").exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_plan_reads_a_workbook(book: Path, tmp_path: Path) -> None:
    """The plan of a workbook is written as that of a folder, with a workbook of the roster."""
    done = run("plan", book, "--out", tmp_path / "out")

    assert done.exit_code == 0, done.output
    written = {"roster.csv", "reserves.csv", "result.json", "roster.xlsx"}
    assert written <= set(content(tmp_path / "out"))
    assert str(tmp_path / "out" / "roster.xlsx") in done.stdout


def test_faults_are_listed_and_marked(book: Path, tmp_path: Path) -> None:
    """Exit code 2; a line for each fault on standard error; a copy in which all are marked."""
    changed(book, "Shifts", B2="c9", D3="later")
    done = run_process("plan", book, "--out", tmp_path / "out")

    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert lines[0] == "2 faults in the input:"
    assert lines[1].startswith("  week.xlsx, sheet Shifts, cell B2: 'c9'")
    assert lines[2].startswith("  week.xlsx, sheet Shifts, cell D3: 'later'")
    copy = tmp_path / "out" / "week.faults.xlsx"
    assert lines[3:] == [f"Every fault is marked in a copy of the workbook: {copy}"]
    marked = load_workbook(copy)
    assert [marked["Faults"][f"A{row}"].value for row in (2, 3)] == ["Shifts, B2", "Shifts, D3"]
    for cell in ("B2", "D3"):
        assert marked["Shifts"][cell].comment is not None
        assert marked["Shifts"][cell].fill.patternType == "gray125"
    assert marked["Shifts"]["B3"].comment is None


def test_the_marked_copy_can_be_mended(book: Path, tmp_path: Path) -> None:
    """The copy with its marks and its list is a week again once the faults are mended."""
    expected = read_workbook(book)
    changed(book, "Shifts", B2="c9")
    run("plan", book, "--out", tmp_path)
    copy = changed(tmp_path / "week.faults.xlsx", "Shifts", B2="c0")

    assert read_workbook(copy) == expected


def test_other_commands_mark_beside_the_workbook(book: Path, tmp_path: Path) -> None:
    """Without a folder for output the copy stands beside the workbook."""
    changed(book, "Shifts", B2="c9")
    roster = tmp_path / "roster.csv"
    roster.write_text("shift_id,volunteer_id\n", encoding="utf-8")
    done = run("check", book, roster, "--lang", "vi")

    assert done.exit_code == 2
    assert "Dữ liệu đầu vào có 1 lỗi:" in done.stderr
    assert "Lỗi" in load_workbook(tmp_path / "week.faults.xlsx").sheetnames


@pytest.mark.parametrize(
    "command", [("anonymize",), ("new-week", "--start", "2026-12-14", "--from")]
)
def test_faults_are_marked_in_the_language_asked_for(
    book: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """The marked copy and the line that names it are as Vietnamese as the faults."""
    changed(book, "Shifts", B2="c9")
    done = run(*command, book, "--out", tmp_path / "out", "--lang", "vi")

    assert done.exit_code == 2
    assert Words("vi")("workbooks.faults_marked", copy=tmp_path / "week.faults.xlsx") in done.stderr
    assert "Lỗi" in load_workbook(tmp_path / "week.faults.xlsx").sheetnames


def test_plan_does_without_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without openpyxl a folder is planned as before; a workbook is refused with the remedy."""
    write_week(make_problem(2, 1, 1), tmp_path / "week")
    (tmp_path / "week.xlsx").write_bytes(b"PK\x03\x04")
    monkeypatch.setattr(workbook, "find_spec", lambda name: None)
    planned = run("plan", tmp_path / "week", "--out", tmp_path / "out")
    refused = run("plan", tmp_path / "week.xlsx", "--out", tmp_path / "out")
    template = run("template", "--out", tmp_path / "new.xlsx")

    assert planned.exit_code == 0
    assert not (tmp_path / "out" / WORKBOOK).exists()
    assert json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert (refused.exit_code, template.exit_code) == (2, 2)
    assert "PLACE[excel]" in refused.stderr
    assert "PLACE[excel]" in template.stderr
    assert len(read_roster(tmp_path / "out" / "roster.csv")) == 4
