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
from shiftplan.files.workbook import has_openpyxl, packed
from shiftplan.present.handouts.links import Links, links_to
from shiftplan.present.naming import Names
from shiftplan.problem import Problem
from shiftplan.week.owner import Owner

TABLE, BOOK = "messages.csv", "messages.xlsx"
TABLES = (TABLE, BOOK)
"""Files beside the messages that list them all."""
TICK = "✓"
_HEADS = ("name", "phone", "contact", "message", "zalo", "sms", "sent", "file", "kind", "id")
_WIDTHS = (26, 16, 28, 80, 9, 9, 12, 34, 14, 14)
_MOST_LINKS = 65_000
"""Excel takes 65,530 links in a sheet."""
_LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class SendRow:
    """A message on its way."""

    owner: Owner
    """Whom it is for."""
    name: str
    """Name of that person or center; may be empty."""
    phone: str
    """Phone as it is written in the week."""
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
        rows.append(SendRow(owner, of.name, of.phone, of.contact, said, files[owner], links, mark))
    return sorted(rows, key=lambda r: (r.owner.kind == "center", not (r.phone or r.contact)))


def _plain(text: str) -> str:
    """A message as messages are compared: spreadsheet programs change ends of lines."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def ticks_of(folder: Path) -> dict[Owner, Tick]:
    """The ticks in the tables of a folder; where both have one, that of the workbook.

    InputError: a table that is there cannot be read, so that its ticks would be lost.
    """
    found: dict[Owner, Tick] = {}
    for name in TABLES if has_openpyxl() else (TABLE,):
        if (folder / name).exists():
            found |= ticks_in(folder / name)
    return found


def table_text(rows: Iterable[SendRow]) -> str:
    """CSV text of the table; nothing in it is taken for a formula."""
    cells = (
        (
            r.file,
            r.owner.kind,
            r.owner.id,
            r.name,
            r.phone,
            r.contact,
            r.text,
            r.links.first,
            r.sent,
        )
        for r in rows
    )
    return to_csv(COLUMNS, ([*map(neutral, row)] for row in cells))


def book_bytes(rows: Sequence[SendRow], names: Names) -> bytes:
    """The workbook of the table, with links that open and a list to tick."""
    from openpyxl import Workbook
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    from shiftplan.files.workbook import style
    from shiftplan.present.sheets.printed import HEAD, View

    book, say = Workbook(), names.say
    sheet = book.active
    assert sheet is not None
    heads = [heading("messages", name, say) for name in _HEADS]
    view = View(
        sheet,
        say,
        "sheet.messages",
        heads,
        say("view.legend_messages", sent=heading("messages", "sent", say)),
    )
    blue = Font(name=style.FONT, underline="single", color="0563C1")
    links = 0
    for r in rows:
        text = r.text if len(r.text) <= _LONGEST_CELL else say("message.in_file", file=r.file)
        zalo, sms = "Zalo" if r.links.zalo else "", "SMS" if r.links.sms else ""
        kind = word(r.owner.kind, say)
        told = [r.name, r.phone, r.contact, text, zalo, sms, r.sent, r.file, kind, r.owner.id]
        cells = view.add(told)
        for place, link in (
            (1, r.links.call),
            (2, r.links.contact),
            (4, r.links.zalo),
            (5, r.links.sms),
        ):
            if link and links < _MOST_LINKS:
                cells[place].hyperlink = link
                style.dress(cells[place], font=blue)
                links += 1
        for cell in cells:
            cell.number_format = "@"
        style.dress(cells[0], font=style.BOLD)
        style.dress(cells[6], alignment=style.CENTER)
        view.fit([text], 80)
    view.finish("B", _WIDTHS)
    last = max(view.row, HEAD + 1)
    box = DataValidation(
        type="list", formula1=f'"{TICK}"', allow_blank=True, showErrorMessage=False
    )
    box.add(f"G{HEAD + 1}:G{last}")
    sheet.add_data_validation(box)
    rule: Any = FormulaRule
    done = rule(formula=[f'$G{HEAD + 1}<>""'], fill=style.PALE_FILL, font=Font(color=style.GREY))
    sheet.conditional_formatting.add(f"A{HEAD + 1}:J{last}", done)
    return packed(book)
