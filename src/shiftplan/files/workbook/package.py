"""The optional package that reads and writes workbooks.

Nothing -> whether it is there, or the error that says how to install it.
"""

from __future__ import annotations

from importlib.util import find_spec

from shiftplan.errors import MissingExtraError

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods")
"""Ends of the names of files that are treated as workbooks, also those that are then refused."""


def has_openpyxl() -> bool:
    """Whether the package is installed (the extra `excel`)."""
    return find_spec("openpyxl") is not None


def need_openpyxl() -> None:
    """Raise MissingExtraError unless the package is installed."""
    if not has_openpyxl():
        raise MissingExtraError("openpyxl", "excel")
