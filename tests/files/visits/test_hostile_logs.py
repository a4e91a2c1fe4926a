"""Logs that are made to hurt: endless cells, a million of anything, text that is code."""

from __future__ import annotations

from pathlib import Path

import pytest
from files.weeks import refused, told_at
from fuzz.run import limited
from visit_logs import HEAD, lines, read, told, week, written

from shiftplan.errors import MOST_ALIKE
from shiftplan.files import read_visits
from shiftplan.present.words import Words

ROWS = 30_000
FLOODS = {
    "dates": "A1,d{} 08:00,flow",
    "times": "A1,2026-11-30 x{},flow",
    "moments": "A1,{} o'clock on a day in November,flow",
    "zones": "A1,2026-11-30 08:00:{}Z,flow",
    "short rows": "A1{}",
    "long rows": "A1,2026-11-30 08:00,flow,{}",
}
"""What differs in each of many rows, none of which can be read."""
LONG = ("x" * 100_000, "7:" * 40_000, "0" * 100_000 + ":00", "1 " * 50_000)
PLACES = ("{},2026-11-30 08:00,flow", "A1,{},flow", "A1,2026-11-30 08:00,{}")


@pytest.mark.parametrize("kind", FLOODS)
def test_many_different_faults_are_told_in_a_moment(kind: str, tmp_path: Path) -> None:
    """The first thousand are listed, the others counted."""
    text = lines(FLOODS[kind].format(i + 100) for i in range(ROWS))

    with limited():
        faults = refused(read, tmp_path, text)

    assert len(faults) == MOST_ALIKE
    assert sum(1 + fault.more for fault in faults) == ROWS


@pytest.mark.parametrize("row", ["place {},2026-11-30 08:00,flow", "A1,2026-11-30 08:00,work {}"])
def test_many_different_names_are_looked_up_in_a_moment(row: str, tmp_path: Path) -> None:
    """The sentence about them names three."""
    text = lines(["A1,2026-11-30 08:00,flow", *(row.format(i) for i in range(ROWS))])

    with limited():
        history = read(tmp_path, text)

    assert len(told(history)) == 1
    assert all(len(str(message)) < 300 for message in history.report.messages)


def test_many_kinds_of_citizens(tmp_path: Path) -> None:
    """A column of names under the heading of kinds is as slow as any."""
    head = "center_id,arrived,services,kind\n"
    rows = (f"A1,2026-11-30 08:00,flow,person {i}\n" for i in range(ROWS))

    with limited():
        history = read(tmp_path, head + "".join(rows))

    assert history.log is not None
    assert len(history.log.kinds) == ROWS


@pytest.mark.parametrize("cell", LONG)
@pytest.mark.parametrize("row", PLACES)
def test_long_cells(cell: str, row: str, tmp_path: Path) -> None:
    """Each is refused or unknown, and what is said of it is short."""
    with limited():
        faults = refused(read, tmp_path, lines([row.format(cell)] * 3))

    assert all(len(str(fault)) < 1_000 for fault in faults)


def test_a_cell_without_an_end(tmp_path: Path) -> None:
    """A quotation mark that is never closed is one fault, or a cell that is too long."""
    assert told_at(refused(read, tmp_path, HEAD + '"' + "A1,\n" * 10)) == ["broken_quotes|2"]
    assert told_at(refused(read, tmp_path, HEAD + '"' + "A1,\n" * 100_000)) == ["too_long|2"]


def test_text_of_a_log_is_shown_as_text(tmp_path: Path) -> None:
    """Names in a report cannot move a cursor, and are no words of a catalogue."""
    rows = ["A1,2026-11-30 08:00,flow", "\u202eZ9{n},2026-11-30 08:00,flow"]
    history = read_visits(written(tmp_path, lines(rows)), week())

    for lang in ("en", "vi"):
        texts = [*map(Words(lang), history.report.messages)]
        assert any("\\u202eZ9{n}" in text for text in texts)
        assert not any("\u202e" in text for text in texts)


def test_dates_at_the_ends_of_time(tmp_path: Path) -> None:
    """The first and the last date there is are read, and not counted."""
    moments = ("0001-01-01 00:00", "9999-12-31 24:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00Z")
    rows = [f"A1,2026-11-30 08:{i % 60:02d},flow" for i in range(400)]
    history = read(tmp_path, lines([*rows, *(f"A1,{moment},flow" for moment in moments)]))

    assert len(told(history)) == len(rows)
