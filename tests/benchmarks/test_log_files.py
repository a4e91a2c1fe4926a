"""Drawn logs as files hold what was drawn, for shiftplan and for the benchmarks."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest
from calm_logs import FEAST, demanded

from benchmarks.log_files import main, write_log
from benchmarks.log_options import add_logs, known_log, origins
from benchmarks.made_logs import KnownLog, make_log
from benchmarks.visit_logs import read_log
from shiftplan.files import read_visits, write_week


@pytest.fixture(scope="module")
def made() -> KnownLog:
    """Twelve weeks with all effects; a day is closed."""
    return make_log(demanded(), 1, 12, events=())


@pytest.fixture(scope="module")
def folder(made: KnownLog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its files."""
    return write_log(made, tmp_path_factory.mktemp("log") / "1", 1)


def test_files_hold_the_arrays(made: KnownLog, folder: Path) -> None:
    """Counts of requests and visits, days without a record, true means and outcome."""
    found = read_log(folder)

    for key in ("centers", "dates", "slots"):
        assert getattr(found.counts, key) == getattr(made.counts, key)
    assert found.ahead == made.ahead
    assert (found.counts.requests == made.counts.requests).all()
    assert (found.counts.visits == made.counts.visits).all()
    assert (found.counts.recorded == made.counts.recorded).all()
    assert (found.mean == made.mean).all()
    assert (found.came == made.came).all()


def test_shiftplan_reads_the_log(made: KnownLog, folder: Path) -> None:
    """Each visit is one, with its services; no row is in doubt."""
    history = read_visits(folder / "visits.csv", demanded(), closed=folder / "closed.csv")

    counts = history.counts.on(made.counts.dates)
    assert history.report.visits == history.report.rows == made.counts.visits.sum()
    assert (counts.recorded == made.counts.recorded).all()
    at = [counts.services.index(service) for service in made.counts.services]
    assert (counts.requests.sum(axis=2)[..., at] == made.counts.requests.sum(axis=2)).all()
    assert (counts.visits.sum(axis=2) == made.counts.visits.sum(axis=2)).all()


def test_a_day_closed_everywhere_is_a_star(tmp_path: Path) -> None:
    """A holiday is one row; so is the closed day of one center."""
    made = make_log(demanded(), 1, 45, events=[FEAST])

    write_log(made, tmp_path, 1)

    rows = (tmp_path / "closed.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "center_id,date"
    assert f"*,{FEAST.first}" in rows
    everywhere = (~made.counts.recorded).all(axis=0).sum()
    assert sum(row.startswith("*") for row in rows) == everywhere


def test_the_command_writes_a_folder_a_seed(tmp_path: Path) -> None:
    """The same seed gives the same bytes."""
    pytest.importorskip("holidays")
    write_week(demanded(), tmp_path / "week")
    for out in ("one", "two"):
        where = ["--week", str(tmp_path / "week"), "--out", str(tmp_path / out)]
        main([*where, "--weeks", "2", "--seeds", "3", "4"])

    files = ["actual.csv", "closed.csv", "truth.csv", "visits.csv"]
    for seed in ("3", "4"):
        one, two = (tmp_path / out / seed for out in ("one", "two"))
        assert sorted(path.name for path in one.iterdir()) == files
        assert all((one / name).read_bytes() == (two / name).read_bytes() for name in files)


def test_folders_replace_seeds(made: KnownLog, folder: Path) -> None:
    """Logs drawn elsewhere are numbered from 1 on, and read."""
    parser = argparse.ArgumentParser()
    add_logs(parser, [5, 6])

    assert origins(parser.parse_args([])) == {5: 5, 6: 6}
    found = origins(parser.parse_args(["--logs", str(folder)]))
    assert found == {1: folder}
    assert np.array_equal(known_log(found[1], demanded(), 0).came, made.came)
