"""Marks of people's own in an availability grid: read and told, or refused and counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from books import faults_of, saved
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from weeks import read

from shiftplan.errors import Fault
from shiftplan.errors.message import Message, languages
from shiftplan.files import read_workbook
from shiftplan.files.sheet import Sheet
from shiftplan.files.workbook.marks import MARKS, Marks, State
from shiftplan.files.workbook.telling import Teller
from shiftplan.present import write_workbook
from shiftplan.present.faults import fault_text
from shiftplan.present.words import Words

GRID = "Availability grid"
MEANT: dict[State, str] = {
    "available": "x|X|×|✓|✔|✔️|☑|✅|√|v|V|1|TRUE|có|Có|co|OK|ok|yes|Yes|Y|được|rảnh|đồng ý|free",
    "preferred": "+|++|ưu tiên|Ưu tiên|uu tien|preferred|rất muốn|muốn",
    "undesired": "-|−|–|ngại|Ngại|undesired|nếu cần|if needed|không muốn lắm",
    "no": "0|FALSE|không|Không|khong|no|No|n|N|bận|Bận|nghỉ|vắng|busy|☐",
}
SPELLED = [(text, state) for state, texts in MEANT.items() for text in texts.split("|")]
PLAIN = {"x", "X", "×", "+", "-", "−", "–"}
"""Marks of the format: nothing is told of them."""


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    """The tiny week: A1 comes on Monday (D), A2 on Tuesday afternoon (E)."""
    write_workbook(read(tmp_path), tmp_path / "own.xlsx", "en")
    return load_workbook(tmp_path / "own.xlsx")


def notes_of(path: Path) -> list[Fault]:
    notes: list[Fault] = []
    read_workbook(path, on_note=notes.append)
    return [note for note in notes if note.code in ("read_as", "doubtful_cells")]


@pytest.mark.parametrize("state", MEANT)
def test_a_mark_means_one_thing_and_is_told(tmp_path: Path, state: State) -> None:
    """Whatever is no mark of the format is read, and listed with its count: each by a person."""
    texts = MEANT[state].split("|")
    people = "".join(f"A{i},P{i},00430\n" for i in range(len(texts)))
    week = read(
        tmp_path,
        volunteers=f"volunteer_id,name,home_center_id\n{people}",
        availability="volunteer_id,date,start,end\nA0,2026-12-07,07:00,17:00\n",
    )
    write_workbook(week, tmp_path / "own.xlsx", "en")
    book = load_workbook(tmp_path / "own.xlsx")
    for row, text in enumerate(texts, start=4):
        book[GRID].cell(row, 4, text)
    path = saved(book, tmp_path)

    windows = read_workbook(path).availability

    meant = {} if state == "no" else {f"A{i}": state for i in range(len(texts))}
    assert {w.volunteer_id: w.state for w in windows} == meant
    told = "\n".join(fault_text(note) for note in notes_of(path))
    own = [text for text in texts if text not in PLAIN]
    assert all(f"{text} (1)" in told for text in own[:8])
    assert len(own) <= 8 or f"{len(own) - 8} more" in told


def test_no_mark_has_two_meanings() -> None:
    """No word of any language says what another one denies, with accents or without."""
    words = [
        (text, state)
        for lang in languages()
        for state in MEANT
        for text in Words(lang)(f"marks.{state}").split("|")
    ]
    sheet = Sheet("availability", "")

    for text, state in words:
        assert Marks(Teller(sheet, "")).states(4, {"D": text}) == {"D": state}, text
        assert Marks(Teller(sheet, "")).states(4, {"D": text.upper()}) == {"D": state}, text


@pytest.mark.parametrize("text", ["✗", "✘", "✖️", "❌", "☒"])
def test_a_cross_in_a_box_is_refused_with_both_meanings(
    book: Workbook, tmp_path: Path, text: str
) -> None:
    """On paper it is a choice, in a chat it is a refusal."""
    book[GRID]["E4"] = book[GRID]["D5"] = text
    (fault,) = faults_of(saved(book, tmp_path))

    assert (fault.code, fault.cell, fault.value) == ("not_one_of", "E4", text)
    assert "may mean that the person can come, or that they cannot; 2 cells" in fault.sentence
    assert "cũng có thể nghĩa là không đến được" in fault_text(fault, "vi")


def test_unknown_marks_are_one_fault_each(book: Workbook, tmp_path: Path) -> None:
    """Not one for every cell; each tells its cells."""
    grid = book[GRID]
    grid["D4"], grid["E4"], grid["D5"], grid["E5"] = "?", "?", "maybe", "?"
    found = faults_of(saved(book, tmp_path))

    assert [(f.value, f.cell) for f in found] == [("?", "D4"), ("maybe", "D5")]
    assert fault_text(found[0]) == (
        "week.xlsx, sheet Availability grid, cell D4: '?': the mark is unknown; 3 cells have it "
        "(D4, E4, E5). Write x for “can come”, + for “would like to”, - for “rather not”, SB "
        "for “stands by”, or leave the cell blank for “cannot”."
    )
    assert "dấu này nghĩa là gì; có ở 3 ô (D4, E4, E5). Hãy" in fault_text(found[0], "vi")


def test_many_cells_of_a_mark_are_counted(book: Workbook, tmp_path: Path) -> None:
    """The first ones are named."""
    sheet = Sheet("availability", "week.xlsx")
    marks = Marks(Teller(sheet, GRID))
    for row in range(4, 104):
        marks.states(row, {"D": "sometimes"})
    marks.tell()

    (fault,) = sheet.faults
    assert "100 cells have it (D4, D5, D6, D7, D8, D9, D10, D11, ... and 92 more)" in str(fault)


def test_ticks_and_crosses_of_one_person_are_asked_about(book: Workbook, tmp_path: Path) -> None:
    """Where both stand in one row, the cross may be a no; where a no is written, it is not."""
    grid = book[GRID]
    grid["D4"], grid["E4"], grid["D5"], grid["E5"] = "✓", "x", "v", "v"
    notes = notes_of(saved(book, tmp_path))
    grid["D4"] = "không"
    others = notes_of(saved(book, tmp_path))

    first, second = notes
    assert (first.code, first.cell, second.cell) == ("doubtful_cells", "E4", "D4")
    assert "one person has both ticks and crosses" in fault_text(first)
    assert "nếu dấu chéo ở đó nghĩa là “không đến được”" in fault_text(first, "vi").lower()
    assert len(read_workbook(saved(book, tmp_path)).availability) == 3
    assert [str(n.message) for n in others] == [
        "read as “cannot come”, like a blank cell: không (1)",
        "read as x (available): v (2)",
    ]


def test_a_no_beside_a_window_of_the_table_is_a_fault(book: Workbook, tmp_path: Path) -> None:
    """Grid and table would contradict each other, and the no would be lost."""
    table = book["Availability"]
    table.append(["A1", "2026-12-07", "07:00", "17:00", "available"])
    book[GRID]["D4"] = "bận"
    (fault,) = faults_of(saved(book, tmp_path))

    assert (fault.code, fault.cell, fault.value) == ("invalid_value", "D4", "bận")
    assert "offers this time" in fault_text(fault)


@given(st.lists(st.sampled_from(SPELLED), min_size=1, max_size=12))
def test_any_marks_are_read_as_they_are_one_by_one(marks: list[tuple[str, State]]) -> None:
    """No mark changes what another one in its row means, and all that are no plain ones count."""
    sheet = Sheet("availability", "")
    reader = Marks(Teller(sheet, GRID))
    letters = "DEFGHIJKLMNO"[: len(marks)]

    states = reader.states(4, dict(zip(letters, (text for text, _ in marks), strict=True)))
    reader.tell()

    assert states == dict(zip(letters, (state for _, state in marks), strict=True))
    assert sheet.faults == []
    told = [
        part.params["n"]
        for note in sheet.notes.values()
        if isinstance(note.message, Message)
        for part in note.message.params.get("marks", ())
        if "mark" in part.params
    ]
    rest = [
        note for note in sheet.notes.values() if "more" in str(note.message)
    ]  # more than eight spellings
    assert rest or sum(told) == sum(text not in PLAIN for text, _ in marks)


@given(st.text(min_size=1, max_size=6).filter(lambda text: text.strip()))
def test_any_text_is_a_known_mark_or_refused(text: str) -> None:
    """Nothing is dropped without a word."""
    sheet = Sheet("availability", "")
    reader = Marks(Teller(sheet, GRID))
    found = reader.states(4, {"D": text})
    reader.tell()

    assert bool(found) != bool(sheet.faults)
    assert set(found.values()) <= {*MARKS, "no"}


def test_marks_of_nobody_are_one_fault_a_row(book: Workbook, tmp_path: Path) -> None:
    """A row without an id and without a name; a no, or a text that is no mark, is none."""
    grid = book[GRID]
    grid["D9"], grid["E9"], grid["D10"], grid["E11"] = "x", "v", "+", "không"
    found = faults_of(saved(book, tmp_path))

    assert [(f.code, f.cell) for f in found] == [("missing_value", "A9"), ("missing_value", "A10")]
    assert fault_text(found[0]).endswith(
        "cell A9: this row has 2 marks, but neither an id nor a name. Write whose marks they are, "
        "or clear them."
    )
    assert "dòng này có 2 dấu nhưng không có mã" in fault_text(found[0], "vi")


@pytest.mark.parametrize("cell", ["A7", "B7", "C7"])
def test_a_row_that_adds_up_marks_is_noted(book: Workbook, tmp_path: Path, cell: str) -> None:
    """Its 1 and 0 are no marks, and its 12 is no unknown one."""
    before = read_workbook(tmp_path / "own.xlsx")
    grid = book[GRID]
    grid[cell], grid["D7"], grid["E7"] = "Tổng cộng:", 1, 12
    path = saved(book, tmp_path)

    assert read_workbook(path) == before
    assert [(note.cell, note.value) for note in notes_of(path)] == [(cell, "Tổng cộng:")]
