"""Jobs in processes: limits, deaths, and that nothing of them stays."""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from batches import FIRST, faults_of_run, plan, states, write_province
from processes import gone

from shiftplan.batch import conductor, local
from shiftplan.batch.local import JobProcess
from shiftplan.batch.manifest import JobOutcome, WeekJob
from shiftplan.engines.child import Child, Exit

CHILD = "import subprocess, sys; child = [sys.executable, '-c', '''{}''']; "
"""What starts an engine: a process in a session of its own, as those of a team are."""
GROWS = "x = [bytearray(b'1' * 10_000_000) for n in range(50)]; import time; time.sleep(600)"
"""Takes 500 MB."""
WAITS = "import time; time.sleep(600)"
STARTS = CHILD + "subprocess.Popen(child, start_new_session=True); import time; time.sleep(600)"
DONE = f"import sys; sys.stdout.buffer.write({pickle.dumps(JobOutcome())!r})"
"""A worker that has done its job in no time, and left an empty result."""
KILLED = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[str]]]:
    """Province -> programs that its workers are instead, in turn; nothing of them stays."""
    programs: dict[str, list[str]] = {}
    usual = local._command

    def begin(job: WeekJob, folder: Path) -> JobProcess:
        left = programs.get(job.name.split("/")[0], [])
        command = [sys.executable, "-c", left.pop(0)] if left else usual(folder)
        with monkeypatch.context() as patch:
            patch.setattr(local, "_command", lambda folder, doomed: command)
            return JobProcess(job, folder)

    monkeypatch.setattr(local, "JobProcess", begin)
    mark = secrets.token_hex(8)
    monkeypatch.setenv("MARK_OF_THIS_TEST", mark)
    yield programs
    left = marked(mark)
    for other in left:
        other.kill()
    assert left == []


def marked(mark: str) -> list[psutil.Process]:
    """Processes that a test started, and those that they started, whoever their parent is now."""
    found = []
    for other in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if other.environ().get("MARK_OF_THIS_TEST") == mark and not gone(other.pid):
                found.append(other)
    return found


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """A good province and a poisoned one."""
    for name in ("an", "poison"):
        write_province(tmp_path / "root", name, FIRST)
    return tmp_path / "root", tmp_path / "run"


@pytest.mark.parametrize(
    ("program", "failure"),
    [
        (GROWS, "memory"),
        (STARTS.format(GROWS), "memory"),
        (STARTS.format(WAITS), "time"),
    ],
    ids=["grows", "its engine grows", "never ends"],
)
def test_a_province_beyond_a_limit_is_ended_and_harms_no_other(
    places: tuple[Path, Path],
    poison: dict[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
    program: str,
    failure: str,
) -> None:
    """It fails by the limit, with its report and without a process left; the other is planned."""
    poison["poison"] = [program]
    poison["an"] = [DONE]
    monkeypatch.setattr(conductor, "patience", lambda seconds: 1.5 if failure == "time" else 60)

    found = states(plan(*places, workers=4, memory_mb=300))

    assert found == {f"an/{FIRST}": "done", f"poison/{FIRST}": failure}
    report = places[1] / "poison" / f"{FIRST}.failed" / "faults.txt"
    assert "300 MB" in report.read_text() or failure == "time"
    assert "Maybe " in report.read_text()


def test_a_worker_that_dies_once_is_put_on_again(
    places: tuple[Path, Path], poison: dict[str, list[str]]
) -> None:
    """After one death the week is planned in a second attempt."""
    poison["poison"] = [KILLED]

    batch = plan(*places)

    assert states(batch)[f"poison/{FIRST}"] == "done"
    assert [row.entry.attempts for row in batch.rows] == [1, 2]
    assert faults_of_run(*places) == []


def test_a_worker_that_dies_twice_fails_its_week(
    places: tuple[Path, Path], poison: dict[str, list[str]]
) -> None:
    """After two deaths the week has failed, and what the process said last is told."""
    told = "import sys; sys.stderr.write('lost'); sys.stderr.flush(); " + KILLED
    poison["an"] = [DONE]
    poison["poison"] = [told, told]

    assert states(plan(*places)) == {f"an/{FIRST}": "done", f"poison/{FIRST}": "died"}
    report = (places[1] / "poison" / f"{FIRST}.failed" / "faults.txt").read_text()
    assert "code -9" in report
    assert "lost" in report
    assert "Maybe the machine ran out of memory" in report


def test_a_death_of_the_batch_counts_against_no_week(
    places: tuple[Path, Path], poison: dict[str, list[str]]
) -> None:
    """Where a batch ended while a worker ran, the week still has two attempts."""
    for _ in range(2):
        poison["an"] = [WAITS]

        def stop(event: conductor.Event) -> None:
            if event.kind == "started":
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            plan(*places, on_event=stop)
        assert not list((places[1] / ".staging").iterdir())
    poison["an"], poison["poison"] = [KILLED, DONE], [DONE]

    assert states(plan(*places))[f"an/{FIRST}"] == "done"


def test_a_worker_ends_when_its_batch_is_gone(tmp_path: Path) -> None:
    """With the batch the worker's input ends, and with that the worker, whatever it is doing."""
    code = (
        "import sys, time, pathlib; from shiftplan.batch import job as worker\n"
        "def work(job, folder):\n    (folder / 'begun').touch(); time.sleep(600)\n"
        "worker.work = work; worker.main(pathlib.Path(sys.argv[1]))"
    )
    paths = os.pathsep.join(str(Path(p).resolve()) for p in sys.path)
    worker = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": paths},
    )
    assert worker.stdin is not None
    job = WeekJob(name="an/week", week=FIRST, source=tmp_path)
    worker.stdin.write(pickle.dumps(job))
    worker.stdin.flush()
    while not (tmp_path / "begun").exists():
        time.sleep(0.01)
    assert worker.poll() is None

    worker.stdin.close()

    try:
        assert worker.wait(60) == 1
    finally:
        worker.kill()


def test_a_job_leaves_no_files_of_its_own(
    places: tuple[Path, Path],
    poison: dict[str, list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a process says goes over pipes, so that no file of it can stay behind."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    poison["an"], poison["poison"] = [KILLED, WAITS], [KILLED, KILLED]
    monkeypatch.setattr(conductor, "patience", lambda seconds: 0.5)

    plan(*places, workers=4)

    assert os.listdir(scratch) == []


def test_a_worker_that_has_told_its_outcome_ends_well(tmp_path: Path) -> None:
    """It may still be listening then, which must not abort it."""
    said: queue.Queue[JobOutcome | Exit] = queue.Queue()
    child = Child(local._command(tmp_path), said.put)

    child.send(WeekJob(name="an/week", week=FIRST, source=tmp_path / "missing"))

    outcome = said.get(timeout=60)
    assert isinstance(outcome, JobOutcome)
    assert outcome.failure == "input"
    assert said.get(timeout=60) == Exit(0, "")
    child.close()


@pytest.mark.parametrize("told", [b"", pickle.dumps("half a job")[:-1]])
def test_a_worker_whose_parent_dies_while_it_tells_the_job_leaves_no_folder(
    tmp_path: Path, told: bytes
) -> None:
    """A folder that is to go with the parent goes however early that is."""
    doomed = tmp_path / "doomed"
    (doomed / "made").mkdir(parents=True)

    subprocess.run(local._command(doomed / "made", doomed), input=told, capture_output=True)

    assert list(tmp_path.iterdir()) == []


WORKS_ON = """
import sys
from pathlib import Path
from shiftplan.batch import job as worker

def work(job, folder):
    while all((folder / str(n)).exists() for n in range(2_000)):
        pass
    (folder / "another").mkdir(parents=True, exist_ok=True)
    raise FileNotFoundError

worker.work = work
worker.main(*map(Path, sys.argv[1:]))
"""
"""A job that adds to its folder while that is removed, and fails once files of it are gone."""


def test_a_worker_whose_parent_dies_while_it_works_leaves_no_folder(tmp_path: Path) -> None:
    """The job, which fails without its folder, does not end the process before all is gone."""
    doomed = tmp_path / "doomed"
    made = doomed / "made"
    made.mkdir(parents=True)
    for number in range(2_000):
        (made / str(number)).touch()
    job = WeekJob(name="an/week", week=FIRST, source=tmp_path)

    subprocess.run(
        [sys.executable, "-c", WORKS_ON, made, doomed],
        input=pickle.dumps(job),
        capture_output=True,
    )

    assert list(tmp_path.iterdir()) == []
