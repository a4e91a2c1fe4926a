"""Remarks that are left aside, and may say when somebody can come all the same.

Columns of a form and their cells -> notes on those that somebody should look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shiftplan.errors.message import Message
from shiftplan.files.answers.calendar import Calendar, NotUnderstoodError
from shiftplan.files.answers.columns import FormColumn, holds_dates, is_of_program, role_of
from shiftplan.files.answers.lexicon import tokens
from shiftplan.files.answers.sentence import read_meaning
from shiftplan.files.answers.source import Row


def remarks_of_time(
    columns: Sequence[FormColumn], rows: Sequence[Row], calendar: Calendar
) -> Iterator[Message]:
    """Yield a note on each column that is guessed to be no answer though a cell may be one."""
    for place, column in enumerate(columns):
        if column.role != "aside" or column.meaning or is_of_program(column.heading):
            continue
        cells = [cells[place] for _, cells in rows if place < len(cells)]
        if role_of(column.heading) is None and holds_dates(cells, calendar):
            yield Message("answers.dates_left_aside", heading=column.heading)
            continue
        told = next((cell for cell in cells if _is_about_time(cell, calendar)), None)
        if told is not None:
            yield Message("answers.remark_of_time", heading=column.heading, text=told)


def _is_about_time(cell: str, calendar: Calendar) -> bool:
    """Whether a text names a weekday, or is understood and names days or takes time away."""
    kinds = {token.kind for token in tokens(cell)}
    if "weekday" in kinds or not kinds & {"days", "except", "not"}:
        return "weekday" in kinds
    try:
        meaning = read_meaning(cell, calendar)
    except NotUnderstoodError:
        return False
    return bool(meaning.given or meaning.taken)
