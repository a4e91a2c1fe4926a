"""What `batch` shows while it runs: the live table, and lines that nobody reads."""

from __future__ import annotations

import errno
import io

import pytest
from nation import done, failed, waiting
from rich.console import Console
from screens import watched

from shiftplan.batch import Row
from shiftplan.batch.manifest import BatchEvent, WeekEntry
from shiftplan.cli.batch_shown import show_batch, show_summary


@pytest.mark.parametrize("number", [errno.EPIPE, errno.ENOSPC])
def test_a_line_that_nobody_can_read_ends_no_batch(number: int) -> None:
    """The reader of the lines is gone, or the disk of their file is full: that is let pass."""

    class Closed(io.StringIO):
        tried = 0

        def flush(self) -> None:
            self.tried += 1
            raise OSError(number, "gone")

    closed, row = Closed(), done("A")

    with show_batch(Console(file=closed), [row.place], "en", budget=None, quiet=False) as tell:
        tell(BatchEvent("done", row.place, row.entry, 1.0))
        tell(BatchEvent("kept", row.place, row.entry, 2.0))

    assert closed.tried == 2


def test_the_live_table_has_what_runs_first() -> None:
    """Running, failed, waiting, planned; then counts and time."""
    running = Row(waiting("C").place, WeekEntry(state="running"))
    lines = watched(
        done("A", seconds=7.2),
        failed("[red]B", facts="bad"),
        running,
        waiting("D"),
        budget=100.0,
    )

    assert [line.split()[0] for line in lines[1:5]] == ["C", "[red]B", "D", "A"]
    assert lines[2].endswith("its data cannot be used: bad")
    assert lines[4].split()[2:] == ["planned", "25.0%", "2", "7"]
    assert lines[5].startswith("Planned: 1, very poor: 0, failed: 1, left: 2.  0 s passed, ")
    assert lines[5].endswith("s left")


def test_notes_are_whole_in_a_file() -> None:
    """On one line, however narrow the console is; on a terminal they are folded, not cut."""
    note = "volunteers.csv, row 3, column phone: a long sentence about what is wrong with it there"
    rows = [failed("Thành phố Hồ Chí Minh", facts=(note,)), done("A")]

    def shown(is_terminal: bool) -> str:
        file = io.StringIO()
        show_summary(Console(file=file, width=80, force_terminal=is_terminal), rows, "en")
        return file.getvalue()

    assert f"its data cannot be used: {note}\n" in shown(False)
    assert "…" not in shown(True)


def test_the_live_table_fits_the_terminal() -> None:
    """Rows that have no room are counted."""
    lines = watched(*(waiting(f"P{number}") for number in range(30)), height=12)

    # 12 lines, 5 of which are for head, counts and the like: 7 of 30 rows
    assert len(lines) == 1 + 7 + 2
    assert lines[8] == "... and 23 more"
