"""Solves that time, a caller, signals or dying workers end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from processes import children, gone, needs_proc
from towns import town

import shiftplan
from shiftplan import NoRosterError, Status, StoppedBy
from shiftplan.engines.params import SearchOptions
from shiftplan.solving import judge as judge_module


def test_time_limit_ends_with_a_roster_and_says_so():
    """When time runs out the best roster so far comes back with its bound and the reason."""
    problem = town(20, 270)

    result = shiftplan.solve(problem, time_limit=2, workers=2)

    assert result.roster is not None
    assert result.status in (Status.FEASIBLE, Status.OPTIMAL)
    assert result.stopped_by is (StoppedBy.TIME if result.status is Status.FEASIBLE else None)


def test_progress_only_improves():
    """Totals fall, bounds rise, and the last report agrees with the result."""
    seen: list[shiftplan.solving.Progress] = []

    result = shiftplan.solve(town(6, 90), time_limit=4, workers=2, on_progress=seen.append)

    totals = [p.total for p in seen if p.total is not None]
    bounds = [p.bound for p in seen if p.bound is not None]
    assert totals == sorted(totals, reverse=True)
    assert bounds == sorted(bounds)
    assert totals[-1] >= result.total.cost
    assert all(p.bound <= p.total for p in seen if p.total is not None and p.bound is not None)


@pytest.mark.parametrize("size", [(1, 9), (20, 270)])
def test_cancelled_beforehand_nothing_is_searched(size):
    """Neither by the quick tries of small weeks; the error speaks of no time."""
    cancel = threading.Event()
    cancel.set()

    result = shiftplan.solve(town(*size), cancel=cancel, workers=1)

    assert result.roster is None
    assert result.stopped_by is StoppedBy.INTERRUPT
    with pytest.raises(NoRosterError, match="before the search ended"):
        result.require_roster()


def test_cancel_ends_with_the_best_roster():
    """An application sets the event; the roster so far comes back, checked."""
    cancel = threading.Event()

    result = shiftplan.solve(
        town(20, 270),
        time_limit=None,
        workers=2,
        cancel=cancel,
        on_progress=lambda p: cancel.set() if p.total is not None else None,
    )

    assert result.roster is not None
    assert result.stopped_by is StoppedBy.INTERRUPT


SCRIPT = """
import sys
sys.path.insert(0, {tests!r})
import shiftplan
from towns import town
result = shiftplan.solve(town(30, 400), time_limit=None, workers=2,
                         on_progress=lambda p: print("progress", flush=True))
print(result.status, result.stopped_by, len(result.roster), flush=True)
"""


def started() -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT.format(tests=str(Path(__file__).parent.parent))],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "progress\n"
    return process


@needs_proc
def test_ctrl_c_gives_the_best_roster_and_leaves_no_process():
    """SIGINT ends the search with a roster; all workers are gone."""
    with started() as process:
        workers = children(process.pid)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)

    assert "INTERRUPT" in out
    assert process.returncode == 0
    assert workers
    assert all(gone(pid) for pid in workers)


@needs_proc
def test_workers_end_when_their_parent_is_killed():
    """No orphan stays after kill -9 of the parent."""
    with started() as process:
        workers = children(process.pid)
        process.kill()
        process.wait()
        for _ in range(100):
            if all(gone(pid) for pid in workers):
                break
            time.sleep(0.1)

        assert workers
        assert all(gone(pid) for pid in workers)


@needs_proc
def test_killed_workers_cost_only_their_work():
    """kill -9 on every worker: the best roster so far comes back, checked."""
    killed = []

    def kill(progress: shiftplan.solving.Progress) -> None:
        if not killed and progress.total is not None:
            killed.extend(children(os.getpid()))
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    result = shiftplan.solve(town(30, 400), time_limit=60, workers=2, on_progress=kill)

    assert killed
    assert result.roster is not None
    assert result.status is Status.FEASIBLE
    assert result.stopped_by is StoppedBy.LOST


@needs_proc
@pytest.mark.parametrize("quick_columns", [6_000, 0])
def test_errors_of_on_progress_reach_the_caller(quick_columns):
    """What on_progress raises comes out of solve, also through a solver, and no worker stays."""
    params = {"start": {"quick_columns": quick_columns}}
    calls = []

    def fail(progress: shiftplan.solving.Progress) -> None:
        calls.append(progress)
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        shiftplan.solve(town(3, 40), time_limit=None, workers=2, on_progress=fail, params=params)

    assert len(calls) == 1
    assert children(os.getpid()) == []


@pytest.mark.parametrize("presses", [1, 2])
def test_ctrl_c_while_checking_still_gives_the_roster(monkeypatch, presses):
    """Ctrl-C during the closing checks waits for them; only the second one raises."""
    true_check = shiftplan.check

    def interrupted_check(problem, roster):
        for _ in range(presses):
            signal.raise_signal(signal.SIGINT)
        return true_check(problem, roster)

    monkeypatch.setattr(judge_module, "check", interrupted_check)
    handler = signal.getsignal(signal.SIGINT)

    if presses == 1:
        assert shiftplan.solve(town(1, 5), time_limit=None, workers=1).roster is not None
    else:
        with pytest.raises(KeyboardInterrupt):
            shiftplan.solve(town(1, 5), time_limit=None, workers=1)

    assert signal.getsignal(signal.SIGINT) is handler


def test_a_search_that_gains_nothing_ends_and_says_so():
    """A least gain that nothing reaches ends a search that only a proof would end otherwise."""
    result = shiftplan.solve(
        town(20, 270), time_limit=None, workers=2, idle_limit=0.2, least_gain=0.99
    )

    assert result.roster is not None
    assert result.stopped_by is (StoppedBy.IDLE if result.status is Status.FEASIBLE else None)


def test_a_least_gain_alone_is_measured_over_a_minute():
    """It says by itself that a search shall end; without it a search need not gain anything."""
    assert SearchOptions(least_gain=0.01).idle_window == 60
    assert SearchOptions(least_gain=0.01, idle_limit=5).idle_window == 5
    assert SearchOptions().idle_window is None


@pytest.mark.slow
def test_a_province_repeats_under_a_work_limit():
    """One worker makes the same roster of a large week again, whatever else the machine does."""
    problem = shiftplan.read_problem(Path(__file__).parents[2] / "examples" / "data" / "an_giang")

    first, again = (
        shiftplan.solve(problem, time_limit=None, workers=1, work_limit=2) for _ in range(2)
    )

    assert first.roster == again.roster
    assert first.stopped_by is StoppedBy.WORK
