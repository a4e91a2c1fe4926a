"""What all that is shown shares: the console, the line of progress, plain tables and lists.

Texts and tables -> a terminal or a pipe.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console, RenderableType
from rich.live import Live
from rich.table import Column, Table
from rich.text import Text

from shiftplan.result import Progress
from shiftplan.texts import TEXTS, Lang
from shiftplan.wording import number, percent

_LEAD = re.compile(r"\s*(?:(?:[-+]|\d+\.)\s+)?")
"""Blanks, and the sign of an item of a list."""


class _Watch:
    """The line of progress: called with what is new, drawn several times a second."""

    def __init__(self, cancel: threading.Event, start: float, lang: Lang) -> None:
        self._cancel, self._start, self._lang = cancel, start, lang
        self._last: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        self._last = progress

    def __rich__(self) -> Text:
        words, lang = TEXTS[self._lang], self._lang
        parts = [f"{time.monotonic() - self._start:.0f} s"]
        last = self._last
        if last is None or last.total is None:
            parts.append(words["searching"])
        else:
            parts.append(f"{words['cost']} {number(last.total, lang)}")
        if last is not None and last.bound is not None:
            parts.append(f"{words['bound']} {number(last.bound, lang)}")
            parts.append(f"{words['gap']} {percent(last.gap, lang, up=True)}")
        if self._cancel.is_set():
            parts.append(words["stopping"])
        return Text("   ".join(parts), no_wrap=True, overflow="ellipsis")


@contextmanager
def show_progress(
    console: Console, cancel: threading.Event, start: float, lang: Lang
) -> Iterator[_Watch]:
    """A live line on a terminal; nothing at all elsewhere."""
    watch = _Watch(cancel, start, lang)
    if not console.is_terminal:
        yield watch
        return
    with Live(watch, console=console, refresh_per_second=4, transient=True):
        yield watch


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
        print_items(console, "  " + TEXTS[lang]["more"].format(number(left, lang)))
