"""Large programs region by region: what is planned, what ends it, and workers that lie or die."""

from __future__ import annotations

import os
import signal
import threading
from typing import ClassVar

import numpy as np
import pytest
from links import Recorder
from processes import children, needs_proc
from programs import optimum
from towns import RULES, town

from shiftplan import check, solve
from shiftplan.engines import regions
from shiftplan.engines.params import DEFAULTS, SearchParams
from shiftplan.engines.partition import Prices
from shiftplan.engines.search import minimise
from shiftplan.engines.task import Deadline, Limits, Outcome, Relaxation, Task
from shiftplan.engines.team import Report
from shiftplan.engines.worker import run_engine
from shiftplan.solving.building import build

SMALL = SearchParams(
    start={"quick_columns": 0},
    regions={
        "pairs": 1,
        "centers": 2,
        "region_pairs": 150,
        "piece_seconds": 0.5,
        "piece_most_seconds": 2.0,
    },
)
"""Towns count as large, and nothing settles them before."""


@pytest.fixture(scope="module")
def eight():
    """A town of eight centers: its program, and whom, where and when each pair concerns."""
    model = build(town(8, 60))
    return model.program(), model.pairs.layout()


def _searched(parts, changed=lambda _: None, start=None, **limits) -> Outcome:
    return minimise(*parts, Limits(**limits, params=SMALL), changed, start)


@pytest.fixture(scope="module")
def planned(eight) -> Outcome:
    return _searched(eight, workers=1, work_limit=4)


def test_regions_are_planned_the_same_twice(eight, planned):
    """With one worker and counted work the roster is the same; the bound is near the relaxation."""
    one, two = planned, _searched(eight, workers=1, work_limit=4)

    program = one.program
    assert one.ending == "work"
    assert one.stats["regions"]["regions"] >= 2
    assert one.values is not None
    assert two.values is not None
    assert np.array_equal(one.values, two.values)
    assert one.bound == two.bound
    assert np.all(program.matrix @ one.values <= program.row_upper + 1e-6)
    assert one.cost is not None
    assert one.bound is not None
    assert one.bound <= optimum(program) + 1e-6
    assert one.bound > 0.995 * optimum(program, whole=False)


def test_the_checker_agrees_with_regions():
    """A roster of regions that comes out of the door costs what the checker says."""
    problem = town(8, 60)

    result = solve(problem, workers=1, work_limit=2, params=SMALL)

    score = check(problem, result.require_roster())
    assert score.is_feasible
    assert score.total == result.total.cost
    assert result.stats["regions"]["regions"] >= 2


def test_the_gap_asked_for_ends_regions(eight):
    """The search ends at the gap that is good enough, and no process is left."""
    found = _searched(eight, workers=2, seconds=60.0, gap=0.5)

    assert found.ending == found.stats["regions"]["ended"] == "gap"
    assert found.meets(0.5)
    assert children(os.getpid()) == []


def test_a_cancel_ends_regions(eight):
    """Whoever cancels gets the best roster so far."""
    cancel = threading.Event()

    found = _searched(eight, lambda _: cancel.set(), workers=2, cancels=(cancel,))

    assert found.ending == found.stats["regions"]["ended"] == "interrupt"
    assert found.values is not None


def test_a_start_is_never_lost(eight, planned):
    """What comes back costs no more than the start."""
    assert planned.cost is not None

    found = _searched(eight, start=planned.values, workers=1, work_limit=1)

    assert found.cost is not None
    assert found.cost <= planned.cost


def test_rows_over_everything_leave_regions_out():
    """A rule that ties all people together is planned as before, and to the same end."""
    model = build(town(4, 24, rules=[*RULES, {"rule": "max_min", "level": 2, "weight": 300}]))

    found = _searched((model.program(), model.pairs.layout()), workers=1, work_limit=3)

    assert "regions" not in found.stats
    assert found.values is not None


class LyingTeam:
    """Workers that call nonsense a solution, and keep what they were asked for."""

    tasks: ClassVar[list[Task]] = []

    def __init__(self, size: int) -> None:
        self._reports: list[Report] = []

    def __enter__(self) -> LyingTeam:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def start(self, worker: int, task: Task) -> None:
        self.tasks.append(task)
        nonsense = np.zeros(task.program.num_columns, dtype=np.int32)
        self._reports.append(Report(worker, "solution", nonsense))
        self._reports.append(Report(worker, "ended", "stopped"))

    def report(self, seconds: float) -> Report:
        return self._reports.pop(0)

    def stop(self) -> list[Report]:
        return []


def test_nonsense_of_a_worker_is_not_taken(eight, monkeypatch):
    """What breaks rows is no roster; and all regions are asked for a quick roster first."""
    monkeypatch.setattr(regions, "Team", LyingTeam)
    monkeypatch.setattr(LyingTeam, "tasks", [])

    found = _searched(eight, workers=2, work_limit=2)

    asked = [(task.engine, task.work_limit) for task in LyingTeam.tasks]
    first = [ask for i, ask in enumerate(asked) if ask not in asked[:i]]
    assert first == [("relaxation", 2), ("greedy", 2), ("neighborhoods", 0), ("neighborhoods", 2)]
    assert asked.count(("greedy", 2)) >= 2
    # Nor does it stand in what others start from.
    starts = [(t.program, t.start) for t in LyingTeam.tasks if t.start is not None]
    assert all(np.all(p.matrix @ start <= p.row_upper + 1e-6) for p, start in starts)
    assert found.ending == "work"
    assert found.values is not None
    assert np.all(found.program.matrix @ found.values <= found.program.row_upper + 1e-6)
    assert "best_cost" not in found.stats["regions"]


class DyingTeam(LyingTeam):
    """Workers of which the last dies before it has got anything to do."""

    def __init__(self, size: int) -> None:
        self._dead = size - 1
        self._reports = [Report(self._dead, "died", None)]

    def start(self, worker: int, task: Task) -> None:
        assert worker != self._dead, "this task would never end"
        super().start(worker, task)


def test_a_worker_that_dies_idle_gets_no_more_work(eight, monkeypatch):
    """The others do everything; with nobody left the search is lost, not waiting for ever."""
    monkeypatch.setattr(regions, "Team", DyingTeam)

    found = _searched(eight, workers=2, work_limit=2)

    assert found.ending == "work"
    assert found.values is not None


class Told(Recorder):
    """A link that turns into reports what an engine in this process says."""

    def __init__(self, worker: int, reports: list[Report]) -> None:
        super().__init__()
        self._worker, self._reports = worker, reports

    def solution(self, values: np.ndarray) -> None:
        self._reports.append(Report(self._worker, "solution", values))

    def relaxed(self, relaxation: Relaxation) -> None:
        self._reports.append(Report(self._worker, "relaxed", relaxation))


class HalfTeam(LyingTeam):
    """Workers that do what they are asked for, here, but not the first thing."""

    how = "died"

    def start(self, worker: int, task: Task) -> None:
        self.tasks.append(task)
        if len(self.tasks) == 1:
            self._reports.append(Report(worker, self.how, "stopped"))
        else:
            ending = run_engine(task, Told(worker, self._reports))
            self._reports.append(Report(worker, "ended", ending))


@pytest.mark.parametrize("how", ["died", "ended"])
def test_windows_prove_a_bound_without_the_whole_relaxation(how, eight, monkeypatch):
    """Killed or out of time: when no prices come of the whole, windows find their own."""
    monkeypatch.setattr(regions, "Team", HalfTeam)
    monkeypatch.setattr(HalfTeam, "how", how)
    monkeypatch.setattr(LyingTeam, "tasks", [])

    found = _searched(eight, workers=2, work_limit=2)

    least = optimum(found.program, whole=False)
    nothing = Prices(found.program, DEFAULTS.regions).bound
    assert found.ending == "work"
    assert found.bound is not None
    assert nothing + 0.3 * (least - nothing) < found.bound <= np.ceil(least)


class Clock(Deadline):
    """A deadline that comes nearer when the test says so."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def left(self) -> float:
        return self.seconds


@pytest.mark.parametrize(
    ("workers", "count"), [(1, 2), (1, 34), (2, 4), (2, 8), (2, 34), (8, 64), (8, 8)]
)
def test_a_sweep_of_windows_leaves_time_for_pieces(workers, count):
    """In however many regions: windows that take all they may leave three fifths of the time."""
    model, clock = build(town(2, 14)), Clock(100.0)
    program = model.program()
    make = regions.Jobs(program, model.pairs.layout(), Limits(workers=workers), clock, count)

    for _ in range(count // workers):  # as many as there are workers go on side by side
        clock.seconds -= make.window(np.arange(9), Prices(program, DEFAULTS.regions)).task.seconds

    assert clock.left() >= 60.0 - 1e-9


@needs_proc
def test_killed_workers_leave_what_regions_have(eight):
    """kill -9 of one worker and the other goes on; of all, and the best roster stays."""
    for survivors in (1, 0):
        killed: list[int] = []

        def kill(outcome: Outcome, survivors: int = survivors, killed: list[int] = killed) -> None:
            if not killed and outcome.bound is not None:
                killed.extend(children(os.getpid())[survivors:])
                for pid in killed:
                    os.kill(pid, signal.SIGKILL)

        found = _searched(eight, kill, workers=2, work_limit=2)

        assert len(killed) == 2 - survivors
        assert found.ending == ("work" if survivors else "lost")
        assert found.values is not None
        assert children(os.getpid()) == []
