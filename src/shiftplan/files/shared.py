"""Tables that weeks share: they lie once in the folder of a province or nation above the weeks.

Week, a folder or a workbook -> the files above that it takes for tables of which it has none.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.csv_text import read_sheet
from shiftplan.files.layout import columns_of, needed_of
from shiftplan.files.sheet import Sheet
from shiftplan.files.text import is_there, need_inside, read_text

SHARED = (
    *("centers", "skills", "services", "rules", "opening", "needs", "days"),
    *("shift_types", "breaks"),
)
"""Tables that may lie above weeks; all others are about one week or about people."""
_MOST_UP = 2
"""Folders above a week that are looked into: that of its province, and that of the nation."""
_BEFORE_MADE = ("shifts", "requirements", "demand")
"""Tables that go before those which opening hours and standard needs make."""
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
    label: str
    """The file as seen from the week's folder, or from that of its workbook: `../rules.csv`."""


def shared_tables(week: Path, *, anew: bool = False) -> dict[str, SharedTable]:
    """Find the tables that a week takes from above: those of which it has no file.

    A week shares tables if its folder is named by a date, such as `2026-12-07`. They lie in the
    folder above it, or in the one above that; the nearest counts. A folder that holds a week
    itself, or files of all users of a computer, shares none, and nothing above it is looked at.
    A workbook shares them too if it lies in such a folder, or is itself named by a date: of which
    tables it has no rows is known where it is read. A JSON file is whole.
    """
    if not is_named_by_date(week):
        return {}
    if _is_file(week):
        return {} if week.suffix.lower() == ".json" else above(week)
    has = {name for name in (*SHARED, *_BEFORE_MADE) if _has(week, name)}
    return lacking(above(week), has, anew=anew)


def lacking(
    found: Mapping[str, SharedTable], has: Set[str], *, anew: bool = False
) -> dict[str, SharedTable]:
    """Those of the tables above that a week takes which `has` some.

    Standard needs count where there is no forecast. Opening hours count where there are no shifts,
    and standard needs where there are no requirements, unless these are made `anew`.
    """
    has = {*has}
    has |= {"needs"} if "demand" in has else set()
    if not anew:
        has |= {"opening"} if "shifts" in has else set()
        has |= {"needs"} if "requirements" in has else set()
    is_opened = "opening" in has or "opening" in found
    if not is_opened or ("shifts" in has and not anew):
        has.add("days")
    return {name: table for name, table in found.items() if name not in has}


def above(week: Path) -> dict[str, SharedTable]:
    """All tables above a week that could be shared, the nearest of each."""
    found: dict[str, SharedTable] = {}
    place = home_of(week)
    less = int(place == week and _is_file(week))
    for up, library in _libraries(place):
        for name in SHARED:
            path = library / f"{name}.csv"
            if name not in found and _is_file(path):
                found[name] = SharedTable(path, up, "../" * (up - less) + path.name)
    return found


def above_week(week: Path, file: str) -> Path | None:
    """Find the nearest file of this name above a week whose folder is named by a date."""
    if not is_named_by_date(week):
        return None
    paths = (library / file for _, library in _libraries(home_of(week)))
    return next(filter(_is_file, paths), None)


def home_of(week: Path) -> Path:
    """What is named by the date of a week: its folder, the one of its workbook, or the workbook."""
    folder = Path(os.path.abspath(week)).parent
    return folder if _is_file(week) and _is_dated(folder) else week


def read_shared(name: str, table: SharedTable) -> Sheet:
    """Read a table that lies above a week; its faults are kept in it."""
    sheet = read_table(name, table.path, table.label)
    sheet.shared = True
    return sheet


def read_table(name: str, file: Path, label: str) -> Sheet:
    """Read a file as a table of a week; `label` is what faults call it, which are kept in it."""
    try:
        need_inside(file.parent, file)
        text = read_text(file)
    except InputError as error:
        own = [replace(fault, file=label) for fault in error.faults]
        return Sheet(name, label, faults=own, usable=False)
    return read_sheet(text, name, label, columns_of(name), needed_of(name))


def note_shared(sheets: Mapping[str, Sheet], shared: Mapping[str, SharedTable]) -> None:
    """Tell which tables of a week lie above it."""
    if shared:
        name, *_ = shared
        label, *others = (table.label for table in shared.values())
        said = Message("files.shared")
        if others:
            said = Message("files.shared_ones", others=tuple(others))
        remedy = Message("files.own_table_wins")
        note = Fault("read_as", name, message=said, remedy=remedy, file=label)
        sheets[name].notes[said.code, ""] = note


def is_named_by_date(week: Path) -> bool:
    """Whether the name of a week's folder, or of its workbook or the folder of that, has a date."""
    return _is_dated(home_of(week))


def _is_dated(path: Path) -> bool:
    for text in _DATE.findall(os.path.basename(os.path.abspath(path))):
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


def _libraries(place: Path) -> Iterator[tuple[int, Path]]:
    """Yield the folders above what is named by a week's date, as they are named, that may share."""
    # Of a link to a week the folders are above the link: whoever put it there meant it so.
    for up, library in enumerate(Path(os.path.abspath(place)).parents[:_MOST_UP], start=1):
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
