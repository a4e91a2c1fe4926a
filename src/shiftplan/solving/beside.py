"""A long computation in a process of its own, so that others go on in this one.

(Function, arguments) -> process -> what it returns or raises, and its progress on the way.
"""

from __future__ import annotations

import io
import logging
import os
import pickle
import queue
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from logging.handlers import QueueHandler
from typing import Any, BinaryIO, Protocol

from shiftplan.engines.child import Child, Exit, listen, parent_pipes, python, say
from shiftplan.errors import ModelError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem

log = logging.getLogger("shiftplan")

LEAST_PAIRS = 20_000
"""People times shifts of the smallest week for which starting a process is worthwhile."""
_LOOK_SECONDS = 0.05
"""Seconds between checks whether somebody cancels."""
_DEEP = 3
"""Depth to which arguments are searched for parts that an answer may share: a week, its problem,
and the tables of that."""
_NICE = 5
"""Niceness of the process, on systems that have it: requests to the server come first."""


class Run(Protocol):
    """Calls a function, in this process or elsewhere."""

    def __call__(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
        """Return what the function returns."""


def here(function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
    """Call a function in this process."""
    return function(*arguments, **named)


def runner_for(problem: Problem) -> Run:
    """Choose where long computations on a problem run: `beside` if it is large, else `here`."""
    return beside if is_large(problem) else here


def is_large(problem: Problem) -> bool:
    """Whether starting a process for a computation on a problem is worthwhile."""
    return len(problem.volunteers) * len(problem.shifts) >= LEAST_PAIRS


def beside(
    function: Callable[..., Any],
    /,
    *arguments: Any,
    cancel: threading.Event,
    on_progress: Callable[[Any], object] | None = None,
    **named: Any,
) -> Any:
    """Call a function in a process of its own; return what it returns, raise what it raises.

    The function is called in this process if another one cannot read the arguments, such as rules
    of the main module.

    Parameters
    ----------
    function
        A function of an importable module. It takes `cancel` and, if given, `on_progress`.
    arguments, named
        Its arguments, which are pickled. Where the result contains one of them or a table of one,
        that is the same object as before.
    cancel
        Setting it sets the event that the function was given.
    on_progress
        Called in the calling thread with what the function passes to it.

    Raises
    ------
    ModelError
        The process ended unexpectedly, for example because the system killed it.
    """
    told = {} if on_progress is None else {"on_progress": on_progress}
    try:
        job = _job(function, arguments, named, tells=bool(told))
        answer = _asked(job, cancel, on_progress or (lambda _: None))
    except _CannotPassError as error:
        log.info("computed in this process: %s", error)
        return function(*arguments, **named, **told, cancel=cancel)
    kind, content = _AnswerReader(answer, arguments).load()
    if kind == "raised":
        raise content
    return content


class _CannotPassError(Exception):
    """Another process cannot read the arguments of a function."""


def _job(
    function: Callable[..., Any], arguments: tuple[Any, ...], named: Any, *, tells: bool
) -> bytes:
    try:
        return pickle.dumps((function, arguments, named, tells), protocol=5)
    except Exception as error:  # of any kind: pickle calls the code of others
        raise _CannotPassError(f"{type(error).__name__}: {error}") from error


def _asked(job: bytes, cancel: threading.Event, on_progress: Callable[[Any], object]) -> bytes:
    """Have a process do a job; its last words."""
    said: queue.SimpleQueue[Any] = queue.SimpleQueue()
    child = Child(python("from shiftplan.solving.beside import main; main()"), said.put)
    is_cancelled = False
    try:
        child.send((job, log.getEffectiveLevel()))
        while True:
            if cancel.is_set() and not is_cancelled:
                child.send(None)
                is_cancelled = True
            try:
                message = said.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                continue
            match message:
                case Exit():
                    raise ModelError(Message("model.process_ended"), details=str(message))
                case "progress", content:
                    on_progress(content)
                case "logged", content:
                    log.handle(content)
                case "ended", content:
                    return bytes(content)
                case _, content:
                    raise _CannotPassError(content)
    finally:
        child.close()


# ---- the other process


class _Sink:
    """What is said to the parent, by any thread."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe, self._lock = pipe, threading.Lock()

    def say(self, kind: str, content: object) -> None:
        with self._lock:
            say(self._pipe, (kind, content))

    def put_nowait(self, record: logging.LogRecord) -> None:
        self.say("logged", record)


def main() -> None:
    """Call the function that the parent names; ends with the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    if hasattr(os, "nice"):
        os.nice(_NICE)
    source, pipe = parent_pipes()
    sink, cancel = _Sink(pipe), threading.Event()
    jobs: queue.SimpleQueue[tuple[bytes, int]] = queue.SimpleQueue()
    listen(source, lambda job: jobs.put(job) if job else cancel.set(), lambda _: os._exit(1))
    job, level = jobs.get()
    try:
        function, arguments, named, tells = pickle.loads(job)
    except Exception as error:  # of the modules that it names, too
        sink.say("unreadable", f"{type(error).__name__}: {error}")
        return
    log.setLevel(level)
    log.addHandler(QueueHandler(sink))  # type: ignore[arg-type]  # it calls only put_nowait
    if tells:
        named["on_progress"] = lambda progress: sink.say("progress", progress)
    parts = _parts(arguments)  # as they came, without what is computed on the way
    try:
        found = function(*arguments, **named, cancel=cancel)
        answer = _written(("found", found), parts)
    except Exception as error:
        error.add_note(traceback.format_exc())
        try:
            answer = _written(("raised", error), parts)
        except Exception:
            answer = _written(("raised", RuntimeError(traceback.format_exc())), parts)
    sink.say("ended", answer)


# ---- an answer that shares with the arguments what it has from them

_Path = tuple[int | str, ...]
"""Number of an argument, and attributes from there."""


def _parts(arguments: tuple[Any, ...]) -> dict[int, tuple[_Path, Any]]:
    """Arguments, their attributes and those of these, by identity: objects and filled tables."""

    def within(path: _Path, whole: Any) -> Iterator[tuple[_Path, Any]]:
        if hasattr(whole, "__dict__") or (isinstance(whole, tuple) and whole):
            yield path, whole
        if hasattr(whole, "__dict__") and len(path) < _DEEP:
            for name, part in vars(whole).items():
                yield from within((*path, name), part)

    found = (pair for i, one in enumerate(arguments) for pair in within((i,), one))
    return {id(part): (path, part) for path, part in found}


class _AnswerWriter(pickle.Pickler):
    """Writes parts of the arguments as the way to them."""

    def __init__(self, pipe: io.BytesIO, parts: dict[int, tuple[_Path, Any]]) -> None:
        super().__init__(pipe, protocol=5)
        self._parts = parts

    def persistent_id(self, obj: object) -> _Path | None:
        return self._parts.get(id(obj), (None,))[0]


class _AnswerReader(pickle.Unpickler):
    """Reads what a writer has written in the other process."""

    def __init__(self, answer: bytes, arguments: tuple[Any, ...]) -> None:
        super().__init__(io.BytesIO(answer))
        self._arguments = arguments

    def persistent_load(self, pid: _Path) -> Any:
        part = self._arguments[int(pid[0])]
        for name in pid[1:]:
            part = vars(part)[str(name)]
        return part


def _written(answer: tuple[str, object], parts: dict[int, tuple[_Path, Any]]) -> bytes:
    pipe = io.BytesIO()
    _AnswerWriter(pipe, parts).dump(answer)
    return pipe.getvalue()
