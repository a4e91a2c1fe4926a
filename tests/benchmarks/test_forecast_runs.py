"""Each benchmark of forecasts runs from its command to its table, on a tiny week."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from calm_logs import demanded
from visit_logs import MONDAY

from benchmarks import counted, drift, forecasts, served
from benchmarks.log_files import write_log
from benchmarks.made_logs import make_log
from benchmarks.visit_logs import drawn_counts
from shiftplan.files import write_week

pytest.importorskip("holidays")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A week with demand."""
    place = tmp_path_factory.mktemp("weeks") / "week"
    write_week(demanded(), place)
    return place


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few centers where time is measured, two of one size, forecasters without an extra."""
    monkeypatch.setattr(forecasts, "SIZES", ("all",))
    monkeypatch.setattr(forecasts, "names", lambda: forecasts.NAMES)
    monkeypatch.setattr(forecasts, "drawn_counts", lambda *_: drawn_counts(3, 8, 2, 2))


@pytest.mark.usefixtures("small")
def test_forecasts(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a table of Warsaw that one is left out, and it says so."""
    common = ["--week", str(folder), "--weeks", "8", "--seeds", "1", "--out", str(tmp_path)]
    forecasts.main(common)

    assert "Offices of Warsaw are left out" in capsys.readouterr().out
    written = (tmp_path / "forecasts.md").read_text(encoding="utf-8")
    assert "its part of that of the true means, 1 logs" in written
    assert "Warsaw" not in written

    days = [MONDAY + dt.timedelta(n) for n in range(13)]
    rows = [f"{office},{day},{9 + n}" for n, day in enumerate(days) for office in "ab"]
    table = tmp_path / "warsaw.csv"
    table.write_text("\n".join(["office,date,arrivals", *rows]), encoding="utf-8")
    forecasts.main([*common, "--warsaw", str(table)])

    assert "left out: --warsaw" not in capsys.readouterr().out
    assert "Offices of Warsaw" in (tmp_path / "forecasts.md").read_text(encoding="utf-8")


def test_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The log is drawn, written, and read as an office's."""
    counted.main(["--week", str(folder), "--weeks", "6", "--seeds", "1", "--runs", "2"])

    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| 1")]
    assert len(rows) == 2


def test_served(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Teams alone: rosters take a search."""
    common = ["--week", str(folder), "--weeks", "6", "--seeds", "1", "--out", str(tmp_path)]
    names = ["--names", "embedded", "true means"]

    served.main([*common, *names, "--runs", "2", "--work", "0", "--jobs", "1"])

    assert "| true means" in capsys.readouterr().out
    assert "number of logs: 1" in (tmp_path / "served.md").read_text(encoding="utf-8")


def test_drift(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the folder of a log, which may be drawn elsewhere."""
    for name, value in {"FACTORS": (0.3,), "CENTERS": 2, "BEGINS": (2,), "LEARNED": 6}.items():
        monkeypatch.setattr(drift, name, value)
    write_log(make_log(demanded(), 1, 9), tmp_path / "log", 1)

    drift.main(["--week", str(folder), "--logs", str(tmp_path / "log"), "--out", str(tmp_path)])

    text = (tmp_path / "drift.md").read_text(encoding="utf-8")
    assert "Alarms of drift, 1 logs" in text
    assert "| -70% " in text
    assert "| 3 weeks" in text
