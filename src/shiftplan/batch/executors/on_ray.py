"""Jobs on the machines of a Ray cluster.

`Job` and folder -> bytes -> a process of its own that talks to Ray -> bytes -> files in the folder,
and `Finished`. Ray ends the process that is connected to a cluster when that cluster is gone; it is
therefore not this one, which is to tell of it, and Ray is never imported here.
"""

from __future__ import annotations

import contextlib
import importlib.util
import queue
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

import psutil

import shiftplan
from shiftplan.batch.executors import Finished
from shiftplan.batch.executors.parcel import pack_job, unpack
from shiftplan.batch.executors.ray_cluster import (
    Beat,
    Ended,
    Lost,
    Task,
    Wish,
    environment,
    find_cluster,
)
from shiftplan.batch.job import Job, Outcome
from shiftplan.engines.child import Child, Exit, python
from shiftplan.errors import ClusterError, InputError, MissingExtraError
from shiftplan.errors.message import Message
from shiftplan.files.whole import is_full
from shiftplan.present.faults import fault_text

_SILENCE_SECONDS = 150.0
"""The process that talks to Ray is given up after so long without a word; Ray itself gives up a
cluster after 60 s."""
_END_SECONDS = 30.0
_PATIENCE_SECONDS = 300.0
"""A cluster without a machine for a job is given up after so long: another one may come."""
_TOLD_LENGTH = 600
"""Characters of Ray's stderr in the error message."""
_GONE = Message("batches.cluster_gone")


class RayExecutor:
    """Runs jobs as tasks of a Ray cluster, each in a process of its own on one of its machines.

    On a cluster of several machines, each needs Ray, Python and shiftplan with the solvers in the
    same versions; tables and results travel, so that they share no disk. Tasks on this machine
    import shiftplan from where this process does.

    A task whose process or machine dies is not tried again by Ray: its job has died, and the batch
    decides, counts and tells what happens next. So nobody else is at work on the same job.

    Parameters
    ----------
    most
        Jobs at a time at most; None for as many as the cluster has processors and memory for.
    address
        Of the cluster; None for the one of RAY_ADDRESS, else the one that was started on this
        machine, else a new one on this machine alone, which ends with this executor.
    workers
        Engines side by side of each job. A job takes so many processors; where no machine has so
        many, as many as one has.
    memory_mb
        Memory of each job in millions of bytes, which its machine must have; None for any.

    Raises
    ------
    MissingExtraError
        Ray is not installed.
    ClusterError
        From `with` and `wait`: the cluster cannot be reached, has no machine for a job, or is gone.

    """

    def __init__(
        self, most: int | None, address: str | None, *, workers: int, memory_mb: int | None
    ) -> None:
        if importlib.util.find_spec("ray") is None:
            raise MissingExtraError("ray", "batch")
        self._most = most
        self._address, self._workers, self._memory_mb = address, workers, memory_mb
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
            python("from shiftplan.batch.executors.ray_driver import main; main()"),
            self._words.put,
            cwd=Path(shiftplan.__file__).parents[1],  # Ray lets tasks import from here
            env=environment(address),
        )
        self._heard = time.monotonic()
        self._started: list[psutil.Process] = []
        self._child.send(
            Wish(address, self._workers, self._memory_mb, _PATIENCE_SECONDS, self._notes.name)
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

    def submit(self, job: Job, folder: Path) -> None:
        try:
            parcel = pack_job(job)
        except InputError as error:
            told = fault_text(error.faults[0], job.settings.lang)
            self._finished.append(Finished(job.name, Outcome(failure="input", message=told)))
            return
        except (OSError, ValueError) as error:
            outcome = Outcome(failure="internal", message=f"its files cannot be sent: {error}")
            self._finished.append(Finished(job.name, outcome))
            return
        self._running[job.name] = folder
        self._child.send(Task(job.name, parcel))

    def wait(self, seconds: float) -> list[Finished]:
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
        folder, outcome = self._running.pop(ended.name), Outcome.model_validate_json(ended.outcome)
        try:
            if ended.parcel:
                unpack(ended.parcel, folder)
        except (OSError, ValueError) as error:
            failure = "disk" if is_full(error) else "internal"
            outcome = Outcome(failure=failure, message=f"its result cannot be unpacked: {error}")
        return Finished(ended.name, outcome)

    # ---- the process that talks to Ray

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
            raise ClusterError(_GONE, word.complaint[-_TOLD_LENGTH:].strip())
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
