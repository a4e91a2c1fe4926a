"""What a batch and the process that talks to Ray tell each other.

`Wish`, then `Task`s -> `Beat`s, an `Ended` for each task, and `Lost` when there is no more to come.
"""

from __future__ import annotations

import contextlib
import pickle
import queue
from dataclasses import dataclass
from typing import IO, TypeVar

_Word = TypeVar("_Word")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the process that talks to Ray is told at first."""

    address: str
    """Of the cluster, as Ray takes it."""
    workers: int
    """Processors of each job."""
    memory_mb: int | None
    """Memory of each job in millions of bytes; None for any."""
    patience: float
    """Seconds without a machine for a job after which a cluster is given up."""
    folder: str
    """For the files of a cluster of our own."""


@dataclass(frozen=True, slots=True)
class Task:
    """A job to be begun."""

    name: str
    parcel: bytes
    """With all files that it reads."""


@dataclass(frozen=True, slots=True)
class Beat:
    """The cluster is there."""

    slots: int
    """Jobs that its machines can do at a time."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A job has ended."""

    name: str
    outcome: str
    """As JSON."""
    parcel: bytes
    """Files that it made; empty for none."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The cluster cannot be used, and why."""

    message: str


def say(out: IO[bytes], word: Wish | Task | Beat | Ended | Lost) -> None:
    """Tell the other side something."""
    pickle.dump(word, out)
    out.flush()


def listen(source: IO[bytes], words: queue.Queue[_Word | None]) -> None:
    """Pass on what the other side tells; None when nothing more comes."""
    with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
        while True:
            words.put(pickle.load(source))
    words.put(None)
