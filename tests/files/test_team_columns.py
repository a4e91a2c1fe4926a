"""The grids of weeks and teams have a column for every shift, whoever offered what before."""

from __future__ import annotations

import pytest
from teams import province

from shiftplan.files.workbook.teams import sessions_for
from shiftplan.files.workbook.writing import sessions_of


@pytest.mark.parametrize("blank", [False, True])
def test_shifts_that_nobody_offered_have_columns_too(blank: bool) -> None:
    """Only one window is left of the week; its grid still has all sessions of the shifts."""
    week = province(2)
    shifts = {(shift.start, shift.end) for shift in week.shifts}
    few = week.model_copy(update={"availability": week.availability[:1]})

    assert set(sessions_for(few, blank=blank)) == set(sessions_of(few)) == shifts
    assert len(shifts) > 2


def test_longer_windows_need_no_columns_of_shifts_inside() -> None:
    """Who offers whole mornings and afternoons is asked for them again, not for parts of them."""
    week = province(1)
    days = {shift.start.date() for shift in week.shifts}
    wide = [
        window.model_copy(
            update={"start": window.start.replace(hour=6), "end": window.end.replace(hour=18)}
        )
        for window in week.availability
    ]
    long = week.model_copy(update={"availability": tuple(wide)})

    found = sessions_for(long)

    assert {start.date() for start, _ in found} == days
    assert {(start.hour, end.hour) for start, end in found} == {(6, 18)}


def test_a_grid_without_marks_has_the_hours_of_the_shifts() -> None:
    """Nobody offered anything yet; usual hours that meet no shift are of no use."""
    week = province(1)
    late = [
        shift.model_copy(
            update={"start": shift.start.replace(minute=30), "end": shift.end.replace(minute=30)}
        )
        for shift in week.shifts
    ]
    asked = week.model_copy(update={"shifts": tuple(late), "availability": ()})

    assert set(sessions_of(asked)) == {(shift.start, shift.end) for shift in late}
