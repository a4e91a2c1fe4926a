"""What holds for every log: orders and spellings change nothing, and what is written is read."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from visit_logs import MONDAY, SERVICES, found_kinds, lines, read, told, week, written

from shiftplan.citizens.visits.history import VisitHistory
from shiftplan.files import read_visits

ROW = st.tuples(
    st.sampled_from(["A1", "B2", "Z9"]),
    st.datetimes(dt.datetime(2026, 11, 1), dt.datetime(2026, 12, 6, 23)),
    st.lists(st.sampled_from([*SERVICES, "dance"]), min_size=1, max_size=3, unique=True),
    st.sampled_from(["", "T1", "T2"]),
    st.sampled_from(["", "old", "young"]),
)
HEADER = "center_id,arrived,services,{key},kind\n"


def text_of(rows: list[tuple[str, dt.datetime, list[str], str, str]], key: str) -> str:
    """A log of visits, as CSV text."""
    return HEADER.format(key=key) + "".join(
        f"{center},{at:%Y-%m-%d %H:%M:%S},{' '.join(services)},{ticket},{kind}\n"
        for center, at, services, ticket, kind in rows
    )


def in_folder(text: str) -> VisitHistory:
    """The log that a text is, with a row that always counts."""
    with tempfile.TemporaryDirectory() as folder:
        return read(Path(folder), text + f"A1,{MONDAY - dt.timedelta(1)} 09:00,flow,,\n")


def same_counts(one: VisitHistory, other: VisitHistory) -> bool:
    """Whether two logs have the same counts."""
    parts = ("requests", "visits", "recorded")
    return one.counts.dates == other.counts.dates and all(
        np.array_equal(getattr(one.counts, part), getattr(other.counts, part)) for part in parts
    )


@given(st.lists(ROW, max_size=30), st.randoms(), st.sampled_from(["visit_id", "ticket"]))
def test_the_order_of_rows_makes_no_difference(rows, random, key) -> None:
    """Any permutation of the rows gives the same counts and the same findings."""
    shuffled = [*rows]
    random.shuffle(shuffled)

    one, other = in_folder(text_of(rows, key)), in_folder(text_of(shuffled, key))

    assert same_counts(one, other)
    assert found_kinds(one.report) == found_kinds(other.report)


@given(st.lists(ROW, max_size=30))
def test_a_log_written_from_what_was_read_has_the_same_counts(rows) -> None:
    """Visits as they were understood, written again without tickets, are the same visits."""
    first = in_folder(text_of(rows, "visit_id"))
    again = lines(f"{center},{at},{' '.join(services)}" for center, at, services in told(first))

    with tempfile.TemporaryDirectory() as folder:
        second = read(Path(folder), again)

    assert told(second) == told(first)
    assert same_counts(first, second)


@given(st.lists(ROW, max_size=20))
def test_every_row_is_somewhere(rows) -> None:
    """Rows are visits that count, or are told in the report; none is lost in silence."""
    history = in_folder(text_of(rows, "visit_id"))
    kinds = found_kinds(history.report)
    log = history.log
    assert log is not None
    gone = ("unknown_centers", "repeated_rows", "joined_rows", "unread_rows", "later_visits")
    only_unknown = sum(set(row[2]) == {"dance"} and row[0] != "Z9" for row in rows)

    assert len(log) + sum(kinds.get(kind, 0) for kind in gone) + only_unknown == len(rows) + 1
    missing = {"outside_hours", "closed_days", "silent_days", "cut_days"} & kinds.keys()
    assert missing or history.counts.visits.sum() == len(log)


@given(st.integers(0, 10), st.sampled_from([",", ";", "\t"]))
def test_a_file_is_the_same_in_parts(cut, sign) -> None:
    """A log in two files has the counts of one file."""
    rows = [f"A1,2026-11-{day:02d} 08:0{day % 10},flow" for day in range(2, 12)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = read(folder, lines(rows))
        parts = [rows[:cut], rows[cut:]]
        files = [
            written(folder, lines(part).replace(",", sign), f"{i}.csv")
            for i, part in enumerate(parts)
        ]
        split = read_visits(files, week())

    assert same_counts(whole, split)
