"""What is kept from week to week as files: ledgers, how shifts turned out, open and closed days.

Path -> `Ledger`, and back: JSON, or as CSV a row for each week and person. Who taught whom, the
training log, and weeks without entries stand in JSON only. Attendance file -> `Turnout`s; days.csv
of a planning week -> rows for `Workdays`.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from unicodedata import normalize

from pydantic import Field

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad
from shiftplan.files.csv_text import CsvTable, TableRows
from shiftplan.files.problem_file import read_json
from shiftplan.files.roster_csv import read_roster
from shiftplan.files.text import file_fault
from shiftplan.files.whole import write_texts
from shiftplan.problem import Problem
from shiftplan.problem.nearest import Nearest
from shiftplan.seasons.ledger import STATES, Entry, Ledger, Turnout, WorkedWeek
from shiftplan.seasons.rollover.workdays import Day
from shiftplan.week.fields import Date
from shiftplan.week.where import NO_PLACE, place_names


class _LedgerRow(Entry):
    week: Date
    """First date of the week."""
    days: int = Field(default=7, ge=1, le=3660)
    """Its number of dates."""


LEDGER = CsvTable(_LedgerRow, name="ledger", first="week days", last="name", without="lessons")
DAYS = "days.csv"
_DAYS = CsvTable(Day, name="days")
_ATTENDANCE = CsvTable(Turnout, name="attendance", also=("state",), others=True)
_WORDS = {state: state for state in STATES} | {
    "có mặt": "came",
    "có phép": "excused",
    "vắng có phép": "excused",
    "vắng": "absent",
    "không phép": "absent",
    "vắng không phép": "absent",
    "trực thay": "called",
}
"""State as people write it -> state."""


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

    As CSV when the path ends in .csv: then only entries are written, without who taught whom and
    without the training log.

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


def read_attendance(path: str | os.PathLike[str]) -> tuple[Turnout, ...]:
    """Read the columns shift_id, volunteer_id and state; further columns are ignored.

    A blank state means `came`, so that a copy of the roster with a column `state` will do. States
    may be capitalised, or Vietnamese: có mặt, có phép, vắng, trực thay.

    Parameters
    ----------
    path
        A CSV file.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    return _turnouts(Path(path)).good()


def record_files(
    ledger: Ledger,
    problem: Problem,
    roster: str | os.PathLike[str],
    attendance: str | os.PathLike[str] | None = None,
) -> Ledger:
    """Record a week from its published roster, as `read_roster` reads it; faults name file and row.

    `attendance`: what went another way; None when everybody came as planned.

    InputError: with every fault of the files, or of what does not fit together.
    """
    planned = read_roster(roster, of=problem, lenient=True)
    found = None if attendance is None else _turnouts(Path(attendance))

    def located(fault: Fault) -> Fault:
        if fault.table == "attendance" and found is not None and fault.index is not None:
            return replace(fault, file=found.sheet.file, row=found.sheet.lines[fault.index])
        return replace(fault, file=Path(roster).name) if fault.table == "roster" else fault

    turnouts = () if found is None else found.good()
    try:
        return ledger.record(problem, planned, turnouts)
    except InputError as error:
        raise InputError(map(located, error.faults)) from None


def _turnouts(path: Path) -> TableRows:
    def prepare(record: dict[str, Any]) -> None:
        state = record.get("state", STATES[0])
        record["state"] = _WORDS.get(normalize("NFC", state).casefold(), state)

    return _ATTENDANCE.read(path, prepare)


def read_days(path: str | os.PathLike[str], problem: Problem | None = None) -> tuple[Day, ...]:
    """Read the rows of a file of open and closed days.

    Parameters
    ----------
    path
        Has the column state and perhaps date, weekdays, where, group, start, end, like and note.
    problem
        The week whose centers and groups the rows may name; None to take any name.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    found = _DAYS.read(Path(path), _set_times)
    if problem is not None:
        _find_unknown(found, problem)
    return found.good()


def _set_times(record: dict[str, Any]) -> None:
    """Times of day; 24:00 is the end of the day, which is what blank means."""
    for name in ("start", "end"):
        passed = record.pop(name, None)
        if passed is not None and passed < timedelta(days=1):
            record[name] = (datetime.min + passed).time()


def _find_unknown(found: TableRows, problem: Problem) -> None:
    """Add the faults of names of centers and groups that the week does not know."""
    places, nobody = place_names(problem.centers), Message("files.nobody_in_group")
    groups = {name for v in problem.volunteers for name in v.group}
    near = {"where": Nearest(sorted(places)), "group": Nearest(sorted(groups))}
    for row, day in zip(found.kept, found.models, strict=True):
        wrong = [("where", day.where, NO_PLACE)] if day.where and day.where not in places else []
        wrong += [("group", name, nobody) for name in day.group if name not in groups]
        for column, name, message in wrong:
            place = {"row": found.sheet.lines[row], "index": row}
            remedy = near[column].remedy(name)
            found.sheet.fault("unknown_name", message, remedy, column=column, value=name, **place)
