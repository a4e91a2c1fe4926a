"""A function called in a process that is started before all of its arguments are known.

(Function, first argument) -> process that imports and reads them -> the others -> what it returns.
"""

from __future__ import annotations

import logging
import queue
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, Generic, Self, TypeVar

from shiftplan.engines.child import Child, Exit, hear, parent_pipes, python, say

T = TypeVar("T")
log = logging.getLogger("shiftplan")


class EarlyChild(Generic[T]):
    """A process that will call a function once. Use it as a context manager.

    It takes most of a second to import what is needed and to read a large week. `wake` lets it do
    so while this process is busy with something else.

    Parameters
    ----------
    function
        A function of an importable module.
    first
        Its first argument, which is pickled.
    imports
        Modules that the function imports when it is called.
    """

    def __init__(self, function: Callable[..., T], first: object, *, imports: tuple[str, ...] = ()):
        self._function, self._first, self._imports = function, first, imports
        self._said: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._child: Child | None = None
        self._lock, self._is_over = threading.Lock(), False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._is_over = True
            if self._child is not None:
                self._child.close()

    def wake(self) -> None:
        """Start the process unless it runs already; any thread may do so."""
        with self._lock:
            if self._child is None and not self._is_over:
                code = "from shiftplan.solving.ahead import main; main()"
                with suppress(OSError):  # `_send` says so
                    self._child = Child(python(code), self._said.put)
                self._send((self._imports, self._function, self._first))

    def call(self, **others: Any) -> Callable[[], T]:
        """Let the process call the function with its other arguments.

        What is returned waits for the result and returns it. If the process cannot be
        started or read the arguments, fails or is killed, it calls the function in this process.
        """
        self.wake()
        self._send(others)

        def result() -> T:
            answer = self._said.get()
            if not isinstance(answer, Exit):
                found: T = answer
                return found
            log.info("computed in this process: %s", answer)
            return self._function(self._first, **others)

        return result

    def _send(self, message: object) -> None:
        if self._child is None:
            self._said.put(Exit(1, "not started"))
            return
        try:
            self._child.send(message)
        except Exception as error:  # of any kind: pickle calls the code of others
            self._said.put(Exit(1, f"{type(error).__name__}: {error}"))


def main() -> None:
    """Import, read, and call a function; ends with the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    source, sink = parent_pipes()
    imports, function, first = hear(source)
    for name in imports:
        import_module(name)
    say(sink, function(first, **hear(source)))
