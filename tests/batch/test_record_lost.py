"""Weeks keep their state when the record is unusable or lacks what was published.

What is done must not be planned anew because a server did not answer or a file was damaged.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from batches import FIRST, SECOND, here, noted, plan, write_province
from commands import run
from recorded import AFTER, WEEK, Place

from shiftplan.batch import preview_batch, run_record, work
from shiftplan.batch.manifest import JobOutcome, WeekJob
from shiftplan.errors import InputError
from shiftplan.problem import Absence

NO_SERVER = "postgresql://lan@127.0.0.1:1/records"


@pytest.fixture
def two(planned: tuple[Path, Path]) -> Place:
    """A province of two weeks, planned."""
    return Place(*planned)


def unreachable(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setenv("SHIFTPLAN_RECORD", NO_SERVER)


def damage(run: Path, _: pytest.MonkeyPatch) -> None:
    with (run / "record.db").open("r+b") as file:
        file.write(b"garbage garbage garbage garbage")


def remove(run: Path, _: pytest.MonkeyPatch) -> None:
    for path in run.glob("record.db*"):
        path.unlink()


def empty(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remove(run, monkeypatch)
    (run / "record.db").touch()


@pytest.mark.parametrize("harm", [unreachable, damage, remove, empty])
def test_a_batch_without_its_record_does_not_start(
    two: Place,
    begun: list[str],
    monkeypatch: pytest.MonkeyPatch,
    harm: Callable[[Path, pytest.MonkeyPatch], None],
) -> None:
    """Neither does a dry run; the manifest and all other files of the run stay as they are."""
    harm(two.run, monkeypatch)
    before = {path: path.stat().st_mtime_ns for path in two.run.rglob("*") if path.is_file()}

    for start in (plan, preview_batch):
        with pytest.raises(InputError) as caught:
            start(two.root, two.run)

    assert len(caught.value.faults) == 1
    assert begun == []
    after = {path: path.stat().st_mtime_ns for path in two.run.rglob("*") if path.is_file()}
    assert {p: t for p, t in after.items() if p.name not in (".lock", "record.db-shm")} == {
        p: t for p, t in before.items() if p.name not in (".lock", "record.db-shm")
    }


def test_what_a_record_lacks_is_named_with_what_helps(
    two: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The weeks stand there, the record by its path, and what to do without a backup."""
    remove(two.run, monkeypatch)

    with pytest.raises(InputError) as caught:
        plan(two.root, two.run)

    said = str(caught.value)
    assert f"{two.run / 'record.db'}: the record lacks what was published" in said
    assert f"{WEEK}, {AFTER} (weeks in all: 2)" in said
    assert f'SHIFTPLAN_RECORD="{two.run / "record.db"}#{WEEK}" shiftplan publish' in said


def test_a_roster_published_in_a_new_record_is_enough_to_go_on(
    place: Place, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no backup, people's roster is put into the new record by hand, and is kept."""
    before = place.roster()
    remove(place.run, monkeypatch)
    live = place.live()
    live.draft(before)
    live.publish()

    assert place.plan()

    assert place.roster() == before
    assert place.live().now.told == before


def test_a_record_that_is_lost_during_a_batch_ends_it(
    two: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is done stays done, what runs waits, and a later start plans only that."""
    write_province(two.root, "bo", FIRST)
    is_lost: list[str] = []

    def do(job: WeekJob, folder: Path) -> JobOutcome:
        is_lost.append(job.name)
        return work.work(job, folder)

    real = run_record.RunRecord._store

    def lost(record: run_record.RunRecord, name: str) -> object:
        if is_lost:
            raise InputError([])
        return real(record, name)

    here(monkeypatch, do)
    monkeypatch.setattr(run_record.RunRecord, "_store", lost)
    with pytest.raises(run_record.RunRecordError):
        plan(two.root, two.run)
    states = {name: entry["state"] for name, entry in noted(two.run).items()}
    is_lost.clear()
    jobs = here(monkeypatch)

    assert plan(two.root, two.run).is_complete

    assert states == {WEEK: "done", AFTER: "done", f"bo/{FIRST}": "waiting"}
    assert jobs == [f"bo/{FIRST}"]


def test_the_command_tells_a_batch_that_did_not_start_from_one_that_ended(
    two: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2 where nothing was started, and 1 once a week was looked at."""
    command = ("batch", str(two.root), "--out", str(two.run), "--quiet")
    real, calls = run_record.RunRecord.known, []

    def lost_later(record: run_record.RunRecord, place: object) -> object:
        calls.append(place)
        if len(calls) > 2:
            raise run_record.RunRecordError([])
        return real(record, place)  # type: ignore[arg-type]

    monkeypatch.setattr(run_record.RunRecord, "known", lost_later)
    ended = run(*command)
    monkeypatch.setattr(run_record.RunRecord, "known", real)
    damage(two.run, monkeypatch)
    unstarted = run(*command)

    assert (ended.exit_code, unstarted.exit_code) == (1, 2)
    assert "run the same command again" in ended.stderr
    assert {entry["state"] for entry in noted(two.run).values()} == {"done"}


@pytest.mark.parametrize("is_worked", [True, False])
def test_a_failure_does_not_outrank_a_result_that_is_as_good_as_it_was(
    two: Place, begun: list[str], is_worked: bool
) -> None:
    """Once the record beside a week can be read again, its result counts as done again."""
    beside = two.root / WEEK / "record.db"
    beside.write_text("nonsense")
    failed = [row.state for row in plan(two.root, two.run).rows]
    beside.unlink()
    if is_worked:
        (two.root / WEEK / "attendance.csv").write_text("shift_id,volunteer_id,state\n")
        shifts = two.root / WEEK / "shifts.csv"
        shifts.write_text(shifts.read_text().replace("11:00", "10:00"))
    fates = [prospect.fate for prospect in preview_batch(two.root, two.run).prospects]

    batch = plan(two.root, two.run)

    assert failed == ["failed", "failed"]
    assert fates == ["kept", "kept"]
    assert begun == []
    assert batch.is_complete
    assert {entry["state"] for entry in noted(two.run).values()} == {"done"}
    assert not list(two.run.rglob("*.failed"))


def test_why_a_week_is_planned_again_is_named(place: Place) -> None:
    """An option by its name, and what was recorded apart from what the tables say."""

    def why(**options: Any) -> str:
        (prospect,) = preview_batch(place.root, place.run, **options).prospects
        assert prospect.reason is not None
        return str(prospect.reason)

    assert why(lang="vi", seed=3) == "other values of --seed and --lang"
    place.live().record(Absence(volunteer_id=place.roster().assignments[0].volunteer_id))
    assert why() == "something was recorded since"
    write_province(place.root, "an", FIRST, people=5)
    assert why() == "its data changed and something was recorded since"


def test_a_worked_week_needs_no_record_beside_it(two: Place, begun: list[str]) -> None:
    """Its result stays, whatever became of a record that nobody needs any more."""
    (two.root / WEEK / "attendance.csv").write_text("shift_id,volunteer_id,state\n")
    (two.root / WEEK / "record.db").write_text("nonsense")

    states = [row.state for row in plan(two.root, two.run, weeks=[FIRST]).rows]

    assert states == ["done"]
    assert SECOND > FIRST
    assert begun == []
