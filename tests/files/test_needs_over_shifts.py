"""Requirements of several shifts, as files write them: times in steps, and dates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from weeks import TINY, read, refused, told_at, write_texts

from shiftplan.errors import Fault
from shiftplan.files import read_problem, read_week, write_problem, write_week
from shiftplan.testing import compare
from shiftplan.week.requirements import Requirement

HEAD = "shift_id,center_id,date,start,end,step,shifts,first_day,last_day,target\n"
SHIFTS = (
    "shift_id,center_id,date,start,end,type\n"
    "S1,00430,2026-12-07,07:00,11:00,early\n"
    "S2,00431,2026-12-08,13:00,17:00,late\n"
    "S3,00430,2026-12-07,09:30,13:30,late\n"
)
MONDAY = dt.date(2026, 12, 7)


def needs(*rows: str) -> dict[str, str]:
    """Tables of a week with these requirements."""
    return {"requirements": HEAD + "".join(f"{row}\n" for row in rows), "shifts": SHIFTS}


def counted(folder: Path, *rows: str) -> list[list[str]]:
    """The shifts that each requirement of the week counts."""
    week = read(folder, **needs(*rows))
    return [[s.shift_id for s in week.shifts_counted(need)] for need in week.requirements]


@pytest.mark.parametrize(
    ("row", "shifts"),
    [
        ("S1,,,,,,,,,2", [["S1"]]),
        (",00430,2026-12-07,09:30,11:00,,,,,2", [["S1", "S3"]]),
        (",00430,2026-12-07,09:30,11:00,,late,,,2", [["S3"]]),
        (",00430,2026-12-07,08:30,10:30,60,early,,,2", [["S1"], ["S1"]]),
        (",00430,2026-12-07,09:00,10:00,30,,,,2", [["S1"], ["S1", "S3"]]),
        (",00430,2026-12-07,,,,,,,2", [["S1", "S3"]]),
        (",00430,,,,,,2026-12-08,,2", [[]]),
        (",00430,,,,,early|late,,2026-12-07,2", [["S1", "S3"]]),
        (",00431,,,,,late,,,2", [["S2"]]),
    ],
)
def test_which_shifts_a_row_counts(tmp_path: Path, row: str, shifts: list[list[str]]) -> None:
    """One shift, those that cover each step of a time, or those of some dates and types."""
    assert counted(tmp_path, row) == shifts


def test_a_date_without_times_is_the_only_day(tmp_path: Path) -> None:
    """It is the first and the last day of the shifts that count."""
    (need,) = read(tmp_path, **needs(",00430,2026-12-07,,,,late,,,2")).requirements

    assert need == Requirement(
        center_id="00430", shifts=("late",), first_day=MONDAY, last_day=MONDAY, target=2
    )


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",,,,,,,,,2", "unclear_requirement|2|shift_id"),
        ("S1,00430,,,,,,,,2", "unclear_requirement|2|shift_id|S1"),
        ("S1,,2026-12-07,07:00,08:00,,,,,2", "unclear_requirement|2|shift_id|S1"),
        ("S1,,,,,,late,,,2", "unclear_requirement|2|shift_id|S1"),
        (",00439,2026-12-07,07:00,08:00,,,,,2", "unknown_id|2|center_id|00439"),
        (",00430,2026-12-07,07:00,08:00,,lates,,,2", "unknown_name|2|shifts|lates"),
        (
            ",00430,2026-12-07,07:00,08:00,,,2026-12-07,,2",
            "unclear_requirement|2|first_day|2026-12-07",
        ),
        (",00430,2026-12-21,07:00,08:00,,,,,2", "outside_horizon|2|date|2026-12-21"),
        (",00430,,,,,,2026-12-21,,2", "outside_horizon|2|first_day|2026-12-21"),
        (",00430,,,,,,,2026-12-01,2", "outside_horizon|2|last_day|2026-12-01"),
        (",00430,,,,,,2026-12-08,2026-12-07,2", "reversed_interval|2|last_day|2026-12-07"),
        (",00430,,07:00,08:00,,,,,2", "missing_value|2|date"),
        (",00430,2026-12-07,07:00,08:00,5,,,,2", "out_of_range|2|step|5"),
        (",00430,2026-12-07,07:00,08:00,45,,,,2", "invalid_value|2"),
        (",00430,,,,30,,,,2", "invalid_value|2"),
        (",00430,2026-12-07,09:00,10:00,,,,,2", "split_step|2|step"),
    ],
)
def test_what_is_wrong_with_a_row(tmp_path: Path, row: str, told: str) -> None:
    """Each mistake is reported with its row and column."""
    assert told_at(refused(read, tmp_path, **needs(row))) == [told]


@pytest.mark.parametrize(
    ("row", "remedy"),
    [
        # S3 begins at 9:30 and S1 ends at 11: all are at whole half hours of the row.
        (",00430,2026-12-07,07:00,13:00,,,,,1", "Write 30 in step."),
        (",00430,2026-12-07,09:15,10:15,60,,,,1", "Write 15 in step."),
        (",00430,2026-12-07,09:20,10:20,,,,,1", "Divide the time into rows"),
    ],
)
def test_a_shift_that_begins_within_a_step(tmp_path: Path, row: str, remedy: str) -> None:
    """The fault names the shift, and the longest step that no shift divides, from 15 minutes on."""
    (fault, *_) = refused(read, tmp_path, **needs(row))

    assert "S3" in str(fault.message)
    assert str(fault.remedy).startswith(remedy)


def test_steps_of_the_last_night_go_on_after_the_horizon(tmp_path: Path) -> None:
    """Where a shift of the last date lasts into the next one; check and model agree on them."""
    last = read(tmp_path, **needs("S1,,,,,,,,,2")).horizon.dates[-1]
    night = f"N,00430,{last},22:00,06:00,late\n"
    tables = needs(f",00430,{last},22:00,06:00,120,,,,1") | {"shifts": SHIFTS + night}

    week = read_week(write_texts(tmp_path, TINY | tables))

    assert [need.start.hour for need in week.requirements] == [22, 0, 2, 4]
    assert week.requirements[-1].start.date() == last + dt.timedelta(days=1)
    assert {s.shift_id for need in week.requirements for s in week.shifts_counted(need)} == {"N"}
    assert compare(week) > 0


def test_the_same_time_may_not_stand_twice(tmp_path: Path) -> None:
    """Also as a step of a longer row; the fault names the rows of the file."""
    rows = needs(",00430,2026-12-07,07:00,09:00,60,,,,1", ",00430,2026-12-07,08:00,09:00,,,,,2")

    (fault,) = refused(read, tmp_path, **rows)

    assert told_at([fault]) == ["duplicate_row|3"]
    assert fault.other is not None
    assert fault.other.row == 2


def test_seats_that_nobody_can_fill_are_noted(tmp_path: Path) -> None:
    """A time without a shift is no fault: shifts may be missing on purpose."""
    notes: list[Fault] = []
    rows = (",00430,2026-12-07,18:00,20:00,60,,,,1", ",00430,2026-12-07,07:00,08:00,,,,,1")

    read_week(write_texts(tmp_path, TINY | needs(*rows)), on_note=notes.append)

    (note,) = (n for n in notes if n.code == "no_effect")
    assert note.row == 2
    assert "rows like this: 2" in str(note.message)


@pytest.mark.parametrize("end", ["", ".xlsx", ".json"])
def test_a_written_week_is_read_again(tmp_path: Path, end: str) -> None:
    """Steps are written as rows of their own."""
    folder = tmp_path / "in"
    folder.mkdir()
    rows = (",00430,2026-12-07,09:00,10:00,30,,,,2", ",00430,,,,,late,2026-12-07,,1")
    week = read(folder, **needs(*rows))
    out = tmp_path / f"out{end}"

    (write_problem if end else write_week)(week, out)

    again = read_problem(out) if end else read_week(out)
    assert again.requirements == week.requirements
    assert len(again.requirements) == 3
