"""A disk that is really full: a small file system of its own."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from batches import FIRST, SECOND, faults_of_run, finals, flaws, here, noted, plan, write_province

from shiftplan.batch.manifest import JobOutcome
from shiftplan.errors import DiskFullError
from shiftplan.errors.message import Message


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB; skipped where nobody may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(place)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("needs the right to mount a file system")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def resize(place: Path, kilobytes: int) -> None:
    size = f"remount,size={kilobytes}k"
    subprocess.run(["mount", "-o", size, str(place)], check=True, capture_output=True)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # by zipfile
def test_a_batch_on_a_full_disk_ends_and_goes_on_when_there_is_room(
    tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It tells that the disk is full, keeps what is done and nothing else, and does the rest."""
    root, run = tmp_path / "root", small_disk / "run"
    write_province(root, "an", FIRST, SECOND)
    write_province(root, "binh", FIRST)
    begun = here(monkeypatch)
    done: set[str] = set()
    kept: list[int] = []
    told: list[str] = []
    for kilobytes in range(64, 3200, 96):
        resize(small_disk, kilobytes)
        begun.clear()
        try:
            batch = plan(root, run)
            assert batch.is_complete, [r.entry.outcome for r in batch.rows]
            break
        except DiskFullError as error:
            told.append(str(error))
        assert not done & set(begun)
        assert not list((run / ".staging").glob("*"))
        assert all(flaws(folder) == [] for folder in finals(run))
        done = {name for name, entry in noted(run).items() if entry["state"] == "done"}
        kept.append(len(done))

    assert all("free some space" in message for message in told)
    assert len(told) > 2
    assert any(0 < number < 3 for number in kept)
    assert len(finals(run)) == 3
    assert faults_of_run(root, run) == []


def test_a_worker_without_room_ends_the_batch_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error is one of the system still, and says in any language what to do."""
    write_province(tmp_path / "root", "an", FIRST)
    full = JobOutcome(failure="disk", facts=("no room for the roster",))
    here(monkeypatch, lambda job, folder: full)

    with pytest.raises(OSError, match="no room for the roster") as caught:
        plan(tmp_path / "root", tmp_path / "run")

    assert isinstance(caught.value, DiskFullError)
    assert caught.value.errno == errno.ENOSPC
    assert caught.value.message == Message("batches.disk_full")
