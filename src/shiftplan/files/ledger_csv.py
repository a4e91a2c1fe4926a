"""The entries of a ledger as a table that spreadsheet programs read and write.

`Ledger` -> CSV text with a row for each week and person; CSV text -> `Ledger`. Who taught whom, the
training log, and weeks without entries stand in JSON only.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import Field

from shiftplan.errors import InputError
from shiftplan.files.cells import Bad, write
from shiftplan.files.csv_text import neutral_columns, read_sheet, to_csv
from shiftplan.files.layout import Kind
from shiftplan.files.rows import Rows
from shiftplan.seasons.ledger import Entry, Ledger, WorkedWeek
from shiftplan.week.fields import Date

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
