"""The planning week as a workbook (.xlsx) that coordinators fill in.

Workbook -> tables -> `Problem`; `Problem` -> workbook. openpyxl is imported only when a workbook
is read or written.
"""

from __future__ import annotations

from pathlib import Path

from shiftplan.files.workbook.package import SUFFIXES, has_openpyxl
from shiftplan.files.workbook.reading import read_workbook

__all__ = [
    "has_openpyxl",
    "is_workbook",
    "read_workbook",
]


def is_workbook(path: Path) -> bool:
    """Whether a path is to be read as a workbook: by its name, or by how the file begins."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except (OSError, ValueError):
        return False
