"""Which entries of a folder are weeks.

Entry of a folder -> whether it holds a week, by its name and the names in it.
"""

from __future__ import annotations

from pathlib import Path

from shiftplan.files.layout import REQUIRED
from shiftplan.files.mending import is_copy
from shiftplan.files.text import is_there
from shiftplan.files.workbook import SUFFIXES

_FILES = (".json", *SUFFIXES)


def is_week(entry: Path) -> bool:
    """Whether an entry of a folder holds a week: some of its tables, or a file that is one."""
    if entry.is_dir():
        return any(is_there(entry / f"{table}.csv") for table in REQUIRED)
    return entry.suffix.lower() in _FILES and not is_copy(entry)
