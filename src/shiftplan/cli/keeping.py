"""Places to write to that hold what must not be lost: one slip would lose years of log.

Places of results, and the input of a command or files of others -> a refusal, before anything is
written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from shiftplan.cli.usage import Misused
from shiftplan.errors.message import Message
from shiftplan.files.layout import TABLE_NAMES
from shiftplan.files.text import is_taken, is_there, real_path
from shiftplan.present.outputs import CHANGES, FILES, RESULT, ROSTER, WORKBOOK


def keep_inputs(option: str, written: Iterable[Path | None], read: Iterable[Path | None]) -> None:
    """Refuse to write over files that a command reads.

    Misused: one of the places `written`, which `option` names, is one of the files `read`.
    """
    there = [file for file in read if file is not None and is_there(file)]
    for place in filter(None, written):
        if is_there(place) and any(place.samefile(file) for file in there):
            raise Misused(Message("usage.is_input", name=str(place)), option)


def keep_inputs_in(out: Path, *read: Path | None) -> None:
    """The same for the files of a roster in a folder, which are replaced or removed.

    Misused too: some that may be of people are there, but neither a roster nor a result.
    """
    keep_inputs("--out", (out / name for name in FILES), read)
    if not is_there(out / ROSTER):
        keep_others(out, RESULT, (CHANGES, WORKBOOK))


def keep_apart(placed: Iterable[tuple[str, Path | None]]) -> None:
    """Refuse two of some options, given with the places they name, that name the same one."""
    seen = set()
    for option, place in placed:
        if place is not None and real_path(place) in seen:
            raise Misused(Message("usage.two_outputs", name=str(place)), option)
        if place is not None:
            seen.add(real_path(place))


def keep_others(out: Path, mark: str, names: Iterable[str]) -> None:
    """Refuse to write over files in a folder that the same command did not write before.

    `mark`: a file that it always writes; `names`: patterns of the others, as `Path.glob` has them.
    """
    if is_there(out) and not is_there(out / mark):
        for file in sorted(file for name in names for file in out.glob(name) if is_taken(file)):
            raise Misused(Message("usage.is_of_others", name=str(file)), "--out")


def tables_of(week: Path, *but: str) -> Iterator[Path]:
    """Files that may hold a week, `but` some tables of its folder."""
    yield week
    for table in sorted({*TABLE_NAMES} - {*but}):
        yield week / f"{table}.csv"
