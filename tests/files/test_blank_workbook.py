"""Workbooks made: whatever their help offers can be filled in, without a column of one's own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from books import saved
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from weeks import read

from shiftplan.errors.message import languages
from shiftplan.files import read_week, read_workbook
from shiftplan.files.headings import column_named, sheet_title
from shiftplan.files.workbook.reading import book_sheets
from shiftplan.present import write_template, write_workbook
from shiftplan.present.sheets.teams import write_team_forms
from shiftplan.present.words import Lang, Words
from shiftplan.rules import RULES

VALUES: dict[str, Any] = {
    "weight": 3, "value": 2, "note": "Vì dân", "shifts": "night", "seats": "all",
    "group": "official", "per": "week", "rolling_days": 7, "first": "night", "then": "day",
    "weekend": "sat|sun", "skill": "portal", "novice_level": 1, "mentor_level": 3, "min_level": 2,
    "told_weight": 5, "days": "mon", "where": "island", "hours": "06:00-20:00",
    "sides": "bridge", "same": "time",
    "how": "all", "pattern": "night, off", "followed_by": "off", "last_run": "counted",
    "speed_kmh": 30, "tour": "home",
    "pause_minutes": 30, "within_hours": 24, "from_shifts": 2,
    "first_day": dt.date(2026, 12, 7), "last_day": dt.date(2026, 12, 9),
}  # fmt: skip
"""Column of the rules -> a value that every rule that has it takes, but for those of `OTHERS`."""
NOBODY: dict[str, Any] = {"volunteers": (), "availability": ()}
OTHERS = {
    ("area_floor", "group"): "island", ("max_min", "value"): 5, ("needs_too", "per"): "day",
    **{(kind, "per"): "moment" for kind in ("mentor", "mentored", "never_alone")},
    ("min_group_share", "per"): "center_day", ("max_group_share", "per"): "shift",
}  # fmt: skip


def fill(sheet: Worksheet, table: str, row: int, values: dict[str, Any]) -> None:
    """Fill in a row by the headings that the sheet has; no heading is added."""
    places = {column_named(table, str(cell.value)): cell.column for cell in sheet[1] if cell.value}
    for column, value in values.items():
        sheet.cell(row, places[column]).value = value


def row_of(kind: str) -> dict[str, Any]:
    """A row of the rules in which every parameter of a kind has a value."""
    own = [name for name in RULES[kind].columns() if name not in ("rule", "level")]
    row = {name: OTHERS.get((kind, name), VALUES[name]) for name in own}
    if {"per", "rolling_days"} <= row.keys():
        del row["per"]  # a rule takes one of the two
    is_soft = "whole number" in str(RULES[kind].levels())
    return {"rule": kind, "level": 1 if is_soft else "hard", **row}


@pytest.mark.parametrize("lang", languages())
def test_every_rule_that_the_blank_workbook_lists_can_be_used_in_it(
    lang: Lang, tmp_path: Path
) -> None:
    """Each parameter of each rule has a column there, and what rules name can be told there too."""
    write_template(tmp_path / "blank.xlsx", dt.date(2026, 12, 7), lang)
    book = load_workbook(tmp_path / "blank.xlsx")
    sheets = {
        t: book[sheet_title(t, Words(lang))] for t in ("centers", "volunteers", "shifts", "rules")
    }
    place = {"lat": 10, "lon": 105, "groups": "island"}
    fill(sheets["centers"], "centers", 3, {"center_id": "00430", **place})
    for row, who in enumerate(("A1", "A2"), start=3):
        values = {"volunteer_id": who, "home_center_id": "00430", "group": "official"}
        fill(sheets["volunteers"], "volunteers", row, values)
    for row, name in enumerate(("day", "night"), start=3):
        hours = {"date": dt.date(2026, 12, 7), "start": dt.time(7), "end": dt.time(11)}
        kinds = {"type": name, "tags": "late", "skill_id": "portal", "min_level": 2}
        values = {"shift_id": name, "center_id": "00430", **hours, **kinds}
        fill(sheets["shifts"], "shifts", row, values)
    sheets["rules"].delete_rows(2, sheets["rules"].max_row)
    rows = [row_of(kind) for kind in RULES]
    for number, values in enumerate(rows, start=2):
        fill(sheets["rules"], "rules", number, values)

    rules = read_workbook(saved(book, tmp_path)).rules

    assert [rule.rule for rule in rules] == list(RULES)
    named = [{RULES[row["rule"]].columns()[name] for name in row} for row in rows]
    assert [rule.model_fields_set | {"rule"} for rule in rules] == named


@pytest.mark.parametrize("lang", languages())
def test_the_blank_workbook_has_what_rules_read_of_shifts_and_publication(
    lang: Lang, tmp_path: Path
) -> None:
    """Types of shifts, areas of centers, mobile people, and what was published."""
    write_template(tmp_path / "blank.xlsx", dt.date(2026, 12, 7), lang)
    book = load_workbook(tmp_path / "blank.xlsx")

    def columns(table: str) -> set[str]:
        cells = book[sheet_title(table, Words(lang))][1]
        return {column_named(table, str(cell.value)) for cell in cells}

    assert {"type", "tags", "skill_id"} <= columns("shifts")
    assert "groups" in columns("centers")
    assert "mobile" in columns("volunteers")
    assert {"shift_id", "volunteer_id", "told"} <= columns("published")


def test_a_workbook_made_of_a_week_has_the_columns_of_every_rule_that_it_lists(
    tmp_path: Path,
) -> None:
    """The week uses five rules and no types: what the blank workbook has is there all the same."""
    week = read_week("examples/data/commune")
    write_template(tmp_path / "blank.xlsx", dt.date(2026, 12, 7))
    write_workbook(week, tmp_path / "week.xlsx")
    blank, made = load_workbook(tmp_path / "blank.xlsx"), load_workbook(tmp_path / "week.xlsx")

    for table in ("centers", "volunteers", "shifts", "published", "rules"):
        asked, found = (
            {str(c.value) for c in book[sheet_title(table, str)][1]} for book in (blank, made)
        )
        assert asked - {"Skill: portal"} <= found, table
    assert read_workbook(tmp_path / "week.xlsx").digest == week.digest


def test_nothing_of_an_example_stays_where_somebody_types_over_it(tmp_path: Path) -> None:
    """Id and name of the example in a team's form become a person's: its other cells are none's."""
    week = read(tmp_path)
    (form, *_) = write_team_forms(week.model_copy(update=NOBODY), tmp_path / "forms", lang="vi")
    book = load_workbook(form)
    people, grid = book["Tình nguyện viên"], book["Bảng đăng ký"]
    shown = [cell.value for cell in people[2] if cell.value]
    for sheet, row in ((people, 2), (grid, 4)):
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = "TN9", "Nguyễn Phúc Hậu"
    grid["D4"] = "x"
    tables, faults = book_sheets(saved(book, tmp_path), whole=False)
    (person,) = tables["volunteers"].rows

    assert all(str(text).startswith("(ví dụ) ") for text in shown[:2] + shown[3:])
    assert (person[:2], set(person[3:]), faults) == (["TN9", "Nguyễn Phúc Hậu"], {""}, [])
    assert person[2] == shown[2]  # the home of the team
    assert len(tables["availability"].rows) == 1


def test_what_opening_hours_and_standard_needs_make_is_not_asked_for(tmp_path: Path) -> None:
    """The example has no shifts and requirements of its own, and asks nobody to fill them in."""
    write_template(tmp_path / "week.xlsx", dt.date(2026, 12, 7), example=True)
    book = load_workbook(tmp_path / "week.xlsx")

    dark = book["Help"].sheet_properties.tabColor.rgb
    first = [s.title for s in book.worksheets[1:] if s.sheet_properties.tabColor.rgb == dark]

    assert book["Help"]["A4"].value.startswith("1.  Everything is filled in")
    assert first == [
        *("Week", "Centers", "Volunteers", "Availability grid"),
        *("Opening hours", "Standard needs"),
    ]
