"""Ledgers as files, and the table of learned show rates.

Path -> `Ledger`, and back: JSON, or as CSV a row for each week and person. Who taught whom, who
came when, the training log, what logs of visits said, and weeks without entries stand in JSON only.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from pydantic import Field

from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad
from shiftplan.files.csv_text import CsvTable, neutral, to_csv
from shiftplan.files.problem_file import read_json
from shiftplan.files.text import file_fault
from shiftplan.files.whole import write_texts
from shiftplan.problem import Problem
from shiftplan.seasons.ledger import Entry, Ledger, WorkedWeek
from shiftplan.seasons.shows import ShowRates
from shiftplan.week.fields import Date


class _LedgerRow(Entry):
    week: Date
    """First date of the week."""
    days: int = Field(default=7, ge=1, le=3660)
    """Its number of dates."""


LEDGER = CsvTable(_LedgerRow, name="ledger", first="week days", last="name", without="lessons")


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


def read_or_begin(path: Path, week: Problem | None) -> Ledger:
    """Read a ledger; where there is no file, begin one with the history of a week.

    InputError: as `read_ledger`, also where there is neither file nor week.
    """
    try:
        return read_ledger(path)
    except InputError as error:
        if week is not None and error.faults[0].code == "missing_file":
            return Ledger.begin(week)
        raise


def kept_text(ledger: Ledger, path: Path) -> str:
    """Text of a ledger that is kept at a path. InputError: not as JSON, which loses nothing."""
    if path.suffix.lower() != ".json":
        message = Message("ledgers.kept_as_json")
        remedy = Message("ledgers.make_json_first")
        raise file_fault("not_one_of", path, message, remedy, value=path.suffix)
    return ledger_text(ledger, path)


def write_ledger(ledger: Ledger, path: str | os.PathLike[str]) -> None:
    """Write a ledger; the file is replaced whole, or stays as it was.

    As CSV when the path ends in .csv: then only entries are written, without who taught whom, who
    came when, the training log, and what logs of visits said.

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
