"""A batch that is killed with -9 at random moments, and started again."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from batches import (
    FIRST,
    SECOND,
    faults_of_run,
    finals,
    flaws,
    here,
    noted,
    plan,
    recorded,
    write_province,
)
from processes import gone, needs_proc

from shiftplan import read_roster

PROVINCES = ("an", "binh", "chau", "dong", "giang", "hau")
STARTER = """
import os, signal, sys
from pathlib import Path
from batches import here, plan
from pytest import MonkeyPatch
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    if not (child := os.fork()):
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        os.dup2(os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
        code = 1
        try:
            if sys.argv[3] == "one process":
                here(MonkeyPatch())
            plan(Path(sys.argv[1]), Path(line.strip()), workers=2)
            code = 0
        finally:
            os._exit(code)
    print(child, flush=True)
"""
"""Starts a batch for each line it reads, the folder of a run: it imports only once."""


class Starter:
    """Starts batches in processes of their own, and kills them."""

    def __init__(self, root: Path, errors: Path, kind: str) -> None:
        self.errors = errors
        paths = os.pathsep.join(str(Path(p).resolve()) for p in sys.path)
        self.process = subprocess.Popen(
            [sys.executable, "-c", STARTER, str(root), str(errors), kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": paths},
        )

    def start(self, run: Path) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{run}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextlib.contextmanager
def starting(place: Path, kind: str) -> Iterator[Starter]:
    made = Starter(place / "root", place / "errors.txt", kind)
    try:
        yield made
    finally:
        made.close()


def family(pid: int) -> list[psutil.Process]:
    """The processes that a batch started, those of its workers included."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def kill(pid: int, workers: bool) -> None:
    """Kill a batch, with its workers or alone; then they end by themselves."""
    started = family(pid)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    for process in started if workers else ():
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    end = time.monotonic() + 60
    pids = [pid, *(process.pid for process in started)]
    while not all(gone(number) for number in pids) and time.monotonic() < end:
        time.sleep(0.01)
    assert all(gone(number) for number in pids)


def prints(run: Path) -> dict[str, tuple[int, int]]:
    """Each result under its final name: which folder it is, and when it was filled."""
    found = {}
    for folder in finals(run):
        told = (folder / "contents.json").stat()
        found[f"{folder.parent.name}/{folder.name}"] = (folder.stat().st_ino, told.st_mtime_ns)
    return found


def die_and_go_on(place: Path, starter: Starter, deaths: int, provinces: int = 6) -> None:
    """Kill batches of one run at random moments, look at what is there, and let one end."""
    root, run, rng = place / "root", place / "run0", random.Random(8)
    for name in PROVINCES[:provinces]:
        write_province(root, name, FIRST, *([SECOND] if name in ("an", "binh") else []))
    done: dict[str, tuple[int, int]] = {}
    longest = 1.0
    for number in range(deaths):
        if len(done) == provinces + 2:  # sooner than expected: on to another run
            assert faults_of_run(root, run) == []
            run, done = place / f"run{number}", {}
        pid = starter.start(run)
        time.sleep(rng.uniform(0, longest))
        kill(pid, workers=number % 2 == 0)

        for folder in finals(run):
            assert flaws(folder) == []
        seen, states = prints(run), {name: e["state"] for name, e in noted(run).items()}
        assert {name: seen[name] for name in done} == done
        grown = {name: seen[name] for name, state in states.items() if state == "done"}
        longest = 1.0 if len(grown) > len(done) else 1.5 * longest
        done = grown

    batch = plan(root, run, workers=4)

    assert batch.is_complete
    seen = prints(run)
    assert {name: seen[name] for name in done} == done
    assert faults_of_run(root, run) == []
    for folder in finals(run):
        name, roster = f"{folder.parent.name}/{folder.name}", read_roster(folder / "roster.csv")
        assert recorded(run, name) == [(roster, True)]
    assert not list((run / ".staging").iterdir())
    assert noted(run).keys() == seen.keys()
    assert not starter.errors.exists() or "Traceback" not in starter.errors.read_text()


@needs_proc
def test_a_batch_killed_at_random_moments_loses_and_repeats_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each death all results are whole; what is done stays as it is, the rest is planned.

    In the end each week was told once, and nothing was told that has no result.
    """
    here(monkeypatch)
    with starting(tmp_path, "one process") as starter:
        die_and_go_on(tmp_path, starter, 6)


@needs_proc
@pytest.mark.parametrize(
    ("deaths", "provinces"), [(2, 2), pytest.param(20, 6, marks=pytest.mark.slow)]
)
def test_workers_of_a_batch_that_was_killed_end_and_harm_nothing(
    tmp_path: Path, deaths: int, provinces: int
) -> None:
    """The same with workers in processes, killed with their batch or left alone by it."""
    with starting(tmp_path, "workers") as starter:
        die_and_go_on(tmp_path, starter, deaths, provinces)
