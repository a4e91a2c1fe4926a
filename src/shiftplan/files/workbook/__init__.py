"""The planning week as a workbook (.xlsx) that coordinators fill in, and the package for it.

Path -> whether it is a workbook; `Problem` -> workbook. openpyxl is imported only when a workbook
is read or written.
"""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from shiftplan.errors import MissingExtraError
from shiftplan.files.headings import Say
from shiftplan.files.sheet import Tables
from shiftplan.files.whole import write_bytes
from shiftplan.problem import Problem

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods")
"""Ends of the names of files that are treated as workbooks, also those that are then refused."""


def is_workbook(path: Path) -> bool:
    """Whether a path is to be read as a workbook: by its name, or by how the file begins."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except (OSError, ValueError):
        return False


def has_openpyxl() -> bool:
    """Whether the package is installed (the extra `excel`)."""
    return find_spec("openpyxl") is not None


def need_openpyxl() -> None:
    """Raise MissingExtraError unless the package is installed."""
    if not has_openpyxl():
        raise MissingExtraError("openpyxl", "excel")


def packed(book: Workbook) -> bytes:
    """The bytes of a workbook's file."""
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def write_book(problem: Problem, path: Path, say: Say, hours: Tables | None = None) -> None:
    """Write a planning week as a workbook in the language of `say`; see `writing.book_of`.

    InputError: the file cannot be written, or an id could not be read back. MissingExtraError: the
    package openpyxl is missing.
    """
    need_openpyxl()
    from shiftplan.files.workbook.writing import book_of

    write_bytes({path: packed(book_of(problem, path.name, say, hours or {}))})
