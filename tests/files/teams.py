"""A part of the An Giang week, split into workbooks of teams, and what leaders do to them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from shiftplan import Problem, Roster
from shiftplan.files import read_week
from shiftplan.files.gathering import ordered

AN_GIANG = Path(__file__).resolve().parents[2] / "examples" / "data" / "an_giang"
PEOPLE, GRID = "Volunteers", "Availability grid"
YELLOW = PatternFill("solid", fgColor="FFFF00")


@cache
def province(centers: int) -> Problem:
    """The first centers of An Giang with their people and shifts, in the order of their ids."""
    week = read_week(AN_GIANG)
    known = {center.center_id for center in week.centers[:centers]}
    people = {v.volunteer_id for v in week.volunteers if v.home_center_id in known}
    shifts = {s.shift_id for s in week.shifts if s.center_id in known}
    kept: dict[str, Any] = dict(week)
    for table in ("centers", "shifts", "demand"):
        kept[table] = tuple(row for row in kept[table] if row.center_id in known)
    for table in ("volunteers", "availability", "history"):
        kept[table] = tuple(row for row in kept[table] if row.volunteer_id in people)
    kept["requirements"] = tuple(r for r in kept["requirements"] if r.shift_id in shifts)
    return ordered(Problem(**kept))


def some_roster(problem: Problem) -> Roster:
    """A roster that puts two people of a center into each of its shifts, as far as they can."""
    pairs = []
    for shift in problem.shifts:
        able = [
            w.volunteer_id
            for w in problem.availability
            if w.start <= shift.start
            and shift.end <= w.end
            and problem.volunteer_by_id[w.volunteer_id].home_center_id == shift.center_id
        ]
        pairs += [(shift.shift_id, who) for who in able[:2]]
    return Roster.of(pairs)


def file_of(folder: Path, center_id: str) -> Path:
    """The workbook of a center."""
    (file,) = folder.glob(f"{center_id} [!(]*.xlsx")
    return file


def edit(file: Path, change: Callable[[Any], None]) -> None:
    """Change a workbook in place, as somebody who has it open does."""
    book = load_workbook(file)
    change(book)
    book.save(file)


def add_person(file: Path, values: dict[str, object]) -> None:
    """Add a row below the people of a workbook; values by the heading of their column."""

    def add(book: Any) -> None:
        sheet = book[PEOPLE]
        titles = [cell.value for cell in sheet[1]]
        row = sheet.max_row + 1
        for title, value in values.items():
            if title not in titles:
                titles.append(title)
                sheet.cell(1, len(titles)).value = title
            sheet.cell(row, titles.index(title) + 1).value = value

    edit(file, add)


def person_in(file: Path, number: int) -> dict[str, object]:
    """A row of the people of a workbook, by heading."""
    sheet = load_workbook(file)[PEOPLE]
    return {cell.value: sheet.cell(number + 1, cell.column).value for cell in sheet[1]}


def color_marks(file: Path) -> None:
    """Color the cells of a grid that have marks, and take the marks away."""

    def color(book: Any) -> None:
        for row in book[GRID].iter_rows(min_row=4, min_col=4):
            for cell in row:
                if cell.value is not None:
                    cell.value, cell.fill = None, YELLOW

    edit(file, color)
