"""Answers that nobody should have sent: formulas, huge cells, other encodings, very many."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from answer_files import book_of, fates, read_text_of, told, week
from files.weeks import refused

from shiftplan.errors import InputError
from shiftplan.files import read_answers, write_availability
from shiftplan.present.understood import understood_csv

FORMULAS = ['=HYPERLINK("http://x.vn")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas_are_text_wherever_they_are_written(formula: str, tmp_path: Path) -> None:
    """A name or an answer that a spreadsheet program would run is quoted, and made harmless."""
    cells = io.StringIO()
    csv.writer(cells).writerows([["Name", "Available"], [formula, "T2"], ["V1", formula]])

    replies = read_text_of(tmp_path, cells.getvalue())
    table = list(csv.reader(io.StringIO(understood_csv(week(), replies, "en"))))

    assert [reply.fate for reply in replies.replies] == ["stranger", "unclear"]
    for row in table[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "＝")) for cell in row)


def test_a_formula_of_a_workbook_is_no_answer(tmp_path: Path) -> None:
    """Without a saved value it is shown as it is, which nothing understands."""
    rows = [("Name", "Thứ 2", "Thứ 3"), ("V1", "Sáng", "=A1"), ("V2", "Chiều", None)]

    replies = read_text_of(tmp_path, book_of(rows), "form.xlsx")

    assert told(replies) == {"V2": "7 13-17"}
    assert fates(replies) == ["unclear V1 answers.of_cell"]


@pytest.mark.parametrize(
    "text",
    [
        "T2, " * 25_000,
        "sáng " * 20_000,
        "(" * 100_000,
        "7h-" * 30_000,
        "a" * 100_000,
        ";" * 100_000,
        "1, " * 30_000,
        "-" * 100_000,
    ],
)
def test_huge_cells_are_refused_at_once(text: str, tmp_path: Path) -> None:
    """They are not looked at, and only their start is kept."""
    replies = read_text_of(tmp_path, f'Name,Available\nV1,"{text}"\nV2,T2\n')

    assert told(replies) == {"V2": "7 07-17"}
    assert fates(replies) == ["unclear V1 answers.too_long"]
    assert len(replies.replies[0].text) <= 2_000


def test_a_field_beyond_every_limit_is_a_fault(tmp_path: Path) -> None:
    """As in every CSV file, with its row."""
    (fault,) = refused(read_text_of, tmp_path, "Name,Available\nV1," + "a" * 200_000 + "\n")

    assert fault.row == 2


@pytest.mark.parametrize("coding", ["cp1258", "utf-16-le", "utf-7"])
def test_other_encodings_are_faults_or_unknown_people(coding: str, tmp_path: Path) -> None:
    """Nobody is found by a garbled name, and no answer is taken from garbled text."""
    text = "Name,Available\nDanh Sóc Kha,sáng thứ 2\n".encode(coding, "ignore")

    try:
        replies = read_text_of(tmp_path, text)
    except InputError:
        return
    assert replies.availability == ()
    assert not replies.is_clear


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "empty_file"),
        (b"\n\n", "empty_file"),
        (b"\x00\x01", "control_character"),
        (b"%PDF-1.7\n%\xe2\xe3", "wrong_encoding"),
        ("Họ tên,Ghi chú\nV1,T2\n".encode(), "missing_column"),
        ("Thứ 2,Thứ 3\nSáng,Chiều\n".encode(), "missing_column"),
        ("Name,T2,T2\nV1,Sáng,Chiều\n".encode(), "unknown_column"),
        (b'Name,Available\nV1,"T2\n', "broken_quotes"),
        (b"hello\nworld\n", "missing_column"),
    ],
)
def test_files_without_answers_are_faults(text: bytes, code: str, tmp_path: Path) -> None:
    """Nothing is read of them, and the fault says what is missing."""
    found = refused(read_text_of, tmp_path, text)

    assert {fault.code for fault in found} == {code}
    assert all(fault.file == "answers.csv" for fault in found)


def test_faults_of_several_sources_are_told_together(tmp_path: Path) -> None:
    """One round of corrections is enough."""
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text("Name,Thứ 2 20/12\nV1,Sáng\n", encoding="utf-8")

    found = refused(read_answers, week(), one, other)

    assert [(f.file, f.code) for f in found] == [
        ("one.csv", "unknown_column"),
        ("other.csv", "missing_file"),
    ]


def test_ten_thousand_answers_are_read_in_a_moment(tmp_path: Path) -> None:
    """Equal cells are read once; every answer is still looked at."""
    people = [(f"V{i:05}", f"Nguyễn Văn {i}", "30292") for i in range(10_000)]
    said = ("sáng thứ 2, chiều thứ 5", "cả tuần trừ CN", "T2-T6 sáng", "chưa biết")
    rows = [f'{name},Bình Đức,"{said[i % 4]}"' for i, (_, name, _) in enumerate(people)]
    problem = week(people=people)

    replies = read_text_of(tmp_path, "\n".join(["Họ tên,Xã,Giờ rảnh", *rows]), problem=problem)
    write_availability(replies.availability, tmp_path / "availability.csv")

    assert len(replies.of("understood")) == 7_500
    assert len(replies.of("unclear")) == 2_500
    assert len(replies.availability) == 2_500 * (2 + 6 + 5)
