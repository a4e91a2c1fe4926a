"""Ctrl-C while something is searched: it ends softly, with what was found so far.

The caller's event, or none -> an event that Ctrl-C sets too.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class _Either(threading.Event):
    """An event that is set as soon as another one is; only `is_set` knows of that."""

    def __init__(self, other: threading.Event) -> None:
        super().__init__()
        self._other = other

    def is_set(self) -> bool:
        return super().is_set() or self._other.is_set()


@contextmanager
def interrupts(cancel: threading.Event | None = None) -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets, instead of raising in the middle of some work.

    It is set, too, while `cancel` is. The second Ctrl-C raises. Handlers of the application stay
    in place, those that it sets meanwhile too.
    """
    stop = threading.Event() if cancel is None else _Either(cancel)
    usual = signal.default_int_handler
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or signal.getsignal(signal.SIGINT) is not usual:
        yield stop
        return

    def press(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, usual)
        stop.set()

    signal.signal(signal.SIGINT, press)
    try:
        yield stop
    finally:
        if signal.getsignal(signal.SIGINT) is press:
            signal.signal(signal.SIGINT, usual)
