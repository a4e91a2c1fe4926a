"""Chances that people are needed, as files have them: percents between bars."""

from __future__ import annotations

from pathlib import Path

import pytest
from offices import office

from shiftplan import read_problem, read_week, write_problem, write_week
from shiftplan.errors import InputError

CHANCES = (100, 85, 40)
WEEK = office(
    [],
    requirements=[{"shift_id": "A7", "target": 2, "needed_percent": CHANCES}],
    rules=[{"rule": "expected_shortage"}],
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_week(WEEK, tmp_path / "week")
    return tmp_path / "week"


def rewritten(folder: Path, text: str) -> Path:
    """The week with another text in place of the chances."""
    table = folder / "requirements.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("100|85|40", text), encoding="utf-8")
    return folder


def test_chances_come_back_from_files_and_workbooks(folder: Path, tmp_path: Path):
    """Each form gives the same requirement."""
    write_problem(WEEK, tmp_path / "week.xlsx")
    write_problem(WEEK, tmp_path / "week.json")

    found = [read_problem(tmp_path / f"week.{end}") for end in ("xlsx", "json")]

    assert [p.requirements for p in (read_week(folder), *found)] == [WEEK.requirements] * 3


@pytest.mark.parametrize("blank", ["", " ", "|"])
def test_without_percents_nothing_is_known(folder: Path, blank: str):
    """A blank cell, or one with bars alone, has no chances."""
    assert read_week(rewritten(folder, blank)).requirements[0].needed_percent == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("many", "whole number"),
        ("100|5.5", "whole number"),
        ("120|100", "at most 100"),
        ("10|-1", "at least 0"),
        ("50|80", "must not rise"),
    ],
)
def test_what_is_no_chance_is_named_at_its_cell(folder: Path, text: str, said: str):
    """Row, column and value stand in the fault, with what is allowed."""
    with pytest.raises(InputError) as caught:
        read_week(rewritten(folder, text))

    (fault,) = caught.value.faults
    assert (fault.table, fault.column, fault.value) == ("requirements", "needed_percent", text)
    assert said in str(fault.message)
