"""Opening hours and standard needs that go with a week, as `new-week` and others write it anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import make_problem, run

from shiftplan import read_problem, write_week
from shiftplan.files.workbook.raw import opened
from shiftplan.present import write_workbook

HOURS = "days,start,end\nMon-Sun,9am,12pm\n2026-12-13,10:00,14:00\n2026-12-20,8:00,9:00\n"
NEEDS = "days,minimum,target\n,1,2\n2026-12-13,4,6\n"


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """A week with a row of opening hours for its Sunday, and one for the next Sunday."""
    folder = tmp_path / "week"
    write_week(make_problem(1, 2, 7, shifts=(), requirements=()), folder)
    (folder / "opening.csv").write_text(HOURS)
    (folder / "needs.csv").write_text(NEEDS)
    return folder


def roll(last: Path, out: Path, start: str, *more: object) -> str:
    done = run(
        "new-week", "--from", last, "--start", start, "--out", out, "--country", "none", *more
    )
    assert done.exit_code == 0, done.output
    return done.output


def test_rows_for_single_dates_are_not_carried_on(week: Path, tmp_path: Path) -> None:
    """The new week has its usual hours and its own dates, also two weeks later."""
    told = roll(week, tmp_path / "next", "2026-12-14")

    assert "because rows of Opening hours are for these dates only: Sun 13 Dec." in told
    assert "because rows of Standard needs are for these dates only: Sun 13 Dec." in told
    made = read_problem(tmp_path / "next")
    assert [f"{s.start:%d %H}-{s.end:%H}" for s in made.shifts][-2:] == ["19 09-12", "20 08-09"]
    assert {need.target for need in made.requirements} == {2}
    told = roll(tmp_path / "next", tmp_path / "third", "2026-12-21")
    assert "rows of Opening hours are for these dates only: Sun 20 Dec." in told
    assert {f"{s.start:%H}-{s.end:%H}" for s in read_problem(tmp_path / "third").shifts} == {
        "09-12"
    }


def test_dates_alone_are_carried_on_and_told(week: Path, tmp_path: Path) -> None:
    """Otherwise nothing would be left of the week."""
    (week / "opening.csv").write_text("days,start,end\n2026-12-12,8:00,9:00\n")
    told = roll(week, tmp_path / "next", "2026-12-14", "--lang", "vi")

    assert "Mọi dòng trong Giờ mở cửa đều ghi ngày cụ thể" in told
    assert {f"{s.start:%d}" for s in read_problem(tmp_path / "next").shifts} == {"19"}


def test_a_workbook_of_answers_keeps_what_makes_its_shifts(week: Path, tmp_path: Path) -> None:
    """As it is written; the shifts are not typed out, and people's own sheets are named."""
    (week / "days.csv").write_text("date,state,note\n2026-12-12,closed,Fire alarm\n")
    (tmp_path / "list.csv").write_text("Name,When can you come?\nv0,Monday morning\n")
    read = ("availability", tmp_path / "list.csv", "--week")
    book, again = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    assert run(*read, week, "--out", book).exit_code in (0, 6)
    with opened(book) as found:
        titles = found.values.sheetnames
        assert {"Opening hours", "Closed days"} <= {*titles}
        assert found.values["Opening hours"]["B2"].value == "9am"
    told = run(*read, book, "--out", again).output

    assert "colors and comments" not in told
    assert read_problem(again).shifts == read_problem(week).shifts
    assert len(read_problem(again).shifts) == 12


def test_own_sheets_and_numbers_of_phones_are_told(week: Path, tmp_path: Path) -> None:
    """A new workbook lacks the sheets, and has the phone as text that nobody warns of later."""
    from openpyxl import load_workbook

    write_workbook(read_problem(week), tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    book.create_sheet("Van rota")["A1"] = "Monday: Lee"
    sheet = book["Volunteers"]
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(2, titles.index("Phone") + 1, 7700900106)
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "list.csv").write_text("Name,When can you come?\nv0,Monday morning\n")
    options = ("--week", tmp_path / "a.xlsx", "--out", tmp_path / "b.xlsx")
    told = run("availability", tmp_path / "list.csv", *options).output

    assert "Your own sheets (Van rota), colors and comments of a.xlsx are not in it." in told
    assert "has lost any leading zero" in told
