"""A planning week as a workbook that people fill in, with the availability as a grid.

`Problem` -> workbook; `read_workbook` gives it back as an equal problem.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.errors.message import Message
from shiftplan.files.headings import (
    GRID,
    Say,
    heading,
    is_example,
    is_own,
    kind_in,
    sheet_title,
)
from shiftplan.files.layout import MAKING, needed_of
from shiftplan.files.own_columns import refuse_titles
from shiftplan.files.sheet import Tables, refuse_ids, refuse_totals
from shiftplan.files.week import week_tables
from shiftplan.files.workbook import guide, style
from shiftplan.files.workbook.marks import MARKS, stand_by_mark
from shiftplan.files.workbook.of_kind import is_usable, of_kind
from shiftplan.problem import Problem
from shiftplan.rules import RULES
from shiftplan.week.kinds import kind_of
from shiftplan.week.records import Availability, StandBy

_SHOWN: tuple[str, ...] = ("horizon", "centers", "skills", "volunteers", GRID, "availability")
_SHOWN += ("shifts", "requirements", "rules", "services", "demand", "history", "pins")
_SHOWN += ("preferences", "opening", "needs", "days")
_IF_FILLED: tuple[str, ...] = ("stand_by", "grants", "languages", "journeys", "citizen_kinds")
_IF_FILLED += ("officials", "travel", "shift_types", "breaks", "policy", "published", "occupied")
_ORDER = (*_SHOWN, *_IF_FILLED)
_OF_RULES = ("centers", "volunteers", "shifts", "published", "rules")
"""Tables whose rare columns rules read; a workbook has all of them, so that every rule that it
lists can be used in it."""
_FIRST = ("horizon", "centers", "volunteers", GRID, "shifts", "requirements")
"""Sheets that everybody fills in."""
_MAKING = {"opening": "shifts", "needs": "requirements", "demand": "requirements"}
"""Sheet -> the one that then may stay blank, since its rows are made."""
_SPARE = 500
MOST_SESSIONS = 70
"""Sessions that a grid shows at most."""
_BLANK_PEOPLE = 60
_WIDTH = 15.0
"""Width of a session's column."""
_TOP = 3
"""Rows of the head: date, start, end."""
_LEFT = 3
"""Columns left of the sessions: id, name, labels of the head."""
_DAY = dt.timedelta(days=1)
_COLOURS = {
    "x": (PatternFill("solid", bgColor="D5EBD8"), Font(color="1E5B2A")),
    "+": (PatternFill("solid", bgColor="8CC79A"), Font(bold=True, color="0C3514")),
    "-": (PatternFill("lightUp", fgColor="C98A2B", bgColor="FFF1DA"), Font(color="6E4308")),
}
"""Mark -> how it is coloured; its sign tells the same without colours."""
_ON_CALL = PatternFill("solid", bgColor="DCE6F2"), Font(color="1F4E79")
"""How the mark of people who stand by is coloured."""

Session = tuple[dt.datetime, dt.datetime]
"""First minute of a session, and the first minute after it."""
_Row = TypeVar("_Row", Availability, StandBy)


def book_of(problem: Problem, file: str, say: Say, hours: Tables) -> Workbook:
    """Make the workbook of a planning week; its page of help tells the name of the `file`.

    `hours` are the tables from which shifts and requirements are made, which no problem holds.

    Sheets without rows have an example, which is never read. The kind of work says which sheets and
    columns are there though they are blank. Availability stands in the grid where that keeps it
    exactly, otherwise in its table.

    InputError: an id could not be read back.
    """
    kind = kind_of(problem.horizon.kind)
    sessions = sessions_of(problem)
    people = [v.volunteer_id for v in problem.volunteers]
    kept, marks = split(people, problem, sessions, say)
    week = problem.model_copy(update=kept)
    tables = of_kind({**week_tables(week, _OF_RULES), **hours}, kind)
    refuse_ids(tables, Message("workbook.like_an_example"), is_example, is_own)
    refuse_totals(tables)
    refuse_titles(problem)
    book = Workbook()
    help_sheet = book.active
    assert help_sheet is not None
    asked = (*_SHOWN, *_OF_RULES) if kind.sheets is None else kind.sheets
    if tables["shifts"][1]:
        asked = tuple(table for table in asked if table not in MAKING)
    names = [GRID] if sessions else []
    names += [table for table, (_, rows) in tables.items() if rows or table in asked]
    order = (*(kind.sheets or ()), *_ORDER)
    names.sort(key=order.index)
    filled = [t for t in names if (tables[t][1] if t in tables else problem.availability)]
    made = {_MAKING[t] for t in filled if t in _MAKING}.difference(filled)
    making = {t for t in filled if _MAKING.get(t) in made}
    asked_first = {*_FIRST, *making, *(MAKING if kind.sheets is not None else ())} - made
    first = [t for t in names if t in asked_first]
    lengths = {t: max(2_000, len(tables[t][1]) + _SPARE) for t in tables}
    columns = {t: [c for c in tables[t][0] if not is_own(t, c)] for t in names if t != GRID}
    usable = [r for r in RULES if kind.sheets is None or is_usable(RULES[r], columns)]
    work = problem.horizon.kind
    titles = {
        "sheets": _titles([t for t in first if t not in filled], say),
        "filled": _titles(filled, say),
    }
    rules = guide.fill_help(help_sheet, columns, names, usable, work, say, file=file, **titles)
    for table in names:
        sheet = book.create_sheet(sheet_title(table, say))
        sheet.sheet_properties.tabColor = style.DARK if table in first else style.MIDDLE
        if table == GRID:
            fill_grid(sheet, problem, sessions, marks, kind.row["volunteer_id"], say)
        else:
            row = {"skill_id": problem.horizon.mentor_skill, **kind.row}
            fill_table(sheet, table, tables, row, say)
            guide.add_lists(sheet, table, columns[table], lengths, rules, say)
    return book


def _titles(tables: Sequence[str], say: Say) -> tuple[str, ...]:
    return tuple(sheet_title(table, say) for table in tables)


def fill_table(
    sheet: Worksheet,
    table: str,
    tables: Tables,
    example: Mapping[str, str],
    say: Say,
    *,
    right: Collection[str] = (),
) -> None:
    """Write one table: headings with help, rows and formats; see `fill_example` for `right`."""
    header, rows = tables[table]
    needed = needed_of(table)
    titles = [heading(table, name, say) for name in header]
    style.head(sheet, 1, titles, [name in needed for name in header])
    kinds = [kind_in(table, name) for name in header]
    for place, (name, title, kind) in enumerate(zip(header, titles, kinds, strict=True), start=1):
        if text := guide.about_column(table, name, say):
            sheet.cell(1, place).comment = Comment(text, "shiftplan", height=90, width=230)
        dimension = sheet.column_dimensions[get_column_letter(place)]
        as_text = "@" if kind in ("text", "names") else "General"
        dimension.number_format = style.format_of(kind, say) or as_text
        longest = max((len(row[place - 1]) for row in rows[:200]), default=0)
        dimension.width = min(42, max(11, len(title) * 0.75 + 4, longest + 2))
    for number, row in enumerate(rows, start=2):
        for place, text in enumerate(row, start=1):
            if text:
                value = style.shown(table, header[place - 1], text, say)
                style.fill_cell(sheet, number, place, value, kinds[place - 1], say)
    if not rows and table != "horizon":
        guide.fill_example(sheet, table, header, kinds, example, say, right=right)
    sheet.freeze_panes = "B2" if table != "horizon" else "A2"
    last = max(2, len(rows) + 1)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{last}"
    style.for_print(sheet, rows=last, columns=len(header), footer=say(Message("view.page")))


def fill_grid(
    sheet: Worksheet,
    problem: Problem,
    sessions: Sequence[Session],
    marks: Mapping[tuple[str, Session], str],
    example: str,
    say: Say,
    *,
    spare: int = 0,
) -> None:
    """Write the grid: dates and times above, people on the left, marks between them.

    `spare`: blank rows for people who are added below.
    """
    _fill_head(sheet, sessions, say)
    columns = _LEFT + len(sessions)
    people = [(v.volunteer_id, v.name) for v in problem.volunteers]
    last_row = _TOP + (len(people) + spare if people else 1 + _BLANK_PEOPLE)
    if not people:
        texts = [example, say(Message("example.person")), *"x+-"]
        who, name, *shown = (f"{say(Message('example.mark'))} {text}" for text in texts)
        _fill_person(sheet, _TOP + 1, who, name)
        for place, text in zip(range(_LEFT + 1, columns + 1), shown, strict=False):
            style.put(sheet.cell(_TOP + 1, place), text)
        for place in range(1, columns + 1):
            style.dress(sheet.cell(_TOP + 1, place), font=style.NOTE, fill=style.PALE_FILL)
    for row, (who, name) in enumerate(people, start=_TOP + 1):
        _fill_person(sheet, row, who, name)
        for place, session in enumerate(sessions, start=_LEFT + 1):
            if (who, session) in marks:
                style.put(sheet.cell(row, place), marks[who, session])
    body = f"D{_TOP + 1}:{get_column_letter(columns)}{last_row}"
    for cells in sheet[body]:
        for cell in cells:
            style.dress(cell, alignment=style.CENTER, border=style.BOX, number_format="@")
    style.widths(sheet, [21, 26, 13, *[_WIDTH] * len(sessions)])
    sheet.column_dimensions["A"].number_format = "@"
    on_call = stand_by_mark(say)
    guide.add_list(sheet, body, f'"x,+,-,{on_call}"', strict=True, say=say)
    ids = f"{quote_sheetname(sheet_title('volunteers', say))}!$A$2:$A$5000"
    guide.add_list(sheet, f"A{_TOP + 1}:A{last_row + 500}", ids, strict=False, say=say)
    line = Side(style="thin", color=style.DARK)
    made: Any = CellIsRule
    for mark, (fill, font) in {**_COLOURS, on_call: _ON_CALL}.items():
        rule = made(operator="equal", formula=[f'"{mark}"'], fill=fill, font=font)
        rule.dxf.border = Border(left=line, right=line, top=line, bottom=line)
        rule.dxf.alignment = Alignment(horizontal="center")
        sheet.conditional_formatting.add(body, rule)
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
        day = say(Message("workbook.form_of_session"))
        formats = (day, "hh:mm", "[hh]:mm" if is_midnight else "hh:mm")
        fill = style.DARK_FILL if start.toordinal() % 2 else style.MIDDLE_FILL
        for row, (value, shown) in enumerate(zip(values, formats, strict=True), start=1):
            cell: Any = sheet.cell(row, place)
            cell.value = value
            style.dress(cell, font=style.HEADING, fill=fill, alignment=style.CENTER)
            style.dress(cell, border=style.BOX, number_format=shown)


def _fill_person(sheet: Worksheet, row: int, who: str, name: str) -> None:
    for place, text in enumerate((who, name), start=1):
        style.put(sheet.cell(row, place), text, font=style.PLAIN, number_format="@")


def sessions_of(problem: Problem) -> list[Session]:
    """The sessions of a grid: those of windows, and of shifts that lie in none of them.

    So every shift can be offered; if these are too many, only those of windows. A week without
    windows and shifts has the usual hours of its work on all days. There are none where the windows
    do not fit, as those of whole days.
    """
    named = {(w.start, w.end) for w in problem.availability if w.end - w.start < _DAY}
    if problem.availability and not 0 < len(named) <= MOST_SESSIONS:
        return []
    shifts = {(s.start, s.end) for s in problem.shifts if s.end - s.start < _DAY}
    found = named | {shift for shift in shifts if not _is_inside(shift, named)}
    if found:
        return sorted(found if len(found) <= MOST_SESSIONS else named)
    midnights = [dt.datetime.combine(day, dt.time()) for day in problem.horizon.dates]
    hours = kind_of(problem.horizon.kind).sessions
    usual = [(midnight + first, midnight + last) for midnight in midnights for first, last in hours]
    return usual[:MOST_SESSIONS]


def _is_inside(session: Session, others: Iterable[Session]) -> bool:
    return any(start <= session[0] and session[1] <= end for start, end in others)


Marks = dict[tuple[str, Session], str]
"""(Volunteer, session) -> mark."""


def split(
    people: Sequence[str], problem: Problem, sessions: Sequence[Session], say: Say
) -> tuple[dict[str, Any], Marks]:
    """Rows that the tables of a grid keep, and the marks of the others.

    All rows of a table stay in it unless reading both gives them back in the same order; so do
    offers to stand by where one has another mark.
    """
    windows, marks = _split(people, problem.availability, sessions)
    on_call, others = _split(people, problem.stand_by, sessions)
    if marks.keys() & others.keys():
        on_call, others = problem.stand_by, {}
    mark = stand_by_mark(say)
    shown = {at: MARKS[row.state] for at, row in marks.items()} | dict.fromkeys(others, mark)
    return {"availability": windows, "stand_by": on_call}, shown


def _split(
    people: Sequence[str], rows: tuple[_Row, ...], sessions: Sequence[Session]
) -> tuple[tuple[_Row, ...], dict[tuple[str, Session], _Row]]:
    """The rows of one table that it keeps, and those that become marks."""
    order = {who: i for i, who in enumerate(people)}
    place: dict[object, int] = {session: i for i, session in enumerate(sessions)}
    fits = [(row.start, row.end) in place and row.volunteer_id in order for row in rows]
    marked: list[_Row] = [row for row, fit in zip(rows, fits, strict=True) if fit]
    kept: tuple[_Row, ...] = tuple(r for r, fit in zip(rows, fits, strict=True) if not fit)
    keys = [(order[row.volunteer_id], place[row.start, row.end]) for row in marked]
    if (*kept, *marked) != rows or keys != sorted(set(keys)):
        return rows, {}
    by_place = zip(keys, marked, strict=True)
    return kept, {(row.volunteer_id, sessions[at]): row for (_, at), row in by_place}
