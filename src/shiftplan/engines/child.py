"""Another Python process beside this one, and pickled messages between the two.

Statement and messages -> process -> messages back, and how it exited.

Standard input carries messages to the child, standard output those to the parent, and standard
error the last words for an error message. The child's input ends with its parent, and the child
ends with its input. Children are not forked, because HiGHS keeps threads for a process, and not
spawned by `multiprocessing`, which would import the main module of the caller again.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

_EXIT_SECONDS = 5.0
"""Time a child has to exit after its output ended, before it is killed."""
GRACE_SECONDS = 0.3
"""Time its last words have to arrive after its exit."""
_COMPLAINT_BYTES = 4_000
"""Bytes of standard error that are kept, the last ones."""


def python(statement: str) -> list[str]:
    """Return the command that runs a statement where imports work as in this process."""
    path = [place for place in sys.path if isinstance(place, str)]  # others are ignored there
    code = f"import sys; sys.path[:] = {path!r}; {statement}"
    return [sys.executable, *(["-I"] if sys.flags.isolated else []), "-c", code]


@dataclass(frozen=True, slots=True)
class _Arrays:
    """Comes before a message whose arrays come first, as they lie in memory."""

    sizes: tuple[int, ...]
    """Bytes of each of them."""


def packed(message: object) -> list[bytes | memoryview]:
    """The parts of a message as `hear` reads them; its arrays are not copied.

    Whoever sends an array leaves it as it is from then on.
    """
    arrays: list[pickle.PickleBuffer] = []
    text = pickle.dumps(message, protocol=5, buffer_callback=arrays.append)
    if not arrays:
        return [text]
    parts = [array.raw() for array in arrays]
    before = _Arrays(tuple(part.nbytes for part in parts))
    return [pickle.dumps(before, protocol=5), *parts, text]


def say(sink: IO[bytes], message: object) -> None:
    """Write a message to the other process."""
    for part in packed(message):
        sink.write(part)
    sink.flush()


def hear(source: IO[bytes]) -> Any:
    """Read the next message; EOFError if there is none."""
    message = pickle.load(source)
    if not isinstance(message, _Arrays):
        return message
    arrays = [_filled(source, size) for size in message.sizes]
    return pickle.load(source, buffers=arrays)


def _filled(source: Any, size: int) -> bytearray:
    """So many bytes of what is read; EOFError if there are fewer."""
    array = bytearray(size)
    rest = memoryview(array)
    while rest:
        count = source.readinto(rest)
        if not count:
            raise EOFError
        rest = rest[count:]
    return array


def listen(
    source: IO[bytes], take: Callable[[Any], object], end: Callable[[Exception], object]
) -> threading.Thread:
    """Start a thread that passes on each message to `take` as it arrives.

    `end` is called once, with the error that ended them: EOFError or OSError when the other process
    is gone, anything else for a message that cannot be read, such as one larger than the memory.
    """

    def run() -> None:
        try:
            while True:
                take(hear(source))
        except Exception as error:
            end(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def parent_pipes() -> tuple[BinaryIO, BinaryIO]:
    """In a child, claim standard input and output for messages from and to its parent.

    Whatever is printed from then on joins standard error. A thread may still be reading when the
    child ends: Python closes `sys.stdin` then, and aborts where a thread holds it.
    """
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return source, sink


@dataclass(frozen=True, slots=True)
class Exit:
    """The end of a child, and its last message."""

    code: int
    """Exit code; negative for the signal that killed it."""
    complaint: str
    """The end of what it wrote to standard error."""

    def __str__(self) -> str:
        return f"exit code {self.code}" + (f", {self.complaint}" if self.complaint else "")


class Child:
    """A child process. Ctrl-C does not reach it: its parent decides.

    Threads read and write, so that a full pipe never holds up the parent. In one of them `take` is
    called with each message, and finally with an `Exit`. `env` and `cwd` are environment and
    working folder; None for those of this process.
    """

    def __init__(
        self,
        command: Sequence[str],
        take: Callable[[Any], object],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self._take = take
        self._complaint = b""
        self._outbox: queue.Queue[list[bytes | memoryview] | None] = queue.Queue()
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env,
            cwd=cwd,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        assert self.process.stdout is not None
        self._overhearing = threading.Thread(target=self._overhear, daemon=True)
        self._overhearing.start()
        threading.Thread(target=self._write, daemon=True).start()
        self._listening = listen(self.process.stdout, take, self._end)

    def send(self, message: object) -> None:
        """Send a message without waiting; one for a child that is gone is dropped.

        Its arrays are not copied: nobody may change them afterwards.
        """
        self._outbox.put(packed(message))

    def hang_up(self) -> None:
        """End its input after all that was sent, which asks it to exit."""
        self._outbox.put(None)

    def close(self) -> None:
        """Kill it if it still runs, and release what it held."""
        self.process.kill()
        self.hang_up()
        self.process.wait()
        for thread in (self._overhearing, self._listening):
            thread.join(GRACE_SECONDS)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def _write(self) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(OSError, ValueError), self.process.stdin as pipe:
            while (parts := self._outbox.get()) is not None:
                for part in parts:
                    pipe.write(part)
                pipe.flush()
                del part, parts  # a program is large, and the next message may be long in coming

    def _overhear(self) -> None:
        assert self.process.stderr is not None
        with contextlib.suppress(OSError, ValueError):
            while said := os.read(self.process.stderr.fileno(), _COMPLAINT_BYTES):
                self._complaint = (self._complaint + said)[-_COMPLAINT_BYTES:]

    def _end(self, error: Exception) -> None:
        if isinstance(error, EOFError):  # it exits by itself, with a code of its own
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(_EXIT_SECONDS)
        self.process.kill()
        code = self.process.wait()
        self._overhearing.join(GRACE_SECONDS)
        self._take(Exit(code, self._complaint.decode("utf-8", "replace").strip()))
