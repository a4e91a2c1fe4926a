"""Stand-by lists as a CSV file that people can read.

(`Problem`, `Reserve`s) -> file; file -> `Reserve`s.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from shiftplan.errors import InputError
from shiftplan.files.cells import Bad, read_whole
from shiftplan.files.csv_text import neutral, read_sheet, to_csv
from shiftplan.files.sheet import Sheet
from shiftplan.files.text import read_text, write_texts
from shiftplan.problem import Problem
from shiftplan.reserves import Reserve

_NEEDED = ("shift_id", "rank", "volunteer_id")
_COLUMNS = (*_NEEDED, "reason")
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
    found = tuple(_entries(sheet)) if sheet.usable else ()
    if sheet.faults:
        raise InputError(sheet.faults)
    return found


def _entries(sheet: Sheet) -> Iterator[Reserve]:
    """Read the rows; those with a fault are left out."""
    for i, row in enumerate(sheet.lines):
        shift, rank, who = (sheet.cell(i, name) or "" for name in _NEEDED)
        for name, cell in zip(_NEEDED, (shift, rank, who), strict=True):
            if not cell:
                message = "a value is needed here"
                sheet.fault("missing_value", message, row=row, column=name, index=i)
        place = read_whole(rank)
        if isinstance(place, int) and place > 0:
            reason = sheet.cell(i, "reason") or ""
            yield Reserve(shift, place, who, reason)
        elif rank:
            bad = place if isinstance(place, Bad) else Bad("out_of_range", "must be at least 1")
            sheet.fault(bad.code, bad.message, row=row, column="rank", value=rank, index=i)


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
