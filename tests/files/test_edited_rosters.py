"""Rosters that people edit: the printed workbook, and what is read of it afterwards."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from books import with_parts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from own_rosters import PEOPLE, ROSTER, book_of, csv_of, told
from strategies import problems, rosters
from weeks import read, refused

from shiftplan.files import read_roster
from shiftplan.files.workbook.prints import HIDDEN
from shiftplan.present import write_roster_workbook
from shiftplan.present.faults import fault_text
from shiftplan.problem import Problem
from shiftplan.week.roster import Roster


@pytest.fixture
def week(tmp_path: Path) -> Problem:
    """The tiny week, with two people of one name at two centers."""
    return read(tmp_path, volunteers=PEOPLE)


@pytest.fixture
def file(tmp_path: Path, week: Problem) -> Path:
    path = tmp_path / "roster.xlsx"
    write_roster_workbook(week, ROSTER, path)
    return path


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_printed_workbook_is_read_back(tmp_path: Path, week: Problem, lang: str) -> None:
    """Exactly, with or without the week, unknown ids and repetitions included, without notes."""
    odd = Roster.of([*ROSTER.assignments, ("S1", "A1"), ("S9", "A1"), ("S1", "=gone")])
    path = tmp_path / "roster.xlsx"
    write_roster_workbook(week, odd, path, lang=lang)

    assert told(path, week) == (odd, [])
    assert read_roster(path) == odd
    empty = tmp_path / "empty.xlsx"
    write_roster_workbook(week, Roster(), empty, lang=lang)
    assert told(empty, week) == (Roster(), [])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_roster_comes_back(data: st.DataObject) -> None:
    """Whatever the week, in either language."""
    week = data.draw(problems())
    roster = data.draw(rosters(week))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        write_roster_workbook(week, roster, path, lang=data.draw(st.sampled_from(["en", "vi"])))

        assert told(path, week) == (roster, [])


def test_a_person_is_exchanged_by_id_or_by_name(file: Path, week: Problem) -> None:
    """In the list: a new id without a name, or a name without an id; a row more, a row less."""
    book = load_workbook(file)
    sheet = book["Roster"]
    rows = {sheet.cell(row, 7).value: row for row in (4, 5)}
    sheet.cell(rows["S1"], 5).value, sheet.cell(rows["S1"], 8).value = "Bình", None
    sheet.cell(rows["S2"], 5).value, sheet.cell(rows["S2"], 8).value = None, "A3"
    sheet.append([None, None, None, None, "an", None, "S2", None])
    book.save(file)

    found, notes = told(file, week)

    assert found == Roster.of([("S1", "A2"), ("S2", "A3"), ("S2", "A1")])
    assert [(n.cell, n.value, str(n.message), n.more) for n in notes] == [
        ("E4", "Bình", "read as A2, Bình", 1)
    ]


def test_a_name_that_was_changed_without_its_id_is_a_fault(file: Path, week: Problem) -> None:
    """The id would count, and whoever wrote the name would not know."""
    book = load_workbook(file)
    book["Roster"]["E4"] = "Bình"
    book.save(file)

    (fault,) = refused(read_roster, file, of=week)

    assert (fault.code, fault.sheet, fault.cell) == ("invalid_value", "Roster", "E4")
    assert fault_text(fault).endswith(
        "cell E4: 'Bình': A1 is An in this week. Correct the id or the name; without a name the id "
        "counts."
    )
    assert "trong tuần này A1 là An" in fault_text(fault, "vi")
    roster, (note,) = told(file, week, lenient=True)
    assert (roster, note.cell) == (ROSTER, "E4")


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_edits_of_sheets_that_only_show_the_roster_are_noticed(
    tmp_path: Path, week: Problem, lang: str
) -> None:
    """With the rows; sorting and deleting rows, widths and remarks above the head are none."""
    path = tmp_path / "roster.xlsx"
    write_roster_workbook(week, ROSTER, path, lang=lang)
    book = load_workbook(path)
    centers, people, listed = book.worksheets[0], book.worksheets[1], book.worksheets[-2]
    people["A2"] = "Đã gọi"
    for column in range(1, 12):
        one, other = people.cell(4, column), people.cell(5, column)
        one.value, other.value = other.value, one.value
    book.save(path)
    assert told(path, week) == (ROSTER, [])

    cell = next(c for row in centers["A4:J9"] for c in row if str(c.value)[:2] == "An")
    cell.value = "Bình"
    book.save(path)
    _, (note,) = told(path, week)

    assert (note.sheet, note.row) == (centers.title, cell.row)
    text = fault_text(note, lang)
    says = {"en": "was edited, but only the sheet", "vi": "nhưng chương trình chỉ đọc trang"}
    assert says[lang] in text
    assert listed.title in text


def test_a_copy_without_the_hidden_sheet_is_read_all_the_same(file: Path, week: Problem) -> None:
    """Some programs drop it; then nothing is said of edits."""
    book = load_workbook(file)
    del book[HIDDEN]
    book.worksheets[0]["C4"] = "somebody"
    book.save(file)

    assert told(file, week) == (ROSTER, [])


def test_ids_that_the_week_does_not_know_are_data(tmp_path: Path, week: Problem) -> None:
    """`check` finds them."""
    path = csv_of(tmp_path, "shift_id,volunteer_id\nS9,A1\nS1,V77\n")

    assert told(path, week) == (Roster.of([("S9", "A1"), ("S1", "V77")]), [])


def test_merged_cells_and_broken_formulas_are_told(tmp_path: Path, week: Problem) -> None:
    """Where they matter; an error beside the ids does not."""
    path = book_of(tmp_path, ("shift_id", "volunteer_id", "name"), ("S1", "A1", "#REF!"))
    book = load_workbook(path)
    book.active["C2"].data_type = "e"
    book.save(path)
    assert read_roster(path, of=week) == Roster.of([("S1", "A1")])
    book.active["B2"], book.active["B2"].data_type = "#N/A", "e"
    book.active.append(["S2", None])
    book.active.merge_cells("B2:B3")
    book.save(path)

    found = refused(read_roster, path, of=week)

    assert {(f.code, f.cell) for f in found} == {
        ("merged_cells", "B2"),
        ("error_value", "B2"),
        ("missing_value", "B3"),
    }


EDITS = st.lists(
    st.tuples(st.sampled_from(["S1", "S2", "S9"]), st.sampled_from(["A1", "A2", "A3", "V9"])),
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[*HealthCheck])
@given(pairs=EDITS, by_name=st.booleans())
def test_random_edits_are_read_exactly(
    tmp_path: Path, week: Problem, file: Path, pairs: list[tuple[str, str]], by_name: bool
) -> None:
    """Rows of the list are replaced by others, told by ids or, where it can be, by names."""
    book = load_workbook(file)
    sheet = book["Roster"]
    sheet.delete_rows(4, 10)
    names = {"A1": "An", "A2": "Bình"} if by_name else {}
    for shift, who in pairs:
        is_named = who in names
        name, key = (names[who], None) if is_named else (None, who)
        sheet.append([None, None, None, None, name, None, shift, key])
    book.save(tmp_path / "edited.xlsx")

    assert read_roster(tmp_path / "edited.xlsx", of=week) == Roster.of(pairs)


def test_hostile_workbooks_are_faults_of_lists_too(
    tmp_path: Path, week: Problem, file: Path
) -> None:
    """Entities, parts that are cut off, rows out of order, and what is no workbook at all."""
    content = file.read_bytes()
    for hostile, code in (
        (content[: len(content) // 2], "not_a_workbook"),
        (b"PK\x03\x04" + b"\0" * 50, "not_a_workbook"),
        (b"", "empty_file"),
    ):
        file.write_bytes(hostile)
        assert [f.code for f in refused(read_roster, file, of=week)] == [code]
    file.write_bytes(content)
    number = load_workbook(file).sheetnames.index("Roster") + 1
    for change in (
        lambda part: part.replace(b"<sheetData>", b'<!DOCTYPE a [<!ENTITY b "c">]><sheetData>'),
        lambda part: part.replace(b'<row r="4"', b'<row r="9"'),
    ):
        file.write_bytes(content)
        with_parts(file, **{f"sheet{number}": change})
        assert [f.code for f in refused(read_roster, file, of=week)] == ["not_a_workbook"]
