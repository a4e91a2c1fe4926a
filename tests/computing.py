"""Functions that another process calls, for tests of what is computed there."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from typing import Any

from shiftplan import Problem

SECONDS = 60
"""Seconds after which anything here gives up."""


def its_process(*_: object, cancel: threading.Event, **__: object) -> int:
    """Id of the process that this runs in."""
    assert not cancel.is_set()
    return os.getpid()


def given_back(*arguments: Any, cancel: threading.Event, **named: Any) -> Any:
    """What it was given, and the first argument once more with a table of its own."""
    assert not cancel.is_set()
    first = arguments[0]
    if isinstance(first, Problem):
        first = first.model_copy(update={"pins": ()})
    return arguments, named, first


def failing(kind: type[Exception], *arguments: Any, cancel: threading.Event) -> None:
    """Raise an error of a kind."""
    assert not cancel.is_set()
    raise kind(*arguments)


def counting(numbers: int, *, cancel: threading.Event, on_progress: Callable[[Any], object]) -> str:
    """Tell numbers, then wait until somebody cancels."""
    for number in range(numbers):
        on_progress(number)
    assert cancel.wait(SECONDS)
    return "best so far"


def logging_on(*, cancel: threading.Event) -> None:
    """Log on two levels."""
    assert not cancel.is_set()
    logging.getLogger("shiftplan").warning("an engine failed: %s", "lost")
    logging.getLogger("shiftplan").debug("nobody reads this")


def after_cancel(
    function: Callable[..., Any], *arguments: Any, cancel: threading.Event, **named: Any
) -> Any:
    """Call a function once somebody has cancelled, as a search that goes on until then."""
    assert cancel.wait(SECONDS)
    return function(*arguments, cancel=threading.Event(), **named)


class StubbornError(ValueError):
    """An error that cannot be pickled."""

    def __reduce__(self) -> Any:
        raise TypeError("no")


def stubborn(*, cancel: threading.Event) -> None:
    """Raise it."""
    assert not cancel.is_set()
    raise StubbornError("ValueError: Nothing passes this on")
