"""Which files of a planning week stand in a folder.

Folder -> names in it; faults of tables that are missing or lie elsewhere, or of a week in another
form.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from shiftplan.errors import Fault, InputError
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
        raise file_fault("missing_file", path, "there is no such folder") from None
    except NotADirectoryError:
        raise _no_folder(path) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"a planning week is a folder of CSV files: {reason}"
        raise file_fault("unreadable_file", path, message) from None
    _refuse_book_alone(path, present)
    return present


def _no_folder(path: Path) -> InputError:
    """Make the error of a file where a folder is needed: it may be a week in another form."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        message = "this is one table; a planning week is a folder of them, or a workbook"
        return file_fault("unreadable_file", path, message, f"Maybe {path.parent} is meant.")
    if suffix in (".xlsx", ".xlsm"):
        message = "this is a workbook; read_problem and read_workbook read it"
        return file_fault("unreadable_file", path, message)
    message = "a planning week is a folder of CSV files, a workbook .xlsx or a .json file"
    return file_fault("unreadable_file", path, message)


def _refuse_book_alone(path: Path, present: set[str]) -> None:
    """Tell the workbook that is meant where a folder holds it instead of tables."""
    if any(name.lower().endswith(".csv") for name in present):
        return
    books = [n for n in present if n.lower().endswith(".xlsx") and not n.startswith(("~", "."))]
    books = [name for name in books if not name.endswith(".faults.xlsx")]
    if len(books) == 1:
        message = "the folder holds no tables of a planning week, but a workbook"
        raise file_fault("missing_file", path, message, f"Maybe {path / books[0]} is meant.")


def missing(present: set[str]) -> Iterator[Fault]:
    """Yield the faults of tables that are not there, though they must be or nearly are."""
    for name in TABLE_NAMES:
        file = f"{name}.csv"
        if file in present:
            continue
        near = _near(name, present)
        if near or name in REQUIRED:
            remedy = f"Maybe {near[0]!r} is meant; rename it." if near else ""
            if near and Path(near[0]).suffix.lower() in _BOOKS:
                remedy = f"Maybe {near[0]!r} is meant; save it as {file!r}, as CSV UTF-8."
            message = "there is no such file, which a planning week needs"
            if name not in REQUIRED:
                message = "there is no such file, but one with nearly the same name"
            yield Fault("missing_file", name, message=message, remedy=remedy, file=file)


def unread(present: set[str]) -> Iterator[Fault]:
    """Yield what is to be told of files that are named nearly like a table that was read."""
    for name in TABLE_NAMES:
        for file in _near(name, present) if f"{name}.csv" in present else ():
            message = f"the file was not read; the table {name} is {name}.csv"
            remedy = "Maybe it is a copy; move it elsewhere, or give it another name."
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
        message = "this is a link to a file outside the folder, which is not read"
        remedy = "Maybe put a copy of the file in its place."
        raise file_fault("unreadable_file", file, message, remedy)
