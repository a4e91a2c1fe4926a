"""What tells of a batch is written by `plan_batch` itself, also for who calls it from Python."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from batches import here
from nation import FIRST, write_province_week, write_root

from shiftplan import MissingExtraError
from shiftplan.batch import asked, plan_batch, records
from shiftplan.batch.manifest import BatchEvent
from shiftplan.batch.run_folder import RunFolder

FILES = ("index.html", "log.jsonl", "metrics.txt", "summary.csv")


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    here(monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_root(tmp_path / "root", ["An Giang"])


def told(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "log.jsonl").read_text("utf-8").splitlines()]


def test_a_batch_writes_all_that_tells_of_it(root: Path, tmp_path: Path) -> None:
    """Log, metrics, table and page; a second start adds to the log, under an id of its own."""
    out = tmp_path / "run"
    (root / "An Giang" / "2026-12-14" / "rules.csv").unlink()

    assert not plan_batch(root, out, time_limit=120).is_complete
    plan_batch(root, out, time_limit=120)

    assert [file for file in FILES if not (out / file).exists()] == []
    assert not list(out.glob(".*.part"))
    assert 'state="done"} 1.0' in (out / "metrics.txt").read_text("utf-8")
    assert "An Giang,2026-12-07,done," in (out / "summary.csv").read_text("utf-8")
    assert 'href="./An%20Giang/2026-12-14.failed/faults.txt"' in (out / "index.html").read_text(
        "utf-8"
    )
    events = [entry["event"] for entry in told(out)]
    assert events == [
        *("batch_started", "started", "done", "started", "failed", "batch_ended"),
        *("batch_started", "kept", "started", "failed", "batch_ended"),
    ]
    first, second = ({entry["run"] for entry in part} for part in (told(out)[:6], told(out)[6:]))
    assert (len(first), len(second), len(first | second)) == (1, 1, 2)


def test_listeners_hear_what_the_log_has(root: Path, tmp_path: Path) -> None:
    """`on_event` is called beside the files, in the same order."""
    heard: list[BatchEvent] = []

    plan_batch(root, tmp_path / "run", time_limit=120, on_event=heard.append)

    assert [e.kind for e in heard] == [entry["event"] for entry in told(tmp_path / "run")[1:-1]]
    assert [e.kind for e in heard] == ["started", "done", "started", "done"]


def test_weeks_that_were_not_asked_for_stay_in_the_table(root: Path, tmp_path: Path) -> None:
    """A batch of one week tells of all that ROOT holds, but returns the one."""
    found = plan_batch(root, tmp_path / "run", time_limit=120, weeks=[FIRST])

    assert [row.place.week for row in found.rows] == [FIRST]
    states = [
        line.split(",")[:3]
        for line in (tmp_path / "run/summary.csv").read_text("utf-8").split("\n")
    ]
    assert states[1:3] == [
        ["An Giang", "2026-12-07", "done"],
        ["An Giang", "2026-12-14", "waiting"],
    ]


def test_without_jinja2_there_is_no_page(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest is written all the same."""
    monkeypatch.setattr(records, "can_write", lambda: False)

    plan_batch(root, tmp_path / "run", time_limit=120, weeks=[FIRST])

    assert {file for file in FILES if (tmp_path / "run" / file).exists()} == {*FILES[1:]}


@pytest.mark.parametrize(("every", "is_there"), [(0.0, True), (3600.0, False)])
def test_the_page_can_be_watched(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, every: float, is_there: bool
) -> None:
    """It is written now and then while the batch goes on, and renews itself until the end."""
    monkeypatch.setattr(records, "_EVERY_SECONDS", every)
    page, seen = tmp_path / "run" / "index.html", []

    def look(event: BatchEvent) -> None:
        seen.append(page.exists() and 'http-equiv="refresh"' in page.read_text("utf-8"))

    plan_batch(root, tmp_path / "run", time_limit=120, on_event=look)

    assert seen == [is_there] * 4
    assert 'http-equiv="refresh"' not in page.read_text("utf-8")


def test_what_cannot_be_written_ends_no_batch(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """All weeks are planned first; that the table has no place is an error at the end."""
    monkeypatch.setattr(records, "_EVERY_SECONDS", 0.0)
    out = tmp_path / "run"
    (out / "summary.csv").mkdir(parents=True)

    with caplog.at_level(logging.WARNING, "shiftplan"), pytest.raises(OSError, match="directory"):
        plan_batch(root, out, time_limit=120)

    assert "cannot be written" in caplog.text
    run = RunFolder(out)
    assert {entry.state for entry in run.read().entries.values()} == {"done"}


def test_an_error_of_a_batch_is_not_hidden(root: Path, tmp_path: Path) -> None:
    """A listener that fails ends the batch with its own error, and the log says which kind."""

    def fail(event: BatchEvent) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        plan_batch(root, tmp_path / "run", time_limit=120, on_event=fail)

    assert told(tmp_path / "run")[-1]["error"] == "ZeroDivisionError"


@pytest.mark.parametrize(
    ("module", "package"),
    [
        ("filelock", "filelock"),
        ("psutil", "psutil"),
        ("prometheus_client", "prometheus-client"),
    ],
)
def test_a_missing_package_is_told_before_anything_begins(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, package: str
) -> None:
    """The package and the extra are named; no folder is made."""
    find = asked.find_spec
    monkeypatch.setattr(
        "shiftplan.batch.asked.find_spec", lambda name: None if name == module else find(name)
    )

    with pytest.raises(MissingExtraError) as error:
        plan_batch(root, tmp_path / "run")

    assert (error.value.package, error.value.extra) == (package, "server")
    assert not (tmp_path / "run").exists()


def test_skilled_seats_of_minority_areas_are_counted(tmp_path: Path) -> None:
    """Only those at centers that are marked so."""
    centers = (
        "center_id,name,lat,lon,priority,capacity,minority_area\n"
        "00430,Rạch Giá,10.01,105.08,1.125,2,0\n"
        "00431,Hòn Đất,10.2,104.9,1,3,1\n"
    )
    needs = "shift_id,skill_id,min_level,minimum,target\nS1,portal,2,0,1\nS2,portal,2,0,1\n"
    write_province_week(tmp_path / "root", "A", centers=centers, requirements=needs)

    (row,) = plan_batch(tmp_path / "root", tmp_path / "run", time_limit=120).rows

    # S1 at 00430 has A1; S2 at 00431 asks for a person of level 2, whom nobody is free to be
    assert row.figures is not None
    assert (row.figures.seats, row.figures.empty_seats) == (2, 1)
    assert (row.figures.skilled_seats, row.figures.empty_skilled_seats) == (2, 1)
    assert row.figures.minority_filled == 0
    assert row.figures.minority_skilled_seats == 1
    assert row.figures.minority_empty_skilled_seats == 1
