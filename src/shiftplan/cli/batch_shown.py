"""What the command shows of many provinces: how they go, and what became of them.

`Event`s, `Batch` and `Preview` -> a live table or lines, and tables at the end.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from shiftplan.batch import Preview, Prospect, Row
from shiftplan.batch.manifest import ENDED, Entry
from shiftplan.batch.places import ProvinceWeek
from shiftplan.batch.sentences import counts, reason
from shiftplan.present.display.console import make_table, print_indented, print_items, print_more
from shiftplan.present.texts import Lang
from shiftplan.present.texts.faults_in_words import fault_text
from shiftplan.present.texts.wording import number, percent
from shiftplan.present.words import Words

if TYPE_CHECKING:
    from shiftplan.batch.manifest import Event
    from shiftplan.errors import Fault

_HEADS = ["batches.province", "batches.week", "batches.state", "batches.gap", "batches.seats_empty"]
_HEADS += ["batches.seconds", "batches.why"]
_ORDER = ("running", "placing", "failed", "poor", "waiting", "done")
"""States as the live table has them."""
_BESIDE = 5
"""Lines of a terminal that the rows of the live table leave free."""
_FAULTS = 5
"""Faults shown of a week at most."""


class BatchWatch:
    """What is known of each province-week, drawn several times a second.

    Parameters
    ----------
    places
        Those that were asked for.
    console
        Where it is drawn.
    lang
        Language of what is shown.
    budget
        Seconds for the whole batch; None where no time is left to be told.
    """

    def __init__(
        self, places: Sequence[ProvinceWeek], console: Console, lang: Lang, budget: float | None
    ) -> None:
        self._entries = dict.fromkeys(places, Entry())
        self._began: dict[str, float] = {}
        self._console, self._lang, self._budget = console, lang, budget
        self._start = time.monotonic()

    def take(self, event: Event) -> None:
        """Keep what is new."""
        self._entries[event.place] = event.entry
        self._began[event.place.name] = time.monotonic()

    def __rich__(self) -> Group:
        rows = [Row(place, entry) for place, entry in self._entries.items()]
        rows.sort(key=lambda row: (_ORDER.index(row.state), row.place))
        shown = max(1, self._console.height - _BESIDE)
        table = _table(rows[:shown], self._lang, self._seconds)
        say, passed = Words(self._lang), time.monotonic() - self._start
        line = f"{counts(rows, self._lang)}  {say('batches.passed', passed=passed)}"
        if self._budget is not None and passed < self._budget:
            line += f", {say('plans.time_left', budget=self._budget - passed)}"
        left = len(rows) - shown
        more = [Text(say("plans.more", count=left))] if left > 0 else []
        return Group(table, *more, Text(line))

    def _seconds(self, row: Row) -> float | None:
        """Seconds of the job, or since it began."""
        if row.entry.state == "running":
            return time.monotonic() - self._began[row.place.name]
        return _job_seconds(row)


@contextmanager
def show_batch(
    console: Console,
    places: Sequence[ProvinceWeek],
    lang: Lang,
    *,
    budget: float | None,
    quiet: bool,
) -> Iterator[Callable[[Event], None]]:
    """A live table on a terminal; elsewhere a line for each event; or nothing."""
    if quiet:
        yield lambda event: None
    elif console.is_terminal:
        watch = BatchWatch(places, console, lang, budget)
        with Live(watch, console=console, refresh_per_second=4, transient=True):
            yield watch.take
    else:
        yield lambda event: _log(console, event, lang)


def _log(console: Console, event: Event, lang: Lang) -> None:
    """Write the line of an event."""
    say, row = Words(lang), Row(event.place, event.entry)
    is_poor = event.kind == "done" and row.state == "poor"
    code, outcome = "batches.poor" if is_poor else f"batches.{event.kind}", row.entry.outcome
    if event.kind == "done" and row.figures is not None and outcome is not None:
        gap, empty, _ = _figures(row, None, lang)
        said = say(code, gap=gap, empty=empty, seconds=outcome.seconds)
    else:
        said = say(code, reason=reason(outcome, lang) if event.kind == "failed" else "")
    with suppress(OSError):  # nobody reads it any more, or its disk is full: the batch goes on
        console.file.write(f"{event.passed:.0f} s   {event.place.name}: {said}\n")
        console.file.flush()


def show_summary(console: Console, rows: Sequence[Row], lang: Lang) -> None:
    """A table of all province-weeks, and how many are done, failed and left."""
    print_items(console, _table(rows, lang, _job_seconds), "", counts(rows, lang))


def show_failures(console: Console, rows: Sequence[Row], lang: Lang) -> None:
    """A line for each province-week that has failed or is very poor, with its reason."""
    for row in rows:
        if row.state in ("failed", "poor"):
            line = Text(f"{row.place.name}: {reason(row.entry.outcome, lang)}")
            console.print(line, soft_wrap=True)


def show_preview(
    console: Console, preview: Preview, lang: Lang, *, only_failing: bool = False
) -> None:
    """What would become of each province-week, its faults, and how long all would take."""
    say = Words(lang)
    if only_failing:
        _show_failing(console, preview, lang)
        return
    heads = ("batches.province", "batches.week", "batches.size", "batches.planning", "batches.fate")
    table = make_table(*map(say, heads), left=2)
    table.columns[1].no_wrap, table.columns[1].min_width = True, len("2026-12-07")
    table.columns[-1].justify = "left"
    for prospect in preview.prospects:
        place = prospect.place
        size = number(round(prospect.size / 1000), lang)
        seconds = f"{prospect.seconds:.0f}" if prospect.is_planned else "–"
        cells = (place.province, place.label, size, seconds, _fate(prospect, lang))
        table.add_row(*map(Text, cells))
    print_items(console, table, "")
    _show_failing(console, preview, lang)
    for prospect in preview.prospects:
        if prospect.notes:
            title = say("batches.worth_a_look", name=prospect.place.name)
            _show_faults(console, title, prospect.notes, lang)
    planned, failing = len(preview.planned), len(preview.failing)
    kept = len(preview.prospects) - planned - failing
    print_items(console, say("batches.preview", planned=planned, kept=kept, failing=failing))
    seconds = number(round(preview.seconds), lang)
    print_items(console, say("batches.preview_time", seconds=seconds, slots=preview.slots))


def _show_failing(console: Console, preview: Preview, lang: Lang) -> None:
    """Those that cannot be planned, each with its faults."""
    for prospect in preview.failing:
        title = f"{prospect.place.name}: {_fate(prospect, lang)}"
        _show_faults(console, title, prospect.faults, lang)


def _show_faults(console: Console, title: str, faults: Sequence[Fault], lang: Lang) -> None:
    """The first faults or notes of a province-week under a line that says which one it is."""
    print_items(console, Text(title))
    texts = [fault_text(fault, lang) for fault in faults[:_FAULTS]]
    print_indented(console, (f"  {line}" for text in texts for line in text.split("\n")))
    print_more(console, len(faults) - _FAULTS, lang)


def _fate(prospect: Prospect, lang: Lang) -> str:
    say = Words(lang)
    again = "" if prospect.again is None else say(f"batches.again_{prospect.again}")
    return say(f"batches.fate_{prospect.fate}", again=again)


def _table(rows: Sequence[Row], lang: Lang, seconds_of: Callable[[Row], float | None]) -> Table:
    say = Words(lang)
    table = make_table(*map(say, _HEADS), left=3)
    table.columns[1].no_wrap, table.columns[1].min_width = True, len("2026-12-07")
    table.columns[-1].justify = "left"
    for row in rows:
        state = say(f"batches.state_{row.state}")
        why = reason(row.entry.outcome, lang) if row.state in ENDED else ""
        figures = _figures(row, seconds_of(row), lang)
        cells = (row.place.province, row.place.label, state, *figures, why)
        table.add_row(*map(Text, cells))
    return table


def _figures(row: Row, seconds: float | None, lang: Lang) -> tuple[str, str, str]:
    """Gap, empty seats and seconds."""
    figures = row.figures
    gap = "–" if figures is None else percent(figures.gap, lang, up=True)
    empty = "–" if figures is None else number(figures.empty_seats, lang)
    return gap, empty, "–" if seconds is None else f"{seconds:.0f}"


def _job_seconds(row: Row) -> float | None:
    return None if row.entry.outcome is None else row.entry.outcome.seconds
