"""What the command shows of many provinces: how they go, and what became of them.

`BatchEvent`s, `Batch` and `Preview` -> a live table or lines, and tables at the end.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.live import Live
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from shiftplan.batch import Preview, Prospect, Row
from shiftplan.batch.manifest import ENDED, WeekEntry
from shiftplan.batch.places import ProvinceWeek
from shiftplan.batch.summary import counts, reason
from shiftplan.present.display import make_table, print_indented, print_items, print_more
from shiftplan.present.faults import fault_text
from shiftplan.present.words import Lang, Words

if TYPE_CHECKING:
    from shiftplan.batch.manifest import BatchEvent
    from shiftplan.errors import Fault

_HEADS = ["batches.province", "batches.week", "batches.state", "batches.gap", "batches.seats_empty"]
_HEADS += ["batches.seconds", "batches.why"]
_ORDER = ("running", "placing", "failed", "poor", "waiting", "done")
"""States as the live table has them."""
_BESIDE = 5
"""Lines of a terminal that the rows of the live table leave free."""
_WIDEST = 10_000
"""Characters of a line in a file or pipe, at most."""
_FAULTS = 5
"""Faults shown of a week at most."""


class BatchWatch:
    """What is known of each province-week that was asked for, drawn several times a second.

    `budget` is seconds for the whole batch; None where no time is left to be told.
    """

    def __init__(
        self, places: Sequence[ProvinceWeek], console: Console, lang: Lang, budget: float | None
    ) -> None:
        self._entries = dict.fromkeys(places, WeekEntry())
        self._began: dict[str, float] = {}
        self._console, self._say, self._budget = console, Words(lang), budget
        self._start = time.monotonic()

    def take(self, event: BatchEvent) -> None:
        """Keep what is new."""
        self._entries[event.place] = event.entry
        self._began[event.place.name] = time.monotonic()

    def __rich__(self) -> Group:
        rows = [Row(place, entry) for place, entry in self._entries.items()]
        rows.sort(key=lambda row: (_ORDER.index(row.state), row.place))
        shown = max(1, self._console.height - _BESIDE)
        say, passed = self._say, time.monotonic() - self._start
        table = _table(rows[:shown], say, self._began)
        line = f"{counts(rows, say)}  {say('batches.passed', passed=passed)}"
        if self._budget is not None and passed < self._budget:
            line += f", {say('plans.time_left', budget=self._budget - passed)}"
        left = len(rows) - shown
        more = [Text(say("form.more", n=left))] if left > 0 else []
        return Group(table, *more, Text(line))


@contextmanager
def show_batch(
    console: Console,
    places: Sequence[ProvinceWeek],
    lang: Lang,
    *,
    budget: float | None,
    quiet: bool,
) -> Iterator[Callable[[BatchEvent], None]]:
    """A live table on a terminal; elsewhere a line for each event; or nothing."""
    if quiet:
        yield lambda event: None
    elif console.is_terminal:
        watch = BatchWatch(places, console, lang, budget)
        with Live(watch, console=console, refresh_per_second=4, transient=True):
            yield watch.take
    else:
        yield lambda event: _log(console, event, Words(lang))


def _log(console: Console, event: BatchEvent, say: Words) -> None:
    """Write the line of an event."""
    row, outcome = Row(event.place, event.entry), event.entry.outcome
    code = f"batches.{row.state if event.kind == 'done' else event.kind}"
    if event.kind == "done" and row.figures is not None and outcome is not None:
        said = say(code, **_figures(row, say), seconds=outcome.seconds)
    else:
        said = say(code, reason=reason(outcome, say) if event.kind == "failed" else "")
    with suppress(OSError):  # nobody reads it any more, or its disk is full: the batch goes on
        console.file.write(f"{event.passed:.0f} s   {event.place.name}: {said}\n")
        console.file.flush()


def show_summary(console: Console, rows: Sequence[Row], lang: Lang) -> None:
    """A table of all province-weeks, and how many are done, failed and left."""
    say = Words(lang)
    _print_table(console, _table(rows, say))
    print_items(console, "", counts(rows, say))


def show_failures(console: Console, rows: Sequence[Row], lang: Lang) -> None:
    """A line for each province-week that has failed or is very poor, with its reason."""
    for row in rows:
        if row.state in ("failed", "poor"):
            line = Text(f"{row.place.name}: {reason(row.entry.outcome, Words(lang))}")
            console.print(line, soft_wrap=True)


def show_preview(
    console: Console, preview: Preview, lang: Lang, *, only_failing: bool = False
) -> None:
    """What would become of each province-week, its faults, and how long all would take."""
    say = Words(lang)
    if not only_failing:
        heads = ("batches.province", "batches.week", "batches.size", "batches.planning")
        table = _columns(say, *heads, "batches.fate", left=2)
        for prospect in preview.prospects:
            place, size = prospect.place, say.number(round(prospect.size / 1000))
            seconds, fate = _rounded(prospect.planning), _fate(prospect, say)
            table.add_row(*map(Text, (place.province, place.label, size, seconds, fate)))
        _print_table(console, table)
        print_items(console, "")
    for prospect in preview.failing:
        title = f"{prospect.place.name}: {_fate(prospect, say)}"
        _show_faults(console, title, prospect.faults, lang)
    if only_failing:
        return
    for prospect in preview.prospects:
        if prospect.notes:
            title = say("batches.worth_a_look", name=prospect.place.name)
            _show_faults(console, title, prospect.notes, lang)
    planned, failing = len(preview.planned), len(preview.failing)
    kept = len(preview.prospects) - planned - failing
    print_items(console, say("batches.preview", planned=planned, kept=kept, failing=failing))
    seconds = say.number(round(preview.seconds))
    print_items(console, say("batches.preview_time", seconds=seconds, slots=preview.slots))


def _show_faults(console: Console, title: str, faults: Sequence[Fault], lang: Lang) -> None:
    """The first faults or notes of a province-week under a line that says which one it is."""
    print_items(console, Text(title))
    texts = [fault_text(fault, lang) for fault in faults[:_FAULTS]]
    print_indented(console, (f"  {line}" for text in texts for line in text.split("\n")))
    print_more(console, len(faults) - _FAULTS, lang)


def _fate(prospect: Prospect, say: Words) -> str:
    again = "" if prospect.reason is None else say(prospect.reason)
    return say(f"batches.fate_{prospect.fate}", again=again)


def _columns(say: Words, *heads: str, left: int) -> Table:
    """A table in which weeks can be told apart however narrow it is."""
    table = make_table(*map(say, heads), left=left)
    table.columns[1].no_wrap, table.columns[1].min_width = True, len("2026-12-07")
    table.columns[-1].justify, table.columns[-1].overflow = "left", "fold"
    return table


def _print_table(console: Console, table: Table) -> None:
    """Print a table; in a file or pipe it is as wide as its notes, which are read by programs."""
    if not console.is_terminal:
        whole = console.options.update(max_width=_WIDEST)
        width = max(console.width, Measurement.get(console, whole, table).maximum)
        console = Console(file=console.file, width=width, highlight=False)
    print_items(console, table)


def _table(rows: Sequence[Row], say: Words, began: Mapping[str, float] | None = None) -> Table:
    """The province-weeks; `began` tells when those at work did."""
    table = _columns(say, *_HEADS, left=3)
    for row in rows:
        outcome = row.entry.outcome
        seconds = None if outcome is None else outcome.seconds
        if began is not None and row.entry.state == "running":
            seconds = time.monotonic() - began[row.place.name]
        state = say(f"batches.state_{row.state}")
        why = reason(outcome, say) if row.state in ENDED else ""
        figures = (*_figures(row, say).values(), _rounded(seconds))
        table.add_row(*map(Text, (row.place.province, row.place.label, state, *figures, why)))
    return table


def _figures(row: Row, say: Words) -> dict[str, str]:
    """Gap and empty seats."""
    figures = row.figures
    return {
        "gap": "–" if figures is None else say.percent(figures.gap, up=True),
        "empty": "–" if figures is None else say.number(figures.empty_seats),
    }


def _rounded(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.0f}"
