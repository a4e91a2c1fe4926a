"""What all that is shown shares: the console, plain tables and lists.

Texts and tables -> a terminal or a pipe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.table import Column, Table
from rich.text import Text

from shiftplan.present.texts import Lang
from shiftplan.present.words import Words

_LEAD = re.compile(r"\s*(?:(?:[-+]|\d+\.)\s+)?")
"""Blanks, and the sign of an item of a list."""


def make_console(*, stderr: bool = False) -> Console:
    """A console that shows text as it is: no markup, no emoji, no colours of numbers."""
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def print_items(console: Console, *items: RenderableType) -> None:
    """Print, and leave no blanks at the ends of lines in a file or pipe."""
    for item in items:
        if console.is_terminal:
            console.print(item)
            continue
        with console.capture() as text:
            console.print(item)
        console.file.write("".join(f"{line.rstrip()}\n" for line in text.get().splitlines()))


def make_table(*columns: str, left: int = 1) -> Table:
    """A plain table whose first columns of words are on the left, and figures on the right."""
    table = Table(box=None, pad_edge=False)
    for i, name in enumerate(columns):
        table.add_column(name, justify="left" if i < left else "right", header_style="dim")
    return table


def print_indented(console: Console, lines: Iterable[str]) -> None:
    """Print lines that begin with blanks; the rest of a long one begins as far right.

    The rest of an item of a list, such as `- ` or `1. `, begins where its words begin.
    """
    for line in lines:
        lead = _LEAD.match(line)
        width = lead.end() if lead else 0
        row = Table.grid(Column(width=width, no_wrap=True), Column(overflow="fold"))
        row.add_row(Text(line[:width]), Text(line[width:]))
        print_items(console, row)


def print_more(console: Console, left: int, lang: Lang) -> None:
    """Say how many more there are than were shown; nothing when there are none."""
    if left > 0:
        print_items(console, "  " + Words(lang)("plans.more", count=left))
