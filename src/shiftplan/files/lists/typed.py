"""Texts as they are typed on a command line, in the place of a list or beside one.

Files, or texts such as `Nguyễn Văn An: T3` -> `Sheet`s of a `ListForm`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad
from shiftplan.files.lists.form import ListForm
from shiftplan.files.lists.known import KnownRows
from shiftplan.files.lists.reading import read_list
from shiftplan.files.sheet import Sheet

Given: TypeAlias = "str | os.PathLike[str] | Iterable[str | os.PathLike[str]]"
"""A file or a text, or several."""
_COLON = re.compile("[:\uff1a]")
_ENDED = re.compile("[:\uff1a]\\s*$")
"""A colon with nothing behind it, as a script writes where a variable is empty."""
_OF_FILES = (".csv", ".tsv", ".txt", ".json", ".xlsx", ".xlsm", ".xls", ".ods")
"""Endings of names of files, also of those that are not there."""


@dataclass
class TypedSheet(Sheet):
    """Texts as a table; its faults quote a text instead of a row and a column."""

    texts: Sequence[str] = ()
    """The texts, one for each line from 1 on."""

    def placed(self, fault: Fault, row: int | None) -> Fault:
        """Put a fault at the text of a line."""
        value = "" if row is None else self.texts[row - 1]
        if fault.code == "not_a_date" and fault.column == "date":
            fault = replace(fault, message=Message("files.no_shift_or_time"))
        if fault.code == "unknown_id" and not fault.remedy:
            is_shift = fault.column == "shift_id"
            way_out = "problem.where_shift_ids" if is_shift else "files.type_id_or_name"
            fault = replace(fault, remedy=Message(way_out))
        fault = replace(fault, table="", column="", value=value, index=None)
        return replace(fault, file=self.file, row=None)


def lists_of(
    given: Given,
    form: ListForm,
    known: KnownRows,
    *,
    option: str,
    told: Callable[[str], Mapping[str, str]],
) -> list[Sheet]:
    """The lists that files and texts are.

    Parameters
    ----------
    given
        Files and texts. A text is what names no file and does not end as files do.
    form
        What the lists hold.
    known
        The rows of the week.
    option
        What faults of texts name in the place of a file, such as `--absent`.
    told
        What a text tells: column -> cell.
    """
    values = [given] if isinstance(given, (str, os.PathLike)) else list(given)
    typed = (v for v in values if isinstance(v, str) and not _is_file(v))
    texts = [*dict.fromkeys(typed)]
    files = [Path(v) for v in values if not isinstance(v, str) or _is_file(v)]
    sheets = [read_list(file, form, known.is_person) for file in files]
    if texts:
        rows = [told(text) for text in texts]
        header = [*dict.fromkeys(name for row in rows for name in row)]
        cells = [[row.get(name, "") for name in header] for row in rows]
        sheet = TypedSheet(form.table, option, texts=texts)
        form.fill(sheet, [(0, header), *enumerate(cells, start=1)])
        for index, text in enumerate(texts):
            if _ENDED.search(text) and not known.is_person(text):
                lacking = Bad("missing_value", Message("files.nothing_behind_colon"))
                sheet.refuse(index, header[0], lacking)
        sheets.append(sheet)
    return sheets


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file() or text.lower().endswith(_OF_FILES)
    except (OSError, ValueError):  # no name of a file
        return False


def who_and_what(text: str, known: KnownRows) -> tuple[str, str]:
    """The person whom a text names, and what stands behind the colon.

    Ids may hold colons too, so the longest text before one that names somebody is meant.
    """
    if known.is_person(text):
        return text.strip(), ""
    found = [(text[: c.start()].strip(), text[c.end() :].strip()) for c in _COLON.finditer(text)]
    named = (pair for pair in reversed(found) if known.is_person(pair[0]))
    return next(named, found[0] if found else (text.strip(), ""))


def what_and_state(text: str, known: KnownRows, is_state: Callable[[str], bool]) -> tuple[str, str]:
    """What a text says of a person, and the state behind its last colon or instead of it."""
    if text in known.shifts:
        return text, ""
    if is_state(text):
        return "", text
    *_, last = (None, *_COLON.finditer(text))
    if last is not None:
        what, state = text[: last.start()].strip(), text[last.end() :].strip()
        if what in known.shifts or is_state(state):
            return what, state
    return text, ""
