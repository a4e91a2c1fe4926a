"""Death and a full disk at every single step of a batch, and what the next start makes of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from batches import FIRST, SECOND, finals, flaws, here, noted, plan, pretend, recorded, states
from dying import Death, steps

from shiftplan import InputError
from shiftplan.batch.manifest import JobOutcome, WeekJob
from shiftplan.batch.run_folder import RunFolder
from shiftplan.record import sqlite

EACH = pytest.mark.parametrize(
    "stride", [3, pytest.param(1, marks=pytest.mark.slow)], ids=["some steps", "each step"]
)
"""Each third step, or each one where minutes do not count."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two provinces of two weeks, of which one cannot be planned; nothing waits for the disk."""
    monkeypatch.setattr(os, "fsync", lambda number: None)
    monkeypatch.setattr(sqlite, "_SETTINGS", ("PRAGMA synchronous = OFF",))
    for name, texts in {"an": ["one", "two"], "binh": ["three", "bad"]}.items():
        for week, text in zip((FIRST, SECOND), texts, strict=True):
            folder = tmp_path / "root" / name / str(week)
            folder.mkdir(parents=True)
            (folder / "week.csv").write_text(text)
    return tmp_path / "root"


EXPECTED = {
    f"an/{FIRST}": "done",
    f"an/{SECOND}": "done",
    f"binh/{FIRST}": "done",
    f"binh/{SECOND}": "input",
}


def whole(run: Path) -> None:
    """Every result under a final name is as it was written, and the manifest can be read."""
    for folder in finals(run):
        assert flaws(folder) == []
    for name, entry in noted(run).items():
        if entry["state"] == "done":
            assert (run / name / "contents.json").exists()


def told(run: Path, name: str) -> list[str]:
    """Texts of the weeks that were recorded as told, in order."""
    found = recorded(run, name)
    assert all(is_told for _, is_told in found)
    return [roster.assignments[0].shift_id for roster, _ in found if roster is not None]


def number_of_steps(root: Path, run: Path, *, full: bool = False) -> int:
    with steps(run, full=full) as counted:
        plan(root, run)
    return counted.count


class Disk:
    """Which files were written through to the disk, and as what."""

    def __init__(self) -> None:
        self.synced: dict[int, tuple[int, int]] = {}

    def sync(self, number: int) -> None:
        found = os.fstat(number)
        self.synced[found.st_ino] = (found.st_size, found.st_mtime_ns)

    def cut_power(self, run: Path) -> None:
        """Of files that were not written through, only a half is left; SQLite sees to its own."""
        for path in run.rglob("*"):
            found = path.stat()
            known = self.synced.get(found.st_ino) == (found.st_size, found.st_mtime_ns)
            if path.is_file() and not known and not path.name.startswith("record.db"):
                os.truncate(path, found.st_size // 2)


@EACH
@pytest.mark.parametrize("power", [False, True], ids=["killed", "power cut"])
def test_death_at_any_step_leaves_whole_results_and_repeats_none(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, power: bool, stride: int
) -> None:
    """Wherever a batch dies, what has a final name is whole, and a later start does the rest."""
    begun = here(monkeypatch, pretend)
    number = number_of_steps(root, tmp_path / "counted")
    assert number > 50

    for last in range(1, number + 1, stride):
        run, disk = tmp_path / f"run{last}", Disk()
        monkeypatch.setattr(os, "fsync", disk.sync)
        with pytest.raises(Death), steps(run, last):
            plan(root, run)
        if power:
            disk.cut_power(run)
        whole(run)
        known = noted(run)
        done = {name for name in known if known[name]["state"] in ("placing", "done")}
        done |= {f"{folder.parent.name}/{folder.name}" for folder in finals(run)}
        begun.clear()
        rest = RunFolder(run)
        with rest.held():
            found = {entry.state for entry in rest.manifest.entries.values()}
        assert found <= {"waiting", "done", "failed"}, last
        batch = plan(root, run)

        assert states(batch) == EXPECTED, last
        assert not done & set(begun), last
        assert len(begun) == len(set(begun)), last
        whole(run)
        said = {p.name: p.read_text() for p in (run / "binh" / f"{SECOND}.failed").iterdir()}
        assert said == {"faults.txt": "bad\n"}, last
        assert [told(run, name) for name in EXPECTED] == [["one"], ["two"], ["three"], []], last
        assert not list((run / ".staging").iterdir()), last
        assert not [p for p in run.rglob("*") if ".changed-" in p.name or ".part" in p.name], last


@EACH
def test_death_at_any_step_of_a_replacement_loses_neither_old_nor_new(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stride: int
) -> None:
    """While a result replaces an older one, one of the two is always kept, and the new one wins."""
    here(monkeypatch, pretend)
    run = tmp_path / "counted"
    plan(root, run)
    week = root / "an" / str(FIRST) / "week.csv"
    week.write_text("new")
    number = number_of_steps(root, run)

    for last in range(1, number + 1, stride):
        week.write_text("one")
        run = tmp_path / f"run{last}"
        plan(root, run)
        week.write_text("new")
        with pytest.raises(Death), steps(run, last):
            plan(root, run)
        whole(run)
        texts = [p.read_text() for p in run.rglob("roster.csv")]
        assert "one" in texts or "new" in texts, last
        batch = plan(root, run)

        assert states(batch) == EXPECTED, last
        assert (run / "an" / str(FIRST) / "roster.csv").read_text() == "new"
        assert '"new"' in (run / "an" / str(SECOND) / "ledger.json").read_text()
        assert told(run, f"an/{FIRST}") == ["one", "new"], last
        whole(run)
        assert not [p for p in run.rglob("*") if ".changed-" in p.name], last


@EACH
@pytest.mark.parametrize("once", [False, True], ids=["from then on", "once"])
def test_a_disk_that_is_full_at_any_step_ends_the_batch_with_a_message(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, once: bool, stride: int
) -> None:
    """Wherever the disk becomes full, it is told, nothing is half-written, and it goes on later."""

    def do(job: WeekJob, folder: Path) -> JobOutcome:
        try:
            return pretend(job, folder)
        except OSError as error:
            return JobOutcome(failure="disk", facts=(str(error),))

    begun = here(monkeypatch, do)
    number = number_of_steps(root, tmp_path / "counted", full=True)

    for last in range(1, number + 1, stride):
        run = tmp_path / f"run{last}"
        told = ""
        with steps(run, last, full=True, once=once):
            try:
                plan(root, run)
            except (OSError, InputError) as error:
                told = str(error)
        assert "No space left" in told or not told, last
        whole(run)
        known = noted(run)
        assert told or {e["state"] for e in known.values()} == {"done", "failed"}, last
        outcomes = [entry["outcome"] for entry in known.values() if entry["outcome"]]
        assert "disk" not in {outcome["failure"] for outcome in outcomes}, last
        staged = run / ".staging"
        placing = {e["staging"] for e in known.values() if e["state"] == "placing"}
        left = {p.name for p in staged.iterdir()} if staged.exists() else set()
        assert left <= {f"{token}{end}" for token in placing for end in ("", ".old")}, last
        done = {name for name in known if known[name]["state"] in ("placing", "done")}
        done |= {f"{folder.parent.name}/{folder.name}" for folder in finals(run)}
        begun.clear()
        batch = plan(root, run)

        assert states(batch) == EXPECTED, last
        assert not done & set(begun), last
        whole(run)
