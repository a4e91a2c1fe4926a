"""Names and words that people write in tables: beside ids, instead of them, and for values.

`Sheet` as it was filled -> the same with a text in the column of ids where names tell the row, and
with the format's values in place of words.
"""

from __future__ import annotations

from collections.abc import Mapping

from shiftplan.errors.message import Message, Word
from shiftplan.files.headings import (
    HOME_BESIDE,
    NAME_BESIDE,
    folded,
    further_words,
    is_beside,
    values_by_word,
)
from shiftplan.files.sheet import Sheet


def read_words(sheet: Sheet) -> None:
    """Put names in the place of blank ids, and values in the place of words."""
    beside = (name.rpartition(".")[0] for name in sheet.header if is_beside(name))
    for column in dict.fromkeys(beside):
        _join(sheet, column)
    for place, column in enumerate(sheet.header):
        words = values_by_word(sheet.table, column)
        if words:
            _put_values(sheet, place, words, further_words(sheet.table, column))


def _put_values(
    sheet: Sheet, place: int, words: Mapping[str, str], further: Mapping[str, str]
) -> None:
    """Put values in the place of words; those that are no words of the templates are told."""
    for index, row in enumerate(sheet.rows):
        text = folded(row[place])
        value = words.get(text) or further.get(text)
        if value and value != row[place]:
            if text not in words and text != value:
                message, column = (
                    Message("files.read_as_word", value=Word(value)),
                    sheet.header[place],
                )
                sheet.note(message, column=column, value=row[place], index=index)
            row[place] = value


def _join(sheet: Sheet, ids: str) -> None:
    """Tell in a column of ids who is meant where that is told beside it.

    Without a column of names beside it, the column of ids has the names.
    """
    place, header = sheet.header.index(ids), sheet.header
    name_at = header.index(ids + NAME_BESIDE) if ids + NAME_BESIDE in header else place
    home_at = header.index(ids + HOME_BESIDE) if ids + HOME_BESIDE in header else None
    for row in sheet.rows:
        if row[name_at] and (name_at == place or not row[place]):
            home = "" if home_at is None else row[home_at]
            row[place] = f"{row[name_at]}, {home}" if home else row[name_at]
