"""Which messages were sent: the rows that are ticked in the table by which people send them.

CSV file or workbook, perhaps with the week it is for -> `Owner`s of the messages; every fault.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.errors.message.catalogue import words_for
from shiftplan.files.cells import Bad, date_reader
from shiftplan.files.headings import bare, folded, word, words_of_kinds
from shiftplan.files.layout import Kind
from shiftplan.files.lists.form import ListForm
from shiftplan.files.lists.known import KnownRows, in_words_of
from shiftplan.files.lists.reading import read_list
from shiftplan.files.sheet import Sheet
from shiftplan.files.workbook.marks import state_of
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.week.owner import Owner

COLUMNS = ("file", "kind", "id", "name", "phone", "contact", "message", "link", "sent", "week")
"""Columns of the CSV table, in order."""
_TEXTS: Mapping[str, Kind] = dict.fromkeys(("kind", "id", "name", "message"), "text")
FORM = ListForm(
    "messages",
    {**_TEXTS, "sent": "date", "week": "date"},
    (("sent",), ("id", "name")),
    others=True,
)
"""What is read of the table; dates are marks too."""
_WHEN = re.compile(
    r"\d{1,4}[-/.]\d{1,2}([-/.]\d{2,4})?([ t]\d{1,2}[:hg](\d\d)?(:\d\d)?)?"
    r"|\d{1,2}[:hg](\d\d)?(:\d\d)?([ ,]+\d{1,4}[-/.]\d{1,2}([-/.]\d{2,4})?)?"
)
"""When something was sent, in any order of day and month: which of them does not matter."""
_HOW = re.compile(r"\d|zalo|sms|mail|facebook|messenger|viber|telegram|whatsapp")
"""What may stand behind a word for sent; other words, as in `rồi sẽ gửi`, may turn its meaning."""


class Tick(NamedTuple):
    """What a row says of sending."""

    mark: str
    """The tick as it is written; empty for none."""
    text: str
    """The message beside it."""


@takes_week
def read_sent(
    path: str | os.PathLike[str],
    problem: Problem,
    *,
    on_note: Callable[[Fault], None] | None = None,
) -> tuple[Owner, ...]:
    """Read who was sent a message: the rows of `messages.csv` or `messages.xlsx` that are ticked.

    A tick is any mark that a grid takes for yes, a word such as `sent` or `rồi`, or when it was
    sent. Blanks, `no` and `chưa` are none. Rows without a tick are not looked at any further.

    Parameters
    ----------
    path
        A CSV file or a workbook, with the columns sent and id; kind is `volunteer` or `center`, and
        may be left out where an id says it. A name that only one has does for a blank id. Where
        the column week has another date than the first one of the week, nothing was sent for it.
    problem
        The week that the messages are about.
    on_note
        Called with what was read as something else than what is written.

    Returns
    -------
    tuple of Owner
        Whom the ticked messages are for, each once, in order of the rows.

    Raises
    ------
    InputError
        With every fault of the file.
    MissingExtraError
        It is a workbook, and the package openpyxl is missing.
    """
    sheet, known, found = read_list(Path(path), FORM), KnownRows(problem), dict[Owner, None]()
    known.tell_days(sheet)
    date_of = date_reader(set(sheet.column("week") or ()) - {""}, sheet.days)
    for index, texts in _rows(sheet) if sheet.usable else ():
        if not _is_ticked(sheet, index, texts["sent"]):
            continue
        week = date_of(texts["week"]) if texts["week"] else problem.horizon.start
        if week != problem.horizon.start:
            other = Message("files.messages_of_another_week", day=problem.horizon.start)
            bad = week if isinstance(week, Bad) else Bad("outside_horizon", other)
            sheet.refuse(index, "week", bad)
        elif (owner := _owner(sheet, index, texts, known)) is not None:
            found[owner] = None
    if sheet.faults:
        faults = in_words_of(problem, sheet.faults)
        raise InputError(sorted(faults, key=lambda fault: fault.row or 0))
    if on_note is not None:
        for note in in_words_of(problem, sheet.notes.values()):
            on_note(note)
    return tuple(found)


def ticks_in(path: Path) -> dict[Owner, Tick]:
    """The rows of a table that was written before, whatever week it is for, and their ticks.

    A mark that is not understood is none. InputError: the table cannot be read at all.
    """
    sheet = read_list(path, FORM)
    if not sheet.usable:
        raise InputError(sheet.faults)
    found = {}
    for _, texts in _rows(sheet):
        kind = _kinds().get(folded(texts["kind"]))
        if texts["id"] and kind is not None:
            mark = texts["sent"] if is_tick(texts["sent"]) else ""
            found[_owner_of(kind, texts["id"])] = Tick(mark, texts["message"])
    return found


def is_tick(mark: str) -> bool | None:
    """Whether a mark says that a message was sent; None where it says neither yes nor no."""
    if not mark:
        return False
    if (state := state_of(mark)) is not None:
        return {"available": True, "no": False}.get(state)
    text = bare(unicodedata.normalize("NFC", mark)).strip(" .!")
    for code, means in (("marks.unsent", False), ("marks.sent", True)):
        for known in map(bare, words_for(code)):
            rest = text.removeprefix(known)
            if rest != text and (not rest or (rest[0] == " " and (not means or _HOW.search(rest)))):
                return means
    return True if _WHEN.fullmatch(text) else None


def _rows(sheet: Sheet) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the index of each row and its texts, blank for columns that are not there."""
    for index, row in enumerate(sheet.rows):
        blank = dict.fromkeys(FORM.columns, "")
        yield index, blank | dict(zip(sheet.header, row, strict=True))


def _is_ticked(sheet: Sheet, index: int, mark: str) -> bool:
    """Whether a row is ticked; the sheet gets the fault of a mark that is not understood."""
    unread = next((bad for i, name, bad in sheet.unread if (i, name) == (index, "sent")), None)
    found = is_tick(mark) if unread is None else None
    if found is None:
        bad = Bad("not_one_of", Message("files.no_tick"), Message("files.write_tick"))
        sheet.refuse(index, "sent", unread or bad)
    return bool(found)


def _owner(sheet: Sheet, index: int, texts: Mapping[str, str], known: KnownRows) -> Owner | None:
    """Whom a row is about; None where it has a fault."""
    column = "id" if texts["id"] else "name"
    text, kind = texts[column], _kinds().get(folded(texts["kind"]))
    found: str | Bad
    if texts["kind"] and kind is None:
        words = tuple(sorted(_kinds()))
        bad = Bad("not_one_of", Message("files.no_kind_of_owner", words=words))
        sheet.refuse(index, "kind", bad)
        return None
    if not text:
        where = "id" if "id" in sheet.header else "name"
        sheet.refuse(index, where, Bad("missing_value", Message("files.value_needed")))
        return None
    tables = {"volunteer": known.people, "center": known.centers}
    meant = {name: table.meant(text) for name, table in tables.items() if kind in (None, name)}
    sure = [name for name, id_ in meant.items() if isinstance(id_, str)]
    if len(sure) > 1:
        bad = Bad("ambiguous_name", Message("files.person_or_center"))
        sheet.refuse(index, "kind" if "kind" in sheet.header else column, bad)
        return None
    name = sure[0] if sure else kind or "volunteer"
    found = meant[name] or tables[name].find(text)
    if isinstance(found, Bad):
        sheet.refuse(index, column, found)
        return None
    if found != text:
        of = known.names if name == "volunteer" else known.center_names
        told = Message("files.read_as_row", id=found, name=of[found])
        sheet.note(told, column=column, value=text, index=index)
    return _owner_of(name, found)


def _owner_of(kind: str, id_: str) -> Owner:
    return Owner("center" if kind == "center" else "volunteer", id_)


@cache
def _kinds() -> dict[str, str]:
    """Folded word in any language -> kind of an owner."""
    kinds = ("volunteer", "center")
    said = {folded(word(kind, say)): kind for say in words_of_kinds() for kind in kinds}
    return said | {kind: kind for kind in kinds}
