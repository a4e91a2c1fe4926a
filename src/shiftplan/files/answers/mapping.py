"""The mapping file: what columns and words of answers mean, where guessing fails or shall not be.

TOML -> `ColumnMap`; columns as they were understood -> TOML that reads the answers of the next week
too: a heading's date is written as `{date}`, and a day of the week stays one.

    [columns]
    "Họ và tên" = "name"
    "Thứ 2 {date}" = "answer: thứ 2"
    "Giờ rảnh" = "answer"

    [words]
    "đi được" = "available"
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

from shiftplan.errors.message import Message
from shiftplan.files.answers.calendar import OPEN, Calendar, NotUnderstoodError, Within
from shiftplan.files.answers.columns import FormColumn, Role, within_of
from shiftplan.files.answers.lexicon import Said, dates_in, normal, tokens, without_dates
from shiftplan.files.text import file_fault, read_text
from shiftplan.files.whole import write_texts

_ROLES: tuple[Role, ...] = get_args(Role)
_SAID: tuple[Said, ...] = get_args(Said)
_ANSWER: Role = "answer"


@dataclass(frozen=True)
class ColumnMap:
    """What a mapping file says."""

    columns: dict[str, str] = field(default_factory=dict)
    """Heading, its dates as `{date}` -> role, or `answer:` and what all its cells mean."""
    words: dict[str, Said] = field(default_factory=dict)
    """Word of a cell -> how welcome a shift is then, `stand_by`, or `no`."""

    def column(self, heading: str, calendar: Calendar, zone: str) -> FormColumn | None:
        """What a column means; None where the file says nothing of it.

        NotUnderstoodError: what the file says of it means nothing in this week.
        """
        keys = (normal(heading), normal(without_dates(heading)))
        said = next((self._by_key[key] for key in keys if key in self._by_key), None)
        if said is None:
            return None
        role, _, meaning = (part.strip() for part in said.partition(":"))
        if role != _ANSWER:
            return FormColumn(heading, _role_named(role), meaning=said)
        for day in dates_in(heading):
            meaning = meaning.replace("{date}", day, 1)
        within = within_of(meaning, calendar, zone) if meaning else OPEN
        if within is None:
            raise NotUnderstoodError(Message("answers.mapping_meaning", text=meaning))
        return FormColumn(heading, _ANSWER, within, meaning=said)

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return {normal(heading): said for heading, said in self.columns.items()}

    @cached_property
    def word_meanings(self) -> dict[str, Said]:
        """Words as `said_by` looks them up."""
        return {normal(word).rstrip(" ;"): said for word, said in self.words.items()}


def _role_named(text: str) -> Role:
    found: Role = next(role for role in _ROLES if role == text)
    return found


NO_MAP = ColumnMap()


def read_mapping(path: str | os.PathLike[str]) -> ColumnMap:
    """Read a mapping file.

    Parameters
    ----------
    path
        The TOML file, as `write_mapping` makes it.

    Raises
    ------
    InputError
        It cannot be read, is no TOML, or says something else than a mapping does.
    """
    place = Path(path)
    try:
        data = tomllib.loads(read_text(place))
    except (ValueError, RecursionError) as error:  # some numbers are too long for any TOML
        text = "..." if isinstance(error, RecursionError) else str(error)
        message, remedy = Message("answers.no_toml", text=text), Message("answers.quote_headings")
        raise file_fault("invalid_value", place, message, remedy) from None
    for key in data.keys() - {"columns", "words"}:
        message = Message("answers.mapping_key", known=("columns", "words"))
        raise file_fault("unknown_name", place, message, value=key)
    columns = {key: _role(place, key, v) for key, v in _table(place, data, "columns")}
    words = {key: _word(place, v) for key, v in _table(place, data, "words")}
    return ColumnMap(columns, words)


def _table(path: Path, data: dict[str, Any], name: str) -> Iterable[tuple[str, Any]]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise file_fault("invalid_value", path, Message("answers.mapping_table", name=name))
    return table.items()


def _role(path: Path, heading: str, value: Any) -> str:
    role = value.partition(":")[0].strip() if isinstance(value, str) else ""
    if role not in _ROLES or (":" in str(value) and role != _ANSWER):
        message = Message("answers.mapping_role", heading=heading, known=_ROLES)
        raise file_fault("not_one_of", path, message, value=str(value))
    return str(value)


def _word(path: Path, value: Any) -> Said:
    found = next((said for said in _SAID if said == value), None)
    if found is None:
        message = Message("answers.mapping_word", known=_SAID)
        raise file_fault("not_one_of", path, message, value=str(value))
    return found


def write_mapping(
    columns: Iterable[FormColumn], path: str | os.PathLike[str], known: ColumnMap | None = None
) -> None:
    """Write how columns were understood as a mapping file.

    Parameters
    ----------
    columns
        Columns of answers that were read.
    path
        The TOML file; it is replaced whole, or stays as it was.
    known
        The mapping that was in use, or None; its words, and columns that were not met, are kept.

    Raises
    ------
    InputError
        The file cannot be written.
    """
    before = NO_MAP if known is None else known
    met = {without_dates(c.heading): c.meaning for c in columns if c.meaning and c.heading}
    words = {normal(heading) for heading in met}
    kept = {key: said for key, said in before.columns.items() if normal(key) not in words}
    lines = ["[columns]", *(f"{_quoted(k)} = {_quoted(v)}" for k, v in (kept | met).items())]
    lines += ["", "[words]", *(f"{_quoted(k)} = {_quoted(v)}" for k, v in before.words.items())]
    write_texts({Path(path): "\n".join(lines) + "\n"})


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def meaning_of(heading: str, within: Within, calendar: Calendar, zone: str) -> str:
    """What a mapping file says of a column of answers; empty where it has no words for it."""
    if within == OPEN:
        return _ANSWER
    found = [t for t in tokens(heading) if t.kind in ("weekday", "days", "date")]
    names = [t.text for t in found if t.kind != "date"] or ["{date}"] * len(found)
    hours = [t.text for t in tokens(heading) if t.kind in ("part", "span", "whole")]
    said = " ".join(filter(None, (" và ".join(names), " và ".join(hours))))
    meaning = f"{_ANSWER}: {said}"
    try:
        again = ColumnMap({heading: meaning}).column(heading, calendar, zone)
    except NotUnderstoodError:
        return ""
    return meaning if again is not None and again.within == within else ""
