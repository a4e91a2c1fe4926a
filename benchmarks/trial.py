"""Start a run in a fresh process, and watch its memory from outside.

`Job` -> child process -> `Trial`.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.child import BAD_INPUT, Answer
from benchmarks.measure import Job
from benchmarks.records import Run
from benchmarks.shift_design import DesignedTime
from shiftplan import Roster

_SAMPLE_SECONDS = 0.2
_ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Trial:
    """A finished run."""

    run: Run
    """What was measured."""
    roster: Roster | None
    """The last roster; None when there is none."""
    peak_bytes: int
    """Highest memory of the process and its children until the engine returned."""
    times: tuple[DesignedTime, ...] = ()
    """The shifts of a design."""


def attempt(job: Job) -> Trial:
    """Do a job in a process of its own.

    A process that is killed from outside, as for want of memory, gives a run with nothing.

    Raises
    ------
    ValueError
        The instance cannot be read.
    RuntimeError
        The process failed, with what it said.

    """
    with tempfile.TemporaryDirectory() as name:
        answer, errors = Path(name) / "answer.json", Path(name) / "errors.txt"
        with errors.open("wb") as stderr:
            child = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.child", str(answer)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                env=os.environ | {"PYTHONPATH": _path()},
            )
            try:
                samples = _watch(child, job.model_dump_json().encode())
            finally:
                child.kill()
                child.wait()
        if child.returncode < 0:
            peak = max((size for _, size in samples), default=0)
            return Trial(Run(status="KILLED"), None, peak)
        if child.returncode > 0:
            said = errors.read_text(encoding="utf-8", errors="replace")
            if child.returncode == BAD_INPUT:
                raise ValueError(f"{job.source.name}: {said.strip()}")
            raise RuntimeError(f"{job.source.name}, {job.engine}, seed {job.seed}:\n{said}")
        done = Answer.model_validate_json(answer.read_text(encoding="utf-8"))
    peak = max((size for moment, size in samples if moment <= done.ended), default=0)
    return Trial(done.run, done.roster, peak, done.times)


def _watch(child: subprocess.Popen[bytes], question: bytes) -> list[tuple[float, int]]:
    """Hand over the question; moments and memory until the process ends."""
    assert child.stdin is not None
    with contextlib.suppress(BrokenPipeError):  # it failed already; its return code tells
        child.stdin.write(question)
        child.stdin.close()
    samples = []
    root = psutil.Process(child.pid)
    while child.poll() is None:
        samples.append((time.time(), _memory(root)))
        try:
            child.wait(_SAMPLE_SECONDS)
        except subprocess.TimeoutExpired:
            continue
    return samples


def _memory(root: psutil.Process) -> int:
    """Bytes of a process and all below it.

    Where the system tells it, a page that several share counts once (PSS); elsewhere for each of
    them (RSS).
    """
    total = 0
    try:
        family = [root, *root.children(recursive=True)]
    except psutil.Error:
        return 0
    for process in family:
        with contextlib.suppress(psutil.Error):  # it has just ended
            total += _size(process)
    return total


def _size(process: psutil.Process) -> int:
    try:
        full = process.memory_full_info()
    except psutil.AccessDenied:
        full = process.memory_info()
    size: int = getattr(full, "pss", full.rss)
    return size


def _path() -> str:
    """Where the child finds this package."""
    known = os.environ.get("PYTHONPATH", "")
    return os.pathsep.join([str(_ROOT), known] if known else [str(_ROOT)])
