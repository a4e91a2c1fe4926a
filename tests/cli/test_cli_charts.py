"""The command that draws a roster."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run
from files.weeks import TINY, write_texts

RESULT = '{"schema_version": 1, "history": [[1.0, 30, 10], [2.0, 20, null]], "status": "FEASIBLE"}'


@pytest.fixture
def week(tmp_path: Path) -> Path:
    folder = tmp_path / "week"
    folder.mkdir()
    return write_texts(folder, TINY)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "out" / "roster.csv"
    file.parent.mkdir()
    file.write_text("shift_id,volunteer_id\nS1,A1\n", encoding="utf-8")
    return file


def test_charts_draws_what_there_is(week: Path, roster: Path, tmp_path: Path):
    """Without a result there is no picture of costs; that is said, and an earlier one goes."""
    out = tmp_path / "slides"
    out.mkdir()
    (out / "cost.png").write_bytes(b"old")

    done = run("charts", week, roster, "--out", out)

    assert done.exit_code == 0, done.output
    assert {p.name for p in out.iterdir()} == {"coverage.png", "load.png", "map.png"}
    assert "cost: how cost and bound came about is not known" in done.stdout.replace("\n", " ")


def test_charts_finds_the_result_beside_the_roster(week: Path, roster: Path, tmp_path: Path):
    """The history stands in result.json, which plan writes beside the roster."""
    (roster.parent / "result.json").write_text(RESULT, encoding="utf-8")

    done = run("charts", week, roster, "--out", tmp_path / "s", "--format", "svg", "--lang", "vi")

    assert done.exit_code == 0, done.output
    assert {p.stem for p in (tmp_path / "s").iterdir()} == {"coverage", "load", "map", "cost"}
    assert done.stdout.startswith("Đã ghi: ")


def test_the_roster_of_another_week_is_a_fault(week: Path, roster: Path, tmp_path: Path):
    """Pictures of an empty week would be taken for those of the roster."""
    roster.write_text("shift_id,volunteer_id\nlast,A1\n", encoding="utf-8")

    done = run("charts", week, roster, "--out", tmp_path / "s")

    assert done.exit_code == 2
    assert "the week has none of the shifts of this roster" in done.stderr
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        "nonsense",
        '{"schema_version": 1, "history": [[NaN, 1, 1]]}',
        '{"schema_version": 1, "history": [[1, 1e400, 1]]}',
    ],
)
def test_a_broken_result_is_a_fault(week: Path, roster: Path, tmp_path: Path, text: str):
    """Exit code 2, and nothing is written."""
    file = tmp_path / "r.json"
    file.write_text(text, encoding="utf-8")

    done = run("charts", week, roster, "--out", tmp_path / "s", "--result", file)

    assert done.exit_code == 2
    assert "r.json: this is no result of shiftplan" in done.stderr
    assert not (tmp_path / "s").exists()
