"""No table that is written holds what a spreadsheet program takes for a formula."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from weeks import TINY, read

from shiftplan import History, Roster
from shiftplan.analysis.repair import Repair
from shiftplan.analysis.repair.outcome import Notice
from shiftplan.files import (
    read_attendance,
    read_changes,
    read_ledger,
    read_problem,
    read_week,
    read_workbook,
    write_history,
    write_ledger,
    write_roster,
    write_week,
)
from shiftplan.files.csv_text import neutral, plain
from shiftplan.present import write_workbook
from shiftplan.present.answers.reasons import changes_csv
from shiftplan.seasons import Ledger

WIDE = "＝＋－＠"
"""Signs of a formula of full width, which spreadsheet programs of East Asia take for one too."""
SIGNS = ["=1+1", "+A", "-1+1", "@x", "'=1", "''-2", "'quoted", *(f"{sign}1+1" for sign in WIDE)]
NUMBER = re.compile(r"-?[0-9.]+")


def formulas(file: Path) -> list[str]:
    """Cells of a CSV file that begin like a formula; numbers are none."""
    with file.open(encoding="utf-8", newline="") as text:
        found = [cell for row in csv.reader(text) for cell in row]
    return [c for c in found if c[:1] in {*"=+-@\t\r", *WIDE} and not NUMBER.fullmatch(c)]


def hostile(sign: str) -> dict[str, str]:
    """The tiny week with a sign as id, name, group and note; a center lies in the south."""
    people = TINY["volunteers"].replace("A1,An,00430,official", f"{sign},{sign},00430,{sign}")
    return {
        "volunteers": people,
        "availability": TINY["availability"].replace("A1", sign),
        "centers": TINY["centers"].replace("10.01", "-10.01"),
        "rules": TINY["rules"].replace("coverage,1,100,,", f"coverage,1,100,,{sign}"),
    }


@pytest.mark.parametrize("sign", SIGNS)
def test_a_week_is_harmless_and_comes_back(sign: str, tmp_path: Path) -> None:
    """Every table is; numbers below zero stay numbers; a workbook keeps the text itself."""
    (tmp_path / "in").mkdir()
    problem = read(tmp_path / "in", **hostile(sign))
    write_week(problem, tmp_path / "out")
    write_workbook(problem, tmp_path / "week.xlsx")

    assert problem.centers[0].lat == -10.01
    assert [found for file in (tmp_path / "out").iterdir() for found in formulas(file)] == []
    assert "-10.01" in (tmp_path / "out" / "centers.csv").read_text(encoding="utf-8")
    assert read_week(tmp_path / "out") == problem
    assert read_workbook(tmp_path / "week.xlsx") == problem


@pytest.mark.parametrize("sign", SIGNS)
def test_ledgers_and_histories_are_harmless(sign: str, tmp_path: Path) -> None:
    """Names and ids of people stand in them as texts."""
    problem = read(tmp_path)
    person = problem.volunteers[0].model_copy(update={"volunteer_id": sign, "name": sign})
    windows = [w.model_copy(update={"volunteer_id": sign}) for w in problem.availability]
    week = problem.model_copy(update={"volunteers": (person,), "availability": tuple(windows)})
    book = Ledger().record(week, Roster.of([("S1", sign)]))

    write_ledger(book, tmp_path / "book.csv")
    write_history([History(volunteer_id=sign, last_shift_type=sign)], tmp_path / "history.csv")

    assert formulas(tmp_path / "book.csv") == []
    assert formulas(tmp_path / "history.csv") == []
    assert read_ledger(tmp_path / "book.csv").weeks[0].entries[0].name == sign


def test_a_copy_of_a_roster_tells_attendance_and_changes(tmp_path: Path) -> None:
    """An id with an apostrophe before it in roster.csv is the person's id in any table."""
    (tmp_path / "in").mkdir()
    problem = read(tmp_path / "in", **hostile("-1+1"))
    write_roster(problem, Roster.of([("S1", "-1+1")]), tmp_path / "roster.csv")
    row = (tmp_path / "roster.csv").read_text(encoding="utf-8").splitlines()[1]
    pair = ",".join(row.split(",")[:2])
    (tmp_path / "came.csv").write_text(f"shift_id,volunteer_id,state\n{pair},came\n")
    (tmp_path / "absent.csv").write_text("volunteer_id\n'-1+1\n")

    assert read_attendance(tmp_path / "came.csv")[0].volunteer_id == "-1+1"
    (absence,) = read_changes(problem, absent=tmp_path / "absent.csv")
    assert absence.volunteer_id == "-1+1"


def test_json_keeps_texts_as_they_are(tmp_path: Path) -> None:
    """Only tables are read by spreadsheet programs."""
    problem = read(tmp_path, **hostile("=1+1"))
    (tmp_path / "week.json").write_text(problem.to_json(), encoding="utf-8")

    assert '"=1+1"' in problem.to_json()
    assert read_problem(tmp_path / "week.json") == problem


@pytest.mark.parametrize("sign", SIGNS)
def test_changes_of_a_repair_are_harmless(sign: str, tmp_path: Path) -> None:
    """Ids, names and reasons in changes.csv, which people open to tell others."""
    (tmp_path / "in").mkdir()
    problem = read(tmp_path / "in", **hostile(sign))
    notice = Notice(problem.volunteers[0].volunteer_id, "S1", added=True, reason="needed")
    found = cast("Repair", SimpleNamespace(problem=problem, notices=(notice,), before_shifts={}))
    (tmp_path / "changes.csv").write_text(changes_csv(found), encoding="utf-8")

    assert formulas(tmp_path / "changes.csv") == []


@given(st.text("'=+-@\t\r1a" + WIDE, max_size=6))
def test_what_was_made_harmless_is_read_as_it_was(text: str) -> None:
    """No text begins like a formula afterwards, and each comes back, apostrophes too."""
    written = neutral(text)

    assert written[:1] not in {*"=+-@\t\r", *WIDE} or not written
    assert plain(written) == text
