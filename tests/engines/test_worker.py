"""The worker's end of the pipe: what comes for a task stays with that task."""

from __future__ import annotations

import io
import pickle
import threading
from typing import Any

import numpy as np

from shiftplan.engines.worker import _PipeLink


class Inbox(io.BytesIO):
    """A pipe that holds messages and stays open; tells when all have been read."""

    def __init__(self, *messages: Any) -> None:
        super().__init__(b"".join(map(pickle.dumps, messages)))
        self.read_out = threading.Event()

    def readline(self, size: int | None = -1) -> bytes:
        return self._open(super().readline(size))

    def read(self, size: int | None = -1) -> bytes:
        return self._open(super().read(size))

    def readinto(self, buffer: Any) -> int:
        return len(self._open(b" " * super().readinto(buffer)))

    def _open(self, data: bytes) -> bytes:
        if not data:
            self.read_out.set()
            threading.Event().wait()
        return data


def _link(*messages: Any) -> _PipeLink:
    """The link of a worker that has received some messages, and has looked at none."""
    inbox = Inbox(*messages)
    link = _PipeLink(inbox, io.BytesIO())
    inbox.read_out.wait()
    return link


def _shared(value: int) -> tuple[str, np.ndarray]:
    return "solution", np.array([value], dtype=np.int32)


def test_a_best_that_comes_right_after_its_task_is_kept():
    """A roster shared while the worker was still waking up is there when it begins."""
    link = _link(("task", "first"), _shared(1))

    assert link.task() == "first"
    assert link.best() == [1.0]


def test_the_last_guide_of_another_engine_is_kept():
    """Each round of its relaxation is better than the one before."""
    link = _link(("task", "first"), ("guide", "coarse"), ("guide", "fine"))

    assert link.guide() == "fine"
