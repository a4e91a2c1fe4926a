"""Which files of a planning week stand in a folder.

Folder -> names in it; faults of tables that are missing, or of a week in another form.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from shiftplan.errors import InputError
from shiftplan.faults import Fault
from shiftplan.files.layout import REQUIRED, TABLE_NAMES
from shiftplan.files.text import file_fault


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
    others = {n.casefold(): n for n in present if n not in {f"{t}.csv" for t in TABLE_NAMES}}
    for name in TABLE_NAMES:
        file = f"{name}.csv"
        if file in present:
            continue
        near = get_close_matches(file, others, n=1, cutoff=0.85)
        if near or name in REQUIRED:
            remedy = f"Maybe {others[near[0]]!r} is meant; rename it." if near else ""
            message = "there is no such file, which a planning week needs"
            if name not in REQUIRED:
                message = "there is no such file, but one with nearly the same name"
            yield Fault("missing_file", name, message=message, remedy=remedy, file=file)
