"""Rows of totals that people put below a table: they are no person, center or shift.

Cells of a row -> whether it is one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message

_TABLES = ("centers", "volunteers", "shifts", "demand", "requirements")
"""Tables whose columns people add up; each has its ids first."""
_WORDS = {"tổng", "tổng cộng", "tổng số", "cộng", "total", "totals", "grand total", "sum"}
_NUMBER = re.compile(r":[\s0-9.,]*$")
_LONGEST = 20
MESSAGE = Message("files.row_of_totals")
REMEDY = Message("files.no_row_of_totals")


def total_at(table: str, cells: Sequence[str], ids: int) -> int | None:
    """Place of the word that makes a row one of totals; None where there is none.

    The word is its id, or stands first in the row where that has no id.
    """
    if table not in _TABLES:
        return None
    place = ids if cells[ids] else next((i for i, cell in enumerate(cells) if cell), ids)
    return place if _is_total(cells[place]) else None


def refuse_totals(tables: dict[str, tuple[list[str], list[list[str]]]]) -> None:
    """Raise the faults of rows that would be taken for totals when they are read.

    `tables`: table -> header and rows, as text.

    Raises
    ------
    InputError
        With a fault for each such id.

    """
    faults = [
        Fault("invalid_value", table, tables[table][0][0], row[0], MESSAGE, index=i)
        for table in _TABLES
        for i, row in enumerate(tables[table][1] if table in tables else ())
        if _is_total(row[0])
    ]
    if faults:
        raise InputError(faults)


def _is_total(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    words = _NUMBER.sub("", unicodedata.normalize("NFC", text).casefold()).split()
    return " ".join(words) in _WORDS
