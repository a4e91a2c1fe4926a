"""What offices of other kinds met in the template of a province, from workbook to roster."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from commands import run
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.errors.message import languages
from shiftplan.files import headings, read_workbook
from shiftplan.present.words import Words
from shiftplan.week.kinds import KINDS, USUAL_KIND

SITES = ("MAIN", "NORTH", "RIVER")
PEOPLE = [f"V{i:02}" for i in range(1, 41)]
HOURS = ((8, 12), (10, 14), (12, 16), (16, 20))


def words(kind: str, lang: str = "en") -> Words:
    """What says the names of a kind's workbook."""
    return Words(lang if kind == USUAL_KIND else f"{lang}@{kind}")


def new(folder: Path, kind: str, lang: str = "en", *more: str) -> Path:
    """A new workbook, as the command makes it for the week from 7 December 2026 on."""
    path = folder / f"{kind}.xlsx"
    done = run(
        "template", "--out", path, "--kind", kind, "--lang", lang, "--start", "2026-12-07", *more
    )
    assert done.exit_code == 0, done.output
    return path


def put(sheet: Worksheet, table: str, rows: list[dict[str, Any]]) -> None:
    """Fill in the rows below what is there, by the headings of the sheet."""
    places = {headings.column_named(table, str(c.value)): c.column for c in sheet[1] if c.value}
    first = next(row for row in range(2, 999) if sheet.cell(row, 1).value is None)
    for row, values in enumerate(rows, start=first):
        for column, value in values.items():
            sheet.cell(row, places[column]).value = value


def fill_food_bank(path: Path, kind: str) -> None:
    """A food bank of 3 sites and 40 people, as its coordinator filled it in."""
    book, say = load_workbook(path), words(kind)
    centers = book[headings.sheet_title("centers", say)]
    put(centers, "centers", [{"center_id": site} for site in SITES])
    people = book[headings.sheet_title("volunteers", say)]
    put(people, "volunteers", [{"volunteer_id": who} for who in PEOPLE])
    grid = book[headings.sheet_title(headings.GRID, say)]
    for row, who in enumerate(PEOPLE, start=5):
        grid.cell(row, 1).value = who
        for column in range(4, grid.max_column + 1):
            if (row + (column - 4) // 4 + column) % 3:
                grid.cell(row, column).value = "x"
    if kind == USUAL_KIND:
        days = [dt.date(2026, 12, 7) + dt.timedelta(i) for i in (0, 2, 4)]
        shifts = [
            {"shift_id": f"{site}-{day:%d}-{start}", "center_id": site, "date": day}
            | {"start": dt.time(start), "end": dt.time(end)}
            for site in SITES
            for day in days
            for start, end in HOURS
        ]
        put(book["Shifts"], "shifts", shifts)
        needs = [{"shift_id": s["shift_id"], "minimum": 1, "target": 2} for s in shifts]
        put(book["Requirements"], "requirements", needs)
    book.save(path)


def test_a_food_bank_in_the_template_of_a_province_is_told_which_rules_can_go(
    tmp_path: Path,
) -> None:
    """41 faults about coordinates and homes; each says which two rules need them."""
    path = new(tmp_path, USUAL_KIND)
    fill_food_bank(path, USUAL_KIND)

    done = run("plan", path, "--out", tmp_path / "out")

    assert done.exit_code == 2
    lines = done.stderr.splitlines()
    assert lines[0] == "41 faults in the input:"  # all sites at once, 40 people
    assert (
        "Fill in “Latitude” and “Longitude”, or remove the rows max_distance and travel from the "
        "sheet Rules." in lines[1]
    )
    assert "hoặc xóa các dòng max_distance và travel trong" in run(
        "plan", path, "--out", tmp_path / "out", "--lang", "vi"
    ).stderr.replace("\n", " ")

    book = load_workbook(path)
    rules = book["Rules"]
    for row in range(rules.max_row, 1, -1):
        if rules.cell(row, 1).value in ("max_distance", "travel"):
            rules.delete_rows(row)
    book.save(path)
    assert read_workbook(path).centers


def test_a_food_bank_gets_a_good_roster_from_its_own_template(tmp_path: Path) -> None:
    """One round: no fault, all seats filled, at most 8 hours a day and 6 shifts a week."""
    path = new(tmp_path, "food-bank")
    fill_food_bank(path, "food-bank")

    done = run("plan", path, "--out", tmp_path / "out", "--gap", 0.1)

    assert done.exit_code == 0, done.output
    assert "Every seat is filled." in done.stdout
    assert "center" not in done.stdout.casefold()
    week = read_workbook(path)
    shifts = {shift.shift_id: shift for shift in week.shifts}
    with (tmp_path / "out" / "roster.csv").open(encoding="utf-8", newline="") as file:
        pairs = [(row["volunteer_id"], shifts[row["shift_id"]]) for row in csv.DictReader(file)]
    assert len(pairs) == sum(need.target for need in week.requirements) == 72
    hours: Counter[tuple[str, dt.date]] = Counter()
    for who, shift in pairs:
        hours[who, shift.start.date()] += (shift.end - shift.start) // dt.timedelta(hours=1)
    assert max(hours.values()) <= 8
    assert max(Counter(who for who, _ in pairs).values()) <= 6


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != USUAL_KIND])
def test_the_example_of_a_kind_goes_from_template_to_messages(
    kind: str, lang: str, tmp_path: Path
) -> None:
    """Planned, checked and reported; whatever people see has the words of the kind."""
    path, out, usual = new(tmp_path, kind, lang, "--example"), tmp_path / "out", Words(lang)

    planned = run("plan", path, "--out", out, "--gap", 0.1, "--lang", lang, "--workers", 1)
    checked = run("check", path, out / "roster.csv", "--lang", lang)

    assert (planned.exit_code, checked.exit_code) == (0, 0), planned.output + checked.output
    center, citizen = (usual(f"term.{name}", n=1) for name in ("center", "citizen"))
    own = words(kind, lang)("plans.centers")
    texts = {
        "plan": planned.stdout,
        "check": checked.stdout,
        **{
            file.name: file.read_text(encoding="utf-8") for file in (out / "messages").glob("*.txt")
        },
    }
    assert own in planned.stdout
    assert own in checked.stdout
    for name, text in texts.items():
        assert center not in text.casefold(), name
        assert citizen not in text.casefold(), name
        assert usual("plans.minority") not in text, name
        assert usual("plans.other") not in text.split("\n"), name
    book = load_workbook(out / "roster.xlsx", read_only=True)
    assert words(kind, lang)("view.center") in book.sheetnames


def test_a_fault_speaks_of_sites(tmp_path: Path) -> None:
    """An id that no site has, in the words of the workbook in both languages."""
    path = new(tmp_path, "food-bank", "en", "--example")
    book = load_workbook(path)
    book["Opening hours"]["A2"].value = "MAINE"
    book["Volunteers"]["A3"].value = "V01"
    book.save(path)

    english = run("plan", path, "--out", tmp_path / "out").stderr
    vietnamese = run("plan", path, "--out", tmp_path / "out", "--lang", "vi").stderr

    assert "center" not in english.casefold()
    assert "MAIN" in english
    assert "trung tâm" not in vietnamese.casefold()


def test_a_week_has_its_own_kind(tmp_path: Path) -> None:
    """Kind and example are for new workbooks; one made of a week keeps the kind of the week."""
    path = new(tmp_path, "school", "en", "--example")

    refused = run("template", "--week", path, "--out", tmp_path / "a.xlsx", "--kind", "clinic")
    made = run("template", "--week", path, "--out", tmp_path / "b.xlsx")

    assert refused.exit_code == 2
    assert "--kind" in refused.stderr
    assert made.exit_code == 0
    assert "Classrooms" in load_workbook(tmp_path / "b.xlsx").sheetnames
