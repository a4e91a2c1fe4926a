"""A new text for a cell of a workbook leaves everything else in it as it was."""

from __future__ import annotations

import datetime as dt
import zipfile
from xml.etree import ElementTree

import pytest
from files.mended import COMMUNE, book_of, mend_cell, mended, parts
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

import shiftplan as sp
from shiftplan.errors import InputError
from shiftplan.files import write_problem
from shiftplan.files.mending import (
    copy_of,
    is_mended,
    rows_of_table,
)
from shiftplan.files.mending.cell_places import CellPlace, find_cell

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def test_only_the_sheet_of_the_cell_changes(tmp_path):
    """Of a whole week as a workbook, all other parts stay byte for byte, and the copy all parts."""
    file = tmp_path / "w.xlsx"
    write_problem(sp.read_week(COMMUNE), file)
    before = parts(file)

    mend_cell(file, CellPlace("Shifts", 3, 1), "thứ hai & <b>", "mon-pm")

    after = parts(file)
    assert list(after) == list(before)
    (changed,) = (name for name in before if before[name] != after[name])
    old, new = before[changed], after[changed]
    cell = find_cell(old, 3, 1)
    assert new[: cell.start] == old[: cell.start]
    assert new.endswith(old[cell.end :])
    assert rows_of_table(file, "Shifts")[3][0] == "thứ hai & <b>"
    assert parts(copy_of(file)) == before


def test_formats_comments_and_own_sheets_stay(tmp_path):
    """A mended cell keeps its font and its comment; sheets of people's own are not touched."""
    file = book_of(tmp_path)

    mended(file, 2, 1, "x")
    sheet = mended(file, 3, 1, "y")

    assert (sheet["A2"].value, sheet["A2"].font.b) == ("x", True)
    assert (sheet["A3"].value, sheet["A3"].comment.text) == ("y", "mine")
    assert load_workbook(file)["my own notes"]["C9"].value == "keep"


@pytest.mark.parametrize(
    ("row", "column", "text", "value"),
    [
        (3, 3, "4", 4),
        (3, 3, "-2.5", -2.5),
        (3, 3, "007", "007"),
        (3, 3, "1.234", "1.234"),  # perhaps a thousand: its reader asks
        (3, 3, "1,5", "1,5"),
        (3, 3, "1" * 16, "1" * 16),
        (3, 3, "1e5", "1e5"),
        (3, 3, "=1+1", "=1+1"),
        (3, 3, " two  blanks ", " two  blanks "),
        (3, 3, "a\nb", "a\nb"),
        (3, 3, "", None),
        (3, 2, "2026-12-08", dt.datetime(2026, 12, 8)),
        (3, 2, "2026-13-08", "2026-13-08"),
        (3, 2, "7", dt.datetime(1900, 1, 7)),
        (2, 3, "08:30", dt.time(8, 30)),
        (2, 3, "25:30", "25:30"),
        (3, 3, "2026-12-08", "2026-12-08"),  # this cell does not show dates
    ],
)
def test_what_a_cell_holds(tmp_path, row, column, text, value):
    """Numbers are numbers, dates in cells of dates are dates, all else is text and no formula."""
    cell = mended(book_of(tmp_path), row, column, text).cell(row, column)

    assert cell.value == value
    assert cell.data_type != "f"


def test_cells_of_texts_keep_digits_as_text(tmp_path):
    """In a column of ids that is formatted as text, 12 is a text."""

    def as_text(book: Workbook) -> None:
        book["Shifts"]["A2"].number_format = "@"

    assert mended(book_of(tmp_path, as_text), 2, 1, "12")["A2"].value == "12"


@pytest.mark.parametrize(("row", "column"), [(2, 9), (4, 1), (8, 2), (3, 1), (1, 4)])
def test_cells_that_are_not_there_yet(tmp_path, row, column):
    """A cell right of a row, or in a row below, is added, and nothing else moves."""
    file = book_of(tmp_path)
    before = rows_of_table(file, "Shifts")

    sheet = mended(file, row, column, "new")

    assert sheet.cell(row, column).value == "new"
    after = rows_of_table(file, "Shifts")
    others = {(r, c): t for r, row_ in before.items() for c, t in enumerate(row_, 1) if t}
    others[row, column] = "new"
    assert {(r, c): t for r, row_ in after.items() for c, t in enumerate(row_, 1) if t} == others


@pytest.mark.parametrize(
    "rows",
    [
        "<sheetData/>",
        "<sheetData />",
        "<sheetData></sheetData>",
        '<sheetData><row r="2"/></sheetData>',
        '<sheetData><row r="2" spans="1:1" ></row></sheetData>',
        '<sheetData><row r="2" spans="1:1"><c r="A2"><v>1</v></c></row></sheetData>',
        "<sheetData><row><c/></row><row><c><v>1</v></c><c><f>1</f><v>x</v></c></row></sheetData>",
        '<sheetData><row r="1"/><row r="3" ht=">"><c r="B3"/></row></sheetData>',
        '<sheetData><row r="2"><c r="A2" s="&gt;"/><c r="C2"/></row></sheetData>',
    ],
)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_any_form_of_rows(rows, prefix):
    """However a program writes its rows, the cell B2 gets its place, before C2 and row 3."""
    xml = f"<worksheet {NS}><dimension/>{rows}<pageMargins/></worksheet>"
    if prefix:
        xml = xml.replace("xmlns=", "xmlns:x=").replace("</", "</x:")
        for name in ("worksheet", "dimension", "sheetData", "row", "c ", "c>", "v>", "f>", "pageM"):
            xml = xml.replace(f"<{name}", f"<x:{name}")
    data = xml.encode()
    span = find_cell(data, 2, 2)

    made = span.put(data, f'<{prefix}c r="B2"><{prefix}v>9</{prefix}v></{prefix}c>'.encode())

    root, space = ElementTree.fromstring(made), f"{{{NS[7:-1]}}}"
    assert [child.tag for child in root] == [
        space + name for name in ("dimension", "sheetData", "pageMargins")
    ]
    numbers = [int(row.get("r", i)) for i, row in enumerate(root[1], start=1)]
    assert numbers == sorted({*numbers})
    row = root[1][numbers.index(2)]
    cells = [c.get("r", f"{'ABC'[i]}2") for i, c in enumerate(row)]
    assert cells == sorted({*cells})
    (cell,) = (c for c in row if c.get("r") == "B2")
    assert cell[0].text == "9"


def test_a_formula_gives_way_to_a_text(tmp_path):
    """The formula is gone, also from the chain of formulas; others are computed when it opens."""

    def fill(book: Workbook) -> None:
        book["Shifts"]["A2"], book["Shifts"]["C3"] = "=1+1", "=A2"

    file = book_of(tmp_path, fill)
    chain = b'<calcChain %s><c r="A2" i="1"/><c r="C3" i="1"/></calcChain>' % NS.encode()
    whole = parts(file) | {"xl/calcChain.xml": chain}
    kind = b'<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>'
    whole["[Content_Types].xml"] = whole["[Content_Types].xml"].replace(b"</Types>", kind)
    rel = b'<Relationship Id="rId99" Type="t" Target="calcChain.xml"/></Relationships>'
    name = "xl/_rels/workbook.xml.rels"
    whole[name] = whole[name].replace(b"</Relationships>", rel)
    with zipfile.ZipFile(file, "w") as archive:
        for part, content in whole.items():
            archive.writestr(part, content)

    mend_cell(file, CellPlace("Shifts", 2, 1), "4", "=1+1")

    after = parts(file)
    assert "xl/calcChain.xml" not in after
    assert not any(b"calcChain" in content for content in after.values())
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]
    sheet = load_workbook(file)["Shifts"]
    assert (sheet["A2"].value, sheet["C3"].value) == (4, "=A2")


def _merge(book: Workbook) -> None:
    book["Shifts"].merge_cells("A2:A3")


def _array(book: Workbook) -> None:
    book["Shifts"]["A3"] = ArrayFormula("A3:A4", "=B1:B2")


def _table(book: Workbook) -> None:
    book["Shifts"].add_table(Table(displayName="T", ref="A1:C3"))


@pytest.mark.parametrize(
    ("fill", "row", "code"),
    [
        (_merge, 3, "files.cell_is_merged"),
        (_array, 3, "files.cell_of_formulas"),
        (_table, 1, "files.cell_heads_table"),
    ],
)
def test_cells_that_other_parts_know_are_refused(tmp_path, fill, row, code):
    """The file stays as it is, and the way out says where to change it."""
    file = book_of(tmp_path, fill)
    before, shown = file.read_bytes(), rows_of_table(file, "Shifts").get(row, ("",))[0]

    with pytest.raises(InputError) as error:
        mend_cell(file, CellPlace("Shifts", row, 1), "x", shown)

    (fault,) = error.value.faults
    assert (fault.message.code, fault.cell) == (code, f"A{row}")
    assert file.read_bytes() == before
    assert not is_mended(file)


def test_the_first_cell_of_a_merge_may_change(tmp_path):
    """It shows the text of all merged cells."""
    assert mended(book_of(tmp_path, _merge), 2, 1, "x")["A2"].value == "x"
