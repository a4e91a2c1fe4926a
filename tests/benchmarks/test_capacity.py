"""A cost model is what its runs say, and no more."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import capacity
from benchmarks.cost_model import Planned, Power, fitted, model_of, planned
from shiftplan.batch.manifest import Figures, JobOutcome, Manifest, WeekEntry


def week(name: str, decisions: int, to_gap: float | None = 1.0) -> Planned:
    return Planned(name, 10, 100, decisions, to_gap, 60.0, 0.001 * decisions, 0.001, 50.0)


def test_an_exact_power_is_found() -> None:
    """Seconds of 3 x decisions ^ 1.5 give that factor and that exponent."""
    rows = [week(f"p{n}", n, 3 * n**1.5) for n in (10, 40, 90)]

    power = fitted(rows, lambda row: row.to_gap)

    assert power.factor == pytest.approx(3)
    assert power.exponent == pytest.approx(1.5)
    assert power.explained == pytest.approx(1)


def test_a_week_that_would_have_taken_longer_raises_the_law() -> None:
    """A large week that missed its gap lifts the expected time; far below the law it does not."""
    rows = [week(f"p{n}", n, 2.0 * n * (1.1 if n % 20 else 0.9)) for n in (10, 20, 30, 40, 50, 60)]
    usual = fitted(rows, lambda row: row.to_gap)

    def law(missed: float) -> Power:
        slow = replace(week("slow", 500, None), planning=missed)
        return fitted([*rows, slow], lambda row: row.to_gap, least=lambda row: row.planning)

    assert law(5000).at(500) > 1.5 * usual.at(500)
    assert law(10).at(500) == pytest.approx(usual.at(500), rel=0.01)


def test_two_weeks_are_too_few() -> None:
    """A line through two points would explain everything."""
    with pytest.raises(SystemExit, match="three planned weeks"):
        fitted([week("a", 10), week("b", 20)], lambda row: row.to_gap)


def test_processors_follow_from_the_work() -> None:
    """Six provinces of 1 s a decision each, on 2 processors: 6 x 7,201 s of one in an hour."""
    rows = [week(f"p{n}", 3600 + n, 3600.0 + n) for n in range(6)]
    model = model_of(rows, 2)

    table = capacity.demands(rows, model, 600)

    # A week takes 3,602.5 s on 2 processors and 3.6 s of files on average: 7,208.6 s of one;
    # six of them are 43,252 s. Done in 8 h = 28,800 s that is 1.5, so 2. The longest takes 3,608.6
    # s with its files, which is more than an hour: no number of processors is enough.
    assert table.rows[0][2] == "12.0"
    assert [row[4] for row in table.rows[:2]] == ["2", "2"]
    assert table.rows[0][3] == "none"


def test_a_run_is_read_from_its_files(tmp_path: Path) -> None:
    """Only what is done counts; the time to the gap comes from the history of the result."""
    figures = Figures(
        status="FEASIBLE",
        volunteers=30,
        centers=4,
        shifts=44,
        assignments=100,
        seats=120,
        empty_seats=20,
        skilled_seats=10,
        empty_skilled_seats=1,
        cost=1000,
        bound=999,
        levels={},
        gini=None,
        minority_filled=None,
        decisions=700,
    )
    outcome = JobOutcome(figures=figures, seconds=9.0, phases={"plan": 5.0}, memory_mb=120.0)
    entries = {
        "a/2026-12-07": WeekEntry(state="done", outcome=outcome),
        "b/2026-12-07": WeekEntry(state="failed", outcome=JobOutcome(failure="input")),
    }
    (tmp_path / "manifest.json").write_text(Manifest(entries=entries).model_dump_json())
    (tmp_path / "a" / "2026-12-07").mkdir(parents=True)
    history = [[0.5, 1200, None], [1.5, 1100, 900], [2.5, 1000, 996], [5.0, 1000, 999]]
    result = tmp_path / "a" / "2026-12-07" / "result.json"
    result.write_text(json.dumps({"history": history}))

    [row] = planned(tmp_path, 0.005)

    # (1000 - 996) / 1000 = 0.4% is the first gap of 0.5% or less, at 2.5 s.
    assert (row.name, row.to_gap, row.planning, row.files) == ("a/2026-12-07", 2.5, 5.0, 4.0)
