"""Open and closed days of a planning week, from its own file or one above it.

days.csv or a sheet of a workbook -> rows for `Workdays`, and back.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad
from shiftplan.files.csv_text import CsvTable, TableRows
from shiftplan.files.day_sets import set_days
from shiftplan.files.headings import known_words, sheet_title
from shiftplan.files.near_names import NearNames
from shiftplan.files.references import resolver_of
from shiftplan.files.shared import above, is_named_by_date
from shiftplan.files.text import file_fault, is_there, need_inside
from shiftplan.files.workbook import is_workbook
from shiftplan.files.workbook.reading import book_table
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.seasons.rollover.workdays import Day
from shiftplan.week.where import NO_PLACE, place_names

DAYS = "days.csv"
_DAYS = CsvTable(Day, name="days")


@takes_week
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
