"""What is no fault of a week but worth a look: tables without which nothing can come of it."""

from __future__ import annotations

from pictures import plan

from shiftplan.problem import Problem
from shiftplan.problem.crosscheck import find_notes
from shiftplan.problem.records import Requirement


def notes(problem: Problem) -> list[tuple[str, str]]:
    return [(note.table, note.code) for note in find_notes(problem)]


def test_a_whole_week_has_none() -> None:
    """People, shifts, and somebody who is needed."""
    needs = (Requirement(shift_id="M0", target=1),)

    assert notes(plan("M", "ana", 1, requirements=needs)) == []


def test_empty_tables_are_told() -> None:
    """Nobody is needed, or nobody is there: a roster is found, but says nothing."""
    week = plan("M", "ana", 1, requirements=())

    assert notes(week) == [("requirements", "missing_value")]
    nobody = week.model_copy(update={"volunteers": (), "availability": ()})
    assert notes(nobody) == [("volunteers", "missing_value"), ("requirements", "missing_value")]
