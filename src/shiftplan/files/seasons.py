"""What is kept from week to week as files: ledgers, how shifts turned out, open and closed days.

Path -> `Ledger`, and back: JSON, or as CSV a row for each week and person. Who taught whom, who
came when, the training log, and weeks without entries stand in JSON only. Attendance file ->
`Turnout`s; days.csv of a planning week -> rows for `Workdays`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad
from shiftplan.files.csv_text import CsvTable, TableRows, neutral, to_csv
from shiftplan.files.day_sets import set_days
from shiftplan.files.headings import known_words, sheet_title
from shiftplan.files.lists.known import in_words_of
from shiftplan.files.lists.reading import read_list
from shiftplan.files.lists.seat_forms import ATTENDANCE
from shiftplan.files.lists.seats import SeatRow, SeatRows, read_seats, seats_by_ids
from shiftplan.files.lists.typed import Given
from shiftplan.files.near_names import NearNames
from shiftplan.files.problem_file import read_json
from shiftplan.files.references import resolver_of
from shiftplan.files.roster_csv import read_roster
from shiftplan.files.shared import above, is_named_by_date
from shiftplan.files.sheet import Sheet
from shiftplan.files.text import file_fault, is_there, need_inside
from shiftplan.files.whole import write_texts
from shiftplan.files.workbook import is_workbook
from shiftplan.files.workbook.reading import book_table
from shiftplan.problem import Problem
from shiftplan.seasons.ledger import Entry, Ledger, Turnout, WorkedWeek
from shiftplan.seasons.rollover.workdays import Day
from shiftplan.seasons.shows import ShowRates
from shiftplan.week.fields import Date
from shiftplan.week.roster import Roster
from shiftplan.week.where import NO_PLACE, place_names


class _LedgerRow(Entry):
    week: Date
    """First date of the week."""
    days: int = Field(default=7, ge=1, le=3660)
    """Its number of dates."""


LEDGER = CsvTable(_LedgerRow, name="ledger", first="week days", last="name", without="lessons")
DAYS = "days.csv"
_DAYS = CsvTable(Day, name="days")


def read_ledger(path: str | os.PathLike[str]) -> Ledger:
    """Read a ledger from a .json file, or its entries from a .csv file.

    Parameters
    ----------
    path
        The file; its name tells the form.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    file = Path(path)
    try:
        return _from_csv(file) if file.suffix.lower() == ".csv" else read_json(Ledger, file)
    except InputError as error:
        raise InputError(replace(f, file=file.name) for f in error.faults) from None


def write_ledger(ledger: Ledger, path: str | os.PathLike[str]) -> None:
    """Write a ledger; the file is replaced whole, or stays as it was.

    As CSV when the path ends in .csv: then only entries are written, without who taught whom, who
    came when, and the training log.

    Parameters
    ----------
    ledger
        The ledger.
    path
        The file; its name tells the form.

    Raises
    ------
    InputError
        The file cannot be written, or its name ends in neither .json nor .csv.
    """
    write_texts({Path(path): ledger_text(ledger, Path(path))})


def ledger_text(ledger: Ledger, path: Path) -> str:
    """Text of the file that a ledger becomes at a path."""
    kind = path.suffix.lower()
    if kind == ".csv":
        return LEDGER.text(
            _LedgerRow.model_construct(**dict(entry), week=week.start, days=week.days)
            for week in ledger.weeks
            for entry in week.entries
        )
    if kind == ".json":
        return ledger.to_json() + "\n"
    message = Message("files.form_of_ledgers")
    raise file_fault("not_one_of", path, message, value=path.suffix)


def show_rates_text(rates: ShowRates, names: Mapping[str, str]) -> str:
    """Text of the table of learned show rates: counts, rate, and its 90% interval by person."""
    header = ["volunteer_id", "name", "shifts", "came", "show_rate", "low", "high"]
    rows = []
    for row in rates.people:
        who, chance = row.volunteer_id, row.chance
        figures = (f"{x:.3f}" for x in (chance.mean, chance.low, chance.high))
        texts = (neutral(text) for text in (who, names.get(who, "")))
        rows.append([*texts, str(row.shifts), str(row.came), *figures])
    return to_csv(header, rows)


def _from_csv(path: Path) -> Ledger:
    found = LEDGER.read(path)
    weeks: dict[tuple[date, int], dict[str, Entry]] = {}
    for row, index in zip(found.models, found.kept, strict=True):
        entries = weeks.setdefault((row.week, row.days), {})
        if row.volunteer_id in entries:
            message = Message("files.row_before", week=row.week)
            found.sheet.refuse(index, "volunteer_id", Bad("duplicate_row", message))
        values = row.model_dump(exclude={"week", "days"}, exclude_unset=True)
        entries[row.volunteer_id] = Entry.model_validate(values)
    found.good()
    return Ledger(
        weeks=tuple(
            WorkedWeek(start=start, days=days, entries=tuple(entries.values()))
            for (start, days), entries in weeks.items()
        )
    )


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
        rows = read_seats(given, ATTENDANCE, of, roster, on_note)
        return tuple(_turnout(row) for row in rows)
    files = [given] if isinstance(given, (str, os.PathLike)) else given
    read = [seats_by_ids(Path(file), ATTENDANCE) for file in files]
    if faults := [fault for rows in read for fault in rows.sheet.faults]:
        raise InputError(faults)
    return tuple(_turnout(row) for rows in read for row in rows.found)


def _turnout(row: SeatRow) -> Turnout:
    return Turnout.model_validate(
        {"shift_id": row.shift_id, "volunteer_id": row.volunteer_id, "state": row.state}
    )


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
    rows: list[SeatRow] = []
    sheet: Sheet | None = None
    if attendance is not None:
        sheet = read_list(Path(attendance), ATTENDANCE.list_form)
        rows = SeatRows(sheet, problem, form=ATTENDANCE, told=planned).found
        if on_note is not None:
            for note in in_words_of(problem, sheet.notes.values()):
                on_note(note)
    faults = [] if sheet is None else in_words_of(problem, sheet.faults)

    def located(fault: Fault) -> Fault:
        if fault.table == "attendance" and sheet is not None and fault.index is not None:
            index = rows[fault.index].row
            return sheet.placed(replace(fault, index=index), sheet.lines[index])
        return replace(fault, file=Path(roster).name) if fault.table == "roster" else fault

    turnouts = None if attendance is None else tuple(map(_turnout, rows))
    try:
        recorded = ledger.record(problem, planned, turnouts)
    except InputError as error:
        faults += map(located, error.faults)
    if faults:
        raise InputError(faults)
    return recorded


def read_days(path: str | os.PathLike[str], problem: Problem | None = None) -> tuple[Day, ...]:
    """Read the rows of a file of open and closed days.

    Parameters
    ----------
    path
        A CSV file, or a workbook with a sheet of closed days. It has the column state and perhaps
        date, weekdays, where, group, start, end, like and note.
    problem
        The week whose centers and groups the rows may name; None to take any name.

    Raises
    ------
    InputError
        With every fault of the file.
    MissingExtraError
        It is a workbook, and the package openpyxl is missing.
    """
    found = _days(Path(path))
    if found is None:
        names = tuple(dict.fromkeys(sheet_title("days", say) for say in known_words()))
        raise file_fault("missing_sheet", Path(path), Message("workbook.no_sheet", names=names))
    return _known_days(found, problem)


def days_of(week: Path, problem: Problem) -> tuple[tuple[Day, ...], Path | None]:
    """Closed days of a week, and the file that has them: its own, or one above it; None for none.

    InputError: with every fault of them, or the file is a link out of its folder.
    """
    file: Path | None = week / DAYS
    if not (week.is_dir() and is_there(week / DAYS)):
        found = _days(week) if is_workbook(week) else None
        if found is not None and found.sheet.rows:
            return _known_days(found, problem), week
        is_below = is_named_by_date(week) and week.suffix.lower() != ".json"
        shared = above(week).get("days") if is_below else None
        file = None if shared is None else shared.path
    if file is None:
        return (), None
    need_inside(file.parent, file)
    return read_days(file, problem), file


def days_text(days: Iterable[Day]) -> str:
    """Text of the file of open and closed days, as `read_days` reads it."""
    return _DAYS.text(days)


def _days(path: Path) -> TableRows | None:
    """Rows of a file of days; None for a workbook without a sheet of them."""
    if not is_workbook(path):
        return _DAYS.read(path, _set_day)
    sheet = book_table(path, "days")
    return None if sheet is None else _DAYS.rows_of(sheet, _set_day)


def _set_day(record: dict[str, Any]) -> None:
    set_days([record])


def _known_days(found: TableRows, problem: Problem | None) -> tuple[Day, ...]:
    """The rows, with ids for names of centers; InputError for names that the week does not know."""
    if problem is None:
        return found.good()
    places, nobody = place_names(problem.centers), Message("files.nobody_in_group")
    groups = {name for v in problem.volunteers for name in v.group}
    near, centers = NearNames(problem.centers), resolver_of(problem, "centers")
    days: list[Day] = []
    for row, day in zip(found.kept, found.models, strict=True):
        where = "" if day.where in places else day.where
        meant = centers.meant(where) if where else None
        if isinstance(meant, Bad):
            found.sheet.refuse(row, "where", meant)
        elif isinstance(meant, str):
            day = day.model_copy(update={"where": meant})
        wrong = [("where", where, places, NO_PLACE)] if where and meant is None else []
        wrong += [("group", name, groups, nobody) for name in day.group if name not in groups]
        for column, name, known, message in wrong:
            place = {"row": found.sheet.lines[row], "index": row}
            remedy = near.meant(column, name, known, own=True)
            found.sheet.fault("unknown_name", message, remedy, column=column, value=name, **place)
        days.append(day)
    found.good()
    return tuple(days)
