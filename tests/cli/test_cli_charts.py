"""The command that draws a roster."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run
from files.weeks import TINY, write_texts

from shiftplan import check, read_roster, read_week


def result_of(week: Path, roster: Path, cost: int | None = None) -> str:
    """A result.json of a roster with an invented history, or of one with another cost."""
    problem = read_week(week)
    told = check(problem, read_roster(roster)).total if cost is None else cost
    return json.dumps(
        {
            "schema_version": 1,
            "problem_digest": problem.digest,
            "status": "FEASIBLE",
            "stopped_by": None,
            "seconds": 2.0,
            "total": {"cost": told, "bound": None},
            "levels": {},
            "history": [[1.0, told + 10, 10], [2.0, told, None]],
        }
    )


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
    for name in ("coverage.png", "cost.png"):
        (out / name).write_bytes(b"old")

    done = run("charts", week, roster, "--out", out)

    assert done.exit_code == 0, done.output
    assert {p.name for p in out.iterdir()} == {"coverage.png", "load.png", "map.png"}
    assert "cost: not drawn" in done.stdout.replace("\n", " ")


def test_charts_finds_the_result_beside_the_roster(week: Path, roster: Path, tmp_path: Path):
    """The history stands in result.json, which plan writes beside the roster."""
    (roster.parent / "result.json").write_text(result_of(week, roster), encoding="utf-8")

    done = run("charts", week, roster, "--out", tmp_path / "s", "--format", "svg", "--lang", "vi")

    assert done.exit_code == 0, done.output
    assert {p.stem for p in (tmp_path / "s").iterdir()} == {"coverage", "load", "map", "cost"}
    assert done.stdout.startswith("Đã ghi: ")


def test_a_result_of_another_roster_is_left_aside_beside_and_refused_where_given(
    week: Path, roster: Path, tmp_path: Path
):
    """A roster edited by hand has no cost proven; its picture would show that of the old one."""
    beside = roster.parent / "result.json"
    beside.write_text(result_of(week, roster, 123_456), encoding="utf-8")

    done = run("charts", week, roster, "--out", tmp_path / "s")
    refused = run("charts", week, roster, "--out", tmp_path / "t", "--result", beside)

    assert done.exit_code == 0, done.output
    assert {p.name for p in (tmp_path / "s").iterdir()} == {"coverage.png", "load.png", "map.png"}
    assert "result.json: it is about a roster that costs 123456" in done.stderr
    assert refused.exit_code == 2
    assert "it is about a roster that costs 123456" in refused.stderr
    assert not (tmp_path / "t").exists()


def test_a_result_of_another_week_is_told_in_vietnamese(week: Path, roster: Path, tmp_path: Path):
    """What is left aside, and why."""
    text = result_of(week, roster)
    changed = json.dumps(json.loads(text) | {"problem_digest": "other"})
    (roster.parent / "result.json").write_text(changed, encoding="utf-8")

    done = run("charts", week, roster, "--out", tmp_path / "s", "--lang", "vi")

    assert done.exit_code == 0, done.output
    assert "tệp này là của một tuần khác" in done.stderr
    assert "it is about" not in done.stderr


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
    assert "r.json: this is not a result of shiftplan" in done.stderr
    assert not (tmp_path / "s").exists()
