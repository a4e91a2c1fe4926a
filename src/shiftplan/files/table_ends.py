"""Where a table of people ends: sums, signatures, legends and remarks below it are no people.

Rows of text -> the place of the first that is none of the table's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from shiftplan.errors.message.catalogue import words_for
from shiftplan.files.headings import column_of_people, folded
from shiftplan.files.sheet import is_total


def is_remark(text: str) -> bool:
    """Whether a text begins a legend or a signature, or is a heading that is repeated."""
    return column_of_people(text) in ("volunteer_id", "name") or begins_remark(text)


def begins_remark(text: str) -> bool:
    """Whether a text begins a legend or a signature, perhaps in brackets."""
    words = _remarks(words_for("heads.remarks"))
    return words.match(folded(text).removeprefix("(")) is not None


@cache
def _remarks(words: tuple[str, ...]) -> re.Pattern[str]:
    """How remarks begin; a single word may be a name, unless it stands alone or before a colon."""
    each = (re.escape(folded(word)) + (r"\b" if " " in word else r"\s*(?::|\Z)") for word in words)
    return re.compile("|".join(each))


def ends_people(row: Sequence[str], ids: int | None, names: int | None) -> bool:
    """Whether a row of a table of people, with ids and names in these places, holds no person."""
    if _cell(row, ids):
        return False
    text = _cell(row, names) or next(filter(None, row), "")
    return is_total(text) or is_remark(text)


def end_of_people(rows: Sequence[Sequence[str]], ids: int | None, names: int | None) -> int:
    """Place of the first row below the people; the number of rows where there is none.

    All rows from there on are shorter than those of the people, or nobody could tell them apart.
    """
    cells, least = [sum(map(bool, row)) for row in rows], 0
    for place, row in enumerate(rows):
        if ends_people(row, ids, names):
            if max(cells[place:]) < least:
                return next(i for i in range(place, 0, -1) if cells[i - 1] >= least)
        elif _cell(row, ids) or re.fullmatch(r"[^0-9]+", _cell(row, names)):  # no place and date
            least = min(least or cells[place], cells[place])
    return len(rows)


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""
