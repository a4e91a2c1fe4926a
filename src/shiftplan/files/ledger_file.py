"""A ledger as a file: JSON, or the table of its entries as CSV.

Path -> `Ledger`, and back. Who taught whom, the training log, and weeks without entries stand in
JSON only.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from pydantic import Field

from shiftplan.errors import InputError
from shiftplan.files.cells import Bad, write
from shiftplan.files.csv_text import neutral_columns, read_sheet, to_csv
from shiftplan.files.json_file import read_json
from shiftplan.files.layout import Kind
from shiftplan.files.rows import Rows
from shiftplan.files.text import file_fault, read_text
from shiftplan.files.whole import write_texts
from shiftplan.seasons.ledger import Entry, Ledger, WorkedWeek
from shiftplan.week.fields import Date


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
        if file.suffix.lower() == ".csv":
            return ledger_from_csv(read_text(file), file)
        return read_json(Ledger, file)
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
        return ledger_to_csv(ledger)
    if kind == ".json":
        return ledger.to_json() + "\n"
    message = "a ledger is written as .json, or its entries as .csv"
    raise file_fault("not_one_of", path, message, value=path.suffix)


COLUMNS: dict[str, Kind] = {
    "week": "date",
    "days": "whole",
    "volunteer_id": "text",
    "shifts_offered": "decimal",
    "shifts_worked": "decimal",
    "hours_offered": "decimal",
    "hours_worked": "decimal",
    "undesired_worked": "decimal",
    "wishes": "whole",
    "wishes_met": "whole",
    "mentored": "whole",
    "called": "whole",
    "excused": "whole",
    "absent": "whole",
    "last_worked": "date",
    "last_shift_end": "moment",
    "name": "text",
}
"""Columns in the order in which they are written; a row cut off before the last is noticed."""


class _Row(Entry):
    """A row of the table: an entry, and which week it is of."""

    week: Date
    """First date of the week."""
    days: int = Field(default=7, ge=1, le=3660)
    """Its number of dates."""


def ledger_to_csv(ledger: Ledger) -> str:
    """Make the table: every week's people by id, weeks in order of time; nothing is a formula."""
    header = list(COLUMNS)
    rows = (
        [write(week.start), write(week.days)] + [write(getattr(entry, n)) for n in header[2:]]
        for week in ledger.weeks
        for entry in week.entries
    )
    return to_csv(header, neutral_columns(header, rows, COLUMNS))


def ledger_from_csv(text: str, path: Path) -> Ledger:
    """Read the table back.

    Raises
    ------
    InputError
        With every fault of the file.

    """
    needed = ("week", "volunteer_id")
    sheet = read_sheet(text, "ledger", path.name, COLUMNS, needed)
    if not sheet.usable:
        raise InputError(sheet.faults)
    rows = Rows(sheet)
    rows.read(COLUMNS, needed)
    models, kept = rows.models(_Row, rows.records())
    weeks: dict[tuple[date, int], dict[str, Entry]] = {}
    for row, index in zip(models, kept, strict=True):
        entries = weeks.setdefault((row.week, row.days), {})
        if row.volunteer_id in entries:
            message = f"the person has a row for the week of {row.week} before"
            rows.fault(index, "volunteer_id", Bad("duplicate_row", message))
        values = row.model_dump(exclude={"week", "days"}, exclude_unset=True)
        entries[row.volunteer_id] = Entry.model_validate(values)
    if sheet.faults:
        raise InputError(sheet.faults)
    found = (
        WorkedWeek(start=start, days=days, entries=tuple(entries.values()))
        for (start, days), entries in weeks.items()
    )
    return Ledger(weeks=tuple(found))
