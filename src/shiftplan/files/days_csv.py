"""Open and closed days as a CSV file: days.csv of a planning week.

File -> rows for `Workdays`, with every fault.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.files.csv_text import CsvTable
from shiftplan.problem import Problem
from shiftplan.problem.nearest import Nearest
from shiftplan.seasons.rollover.workdays import Day
from shiftplan.week.where import NO_PLACE, place_names

DAYS = "days.csv"
_TABLE = CsvTable(Day, name="days")


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
    file = Path(path)
    found = _TABLE.read(file, _set_times)
    for fault in () if problem is None else _unknown(problem, found.models):
        row = found.kept[fault.index or 0]
        found.sheet.faults.append(
            replace(fault, file=file.name, index=row, row=found.sheet.lines[row])
        )
    return found.good()


def _set_times(record: dict[str, Any]) -> None:
    """Times of day; 24:00 is the end of the day, which is what blank means."""
    for name in ("start", "end"):
        passed = record.pop(name, None)
        if passed is not None and passed < dt.timedelta(days=1):
            record[name] = (dt.datetime.min + passed).time()


def _unknown(problem: Problem, days: Sequence[Day]) -> Iterator[Fault]:
    """Yield names of centers and groups that the week does not know."""
    places = place_names(problem.centers)
    groups = {name for v in problem.volunteers for name in v.group}
    near_places, near_groups = Nearest(sorted(places)), Nearest(sorted(groups))
    for i, day in enumerate(days):
        if day.where and day.where not in places:
            remedy = near_places.remedy(day.where)
            yield Fault(
                "unknown_name", "days", "where", day.where, NO_PLACE, remedy=remedy, index=i
            )
        for name in day.group:
            if name not in groups:
                message = Message("files.nobody_in_group")
                remedy = near_groups.remedy(name)
                yield Fault("unknown_name", "days", "group", name, message, remedy=remedy, index=i)
