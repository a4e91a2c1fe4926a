"""A function called in a process that starts before all of its arguments are known."""

from __future__ import annotations

import os
import signal
import time

import called_ahead
import pytest
from processes import children, gone, needs_proc

from shiftplan.solving import ahead as ahead_module
from shiftplan.solving.ahead import EarlyChild

SECONDS = 30
"""Seconds after which a test gives up."""


def test_it_runs_in_another_process() -> None:
    """With the argument known before and those known later; the process is gone afterwards."""
    with EarlyChild(called_ahead.given, "first") as ahead:
        pid, *given = ahead.call(second="second")()

    assert given == ["first", "second"]
    assert pid != os.getpid()
    assert gone(pid)


def test_where_no_process_starts_this_one_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as where the system has no memory left for one."""
    monkeypatch.setattr(ahead_module, "python", lambda _: ["/no/such/program"])

    with EarlyChild(called_ahead.given, "first") as ahead:
        ahead.wake()
        pid, *given = ahead.call(second="second")()

    assert (pid, given) == (os.getpid(), ["first", "second"])


@needs_proc
def test_a_process_that_nobody_needs_is_not_started() -> None:
    """Nor one that wakes up too late."""
    before = {*children(os.getpid())}

    with EarlyChild(called_ahead.given, "first") as ahead:
        pass
    ahead.wake()

    assert {*children(os.getpid())} == before


def test_what_cannot_be_passed_on_is_computed_here() -> None:
    """Such as what is known only in this process, before or later."""
    here = lambda: None  # noqa: E731  # what pickle cannot read

    for first, second in ((here, 2), (1, here)):
        with EarlyChild(called_ahead.given, first) as ahead:
            assert ahead.call(second=second)() == (os.getpid(), first, second)


def test_an_error_is_that_of_the_function_itself() -> None:
    """It is called once more, in this process, which raises it as it is."""
    with EarlyChild(called_ahead.failing, "first") as ahead, pytest.raises(ZeroDivisionError):
        ahead.call(second=2)()


@needs_proc
def test_a_process_that_is_killed_leaves_the_work_to_this_one() -> None:
    """Whether it was killed for want of memory or by somebody."""
    before = {*children(os.getpid())}

    with EarlyChild(called_ahead.given, "first") as ahead:
        ahead.wake()
        end = time.monotonic() + SECONDS
        while not (new := {*children(os.getpid())} - before) and time.monotonic() < end:
            time.sleep(0.01)
        for pid in new:
            os.kill(pid, signal.SIGKILL)
        assert ahead.call(second=2)() == (os.getpid(), "first", 2)
