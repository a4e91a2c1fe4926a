"""Stand-by lists as a CSV file that people can read.

(`Problem`, `Reserve`s) -> file; file -> `Reserve`s.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from shiftplan.analysis.reserves import Reserve
from shiftplan.errors import InputError
from shiftplan.files.cells import Bad
from shiftplan.files.csv_text import neutral, read_sheet, to_csv
from shiftplan.files.layout import Kind
from shiftplan.files.rows import Rows
from shiftplan.files.sheet import Sheet
from shiftplan.files.text import read_text
from shiftplan.files.whole import write_texts
from shiftplan.problem import Problem

_NEEDED = ("shift_id", "rank", "volunteer_id")
_COLUMNS: dict[str, Kind] = {
    "shift_id": "text",
    "rank": "whole",
    "volunteer_id": "text",
    "reason": "text",
}
_FOR_PEOPLE = ("center", "date", "start", "end", "volunteer")


def read_reserves(path: str | os.PathLike[str]) -> tuple[Reserve, ...]:
    """Read stand-by lists: a CSV file with the columns shift_id, rank and volunteer_id.

    The column reason may be missing; further columns are ignored. Ids that no problem knows are
    read too.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    InputError
        With every fault of the file.

    """
    file = Path(path)
    sheet = read_sheet(read_text(file), "reserves", file.name, _COLUMNS, _NEEDED, others=True)
    found = _entries(sheet) if sheet.usable else ()
    if sheet.faults:
        raise InputError(sorted(sheet.faults, key=lambda fault: fault.row or 0))
    return tuple(Reserve(**({"reason": ""} | entry)) for entry in found)


def _entries(sheet: Sheet) -> list[dict[str, Any]]:
    """Values of the rows; the sheet has the faults of those that are no reserves."""
    rows = Rows(sheet)
    rows.read(_COLUMNS, _NEEDED)
    entries = rows.records()
    for i, entry in enumerate(entries):
        if entry.get("rank", 1) < 1:
            rows.fault(i, "rank", Bad("out_of_range", "must be at least 1"))
    return entries


def write_reserves(
    problem: Problem, reserves: Iterable[Reserve], path: str | os.PathLike[str]
) -> None:
    """Write stand-by lists as CSV with columns for people.

    Parameters
    ----------
    problem
        Gives the names, dates and times.
    reserves
        May name unknown ids; their further columns are blank.
    path
        The file, which is replaced whole.

    Raises
    ------
    InputError
        The file cannot be written.

    """
    write_texts({Path(path): to_csv([*_COLUMNS, *_FOR_PEOPLE], _lines(problem, reserves))})


def _lines(problem: Problem, reserves: Iterable[Reserve]) -> Iterator[list[str]]:
    shifts = {s.shift_id: s for s in problem.shifts}
    names = {v.volunteer_id: v.name for v in problem.volunteers}
    centers = {c.center_id: c.name for c in problem.centers}
    for reserve in reserves:
        shift, when = shifts.get(reserve.shift_id), [""] * 4
        if shift is not None:
            when = [centers[shift.center_id], f"{shift.day}"]
            when += [f"{shift.start:%H:%M}", f"{shift.end:%H:%M}"]
        who = names.get(reserve.volunteer_id, "")
        ids = [reserve.shift_id, str(reserve.rank), reserve.volunteer_id]
        yield [neutral(text) for text in (*ids, reserve.reason, *when, who)]
