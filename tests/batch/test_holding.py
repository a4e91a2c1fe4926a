"""One batch at a time has a folder, and which folders a batch can have."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from batches import FIRST, here, plan, write_province

from shiftplan import InputError
from shiftplan.batch import run_folder as holder
from shiftplan.batch.run_folder import hold

HOLDS = """
import sys
from pathlib import Path
from shiftplan.batch.run_folder import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_province(tmp_path / "root", "an", FIRST)
    here(monkeypatch)
    return tmp_path / "root"


def test_a_second_start_is_told_who_has_the_folder_until_that_one_is_killed(
    root: Path, tmp_path: Path
) -> None:
    """It names process and age and changes nothing; a killed process has the folder no longer."""
    run = tmp_path / "run"
    paths = os.pathsep.join(str(Path(p).resolve()) for p in sys.path)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(run)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": paths},
    )
    assert other.stdout is not None
    assert other.stdout.readline() == b"held\n"

    with pytest.raises(InputError) as caught:
        plan(root, run)
    there = set(os.listdir(run))
    other.kill()
    other.communicate()
    batch = plan(root, run)

    assert [fault.code for fault in caught.value.faults] == ["in_use"]
    assert f"process {other.pid} of" in str(caught.value)
    assert there == {".lock", ".owner.json"}
    assert batch.is_complete
    assert not (run / ".owner.json").exists()


@pytest.mark.parametrize(
    ("owner", "told"),
    [
        ({"pid": 7, "host": "h", "user": "u", "since": 1e9}, "process 7 of u on h, for"),
        ({"pid": 7, "host": "h", "user": "u", "since": 9e9}, "for 0 s"),
        ([], "an unknown process"),
        ({"pid": 7}, "an unknown process"),
        (None, "an unknown process"),
    ],
)
def test_who_has_a_folder_is_told_as_far_as_it_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, told: str
) -> None:
    """Clocks that were moved make no negative ages, and a broken note of the owner no errors."""
    monkeypatch.setattr(holder, "_WAIT_SECONDS", 0)
    with hold(tmp_path):
        (tmp_path / ".owner.json").write_text("" if owner is None else json.dumps(owner))
        with pytest.raises(InputError, match=told), hold(tmp_path):
            pass


def test_what_a_killed_owner_left_harms_nothing(root: Path, tmp_path: Path) -> None:
    """A lock file and a note of an owner that is gone are taken over."""
    run = tmp_path / "run"
    run.mkdir()
    (run / ".lock").write_text("")
    (run / ".owner.json").write_text("{")

    assert plan(root, run).is_complete


def test_clocks_that_jump_change_no_durations(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a wall clock that jumps by days, back and forth, all is planned in moments that pass."""
    jumps = iter([0.0, -1e6, 1e6, -2e6] * 10_000)
    usual = time.time
    monkeypatch.setattr(time, "time", lambda: usual() + next(jumps))
    passed: list[float] = []

    batch = plan(root, tmp_path / "run", budget=60, on_event=lambda e: passed.append(e.passed))

    assert batch.is_complete
    assert passed == sorted(passed)
    outcome = batch.rows[0].entry.outcome
    assert outcome is not None
    assert 0 < outcome.seconds < 60_000
    assert min(outcome.phases.values()) >= 0


def test_a_run_that_is_no_folder_or_cannot_be_written_is_a_fault(
    root: Path, tmp_path: Path
) -> None:
    """A file, a link into nowhere and a file system that takes nothing are told by name."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    places = [tmp_path / "file", tmp_path / "file" / "run", tmp_path / "link"]
    if Path("/proc/self").exists():
        places.append(Path("/proc/run"))
    for place in places:
        with pytest.raises(InputError) as caught:
            plan(root, place)
        assert [fault.code for fault in caught.value.faults] == ["unreadable_file"]
        assert place.name in str(caught.value)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_run_can_be_a_link_to_a_folder(root: Path, tmp_path: Path) -> None:
    """Results come where the link leads."""
    (tmp_path / "there").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "there")

    assert plan(root, tmp_path / "run").is_complete
    assert (tmp_path / "there" / "an" / str(FIRST) / "roster.csv").exists()


@pytest.mark.parametrize("where", [".", "run", "an", f"an/{FIRST}", f"an/{FIRST}/run"])
def test_a_run_among_the_planning_weeks_is_refused(root: Path, where: str) -> None:
    """Results would take the place of weeks, or be taken for a province; nothing is written."""
    before = sorted(root.rglob("*"))

    with pytest.raises(InputError, match="into the folder of the weeks"):
        plan(root, root / where)

    assert sorted(root.rglob("*")) == before


def test_a_run_that_leads_to_the_planning_weeks_by_a_link_is_refused(
    root: Path, tmp_path: Path
) -> None:
    """Neither the run nor a province in it may be a link to where the weeks are."""
    (tmp_path / "all").symlink_to(root)
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "an").symlink_to(root / "an")

    for run in (tmp_path / "all", tmp_path / "run"):
        with pytest.raises(InputError, match="into the folder of the weeks"):
            plan(root, run)

    assert (root / "an" / str(FIRST) / "shifts.csv").exists()


def test_a_root_inside_of_the_run_is_fine_unless_a_province_is_called_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Weeks in a folder of the run are read, and refused where results would come among them."""
    write_province(tmp_path / "weeks", "an", FIRST)
    here(monkeypatch)
    assert plan(tmp_path / "weeks", tmp_path).is_complete

    write_province(tmp_path / "weeks", "weeks", FIRST)
    with pytest.raises(InputError, match="into the folder of the weeks"):
        plan(tmp_path / "weeks", tmp_path)
