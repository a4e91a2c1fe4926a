"""Columns of people's own, phones and contacts: what is kept, told, refused and written back."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from files.books import faults_of, places, saved, tiny_book
from files.more_columns import noted, with_columns
from files.weeks import TINY, faults, read, refused, told_at
from hypothesis import example, given
from hypothesis import strategies as st
from pace import costly

from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files import (
    read_problem,
    read_tables,
    read_week,
    read_workbook,
    write_problem,
    write_week,
)
from shiftplan.present import fault_text, write_workbook
from shiftplan.problem import Problem
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import Skill, Volunteer

KEEPING = {"volunteers": "A1", "centers": "00430", "shifts": "S1"}


@pytest.mark.parametrize("table", KEEPING)
def test_unknown_columns_are_kept_and_listed_once(table: str, tmp_path: Path) -> None:
    """Each row keeps what stands there, as text, in order of the titles; blanks are nothing."""
    columns = ("STT,01,02", "Ghi chú,ăn chay,", "Empty,,")
    problem, notes = noted(tmp_path, **with_columns(table, *columns))

    first, second = getattr(problem, table)
    assert first.extra == (("Ghi chú", "ăn chay"), ("STT", "01"))
    assert second.extra == (("STT", "02"),)
    assert [(n.code, n.file, n.row) for n in notes] == [("kept_columns", f"{table}.csv", 1)]
    assert fault_text(notes[0]) == (
        f"{table}.csv, row 1: kept as columns of your own, which planning does not use: STT, "
        "Ghi chú"
    )
    assert "giữ làm cột riêng" in fault_text(notes[0], "vi")


@pytest.mark.parametrize("table", ["skills", "availability", "requirements", "rules", "demand"])
def test_other_tables_have_known_columns_only(table: str, tmp_path: Path) -> None:
    """A row of them is about no person, center or shift to whom a remark could belong."""
    caught = faults(tmp_path, **with_columns(table, "Nhận xét,x,"))

    assert told_at(caught) == ["unknown_column|1|Nhận xét|Nhận xét"]


@pytest.mark.parametrize(
    ("table", "title", "meant"),
    [
        ("volunteers", "max_shift", "max_shifts"),
        ("volunteers", "Home centre", "home_center_id"),
        ("volunteers", "So dien thoai", "phone"),
        ("volunteers", "Điện thọai", "phone"),
        ("volunteers", "phon", "phone"),
        ("volunteers", "Lien he", "contact"),
        ("volunteers", "mobil", "mobile"),
        ("volunteers", "Tỉ lệ có mặt", "show_rate"),
        ("centers", "Latitud", "lat"),
        ("centers", "populaton", "population"),
        ("shifts", "Tag", "tags"),
        ("shifts", "min levl", "min_level"),
    ],
)
def test_a_slip_of_a_known_column_is_a_fault(
    table: str, title: str, meant: str, tmp_path: Path
) -> None:
    """In the table that lacks the column; both spellings are shown."""
    header = TINY[table].split("\n", 1)[0].split(",")
    lines = [line.split(",") for line in TINY[table].splitlines()]
    if meant in header:
        place = header.index(meant)
        lines = [line[:place] + line[place + 1 :] for line in lines]
    text = "".join(
        ",".join([*line, title if i == 0 else "1"]) + "\n" for i, line in enumerate(lines)
    )

    (caught,) = faults(tmp_path, **{table: text})

    assert (caught.code, caught.row, caught.column) == ("unknown_column", 1, title)
    assert f"'{meant}'" in str(caught)


@pytest.mark.parametrize("title", ["Cự ly tối đa (km)", "Xa nhất", "Bán kính (km)"])
def test_a_title_that_may_stand_for_a_column_is_read_with_a_note(
    title: str, tmp_path: Path
) -> None:
    """Where the column itself is missing; beside it the title is one of people's own."""
    problem, notes = noted(tmp_path, **with_columns("volunteers", f'{title},"5,5",'))

    assert problem.volunteers[0].max_distance_km == 5.5
    (note,) = (note for note in notes if note.column == title)
    assert fault_text(note, "vi").endswith("được đọc là “Xa nhất (km)”")

    (tmp_path / "both").mkdir()
    columns = with_columns("volunteers", "max_distance_km,,", f"{title},5,")
    problem, _ = noted(tmp_path / "both", **columns)
    write_problem(problem, tmp_path / "again")

    assert problem.volunteers[0].max_distance_km is None
    assert read_week(tmp_path / "again").volunteers[0].extra == ((title, "5"),)


def test_a_second_column_beside_a_known_one_is_kept(tmp_path: Path) -> None:
    """Who has the column itself has not misspelt it."""
    problem, _ = noted(
        tmp_path, **with_columns("volunteers", "phone,1,", "phone2,2,", "Max shift,3,")
    )

    assert problem.volunteers[0].phone == "1"
    assert problem.volunteers[0].extra == (("Max shift", "3"), ("phone2", "2"))


@pytest.mark.parametrize(
    "title", ["portal", "Portal", "Skill portal", "Kỹ năng portal", "Dịch vụ công"]
)
def test_a_column_named_like_a_skill_is_a_fault(title: str, tmp_path: Path) -> None:
    """Levels that stood there would count for nothing."""
    caught = faults(tmp_path, **with_columns("volunteers", f"{title},2,"))

    assert told_at(caught) == [f"unknown_column|1|{title}|{title}"]
    assert "'skill.portal'" in str(caught[0])


def test_a_workbook_is_told_the_heading_of_a_skill(tmp_path: Path) -> None:
    """Its headings are words: `skill.portal` is how files of the format spell it."""
    book = tiny_book(**with_columns("volunteers", "Portal,2,"))
    (fault,) = faults_of(saved(book, tmp_path))

    assert isinstance(fault.remedy, Message)
    assert fault.remedy.said("en") == "Did you mean the heading Skill: portal?"
    assert fault.remedy.said("vi") == "Có thể ý là tiêu đề Kỹ năng: portal."
    assert ".." not in str(fault)


@pytest.mark.parametrize(
    ("one", "other"), [("Note", "Note"), ("Note", "NOTE"), ("Ghi chú", " ghi CHÚ ")]
)
def test_a_title_stands_once(one: str, other: str, tmp_path: Path) -> None:
    """Capitals and blanks make no second column."""
    caught = faults(tmp_path, **with_columns("volunteers", f"{one},1,", f"{other},2,"))

    assert [fault.code for fault in caught] == ["repeated_column"]


@pytest.mark.parametrize("title", ["", "\u200b", "\u2060"])
def test_an_unnamed_column_with_content_is_a_fault(title: str, tmp_path: Path) -> None:
    """Also where its name is there, but cannot be seen."""
    caught = faults(tmp_path, **with_columns("centers", f"{title},,x", "Note,1,2"))

    assert told_at(caught) == ["unnamed_column|3"]


PHONE = "0912345678"
ASTRAY = {
    "under no title": (",,Note", f",{PHONE},x"),
    "beyond the header": ("", f",{PHONE}"),
    "in a row that is cut off": (",phone,Note", f",{PHONE}"),
}


@pytest.mark.parametrize(("titles", "cells"), ASTRAY.values(), ids=ASTRAY)
def test_what_stands_under_no_title_is_not_quoted(titles: str, cells: str, tmp_path: Path) -> None:
    """It may be a phone, and faults stand in logs and on the pages of batches."""
    head, row = TINY["volunteers"].splitlines()[:2]
    caught = faults(tmp_path, volunteers=f"{head}{titles}\n{row}{cells}\n")

    assert caught
    assert PHONE not in "".join(map(repr, caught))


def test_too_many_and_too_long_titles_are_faults(tmp_path: Path) -> None:
    """200 columns of people's own are kept, titles have 300 characters at most."""
    many = [f"own {i}," for i in range(201)]
    assert noted(tmp_path, **with_columns("shifts", *many[:200]))[0]
    caught = faults(tmp_path, **with_columns("shifts", *many))
    assert told_at(caught) == ["too_many_columns|1"]
    assert "201 columns unknown; the limit is 200" in str(caught[0])

    caught = faults(tmp_path, **with_columns("shifts", "x" * 301))
    assert [fault.code for fault in caught] == ["too_long"]
    caught = faults(tmp_path, **with_columns("shifts", "x" * 300 + ",1", "y," + "1" * 10_001))
    assert [(f.code, f.row, f.column) for f in caught] == [("invalid_value", 2, "y")]


def test_without_a_header_own_columns_do_not_hide_it(tmp_path: Path) -> None:
    """A table that begins with its first row is told so."""
    caught = faults(tmp_path, centers=TINY["centers"].split("\n", 1)[1])

    assert [(fault.code, fault.column) for fault in caught] == [("missing_column", "center_id")]
    assert "header" in str(caught[0])


def test_cells_of_workbooks_are_kept_as_they_show(tmp_path: Path) -> None:
    """Dates, times, numbers and errors under titles of people's own are no faults."""
    book = tiny_book(**with_columns("volunteers", "Ngày sinh,,", "STT,,", "Tra cứu,,", "Giờ,,"))
    sheet = book["volunteers"]
    for place, value in zip("HIJK", (dt.date(1999, 5, 4), 7, "#N/A", dt.time(7, 30)), strict=True):
        sheet[f"{place}2"] = value
    sheet["J2"].data_type = "e"
    sheet["I3"] = 1234567890123456

    problem = read_workbook(saved(book, tmp_path))

    assert dict(problem.volunteers[0].extra) == {
        "Ngày sinh": "1999-05-04", "STT": "7", "Tra cứu": "#N/A", "Giờ": "07:30",
    }  # fmt: skip
    assert problem.volunteers[1].extra == (("STT", "1234567890123456"),)


def test_faults_of_own_columns_stand_at_their_cells(tmp_path: Path) -> None:
    """As those of all others do."""
    book = tiny_book(**with_columns("volunteers", "Note,1,", "Max shift,,"))
    sheet = book["volunteers"]
    sheet.delete_cols(6)
    sheet["G2"] = "x" * 10_001

    caught = faults_of(saved(book, tmp_path))

    assert places(caught) == [
        ("unknown_column", "volunteers", "H1"),
        ("invalid_value", "volunteers", "G2"),
    ]


def test_plans_do_not_depend_on_them(tmp_path: Path) -> None:
    """The digest stays, the problem does not."""
    plain = read(tmp_path)
    columns = ("phone,1,2", "contact,a,b", "Note,c,d")
    people = with_columns("volunteers", *columns) | with_columns("centers", *columns)
    full = read(tmp_path, **people, **with_columns("shifts", "Note,c,d"))

    assert full != plain
    assert full.digest == plain.digest


def test_in_json_they_are_an_object(tmp_path: Path) -> None:
    """As Python has it too, where a mapping or pairs may be given."""
    person = Volunteer(volunteer_id="A1", extra={"b": " 1 ", "a": "2", "c": " "})
    assert person.extra == (("a", "2"), ("b", "1"))
    assert Volunteer(volunteer_id="A1", extra=[("b", "1"), ("a", "2")]) == person

    problem, _ = noted(tmp_path, **with_columns("volunteers", "Note,x,"))
    told = json.loads(problem.to_json())
    assert told["volunteers"][0]["extra"] == {"Note": "x"}
    assert read_tables(told) == problem == read_tables(problem.to_json())

    for wrong in (
        {"a": 1},
        {" ": "x"},
        {"\u200b": "x"},
        [("a", "1"), ("a", "2")],
        {"a": "x\x00"},
        "a",
    ):
        told["volunteers"][0]["extra"] = wrong
        caught = refused(read_tables, told)
        assert {(f.table, f.column.partition(".")[0], f.index) for f in caught} == {
            ("volunteers", "extra", 0)
        }


UNREADABLE = [
    ("volunteers", "Phone"),
    ("volunteers", "Số ca nhiều nhất"),
    ("volunteers", "max_shifts"),
    ("volunteers", "skill.x"),
    ("volunteers", "Skill: x"),
    ("volunteers", "SKILL."),
    ("volunteers", "portal"),
    ("centers", "SĐT"),
    ("centers", "name"),
    ("shifts", "date"),
    ("shifts", "end_date"),
]


@pytest.mark.parametrize(("table", "title"), UNREADABLE)
def test_a_title_that_would_be_read_as_something_else_is_not_written(
    table: str, title: str, tmp_path: Path
) -> None:
    """A problem made in Python or JSON may hold it; a table cannot."""
    problem = read(tmp_path)
    first, *others = getattr(problem, table)
    rows = (first.model_copy(update={"extra": ((title, "x"),)}), *others)
    problem = problem.model_copy(update={table: rows})

    for name in ("out", "out.xlsx"):
        caught = refused(write_problem, problem, tmp_path / name)
        assert [(f.code, f.table, f.column) for f in caught] == [("repeated_column", table, title)]
        assert not (tmp_path / name).exists()
    write_problem(problem, tmp_path / "out.json")
    assert read_problem(tmp_path / "out.json") == problem


@pytest.mark.parametrize("write", [write_week, write_workbook])
def test_skills_that_differ_in_capitals_are_not_written(write: Any, tmp_path: Path) -> None:
    """Their columns of the volunteers would be one; without volunteers there are none."""
    skills = (Skill(skill_id="Ĉ"), Skill(skill_id="ĉ"))
    horizon = Horizon(start=dt.date(2026, 12, 7), days=1)
    week = Problem(horizon=horizon, centers=(), volunteers=(), shifts=(), skills=skills)
    write(week, tmp_path / "alone.xlsx")
    people = week.model_copy(update={"volunteers": (Volunteer(volunteer_id="v"),)})

    with pytest.raises(InputError) as error:
        write(people, tmp_path / "week.xlsx")

    assert [(f.code, f.column) for f in error.value.faults] == [
        ("repeated_column", "skill.Ĉ"),
        ("repeated_column", "skill.ĉ"),
    ]


def test_titles_that_differ_in_capitals_are_not_written(tmp_path: Path) -> None:
    """One row may have `Note` and another `NOTE`; in a table they are one column."""
    problem = read(tmp_path)
    rows = [
        person.model_copy(update={"extra": ((title, "x"),)})
        for person, title in zip(problem.volunteers, ("Note", "NOTE"), strict=True)
    ]

    caught = refused(
        write_week, problem.model_copy(update={"volunteers": tuple(rows)}), tmp_path / "out"
    )

    assert [(f.code, f.column) for f in caught] == [("repeated_column", "Note")]


_titles = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


@costly(0.2)
@given(table=st.sampled_from(sorted(KEEPING)), title=_titles, text=_titles)
@example(table="volunteers", title="Phones", text="=1")
@example(table="volunteers", title="E-mail", text="+84")
@example(table="volunteers", title="=HYPERLINK(1)", text="x")
@example(table="shifts", title="skill.x", text="x")
@example(table="shifts", title="Tag", text="x")
@example(table="centers", title="Tổng", text="tổng")
@example(table="centers", title="\u3164", text="x")
@example(table="centers", title="_x0041_", text="_x0041_")
@example(table="volunteers", title="'=", text="'")
@example(table="volunteers", title="0", text="ı")
def test_any_title_comes_back_or_is_refused(table: str, title: str, text: str) -> None:
    """In each form, whatever it is: nothing is read as something else."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        problem = read(place)
        first, *others = getattr(problem, table)
        try:
            row = type(first)(**{**dict(first), "extra": {title: text}})
        except ValueError:
            return
        problem = problem.model_copy(update={table: (row, *others)})
        for name in ("out", "out.xlsx", "out.json"):
            with contextlib.suppress(InputError):
                write_problem(problem, place / name)
            if (place / name).exists():
                assert read_problem(place / name) == problem
