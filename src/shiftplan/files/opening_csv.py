"""Shifts and requirements made anew for a week, and what of opening hours goes with it.

(Folder or workbook, files of opening hours and standard needs) -> `MadeWeek`; week -> its own such
tables as they are written, and what of them a new week takes over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message, Table
from shiftplan.files.assemble import OnNote, problem_from
from shiftplan.files.cells import write
from shiftplan.files.csv_text import read_sheet, table_text
from shiftplan.files.headings import Say, is_beside
from shiftplan.files.layout import MAKING, columns_of, needed_of
from shiftplan.files.making import MAKES, is_blank, is_made
from shiftplan.files.problem_file import write_problem
from shiftplan.files.shared import above, is_named_by_date, read_table
from shiftplan.files.sheet import Sheet, Tables, refuse_totals
from shiftplan.files.text import file_fault, is_there, read_text
from shiftplan.files.week import week_sheets, week_tables, write_tables
from shiftplan.files.whole import write_texts
from shiftplan.files.workbook import is_workbook, write_book
from shiftplan.files.workbook.raw import opened
from shiftplan.files.workbook.reading import book_sheets, book_table
from shiftplan.files.workbook.sheets import own_sheets
from shiftplan.problem import Problem
from shiftplan.seasons.opening import make_requirements, make_shifts
from shiftplan.seasons.rollover.workdays import Day, with_holidays


@dataclass(frozen=True, slots=True)
class MadeWeek:
    """A week whose shifts or requirements were made."""

    problem: Problem
    """The week."""
    made: tuple[str, ...]
    """Tables that were made: `shifts`, `requirements` or both."""
    hours: Tables
    """Those from which they were made, and its closed days, as they are written."""


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
    hours = _as_written(sheets)
    return MadeWeek(problem_from(sheets, faults, on_note), made, hours)


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


@dataclass
class Carried:
    """What a new week takes over of rows that make shifts and requirements."""

    later: timedelta
    """Time from the last week to the new one."""
    horizon: tuple[date, ...]
    """The days of the last week."""
    dated: dict[str, list[date]] = field(default_factory=dict)
    """Table -> days of the last week for which alone it has rows; they are not carried on."""
    only: list[str] = field(default_factory=list)
    """Tables that name dates in all their rows; what they make is carried on."""
    own: dict[str, list[Any]] = field(default_factory=dict)
    """Rows of the tables that make others, where they are the week's own."""

    def change(self, table: str, rows: list[Any]) -> list[Any]:
        """Take rows with dates as those of the new week, laid on the days of the last one."""
        if table not in MAKES.values():
            return rows
        self.own[table] = rows
        dates = {day for row in rows for day in row.days.dates}
        past = sorted(dates & {*self.horizon})
        if past and all(row.days.dates for row in rows):
            self.only.append(table)
            return rows
        if past:
            self.dated[table] = past
        return [self._moved(row) for row in rows] if dates else rows

    def hours(self, new: Problem, days: Sequence[Day]) -> Tables:
        """Own tables of the new week; among them, blank, those that they make with these days."""
        start, centers, horizon = new.horizon.start, new.centers, new.horizon
        kept = {
            table: [row for row in rows if max(row.days.dates, default=start) >= start]
            for table, rows in self.own.items()
            if table not in self.only
        }
        if not any(kept.values()):
            return {}
        workdays = with_holidays(days, start, horizon.dates[-1], horizon.country)
        with suppress(InputError):  # rows that disagree make nothing
            shifts = make_shifts(kept.get("opening", ()), centers, horizon, workdays).shifts
            needs = make_requirements(kept.get("needs", ()), centers, new.shifts).requirements
            is_made = {
                "shifts": bool(kept.get("opening")) and {*shifts} == {*new.shifts},
                "requirements": bool(kept.get("needs")) and {*needs} == {*new.requirements},
            }
            return _texts(kept) | _blank(table for table in MAKES if is_made[table])
        return _texts(kept)

    def _moved(self, row: Any) -> Any:
        days = row.days.model_copy(
            update={"dates": tuple(day - self.later for day in row.days.dates)}
        )
        return row.model_copy(update={"days": days})


def carried(week: Path, problem: Problem, start: date) -> tuple[Problem | None, Carried]:
    """The week as a new one that begins on a date takes it over, where opening hours make it.

    None where no rows with dates change what is taken over. InputError: the week cannot be read.
    """
    found = Carried(start - problem.horizon.start, problem.horizon.dates)
    if week.suffix.lower() == ".json":
        return None, found
    sheets, faults = (book_sheets if is_workbook(week) else week_sheets)(week, None)
    if not any(is_made(sheets, table) for table in MAKES):
        return None, found
    usual = problem_from(sheets, faults, change=found.change)
    found.own = {t: rows for t, rows in found.own.items() if rows and not sheets[t].shared}
    is_same = (usual.shifts, usual.requirements) == (problem.shifts, problem.requirements)
    return None if is_same else usual, found


def own_hours(week: Path) -> Tables:
    """Tables of a week itself that make its shifts and requirements, as they are written.

    A table that is made of them stands among them without rows. InputError: a workbook cannot be
    read.
    """
    if week.suffix.lower() == ".json":
        return {}
    names = (*MAKING, *MAKES)
    read = {name: _own(week, name) for name in names}
    sheets = {name: sheet for name, sheet in read.items() if sheet is not None}
    made = {table for table in MAKES if is_made(sheets, table)}
    if is_blank(sheets.get("days")) and is_named_by_date(week) and "days" in above(week):
        made.discard("shifts")  # elsewhere, others would be made
    return _as_written(sheets) | _blank(made)


def _texts(tables: Mapping[str, Sequence[Any]]) -> Tables:
    found: Tables = {}
    for table, rows in tables.items():
        columns = columns_of(table)
        cells = [[write(getattr(row, name)) for name in columns] for row in rows]
        found[table] = list(columns), cells
    return found


def _blank(tables: Iterable[str]) -> Tables:
    return {table: (list(columns_of(table)), []) for table in tables}


def _as_written(sheets: Mapping[str, Sheet]) -> Tables:
    own = {name: sheets[name] for name in MAKING if name in sheets and not sheets[name].shared}
    return {name: _without_names(sheet) for name, sheet in own.items() if sheet.usable}


def _without_names(sheet: Sheet) -> tuple[list[str], list[list[str]]]:
    """A table without columns of names beside ids, which hold the ids of both once it is read."""
    kept = [place for place, column in enumerate(sheet.header) if not is_beside(column)]
    header = [sheet.header[place] for place in kept]
    return header, [[row[place] for place in kept] for row in sheet.rows]


def write_with_hours(problem: Problem, path: Path, say: Say, hours: Tables) -> None:
    """Write a problem in the form that its path tells, with tables that it does not hold.

    `hours`: those of `own_hours`, which a JSON file has no place for. `say`: words of a workbook.

    InputError: it cannot be written, or could not be read back. MissingExtraError: it is a
    workbook, and the package openpyxl is missing.
    """
    if path.suffix.lower() == ".xlsx":
        write_book(problem, path, say, hours)
        return
    if path.suffix.lower() == ".json":
        write_problem(problem, path)
    else:
        write_tables(problem, path, hours=hours)


def lost_sheets(week: Path, path: Path) -> list[str]:
    """People's own sheets of a workbook that one written at a path lacks."""
    if path.suffix.lower() != ".xlsx" or not is_workbook(week):
        return []
    with opened(week) as book:
        return own_sheets(book)


def _own(week: Path, table: str) -> Sheet | None:
    if is_workbook(week):
        return book_table(week, table)
    file = week / f"{table}.csv"
    return read_table(table, file, file.name) if is_there(file) else None
