"""A workbook written whole or not at all.

openpyxl workbook -> file.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from shiftplan.files.text import file_fault

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook


def save(book: Workbook, path: Path) -> None:
    """Save under a temporary name, then put the file in its place.

    Raises
    ------
    InputError
        The file cannot be written, for example because a spreadsheet program shows it.

    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        book.save(part)
        os.replace(part, path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise file_fault("unreadable_file", path, f"cannot be written: {reason}") from None
    finally:
        with contextlib.suppress(OSError, ValueError):
            part.unlink(missing_ok=True)
