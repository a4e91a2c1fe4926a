"""Files of one log that overlap: what two of them have counts once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from visit_logs import days_before, found_kinds, lines, week, written

from shiftplan.citizens.visits.history import VisitHistory
from shiftplan.files import read_visits

FIRST = days_before(4)


def drawn(seed: int, days: Sequence[int], center: str = "A1", step: int = 1) -> list[str]:
    """About 30 visits a day for two services, at minutes that are multiples of a step."""
    chance = np.random.default_rng(seed)
    found = []
    for day in days:
        for minute in sorted(chance.integers(7 * 60, 11 * 60, chance.poisson(30)) // step * step):
            at = dt.datetime.combine(FIRST, dt.time()) + dt.timedelta(int(day), 60 * int(minute))
            service = ("flow", "file")[int(chance.integers(2))]
            found.append(f"{center},{at:%Y-%m-%d %H:%M},{service}")
    return found


def together(folder: Path, *files: Sequence[str]) -> VisitHistory:
    """A log of several files."""
    paths = [written(folder, lines(rows), f"{i}.csv") for i, rows in enumerate(files)]
    return read_visits(paths, week())


def visits(history: VisitHistory) -> int:
    """Visits in the log."""
    assert history.log is not None
    return len(history.log)


def test_what_two_exports_have_counts_once(tmp_path: Path) -> None:
    """Weeks 1 and 2 in one file, weeks 2 and 3 in the other; other centers keep all."""
    parts = [drawn(seed, range(7 * seed, 7 * seed + 5)) for seed in range(3)]
    other = drawn(9, range(7, 12), "B2")

    found = together(tmp_path, parts[0] + parts[1], parts[1] + parts[2] + other)

    assert visits(found) == sum(map(len, parts)) + len(other)
    note = found.report["overlapping_rows"]
    assert note.count == len(parts[1])
    assert note.centers == ("A1",)
    assert note.dates == tuple(FIRST + dt.timedelta(day) for day in range(7, 12))


@pytest.mark.parametrize("first", ["short", "whole"])
def test_an_export_that_ends_at_noon(first: str, tmp_path: Path) -> None:
    """The rest of the day is only in the other file, whichever is read first."""
    whole = drawn(1, range(2))
    files = [whole[:-10], whole]

    found = together(tmp_path, *(files if first == "short" else reversed(files)))

    assert visits(found) == len(whole)


def test_twins_stay_two(tmp_path: Path) -> None:
    """Two visits for one service in the same minute are two, in both files."""
    rows = [*drawn(1, [0]), *["A1,2026-11-09 08:00,flow"] * 2]

    assert visits(together(tmp_path, rows, rows)) == len(rows)


def test_one_of_three_files_is_another_kiosk(tmp_path: Path) -> None:
    """Two of the files are the same; the third, of the same center and days, counts too."""
    one, other = drawn(1, range(5)), drawn(2, range(5))

    assert visits(together(tmp_path, one, other, one)) == len(one) + len(other)


@pytest.mark.parametrize("step", [1, 30])
def test_two_kiosks_of_one_center_both_count(step: int, tmp_path: Path) -> None:
    """Rows that agree by chance stay, also where times are rounded to half hours."""
    one, other = drawn(1, range(5), step=step), drawn(2, range(5), step=step)
    assert set(one) & set(other)

    found = together(tmp_path, one, other)

    assert visits(found) == len(one) + len(other)
    assert "overlapping_rows" not in found_kinds(found.report)


def test_the_same_file_with_rounded_times(tmp_path: Path) -> None:
    """It counts once: all its rows are in the other one."""
    rows = drawn(1, range(5), step=30)

    assert visits(together(tmp_path, rows, rows)) == len(rows)


def test_rows_with_tickets_repeat_by_ticket(tmp_path: Path) -> None:
    """They are repeated rows, as within one file."""
    text = "center_id,arrived,services,ticket\nA1,2026-11-09 08:00,flow,A001\n"
    paths = [written(tmp_path, text, name) for name in ("1.csv", "2.csv")]

    found = read_visits(paths, week())

    kinds = found_kinds(found.report)
    assert (kinds["repeated_rows"], "overlapping_rows" in kinds) == (1, False)
