"""Computations in a process of their own: what they return, raise and report, and how they end."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import computing
import pytest
from commands import make_problem
from processes import children, gone, needs_proc

from shiftplan import check, read_problem, solve
from shiftplan.engines.child import python
from shiftplan.errors import ModelError
from shiftplan.record.move_faults import unknown_draft
from shiftplan.record.state import RecordState
from shiftplan.rules.registry import RULES
from shiftplan.solving.beside import LEAST_PAIRS, beside, here, runner_for
from shiftplan.testing import plan

EXAMPLES = Path(__file__).parents[2] / "examples"
SECONDS = 30
"""Seconds after which a test gives up."""


def never() -> threading.Event:
    """What nobody sets."""
    return threading.Event()


def test_it_runs_in_another_process() -> None:
    """And that is gone afterwards."""
    pid = beside(computing.its_process, cancel=never())

    assert pid != os.getpid()
    assert gone(pid)


def test_what_comes_back_is_what_was_given() -> None:
    """Arguments are the same objects as before, and so are the tables of their copies."""
    problem = make_problem(4, 2, 1)

    (first, second), named, copied = beside(
        computing.given_back, problem, "text", cancel=never(), more=[1]
    )

    assert first is problem
    assert (second, named) == ("text", {"more": [1]})
    assert copied == problem.model_copy(update={"pins": ()})
    assert copied.volunteers is problem.volunteers


@pytest.mark.parametrize(
    "error",
    [
        unknown_draft(RecordState(), "second"),
        ModelError("a bug", details="lines"),
        ZeroDivisionError("by zero"),
    ],
)
def test_errors_are_raised_as_they_were(error: Exception) -> None:
    """With the place where they were raised, for whoever reads the log."""
    with pytest.raises(type(error)) as raised:
        beside(computing.failing, type(error), *error.args, cancel=never())

    assert str(raised.value) == str(error)
    assert getattr(raised.value, "faults", ()) == getattr(error, "faults", ())
    assert "computing.py" in raised.value.__notes__[0]


def test_an_error_that_cannot_be_passed_on_is_told_as_text() -> None:
    """Its traceback is the message."""
    with pytest.raises(RuntimeError, match=r"ValueError[\s\S]*Nothing passes this on"):
        beside(computing.stubborn, cancel=never())


def test_progress_comes_in_order_and_the_best_after_a_stop() -> None:
    """In the thread that waits."""
    told: list[tuple[int, int]] = []
    cancel = threading.Event()

    def tell(number: int) -> None:
        told.append((number, threading.get_ident()))
        if number == 9:
            cancel.set()

    found = beside(computing.counting, 10, cancel=cancel, on_progress=tell)

    assert found == "best so far"
    assert told == [(number, threading.get_ident()) for number in range(10)]


@needs_proc
def test_an_error_while_progress_is_told_ends_the_process() -> None:
    """Nobody would hear of the rest."""
    before = {*children(os.getpid())}
    pids: list[int] = []

    def tell(_: int) -> None:
        pids.extend({*children(os.getpid())} - before)
        raise KeyError("page")

    with pytest.raises(KeyError):
        beside(computing.counting, 1, cancel=never(), on_progress=tell)

    assert pids
    assert all(map(gone, pids))


@needs_proc
def test_a_process_that_is_killed_is_an_error() -> None:
    """With how it ended, in both languages."""
    before = {*children(os.getpid())}

    def kill(_: int) -> None:
        for pid in {*children(os.getpid())} - before:
            os.kill(pid, signal.SIGKILL)

    with pytest.raises(ModelError, match=r"ended unexpectedly:\nexit code -9"):
        beside(computing.counting, 1, cancel=never(), on_progress=kill)


@needs_proc
def test_it_ends_with_its_parent() -> None:
    """Also if the parent is killed, and has no chance to say so."""
    code = "import threading, computing; from shiftplan.solving.beside import beside; "
    code += "beside(computing.counting, 1, cancel=threading.Event(), "
    code += "on_progress=lambda n: print(n, flush=True))"
    with subprocess.Popen(python(code), stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "0\n"
        pids = children(parent.pid)

        parent.kill()

    until = time.monotonic() + SECONDS
    while not all(map(gone, pids)) and time.monotonic() < until:
        time.sleep(0.01)
    assert pids
    assert all(map(gone, pids))


def test_what_is_logged_there_is_logged_here(caplog: pytest.LogCaptureFixture) -> None:
    """From the level on that counts here."""
    with caplog.at_level(logging.INFO, "shiftplan"):
        beside(computing.logging_on, cancel=never())

    assert [r.getMessage() for r in caplog.records] == ["an engine failed: lost"]


def test_what_has_no_name_is_computed_here() -> None:
    """Such as a function within another one."""

    def within(*, cancel: threading.Event) -> int:
        assert not cancel.is_set()
        return os.getpid()

    assert beside(within, cancel=never()) == os.getpid()


def test_modules_that_the_other_process_lacks_are_no_obstacle(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is computed in this process, and the log says why."""
    module: Any = ModuleType("made_by_hand")
    module.Own = type("Own", (), {"__module__": "made_by_hand"})
    monkeypatch.setitem(sys.modules, "made_by_hand", module)

    with caplog.at_level(logging.INFO, "shiftplan"):
        pid = beside(computing.its_process, module.Own(), cancel=never())

    assert pid == os.getpid()
    assert "made_by_hand" in caplog.text


def test_rules_of_own_modules_hold_there_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bob shares a vehicle with Ana, so that one of the two far apart shifts stays empty."""
    text = (EXAMPLES / "10_own_rule.py").read_text(encoding="utf-8")
    (tmp_path / "vehicles.py").write_text(
        text.replace("shared_vehicle", "vehicle_beside"), encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    example = import_module("vehicles")
    try:
        own = example.SharedVehicle(group=("blue motorbike",), level="hard")
        rules = [{"rule": "coverage", "level": 1}, own]
        problem = plan(**example.PAIR, requirements=example.SEATS, rules=rules)

        result = beside(solve, problem, workers=1, cancel=never())

        assert result.total.cost == solve(problem, workers=1).total.cost
        assert check(problem, result.require_roster()).is_feasible
        assert result.score == check(problem, result.roster)
    finally:
        RULES.forget("vehicle_beside")


def test_only_large_weeks_are_worth_a_process() -> None:
    """A village is solved before a process has started; the bundled province is not."""
    small, large = (read_problem(EXAMPLES / "data" / name) for name in ("commune", "an_giang"))

    assert runner_for(small) is here
    assert runner_for(large) is beside
    assert len(small.volunteers) * len(small.shifts) < LEAST_PAIRS
