"""What is sent to become a week: a workbook, JSON, a zip or single tables.

Name and bytes -> a file or folder among the weeks, under a name that is free.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from shiftplan.errors.message import Message
from shiftplan.files.layout import TABLE_NAMES
from shiftplan.files.mending import copy_of, is_copy, titles_of_week
from shiftplan.files.problem_file import read_problem
from shiftplan.files.text import file_fault
from shiftplan.files.whole import move, write_bytes
from shiftplan.files.workbook import SUFFIXES
from shiftplan.record.opening import file_beside
from shiftplan.web.weeks.unpacking import unpack

_NO_NAME = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*#%~\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]'
)
"""Signs that names of files do not have on every system, or that are not seen."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""
_LONGEST, _LONGEST_ENDING = 60, 9
"""Signs of the name of a week, and of what comes after its last point."""
_USUAL = "week"
_BEGUN = ".begun-"
"""What the name of the folder begins with in which a week is made."""


def take_in(folder: Path, name: str, body: bytes) -> Path:
    """Make a week of what was sent, and return its place.

    InputError: it is nothing that a week can be read from or mended in.
    """
    sent = _clean(name)
    stem, suffix = Path(sent).stem, Path(sent).suffix.lower()
    if is_copy(Path(sent)):  # a week of its own here, whatever it was a copy of
        stem = Path(stem).stem
    if suffix in SUFFIXES:
        return _file(folder, stem, suffix, body, titles_of_week)
    if suffix == ".json":
        return _file(folder, stem, suffix, body, read_problem)
    if suffix == ".zip":
        return _folder(folder, stem, unpack(body, sent))
    if suffix == ".csv":
        return _folder(folder, _USUAL, {_table(sent): body})
    raise file_fault("unreadable_file", Path(sent), Message("files.no_form_of_a_week"))


def add_table(week: Path, name: str, body: bytes) -> None:
    """Put a table into the folder of a week, in the place of one that was there.

    InputError: the week is no folder, or it cannot be written.
    """
    sent = _clean(name)
    if not week.is_dir() or Path(sent).suffix.lower() != ".csv":
        raise file_fault("unreadable_file", Path(sent), Message("files.only_tables_added"))
    write_bytes({week / _table(sent): body})


def free_place(folder: Path, stem: str, suffix: str = "") -> Path:
    """A place in a folder that is free: `NAME`, or else `NAME 2` and so on.

    No other week has the same name before its ending: their records would be the same file. Nor is
    there a record, or a copy, of a week of that name that is gone.
    """
    here = list(folder.iterdir()) if folder.is_dir() else []
    taken = {name.casefold() for entry in here for name in (entry.name, entry.stem)}
    place, number = folder / f"{stem}{suffix}", 2
    while not taken.isdisjoint(_names(place, suffix)):
        place, number = folder / f"{stem} {number}{suffix}", number + 1
    return place


def _names(place: Path, suffix: str) -> set[str]:
    """Names that a week at a place takes: its own, and those of its record and its copy."""
    names = {place.name, place.name.removesuffix(suffix)}
    if suffix:
        names |= {file_beside(place).name, copy_of(place).name}
    return {name.casefold() for name in names}


def _clean(name: str) -> str:
    """The last part of a name, without signs that no file has, and not too long."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    stem, dot, ending = _NO_NAME.sub("", last).strip().rpartition(".")
    stem, suffix = (stem, f".{ending[:_LONGEST_ENDING]}") if dot else (ending, "")
    stem = stem[:_LONGEST].strip(". ")
    if _RESERVED.fullmatch(stem):
        stem = f"{_USUAL} {stem}"
    return f"{stem or _USUAL}{suffix}"


def _table(name: str) -> str:
    """The name of a table's file, as the format spells it where it knows it."""
    known = Path(name).stem.lower()
    return f"{known}.csv" if known in TABLE_NAMES else f"{Path(name).stem}.csv"


def _file(
    folder: Path, stem: str, suffix: str, body: bytes, look: Callable[[Path], object]
) -> Path:
    """Keep a file in which `look` finds nothing that cannot be mended."""
    place = free_place(folder, stem, suffix)
    with _begun(place) as begun:
        write_bytes({begun / place.name: body})
        look(begun / place.name)
        move(begun / place.name, place)
    return place


def _folder(folder: Path, stem: str, tables: dict[str, bytes]) -> Path:
    place = free_place(folder, stem)
    with _begun(place) as begun:
        write_bytes({begun / _table(name): content for name, content in tables.items()})
        move(begun, place)
    return place


@contextmanager
def _begun(place: Path) -> Iterator[Path]:
    """A folder beside a place, in which what will be there is made; in the end it is gone."""
    begun = place.with_name(f"{_BEGUN}{place.name}")
    shutil.rmtree(begun, ignore_errors=True)  # of one that was killed
    begun.mkdir(parents=True)
    try:
        yield begun
    finally:
        shutil.rmtree(begun, ignore_errors=True)
