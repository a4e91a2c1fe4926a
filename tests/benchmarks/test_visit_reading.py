"""The logs of the reading benchmark are what they claim to be."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from benchmarks.visits import FORMS, main, write_log
from shiftplan.files import read_problem, read_visits

WEEK = Path(__file__).parents[2] / "examples" / "data" / "an_giang"
ROWS = 500


@pytest.mark.parametrize("form", FORMS)
def test_every_visit_of_a_made_log_is_read(form: str, tmp_path: Path) -> None:
    """All rows are visits at known centers for known services, over a year."""
    problem = read_problem(WEEK)
    log = tmp_path / "visits.csv"
    write_log(log, FORMS[form](problem, ROWS))

    history = read_visits(log, problem)

    assert history.log is not None
    assert len(history.log) == history.report.rows == ROWS
    assert history.log.days > 350
    assert history.report["unknown_services"].count == 0


def test_the_figures_of_a_small_log(capsys: pytest.CaptureFixture[str]) -> None:
    """A row for each spelling."""
    main([str(WEEK), "--rows", str(ROWS)])

    rows = [line.split("|")[1:3] for line in capsys.readouterr().out.splitlines()]
    assert [[cell.strip() for cell in row] for row in rows if row][2:] == [
        ["500", "plain"],
        ["500", "kiosk"],
    ]


def test_counts_are_those_of_a_plain_loop(tmp_path: Path) -> None:
    """On recorded days from Monday to Friday each request is counted in its hour, row by row."""
    problem = read_problem(WEEK)
    log = tmp_path / "visits.csv"
    write_log(log, FORMS["plain"](problem, 20 * ROWS))
    counts = read_visits(log, problem).counts
    place = {key: i for i, key in enumerate(counts.centers)}
    number = {key: i for i, key in enumerate(counts.services)}
    hour = {start // 60: i for i, (start, _) in enumerate(counts.slots)}

    expected = np.zeros_like(counts.requests)
    with log.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            at = dt.datetime.fromisoformat(row["arrived"])
            center, day = place[row["center_id"]], (at.date() - counts.dates[0]).days
            if at.weekday() < 5 and counts.recorded[center, day]:
                for service in row["services"].split():
                    expected[center, day, hour[at.hour], number[service]] += 1

    working = [d for d, date in enumerate(counts.dates) if date.weekday() < 5]
    assert np.array_equal(counts.requests[:, working], expected[:, working])
    assert expected.sum() > 10 * ROWS
