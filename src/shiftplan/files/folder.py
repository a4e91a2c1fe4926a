"""Which files of a folder are tables of a planning week.

Folder -> names of its files; faults of tables that are missing or lie elsewhere, or of a week in
another form.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from shiftplan.errors import Fault
from shiftplan.errors.message import Message, Table
from shiftplan.errors.system import of_system
from shiftplan.files.layout import MAKING, REQUIRED, TABLE_NAMES
from shiftplan.files.near_titles import MISSPELT, likeness, nearness
from shiftplan.files.shared import above, is_named_by_date
from shiftplan.files.text import file_fault, no_folder

BOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
"""How names of workbooks end, of which only the first is read and written."""
_ENDINGS = {".csv", ".txt", ".tsv", *BOOKS}
"""How the names of files end that may hold a table, also one after the other."""
_NO_FOLDER = {
    ".csv": "files.one_table",
    ".xlsx": "files.is_a_workbook",
    ".xlsm": "files.is_a_workbook",
}
"""How the name of a file ends -> what it is instead of a folder."""


def files_of(path: Path) -> set[str]:
    """Names in a folder; InputError where there is none, or it holds a week in another form."""
    try:
        present = {entry.name for entry in path.iterdir()}
    except FileNotFoundError:
        raise no_folder(path) from None
    except NotADirectoryError:
        suffix = path.suffix.lower()
        message = Message(_NO_FOLDER.get(suffix, "files.no_form_of_a_week"))
        remedy = Message("files.meant", text=path.parent) if suffix == ".csv" else ""
        raise file_fault("unreadable_file", path, message, remedy) from None
    except (OSError, ValueError) as error:
        message = Message("files.week_is_a_folder", reason=of_system(error))
        raise file_fault("unreadable_file", path, message) from None
    books = [n for n in present if n.lower().endswith(".xlsx") and not n.startswith(("~", "."))]
    books = [name for name in books if not name.endswith(".faults.xlsx")]
    if len(books) == 1 and not any(name.lower().endswith(".csv") for name in present):
        remedy = Message("files.meant", text=path / books[0])
        raise file_fault("missing_file", path, Message("files.workbook_alone"), remedy)
    return present


def missing(path: Path, present: set[str], shared: Collection[str]) -> Iterator[Fault]:
    """Yield the faults of tables that are not there, though they must be or nearly are."""
    for name in TABLE_NAMES:
        file = f"{name}.csv"
        if name in shared or file in present or f"{MAKING.get(name, name)}.csv" in present:
            continue
        is_opened = "opening.csv" in present or "opening" in shared
        near, is_made = near_files(name, present), name == "shifts" and is_opened
        if is_made or not (near or name in REQUIRED):
            continue
        remedy = Message("files.rename", name=near[0]) if near else ""
        if near and Path(near[0]).suffix.lower() in BOOKS:
            remedy = Message("files.save_as", name=near[0], file=file)
        elif not near and not is_named_by_date(path) and name in above(path):
            remedy = Message("files.name_by_date", file=above(path)[name].label)
        is_needed = name in REQUIRED
        message = Message("files.table_needed" if is_needed else "files.table_nearly_named")
        yield Fault("missing_file", name, message=message, remedy=remedy, file=file)


def unread(present: set[str]) -> Iterator[Fault]:
    """Yield what is to be told of files that are named nearly like a table that was read."""
    for name in (n for n in TABLE_NAMES if f"{n}.csv" in present and n not in MAKING):
        for file in near_files(name, present):
            message = Message("files.file_unread", table=Table(name), file=f"{name}.csv")
            remedy = Message("files.copy_elsewhere")
            yield Fault("missing_file", name, message=message, remedy=remedy, file=file)


def near_files(table: str, present: set[str]) -> list[str]:
    """Files whose names are nearly that of a table, the nearest first."""
    near = {}
    for file in present - {f"{name}.csv" for name in TABLE_NAMES}:
        stem = file
        while Path(stem).suffix.lower() in _ENDINGS:
            stem = Path(stem).stem
        if stem != file and not stem.startswith((".", "~")):
            is_book = Path(file).suffix.lower() in BOOKS  # may be a whole week: `week.xlsx`
            near[file] = likeness(stem, table) if is_book else nearness(stem, table)
    return sorted((f for f in near if near[f] >= MISSPELT), key=lambda f: (-near[f], f))
