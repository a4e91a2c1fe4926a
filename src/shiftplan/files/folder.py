"""Which files of a planning week stand in a folder.

Folder -> names in it; faults of tables that are missing or lie elsewhere, or of a week in another
form.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message, Table
from shiftplan.errors.system import of_system
from shiftplan.files.headings import MISSPELT, closeness, likeness
from shiftplan.files.layout import REQUIRED, TABLE_NAMES
from shiftplan.files.text import file_fault

_BOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
_ENDINGS = {".csv", ".txt", ".tsv", *_BOOKS}
"""How the names of files end that may hold a table, also one after the other."""


def files_of(path: Path) -> set[str]:
    """Names in a folder.

    Raises
    ------
    InputError
        There is no such folder, or it holds a week in another form.

    """
    try:
        present = {entry.name for entry in path.iterdir()}
    except FileNotFoundError:
        raise file_fault("missing_file", path, Message("files.no_folder")) from None
    except NotADirectoryError:
        raise _no_folder(path) from None
    except (OSError, ValueError) as error:
        message = Message("files.week_is_a_folder", reason=of_system(error))
        raise file_fault("unreadable_file", path, message) from None
    _refuse_book_alone(path, present)
    return present


def _no_folder(path: Path) -> InputError:
    """Make the error of a file where a folder is needed: it may be a week in another form."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        remedy = Message("files.meant", text=path.parent)
        return file_fault("unreadable_file", path, Message("files.one_table"), remedy)
    if suffix in (".xlsx", ".xlsm"):
        return file_fault("unreadable_file", path, Message("files.is_a_workbook"))
    return file_fault("unreadable_file", path, Message("files.no_form_of_a_week"))


def _refuse_book_alone(path: Path, present: set[str]) -> None:
    """Tell the workbook that is meant where a folder holds it instead of tables."""
    if any(name.lower().endswith(".csv") for name in present):
        return
    books = [n for n in present if n.lower().endswith(".xlsx") and not n.startswith(("~", "."))]
    books = [name for name in books if not name.endswith(".faults.xlsx")]
    if len(books) == 1:
        remedy = Message("files.meant", text=path / books[0])
        raise file_fault("missing_file", path, Message("files.workbook_alone"), remedy)


def missing(present: set[str]) -> Iterator[Fault]:
    """Yield the faults of tables that are not there, though they must be or nearly are."""
    for name in TABLE_NAMES:
        file = f"{name}.csv"
        if file in present:
            continue
        near = _near(name, present)
        if near or name in REQUIRED:
            remedy = Message("files.rename", name=near[0]) if near else ""
            if near and Path(near[0]).suffix.lower() in _BOOKS:
                remedy = Message("files.save_as", name=near[0], file=file)
            is_needed = name in REQUIRED
            message = Message("files.table_needed" if is_needed else "files.table_nearly_named")
            yield Fault("missing_file", name, message=message, remedy=remedy, file=file)


def unread(present: set[str]) -> Iterator[Fault]:
    """Yield what is to be told of files that are named nearly like a table that was read."""
    for name in TABLE_NAMES:
        for file in _near(name, present) if f"{name}.csv" in present else ():
            message = Message("files.file_unread", table=Table(name), file=f"{name}.csv")
            remedy = Message("files.copy_elsewhere")
            yield Fault("missing_file", name, message=message, remedy=remedy, file=file)


def _near(table: str, present: set[str]) -> list[str]:
    """Files whose names are nearly that of a table, the nearest first."""
    near = {}
    for file in present - {f"{name}.csv" for name in TABLE_NAMES}:
        stem = file
        while Path(stem).suffix.lower() in _ENDINGS:
            stem = Path(stem).stem
        if stem != file and not stem.startswith((".", "~")):
            is_book = Path(file).suffix.lower() in _BOOKS  # may be a whole week: `week.xlsx`
            near[file] = likeness(stem, table) if is_book else closeness(stem, table)
    return sorted((f for f in near if near[f] >= MISSPELT), key=lambda f: (-near[f], f))


def need_inside(folder: Path, file: Path) -> None:
    """See that a table is no link that leads out of its folder, which may be a link itself.

    Raises
    ------
    InputError
        It is; whoever may put a file into the folder could have any other one read and quoted.

    """
    try:
        real, home = file.resolve(), folder.resolve()
    except (OSError, RuntimeError):  # a ring of links, which reading tells
        return
    if not real.is_relative_to(home):
        message, remedy = Message("files.link_outside"), Message("files.copy_in_place")
        raise file_fault("unreadable_file", file, message, remedy)
