"""Hours before dawn beside others by day: an afternoon written by a clock of 12 is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from files.books import saved, tiny_book
from files.weeks import TINY, write_texts
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.errors import Fault
from shiftplan.files import read_week, read_workbook
from shiftplan.present.faults import fault_text
from shiftplan.problem.notes import before_dawn
from shiftplan.week.records import Shift

MONDAY = dt.datetime(2026, 12, 7)
MORNING = (7.0, 11.0)


def shifts(*hours: tuple[float, float]) -> list[Shift]:
    """Shifts from and to hours since Monday's midnight."""
    times = [[MONDAY + dt.timedelta(hours=hour) for hour in pair] for pair in hours]
    return [
        Shift(shift_id=f"S{i}", center_id="A", start=start, end=end)
        for i, (start, end) in enumerate(times)
    ]


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ([MORNING, (1, 5)], [1]),
        ([(1, 5), MORNING, (25.5, 30)], [0, 2]),  # 1:30 to 6:00 of Tuesday too
        ([(1, 5)], [0]),  # an office that opens after noon only
        ([MORNING, (13, 17)], []),
        ([MORNING, (0, 4)], []),  # nobody writes 0:00 for noon
        ([MORNING, (5, 9)], []),  # an early morning
        ([MORNING, (2, 10)], []),  # no afternoon
        ([MORNING, (1, 29)], []),  # more than a day
        # A helpline: others are at night too.
        ([(22, 26), (26, 30)], []),
        ([MORNING, (22, 30), (1, 5)], []),
        ([(0, 6), (2, 6), (18, 24)], []),
        ([MORNING, (18, 24), (1, 5)], [2]),  # an evening that ends at midnight is no night
    ],
)
def test_hours_before_dawn_are_told_where_nobody_works_at_night(
    hours: list[tuple[float, float]], told: list[int]
) -> None:
    """They start from 1:00 to before 5:00 and end by 6:00, as afternoons by a clock of 12 do."""
    assert before_dawn(shifts(*hours)) == told


@given(
    st.lists(st.tuples(st.integers(0, 335), st.integers(1, 60)), max_size=6),
    st.integers(-3, 3),
)
def test_no_order_and_no_day_makes_a_difference(spans: list[tuple[int, int]], later: int) -> None:
    """The same hours are told in any order and in any week; after noon none of them is."""
    hours = [(half / 2, (half + length) / 2) for half, length in spans]
    found = {hours[i] for i in before_dawn(shifts(*hours))}
    moved = [(start + 168 * later, end + 168 * later) for start, end in reversed(hours)]
    afternoons = [(s + 12, e + 12) if (s, e) in found else (s, e) for s, e in hours]

    assert {moved[i] for i in before_dawn(shifts(*moved))} == {
        (start + 168 * later, end + 168 * later) for start, end in found
    }
    assert before_dawn(shifts(*afternoons)) == []


EARLY = TINY | {
    "shifts": TINY["shifts"].replace("13:00,17:00", "1:00,5:00"),
    "demand": TINY["demand"] + "00430,2026-12-07,1:00,2:00,file,1\n",
}


def test_a_folder_says_where_and_what_to_write(tmp_path: Path) -> None:
    """Before what is told of single rows; of citizens too, in both languages."""
    notes: list[Fault] = []
    read_week(write_texts(tmp_path, EARLY), on_note=notes.append)
    found = [note for note in notes if note.code == "before_dawn"]

    assert [fault_text(note, "en").splitlines() for note in found] == [
        ["shifts.csv, row 3, column start: '1:00': the shift from 01:00 to 05:00 is before dawn, "
         "and no other shift is at night",
         "    If the afternoon is meant, write 13:00."],
        ["demand.csv, row 3, column start: '1:00': citizens are expected before dawn, from 01:00 "
         "to 02:00, and at no other hour of the night",
         "    If the afternoon is meant, write 13:00."],
    ]  # fmt: skip
    assert "1 ca lúc rạng sáng, ca đầu từ 01:00 đến 05:00" in fault_text(found[0], "vi")
    assert "Nếu ý là buổi chiều, hãy viết 13:00." in fault_text(found[1], "vi")


def test_windows_before_dawn_are_told_with_the_hour_after_noon(tmp_path: Path) -> None:
    """Where shifts of their day are at other hours, however many others offered nothing."""
    offers = TINY["availability"].replace("13:00,17:00", "1:00,5:00")
    notes: list[Fault] = []
    read_week(write_texts(tmp_path, TINY | {"availability": offers}), on_note=notes.append)

    (note,) = (note for note in notes if note.code == "cannot_come")
    assert (note.row, note.column, note.value) == (3, "start", "1:00")
    assert fault_text(note, "en").endswith("If the afternoon is meant, write 13:00.")


def test_cells_that_are_times_say_no_more_than_texts(tmp_path: Path) -> None:
    """A spreadsheet program makes 01:00 of what was typed as 1:00."""
    book = tiny_book()
    book["shifts"]["D3"], book["shifts"]["E3"] = dt.time(1), dt.time(5)
    notes: list[Fault] = []
    read_workbook(saved(book, tmp_path), on_note=notes.append)

    assert [(n.sheet, n.cell) for n in notes if n.code == "before_dawn"] == [("shifts", "D3")]
