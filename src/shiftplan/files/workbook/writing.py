"""A planning week as a workbook that people fill in.

`Problem` -> .xlsx; `read_workbook` gives it back as an equal problem.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.headings import GRID, Say, heading, is_example, meaning, sheet_title
from shiftplan.files.layout import Kind, columns_of, needed_of
from shiftplan.files.sheet import SKILL
from shiftplan.files.totals import refuse_totals
from shiftplan.files.week import week_tables
from shiftplan.files.workbook.package import need_openpyxl, save
from shiftplan.problem import Problem

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SHOWN: tuple[str, ...] = ("horizon", "centers", "skills", "volunteers", GRID, "availability")
_SHOWN += ("shifts", "requirements", "rules", "services", "demand", "history", "pins")
_SHOWN += ("preferences",)
_IF_FILLED = ("grants", "languages", "policy", "published")
_OF_RULES = ("centers", "volunteers", "shifts", "published", "rules")
"""Tables whose rare columns rules read; a workbook has all of them, so that every rule that it
lists can be used in it."""
_FIRST = ("horizon", "centers", "volunteers", GRID, "shifts", "requirements")
"""Sheets that everybody fills in."""
_SPARE = 500
Tables = dict[str, tuple[list[str], list[list[str]]]]


def write_book(problem: Problem, file: Path, say: Say) -> None:
    """Write a planning week as a workbook.

    Sheets without rows have an example, which is never read. Tables that rules read have a sheet
    and all columns also where it is blank. Availability stands in the grid where that keeps it
    exactly, otherwise in its table.

    Parameters
    ----------
    problem
        The week.
    file
        The file, which is replaced whole.
    say
        What says headings, names and help in the language of the workbook.

    Raises
    ------
    InputError
        The file cannot be written, or an id could not be read back.
    MissingExtraError
        The package openpyxl is missing.

    """
    need_openpyxl()
    from openpyxl import Workbook

    from shiftplan.files.workbook import guide
    from shiftplan.files.workbook.grid_sheet import fill_grid, sessions_of, split
    from shiftplan.files.workbook.style import DARK, MIDDLE

    sessions = sessions_of(problem.horizon.dates, problem.availability)
    people = [v.volunteer_id for v in problem.volunteers]
    kept, marks = split(people, problem.availability, sessions)
    tables = week_tables(problem.model_copy(update={"availability": tuple(kept)}), _OF_RULES)
    _refuse_marks(tables)
    refuse_totals(tables)
    book = Workbook()
    help_sheet = book.active
    assert help_sheet is not None
    names = [t for t in _SHOWN if t != GRID or sessions]
    names += [t for t in _IF_FILLED if tables[t][1] or t in _OF_RULES]
    lengths = {t: max(2_000, len(tables[t][1]) + _SPARE) for t in tables}
    columns = {t: tables[t][0] for t in names if t != GRID}
    rules = guide.fill_help(help_sheet, file.name, columns, names, say)
    for table in names:
        sheet = book.create_sheet(sheet_title(table, say))
        sheet.sheet_properties.tabColor = DARK if table in _FIRST else MIDDLE
        if table == GRID:
            fill_grid(sheet, problem, sessions, marks, say)
        else:
            _fill(sheet, table, tables, say)
            guide.add_lists(sheet, table, tables[table][0], lengths, rules, say)
    save(book, file)


def _refuse_marks(tables: Tables) -> None:
    """Raise the faults of rows that would be taken for examples."""
    message = Message("workbook.like_an_example")
    faults = [
        Fault("invalid_value", table, header[0], row[0], message, index=i)
        for table, (header, rows) in tables.items()
        for i, row in enumerate(rows)
        if row and is_example(row[0])
    ]
    if faults:
        raise InputError(faults)


def _fill(sheet: Worksheet, table: str, tables: Tables, say: Say) -> None:
    """Write one table: headings with help, rows and formats."""
    from openpyxl.comments import Comment
    from openpyxl.utils import get_column_letter

    from shiftplan.files.workbook import guide, style
    from shiftplan.files.workbook.style import fill_cell, format_of, shown

    header, rows = tables[table]
    needed = needed_of(table)
    titles = [heading(table, name, say) for name in header]
    style.head(sheet, 1, titles, [name in needed for name in header])
    kinds = [kind_of_column(table, name) for name in header]
    for place, (name, title, kind) in enumerate(zip(header, titles, kinds, strict=True), start=1):
        text = meaning(table, name, say)
        note = f" ({say(Message('template.needed'))})" if name in needed else ""
        if text:
            comment = Comment(f"{text}{note}", "shiftplan", height=90, width=230)
            sheet.cell(1, place).comment = comment
        dimension = sheet.column_dimensions[get_column_letter(place)]
        as_text = "@" if kind in ("text", "names") else "General"
        dimension.number_format = format_of(kind, say) or as_text
        longest = max((len(row[place - 1]) for row in rows[:200]), default=0)
        dimension.width = min(42, max(11, len(title) * 0.75 + 4, longest + 2))
    for number, row in enumerate(rows, start=2):
        for place, text in enumerate(row, start=1):
            if text:
                value = shown(table, header[place - 1], text, say)
                fill_cell(sheet, number, place, value, kinds[place - 1], say)
    if not rows and table != "horizon":
        guide.fill_example(sheet, table, header, kinds, say)
    sheet.freeze_panes = "B2" if table != "horizon" else "A2"
    last = max(2, len(rows) + 1)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{last}"
    style.for_print(sheet, rows=last, columns=len(header), footer=say(Message("view.page")))


def kind_of_column(table: str, name: str) -> Kind:
    """What a column holds."""
    if name.startswith(SKILL):
        return "whole"
    return columns_of(table)[name]
