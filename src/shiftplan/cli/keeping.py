"""Places to write to that hold what the same command reads: a slip would lose a log of years.

Places of results, and the input of a command -> a refusal, before anything is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from shiftplan.cli.usage import Misused
from shiftplan.errors.message import Message
from shiftplan.files.layout import TABLE_NAMES


def keep_inputs(option: str, written: Iterable[Path | None], read: Iterable[Path | None]) -> None:
    """Refuse to write over files that a command reads.

    Misused: one of the places `written`, which `option` names, is one of the files `read`.
    """
    there = [file for file in read if file is not None and file.exists()]
    for place in filter(None, written):
        if place.is_file() and any(place.samefile(file) for file in there):
            raise Misused(Message("usage.is_input", name=str(place)), option)


def tables_of(week: Path, *but: str) -> Iterator[Path]:
    """Files that may hold a week, `but` some tables of its folder."""
    yield week
    for table in sorted({*TABLE_NAMES} - {*but}):
        yield week / f"{table}.csv"
