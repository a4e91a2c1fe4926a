"""What the command shows on a terminal or in a pipe: plain tables and lists, and how a search goes.

Texts, tables and `Progress` -> a console; a module for each kind of result.
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

from shiftplan.present.headline import cost_figures
from shiftplan.present.words import Lang, Words
from shiftplan.solving.result import Progress

_LEAD = re.compile(r"\s*(?:(?:[-+]|\d+\.)\s+)?")
"""Blanks, and the sign of an item of a list."""
_LOG_SECONDS, _LOG_SHARE = 5.0, 0.1
"""Least seconds between two lines of a log, and part of the time that has passed."""


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


def print_more(console: Console, left: int, lang: Lang, of: int = 0) -> None:
    """Say how many more there are than were shown; nothing when there are none.

    `of`: how many there are, where the option --most says how many are shown.
    """
    if left > 0:
        code = "plans.more_by_most" if of else "form.more"
        print_items(console, "  " + Words(lang)(code, n=left, most=of))


class Watch:
    """The line of progress: called with what is new, drawn several times a second.

    `cancel` is set once somebody asked the search to stop. Seconds count from `start`, a moment of
    `time.monotonic`; with a `limit`, in seconds, the line counts down to it. Until something is
    known, the text `plans.` and `first` says what is done.
    """

    def __init__(
        self,
        cancel: threading.Event,
        start: float,
        lang: Lang,
        limit: float | None = None,
        first: str = "building",
    ) -> None:
        self._cancel, self._start, self._say, self._limit = cancel, start, Words(lang), limit
        self._first = first
        self._last: Progress | None = None
        self._is_over = False

    def __call__(self, progress: Progress) -> None:
        self._last = progress

    def write_files(self) -> None:
        """From now on nothing is searched; lists are made and files written."""
        self._is_over = True

    @property
    def seconds(self) -> float:
        """Time since the start."""
        return time.monotonic() - self._start

    def line(self) -> str:
        """Everything that is known, in a line without control characters."""
        say, last, passed = self._say, self._last, self.seconds
        phase = self._first if last is None else "searching" if last.total is None else "improving"
        is_told = last is not None and last.conflict is not None
        phase = "leaving" if is_told else phase
        parts = [f"{passed:.0f} s", say(f"plans.{'writing' if self._is_over else phase}")]
        if last is not None:
            parts += cost_figures(last.total, last.bound, say)
        if self._cancel.is_set() and not self._is_over:
            parts.append(say("plans.stopping"))
        elif self._limit is not None and passed < self._limit and not (self._is_over or is_told):
            parts.append(say("plans.time_left", budget=self._limit - passed))
        return "   ".join(parts)

    def __rich__(self) -> Text:
        return Text(self.line(), no_wrap=True, overflow="ellipsis")


@contextmanager
def show_progress(
    console: Console,
    cancel: threading.Event,
    start: float,
    lang: Lang,
    *,
    limit: float | None = None,
    quiet: bool = False,
    first: str = "building",
) -> Iterator[Watch]:
    """A live line on a terminal; elsewhere a line after 5 s and ever more rarely; or nothing."""
    watch = Watch(cancel, start, lang, limit, first)
    if quiet:
        yield watch
    elif console.is_terminal:
        with Live(watch, console=console, refresh_per_second=4, transient=True):
            yield watch
    else:
        done = threading.Event()

        def keep_log() -> None:
            while not done.wait(max(_LOG_SECONDS, _LOG_SHARE * watch.seconds)):
                console.file.write(watch.line() + "\n")
                console.file.flush()

        writer = threading.Thread(target=keep_log, daemon=True)
        writer.start()
        try:
            yield watch
        finally:
            done.set()
            writer.join()
