"""How shifts turned out, from lists of attendance, and a week recorded in a ledger from files.

Lists or texts -> `Turnout`s; (`Ledger`, roster, attendance) -> `Ledger`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.files.lists.known import in_words_of
from shiftplan.files.lists.reading import read_list
from shiftplan.files.lists.seat_forms import ATTENDANCE
from shiftplan.files.lists.seat_lists import read_seats
from shiftplan.files.lists.seats import SeatRows
from shiftplan.files.lists.typed import Given
from shiftplan.files.roster_csv import read_roster
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.seasons.ledger import Ledger, Turnout
from shiftplan.week.roster import Roster


@takes_week
def read_attendance(
    given: Given,
    *,
    of: Problem | None = None,
    roster: Roster | None = None,
    on_note: Callable[[Fault], None] | None = None,
) -> tuple[Turnout, ...]:
    """Read how shifts turned out: lists with the columns shift_id, volunteer_id and state.

    A blank state means `came`, so that a copy of the roster with a column `state` will do. States
    may be capitalised, or Vietnamese: có mặt, có phép, vắng, trực thay, gọi không trực. Further
    columns are ignored.

    Parameters
    ----------
    given
        A CSV file or a workbook, or several. With `of` also texts, such as `Nguyễn Văn An: vắng` or
        `V00001: S1: excused`; what names no file is one.
    of
        The week it is about, in which people may be told by name, and shifts by center, date and
        start; None where only ids are read.
    roster
        The roster that was told. A row or text without a shift is about all shifts that the person
        has in it, or those on its date; without a roster each names its shift.
    on_note
        Called with what was read as something else than what is written.

    Raises
    ------
    InputError
        With every fault of the lists.
    MissingExtraError
        One is a workbook, and the package openpyxl is missing.
    """
    if of is not None:
        return read_seats(Turnout, given, ATTENDANCE, of, roster, on_note)
    files = [given] if isinstance(given, (str, os.PathLike)) else given
    sheets = (read_list(Path(file), ATTENDANCE.by_ids) for file in files)
    read = [SeatRows(sheet, None, form=ATTENDANCE, told=None) for sheet in sheets]
    if faults := [fault for rows in read for fault in rows.sheet.faults]:
        raise InputError(faults)
    return tuple(turnout for rows in read for turnout in rows.models(Turnout))


def record_files(
    ledger: Ledger,
    problem: Problem,
    roster: str | os.PathLike[str],
    attendance: str | os.PathLike[str] | None = None,
    *,
    on_note: Callable[[Fault], None] | None = None,
) -> Ledger:
    """Record a week from its published roster, as `read_roster` reads it; faults name file and row.

    `attendance`: what went another way; None when everybody came as planned. `on_note`: called with
    what was read as something else than what is written.

    InputError: with every fault of the files, or of what does not fit together.
    """
    planned = read_roster(roster, of=problem, lenient=True)
    rows: SeatRows | None = None
    if attendance is not None:
        sheet = read_list(Path(attendance), ATTENDANCE.list_form)
        rows = SeatRows(sheet, problem, form=ATTENDANCE, told=planned)
        if on_note is not None:
            for note in in_words_of(problem, sheet.notes.values()):
                on_note(note)
    faults = [] if rows is None else in_words_of(problem, rows.sheet.faults)

    def located(fault: Fault) -> Fault:
        if fault.table == "attendance" and rows is not None and fault.index is not None:
            index = rows.found[fault.index].row
            return rows.sheet.placed(replace(fault, index=index), rows.sheet.lines[index])
        return replace(fault, file=Path(roster).name) if fault.table == "roster" else fault

    try:
        recorded = ledger.record(problem, planned, None if rows is None else rows.models(Turnout))
    except InputError as error:
        faults += map(located, error.faults)
    if faults:
        raise InputError(faults)
    return recorded
