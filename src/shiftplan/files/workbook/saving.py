"""A workbook written whole or not at all.

openpyxl workbook -> bytes -> file.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from shiftplan.files.whole import write_bytes

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook


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
