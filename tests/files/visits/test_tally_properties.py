"""What holds for every log of counts: order and parts change nothing, and no citizen is lost."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import numpy as np
import pytest
from files.weeks import refused
from fuzz.run import limited
from hypothesis import given
from hypothesis import strategies as st
from visit_logs import SERVICES, found_kinds, read, week, written

from shiftplan.citizens.visits.history import VisitHistory
from shiftplan.errors import MOST_ALIKE, InputError
from shiftplan.files import read_visits

HEAD = "center_id,date,start,end,services,number\n"
ROW = st.tuples(
    st.sampled_from(["A1", "B2", "Z9"]),
    st.dates(dt.date(2026, 11, 1), dt.date(2026, 12, 8)),
    st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda span: span[0] < span[1]),
    st.sampled_from([*SERVICES, "", "dance"]),
    st.integers(0, 60),
)
ALWAYS = "A1,2026-11-30,08:00,09:00,flow,5\n"
"""A row that always counts."""


def text_of(rows: list[tuple[str, dt.date, tuple[int, int], str, int]]) -> list[str]:
    """Rows of a log of counts; counts are not whole where three divides them not."""
    return [
        f"{center},{day},{start:02d}:00,{end:02d}:00,{service},{number / 3:.4g}\n"
        for center, day, (start, end), service, number in rows
    ]


def in_folder(*files: list[str]) -> VisitHistory:
    """The log that some files are."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [written(folder, HEAD + "".join(f), f"{i}.csv") for i, f in enumerate(files)]
        return read_visits(paths, week())


def same_counts(one: VisitHistory, other: VisitHistory) -> bool:
    """Whether two logs have the same counts."""
    parts = ("requests", "visits", "recorded")
    return one.counts.dates == other.counts.dates and all(
        np.allclose(getattr(one.counts, part), getattr(other.counts, part), equal_nan=True)
        for part in parts
    )


@given(st.lists(ROW, max_size=30), st.randoms(), st.integers(0, 30))
def test_order_and_files_of_counts_make_no_difference(rows, random, cut) -> None:
    """Any permutation of the rows, in one file or two, has the same counts and findings."""
    texts = [*text_of(rows), ALWAYS]
    shuffled = random.sample(texts, len(texts))

    one, other = in_folder(texts), in_folder([*shuffled[:cut], ALWAYS], shuffled[cut:])

    assert same_counts(one, other)
    kinds = [found_kinds(found.report) for found in (one, other)]
    repeated = [found.pop("repeated_rows", 0) for found in kinds]
    assert repeated[1] == repeated[0] + 1
    assert kinds[0] == kinds[1]


@given(st.lists(ROW, max_size=20, unique_by=lambda row: row[:4]))
def test_every_citizen_is_somewhere(rows) -> None:
    """Counts are in the slots, at times without shifts, on missing days or in no such place."""
    known = [row for row in rows if row[0] != "Z9" and row[3] != "dance"]
    rows_known = [row for row in known if row[1] <= dt.date(2026, 12, 13)]
    total = 5 + sum(float(f"{row[4] / 3:.4g}") for row in rows_known)
    history = in_folder([*text_of(rows), ALWAYS.replace("flow", "vneid")])
    counts, kinds = history.counts, found_kinds(history.report)

    counted = float(counts.requests.sum() + np.nansum(counts.visits))
    if {"silent_days", "cut_days"} & kinds.keys():
        assert counted <= total + 1e-6
        return
    outside = kinds.get("outside_hours", 0)
    again = any(row[:4] == ("A1", dt.date(2026, 11, 30), (8, 9), "vneid") for row in rows_known)
    assert again or counted + outside == pytest.approx(total, abs=1.01)


@given(st.binary(max_size=300))
def test_bytes_below_the_header_are_read_or_refused(rest) -> None:
    """Whatever stands there, no other error leaves the reader."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "counts.csv"
        path.write_bytes((HEAD + ALWAYS * 3).encode() + rest)
        try:
            found = read_visits(path, week())
        except InputError:
            return
        assert np.isfinite(found.counts.requests).all()


@pytest.mark.parametrize(
    "row",
    [
        "A1,d{},08:00,09:00,flow,1",
        "A1,2026-11-30,t{},09:00,flow,1",
        "A1,2026-11-30,08:00,09:00,flow,many {}",
        "A1,2026-11-30,08:00,09:00,flow,-{}",
        "A1{}",
    ],
)
def test_many_different_faults_of_counts_are_told_in_a_moment(row: str, tmp_path: Path) -> None:
    """The first thousand are listed, the others counted."""
    number = 30_000

    with limited():
        faults = refused(
            read, tmp_path, HEAD + "".join(f"{row.format(i + 100)}\n" for i in range(number))
        )

    assert len(faults) == MOST_ALIKE
    assert sum(1 + fault.more for fault in faults) == number
