"""A terminal of a given height, and the live table of a batch on it."""

from __future__ import annotations

import io

from rich.console import Console

from shiftplan.batch import Row
from shiftplan.batch.manifest import BatchEvent
from shiftplan.cli.batch_shown import BatchWatch


def terminal(height: int = 20) -> Console:
    return Console(
        file=io.StringIO(), force_terminal=True, width=120, height=height, markup=False, emoji=False
    )


def drawn(console: Console, watch: BatchWatch) -> list[str]:
    with console.capture() as text:
        console.print(watch)
    return [line.rstrip() for line in text.get().splitlines()]


def watched(*rows: Row, height: int = 20, budget: float | None = None) -> list[str]:
    """The live table after an event for each row that is not waiting; without styles."""
    console = Console(
        file=io.StringIO(), width=120, height=height, markup=False, emoji=False, color_system=None
    )
    watch = BatchWatch([row.place for row in rows], console, "en", budget)
    for row in rows:
        if row.entry.state != "waiting":
            watch.take(BatchEvent("started", row.place, row.entry, 1.0))
    return drawn(console, watch)
