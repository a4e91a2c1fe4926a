"""Slots of a week, who is open in them, and in which one an arrival counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from visit_logs import MONDAY, days_before, rows_of, week

from shiftplan.citizens.visits.cleaning import visits_of
from shiftplan.citizens.visits.hours import (
    MOST_CELLS,
    nearest_open,
    need_size,
    shift_hours,
    slots_of,
    usual_hours,
)
from shiftplan.citizens.visits.log import VisitLog, count_visits
from shiftplan.errors import InputError

EIGHT = tuple((h * 60, h * 60 + 60) for h in (7, 8, 9, 10, 13, 14, 15, 16))


def nothing(first: dt.date, days: int) -> np.ndarray:
    """No day is known to be closed."""
    return np.zeros((2, days), dtype=bool)


def log_of(minutes: list[int], day: int = 0, **more: Any) -> VisitLog:
    """Visits at center A1 at minutes of a day in the week before."""
    rows = rows_of({(0, day): minutes}, days_before(1), **more)
    found, _ = visits_of(rows, MONDAY, nothing)
    assert found is not None
    return found


def demand(*spans: tuple[str, str]) -> list[dict[str, Any]]:
    """Rows of a forecast on Monday."""
    return [
        {
            "center_id": "A1",
            "start": f"2026-12-07 {start}",
            "end": f"2026-12-07 {end}",
            "service_id": "flow",
            "arrivals": 3,
        }
        for start, end in spans
    ]


def shift(start: str, end: str, center: str = "A1") -> dict[str, Any]:
    """A shift of a center."""
    return {"shift_id": f"{center}{start}", "center_id": center, "start": start, "end": end}


def test_hours_of_shifts() -> None:
    """Without a forecast, slots are the hours of the shifts."""
    assert slots_of(week()) == EIGHT


def test_hours_of_stretches() -> None:
    """7:30 to 11:00 and 10:30 to 12:15 are one stretch; its last slot is shorter."""
    shifts = [
        shift("2026-12-07 07:30", "2026-12-07 11:00"),
        shift("2026-12-08 10:30", "2026-12-08 12:15", "B2"),
    ]

    assert slots_of(week(shifts=shifts)) == (
        (450, 510),
        (510, 570),
        (570, 630),
        (630, 690),
        (690, 735),
    )


def test_shifts_that_meet_are_one_stretch() -> None:
    """7:00 to 8:30 and 8:30 to 10:00 have three full hours, and no half one."""
    shifts = [
        shift("2026-12-07 07:00", "2026-12-07 08:30"),
        shift("2026-12-07 08:30", "2026-12-07 10:00"),
    ]

    assert slots_of(week(shifts=shifts)) == ((420, 480), (480, 540), (540, 600))


def test_a_shift_over_midnight() -> None:
    """It has slots at the end of one day and at the start of the next."""
    problem = week(shifts=[shift("2026-12-07 22:00", "2026-12-08 01:00")])
    slots = slots_of(problem)

    assert slots == ((0, 60), (1320, 1380), (1380, 1440))
    assert shift_hours(problem, ["A1"], slots)[0, :3].tolist() == [
        [False, True, True],
        [True, False, False],
        [False, False, False],
    ]


def test_intervals_of_the_forecast_are_slots() -> None:
    """Half hours where it has them; hours of shifts and forecast where intervals overlap."""
    halves = demand(("07:00", "07:30"), ("07:30", "08:00"))
    short = [shift("2026-12-07 06:30", "2026-12-07 08:59")]

    assert slots_of(week(demand=halves, shifts=short)) == ((420, 450), (450, 480))
    assert slots_of(week(demand=[*halves, *demand(("07:00", "08:00"))])) == EIGHT


def test_hours_of_shifts_without_a_forecast_are_slots_too() -> None:
    """With a forecast of one half hour, from 8:00: 7 to 8, the half hour, and hours from 8:30."""
    half = demand(("08:00", "08:30"))

    morning = ((420, 480), (480, 510), (510, 570), (570, 630), (630, 660))
    assert slots_of(week(demand=half)) == (*morning, *EIGHT[4:])


def test_the_nearest_open_slot() -> None:
    """An hour before opening to an hour after closing; of two at the same distance the earlier."""
    slot = nearest_open([(420, 660), (780, 1020)], np.array([[True, True], [False, True]]))

    assert [int(slot[0, m]) for m in (359, 360, 420, 659, 719, 720, 779, 1079, 1080)] == [
        -1, 0, 0, 0, 0, 1, 1, 1, -1,
    ]  # fmt: skip
    assert [int(slot[1, m]) for m in (420, 719, 720)] == [-1, -1, 1]


def test_usual_hours() -> None:
    """A slot is usual with visits on a third of the days that have any, and on three at least."""
    counts = np.zeros((2, 70, 3))
    mondays = np.arange(0, 70, 7)
    counts[0, mondays, 0] = 1
    counts[0, mondays[:4], 1] = 1  # 4 of 10
    counts[0, mondays[:3], 2] = 1  # 3 of 10
    counts[1, mondays[:2], 0] = 5  # both days it has, but only two

    found = usual_hours(counts, np.arange(70) % 7)

    assert found[0, 0].tolist() == [True, True, False]
    assert not found[0, 1:].any()
    assert not found[1].any()


def test_visits_outside_opening_hours() -> None:
    """6:30 counts at 7, 11:20 at 10 and noon at 13; 5:59 is too early and 18:01 too late."""
    minutes = [5 * 60 + 59, 6 * 60 + 30, 11 * 60 + 20, 12 * 60, 18 * 60 + 1]
    problem = week()
    log = log_of(minutes)

    counts, notes = count_visits(log, EIGHT, shift_hours(problem, log.centers, EIGHT))

    assert counts.visits[0, 0].tolist() == [1, 0, 0, 1, 1, 0, 0, 0]
    found = {note.kind: note.count for note in notes}
    assert (found["outside_hours"], found["moved_visits"]) == (2, 3)


def test_usual_visits_open_a_slot() -> None:
    """Saturdays without a shift count where visits come on each of them."""
    problem = week()
    rows = rows_of({(0, 7 * i + 5): [8 * 60] for i in range(4)}, days_before(4))
    log, _ = visits_of(rows, MONDAY, nothing)
    assert log is not None

    counts, notes = count_visits(log, EIGHT, shift_hours(problem, log.centers, EIGHT))

    assert counts.visits.sum() == 4
    assert [(n.kind, n.count) for n in notes if n.kind == "usual_hours"] == [("usual_hours", 4)]


def test_requests_and_visits() -> None:
    """A visit for three services is one visit and three requests."""
    more = {"offset": np.array([0, 3, 4]), "service": np.array([0, 1, 2, 2])}
    counts = log_of([8 * 60, 9 * 60], **more).counts(EIGHT)

    assert counts.visits.sum() == 0  # two visits make no usual hour
    counts = log_of([8 * 60, 9 * 60], **more).counts(EIGHT, np.ones((2, 7, 8), dtype=bool))
    assert counts.visits[0, 0, :3].tolist() == [0, 1, 1]
    assert counts.requests[0, 0, 1].tolist() == [1, 1, 1]
    assert counts.requests[0, 0, 2].tolist() == [0, 0, 1]


def test_counts_have_an_end() -> None:
    """A log that would need more memory than a computer has is refused."""
    need_size(100, 1000, 100, 10)

    with pytest.raises(InputError, match=f"more counts than the limit of {MOST_CELLS:,}"):
        need_size(100, 1000, 100, 11)
