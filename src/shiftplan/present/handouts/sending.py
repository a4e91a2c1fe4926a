"""The tables by which messages are sent: copy, click, tick.

Messages, files, ticks of the last time -> rows -> CSV text and a workbook.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.files.headings import heading, word
from shiftplan.files.lists.sent import COLUMNS, Tick, ticks_in
from shiftplan.files.text import is_there
from shiftplan.files.workbook import has_openpyxl, packed
from shiftplan.present.handouts.links import Links, links_to
from shiftplan.present.naming import Names
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.week.horizon import dialled
from shiftplan.week.owner import Owner

TABLE, BOOK = "messages.csv", "messages.xlsx"
TABLES = (TABLE, BOOK)
"""Files beside the messages that list them all."""
_WIDTHS = {
    "name": 26,
    "phone": 16,
    "contact": 28,
    "message": 80,
    "zalo": 9,
    "sms": 9,
    "sent": 12,
    "file": 34,
    "kind": 14,
    "id": 14,
    "week": 13,
}
"""Columns of the workbook, in order, and their widths in letters."""
_PLACES = {name: place for place, name in enumerate(_WIDTHS)}
_TYPED = ("phone", "sent", "id", "week")
"""Columns whose cells stay the text that is typed into them."""
_TICK = "✓"
_MOST_LINKS = 65_000
"""Excel takes 65,530 links in a sheet."""
_LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class SendRow:
    """A message on its way."""

    owner: Owner
    """Whom it is for."""
    name: str
    """Name of that person or center; the id where there is none."""
    phone: str
    """Phone as it is dialled."""
    contact: str
    """Contact as it is written in the week."""
    text: str
    """The message."""
    file: str
    """Name of its file."""
    links: Links
    """What opens a chat or an e-mail."""
    sent: str
    """The tick that says that it was sent; empty for none."""
    week: str
    """First date of the week, such as 2026-12-07."""


def send_rows(
    problem: Problem,
    texts: Mapping[Owner, str],
    files: Mapping[Owner, str],
    ticks: Mapping[Owner, Tick],
    names: Names,
) -> list[SendRow]:
    """The rows of the tables: people, then centers, of each first those who can be reached.

    A tick stays as long as the message is the same.
    """
    dates, country = problem.horizon.dates, problem.horizon.country
    subject = names.say("message.subject", first=dates[0], last=dates[-1])
    rows = []
    for owner, text in texts.items():
        is_person = owner.kind == "volunteer"
        known = problem.volunteer_by_id if is_person else problem.center_by_id
        of, said, tick = known[owner.id], text.strip(), ticks.get(owner)
        links = links_to(of.phone, of.contact, said, subject=subject, country=country)
        mark = tick.mark if tick is not None and _plain(tick.text) == _plain(said) else ""
        phone = dialled(of.phone, country)
        told = of.name or owner.id, phone, of.contact, said, files[owner], links, mark
        rows.append(SendRow(owner, *told, dates[0].isoformat()))
    return sorted(rows, key=lambda r: (r.owner.kind == "center", not (r.phone or r.contact)))


def _plain(text: str) -> str:
    """A message as messages are compared: spreadsheet programs change ends of lines."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def ticks_of(folder: Path) -> dict[Owner, Tick]:
    """The rows of the tables of a folder; where both have a tick, it is that of the workbook.

    InputError: a table that is there cannot be read, so that its ticks would be lost.
    """
    found: dict[Owner, Tick] = {}
    for name in TABLES if has_openpyxl() else (TABLE,):
        path = folder / name
        rows = ticks_in(path) if is_there(path) and path.is_file() else {}
        found |= {owner: tick for owner, tick in rows.items() if tick.mark or owner not in found}
    return found


def unsent(ticks: Mapping[Owner, Tick]) -> set[Owner]:
    """Whom the messages of some tables did not reach: nobody where none was ticked at all."""
    is_used = any(tick.mark for tick in ticks.values())
    return {owner for owner, tick in ticks.items() if is_used and not tick.mark}


def table_text(rows: Iterable[SendRow]) -> str:
    """CSV text of the table; nothing in it is taken for a formula."""
    cells = []
    for r in rows:
        who = r.file, r.owner.kind, r.owner.id, r.name, r.phone, r.contact
        cells.append([*map(neutral, (*who, r.text, r.links.first, r.sent, r.week))])
    return to_csv(COLUMNS, cells)


def book_bytes(rows: Sequence[SendRow], names: Names) -> bytes:
    """The workbook of the table, with links that open and a list to tick."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    from shiftplan.files.workbook import style
    from shiftplan.present.sheets.printed import View

    book, say = Workbook(), names.say
    sheet: Any = book.active
    heads = [heading("messages", name, say) for name in _WIDTHS]
    legend = say("view.legend_messages", sent=heads[_PLACES["sent"]])
    view = View(sheet, say, "sheet.messages", heads, legend)
    blue, links = Font(name=style.FONT, underline="single", color="0563C1"), 0
    for row in rows:
        told = _cells(row, say)
        cells = dict(zip(told, view.add([*told.values()]), strict=True))
        for name, link in _links(row).items():
            if told[name] and link and links < _MOST_LINKS:
                cells[name].hyperlink = link
                style.dress(cells[name], font=blue)
                links += 1
        for name in _TYPED:
            cells[name].number_format = "@"
        style.dress(cells["name"], font=style.BOLD)
        style.dress(cells["sent"], alignment=style.CENTER)
        view.fit([told["message"]], _WIDTHS["message"])
    view.finish("B", [*_WIDTHS.values()])
    for name in ("zalo", "sms"):
        if not any(getattr(row.links, name) for row in rows):
            sheet.column_dimensions[_letter(name)].hidden = True
    _offer_ticks(sheet, view.row)
    return packed(book)


def _cells(row: SendRow, say: Words) -> dict[str, str]:
    """Column of the workbook -> text of its cell."""
    is_short = len(row.text) <= _LONGEST_CELL
    return {
        "name": row.name,
        "phone": row.phone,
        "contact": row.contact,
        "message": row.text if is_short else say("message.in_file", file=row.file),
        "zalo": "Zalo" if row.links.zalo else "",
        "sms": "SMS" if row.links.sms else "",
        "sent": row.sent,
        "file": row.file,
        "kind": word(row.owner.kind, say),
        "id": row.owner.id,
        "week": row.week,
    }


def _links(row: SendRow) -> dict[str, str]:
    """Column of the workbook -> link of its cell; a phone may stand in the contact."""
    links = row.links
    contact = links.contact or ("" if row.phone else links.call)
    return {"phone": links.call, "contact": contact, "zalo": links.zalo, "sms": links.sms}


def _letter(column: str) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(_PLACES[column] + 1)


def _offer_ticks(sheet: Any, last: int) -> None:
    """Offer the tick as a list, beside which anything may be typed, and grey out ticked rows."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    from shiftplan.files.workbook import style
    from shiftplan.present.sheets.printed import HEAD

    first, sent = HEAD + 1, _letter("sent")
    box = DataValidation(type="list", formula1=f'"{_TICK}"', showErrorMessage=False)
    box.add(f"{sent}{first}:{sent}{last}")
    sheet.add_data_validation(box)
    rule: Any = FormulaRule
    fill, font = PatternFill("solid", style.PALE, style.PALE), Font(color=style.GREY)
    done = rule(formula=[f'${sent}{first}<>""'], fill=fill, font=font)
    sheet.conditional_formatting.add(f"A{first}:{_letter('week')}{last}", done)
