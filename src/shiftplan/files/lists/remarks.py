"""What columns of people's own, and remarks, say although they are not read.

Text of a cell -> whether it tells a time; `Rows` of absences -> faults, in their sheet.
"""

from __future__ import annotations

from shiftplan.errors.message import Column, Message
from shiftplan.files.answers.calendar import Calendar, NotUnderstoodError
from shiftplan.files.answers.lexicon import Token
from shiftplan.files.answers.parts import OF_HOURS
from shiftplan.files.answers.sentence import read_meaning
from shiftplan.files.cells import Bad
from shiftplan.files.lists.seat_forms import ATTENDANCE
from shiftplan.files.lists.times import names_days, names_hours, words_of
from shiftplan.files.rows import Rows

_CERTAIN = ("weekday", "span", "clock")
"""Kinds of words that tell a time among any others."""
_AWAY = ("absent", "excused")
"""States of attendance of people who are in a list of absences."""


def refuse_remark(rows: Rows, index: int, calendar: Calendar, *, is_told: bool) -> None:
    """Add the fault of a row if a column tells a time that is not read as one.

    `is_told`: whether another column tells one; remarks may then say what they like, but hours and
    weekdays in a column of people's own, or in its title, are most likely meant too.
    """
    sheet = rows.sheet
    tells = _is_of_hours if is_told else tells_time
    for column in sheet.own if is_told else (*sheet.own, "note"):
        text = sheet.cell(index, column) or ""
        in_title = text and column in sheet.own and (names_days(column) or names_hours(column))
        if in_title or tells(text, calendar):
            said = "files.time_unread" if is_told else "files.remark_of_time"
            message = Message("files.title_of_time" if in_title else said)
            remedy = Message("files.time_into_column", column=Column("date"))
            rows.fault(index, column, Bad("invalid_value", message, remedy))
            return


def refuse_present(rows: Rows) -> None:
    """Add the faults of rows that, by a column of people's own, are not of somebody absent.

    Such a column is one of states: most of its cells say how a shift turned out.
    """
    sheet = rows.sheet
    for column in sheet.own:
        held = sheet.column(column) or ()
        states = [ATTENDANCE.state_of(cell) if cell else None for cell in held]
        if 2 * sum(state is not None for state in states) <= sum(map(bool, held)):
            continue
        for index, state in enumerate(states):
            if state is not None and state not in _AWAY:
                message, remedy = Message("files.not_absent"), Message("files.delete_present")
                rows.fault(index, column, Bad("invalid_value", message, remedy))


def tells_time(text: str, calendar: Calendar) -> bool:
    """Whether a text names a weekday, a planned day or hours, or consists of such words."""
    found = words_of(text)
    is_certain = any(
        t.kind in _CERTAIN or (t.kind in ("date", "dates") and _is_day(t, calendar)) for t in found
    )
    return is_certain or _is_of_hours(text, calendar)


def _is_of_hours(text: str, calendar: Calendar) -> bool:
    """Whether a text consists of words for hours or weekdays, and perhaps days."""
    if not any(token.kind in (*OF_HOURS, "weekday") for token in words_of(text)):
        return False
    try:
        meaning = read_meaning(text, calendar)
    except NotUnderstoodError:
        return False
    return bool(meaning.given or meaning.taken)


def _is_day(token: Token, calendar: Calendar) -> bool:
    try:
        return bool(calendar.days_of(token))
    except NotUnderstoodError:
        return False
