"""Columns of lists of answers and attendance that titles alone do not tell.

`Sheet` as it was filled -> the same with the columns that its cells show to be meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from shiftplan.errors import Fault
from shiftplan.errors.message import Column, Message
from shiftplan.files.lists.form import rename
from shiftplan.files.lists.seat_forms import SeatForm
from shiftplan.files.own_columns import note_own
from shiftplan.files.sheet import Sheet

_TELLING = ("shift_id", "date", "start")
"""Those of which a list has one whose rows are about single shifts."""
_MOMENT = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[ ,T]+\d{1,2}:\d\d")
"""A date with a time, as programs for forms write when they were filled in."""


def settle_columns(sheet: Sheet, form: SeatForm, shifts: Collection[str]) -> None:
    """Find out which columns are meant; faults and notes are kept in the sheet.

    `shifts`: ids of the week, which may stand in a column such as `Ca` or `Shift`.
    """
    _find_shifts(sheet, shifts)
    if form.in_option:
        _drop_moments(sheet)
        _find_answers(sheet, form)
    _settle_centers(sheet)


def _find_shifts(sheet: Sheet, shifts: Collection[str]) -> None:
    """Take a column of hours for shifts if it holds nothing but ids of them."""
    cells = [cell for cell in sheet.column("start") or () if cell]
    if cells and "shift_id" not in sheet.header and all(cell in shifts for cell in cells):
        rename(sheet, {"start": "shift_id"})
        sheet.unread = [one for one in sheet.unread if one[1] != "start"]


def _settle_centers(sheet: Sheet) -> None:
    """Take centers for homes in a list that tells of no row which shift it is about."""
    header = set(sheet.header)
    if "center" in header and header.isdisjoint((*_TELLING, "home_center")):
        rename(sheet, {"center": "home_center"})


def _drop_moments(sheet: Sheet) -> None:
    """Leave out when a form was begun and sent, which looks like the hours of shifts."""
    titles = dict(sheet.headings)
    for name in ("start", "end"):
        cells = [cell for cell in sheet.column(name) or () if cell]
        if cells and all(map(_MOMENT.match, cells)):
            title = titles.get(name, f"{name} ")
            rename(sheet, {name: title})
            sheet.own.append(title)
            sheet.unread = [one for one in sheet.unread if one[1] != name]


def _find_answers(sheet: Sheet, form: SeatForm) -> None:
    """Take a column with any title for the answers where most of what it holds are answers.

    Without it the option would say for everybody what some have denied, and so it would of one
    named by an answer, such as `confirmed`, whatever that holds.
    """
    held = {title: [c for c in sheet.column(title) or () if c] for title in sheet.own}
    like = [
        title
        for title, cells in held.items()
        if 2 * sum(map(form.is_state, cells)) > len(cells) or form.names_state(title)
    ]
    if form.column in sheet.header:
        like = []
    if len(like) == 1:
        rename(sheet, {like[0]: form.column})
        sheet.own.remove(like[0])
        if not sheet.headings:
            sheet.headings = ((form.column, like[0]),)
        message = Message("files.read_as_answers")
        note = Fault("read_as", sheet.table, form.column, like[0], message)
        sheet.notes[message.code, form.column] = sheet.placed(note, None)
    elif like:
        columns = tuple(like)
        message = Message("files.several_answers", columns=columns)
        remedy = Message("files.title_answers", column=Column(form.column))
        sheet.give_up("missing_column", message, remedy)
    note_own(sheet, "files.unused_columns")
