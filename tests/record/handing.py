"""A week whose people have names, and readers of what they hand in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from shiftplan.errors import Fault, InputError
from shiftplan.files import read_attendance, read_changes
from shiftplan.problem import Problem
from shiftplan.record import read_calls, read_shift_answers
from shiftplan.testing.pictures import parse, plan

PEOPLE = {"an": "Nguyễn Văn An", "binh": "Trần Bình", "lan": "Lê Lan", "lan:2": "Lê Lan"}
TOLD = parse("an  M M .\nbinh  . A M\nlan  . . A")
"""M are mornings of 7 to 11 h, A afternoons of 13 to 17 h; day 0 is Monday, 7 December 2026."""
Seats = list[tuple[str, str, str]]


def _week() -> Problem:
    problem = plan("MA", " ".join(PEOPLE), 3)
    people = (v.model_copy(update={"name": PEOPLE[v.volunteer_id]}) for v in problem.volunteers)
    return problem.model_copy(update={"volunteers": tuple(people)})


WEEK = _week()


def declined(given: Any, notes: list[Fault] | None = None) -> Seats:
    keep = None if notes is None else notes.append
    found = read_shift_answers(WEEK, given, TOLD, usual="declined", on_note=keep)
    return [(a.volunteer_id, a.shift_id, a.answer) for a in found]


def called(given: Any) -> Seats:
    return [(c.volunteer_id, c.shift_id, c.answer) for c in read_calls(WEEK, given)]


def attended(given: Any) -> Seats:
    found = read_attendance(given, of=WEEK, roster=TOLD)
    return [(t.volunteer_id, t.shift_id, t.state) for t in found]


def absent(given: Any) -> list[tuple[Any, ...]]:
    return [tuple(value for _, value in change) for change in read_changes(WEEK, given)]


def at(day: int, hour: int = 0) -> dt.datetime:
    return dt.datetime(2026, 12, 7 + day, hour)


def written(folder: Path, text: str, name: str = "list.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def refused(call: Any, given: Any) -> list[Fault]:
    with pytest.raises(InputError) as caught:
        call(given)
    return list(caught.value.faults)
