"""The tiny week with opening hours and standard needs instead of shifts."""

from __future__ import annotations

from pathlib import Path

from files.weeks import TINY, write_texts

from shiftplan.errors import Fault
from shiftplan.files import read_week
from shiftplan.problem import Problem

HOURS = "where,days,start,end,session\n,Mon-Tue,07:00,11:00,am\n00431,T3,13h,17h,pm\n"
NEEDS = "where,days,shifts,skill_id,min_level,minimum,target\n,,,,,1,2\n00431,,pm,portal,2,0,1\n"
BLANK = {"shifts": "", "requirements": "", "demand": "", "services": ""}
"""Tables that the tiny week does not have here."""


def week(folder: Path, **changed: str) -> Path:
    """The tiny week with opening hours and standard needs instead of shifts."""
    tables = {**TINY, **BLANK, "opening": HOURS, "needs": NEEDS, **changed}
    return write_texts(folder, {name: text for name, text in tables.items() if text})


def read(folder: Path, **changed: str) -> tuple[Problem, list[Fault]]:
    notes: list[Fault] = []
    return read_week(week(folder, **changed), on_note=notes.append), notes
