"""What offices do by hand: marks and colours in grids, hours that miss, lists of names.

Each is a file as an office has it, and what its coordinator reads, in English and Vietnamese.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import run
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from shiftplan.files import read_roster, read_workbook
from shiftplan.present import write_workbook
from shiftplan.problem import Problem

MONDAY = dt.datetime(2026, 12, 7)
GRID = {"en": "Availability grid", "vi": "Bảng đăng ký"}
LANGUAGES = ("en", "vi")


def at(day: int, hour: float) -> dt.datetime:
    return MONDAY + dt.timedelta(days=day, hours=hour)


def bank() -> Problem:
    """A food bank: two sites, five days of two shifts, 110 seats, twelve people free all week."""
    shifts = [
        {"shift_id": f"{site}{day}{hour}", "center_id": site}
        | {"start": at(day, hour), "end": at(day, hour + 4)}
        for site in ("MAIN", "NORTH")
        for day in range(5)
        for hour in (7, 13)
    ]
    people = [
        {"volunteer_id": f"V{i:02}", "name": f"Nguyễn Văn {chr(65 + i)}", "home_center_id": "MAIN"}
        for i in range(12)
    ]
    windows = [
        {"volunteer_id": person["volunteer_id"], "start": at(day, hour), "end": at(day, hour + 4)}
        for person in people
        for day in range(5)
        for hour in (7, 13)
    ]
    needs = [
        {"shift_id": s["shift_id"], "minimum": 1, "target": 6 if s["center_id"] == "MAIN" else 5}
        for s in shifts
    ]
    rules = [{"rule": "coverage", "level": 1}, {"rule": "one_place"}]
    rules.append({"rule": "fairness", "level": 2})
    sites = [
        {"center_id": "MAIN", "name": "Kho chính"},
        {"center_id": "NORTH", "name": "Kho Bắc"},
    ]
    return Problem.model_validate(
        {
            "horizon": {"start": MONDAY.date(), "days": 7},
            "centers": sites,
            "volunteers": people,
            "shifts": shifts,
            "availability": windows,
            "requirements": needs,
            "rules": rules,
        }
    )


class Office:
    """A folder with the food bank as a workbook, and what `plan` and others say of it."""

    def __init__(self, folder: Path, lang: str) -> None:
        self.folder, self.lang, self.week = folder, lang, folder / "week.xlsx"
        write_workbook(bank(), self.week, lang)
        self.book = load_workbook(self.week)
        self.grid = self.book[GRID[lang]]

    def people(self) -> Iterator[Any]:
        """Cells of people in sessions."""
        for row in self.grid["D4:M15"]:
            yield from row

    def plan(self) -> Any:
        self.book.save(self.week)
        place = ("--out", self.folder / "out", "--time-limit", 5, "--workers", 1)
        return run("plan", self.week, *place, "--lang", self.lang)

    def says(self, done: Any, english: str, vietnamese: str) -> None:
        text = " ".join((done.stderr + done.stdout).split())
        assert {"en": english, "vi": vietnamese}[self.lang] in text, text


@pytest.fixture(params=LANGUAGES)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    return Office(tmp_path, request.param)


def test_marks_of_their_own_are_read_and_listed(office: Office) -> None:
    """✓ v có 1 OK in the grid; it was 87 faults, one by one."""
    before = read_workbook(office.week)
    marks = ["✓", "v", "có", "1", "OK"]
    for i, cell in enumerate(office.people()):
        cell.value = marks[i % 5]
    done = office.plan()

    assert done.exit_code == 0, done.output
    assert read_workbook(office.week) == before
    office.says(
        done,
        "cell D4: read as x (available): ✓ (24), v (24), có (24), 1 (24), OK (24)",
        "ô D4: được đọc là x (được): ✓ (24), v (24), có (24), 1 (24), OK (24)",
    )


def test_colours_instead_of_marks_are_asked_about(office: Office) -> None:
    """It was exit 0, 0 of 110 seats, "the best roster"."""
    for i, cell in enumerate(office.people()):
        cell.value = None
        if i % 4 == 0:
            cell.fill = PatternFill("solid", fgColor="92D050")
    done = office.plan()

    assert done.exit_code == 2
    assert not (office.folder / "out" / "roster.csv").exists()
    office.says(
        done,
        "30 cells are colored but hold no mark (D4, H4, L4, F5, J5, D6, H6, L6, ... and 22 more); "
        "colors are not read. Write x where a color means “can come”.",
        "30 ô được tô màu nhưng không có dấu (D4, H4, L4, F5, J5, D6, H6, L6, ... và 22 nữa); "
        "chương trình không đọc màu. Hãy ghi x",
    )


def test_hours_that_never_meet_the_shifts_are_told_first(office: Office) -> None:
    """A grid of 07:30-11:00 and 13:30-17:00: it was exit 0, 0 of 110 seats."""
    for cell in office.grid[2][3:13]:
        cell.value = dt.time(cell.value.hour, 30)
    done = office.plan()

    assert done.exit_code == 2
    assert not (office.folder / "out" / "roster.csv").exists()
    office.says(
        done,
        "cell D2: '07:30': none of the 12 volunteers can come to any shift (12 offered less than a "
        "whole shift, such as 07:30–11:00 for the shift 07:00–11:00: 30 minutes missing).",
        "ô D2: '07:30': không ai trong 12 tình nguyện viên đến được ca nào (12 người đăng ký không "
        "trọn ca, ví dụ 07:30–11:00 trong khi ca là 07:00–11:00: thiếu 30 phút).",
    )


def test_a_grid_in_which_nobody_marked_anything_is_told_first(office: Office) -> None:
    """Nobody can come to anything."""
    for cell in office.people():
        cell.value = None
    done = office.plan()

    assert done.exit_code == 2
    office.says(
        done,
        "none of the 12 volunteers can come to any shift (12 offered no time). Enter when people",
        "không ai trong 12 tình nguyện viên đến được ca nào (12 người không đăng ký giờ nào). Hãy",
    )


def test_most_who_cannot_come_are_told_with_the_roster(office: Office) -> None:
    """Below the first line of the summary too."""
    for row in office.grid["D4:M12"]:
        for cell in row:
            cell.value = None
    done = office.plan()

    assert done.exit_code == 0, done.output
    english = "9 of 12 volunteers cannot come to any shift (9 offered no time)"
    vietnamese = "9 trong 12 tình nguyện viên không đến được ca nào (9 người không đăng ký giờ nào)"
    office.says(done, english, vietnamese)
    said = {"en": english, "vi": vietnamese}[office.lang]
    assert said in done.stderr.splitlines()[0]
    assert f"{said}." in " ".join(done.stdout.split())


def test_the_edited_roster_is_checked_and_repaired(office: Office) -> None:
    """roster.xlsx itself, with a person exchanged by name, and who is absent as xlsx by name."""
    assert office.plan().exit_code == 0
    out = office.folder / "out"
    planned = read_roster(out / "roster.csv")
    book = load_workbook(out / "roster.xlsx")
    sheet = book["Roster" if office.lang == "en" else "Danh sách phân công"]
    rows = [[cell.value for cell in row] for row in sheet["A4:H113"]]
    others = {"MAIN07", "NORTH07"}
    busy = {row[7] for row in rows if row[6] in others}
    free = min({f"V{i:02}" for i in range(12)} - busy)
    gone = rows[0][7]
    sheet["E4"], sheet["H4"] = f"Nguyễn Văn {chr(65 + int(free[1:]))}", None
    book.save(out / "roster.xlsx")
    absent = Workbook()
    absent.active.append(["Họ và tên" if office.lang == "vi" else "Name", "Ngày"][:1])
    absent.active.append(["nguyen van c"])
    absent.save(office.folder / "absent.xlsx")

    checked = run("check", office.week, out / "roster.xlsx", "--lang", office.lang)
    options = ("--absent", office.folder / "absent.xlsx", "--out", office.folder / "late")
    options += ("--time-limit", 5, "--workers", 1, "--lang", office.lang)
    repaired = run("repair", office.week, out / "roster.xlsx", *options)

    edited = read_roster(out / "roster.xlsx", of=bank())
    assert set(edited.assignments) ^ set(planned.assignments) == {
        (rows[0][6], gone),
        (rows[0][6], free),
    }
    assert checked.exit_code == 0, checked.output
    office.says(checked, f"read as {free}, Nguyễn Văn", f"được đọc là {free} (Nguyễn Văn")
    assert repaired.exit_code == 0, repaired.output
    assert "V02" not in read_roster(office.folder / "late" / "roster.csv").shifts_of
    office.says(repaired, "'nguyen van c': read as V02", "'nguyen van c': được đọc là V02")
