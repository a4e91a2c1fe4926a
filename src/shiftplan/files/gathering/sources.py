"""What a folder of many hands holds: workbooks, tables and weeks, read as far as they can be.

Folder -> `Delivery`s, in the order of their names, and the files that nobody reads.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.errors.system import of_system
from shiftplan.files.csv_text import read_sheet
from shiftplan.files.layout import TABLE_NAMES, columns_of, needed_of
from shiftplan.files.near_titles import nearness
from shiftplan.files.sheet import Sheet
from shiftplan.files.text import file_fault, need_inside, no_folder, read_text
from shiftplan.files.workbook import SUFFIXES
from shiftplan.files.workbook.reading import book_sheets

MOST_FILES = 5_000
"""Files and folders that are looked at."""
MOST_BYTES = 400_000_000
"""Size of all files together that are read."""
MOST_CELLS = 5_000_000
"""Cells of all tables together."""
_DEEPEST = 4
_TELLING = ("horizon", "shifts", "opening")
TABLE_ENDINGS = (".csv", ".tsv", ".txt")
_ENTRIES = "./"
_ASIDE = (".faults.xlsx", ".understood.csv")
"""How names of files end that shiftplan writes beside others, for people."""
DECISIONS, DELIVERIES = "decisions.csv", "deliveries.csv"
"""Files that gathering itself writes."""


@dataclass
class Delivery:
    """A workbook, a table or a folder of tables that somebody delivered."""

    name: str
    """Path inside the folder, with `/`; that of a folder ends so."""
    sheets: dict[str, Sheet] = field(default_factory=dict)
    """Table -> what was delivered of it."""
    faults: list[Fault] = field(default_factory=list)
    """What is wrong with the whole of it; what is wrong with a table is in its sheet."""
    notes: list[Fault] = field(default_factory=list)
    """What is worth a look."""

    @property
    def all_faults(self) -> list[Fault]:
        """Everything that is wrong with it."""
        return [*self.faults, *(f for sheet in self.sheets.values() for f in sheet.faults)]

    @property
    def files(self) -> set[str]:
        """Names of its files, as faults have them."""
        own = {sheet.file for sheet in self.sheets.values()}
        return own | {self.name} | {fault.file for fault in self.faults}

    @property
    def is_readable(self) -> bool:
        """Whether all its tables could be taken in."""
        return not self.faults and all(sheet.usable for sheet in self.sheets.values())

    @property
    def cells(self) -> int:
        """Number of its cells, blank ones included."""
        return sum(len(s.rows) * len(s.header) for s in self.sheets.values())


@dataclass(frozen=True)
class _Item:
    """A file, or the tables of a folder, that is read as one delivery."""

    name: str
    files: tuple[tuple[str, Path], ...]
    """(table, file); the table is empty for a workbook."""

    @property
    def is_book(self) -> bool:
        """Whether it is a workbook."""
        return not self.files[0][0]


def read_deliveries(
    folder: Path, without: Sequence[Path] = ()
) -> tuple[list[Delivery], tuple[str, ...]]:
    """Read everything in a folder, and in the folders below it, that holds tables.

    `without`: files and folders inside that are left alone. Also returns the names of files that
    are not read, such as photographs. Temporary files of spreadsheet programs and copies with
    marked faults are passed over.

    InputError: there is no such folder, or it holds more than is read.
    """
    items, unread = _find(folder, {path.absolute() for path in without})
    sizes = (path.lstat().st_size for item in items for _, path in item.files)
    if sum(sizes) > MOST_BYTES:
        raise file_fault("too_large", folder, Message("gathering.too_large", most=MOST_BYTES))
    books = [item for item in items if item.is_book]
    found: dict[str, Delivery] = {}
    _read_all(folder, (item for item in items if not item.is_book), {}, found)
    first = telling(found.values())
    _read_all(folder, books, first, found)
    told = telling(found.values())
    if told.keys() != first.keys():  # a workbook tells more, by which the other grids are read
        others = (book for book in books if told.keys() - found[book.name].sheets.keys())
        _read_all(folder, others, told, found)
    return [found[item.name] for item in items], tuple(unread)


def telling(deliveries: Iterable[Delivery]) -> dict[str, Sheet]:
    """Tables that tell the days planned and the sessions, of the first that have them."""
    found: dict[str, Sheet] = {}
    for sheet in (d.sheets[t] for d in deliveries for t in _TELLING if t in d.sheets):
        if sheet.usable and sheet.rows:
            found.setdefault(sheet.table, replace(sheet))
    return found


def _read_all(
    folder: Path,
    items: Iterable[_Item],
    beside: Mapping[str, Sheet],
    found: dict[str, Delivery],
) -> None:
    """Read items into `found`: name -> delivery; `beside` tells grids the days planned."""
    cells = sum(delivery.cells for delivery in found.values())
    for item in items:
        found[item.name] = _read(folder, item, beside)
        cells += found[item.name].cells
        if cells > MOST_CELLS:
            raise file_fault("too_large", folder, Message("gathering.many_cells", most=MOST_CELLS))


def _find(folder: Path, without: set[Path]) -> tuple[list[_Item], list[str]]:
    """What is to be read in a folder, and the names of what is not."""
    items: list[_Item] = []
    unread: list[str] = []
    seen = 0
    left = [(folder, "", 0)]
    while left:
        place, prefix, depth = left.pop()
        tables: dict[str, Path] = {}
        entries = _entries(place, folder)
        seen += len(entries)
        if seen > MOST_FILES:
            raise file_fault("too_large", folder, Message("gathering.many_files", most=MOST_FILES))
        for entry in entries:
            path, name = Path(entry.path), entry.name
            if name.startswith((".", "~")) or path.absolute() in without:
                continue
            if name.lower().endswith(_ASIDE) or (not prefix and name in (DECISIONS, DELIVERIES)):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < _DEEPEST:
                    left.append((path, f"{prefix}{name}/", depth + 1))
                else:
                    unread.append(f"{prefix}{name}/")
            elif not entry.is_file():  # a pipe, a device, or a link to a folder or to nothing
                unread.append(f"{prefix}{name}")
            elif path.suffix == ".csv" and path.stem in TABLE_NAMES:
                tables[path.stem] = path
            elif (table := _table_of(path)) is None:
                unread.append(f"{prefix}{name}")
            else:
                items.append(_Item(f"{prefix}{name}", ((table, path),)))
        if tables:
            items.append(_Item(prefix or _ENTRIES, tuple(sorted(tables.items()))))
    return sorted(items, key=lambda item: item.name), sorted(unread)


def _entries(place: Path, folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(place) as entries:
            return list(entries)
    except FileNotFoundError:
        raise no_folder(folder) from None
    except NotADirectoryError:
        raise file_fault("unreadable_file", folder, Message("gathering.no_folder")) from None
    except (OSError, ValueError) as error:
        message = Message("files.not_read", reason=of_system(error))
        raise file_fault("unreadable_file", place, message) from None


def _table_of(path: Path) -> str | None:
    """Table that a file holds by its name; empty for a workbook, None for any other file.

    A name that is as near to two tables is that of none.
    """
    ending = path.suffix.lower()
    if ending in SUFFIXES:
        return ""
    if ending not in TABLE_ENDINGS:
        return None
    stem = path.stem.replace("-", " ").replace(".", " ")
    near = {table: nearness(stem, table) for table in TABLE_NAMES}
    best = max(near.values())
    found = [table for table, how in near.items() if how == best]
    return found[0] if best and len(found) == 1 else None


def _read(folder: Path, item: _Item, beside: Mapping[str, Sheet]) -> Delivery:
    """Read one delivery; whatever is wrong with it is kept in it."""
    delivery = Delivery(item.name)
    for table, path in item.files:
        name = path.relative_to(folder).as_posix()
        try:
            need_inside(folder, path)
            if table:
                text, columns = read_text(path), columns_of(table)
                delivery.sheets[table] = read_sheet(text, table, name, columns, needed_of(table))
            else:
                sheets, faults = book_sheets(
                    path, delivery.notes.append, whole=False, beside=beside
                )
                delivery.sheets |= sheets
                delivery.faults += faults
        except InputError as error:
            delivery.faults += error.faults
        _rename(delivery, path.name, name)
    return delivery


def _rename(delivery: Delivery, old: str, new: str) -> None:
    """Call a file by its path inside the folder, not by its bare name."""
    own = [sheet for sheet in delivery.sheets.values() if sheet.file == old]
    for faults in (delivery.faults, delivery.notes, *(sheet.faults for sheet in own)):
        faults[:] = (replace(f, file=new) if f.file == old else f for f in faults)
    for sheet in own:
        sheet.file = new
