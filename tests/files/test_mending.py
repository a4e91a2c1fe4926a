"""A new text for one cell of a week's files leaves everything else as it was."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import shutil
import unicodedata
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

import shiftplan as sp
from shiftplan.errors import InputError
from shiftplan.files import write_problem
from shiftplan.files.mending import (
    CellText,
    copy_of,
    is_mended,
    mend_cells,
    put_back,
    rename_table,
    rows_of_table,
    titles_of_week,
)
from shiftplan.files.mending.cell_places import CellPlace, find_cell

COMMUNE = Path(__file__).parents[2] / "examples" / "data" / "commune"
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def parts(file: Path) -> dict[str, bytes]:
    """Name -> bytes of the parts of a workbook, in their order."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def book_of(folder: Path, fill: Any = lambda book: None) -> Path:
    """A workbook with a sheet of three rows, changed by `fill`."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Shifts"
    for row in (("Id", "Day", "Start"), ("a", dt.date(2026, 12, 7), dt.time(7)), ("b", None, 3)):
        sheet.append(row)
    sheet["A2"].font = Font(bold=True)
    sheet["B3"].number_format = "yyyy-mm-dd"
    sheet["A3"].comment = Comment("mine", "lan")
    book.create_sheet("my own notes")["C9"] = "keep"
    fill(book)
    file = folder / "w.xlsx"
    book.save(file)
    return file


def mend_cell(week: Path, place: CellPlace, text: str, was: str) -> None:
    """Put a text into one cell."""
    mend_cells(week, place.title, [CellText(place.row, place.column, was, text)])


def mended(file: Path, row: int, column: int, text: str) -> Any:
    """The sheet after a cell was given a text."""
    was = rows_of_table(file, "Shifts").get(row, ())
    shown = was[column - 1] if column <= len(was) else ""
    mend_cell(file, CellPlace("Shifts", row, column), text, shown)
    return load_workbook(file)["Shifts"]


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


@pytest.mark.parametrize("place", [CellPlace("Shifts", 2, 1), CellPlace("Shifts", 9, 9)])
def test_nothing_is_overwritten_unseen(tmp_path, place):
    """If the cell shows something else by now, the change is refused, and says what it shows."""
    file = book_of(tmp_path)
    before = file.read_bytes()

    with pytest.raises(InputError, match="the cell now shows"):
        mend_cell(file, place, "x", "something else")

    assert file.read_bytes() == before


@pytest.mark.parametrize("title", ["Nothing", "../w.xlsx", "", "shifts"])
def test_only_known_tables(tmp_path, title):
    """A name that is no sheet, or no table of the folder, is never looked for."""
    shutil.copytree(COMMUNE, tmp_path / "week")

    for week in (book_of(tmp_path), tmp_path / "week"):
        with pytest.raises(InputError, match="no such file"):
            rows_of_table(week, title)
        with pytest.raises(InputError):
            mend_cell(week, CellPlace(title, 1, 1), "x", "")


def test_a_cell_far_below_is_refused(tmp_path):
    """One request does not make a file of a million rows."""
    shutil.copytree(COMMUNE, tmp_path / "week")

    for week, title in ((book_of(tmp_path), "Shifts"), (tmp_path / "week", "shifts.csv")):
        for row, column in ((1_000_000, 1), (1, 16_000)):
            with pytest.raises(InputError, match="too far"):
                mend_cell(week, CellPlace(title, row, column), "x", "")


def test_many_cells_change_together_or_none(tmp_path):
    """A row is cleared and rows are added in one step; one wrong cell, and nothing is changed."""
    shutil.copytree(COMMUNE, tmp_path / "week")
    for week, title in ((book_of(tmp_path), "Shifts"), (tmp_path / "week", "shifts.csv")):
        grid = rows_of_table(week, title)
        last, row = max(grid), grid[2]
        cells = [CellText(2, place, text, "") for place, text in enumerate(row, start=1)]
        cells += [CellText(last + 3, 2, "", "b"), CellText(last + 1, 1, "", "a")]
        with pytest.raises(InputError):
            mend_cells(week, title, [*cells, CellText(1, 1, "wrong", "x")])
        assert rows_of_table(week, title) == grid
        assert not is_mended(week)

        mend_cells(week, title, cells)

        after = rows_of_table(week, title)
        assert 2 not in after
        assert after[last + 1][0] == "a"
        assert after[last + 3][:2] == ("", "b")
        others = {n: r for n, r in grid.items() if n != 2}
        assert {n: r for n, r in after.items() if n <= last} == others


def test_a_sheet_gets_another_name(tmp_path):
    """A whole template reads as before: lists to choose from, filters and links follow the name."""
    file = tmp_path / "w.xlsx"
    write_problem(sp.read_week(COMMUNE), file)
    book = load_workbook(file)
    book["Volunteers"].title = "Vol & 'unteers"
    book["Help"]["A1"] = "See Vol & 'unteers!"
    book["Rules"]["T9"] = "='Vol & ''unteers'!A2"
    book.save(file)
    with pytest.raises(InputError):
        sp.read_problem(file)
    before = parts(file)

    rename_table(file, "Vol & 'unteers", "Volunteers")

    after, book = parts(file), load_workbook(file)
    assert "unteers'" not in str(book["Volunteers"].print_title_rows or "")
    assert book["Rules"]["T9"].value == "='Volunteers'!A2"
    assert book["Help"]["A1"].value == "See Vol & 'unteers!"
    assert after.keys() == before.keys()
    assert not any(b"Vol &amp; ''unteers" in xml for xml in after.values())
    book["Rules"]["T9"] = None
    book.save(file)
    assert sp.read_problem(file) == sp.read_week(COMMUNE)
    put_back(file)
    assert parts(file) == before


@pytest.mark.parametrize("to", ["", "my own notes", "MY OWN NOTES", "a/b", "x" * 32, "it's"])
def test_names_that_sheets_cannot_have(tmp_path, to):
    """They are refused, and nothing is changed."""
    file = book_of(tmp_path)
    before = file.read_bytes()

    with pytest.raises(InputError, match="is taken, or cannot be used"):
        rename_table(file, "Shifts", to)

    assert file.read_bytes() == before


def test_a_file_gets_the_name_of_a_table(tmp_path):
    """Only to a table's name that is free, and never out of the folder."""
    week = tmp_path / "week"
    shutil.copytree(COMMUNE, week)
    (week / "shifts.csv").rename(week / "shfts.csv")
    for title, to in (
        ("shfts.csv", "centers.csv"),
        ("shfts.csv", "../shifts.csv"),
        ("shfts.csv", "notes.csv"),
        ("../secret.csv", "shifts.csv"),
        ("nothing.csv", "shifts.csv"),
    ):
        with pytest.raises(InputError):
            rename_table(week, title, to)

    rename_table(week, "shfts.csv", "shifts.csv")

    assert sp.read_week(week) == sp.read_week(COMMUNE)


@pytest.mark.parametrize("fails_at", [1, 2])
def test_where_the_disk_fails_the_file_stays(tmp_path, monkeypatch, fails_at):
    """Whether the copy or the file cannot be written: nothing is half written, and it is told."""
    file, times = book_of(tmp_path), []
    before, replace = file.read_bytes(), os.replace

    def failing(*places: Any) -> None:
        times.append(places)
        if len(times) == fails_at:
            raise PermissionError(13, "open in another program")
        replace(*places)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(InputError, match=r"w\.xlsx"):
        mend_cell(file, CellPlace("Shifts", 2, 1), "x", "a")

    assert file.read_bytes() == before
    assert not [entry for entry in tmp_path.iterdir() if entry.name.endswith(".part")]


def test_all_can_be_put_back(tmp_path):
    """The copy is that of before the first change, and putting it back leaves no copy."""
    for week, title in ((book_of(tmp_path), "Shifts"), (tmp_path / "week", "shifts.csv")):
        if not week.exists():
            shutil.copytree(COMMUNE, week)
        file = week if week.is_file() else week / title
        before, id_ = file.read_bytes(), rows_of_table(week, title)[2][0]
        mend_cell(week, CellPlace(title, 2, 1), "x", id_)
        mend_cell(week, CellPlace(title, 2, 1), "y", "x")
        assert is_mended(week)

        put_back(week)

        assert file.read_bytes() == before
        assert not is_mended(week)
        assert [entry for entry in file.parent.iterdir() if "before" in entry.name] == []


def test_a_copy_is_no_table(tmp_path):
    """A week with copies beside its tables reads as before, without notes."""
    week = tmp_path / "week"
    shutil.copytree(COMMUNE, week)
    for title in titles_of_week(week):
        shown = rows_of_table(week, title)[1][0]
        mend_cell(week, CellPlace(title, 1, 1), "", shown)
        mend_cell(week, CellPlace(title, 1, 1), shown, "")
    notes: list[Any] = []

    assert sp.read_week(week, on_note=notes.append) == sp.read_week(COMMUNE)
    assert notes == []


CELL = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="'"), max_size=9
)


@given(
    grid=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=4),
    row=st.integers(2, 7),
    column=st.integers(1, 5),
    text=CELL,
    end=st.sampled_from(["\n", "\r\n"]),
    form=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    sign=st.sampled_from(",;\t"),
)
def test_csv_files_keep_all_other_lines(tmp_path_factory, grid, row, column, text, end, form, sign):
    """Whatever stands in a table, only the line of the cell changes; it shows the new text."""
    week = tmp_path_factory.mktemp("week")
    made = io.StringIO()
    writer = csv.writer(made, delimiter=sign, lineterminator=end)
    writer.writerow(["center_id", "name", "type"])
    writer.writerows([["c", *cells[1:]] for cells in grid])
    file = week / "centers.csv"
    file.write_bytes(made.getvalue().encode(form))
    before = rows_of_table(week, "centers.csv")
    was = before.get(row, ())
    shown = was[column - 1] if column <= len(was) else ""

    mend_cell(week, CellPlace("centers.csv", row, column), text, shown)

    after = rows_of_table(week, "centers.csv")
    now = after.get(row, ())
    said = unicodedata.normalize("NFC", " ".join(text.split()))
    assert (now[column - 1] if column <= len(now) else "") == said
    assert {n: r for n, r in after.items() if n != row} == {
        n: r for n, r in before.items() if n != row
    }
    text_now = file.read_bytes().decode(form)
    old = io.StringIO(made.getvalue(), newline="").readlines()
    new = io.StringIO(text_now, newline="").readlines()
    assert old[: row - 1] == new[: min(row - 1, len(old))]
    assert old[row:] == new[row:][: len(old[row:])]


def test_a_line_with_broken_quotes_can_be_mended(tmp_path):
    """It is shown as it can be, and the whole file is read again once the line is right."""
    week = tmp_path / "week"
    shutil.copytree(COMMUNE, week)
    file = week / "centers.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([lines[0], '30958,"Xã "Định Hòa,,,', ""]), encoding="utf-8")
    with pytest.raises(InputError):
        sp.read_week(week)
    shown = rows_of_table(week, "centers.csv")[2]

    mend_cell(week, CellPlace("centers.csv", 2, 2), "Xã Định Hòa", shown[1])

    assert sp.read_week(week).centers[0].name == "Xã Định Hòa"


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    """A table that is a link to another file is neither shown nor changed."""
    week, secret = tmp_path / "week", tmp_path / "secret.csv"
    shutil.copytree(COMMUNE, week)
    secret.write_text("center_id\nhidden\n", encoding="utf-8")
    (week / "centers.csv").unlink()
    (week / "centers.csv").symlink_to(secret)

    with pytest.raises(InputError, match="link"):
        rows_of_table(week, "centers.csv")
    with pytest.raises(InputError, match="link"):
        mend_cell(week, CellPlace("centers.csv", 2, 1), "x", "hidden")

    assert "hidden" in secret.read_text(encoding="utf-8")
