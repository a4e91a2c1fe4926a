"""What people hand in for a record: lists and typed texts.

Files or texts -> changes, answers and calls, for `LiveWeek.record`; turnouts are read by
`files.read_attendance`, changes that are made together by `files.read_changes`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from shiftplan.errors import Fault
from shiftplan.files.lists.seat_forms import CALLS, answers_by
from shiftplan.files.lists.seat_lists import read_seats
from shiftplan.files.lists.typed import Given
from shiftplan.problem import Problem
from shiftplan.record.entries import Call, ShiftAnswer
from shiftplan.week.roster import Roster


def read_shift_answers(
    problem: Problem,
    given: Given,
    roster: Roster | None,
    *,
    usual: Literal["confirmed", "declined"],
    on_note: Callable[[Fault], None] | None = None,
) -> tuple[ShiftAnswer, ...]:
    """Read what people said about the shifts that they were told.

    Parameters
    ----------
    problem
        The week as it is now.
    given
        A CSV file or a workbook with the column volunteer_id or volunteer, perhaps shift_id, or
        center, date and start, and perhaps answer; answers of a form have such columns too. Or a
        text, such as `V00001`, `Nguyễn Văn An: T3` or `V00001: S1`; what names no file is one.
        Several are read together.
    roster
        The roster that was told. A row or text without a shift is about all shifts that the person
        has in it, or those on its date; without a roster each names its shift.
    usual
        What a text says, and a row whose answer is blank.
    on_note
        Called with what was read as something else than what is written, with answers about shifts
        that the person does not have, and with those that contradict an earlier one.

    Raises
    ------
    InputError
        With every fault of the lists.
    MissingExtraError
        One is a workbook, and the package openpyxl is missing.
    """
    return read_seats(ShiftAnswer, given, answers_by(usual), problem, roster, on_note)


def read_calls(
    problem: Problem,
    given: Given,
    *,
    on_note: Callable[[Fault], None] | None = None,
) -> tuple[Call, ...]:
    """Read which reserves were called, and what they said.

    Parameters
    ----------
    problem
        The week as it is now.
    given
        A CSV file or a workbook with the columns volunteer_id or volunteer, answer, and shift_id or
        center, date and start. Or a text, such as `V00001: S1: comes`; what names no file is one.
        Several are read together.
    on_note
        Called with what was read as something else than what is written.

    Raises
    ------
    InputError
        With every fault of the lists.
    MissingExtraError
        One is a workbook, and the package openpyxl is missing.
    """
    return read_seats(Call, given, CALLS, problem, None, on_note)
