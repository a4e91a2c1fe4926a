"""A long computation in a process of its own, so that others go on in this one.

(Function, arguments) -> process -> what it returns or raises, and its progress on the way.
"""

from __future__ import annotations

import logging
import os
import pickle
import queue
import signal
import threading
import traceback
from collections.abc import Callable
from logging.handlers import QueueHandler
from typing import Any, BinaryIO, Protocol

from shiftplan.engines.child import Child, Exit, listen, parent_pipes, python
from shiftplan.errors import ModelError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem

log = logging.getLogger("shiftplan")

LEAST_PAIRS = 20_000
"""People times shifts of a week from which on a process of its own is worth its start."""
_LOOK_SECONDS = 0.05
"""Pause between two looks whether somebody cancels."""
_NICE = 5
"""How far the process stands back for others, where the system knows of that."""


class Run(Protocol):
    """Calls a function with arguments, in this process or elsewhere."""

    def __call__(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
        """Return what the function returns."""


def here(function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
    """Call a function in this process."""
    return function(*arguments, **named)


def runner_for(problem: Problem) -> Run:
    """What calls functions that compute long on a problem: `beside` if it is large."""
    is_large = len(problem.volunteers) * len(problem.shifts) >= LEAST_PAIRS
    return beside if is_large else here


def beside(
    function: Callable[..., Any],
    /,
    *arguments: Any,
    cancel: threading.Event,
    on_progress: Callable[[Any], object] | None = None,
    **named: Any,
) -> Any:
    """Call a function in a process of its own; return what it returns, raise what it raises.

    Arguments that another process cannot read, such as rules of the main module, are a reason to
    call it in this one.

    Parameters
    ----------
    function
        A function of an importable module. It takes `cancel` and, if given, `on_progress`.
    arguments, named
        What it is called with; pickled.
    cancel
        When somebody sets it, the event that the function was given is set.
    on_progress
        Called in the calling thread with whatever the function calls it with.

    Raises
    ------
    ModelError
        The process ended by itself, such as one that the system killed.
    """
    given = {**named, "cancel": cancel}
    if on_progress is not None:
        given["on_progress"] = on_progress
    level = log.getEffectiveLevel()
    try:
        job = pickle.dumps((function, arguments, named, on_progress is not None, level), protocol=5)
    except Exception as error:  # what pickle calls raises all kinds
        log.info("nothing runs beside: %s", error)
        return function(*arguments, **given)
    said: queue.SimpleQueue[Any] = queue.SimpleQueue()
    child = Child(python("from shiftplan.solving.beside import main; main()"), said.put)
    try:
        child.send(job)
        is_asked = False
        while True:
            if cancel.is_set() and not is_asked:
                child.send(None)
                is_asked = True
            try:
                message = said.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                continue
            match message:
                case Exit():
                    raise ModelError(Message("model.process_ended"), details=str(message))
                case "found", found:
                    return found
                case "raised", error:
                    raise error
                case "progress", progress:
                    assert on_progress is not None
                    on_progress(progress)
                case "logged", record:
                    log.handle(record)
                case _, why:
                    log.info("nothing runs beside: %s", why)
                    break
    finally:
        child.close()
    return function(*arguments, **given)


class _Sink:
    """What is said to the parent, by several threads."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe, self._lock = pipe, threading.Lock()

    def say(self, kind: str, content: object) -> None:
        """Say something whole; an error of `pickle` says nothing."""
        message = pickle.dumps((kind, content), protocol=5)
        with self._lock:
            self._pipe.write(message)
            self._pipe.flush()

    def put_nowait(self, record: logging.LogRecord) -> None:
        """Say what is logged."""
        self.say("logged", record)


def main() -> None:
    """Call the function that the parent names; ends with the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    if hasattr(os, "nice"):
        os.nice(_NICE)
    source, pipe = parent_pipes()
    sink, cancel = _Sink(pipe), threading.Event()
    jobs: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    listen(source, lambda job: cancel.set() if job is None else jobs.put(job), lambda _: os._exit(1))
    try:
        function, arguments, named, tells, level = pickle.loads(jobs.get())
    except Exception as error:  # it imports what is not there, or whatever others wrote
        sink.say("unreadable", f"{type(error).__name__}: {error}")
        return
    log.setLevel(level)
    log.addHandler(QueueHandler(sink))  # type: ignore[arg-type]
    if tells:
        named["on_progress"] = lambda progress: sink.say("progress", progress)
    try:
        sink.say("found", function(*arguments, cancel=cancel, **named))
    except Exception as error:
        error.add_note(traceback.format_exc())
        try:
            sink.say("raised", error)
        except Exception:
            sink.say("raised", RuntimeError(traceback.format_exc()))
