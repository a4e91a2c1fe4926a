"""The planning week as a folder of CSV files.

Folder -> `Problem` -> folder, exactly.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from shiftplan.errors import InputError
from shiftplan.files.assemble import OnNote, problem_from
from shiftplan.files.cells import write
from shiftplan.files.csv_text import neutral_columns, read_sheet, to_csv
from shiftplan.files.folder import files_of, missing, need_inside, unread
from shiftplan.files.layout import (
    REQUIRED,
    TABLE_NAMES,
    TABLES,
    TableLayout,
    columns_of,
    needed_of,
    rule_columns,
)
from shiftplan.files.rules_csv import rule_rows
from shiftplan.files.sheet import SKILL, Sheet
from shiftplan.files.table import CsvTable
from shiftplan.files.text import read_text, write_fault
from shiftplan.files.totals import refuse_totals
from shiftplan.files.whole import write_texts
from shiftplan.problem import Problem
from shiftplan.week.records import History


def read_week(folder: str | os.PathLike[str], *, on_note: OnNote | None = None) -> Problem:
    """Read a planning week.

    Parameters
    ----------
    folder
        Holds centers.csv, volunteers.csv, availability.csv, shifts.csv and rules.csv, and perhaps
        the other tables. Without horizon.csv the days planned are the whole weeks, from Monday to
        Sunday, in which there are shifts.
    on_note
        Called with what is no fault but worth a look, such as a window outside the horizon.

    Raises
    ------
    InputError
        With every fault of every file.

    """
    path = Path(folder)
    present = files_of(path)
    faults = list(missing(present))
    sheets: dict[str, Sheet] = {}
    for name in TABLE_NAMES:
        file = path / f"{name}.csv"
        if file.name not in present:
            continue
        try:
            need_inside(path, file)
            text = read_text(file)
        except InputError as error:
            sheets[name] = Sheet(name, file.name, faults=list(error.faults), usable=False)
            continue
        sheets[name] = read_sheet(text, name, file.name, columns_of(name), needed_of(name))
    if on_note is not None:
        for note in unread(present):
            on_note(note)
    return problem_from(sheets, faults, on_note)


def write_week(problem: Problem, folder: str | os.PathLike[str]) -> None:
    """Write a planning week that `read_week` reads back as an equal problem.

    Files of the format that are in the folder are replaced, other files are left alone. Tables
    without rows are written only if they are required, or replace a file.

    Parameters
    ----------
    problem
        The week.
    folder
        The folder; made if missing.

    Raises
    ------
    InputError
        A file cannot be written, or an id could not be read back.

    """
    path, tables = Path(folder), week_tables(problem)
    refuse_totals(tables)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise write_fault(path, error) from None
    texts = {}
    for name, (header, rows) in tables.items():
        file = path / f"{name}.csv"
        if rows or name in REQUIRED or file.exists():
            texts[file] = _csv(name, header, rows)
    write_texts(texts)


def write_requirements(problem: Problem, path: str | os.PathLike[str]) -> None:
    """Write the requirements of a problem as a file that a planning week can hold.

    Parameters
    ----------
    problem
        Whose requirements.
    path
        The CSV file, such as `requirements.csv`; it is replaced whole, or stays as it was.

    Raises
    ------
    InputError
        The file cannot be written, or an id could not be read back.

    """
    name = "requirements"
    table = week_tables(problem)[name]
    refuse_totals({name: table})
    write_texts({Path(path): _csv(name, *table)})


def write_history(history: Iterable[History], path: str | os.PathLike[str]) -> None:
    """Write histories as a file that a planning week can hold.

    Parameters
    ----------
    history
        Rows, one for each person.
    path
        The CSV file, such as `history.csv`; it is replaced whole, or stays as it was.

    Raises
    ------
    InputError
        The file cannot be written.

    """
    write_texts({Path(path): history_to_csv(history)})


def read_history(path: str | os.PathLike[str]) -> tuple[History, ...]:
    """Read a table `history` by itself, as `write_history` made it.

    Raises
    ------
    InputError
        With every fault of the file.

    """
    return CsvTable("history", History).read(Path(path)).good()


def history_to_csv(history: Iterable[History]) -> str:
    """Make the text of the table `history`."""
    table = TABLES["history"]
    return _csv("history", *_texts(table, [_entry(table, row) for row in history], []))


def _csv(name: str, header: list[str], rows: list[list[str]]) -> str:
    """Text of a table; nothing in it is taken for a formula."""
    kinds = TABLES[name].columns if name in TABLES else rule_columns()
    return to_csv(header, neutral_columns(header, rows, kinds))


def week_tables(
    problem: Problem, whole: Collection[str] = ()
) -> dict[str, tuple[list[str], list[list[str]]]]:
    """Header and rows, as text, of every table of the format.

    The headers of the tables in `whole` have all columns, others have rare ones only if used.
    """
    tables = {}
    for name, table in TABLES.items():
        if name == "horizon":
            horizon = problem.horizon
            entries = [{"name": problem.name, **horizon.model_dump()}]
        elif name == "volunteers":
            entries = list(_people(problem))
        elif name == "grants":
            entries = list(_dated_grants(problem))
        else:
            entries = [_entry(table, row) for row in getattr(problem, name)]
        levels = [SKILL + s.skill_id for s in problem.skills]
        tables[name] = _texts(table, entries, levels, whole=name in whole)
    tables["rules"] = rule_rows(problem, whole="rules" in whole)
    return tables


def _texts(
    table: TableLayout, entries: list[dict[str, Any]], levels: list[str], *, whole: bool = False
) -> tuple[list[str], list[list[str]]]:
    header = []
    for name in table.columns:
        if name == "max_shifts":
            header += levels
        default = table.model.model_fields[name].default if name not in _MADE else None
        rare = name in table.rare and not whole
        if not rare or any(entry[name] != default for entry in entries):
            header.append(name)
    return header, [[write(entry[name]) for name in header] for entry in entries]


_MADE = ("date", "end_date")


def _entry(table: TableLayout, row: Any) -> dict[str, Any]:
    """Columns of one model."""
    if not table.interval:
        return {name: getattr(row, name) for name in table.columns}
    return {name: getattr(row, name, None) for name in table.columns} | _interval(row)


def _interval(row: Any) -> dict[str, Any]:
    """Columns date, start, end and end_date; the last only when the others do not tell it."""
    day, last = row.start.date(), row.end.date()
    end = f"{row.end:%H:%M}"
    if end == "00:00":
        end, last = "24:00", last - timedelta(days=1)
    if end == "24:00" or row.end.time() > row.start.time():
        implied = day
    else:
        implied = day + timedelta(days=1)
    told = None if last == implied else last
    return {"date": day, "start": f"{row.start:%H:%M}", "end": end, "end_date": told}


def _people(problem: Problem) -> Iterator[dict[str, Any]]:
    table = TABLES["volunteers"]
    none = {SKILL + s.skill_id: 0 for s in problem.skills}
    for volunteer in problem.volunteers:
        levels = {
            SKILL + grant.skill_id: grant.level
            for grant in volunteer.skills
            if grant.valid_from is None and grant.valid_to is None
        }
        yield {name: getattr(volunteer, name) for name in table.columns} | none | levels


def _dated_grants(problem: Problem) -> Iterator[dict[str, Any]]:
    for volunteer in problem.volunteers:
        for grant in volunteer.skills:
            if grant.valid_from is not None or grant.valid_to is not None:
                yield {"volunteer_id": volunteer.volunteer_id, **grant.model_dump()}
