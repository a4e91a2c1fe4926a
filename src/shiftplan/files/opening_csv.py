"""Shifts and requirements made anew for a week, from its own tables or from files elsewhere.

(Folder or workbook, files of opening hours and standard needs) -> `MadeWeek`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message, Table
from shiftplan.files.assemble import OnNote, problem_from
from shiftplan.files.csv_text import read_sheet, table_text
from shiftplan.files.layout import columns_of, needed_of
from shiftplan.files.making import MAKES, is_blank, is_made
from shiftplan.files.sheet import Sheet, refuse_totals
from shiftplan.files.text import file_fault, read_text
from shiftplan.files.week import week_sheets, week_tables
from shiftplan.files.whole import write_texts
from shiftplan.files.workbook import is_workbook
from shiftplan.files.workbook.reading import book_sheets
from shiftplan.problem import Problem


@dataclass(frozen=True, slots=True)
class MadeWeek:
    """A week whose shifts or requirements were made."""

    problem: Problem
    """The week."""
    made: tuple[str, ...]
    """Tables that were made: `shifts`, `requirements` or both."""


def make_week(
    week: Path,
    opening: Path | None = None,
    needs: Path | None = None,
    *,
    replace: bool = False,
    on_note: OnNote | None = None,
) -> MadeWeek:
    """Make the shifts and requirements of a week, a folder or a workbook.

    They are made from its tables `opening` and `needs`, or from the files given instead. Tables
    that have rows already are made anew only if `replace`; beside a file that is given, only those
    that it makes.

    InputError: with every fault of the week and the files; or nothing is to be made, or would be
    replaced. MissingExtraError: a package that reads it is missing.
    """
    if week.suffix.lower() == ".json":
        raise file_fault("invalid_value", week, Message("files.made_in_tables"))
    if is_workbook(week):
        sheets, faults = book_sheets(week, on_note, anew=True)
    else:
        sheets, faults = week_sheets(week, on_note, anew=True)
    for table, file in (("opening", opening), ("needs", needs)):
        if file is not None:
            known = columns_of(table)
            sheets[table] = read_sheet(read_text(file), table, file.name, known, needed_of(table))
    given = {"shifts": opening, "requirements": needs}
    named = [table for table, file in given.items() if file is not None]
    there = [
        table
        for table, source in MAKES.items()
        if not is_blank(sheets.get(source))
        and (not named or table in named or is_blank(sheets.get(table)))
    ]
    if not there:
        message = Message("files.nothing_makes_shifts")
        raise file_fault("missing_file", week, message, Message("files.give_opening"))
    filled = [table for table in there if not is_blank(sheets.get(table))]
    if filled and not replace:
        raise InputError(_kept(sheets, filled))
    for table in filled:
        del sheets[table]
    made = tuple(table for table in there if is_made(sheets, table))
    faults = [fault for fault in faults if fault.table not in made]
    return MadeWeek(problem_from(sheets, faults, on_note), made)


def _kept(sheets: dict[str, Sheet], tables: list[str]) -> Iterator[Fault]:
    for table in tables:
        sheet = sheets[table]
        said = Message("files.has_rows", table=Table(table), rows=len(sheet.rows))
        remedy = Message("files.replace_rows")
        yield Fault(
            "duplicate_row", table, message=said, remedy=remedy, file=sheet.file, sheet=sheet.title
        )


def write_made(made: MadeWeek, folder: Path) -> list[Path]:
    """Write the tables that were made into a week's folder; the files.

    InputError: a file cannot be written, or an id could not be read back.
    """
    tables = {name: week_tables(made.problem)[name] for name in made.made}
    refuse_totals(tables)
    texts = {
        folder / f"{name}.csv": table_text(*table, columns_of(name))
        for name, table in tables.items()
    }
    write_texts(texts)
    return list(texts)
