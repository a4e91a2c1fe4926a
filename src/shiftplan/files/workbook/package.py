"""The optional package for workbooks, and files made with it.

Nothing -> whether it is there, or the error that says how to install it; workbook -> file.
"""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from shiftplan.errors import MissingExtraError
from shiftplan.files.whole import write_bytes

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods")
"""Ends of the names of files that are treated as workbooks, also those that are then refused."""


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


def save(book: Workbook, path: Path) -> None:
    """Put a workbook's file in its place at once.

    Raises
    ------
    InputError
        The file cannot be written, for example because a spreadsheet program shows it.

    """
    write_bytes({path: packed(book)})
