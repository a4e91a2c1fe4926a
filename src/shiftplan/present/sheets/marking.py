"""The faults of a workbook, marked in a copy of it.

(Path, faults) -> a copy with coloured cells and comments, and a sheet that lists all faults.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shiftplan.errors import Fault
from shiftplan.files.whole import write_bytes
from shiftplan.files.workbook import has_openpyxl, limits, packed
from shiftplan.files.workbook.raw import stored
from shiftplan.present.faults import fault_advice
from shiftplan.present.words import Words

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_MOST_MERGED = 200_000
"""Cells inside merged ranges up to which a copy is made: each would be held in memory."""
_MOST_MARKED = 5_000
_FAILURES = (KeyError, TypeError, AttributeError, IndexError, ValueError)
"""How openpyxl fails on workbooks whose rows it reads, but not all else, or cannot write again."""
_RANGE = re.compile(r"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)")


def can_mark(faults: Iterable[Fault]) -> bool:
    """Whether faults are of sheets of a workbook, so that a copy can show them."""
    return has_openpyxl() and any(fault.sheet for fault in faults)


def mark_faults(path: Path, faults: Sequence[Fault], folder: Path, lang: str = "en") -> Path | None:
    """Write a copy of a workbook in which faults are marked: the first 5,000 cells.

    The workbook is one that `read_workbook` has read as far as it could. Returns the path of the
    copy, `<name>.faults.xlsx`; None when the workbook is such that no copy can be made.
    """
    from openpyxl import load_workbook

    package = limits.inspect(path)
    if sum(_area(ref) for refs in package.merged.values() for ref in refs) > _MOST_MERGED:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with path.open("rb") as file:
                book = load_workbook(file, keep_links=False)
        except _FAILURES:
            return None
        _mark(book, faults[:_MOST_MARKED], lang)
        _list(book, faults[:_MOST_MARKED], lang)
        try:
            content = packed(book)
        except _FAILURES:
            return None
    copy = folder / f"{path.stem}.faults.xlsx"
    write_bytes({copy: content})
    return copy


def _area(ref: str) -> int:
    from openpyxl.utils import column_index_from_string

    found = _RANGE.fullmatch(ref.replace("$", "").upper())
    if found is None:
        return 1
    columns = column_index_from_string(found[3]) - column_index_from_string(found[1]) + 1
    return max(1, columns) * max(1, int(found[4]) - int(found[2]) + 1)


def _mark(book: Workbook, faults: Sequence[Fault], lang: str) -> None:
    """Colour the cells with faults, and say in a comment what is wrong."""
    from openpyxl.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import Border, Side

    from shiftplan.files.workbook.style import FAULT_FILL

    edge = Side(style="medium", color="9C2B1B")
    texts: dict[tuple[str, str], list[str]] = {}
    for fault in faults:
        if fault.sheet in book.sheetnames:
            cell = fault.cell or f"A{fault.row or 1}"
            texts.setdefault((fault.sheet, cell), []).append(fault_advice(fault, lang))
    for (title, name), lines in texts.items():
        cell = book[title][name]
        if isinstance(cell, MergedCell):
            continue
        if cell.comment is not None:
            lines = [*lines, "", cell.comment.text]
        cell.comment = Comment(stored("\n".join(lines)), "shiftplan", height=140, width=320)
        cell.fill = FAULT_FILL
        cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)


def _list(book: Workbook, faults: Sequence[Fault], lang: str) -> None:
    """Add a first sheet with all faults, each with a link to its cell."""
    from openpyxl.styles import Font
    from openpyxl.utils import quote_sheetname

    from shiftplan.files.workbook import style

    say = Words(lang)
    title = say("sheet.faults")
    if title in book.sheetnames:
        book.remove(book[title])
    sheet = book.create_sheet(title, 0)
    sheet.sheet_properties.tabColor = "9C2B1B"
    style.head(sheet, 1, [say(f"workbooks.faults_{key}") for key in ("place", "value", "what")])
    for row, fault in enumerate(faults, start=2):
        place = f"{fault.sheet}, {fault.cell or fault.row or ''}".strip(", ")
        for column, text in enumerate([place, fault.value, fault_advice(fault, lang)], start=1):
            cell = style.put(sheet.cell(row, column), text)
            style.dress(cell, font=style.PLAIN, alignment=style.WRAP, border=style.BOX)
        if fault.sheet in book.sheetnames:
            target = f"{quote_sheetname(fault.sheet)}!{fault.cell or f'A{fault.row or 1}'}"
            sheet.cell(row, 1).hyperlink = f"#{target}"
            sheet.cell(row, 1).font = Font(name=style.FONT, underline="single", color=style.DARK)
    style.widths(sheet, [30, 26, 100])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:C{max(2, len(faults) + 1)}"
    style.for_print(sheet, rows=len(faults) + 1, columns=3, footer=say("view.page"))
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
