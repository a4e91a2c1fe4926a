"""Sheets of opening hours, standard needs and closed days in workbooks, in both languages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from files.weeks import refused
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from shiftplan.errors import Fault
from shiftplan.files import read_workbook
from shiftplan.present.faults import fault_text
from shiftplan.present.sheets import write_template, write_workbook
from shiftplan.present.words import Lang
from shiftplan.problem import Problem

MONDAY = dt.date(2026, 12, 7)
TITLES = {
    "en": ("Opening hours", "Standard needs", "Closed days", "Centers", "Shifts"),
    "vi": ("Giờ mở cửa", "Định mức người trực", "Ngày nghỉ", "Trung tâm", "Ca trực"),
}


@pytest.fixture(params=["en", "vi"])
def lang(request: pytest.FixtureRequest) -> Lang:
    return request.param


@pytest.fixture
def template(tmp_path: Path, lang: Lang) -> Path:
    """A blank workbook in which two centers and a person are filled in."""
    path = tmp_path / "week.xlsx"
    write_template(path, MONDAY, lang)
    book = load_workbook(path)
    fill(
        book,
        TITLES[lang][3],
        ["C1", "Một", "xã", 10.5, 105.5],
        ["C2", "Hai", "phường", 10.6, 105.5],
    )
    people = book.worksheets[4]
    fill(people, None, ["V1", "An", "C1"])
    book.save(path)
    return path


def fill(book: Workbook, title: str | None, *rows: list[object]) -> None:
    """Put rows below the headings and the example of a sheet."""
    sheet = book if title is None else book[title]
    for number, row in enumerate(rows, start=3):
        for place, value in enumerate(row, start=1):
            sheet.cell(number, place).value = value


def read(path: Path) -> tuple[Problem, list[Fault]]:
    notes: list[Fault] = []
    return read_workbook(path, on_note=notes.append), notes


def columns(book: Workbook, title: str) -> list[str]:
    return [cell.value for cell in book[title][1]]


def test_a_template_offers_them(template: Path, lang: Lang) -> None:
    """With headings and an example in the language, which makes no shift."""
    book = load_workbook(template)
    hours, needs, days, _, _ = TITLES[lang]

    heads = {"en": ["Where", "Days", "Start", "End", "Session"],
             "vi": ["Nơi áp dụng", "Các ngày", "Giờ bắt đầu", "Giờ kết thúc", "Buổi"]}  # fmt: skip
    assert set(heads[lang]) <= set(columns(book, hours))
    assert book[hours]["B2"].value == {"en": "(example) Mon-Fri", "vi": "(ví dụ) T2-T6"}[lang]
    assert book[needs]["A2"].value is not None
    assert book[days]["C2"].value in ("(example) closed", "(ví dụ) nghỉ")
    assert read(template)[0].shifts == ()


def test_they_make_shifts_and_requirements(template: Path, lang: Lang) -> None:
    """Dates and times may be those of the spreadsheet program; notes name the sheets."""
    book = load_workbook(template)
    hours, needs, days, _, shifts = TITLES[lang]
    place = {name: i for i, name in enumerate(columns(book, hours))}
    assert len(place) >= 5
    fill(book, hours, ["", "T2-T6", dt.time(7), dt.time(11), "am"],
         ["C2", dt.datetime(2026, 12, 12), "13h", "17h", "pm"])  # fmt: skip
    head = columns(book, needs)
    book[needs].cell(3, head.index({"en": "Target", "vi": "Chỉ tiêu"}[lang]) + 1).value = 2
    closed = {"en": "closed", "vi": "nghỉ"}[lang]
    fill(book, days, [dt.datetime(2026, 12, 9), "", closed, "C1"])
    book.save(template)
    problem, notes = read(template)

    assert [s.shift_id for s in problem.shifts] == [
        *(f"C1-{day}-am" for day in ("1207", "1208", "1210", "1211")),
        *(f"C2-{day}-am" for day in ("1207", "1208", "1209", "1210", "1211")),
        "C2-1212-pm",
    ]
    assert [r.target for r in problem.requirements] == [2] * 10
    told = [fault_text(note, lang) for note in notes]
    assert any(f"{hours}" in text and "10" in text and shifts in text for text in told)


def test_faults_are_at_their_cells(template: Path, lang: Lang) -> None:
    """Of the sheet as it is called there."""
    book = load_workbook(template)
    fill(book, TITLES[lang][0], ["", "T9", dt.time(7), dt.time(11), "am"])
    book.save(template)
    (fault,) = refused(read_workbook, template)

    assert (fault.sheet, fault.cell, fault.code) == (TITLES[lang][0], "B3", "not_a_date")
    assert fault_text(fault, lang).count("B3") == 1


def test_a_sheet_of_shifts_may_be_gone(template: Path, lang: Lang) -> None:
    """Without opening hours it is missed; with rows of both, shifts win and notes say so."""
    book = load_workbook(template)
    hours, closed, shifts = TITLES[lang][0], TITLES[lang][2], TITLES[lang][4]
    fill(book, hours, ["", "T2", dt.time(7), dt.time(11), "am"])
    fill(book, shifts, ["S1", "C1", MONDAY, dt.time(7), dt.time(11)])
    fill(book, closed, [MONDAY, "", {"en": "closed", "vi": "nghỉ"}[lang], "C1"])
    book.save(template)
    problem, notes = read(template)
    assert [s.shift_id for s in problem.shifts] == ["S1"]
    assert [n.sheet for n in notes if n.table in ("opening", "days")] == [closed, hours]

    del book[shifts]
    book.save(template)
    assert [s.shift_id for s in read(template)[0].shifts] == ["C2-1207-am"]

    del book[hours]
    book.save(template)
    assert "missing_sheet" in {fault.code for fault in refused(read_workbook, template)}


def test_a_week_with_shifts_has_no_such_sheets(template: Path, tmp_path: Path, lang: Lang) -> None:
    """What was made is written as shifts and read back equal."""
    book = load_workbook(template)
    fill(book, TITLES[lang][0], ["", "T2", dt.time(7), dt.time(11), "am"])
    book.save(template)
    made = read(template)[0]
    write_workbook(made, tmp_path / "made.xlsx", lang)

    assert TITLES[lang][0] not in load_workbook(tmp_path / "made.xlsx").sheetnames
    assert read(tmp_path / "made.xlsx")[0] == made
