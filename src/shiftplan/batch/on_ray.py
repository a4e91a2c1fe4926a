"""Jobs on the machines of a Ray cluster.

`WeekJob` and folder -> bytes -> a process of its own that talks to Ray -> bytes -> files in the
folder, and `Finished`. Ray ends the process that is connected to a cluster when that cluster is
gone; it is therefore not this one, which is to report it, and Ray is never imported here.
"""

from __future__ import annotations

import contextlib
import os
import queue
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple, Self

import psutil

import shiftplan
from shiftplan.batch.local import Finished
from shiftplan.batch.manifest import JobOutcome, WeekJob
from shiftplan.batch.parcel import pack_job, unpack
from shiftplan.engines.child import Child, Exit, python
from shiftplan.errors import ClusterError, InputError
from shiftplan.errors.message import Message
from shiftplan.errors.system import of_file, of_system
from shiftplan.files.whole import is_full

NEW, LAST = "local", "auto"
"""What Ray calls a cluster of its own, and the one that was last started on this machine."""
_KNOCK_SECONDS = 10.0
_SILENCE_SECONDS = 150.0
"""The process that talks to Ray is given up after so long without a word; Ray itself gives up a
cluster after 60 s."""
_END_SECONDS = 30.0
_PATIENCE_SECONDS = 300.0
"""A cluster without a machine for a job is given up after so long: another one may come."""
_TOLD_LENGTH = 600
"""Characters of Ray's stderr in the error message."""


class RayWish(NamedTuple):
    """What the process that talks to Ray is given first."""

    address: str  # of the cluster, as Ray takes it
    workers: int  # processors of each job
    memory_mb: int | None  # memory of each job in millions of bytes; None for any
    patience: float  # seconds without a machine for a job after which a cluster is given up
    folder: str  # for the files of a cluster of our own


class RayTask(NamedTuple):
    """A job to be begun, with all files that it reads."""

    name: str
    parcel: bytes


class Beat(NamedTuple):
    """The cluster is there, and its machines can do so many jobs at a time."""

    slots: int


class Ended(NamedTuple):
    """A job has ended."""

    name: str
    outcome: str  # as JSON
    parcel: bytes  # files that it made; empty for none


class Lost(NamedTuple):
    """The cluster cannot be used, and why; and what Ray says."""

    message: Message
    details: str = ""


def find_cluster(address: str | None) -> str:
    """Where a cluster answers; `NEW` where none was asked for, and none is there.

    Ray itself would try an address where nobody answers for many minutes; here that is a
    ClusterError at once, as is text that is no address.
    """
    asked = address or os.environ.get("RAY_ADDRESS", "")
    try:
        if asked:
            _knock(asked)
            return asked
        usual = "/tmp" if sys.platform == "darwin" else tempfile.gettempdir()
        kept = Path(os.environ.get("RAY_TMPDIR", usual), "ray", "ray_current_cluster")
        _knock(kept.read_text().strip())
    except (OSError, ValueError) as error:
        if asked:
            reason = error.args[0] if isinstance(error, ValueError) else of_system(error)
            message = Message("batches.cluster_unreachable", address=asked, reason=reason)
            raise ClusterError(message) from None
        return NEW  # none was started here, or it has ended without notice
    return LAST


def environment(address: str) -> dict[str, str]:
    """The environment of who connects to a cluster, or starts one of its own."""
    found = {**os.environ, "RAY_USAGE_STATS_ENABLED": "0"}
    if address == NEW:
        found.setdefault("RAY_worker_niceness", "0")  # as jobs without Ray
        if "RAY_AUTH_MODE" not in found:  # nobody else on this machine can use it
            found |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    return found


def _knock(address: str) -> None:
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if not host or not port.isdigit():
        raise ValueError(Message("batches.form_of_address"))
    socket.create_connection((host.strip("[]"), int(port)), timeout=_KNOCK_SECONDS).close()


class RayExecutor:
    """Runs jobs as tasks of a Ray cluster, each in a process of its own on one of its machines.

    On a cluster of several machines, each needs Ray, Python and shiftplan with the solvers in the
    same versions; tables and results travel, so that they share no disk. Tasks on this machine
    import shiftplan from where this process does.

    A task whose process or machine dies is not tried again by Ray: its job has died, and the batch
    decides, counts and says what happens next. So nobody else is at work on the same job.

    `most` jobs run at a time; None for as many as the cluster has processors and memory for.
    Without `address` it is the cluster of RAY_ADDRESS, else the one that was started on this
    machine, else a new one on this machine alone, which ends with this executor. A job takes
    `workers` processors, or as many as a machine has, and `memory_mb` of memory in millions of
    bytes, None for any.

    `with` and `wait` raise ClusterError where the cluster cannot be reached, has no machine for a
    job, or is gone.
    """

    def __init__(
        self, most: int | None, address: str | None, workers: int, memory_mb: int | None
    ) -> None:
        self._most, self._address = most, address
        self._workers, self._memory_mb = workers, memory_mb
        self._slots = 1
        self._running: dict[str, Path] = {}
        self._finished: list[Finished] = []

    @property
    def slots(self) -> int:
        """Jobs that run at a time, as of the last word from the cluster."""
        return self._slots if self._most is None else min(self._most, self._slots)

    def __enter__(self) -> Self:
        address = find_cluster(self._address)
        self._notes = tempfile.TemporaryDirectory(prefix="shiftplan-", ignore_cleanup_errors=True)
        self._words: queue.Queue[Beat | Ended | Lost | Exit] = queue.Queue()
        self._child = Child(
            python("from shiftplan.batch.ray_driver import main; main()"),
            self._words.put,
            cwd=Path(shiftplan.__file__).parents[1],  # Ray lets tasks import from here
            env=environment(address),
        )
        self._heard = time.monotonic()
        self._started: list[psutil.Process] = []
        self._child.send(
            RayWish(address, self._workers, self._memory_mb, _PATIENCE_SECONDS, self._notes.name)
        )
        try:
            while not isinstance(word := self._hear(_SILENCE_SECONDS), Beat):
                pass
        except BaseException:
            self._close()
            raise
        self._slots = word.slots
        self._started = psutil.Process(self._child.process.pid).children(recursive=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def submit(self, job: WeekJob, folder: Path) -> None:
        """Begin a job whose files are to be in an empty folder that exists."""
        try:
            parcel = pack_job(job)
        except InputError as error:
            outcome = JobOutcome(failure="input", facts=error.faults[:1])
        except (OSError, ValueError) as error:
            unsent = Message("batches.not_sent", reason=_why(error))
            outcome = JobOutcome(failure="internal", facts=(unsent,))
        else:
            self._running[job.name] = folder
            self._child.send(RayTask(job.name, parcel))
            return
        self._finished.append(Finished(job.name, outcome))

    def wait(self, seconds: float) -> list[Finished]:
        """The jobs that have ended since the last call; waits so long until there is one."""
        end = time.monotonic() + seconds
        while True:
            left = end - time.monotonic()
            if self._finished or left <= 0:
                finished, self._finished = self._finished, []
                return finished
            word = self._hear(left)
            if isinstance(word, Beat):
                self._slots = word.slots
            elif word is not None:
                self._finished.append(self._unpacked(word))

    def _unpacked(self, ended: Ended) -> Finished:
        folder, outcome = (
            self._running.pop(ended.name),
            JobOutcome.model_validate_json(ended.outcome),
        )
        try:
            if ended.parcel:
                unpack(ended.parcel, folder)
        except (OSError, ValueError) as error:
            failure = "disk" if is_full(error) else "internal"
            unread = Message("batches.not_unpacked", reason=_why(error))
            outcome = JobOutcome(failure=failure, facts=(unread,))
        return Finished(ended.name, outcome)

    def _hear(self, seconds: float) -> Beat | Ended | None:
        """The next word within some seconds; None for silence."""
        try:
            word = self._words.get(timeout=min(seconds, _SILENCE_SECONDS))
        except queue.Empty:
            if time.monotonic() - self._heard > _SILENCE_SECONDS:
                silence = Message("batches.cluster_silent", seconds=round(_SILENCE_SECONDS))
                raise ClusterError(silence) from None
            return None
        self._heard = time.monotonic()
        if isinstance(word, Exit):
            raise ClusterError(
                Message("batches.cluster_gone"), word.complaint[-_TOLD_LENGTH:].strip()
            )
        if isinstance(word, Lost):
            raise ClusterError(word.message, word.details)
        return word

    def _close(self) -> None:
        """End what runs, and the cluster if it was started here."""
        process = self._child.process
        self._child.hang_up()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_END_SECONDS)
        process.kill()
        for other in self._started:  # a cluster of our own, whose process Ray did not end well
            with contextlib.suppress(psutil.Error):
                other.kill()
        self._child.close()
        self._notes.cleanup()


def _why(error: OSError | ValueError) -> Message | str:
    """What a file or parcel lacks."""
    if isinstance(error, OSError):
        return of_file(error)
    return error.args[0] if isinstance(error.args[0], Message) else str(error)
