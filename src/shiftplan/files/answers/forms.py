"""Tables of answers, told apart by what is in them: forms, polls, grids, lists, windows.

`TableText` -> `Form`: who answered, when, and what stands in which column of answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from shiftplan.errors.message import Message
from shiftplan.files.answers.calendar import Calendar, NotUnderstoodError
from shiftplan.files.answers.columns import (
    ROLES,
    FormColumn,
    Role,
    asks,
    holds_answers,
    is_of_program,
    role_of,
    within_of,
)
from shiftplan.files.answers.mapping import ColumnMap, meaning_of
from shiftplan.files.answers.sentence import OPEN
from shiftplan.files.answers.shapes import shaped
from shiftplan.files.answers.source import Row, TableText
from shiftplan.files.headings import column_named

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
    unread: Mapping[str, int] = field(default_factory=dict)
    """Heading that is left aside -> cells below it that are not blank."""

    @property
    def has_answers(self) -> bool:
        """Whether it can be read: it has people and columns of answers."""
        return self.has_people and any(column.role == "answer" for column in self.columns)


@dataclass(frozen=True)
class FormReader:
    """What is known of the week while tables are told apart."""

    calendar: Calendar
    zone: str
    """Time zone of the week."""
    mapping: ColumnMap

    def form_of(self, table: TableText) -> Form:
        """Read a table, whatever program wrote it."""
        shape, plain = shaped(table)
        (number, titles), rows = plain.rows[0], plain.rows[1:]
        headings = [*titles, *[""] * (plain.width - len(titles))] if shape else titles
        named = {column_named("availability", title): i for i, title in enumerate(titles) if title}
        if shape is None and named.keys() >= {"date", "start", "end"}:
            return self._windows_form(plain, named)
        columns, trouble = self._columns(headings, rows, strict=shape is not None)
        program = shape or _program(headings, columns)
        people = _people(columns, rows, accounts=program == "microsoft_forms")
        filled = tuple(_filled(columns, people, row) for row in rows)
        aside = {
            column.heading: sum(1 for _, cells in rows if place < len(cells) and cells[place])
            for place, column in enumerate(columns)
            if (column.role == "aside" and not is_of_program(column.heading))
            or people.get(column.role, place) != place
        }
        unread = {heading: n for heading, n in aside.items() if n}
        known = tuple(column for column in columns if column.heading)
        form = Form(program, table.file, table.sheet, number, known, filled, bool(people))
        return replace(form, trouble=tuple(trouble), unread=unread)

    def _windows_form(self, table: TableText, named: Mapping[str, int]) -> Form:
        """Read a table `availability`, in which a row is a window."""
        (number, titles), rows = table.rows[0], table.rows[1:]
        roles: dict[Role, int] = {
            role: i for i, title in enumerate(titles) if (role := role_of(title)) in ROLES
        }
        filled = []
        for row, cells in rows:
            texts = [*cells, *[""] * (table.width - len(cells))]
            told = {name: texts[place] for name, place in named.items()}
            heading = f"{told['date']} {told['start']}-{told['end']}"
            state, trouble = told.get("state") or "x", None
            try:
                within = within_of(heading, self.calendar, self.zone, strict=True) or OPEN
                if within.days is None or within.hours is None or told.get("end_date"):
                    trouble = Message("answers.no_window", text=heading)
            except NotUnderstoodError as error:
                within, trouble = OPEN, error.said
            who = {role: texts[place] for role, place in roles.items() if texts[place]}
            column = FormColumn(heading, "answer", within)
            filled.append(Filled(row, who, ((column, state),), trouble))
        columns = tuple(FormColumn(title, role_of(title) or "answer") for title in titles if title)
        return Form("windows", table.file, table.sheet, number, columns, tuple(filled), bool(roles))

    def _columns(
        self, headings: Sequence[str], rows: Sequence[Row], *, strict: bool
    ) -> tuple[list[FormColumn], list[tuple[str, Message]]]:
        """What each column holds, and headings that mean nothing certain."""
        columns: list[FormColumn] = []
        trouble: list[tuple[str, Message]] = []
        for place, heading in enumerate(headings):
            cells = [row[place] for _, row in rows if place < len(row)]
            try:
                columns.append(self._column(heading, cells, strict=strict))
            except NotUnderstoodError as error:
                columns.append(FormColumn(heading, "aside"))
                trouble.append((heading, error.said))
        told = Counter(c.heading for c in columns if c.role == "answer")
        message = Message("answers.same_heading")
        trouble += ((heading, message) for heading, n in told.items() if n > 1)
        if not any(column.role == "answer" for column in columns) and not trouble:
            columns = [
                replace(c, role="answer", meaning="answer")
                if c.role == "aside" and not c.meaning and asks(c.heading)
                else c
                for c in columns
            ]
        return columns, trouble

    def _column(self, heading: str, cells: Sequence[str], *, strict: bool) -> FormColumn:
        mapped = self.mapping.column(heading, self.calendar, self.zone)
        if mapped is not None or not heading:
            return mapped or FormColumn(heading, "aside")
        role = role_of(heading)
        if role is not None:
            return FormColumn(heading, role, meaning="" if role == "aside" else role)
        within = within_of(heading, self.calendar, self.zone, strict=strict)
        if strict:
            return FormColumn(heading, "aside" if within is None else "answer", within or OPEN)
        if within is None and not holds_answers(cells, self.calendar, OPEN):
            return FormColumn(heading, "aside")
        within = within or OPEN
        meaning = meaning_of(heading, within, self.calendar, self.zone)
        return FormColumn(heading, "answer", within, meaning)


def _people(
    columns: Sequence[FormColumn], rows: Sequence[Row], *, accounts: bool
) -> dict[Role, int]:
    """Role -> place of its column: of several the one that is filled most, else the last.

    `accounts`: whether the form numbers its answers in a column of ids, as Microsoft Forms does.
    """
    found: dict[Role, int] = {}
    most: dict[Role, int] = {}
    for place, column in enumerate(columns):
        is_number = accounts and column.role == "id" and place == 0
        if column.role in ROLES and not is_number:
            count = sum(1 for _, cells in rows if place < len(cells) and cells[place])
            if count >= most.get(column.role, 0):
                found[column.role], most[column.role] = place, count
    return found


def _program(headings: Sequence[str], columns: Sequence[FormColumn]) -> Program:
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


def _filled(columns: Sequence[FormColumn], people: dict[Role, int], row: Row) -> Filled:
    number, cells = row
    texts = [*cells, *[""] * (len(columns) - len(cells))]
    who = {role: texts[place] for role, place in people.items() if texts[place]}
    answers = tuple(
        (column, text)
        for column, text in zip(columns, texts, strict=False)
        if column.role == "answer"
    )
    trouble = None
    if len(cells) > len(columns):
        trouble = Message("answers.row_too_long", cells=len(cells), columns=len(columns))
    return Filled(number, who, answers, trouble)
