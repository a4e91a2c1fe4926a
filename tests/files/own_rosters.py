"""Two people of one name, and rosters as people write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook

from shiftplan.errors import Fault
from shiftplan.files import read_roster
from shiftplan.problem import Problem
from shiftplan.week.roster import Roster

ROSTER = Roster.of([("S1", "A1"), ("S2", "A2")])
PEOPLE = (
    "volunteer_id,name,home_center_id,group,skill.portal,max_shifts,show_rate\n"
    "A1,An,00430,official,3,4,1\nA2,Bình,00431,student,0,,1\n"
    "A3,Trần Lan,00430,student,0,,1\nA4,Trần Lan,00431,student,0,,1\n"
)


def told(path: Path, week: Problem, **options: Any) -> tuple[Roster, list[Fault]]:
    """The roster, and the notes of reading it."""
    notes: list[Fault] = []
    return read_roster(path, of=week, on_note=notes.append, **options), notes


def csv_of(folder: Path, text: str) -> Path:
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return path


def book_of(folder: Path, *rows: tuple[object, ...], name: str = "Sheet") -> Path:
    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    book.save(folder / "own.xlsx")
    return folder / "own.xlsx"
