"""The process that talks to Ray: tasks in, outcomes out, and a word each second.

`RayWish` and `RayTask`s from the parent -> `Beat`, `Ended` and `Lost` to it. The process ends with
its parent; Ray ends it when the cluster is gone.
"""

from __future__ import annotations

import logging
import queue
import signal
import time
from collections.abc import Iterator
from typing import IO, Any

import ray
from ray.exceptions import OutOfMemoryError, RayError

from shiftplan.batch.manifest import Failure, JobOutcome
from shiftplan.batch.on_ray import NEW, Beat, Ended, Lost, RayTask, RayWish
from shiftplan.batch.parcel import do_job
from shiftplan.engines.child import listen, parent_pipes, say
from shiftplan.errors.message import Message
from shiftplan.solving.versions import versions

_LOOK_SECONDS = 0.1
_BEAT_SECONDS = 1.0
_GRACE_SECONDS = 5.0
"""Tasks have so long to end what they began, before their workers are killed."""
_TOLD = 2_000
"""Characters of what Ray says of a task that died."""


def main() -> None:
    """Connect to the cluster or start one, and serve until the input ends."""
    source, out = parent_pipes()
    inbox: queue.Queue[Any] = queue.Queue()
    listen(source, inbox.put, lambda _: inbox.put(None))
    wish: RayWish | None = inbox.get()
    if wish is None:
        return
    try:
        ray.init(
            wish.address,
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.ERROR,
            _temp_dir=wish.folder if wish.address == NEW else None,
        )
    except (OSError, RuntimeError, ValueError, RayError) as error:
        # Ray says only that it cannot connect.
        code = "batches.no_connection" if isinstance(error, ConnectionError) else "batches.unusable"
        say(out, Lost(Message(code, address=wish.address), str(error)))
        return
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the parent decides
    driver = _Driver(wish, out)
    try:
        driver.serve(inbox)
    finally:
        driver.end()
        ray.shutdown()  # ends the cluster too, if it was started here


class _Driver:
    """The tasks that are at work, and what the cluster can do."""

    def __init__(self, wish: RayWish, out: IO[bytes]) -> None:
        self.wish, self.out = wish, out
        self._tasks: dict[ray.ObjectRef[Any], str] = {}
        self._task = ray.remote(do_job)
        self._versions = versions()
        self._processors, self._memory = wish.workers, (wish.memory_mb or 0) * 1_000_000
        self._fits = -wish.patience  # when a machine was last there for a job: not yet

    def serve(self, inbox: queue.Queue[RayTask | None]) -> None:
        """Begin and collect tasks until the input or the cluster ends."""
        beat = -_BEAT_SECONDS
        while True:
            if time.monotonic() - beat >= _BEAT_SECONDS:
                beat = time.monotonic()
                if not self._beat(beat):
                    return
            for task in _waiting(inbox, 0 if self._tasks else _LOOK_SECONDS):
                if task is None:
                    return
                options = self._task.options(
                    name=task.name,
                    num_cpus=self._processors,
                    memory=self._memory or None,
                    max_retries=0,  # the batch decides, as RayExecutor says
                    scheduling_strategy="SPREAD",
                )
                self._tasks[options.remote(task.parcel, self._versions)] = task.name
            if self._tasks:
                ended, _ = ray.wait(list(self._tasks), timeout=_LOOK_SECONDS)
                for ref in ended:  # and let go of what they gave back
                    say(self.out, _ended(self._tasks.pop(ref), ref))

    def end(self) -> None:
        """Cancel what runs: at first so that it can clean up, then by force."""
        left = list(self._tasks)
        for force in (False, True):
            for ref in left:
                ray.cancel(ref, force=force)
            if left:
                _, left = ray.wait(left, num_returns=len(left), timeout=_GRACE_SECONDS)

    def _beat(self, now: float) -> bool:
        """Tell how many jobs the cluster can do at a time; whether it can do any, or soon may."""
        machines = [node["Resources"] for node in ray.nodes() if node["Alive"]]
        most = max((int(machine.get("CPU", 0)) for machine in machines), default=0)
        self._processors = max(1, min(self.wish.workers, most))
        memory, slots = self._memory, 0
        for machine in machines:
            fit = int(machine.get("CPU", 0)) // self._processors
            slots += min(fit, int(machine.get("memory", 0) // memory)) if memory else fit
        if slots:
            self._fits = now
        elif now - self._fits >= self.wish.patience:
            code = "batches.no_machine_with_memory" if memory else "batches.no_machine"
            say(self.out, Lost(Message(code, megabytes=self.wish.memory_mb)))
            return False
        say(self.out, Beat(max(1, slots)))
        return True


def _ended(name: str, ref: ray.ObjectRef[Any]) -> Ended:
    try:
        return Ended(name, *ray.get(ref))
    except RayError as error:
        failure: Failure = "memory" if isinstance(error, OutOfMemoryError) else "died"
        code = "no_memory_there" if failure == "memory" else "task_died"
        facts = Message(f"batches.{code}"), str(error)[-_TOLD:]
        return Ended(name, JobOutcome(failure=failure, facts=facts).model_dump_json(), b"")


def _waiting(inbox: queue.Queue[RayTask | None], seconds: float) -> Iterator[RayTask | None]:
    """Yield what was received, after some seconds at most."""
    try:
        yield inbox.get(timeout=seconds) if seconds else inbox.get_nowait()
        while True:
            yield inbox.get_nowait()
    except queue.Empty:
        return
