"""The availability grid as a sheet: a row a person, a column a session.

(`Problem`, sessions, marks) -> sheet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.errors.message import Message
from shiftplan.files.headings import Say, heading, sheet_title
from shiftplan.files.workbook import style
from shiftplan.files.workbook.grid import MARKS
from shiftplan.files.workbook.guide import add_list
from shiftplan.problem import Problem
from shiftplan.week.records import Availability

_BLANK_PEOPLE = 60
_WIDTH = 15.0
"""Width of a session's column."""
_TOP = 3
"""Rows of the head: date, start, end."""
_LEFT = 3
"""Columns left of the sessions: id, name, labels of the head."""
_DAY = dt.timedelta(days=1)


def fill_grid(
    sheet: Worksheet,
    problem: Problem,
    sessions: Sequence[Session],
    marks: Mapping[tuple[str, Session], str],
    say: Say,
) -> None:
    """Write the grid: dates and times above, people on the left, marks between them."""
    _fill_head(sheet, sessions, say)
    people = [(v.volunteer_id, v.name) for v in problem.volunteers]
    last_row = _TOP + (len(people) or 1 + _BLANK_PEOPLE)
    if not people:
        who, name = f"{say(Message('example.mark'))} V00430", say(Message("example.person"))
        _fill_person(sheet, _TOP + 1, who, name)
        for place, mark in zip(range(4, 4 + len(sessions)), "x+-", strict=False):
            style.put(sheet.cell(_TOP + 1, place), mark)
        for place in range(1, 4 + len(sessions)):
            style.dress(sheet.cell(_TOP + 1, place), font=style.NOTE, fill=style.PALE_FILL)
    for row, (who, name) in enumerate(people, start=_TOP + 1):
        _fill_person(sheet, row, who, name)
        for place, session in enumerate(sessions, start=_LEFT + 1):
            if (who, session) in marks:
                style.put(sheet.cell(row, place), marks[who, session])
    columns = _LEFT + len(sessions)
    body = f"D{_TOP + 1}:{get_column_letter(columns)}{last_row}"
    for cells in sheet[body]:
        for cell in cells:
            style.dress(cell, alignment=style.CENTER, border=style.BOX, number_format="@")
    style.widths(sheet, [21, 26, 13, *[_WIDTH] * len(sessions)])
    sheet.column_dimensions["A"].number_format = "@"
    add_list(sheet, body, '"x,+,-"', strict=True, say=say)
    ids = f"{quote_sheetname(sheet_title('volunteers', say))}!$A$2:$A$5000"
    add_list(sheet, f"A{_TOP + 1}:A{last_row + 500}", ids, strict=False, say=say)
    _colour_marks(sheet, body)
    sheet.freeze_panes = f"D{_TOP + 1}"
    footer = say(Message("view.page"))
    style.for_print(sheet, rows=last_row, columns=columns, repeat=f"1:{_TOP}", footer=footer)


def _fill_head(sheet: Worksheet, sessions: Sequence[Session], say: Say) -> None:
    labels = [heading("availability", name, say) for name in ("date", "start", "end")]
    for row, label in enumerate(labels, start=1):
        names = ("volunteer_id", "name") if row == _TOP else ()
        left = [heading("volunteers", name, say) for name in names] or ["", ""]
        style.head(sheet, row, [*left, label])
        sheet.row_dimensions[row].height = 20
    for place, (start, end) in enumerate(sessions, start=_LEFT + 1):
        until = end - dt.datetime.combine(start.date(), dt.time())
        is_midnight = until == _DAY
        values = (start.date(), start.time(), until if is_midnight else end.time())
        formats = (
            say(Message("workbook.form_of_session")),
            "hh:mm",
            "[hh]:mm" if is_midnight else "hh:mm",
        )
        fill = style.DARK_FILL if start.toordinal() % 2 else style.MIDDLE_FILL
        for row, (value, shown) in enumerate(zip(values, formats, strict=True), start=1):
            cell: Any = sheet.cell(row, place)
            cell.value = value
            style.dress(cell, font=style.HEADING, fill=fill, alignment=style.CENTER)
            style.dress(cell, border=style.BOX, number_format=shown)


def _fill_person(sheet: Worksheet, row: int, who: str, name: str) -> None:
    for place, text in enumerate((who, name), start=1):
        style.dress(style.put(sheet.cell(row, place), text), font=style.PLAIN, number_format="@")


def _colour_marks(sheet: Worksheet, cells: str) -> None:
    """Colour the marks; their signs tell the same without colours."""
    line = Side(style="thin", color=style.DARK)
    fills = {
        "x": (PatternFill("solid", bgColor="D5EBD8"), Font(color="1E5B2A")),
        "+": (PatternFill("solid", bgColor="8CC79A"), Font(bold=True, color="0C3514")),
        "-": (PatternFill("lightUp", fgColor="C98A2B", bgColor="FFF1DA"), Font(color="6E4308")),
    }
    made: Any = CellIsRule
    for mark, (fill, font) in fills.items():
        rule = made(operator="equal", formula=[f'"{mark}"'], fill=fill, font=font)
        rule.dxf.border = Border(left=line, right=line, top=line, bottom=line)
        rule.dxf.alignment = Alignment(horizontal="center")
        sheet.conditional_formatting.add(cells, rule)


MOST_SESSIONS = 70
"""Sessions that a grid shows at most."""

Session = tuple[dt.datetime, dt.datetime]
"""First minute of a session, and the first minute after it."""


def sessions_of(dates: Sequence[dt.date], windows: Sequence[Availability]) -> list[Session]:
    """The sessions of a grid: those that windows name, or mornings and afternoons of all days."""
    named = sorted({(w.start, w.end) for w in windows if w.end - w.start < dt.timedelta(1)})
    if named and len(named) <= MOST_SESSIONS:
        return named
    if windows:
        return []
    hours = ((7, 11), (13, 17))
    midnights = [dt.datetime.combine(day, dt.time()) for day in dates]
    found = [
        (m + dt.timedelta(hours=first), m + dt.timedelta(hours=last))
        for m in midnights
        for first, last in hours
    ]
    return found[:MOST_SESSIONS]


def split(
    people: Sequence[str], windows: Sequence[Availability], sessions: Sequence[Session]
) -> tuple[list[Availability], dict[tuple[str, Session], str]]:
    """Windows that the table keeps, and the marks of the others: (person, session) -> mark.

    All windows stay in the table unless reading both gives them back in the same order.
    """
    order = {who: i for i, who in enumerate(people)}
    place = {session: i for i, session in enumerate(sessions)}
    marked = [w for w in windows if (w.start, w.end) in place and w.volunteer_id in order]
    kept = [w for w in windows if (w.start, w.end) not in place or w.volunteer_id not in order]
    keys = [(order[w.volunteer_id], place[w.start, w.end]) for w in marked]
    in_order = [*kept, *marked] == list(windows) and keys == sorted(set(keys))
    if not in_order:
        return list(windows), {}
    return kept, {(w.volunteer_id, (w.start, w.end)): MARKS[w.state] for w in marked}
