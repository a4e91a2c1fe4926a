"""Tables of answers, told apart by what is in them: forms, polls, grids, lists, windows.

`TableText` -> `Form`: who answered, when, and what stands in which column of answers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from shiftplan.errors.message import Message
from shiftplan.files.answers.calendar import OPEN, Calendar, DayHours, NotUnderstoodError, Within
from shiftplan.files.answers.columns import (
    ROLES,
    FormColumn,
    Role,
    asks,
    asks_for_days,
    denies,
    holds_answers,
    holds_dates,
    holds_hours,
    invites,
    is_of_program,
    is_plain,
    role_of,
    signs_up,
    within_of,
    within_or_none,
)
from shiftplan.files.answers.form import (
    Filled,
    Form,
    filled_row,
    people_columns,
    program_of,
    questions_of,
    remarks_of_time,
    rows_of_people,
)
from shiftplan.files.answers.lexicon import tokens
from shiftplan.files.answers.mapping import ColumnMap, meaning_of
from shiftplan.files.answers.parts import OF_DAYS
from shiftplan.files.answers.shapes import shaped
from shiftplan.files.answers.source import Row, TableText, padded
from shiftplan.files.cells import Bad, date_reader, read_time
from shiftplan.files.headings import column_named
from shiftplan.files.workbook.fills import coloured_by_hand
from shiftplan.files.workbook.marks import is_sign
from shiftplan.files.workbook.telling import first_of

_LISTED = re.compile(r"[;\n]+")
"""Signs between choices in a cell."""
_FIRST_ROWS = 5
"""Rows in which a header is looked for."""
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}(?::00)?")
"""A time as tables write it."""


@dataclass(frozen=True)
class FormReader:
    """What is known of the week while tables are told apart."""

    calendar: Calendar
    zone: str
    """Time zone of the week."""
    mapping: ColumnMap

    def form_of(self, table: TableText) -> Form:
        """Read a table, whatever program wrote it; its header may stand below a title."""
        found = [self._form_of(table)]
        for start in range(1, min(_FIRST_ROWS, len(table.rows))):
            if found[-1].has_answers or found[-1].trouble:
                return found[-1]
            found.append(self._form_of(replace(table, rows=table.rows[start:])))
        return next((form for form in found if form.has_answers), found[0])

    def _form_of(self, table: TableText) -> Form:
        shape, plain = shaped(table)
        (number, titles), rows = plain.rows[0], plain.rows[1:]
        headings = padded(titles, plain.width) if shape else titles
        named = {column_named("availability", title): i for i, title in enumerate(titles) if title}
        if shape is None and named.keys() >= {"date", "start", "end"}:
            return self._windows_form(plain, named)
        headings, rows, is_long, undated = self._with_hours(
            headings, rows, strict=shape is not None
        )
        columns, trouble = self._columns(headings, rows, strict=shape is not None)
        program = "windows" if is_long else shape or program_of(headings, columns)
        people, twice = people_columns(columns, rows, accounts=program == "microsoft_forms")
        trouble += ((columns[i].heading, Message("answers.two_columns")) for i in twice)
        filled = [
            replace(row, trouble=row.trouble or undated.get(row.row))
            for row in (filled_row(columns, people, row) for row in rows)
        ]
        kept = rows_of_people(filled, self.mapping.word_meanings, self.calendar)
        aside = {
            column.heading: sum(1 for _, cells in rows if place < len(cells) and cells[place])
            for place, column in enumerate(columns)
            if (column.role == "aside" and not is_of_program(column.heading))
            or people.get(column.role, place) != place
        }
        unread = {heading: n for heading, n in aside.items() if n}
        known = tuple(column for column in columns if column.heading)
        form = Form(program, table.file, table.sheet, number, known, kept, bool(people))
        numbers = {row.row for row in kept}
        coloured = tuple(_coloured(plain, columns, people, numbers))
        form = replace(form, trouble=tuple(trouble), unread=unread, coloured=coloured)
        questions = tuple(questions_of(columns, unread, self.calendar))
        remarks = [*remarks_of_time(columns, rows, self.calendar)]
        if left := [str(row.row) for row in filled if row.row not in numbers]:
            remarks.append(Message("answers.rows_aside", n=len(left), rows=first_of(left)))
        return replace(form, questions=questions, remarks=tuple(remarks))

    def _windows_form(self, table: TableText, named: Mapping[str, int]) -> Form:
        """Read a table `availability`, in which a row is a window."""
        (number, titles), rows = table.rows[0], table.rows[1:]
        roles: dict[Role, int] = {
            role: i for i, title in enumerate(titles) if (role := role_of(title)) in ROLES
        }
        filled = []
        for row, cells in rows:
            texts = padded(cells, table.width)
            told = {name: texts[place] for name, place in named.items()}
            heading = f"{told['date']} {told['start']}-{told['end']}"
            state, within, trouble = told.get("state") or "x", OPEN, None
            try:
                within = self._window(heading, told)
            except NotUnderstoodError as error:
                trouble = error.said
            who = {role: texts[place] for role, place in roles.items() if texts[place]}
            column = FormColumn(heading, "answer", within)
            filled.append(Filled(row, who, ((column, state),), trouble))
        columns = tuple(FormColumn(title, role_of(title) or "answer") for title in titles if title)
        return Form("windows", table.file, table.sheet, number, columns, tuple(filled), bool(roles))

    def _window(self, heading: str, told: Mapping[str, str]) -> Within:
        """The day and hours of a window; those of one that ends on a later date run on."""
        hours, end_date = _as_written(told["start"], told["end"]), told.get("end_date", "")
        text = heading if hours is None else told["date"]
        within = within_of(text, self.calendar, self.zone, strict=True)
        if within is not None and within.hours is None and hours is not None:
            within = Within(within.days, (hours,))
        if within is None or within.days is None or within.hours is None:
            raise NotUnderstoodError(Message("answers.no_window", text=heading))
        if not end_date:
            return within
        (day,), ((start, end),) = within.days, within.hours
        last = date_reader((), self.calendar.days)(end_date)
        if not isinstance(last, date) or last < day:
            raise NotUnderstoodError(Message("answers.no_window", text=f"{heading}, {end_date}"))
        later = timedelta(days=(last - day).days) - timedelta(days=end // timedelta(days=1))
        return Within(within.days, (DayHours(start, end + later),))

    def _with_hours(
        self, headings: list[str], rows: list[Row], *, strict: bool
    ) -> tuple[list[str], list[Row], bool, dict[int, Message]]:
        """Days and hours in two columns put into one; and whether a person has several rows.

        Last come the numbers of rows that tell hours without a day, with why they mean nothing.
        """
        places = {"days": list[int](), "hours": list[int]()}
        for place, heading in enumerate(headings if not strict else ()):
            cells = [row[place] for _, row in rows if place < len(row)]
            is_free = heading and role_of(heading) is None and heading not in self.mapping.columns
            if is_free and within_or_none(heading, self.calendar, self.zone) is None:
                if holds_hours(cells):
                    places["hours"].append(place)
                elif signs_up(heading) and holds_dates(cells, self.calendar):
                    continue
                elif holds_answers(cells, self.calendar, OPEN):
                    places["days"].append(place)
        if [len(found) for found in places.values()] != [1, 1]:
            return headings, rows, False, {}
        (days,), (hours,) = places.values()
        joined = [(number, _with_text(cells, days, hours, len(headings))) for number, cells in rows]
        named = f"{headings[days]} / {headings[hours]}"
        titles = [named if i == days else "" if i == hours else t for i, t in enumerate(headings)]
        told = ((number, padded(cells, len(headings))) for number, cells in rows)
        undated = {
            number: Message("answers.hours_of_which_day")
            for number, cells in told
            if cells[hours] and not cells[days] and not _names_days(cells[hours])
        }
        is_long = not any(role_of(heading) == "time" for heading in headings)
        return titles, joined, is_long, undated

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
            is_aside = columns[-1].role == "aside" and not columns[-1].meaning
            is_free = is_aside and heading and heading not in dict(trouble)
            if is_free and role_of(heading) is None and holds_hours(cells):
                trouble.append((heading, Message("answers.hours_apart")))
            if not heading and any(is_sign(c) if strict else c for c in cells):
                message = Message("files.unnamed_column", column=place + 1)
                trouble.append((heading, message))
        trouble += self._left_aside(columns, rows) if not strict else ()
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

    def _left_aside(
        self, columns: list[FormColumn], rows: Sequence[Row]
    ) -> list[tuple[str, Message]]:
        """Leave aside columns of single dates beside answers; where they are all, say so of each.

        A heading such as `Ngày` alone is enough where there are no other answers.
        """
        answers = [i for i, column in enumerate(columns) if column.role == "answer"]
        doubtful = [
            i
            for i in answers
            if columns[i].within == OPEN
            and self.mapping.column(columns[i].heading, self.calendar, self.zone) is None
            and not asks_for_days(columns[i].heading)
            and holds_dates([r[i] for _, r in rows if i < len(r)], self.calendar)
        ]
        is_alone = len(answers) == 1 and column_named("availability", columns[answers[0]].heading)
        if not doubtful or is_alone == "date":
            return []
        for i in doubtful:
            columns[i] = FormColumn(columns[i].heading, "aside")
        if len(doubtful) < len(answers):
            return []
        return [(columns[i].heading, Message("answers.single_dates")) for i in doubtful]

    def _column(self, heading: str, cells: Sequence[str], *, strict: bool) -> FormColumn:
        mapped = self.mapping.column(heading, self.calendar, self.zone)
        if mapped is not None or not heading:
            return mapped or FormColumn(heading, "aside")
        role = role_of(heading)
        if role is not None:
            return FormColumn(heading, role, meaning="" if role == "aside" else role)
        is_clear = strict or is_plain(heading) or invites(heading)
        try:
            within = within_of(heading, self.calendar, self.zone, strict=strict)
        except NotUnderstoodError:
            if is_clear:
                raise
            return FormColumn(heading, "aside")
        if strict:
            return FormColumn(heading, "aside" if within is None else "answer", within or OPEN)
        is_clear &= within is not None
        within = within or OPEN
        if not is_clear and not holds_answers(cells, self.calendar, within):
            return FormColumn(heading, "aside")
        if denies(heading):
            raise NotUnderstoodError(Message("answers.denies", text=heading))
        meaning = meaning_of(heading, within, self.calendar, self.zone)
        return FormColumn(heading, "answer", within, meaning)


def _as_written(start: str, end: str) -> DayHours | None:
    """The hours of two cells such as 07:00 and 06:00, as weeks have them; None for other cells.

    In one cell, `7h-6h` may end in the afternoon or on the next day.
    """
    if not (_CLOCK.fullmatch(start) and _CLOCK.fullmatch(end)):
        return None
    first, last = read_time(start), read_time(end)
    if isinstance(first, Bad) or isinstance(last, Bad) or first == timedelta(days=1):
        return None
    return DayHours(first, last if last > first else last + timedelta(days=1))


def _names_days(text: str) -> bool:
    return any(token.kind in OF_DAYS for token in tokens(text))


def _with_text(cells: Sequence[str], days: int, hours: int, width: int) -> list[str]:
    """A row with its hours before its days, as `Sáng: T2`; only days where no hours are told."""
    texts = padded(cells, width)
    told, day = (_LISTED.sub(",", texts[i]).strip(" ,") for i in (hours, days))
    texts[days] = f"{told}: {day}" if told and day else day or told
    texts[hours] = ""
    return texts


def _coloured(
    table: TableText,
    columns: Sequence[FormColumn],
    people: Mapping[Role, int],
    numbers: Collection[int],
) -> Iterator[str]:
    """Yield the cells in rows of people that may be coloured instead of marked."""
    if not table.fills:
        return
    from openpyxl.utils import get_column_letter

    letters = {get_column_letter(i): i - 1 for i in range(1, len(columns) + 1)}
    sessions = [c for c, place in letters.items() if _is_of_time(columns[place])]
    beside = [c for c, place in letters.items() if place in people.values()]
    head = table.rows[0][0]
    rows = {number: cells for number, cells in table.rows[1:] if number in numbers}
    for number, column in coloured_by_hand(table.fills, list(rows), sessions, beside, head):
        cells, place = rows[number], letters[column]
        if place >= len(cells) or not cells[place]:
            yield f"{column}{number}"


def _is_of_time(column: FormColumn) -> bool:
    """Whether cells of a column are marks, since its heading says of what time they are."""
    return column.role == "answer" and column.within != OPEN
