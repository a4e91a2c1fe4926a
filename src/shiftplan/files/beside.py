"""Names and words that people write in tables: beside ids, instead of them, and for values.

`Sheet` as it was filled -> the same with a text in the column of ids where names tell the row, and
with the format's values in place of words.
"""

from __future__ import annotations

from collections.abc import Mapping

from shiftplan.errors.message import Message, Word
from shiftplan.errors.message.catalogue import words_for
from shiftplan.files.headings import (
    HOME_BESIDE,
    NAME_BESIDE,
    VALUES,
    folded,
    is_beside,
    known_words,
    word,
)
from shiftplan.files.sheet import Sheet

_OFFERS = ("availability", "state")


def read_words(sheet: Sheet) -> None:
    """Put names in the place of blank ids, and values in the place of words."""
    beside = (name.rpartition(".")[0] for name in sheet.header if is_beside(name))
    for column in dict.fromkeys(beside):
        _join(sheet, column)
    for place, column in enumerate(sheet.header):
        words = values_by_word(sheet.table, column)
        if words:
            _put_values(sheet, place, words, _further_words(sheet.table, column))


def _put_values(
    sheet: Sheet, place: int, words: Mapping[str, str], further: Mapping[str, str]
) -> None:
    """Put values in the place of words; those that are no words of the templates are told."""
    column, value_of, noted = sheet.header[place], {}, set()
    for text in {row[place] for row in sheet.rows}:
        word = folded(text)
        value_of[text] = words.get(word) or further.get(word) or text
        if word not in words and value_of[text] not in (text, word):
            noted.add(text)
    for index, row in enumerate(sheet.rows):
        text, value = row[place], value_of[row[place]]
        if text in noted:
            message = Message("files.read_as_word", value=Word(value))
            sheet.note(message, column=column, value=text, index=index)
        if text != value:
            sheet.typed.setdefault((column, value), text)
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


def values_by_word(table: str, column: str) -> dict[str, str]:
    """Folded word -> value of the format, for columns whose values have words."""
    values = VALUES.get((table, column), ())
    return {folded(word(value, say)): value for say in known_words() for value in values}


def _further_words(table: str, column: str) -> dict[str, str]:
    """Folded word of people's own -> value; of availability those that a grid may have too."""
    found: dict[str, str] = {}
    for value in VALUES["availability", "state"] if (table, column) == _OFFERS else ():
        found |= {folded(text): value for text in words_for(f"marks.{value}")}
    return found
