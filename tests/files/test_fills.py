"""Cells of a grid that are coloured instead of marked: asked about; stripes and shades are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from books import faults_of, saved
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import GradientFill, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet
from weeks import read, replaced

from shiftplan.errors import Fault
from shiftplan.files import read_workbook
from shiftplan.files.workbook.fills import coloured_by_hand
from shiftplan.present import write_workbook
from shiftplan.present.faults import fault_text

GRID = "Availability grid"
GREEN = PatternFill("solid", fgColor="92D050")
GREY = PatternFill("solid", fgColor="EEEEEE")


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    """A grid of ten sessions (D to M) and six people (rows 4 to 9), without any mark."""
    people = "volunteer_id,name,home_center_id,group,skill.portal,max_shifts,show_rate\n"
    people += "".join(f"A{i},Person {i},00430,official,3,4,1\n" for i in range(1, 7))
    days = [dt.date(2026, 12, 7) + dt.timedelta(i) for i in range(5)]
    windows = [f"A1,{day},{t},available\n" for day in days for t in ("07:00,11:00", "13:00,17:00")]
    text = "volunteer_id,date,start,end,state\n" + "".join(windows)
    write_workbook(read(tmp_path, volunteers=people, availability=text), tmp_path / "own.xlsx")
    book = load_workbook(tmp_path / "own.xlsx")
    for row in book[GRID]["D4:M9"]:
        for cell in row:
            cell.value = None
    return book


def fill(sheet: Worksheet, cells: str, how: object = GREEN) -> None:
    found = sheet[cells]
    for row in found if isinstance(found, tuple) else ((found,),):
        for cell in row:
            cell.fill = how


def colour_notes(path: Path) -> list[Fault]:
    notes: list[Fault] = []
    read_workbook(path, on_note=notes.append)
    return [note for note in notes if note.code == "colored_cells"]


def test_colours_instead_of_marks_are_a_fault(book: Workbook, tmp_path: Path) -> None:
    """An office colours the cells: nobody would come, and nobody would know why."""
    for cells in ("D4", "F4:G4", "E5", "M9", "D7:E7"):
        fill(book[GRID], cells)
    (fault,) = faults_of(saved(book, tmp_path))

    assert (fault.code, fault.sheet, fault.cell) == ("colored_cells", GRID, "D4")
    assert fault_text(fault) == (
        "week.xlsx, sheet Availability grid, cell D4: 7 cells are colored but hold no mark (D4, "
        "F4, G4, E5, D7, E7, M9); colors are not read. Write x where a color means “can come”."
    )
    assert "7 ô được tô màu nhưng không có dấu (D4, F4" in fault_text(fault, "vi")


def test_colours_beside_marks_are_a_note(book: Workbook, tmp_path: Path) -> None:
    """One person uses colours, the others marks; a coloured cell with a mark is none."""
    grid = book[GRID]
    for cell in ("D4", "E5", "F6", "G7"):
        grid[cell] = "x"
    fill(grid, "D4")
    fill(grid, "D8:F8")
    (note,) = colour_notes(saved(book, tmp_path))

    assert note.cell == "D8"
    assert "3 cells are colored but hold no mark (D8, E8, F8)" in str(note.message)


def test_windows_in_the_table_make_colours_a_note(book: Workbook, tmp_path: Path) -> None:
    """The grid is not the only place that tells who can come."""
    book["Availability"].append(["A1", "2026-12-07", "07:00", "11:00", "available"])
    fill(book[GRID], "D4:E4")

    assert len(colour_notes(saved(book, tmp_path))) == 1


def stripes(sheet: Worksheet) -> None:
    for row in (5, 7, 9):
        fill(sheet, f"A{row}:M{row}", GREY)


def stripes_without_names(sheet: Worksheet) -> None:
    for row in (4, 6, 8):
        fill(sheet, f"D{row}:M{row}", GREY)


def weekend(sheet: Worksheet) -> None:
    fill(sheet, "L4:M9", GREY)


def whole(sheet: Worksheet) -> None:
    fill(sheet, "D4:M9", GREY)


def teams(sheet: Worksheet) -> None:
    fill(sheet, "A4:M5", GREEN)
    fill(sheet, "A6:M9", GREY)


def white(sheet: Worksheet) -> None:
    fill(sheet, "D4:F5", PatternFill("solid", fgColor="FFFFFF"))
    fill(sheet, "D6:F6", PatternFill("solid", fgColor=Color(theme=0)))
    fill(sheet, "D7:F7", PatternFill("solid", fgColor=Color(indexed=9)))


def elsewhere(sheet: Worksheet) -> None:
    fill(sheet, "A4:C4")
    fill(sheet, "N4:P9")
    fill(sheet, "D11:M14")


BACKGROUNDS = (stripes, stripes_without_names, weekend, whole, teams, white, elsewhere)


@pytest.mark.parametrize("paint", BACKGROUNDS)
def test_a_background_is_not_asked_about(
    book: Workbook, tmp_path: Path, paint: Callable[[Worksheet], None]
) -> None:
    """Stripes, a shaded weekend, colours of teams, white, and colours beside the grid."""
    book[GRID]["D4"] = "x"
    paint(book[GRID])

    assert colour_notes(saved(book, tmp_path)) == []


@pytest.mark.parametrize("paint", [stripes, stripes_without_names, weekend, whole])
def test_colours_upon_a_background_are_seen(
    book: Workbook, tmp_path: Path, paint: Callable[[Worksheet], None]
) -> None:
    """The green cells stand out from stripes and shades."""
    book[GRID]["D4"] = "x"
    paint(book[GRID])
    fill(book[GRID], "E5")
    fill(book[GRID], "F8:G8")
    (note,) = colour_notes(saved(book, tmp_path))

    assert "3 cells" in str(note.message)
    assert "(E5, F8, G8)" in str(note.message)


@pytest.mark.parametrize(
    "how",
    [
        PatternFill("lightUp", fgColor="92D050"),
        GradientFill(stop=("92D050", "FFFFFF")),
        PatternFill("solid", fgColor=Color(theme=0, tint=-0.25)),
        PatternFill("solid", fgColor=Color(indexed=3)),
    ],
)
def test_any_kind_of_fill_is_seen(book: Workbook, tmp_path: Path, how: object) -> None:
    """Patterns, gradients, grey as a shade of white, and the colours of old programs."""
    fill(book[GRID], "E5", how)

    assert [fault.cell for fault in faults_of(saved(book, tmp_path))] == ["E5"]


def test_one_person_who_colours_a_row_is_asked(book: Workbook, tmp_path: Path) -> None:
    """A row from end to end is no stripe where the others are not coloured in turn."""
    book[GRID]["D4"] = "x"
    fill(book[GRID], "D6:M6")

    assert len(colour_notes(saved(book, tmp_path))) == 1


def test_a_mark_that_is_refused_is_no_lack_of_marks(book: Workbook, tmp_path: Path) -> None:
    """Its fault comes first; of the colours there is only a note then, which is not shown."""
    book[GRID]["D4"] = "?"
    fill(book[GRID], "E5")

    assert [fault.code for fault in faults_of(saved(book, tmp_path))] == ["not_one_of"]


CELLS = st.sets(st.tuples(st.integers(4, 9), st.sampled_from("DEFGHIJ")), max_size=20)


@given(CELLS)
def test_cells_of_one_colour_are_all_found_or_none(cells: set[tuple[int, str]]) -> None:
    """On white, whatever is coloured is asked about, unless it is a stripe, a shade or nothing."""
    fills: dict[int, dict[str, str]] = {}
    for number, column in cells:
        fills.setdefault(number, {})[column] = "green"
    rows, columns = list(range(4, 10)), list("DEFGHIJ")
    shaded = {c for c in columns if all((r, c) in cells for r in rows)}

    found = set(coloured_by_hand(fills, rows, columns, "AB", 3))

    rest = {(r, c) for r, c in cells if c not in shaded}
    full = {r for r in rows if all((r, c) in cells for c in columns if c not in shaded)}
    is_striped = full and all((r in full) == (r + 2 in full) for r in rows[:-2])
    assert found == ({(r, c) for r, c in rest if r not in full} if is_striped else rest)


def test_a_week_as_written_has_no_colours(tmp_path: Path) -> None:
    """The template's own looks are conditional formats, heads and examples."""
    write_workbook(read(tmp_path, **replaced("volunteers", "An", "Ân")), tmp_path / "own.xlsx")

    assert colour_notes(tmp_path / "own.xlsx") == []
