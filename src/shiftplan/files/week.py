"""The planning week as a folder of CSV files.

Folder -> `Problem` -> folder, exactly.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from shiftplan.errors import Fault
from shiftplan.files.assemble import OnNote, problem_from
from shiftplan.files.cells import write
from shiftplan.files.csv_text import CsvTable, table_text
from shiftplan.files.folder import files_of, missing, near_files, unread
from shiftplan.files.headings import kind_in
from shiftplan.files.layout import (
    MAKING,
    REQUIRED,
    TABLE_NAMES,
    TABLES,
    TableLayout,
    columns_of,
)
from shiftplan.files.own_columns import beside, refuse_titles
from shiftplan.files.rules_csv import rule_rows
from shiftplan.files.shared import (
    above,
    is_named_by_date,
    note_shared,
    read_shared,
    read_table,
    shared_tables,
)
from shiftplan.files.sheet import SKILL, Sheet, Tables, refuse_totals
from shiftplan.files.text import write_fault
from shiftplan.files.whole import write_texts
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.week.fields import Frozen
from shiftplan.week.history import History
from shiftplan.week.records import Availability, StandBy

_MADE = ("date", "end_date")
_OWN = "extra"
"""Key of an entry with what stands under titles of people's own."""


def read_week(folder: str | os.PathLike[str], *, on_note: OnNote | None = None) -> Problem:
    """Read a planning week.

    Parameters
    ----------
    folder
        Holds centers.csv, volunteers.csv, availability.csv, shifts.csv and rules.csv, and perhaps
        the other tables. Without horizon.csv the days planned are the whole weeks, from Monday to
        Sunday, in which there are shifts. Where shifts.csv has no rows, shifts are made from
        opening.csv; where requirements.csv has none, requirements are made from needs.csv.
    on_note
        Called with what is no fault but worth a look, such as a window outside the horizon.

    Raises
    ------
    InputError
        With every fault of every file.
    MissingExtraError
        Shifts are made from opening hours, and the package holidays, which knows the public
        holidays of the week's country, is missing.
    """
    return problem_from(*week_sheets(Path(folder), on_note), on_note)


def week_sheets(
    path: Path, on_note: OnNote | None, *, anew: bool = False
) -> tuple[dict[str, Sheet], list[Fault]]:
    """Read the tables of a folder as text: table -> sheet, and faults that concern none.

    Tables that it lacks may be shared: see `shared_tables`, also for `anew`. InputError: it is no
    such folder.
    """
    present = files_of(path)
    shared = {
        name: table
        for name, table in shared_tables(path, anew=anew).items()
        if not near_files(name, present)
    }
    faults = list(missing(path, present, shared))
    sheets: dict[str, Sheet] = {}
    for name in TABLE_NAMES:
        file = f"{name}.csv"
        if name in shared:
            sheets[name] = read_shared(name, shared[name])
        elif file in present:
            sheets[name] = read_table(name, path / file, file)
    note_shared(sheets, shared)
    if on_note is not None:
        for note in unread(present):
            on_note(note)
    return sheets, faults


@takes_week
def write_week(problem: Problem, folder: str | os.PathLike[str]) -> None:
    """Write a planning week that `read_week` reads back as an equal problem.

    Files of the format that are in the folder are replaced, other files are left alone, and so are
    tables from which shifts are made. Tables without rows are written only if they are required,
    replace a file, or keep one out that lies above the folder.

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
    write_tables(problem, Path(folder))


def write_tables(
    problem: Problem, path: Path, shared: Collection[str] = (), hours: Tables | None = None
) -> None:
    """Write a planning week without the `shared` tables, which lie above its folder.

    `hours`: tables that make others, which no problem holds, and those made of them, left blank.

    InputError: a file cannot be written, or an id could not be read back.
    """
    refuse_titles(problem)
    tables = week_tables(problem) | (hours or {})
    refuse_totals(tables)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise write_fault(path, error) from None
    texts = {}
    lying = above(path) if is_named_by_date(path) else {}
    kept_out = {"requirements" if name == "needs" else name for name in lying}
    for name, (header, rows) in tables.items():
        file = path / f"{name}.csv"
        if (name in MAKING and not rows) or (name in shared and not file.exists()):
            continue
        if rows or name in REQUIRED or name in kept_out or file.exists():
            texts[file] = table_text(header, rows, {c: kind_in(name, c) for c in header})
    write_texts(texts)


@takes_week
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
    write_texts({Path(path): table_text(*table, columns_of(name))})


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

    InputError: with every fault of the file.
    """
    return CsvTable(History, name="history").read(Path(path)).good()


def write_availability(
    windows: Iterable[Availability],
    path: str | os.PathLike[str],
    stand_by: Iterable[StandBy] = (),
) -> tuple[Path, ...]:
    """Write windows as a file that a planning week can hold, and offers to stand by beside it.

    Parameters
    ----------
    windows
        Rows, such as the `availability` of what `read_answers` returns.
    path
        The CSV file, such as `availability.csv`; it is replaced whole, or stays as it was.
    stand_by
        Rows for the file `stand_by.csv` in its folder; none for no such file.

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    InputError
        The file cannot be written.
    """
    tables: dict[str, list[Any]] = {"availability": [*windows], "stand_by": [*stand_by]}
    texts = {}
    for name, rows in tables.items():
        table, file = TABLES[name], Path(path)
        if rows or name == "availability":
            entries = [_entry(table, row) for row in rows]
            text = table_text(*_texts(name, entries), table.columns)
            texts[file if name == "availability" else file.with_name(f"{name}.csv")] = text
    write_texts(texts)
    return tuple(texts)


def history_to_csv(history: Iterable[History]) -> str:
    """Make the text of the table `history`."""
    return rows_to_csv("history", history)


def rows_to_csv(name: str, rows: Iterable[Frozen]) -> str:
    """Make the text of a table of which each row is one model, with rare columns only if used."""
    table = TABLES[name]
    return table_text(*_texts(name, [_entry(table, row) for row in rows]), table.columns)


def week_tables(problem: Problem, whole: Collection[str] = ()) -> Tables:
    """Header and rows, as text, of every table of the format.

    The headers of the tables in `whole` have all columns, others have rare ones only if used.
    """
    levels = [SKILL + s.skill_id for s in problem.skills]
    tables = {}
    for name, table in TABLES.items():
        if name in MAKING:
            entries: list[dict[str, Any]] = []
        elif name == "horizon":
            entries = [{"name": problem.name, **problem.horizon.model_dump()}]
        elif name == "volunteers":
            entries = list(_people(problem, levels))
        elif name == "grants":
            entries = list(_dated_grants(problem))
        else:
            entries = [_entry(table, row) for row in getattr(problem, name)]
        tables[name] = _texts(name, entries, levels, whole=name in whole)
    tables["rules"] = rule_rows(problem, whole="rules" in whole)
    return tables


def _texts(
    name: str, entries: list[dict[str, Any]], levels: Collection[str] = (), *, whole: bool = False
) -> tuple[list[str], list[list[str]]]:
    table, header = TABLES[name], list[str]()
    defaults = {name: field.default for name, field in table.model.model_fields.items()}
    defaults |= dict.fromkeys(_MADE)
    held = {
        name
        for name in table.columns
        if whole or name not in table.rare or any(e[name] != defaults[name] for e in entries)
    }
    own = sorted({title for entry in entries for title in entry.get(_OWN, ())})
    held |= beside(name, own, held) if own else set()
    for column in table.columns:
        header += levels if column == "max_shifts" else ()
        header += [column] if column in held else ()
    rows = [[write(entry[name]) for name in header] for entry in entries]
    for row, entry in zip(rows, entries, strict=True) if own else ():
        row += [entry[_OWN].get(title, "") for title in own]
    return header + own, rows


def _entry(table: TableLayout, row: Any) -> dict[str, Any]:
    """Columns of one model; of an interval end_date only where the others do not tell it."""
    entry = {name: getattr(row, name, None) for name in table.columns}
    if table.keeps_others:
        entry[_OWN] = dict(row.extra)
    if not table.interval:
        return entry
    if row.start is None:
        return entry | dict.fromkeys(("date", "start", "end", "end_date"))
    day, last = row.start.date(), row.end.date()
    end = f"{row.end:%H:%M}"
    if end == "00:00":
        end, last = "24:00", last - timedelta(days=1)
    is_same_day = end == "24:00" or row.end.time() > row.start.time()
    implied = day if is_same_day else day + timedelta(days=1)
    entry |= {"date": day, "start": f"{row.start:%H:%M}", "end": end}
    return entry | {"end_date": None if last == implied else last}


def _people(problem: Problem, levels: Iterable[str]) -> Iterator[dict[str, Any]]:
    columns, none = TABLES["volunteers"].columns, dict.fromkeys(levels, 0)
    for volunteer in problem.volunteers:
        undated = (g for g in volunteer.skills if g.valid_from is None and g.valid_to is None)
        known = {SKILL + grant.skill_id: grant.level for grant in undated}
        entry = {name: getattr(volunteer, name) for name in columns} | none | known
        yield entry | {_OWN: dict(volunteer.extra)}


def _dated_grants(problem: Problem) -> Iterator[dict[str, Any]]:
    for volunteer in problem.volunteers:
        for grant in volunteer.skills:
            if grant.valid_from is not None or grant.valid_to is not None:
                yield {"volunteer_id": volunteer.volunteer_id, **grant.model_dump()}
