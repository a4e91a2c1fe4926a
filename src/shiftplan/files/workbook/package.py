"""The optional package that reads and writes workbooks.

Nothing -> whether it is there, or the error that says how to install it.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from shiftplan.files.text import file_fault
from shiftplan.texts import TEXTS

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods")
"""Ends of the names of files that are treated as workbooks, also those that are then refused."""


def has_openpyxl() -> bool:
    """Whether the package is installed (the extra `excel`)."""
    return find_spec("openpyxl") is not None


def openpyxl_or_error(path: Path) -> None:
    """Raise the error of a workbook that cannot be read or written without the package."""
    if not has_openpyxl():
        raise file_fault("unreadable_file", path, TEXTS["en"]["excel missing"])
