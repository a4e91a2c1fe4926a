"""Tables that weeks share: they lie once in the folder of a province or nation above the weeks.

Folder of a week -> the files above that it takes for tables of which it has none.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shiftplan.files.text import is_there, need_inside

SHARED = ("centers", "skills", "services", "rules", "opening", "needs", "days")
"""Tables that may lie above weeks; all others are about one week or about people."""
DAYS = "days"
"""Table of closed days, which `new-week` reads too."""
_MOST_UP = 2
"""Folders above a week that are looked into: that of its province, and that of the nation."""
_OF_WEEKS = ("volunteers", "availability", "shifts", "horizon")
"""Tables that only a week has."""
_DATE = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")


@dataclass(frozen=True, slots=True)
class SharedTable:
    """A file above a week that is one of its tables."""

    path: Path
    """The file."""
    up: int
    """How many folders above the week it lies: 1 or 2."""

    @property
    def label(self) -> str:
        """The file as seen from the week, such as `../rules.csv`."""
        return "../" * self.up + self.path.name


def shared_tables(folder: Path, *, anew: bool = False) -> dict[str, SharedTable]:
    """Find the tables that a week takes from above: those of which it has no file.

    A week shares tables if its folder is named by a date, such as `2026-12-07`. They lie in the
    folder above it, or in the one above that; the nearest counts. A folder that holds a week
    itself, or files of all users of a computer, shares none, and nothing above it is looked at.
    Standard needs count where there is no forecast. Opening hours count where there are no shifts,
    and standard needs where there are no requirements, unless these are made `anew`.
    """
    found = above(folder) if is_named_by_date(folder) else {}
    has = {name for name in (*SHARED, "shifts", "requirements", "demand") if _has(folder, name)}
    has |= {"needs"} if "demand" in has else set()
    if not anew:
        has |= {"opening"} if "shifts" in has else set()
        has |= {"needs"} if "requirements" in has else set()
    is_opened = "opening" in has or "opening" in found
    if not is_opened or ("shifts" in has and not anew):
        has.add(DAYS)
    return {name: table for name, table in found.items() if name not in has}


def above(folder: Path) -> dict[str, SharedTable]:
    """All tables above a folder that could be shared, the nearest of each."""
    found: dict[str, SharedTable] = {}
    for up, library in _libraries(folder):
        for name in SHARED:
            path = library / f"{name}.csv"
            if name not in found and _is_file(path):
                found[name] = SharedTable(path, up)
    return found


def days_of(week: Path) -> Path | None:
    """The file of closed days of a week, its own or one above it; None where there is none.

    InputError: it is a link out of its folder.
    """
    path: Path | None = week / f"{DAYS}.csv"
    if not is_there(week / f"{DAYS}.csv"):
        shared = above(week).get(DAYS) if week.is_dir() and is_named_by_date(week) else None
        path = None if shared is None else shared.path
    if path is not None:
        need_inside(path.parent, path)
    return path


def is_named_by_date(folder: Path) -> bool:
    """Whether the name of a folder holds a date."""
    for text in _DATE.findall(os.path.basename(os.path.abspath(folder))):
        with suppress(ValueError):
            date.fromisoformat(text)
            return True
    return False


def file_of(folder: Path, table: str) -> Path:
    """The file of a table of a week: its own, or the one that it takes from above."""
    shared = shared_tables(folder).get(table)
    return folder / f"{table}.csv" if shared is None else shared.path


def same_above(one: Path, other: Path, tables: Collection[str]) -> set[str]:
    """Those of some tables that both weeks would take from the same file, had they none."""
    if not (is_named_by_date(one) and is_named_by_date(other)):
        return set()
    here, there = ({n: t.path for n, t in above(place).items()} for place in (one, other))
    return {name for name in tables if name in here and here[name] == there.get(name)}


def _libraries(folder: Path) -> Iterator[tuple[int, Path]]:
    """Yield the folders above a week, as they are named, that may share tables."""
    # Of a link to a week the folders are above the link: whoever put it there meant it so.
    for up, library in enumerate(Path(os.path.abspath(folder)).parents[:_MOST_UP], start=1):
        if any(_has(library, name) for name in _OF_WEEKS) or _is_for_all(library):
            return
        yield up, library


def _is_file(path: Path) -> bool:
    """Whether there is a file that may be looked at; a pipe or a device is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _has(folder: Path, table: str) -> bool:
    return is_there(folder / f"{table}.csv")


def _is_for_all(folder: Path) -> bool:
    """Whether all users of the computer may put files there, as into `/tmp`."""
    try:
        mode = folder.stat().st_mode
    except OSError:
        return True
    return bool(mode & stat.S_ISVTX and mode & stat.S_IWOTH)
