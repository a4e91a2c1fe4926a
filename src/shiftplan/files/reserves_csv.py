"""Stand-by lists as a CSV file that people can read.

(`Problem`, `Reserve`s) -> file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from shiftplan.files.sheet import to_csv
from shiftplan.files.text import write_texts
from shiftplan.problem import Problem

if TYPE_CHECKING:
    from shiftplan.reserves import Reserve

_COLUMNS = ("shift_id", "rank", "volunteer_id", "reason")
_FOR_PEOPLE = ("center", "date", "start", "end", "volunteer")


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
        yield [*ids, reserve.reason, *when, who]
