"""A table of answers as it was told apart, before anybody in it is looked up.

Columns and rows of text -> `Program` that wrote them, columns of people, `Form`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from shiftplan.errors.message import Message
from shiftplan.files.answers.calendar import Calendar, NotUnderstoodError
from shiftplan.files.answers.columns import (
    ROLES,
    FormColumn,
    Role,
    holds_dates,
    is_of_program,
    names_day,
    role_of,
)
from shiftplan.files.answers.lexicon import Said, said_by, says_when, tokens
from shiftplan.files.answers.sentence import read_meaning
from shiftplan.files.answers.source import Row, padded
from shiftplan.files.sheet import is_total
from shiftplan.files.table_ends import begins_remark

SHOWN_TEXT = 2_000
"""Characters of an answer that are kept."""
_QUOTED = 5
"""Remarks that are quoted of a column."""
_NO_ACCOUNT = "anonymous"
"""What Microsoft Forms writes as the address of whoever did not sign in."""
Program = Literal[
    "google_forms",
    "microsoft_forms",
    "rallly",
    "framadate",
    "nextcloud_polls",
    "when2meet",
    "grid",
    "windows",
    "list",
]
"""What wrote a table; `windows` is the format's own `availability`, `list` any other."""


_POLLS: tuple[Program, ...] = ("rallly", "framadate", "nextcloud_polls", "when2meet")
"""Programs in which people answer each of many options."""


@dataclass(frozen=True)
class Filled:
    """One row of a table of answers, before anybody is looked up."""

    row: int
    """Number of its row."""
    who: dict[Role, str]
    """What it says of the person, and when it was given."""
    cells: tuple[tuple[FormColumn, str], ...]
    """Its answers, blank ones too."""
    trouble: Message | None = None
    """Why it cannot be read at all."""


@dataclass(frozen=True)
class Form:
    """A table of answers."""

    program: Program
    file: str
    sheet: str
    header_row: int
    """Number of the row with the headings."""
    columns: tuple[FormColumn, ...]
    """All columns with a heading."""
    rows: tuple[Filled, ...]
    has_people: bool
    """Whether a column says who answered."""
    trouble: tuple[tuple[str, Message], ...] = ()
    """Headings that mean nothing certain, and why; then no row is read."""
    questions: tuple[Message, ...] = ()
    """Columns that are left aside though their headings name a planned day."""
    remarks: tuple[Message, ...] = ()
    """Columns that are left aside though a cell may be about time."""
    unread: Mapping[str, int] = field(default_factory=dict)
    """Heading that is left aside -> cells below it that are not blank."""
    coloured: tuple[str, ...] = ()
    """Cells below days and hours that hold no mark, but a colour."""

    @property
    def has_marks(self) -> bool:
        """Whether any cell of an answer is filled in."""
        return any(text for row in self.rows for _, text in row.cells)

    @property
    def has_answers(self) -> bool:
        """Whether it can be read: it has people and columns of answers."""
        return self.has_people and any(column.role == "answer" for column in self.columns)


def rows_of_people(
    rows: Sequence[Filled], words: Mapping[str, Said], calendar: Calendar
) -> tuple[Filled, ...]:
    """Rows without those of sums, and without the signatures or legend below the last person.

    What begins as a signature or a legend does, and all below it, is no answer unless a cell of
    answers there is understood, or it says when, or by whom with which address, it was sent.
    """
    found = [row for row in rows if not _adds_up(row)]
    end = len(found)
    for place in reversed(range(end)):
        if any(_is_understood(*cell, words, calendar) for cell in found[place].cells):
            break
        is_sent = any(found[place].who.get(role) for role in ("time", "email", "phone"))
        if not is_sent and any(map(_is_aside, _labels(found[place]))):
            end = place
    return tuple(found[:end])


def _labels(row: Filled) -> list[str]:
    """What a row calls its person; where that is blank, all of its texts."""
    named = [text for role in ("id", "name") if (text := row.who.get(role, ""))]
    told = [text for role, text in row.who.items() if role != "time"]
    return named or [*told, *(text for _, text in row.cells)]


def _is_aside(text: str) -> bool:
    """Whether a text begins a legend or a signature, or dates one, as `Rạch Giá, 5/12/2026`."""
    return begins_remark(text) or (" " in text and any(t.kind == "date" for t in tokens(text)))


def _adds_up(row: Filled) -> bool:
    labels = [text for text in _labels(row) if text]
    are_numbers = all(map(str.isdecimal, labels)) and not row.who
    return any(map(is_total, labels)) or (are_numbers and not {*labels} <= {"0", "1"})


def _is_understood(
    column: FormColumn, text: str, words: Mapping[str, Said], calendar: Calendar
) -> bool:
    if not text or said_by(text, words, in_grid=False) is not None:
        return bool(text)
    try:
        read_meaning(text, calendar, column.within)
    except NotUnderstoodError:
        return False
    return True


def people_columns(
    columns: Sequence[FormColumn], rows: Sequence[Row], *, accounts: bool
) -> tuple[dict[Role, int], list[int]]:
    """Role -> place of its column; and the places of filled columns of which one must be meant.

    `accounts`: whether the first columns are of accounts, as in Microsoft Forms: a number of the
    answer, and a name that counts only where no question asks for one.
    """
    found: dict[Role, int] = {}
    twice: list[int] = []
    for role in ROLES:
        places = [i for i, column in enumerate(columns) if column.role == role]
        if accounts and role == "id" and places[:1] == [0]:
            places = places[1:]
        filled = [i for i in places if any(i < len(cells) and cells[i] for _, cells in rows)]
        if len(filled) > 1 and (accounts or role in ("email", "phone")):
            filled = filled[-1:]
        if places:
            found[role] = (filled or places)[0]
        twice += filled if len(filled) > 1 else ()
    return found, twice


def program_of(headings: Sequence[str], columns: Sequence[FormColumn]) -> Program:
    """Which program wrote a table; a guess that changes nothing in how it is read, but for ids."""
    texts = [heading.casefold() for heading in headings]
    times = [column.heading.casefold() for column in columns if column.role == "time"]
    if {"start time", "completion time"} <= set(texts) or "thời gian hoàn thành" in texts:
        return "microsoft_forms"
    if any(text in ("timestamp", "dấu thời gian") for text in times):
        return "google_forms"
    if any("t" in text and "z - " in text for text in texts):
        return "nextcloud_polls"
    if any(text.startswith("responded on") for text in times) or _counts_people(headings):
        return "rallly"
    roles = [column.role for column in columns]
    if roles[:2] == ["name", "email"] and set(roles[2:]) == {"answer"}:
        return "rallly"
    return "list"


def _counts_people(headings: Sequence[str]) -> bool:
    """Whether the first heading is a count of people, as in older files of Rallly."""
    first, _, rest = headings[0].partition(" ")
    return first.isdigit() and role_of(f"{first} {rest}") == "name"


def filled_row(columns: Sequence[FormColumn], people: dict[Role, int], row: Row) -> Filled:
    """What a row says, with its cells up to the last column."""
    number, cells = row
    texts = padded(cells, len(columns))
    who = {role: texts[place] for role, place in people.items() if texts[place]}
    if who.get("email", "").casefold() == _NO_ACCOUNT:
        del who["email"]
    answers = tuple(
        (column, text)
        for column, text in zip(columns, texts, strict=False)
        if column.role == "answer"
    )
    trouble = None
    if len(cells) > len(columns):
        trouble = Message("answers.row_too_long", cells=len(cells), columns=len(columns))
    return Filled(number, who, answers, trouble)


def text_of_row(row: Filled, program: Program) -> str:
    """All answers of a row as they are written, with the headings where there are several.

    Options of polls that are declined are left out, and slots of When2meet that touch are joined.
    """
    given = [(column.heading, text.rstrip(" ;") or text) for column, text in row.cells if text]
    if program in _POLLS:
        given = [pair for pair in given if said_by(pair[1], {}) != "no"] or given[:1]
    if program == "when2meet" and said_by(given[0][1] if given else "", {}) == "available":
        return _slots([heading for heading, _ in given])[:SHOWN_TEXT]
    told = [text if len(row.cells) == 1 else f"{heading}: {text}" for heading, text in given]
    return "; ".join(told)[:SHOWN_TEXT]


def _slots(headings: Sequence[str]) -> str:
    """Slots by their headings, such as `Mon 09:00-09:30` and `Mon 09:30-10:00`, as few spans."""
    found: list[tuple[str, str, str]] = []
    for heading in headings:
        day, _, span = heading.rpartition(" ")
        start, _, end = span.partition("-")
        if found and (found[-1][0], found[-1][2]) == (day, start):
            start = found.pop()[1]
        found.append((day, start, end))
    return "; ".join(f"{day} {start}-{end}" for day, start, end in found)


def questions_of(
    columns: Sequence[FormColumn], unread: Mapping[str, int], calendar: Calendar
) -> Iterator[Message]:
    """Yield a question on each filled column that is guessed to be no answer, though of a day."""
    for column in columns:
        is_guessed = column.role == "aside" and not column.meaning
        if is_guessed and column.heading in unread and names_day(column.heading, calendar):
            heading, n = column.heading, unread[column.heading]
            yield Message("answers.day_left_aside", heading=heading, n=n)


def remarks_of_time(
    columns: Sequence[FormColumn], rows: Sequence[Row], calendar: Calendar
) -> Iterator[Message]:
    """Yield a note on each column that is guessed to be no answer though a cell may be one."""
    for place, column in enumerate(columns):
        if column.role != "aside" or column.meaning or is_of_program(column.heading):
            continue
        if names_day(column.heading, calendar):
            continue
        cells = [cells[place] for _, cells in rows if place < len(cells)]
        if role_of(column.heading) is None and holds_dates(cells, calendar):
            yield Message("answers.dates_left_aside", heading=column.heading)
            continue
        told = [cell for cell in dict.fromkeys(cells) if says_when(cell)]
        if told:
            facts = {"heading": column.heading, "n": len(told), "texts": tuple(told[:_QUOTED])}
            yield Message("answers.remark_of_time", **facts)
