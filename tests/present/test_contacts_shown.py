"""Phones, contacts and columns of people's own where somebody is called."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from commands import make_problem, run

from shiftplan import Center, Problem, Roster, Volunteer
from shiftplan.analysis.reserves import Reserve
from shiftplan.files import read_reserves, write_problem, write_reserves, write_roster
from shiftplan.present.handouts import Owner, clear_handouts, messages, write_handouts
from shiftplan.present.sheets import write_roster_workbook

ROSTER = Roster.of([("c0-1207-07", "v0"), ("c0-1207-07", "v1"), ("c1-1207-13", "v2")])
FILES = [f"Nguoi v{i} (v{i}).txt" for i in range(3)]
FILES += [f"Xa {i} (center-c{i}).txt" for i in range(2)]
"""People who can be called first, then the others; then centers."""
AN = {"phone": "+84 912 345 678", "contact": "an@example.org", "extra": {"Ghi chú": "=ăn chay"}}


@pytest.fixture
def week() -> Problem:
    """Three people and two centers; one of each can be called."""
    plain = make_problem(3, 2, 1)
    first, *others = plain.volunteers
    other = plain.centers[1]
    fields: dict[str, Any] = dict(first) | AN
    there = Center(center_id="c0", name="Xã 0", type="xã", phone="0296 385 0000", contact="chị Lan")
    return Problem(
        **{**dict(plain), "volunteers": (Volunteer(**fields), *others), "centers": (there, other)}
    )


def text_of(problem: Problem, kind: Any, who: str, lang: str, **more: Any) -> list[str]:
    """The lines of the message to somebody."""
    return messages(problem, ROSTER, lang=lang, **more)[Owner(kind, who)].splitlines()


def test_volunteers_are_told_how_to_reach_the_center(week: Problem) -> None:
    """Once for each center of their shifts, and nobody else's phone."""
    assert text_of(week, "volunteer", "v1", "en")[-2] == "To reach Xã 0: 0296 385 0000, chị Lan"
    assert text_of(week, "volunteer", "v1", "vi")[-2] == "Liên hệ xã 0: 0296 385 0000, chị Lan"
    assert "912" not in "".join(text_of(week, "volunteer", "v1", "en"))
    assert not any("reach" in line for line in text_of(week, "volunteer", "v2", "en"))


def test_centers_are_told_how_to_reach_their_people(week: Problem) -> None:
    """Below the shifts, each person once; those without a phone are left out."""
    reach = "To reach Người v0: +84 912 345 678, an@example.org"

    assert text_of(week, "center", "c0", "en")[-1] == reach
    assert not any("reach" in line for line in text_of(week, "center", "c1", "en"))


def test_changes_say_how_to_reach_whom_they_are_about(week: Problem) -> None:
    """New shifts the center, new people the person; who has lost a shift needs no center."""
    before = Roster.of([("c0-1207-07", "v1"), ("c1-1207-13", "v2")])

    told = text_of(week, "volunteer", "v0", "en", before=before)
    assert [line for line in told if "reach" in line] == ["To reach Xã 0: 0296 385 0000, chị Lan"]
    told = text_of(week, "center", "c0", "en", before=before)
    assert told[-1] == "To reach Người v0: +84 912 345 678, an@example.org"
    gone = messages(week, before, before=ROSTER)[Owner("volunteer", "v0")]
    assert "reach" not in gone


def test_everything_shows_phones_with_the_zero_that_a_spreadsheet_took(
    week: Problem, tmp_path: Path
) -> None:
    """The table of the week stays as it is."""
    people = [v.model_copy(update={"phone": "983061791"}) for v in week.volunteers]
    problem = Problem(**{**dict(week), "volunteers": people})

    write_handouts(problem, ROSTER, tmp_path)
    lists = [Reserve(shift_id="c0-1207-07", rank=1, volunteer_id="v2", reason="")]
    write_reserves(problem, lists, tmp_path / "reserves.csv")
    write_roster_workbook(problem, ROSTER, tmp_path / "roster.xlsx")

    book = openpyxl.load_workbook(tmp_path / "roster.xlsx")
    texts = [path.read_text("utf-8") for path in tmp_path.rglob("*.[ct][sx][vt]")]
    assert len([text for text in texts if "0983061791" in text]) == 4  # centers, two tables
    assert not any(re.search(r"(?<![0-9+])983061791", text) for text in texts)
    assert "0983061791" in {cell.value for row in book["Contacts"] for cell in row}


def test_all_messages_stand_in_one_table(week: Problem, tmp_path: Path) -> None:
    """Name, phone and text side by side, for a phone or a mail merge; no cell is a formula."""
    write_handouts(week, ROSTER, tmp_path)
    folder = tmp_path / "messages"

    table = (folder / "messages.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["file"] for row in rows] == FILES
    assert (rows[0]["name"], rows[0]["phone"]) == ("Người v0", "'+84 912 345 678")
    assert (rows[3]["kind"], rows[3]["id"], rows[3]["contact"]) == ("center", "c0", "chị Lan")
    for row in rows:
        text = (folder / row["file"]).read_text(encoding="utf-8")
        assert row["message"] == text.strip()

    write_handouts(week, ROSTER, tmp_path, before=ROSTER)
    assert not (folder / "messages.csv").exists()
    write_handouts(week, ROSTER, tmp_path)
    clear_handouts(tmp_path)
    assert not (folder / "messages.csv").exists()


def test_messages_without_contacts_stay_what_they_were() -> None:
    """No line is added where nobody can be called."""
    told = messages(make_problem(3, 2, 1), ROSTER)

    assert not any("reach" in text for text in told.values())


def test_stand_by_lists_have_columns_to_call(week: Problem, tmp_path: Path) -> None:
    """And those of people's own; they come back as lists."""
    file = tmp_path / "reserves.csv"
    found = (Reserve("c1-1207-07", 1, "v0", "near"), Reserve("c1-1207-07", 2, "v2", "far"))
    write_reserves(week, found, file)

    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert rows[0]["phone"] == "'+84 912 345 678"
    assert (rows[0]["contact"], rows[0]["Ghi chú"]) == ("an@example.org", "'=ăn chay")
    assert (rows[1]["phone"], rows[1]["contact"], rows[1]["Ghi chú"]) == ("", "", "")
    assert read_reserves(file) == found

    write_reserves(make_problem(3, 2, 1), found, file)
    assert "phone" not in file.read_text(encoding="utf-8")


def test_own_columns_named_as_those_of_the_lists_are_told_apart(tmp_path: Path) -> None:
    """A column `Reason` of people is not why they stand by."""
    plain, file = make_problem(3, 2, 1), tmp_path / "reserves.csv"
    extra = {"Reason": "mine", "rank": "7", "=x": "y", "reason ": "z"}
    people = (
        Volunteer(**{**dict(plain.volunteers[0]), "extra": extra}),
        *plain.volunteers[1:],
    )
    found = (Reserve("c1-1207-07", 1, "v0", "near"),)
    write_reserves(plain.model_copy(update={"volunteers": people}), found, file)

    assert read_reserves(file) == found
    header = file.read_text(encoding="utf-8").splitlines()[0]
    assert header.endswith(",'=x,extra.Reason,extra.rank,extra.reason")


def test_the_workbook_lists_contacts_on_a_sheet_of_their_own(week: Problem, tmp_path: Path) -> None:
    """Centers that can be called, then all people; texts stay texts. The other sheets have none."""
    write_roster_workbook(week, ROSTER, tmp_path / "roster.xlsx")
    book = openpyxl.load_workbook(tmp_path / "roster.xlsx")

    sheet = book["Contacts"]
    rows = [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert rows[0] == ["Name", "Id", "Home center", "Phone", "Contact", "Ghi chú"]
    assert rows[1][:5] == ["Xã 0", "c0", None, "0296 385 0000", "chị Lan"]
    assert rows[2] == ["Người v0", "v0", None, "+84 912 345 678", "an@example.org", "=ăn chay"]
    assert [row[1] for row in rows[1:]] == ["c0", "v0", "v1", "v2"]
    assert {cell.data_type for row in sheet.iter_rows(min_row=4) for cell in row} <= {"s", "n"}
    assert "coordinators" in sheet["A2"].value
    for other in book.sheetnames:
        text = str([list(row) for row in book[other].values])
        assert ("912 345" in text) == (other == "Contacts")

    write_roster_workbook(make_problem(3, 2, 1), ROSTER, tmp_path / "plain.xlsx")
    assert "Contacts" not in openpyxl.load_workbook(tmp_path / "plain.xlsx").sheetnames


def test_suggestions_and_repairs_name_a_phone(week: Problem, tmp_path: Path) -> None:
    """In English and Vietnamese; and the table of changes, as far as anybody can be called."""
    write_problem(week, tmp_path / "week")
    write_roster(week, Roster.of([("c0-1207-07", "v1"), ("c0-1207-13", "v0")]), tmp_path / "r.csv")
    (tmp_path / "absent.csv").write_text("volunteer_id\nv1\n")
    asked = tmp_path / "week", tmp_path / "r.csv"

    told = run("suggest", *asked, "c0-1207-07", COLUMNS="200").stdout
    assert "Contact" in told
    assert "+84 912 345 678, an@example.org" in told
    told = run("suggest", *asked, "c0-1207-07", "--lang", "vi", COLUMNS="200").stdout
    assert "Liên hệ" in told

    out = tmp_path / "out"
    told = run("repair", *asked, "--absent", tmp_path / "absent.csv", "--out", out, COLUMNS="200")
    assert told.exit_code == 0
    rows = list(csv.DictReader((out / "changes.csv").read_text("utf-8").splitlines()))
    assert {row["phone"] for row in rows if row["volunteer_id"] == "v0"} <= {"'+84 912 345 678"}
    assert {row["phone"] for row in rows if row["volunteer_id"] == "v1"} == {""}
    assert "Người v1 (v1)\n" in told.stdout
