"""Stand-by lists as a CSV file that people can read.

(`Problem`, `Reserve`s) -> file; file -> `Reserve`s.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

from pydantic import Field

from shiftplan.analysis.reserves import Reserve
from shiftplan.errors.message import Message
from shiftplan.files.table import CsvTable, PeopleColumns, text_for_people
from shiftplan.files.whole import write_texts
from shiftplan.problem import Problem
from shiftplan.week.fields import Frozen


class _ReserveRow(Frozen):
    shift_id: str
    rank: Annotated[int, Field(ge=1)]
    volunteer_id: str
    reason: str = ""


_TABLE = CsvTable("reserves", _ReserveRow, others=True)
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
    return tuple(Reserve(**dict(row)) for row in _TABLE.read(Path(path)).good())


def write_reserves(
    problem: Problem,
    reserves: Iterable[Reserve],
    path: str | os.PathLike[str],
    *,
    say: Callable[[Message], str] = str,
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
    say
        Says the reasons, such as `present.words.Words("vi")`; English where it is not given.

    Raises
    ------
    InputError
        The file cannot be written.

    """
    people = PeopleColumns(problem)
    rows = (
        people.cells(r.shift_id, r.volunteer_id)
        | {
            "rank": str(r.rank),
            "reason": say(r.reason) if isinstance(r.reason, Message) else r.reason,
        }
        for r in reserves
    )
    write_texts({Path(path): text_for_people([*_TABLE.columns, *_FOR_PEOPLE], rows)})
