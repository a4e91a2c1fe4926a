"""Text of the user never changes which sentence says what is wrong, where, and with what value."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from files.weeks import TINY, faults, refused
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pace import costly

from shiftplan.errors import Fault
from shiftplan.errors.message import Message, languages, shown
from shiftplan.files import read_problem, read_workbook
from shiftplan.files.csv_text import to_csv
from shiftplan.present import fault_text, write_workbook
from shiftplan.week.fields import visible

PLACES = [
    ("shifts", "S1,00430", "S1,{}", "unknown_id"),
    ("volunteers", "0.91", "{}", "not_a_number"),
    ("availability", "state", "{}", "unknown_column"),
    ("volunteers", "skill.portal", "skill.{}", "unknown_id"),
    ("centers", "1.125,2", "1.125,{}", "not_a_whole_number"),
    ("availability", "2026-12-07", "{}", "not_a_date"),
    ("availability", "07:00", "{}", "not_a_time"),
    ("availability", "preferred", "{}", "not_one_of"),
    ("requirements", "S1", "{}", "unknown_id"),
    ("rules", "mentor", "{}", "unknown_rule"),
    ("rules", "hard", "{}", "not_one_of"),
]
"""Table, what stands in it, what stands there instead, and the fault that this is."""
PLAIN = "ЖЖ"
SENTENCES = [
    "no such center in the table centers", "must be at least 5 (row 3)", "bảng volunteers",
    "Did you mean 'A1'?", "{n}", "{", "}", "{0}", "{table:named}", "%s", "a: b", "S1 in S2",
    "max_shifts", "'", '"', "\\n", "{{", "; 3 more like this", "[x]", "files.no_such_column",
]  # fmt: skip


def _is_seen(text: str) -> bool:
    """Whether a text is read as it stands: other text has a fault of its own."""
    try:
        return visible(text) == text == text.strip() and text.isprintable()
    except ValueError:
        return False


ANY_TEXT = (st.text(max_size=20) | st.sampled_from(SENTENCES)).map(
    lambda text: unicodedata.normalize("NFC", f"Ж{text}".strip())
)


@cache
def _usual(place: tuple[str, str, str, str]) -> tuple[Fault, ...]:
    """What is wrong where the text is a plain one."""
    return tuple(_read_with(place, PLAIN))


def _read_with(place: tuple[str, str, str, str], text: str) -> Iterator[Fault]:
    """What is wrong with the tiny week in which a text stands in one place."""
    table, old, new, code = place
    assert old in TINY[table]
    cells = [row.split(",") for row in TINY[table].replace(old, new, 1).splitlines()]
    header, *rows = [[cell.replace("{}", text) for cell in row] for row in cells]
    with tempfile.TemporaryDirectory() as folder:
        found = faults(Path(folder), **{table: to_csv(header, rows)})
    for fault in found:
        if (fault.code, fault.table) == (code, table):
            yield fault


def _code(fault: Fault) -> str:
    """Which sentence a fault has."""
    return fault.message.code if isinstance(fault.message, Message) else ""


def _masked(told: str, text: str) -> str:
    """What is told, with a mark where it shows the text of the user."""
    seen = {repr(text), repr(text)[1:-1], shown(text)}
    for found in sorted(seen, key=len, reverse=True):
        told = told.replace(found, "#")
    return told.replace("'#'", "#").replace('"#"', "#")


@pytest.mark.parametrize("place", PLACES, ids=lambda place: "-".join((place[0], place[1])))
@costly(0.2)
@given(text=ANY_TEXT.filter(_is_seen))
@example(text="Жno such center in the table centers")
@example(text="Ж{table:named}, row 7: 'x'")
def test_no_text_changes_what_a_fault_says(place: tuple[str, str, str, str], text: str) -> None:
    """Place, value and sentence are those of any other text, in each language."""
    told, usual = list(_read_with(place, text)), _usual(place)

    assert usual
    assert [(f.row, _code(f)) for f in told] == [(f.row, _code(f)) for f in usual]
    for fault, other in zip(told, usual, strict=True):
        assert fault.value.replace(text, "#") == other.value.replace(PLAIN, "#")
        for lang in languages():
            fault, other = replace(fault, remedy=""), replace(other, remedy="")
            assert _masked(fault_text(fault, lang), text) == _masked(fault_text(other, lang), PLAIN)


@given(text=ANY_TEXT.filter(_is_seen).filter(lambda text: not re.search(r'[/\\:*?"<>|]', text)))
def test_no_name_of_a_file_changes_what_a_fault_says(text: str) -> None:
    """The name is shown as the place, whatever sentence it looks like."""

    def told(name: str, lang: str) -> str:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{name}.json"
            path.write_text("{", encoding="utf-8")
            caught = refused(read_problem, path)
        return _masked(fault_text(caught[0], lang), name)

    for lang in languages():
        assert told(text, lang) == told(PLAIN, lang)


@pytest.mark.parametrize("text", SENTENCES[::4])
def test_no_text_of_a_workbook_changes_what_a_fault_says(text: str, tmp_path: Path) -> None:
    """A heading and a value of a Vietnamese workbook are shown as they stand there."""
    week = tmp_path / "week.xlsx"
    (tmp_path / "csv").mkdir()
    for table, rows in TINY.items():
        (tmp_path / "csv" / f"{table}.csv").write_text(rows, encoding="utf-8")
    write_workbook(read_problem(tmp_path / "csv"), week, "vi")

    def told(text: str) -> list[str]:
        book = load_workbook(week)
        book["Trung tâm"]["D1"], book["Quy định"]["A2"] = text, text
        book.save(tmp_path / "changed.xlsx")
        caught = refused(read_workbook, tmp_path / "changed.xlsx")
        found = [replace(fault, remedy="") for fault in caught]
        return [_masked(fault_text(f, lang), text) for f in found for lang in languages()]

    assert told(f"Ж{text}") == told(PLAIN)
