"""The logs of the reading benchmark are what they claim to be."""

from __future__ import annotations

from pathlib import Path

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
