"""Large programs region by region: bounds that hold for the whole, pieces that fit together."""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import replace
from itertools import islice, pairwise
from typing import ClassVar

import highspy
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from links import Recorder
from processes import children, needs_proc
from scipy import sparse
from towns import RULES, town

from shiftplan import check, solve
from shiftplan.engines import search
from shiftplan.engines.greedy import greedy
from shiftplan.engines.highs import load
from shiftplan.engines.regions import conduct, jobs
from shiftplan.engines.regions.partition import Places, at_home
from shiftplan.engines.regions.pieces import Piece, Pieces
from shiftplan.engines.regions.prices import Prices
from shiftplan.engines.relaxation import LazyRelaxation
from shiftplan.engines.search import minimise
from shiftplan.engines.task import Deadline, Limits, Outcome, Relaxation, Task
from shiftplan.engines.team import Report
from shiftplan.engines.worker import run_engine
from shiftplan.model import Layout, Program, build


def program_of(seed: int, pairs: int, others: int, rows: int) -> Program:
    """Rows that ask for pairs or limit them; the other columns ease some of the rows."""
    rng = np.random.default_rng(seed)
    matrix = np.zeros((rows, pairs + others))
    for row in range(rows):
        chosen = rng.integers(pairs, size=3)
        matrix[row, chosen] = -1 if row % 2 else 1
        if others and rng.random() < 0.7:
            matrix[row, pairs + rng.integers(others)] = -1
    columns = pairs + others
    return Program(
        matrix=sparse.csr_array(matrix),
        row_upper=np.where(np.arange(rows) % 2, -1.0, rng.integers(1, 3, size=rows)),
        upper=np.where(np.arange(columns) < pairs, 1.0, 3.0),
        cost=rng.integers(-4, 9, size=columns).astype(float) * (np.arange(columns) >= pairs)
        + rng.integers(-2, 5, size=columns) * (np.arange(columns) < pairs),
        level_cost={},
        offset=float(rng.integers(5)),
        level_offset={},
        num_pairs=pairs,
    )


def optimum(program: Program, *, whole: bool = True) -> float:
    """The least cost; infinite when no solution exists."""
    if program.num_columns == 0:
        return program.offset
    highs = load(program, whole=whole, seed=0)
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return np.inf
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(highs.getInfo().objective_function_value)


def relaxed(program: Program, rounds: int = 100) -> Relaxation | None:
    """What some rounds say about a program; None when there is nothing to say."""
    lazy = LazyRelaxation(program, seed=0, timed=False)
    said = list(islice(lazy.rounds(Deadline(np.inf), lambda: False), rounds))
    return said[-1] if said else None


programs = st.builds(
    program_of,
    st.integers(0, 10**6),
    st.integers(3, 12),
    st.integers(0, 6),
    st.integers(1, 14),
)


@given(programs, st.lists(st.integers(0, 2**12 - 1), max_size=5), st.integers(1, 3))
def test_bounds_of_windows_never_exceed_the_optimum(program, masks, rounds):
    """Whatever windows are solved, and however far: bounds rise, and stay below every solution."""
    prices, least = Prices(program), optimum(program)
    bounds = [prices.bound]
    for mask in masks:
        pairs = np.flatnonzero([mask >> i & 1 for i in range(program.num_pairs)])
        window = prices.window(pairs)
        found = relaxed(window.program, rounds) if window.program.num_columns else None
        if found is not None:
            prices.take_window(window, found)
        bounds.append(prices.bound)

    assert all(later >= before for before, later in pairwise(bounds))
    assert bounds[-1] <= least + 1e-6


@given(programs, st.integers(0, 10**6))
def test_any_duals_prove_a_bound(program, seed):
    """Duals out of thin air, also of the wrong sign, never prove what is not true."""
    rng = np.random.default_rng(seed)
    duals = rng.normal(size=program.num_rows) * rng.choice([0.1, 1.0, 10.0])
    prices, nothing = Prices(program), np.zeros(program.num_columns)

    prices.take(Relaxation(np.inf, nothing, nothing, duals))

    assert prices.bound <= optimum(program) + 1e-6


def test_worse_duals_are_not_taken():
    """A bound once proven stays, whatever comes later."""
    program = build(town(4, 30)).program()
    prices, good = Prices(program), relaxed(program)
    assert good is not None
    prices.take(good)
    proven = prices.bound

    taken = prices.take(replace(good, duals=np.full(program.num_rows, -9.0)))

    assert not taken
    assert prices.bound == proven == pytest.approx(good.bound)


@given(programs)
def test_a_window_of_all_pairs_is_the_whole_relaxation(program):
    """The duals of all rows at once prove what the relaxation proves."""
    program = replace(program, cost=np.abs(program.cost))
    if optimum(program, whole=False) == np.inf:
        return
    prices = Prices(program)

    window = prices.window(np.arange(program.num_pairs))
    found = relaxed(window.program)

    assert found is not None
    prices.take_window(window, found)
    apart = ~np.isin(np.arange(program.num_rows), window.rows)
    free = replace(program, row_upper=np.where(apart, 1e9, program.row_upper))
    assert prices.bound == pytest.approx(optimum(free, whole=False), abs=1e-6)


def test_windows_close_in_on_the_whole_relaxation():
    """From prices of the first rounds, windows of several cuts come close to the relaxation."""
    model = build(town(12, 90))
    program, layout = model.program(), model.layout()
    places, prices = Places(layout), Prices(program)
    first = relaxed(program, 3)
    assert first is not None
    prices.take(first)
    least = optimum(program, whole=False)
    before = least - prices.bound

    for number in (1, 2):
        region = places.regions(3, number)
        for inside in range(3):
            window = prices.window(np.flatnonzero(region == inside))
            found = relaxed(window.program)
            assert found is not None
            prices.take_window(window, found)

    assert prices.bound <= least + 1e-6
    assert least - prices.bound < 0.1 * before


@given(programs, st.integers(0, 10**6))
def test_pieces_that_are_out_together_fit_together(program, seed):
    """Solved side by side, pieces hold in the whole, and what each saves adds up."""
    rng = np.random.default_rng(seed)
    values = greedy(program)
    if values is None:
        return
    number = np.arange(program.num_pairs)
    pieces = Pieces(program, Layout(number, number, number))
    region = rng.integers(3, size=program.num_pairs)
    cuts = [pieces.cut(np.flatnonzero(region == r), values) for r in range(3)]

    joined, saved = values.copy(), 0.0
    for piece in cuts:
        highs = load(piece.program, whole=True, seed=0)
        highs.run()
        if piece.program.num_columns:
            best = np.round(np.array(highs.getSolution().col_value))
            saved += piece.program.total(values[piece.columns]) - piece.program.total(best)
            joined[piece.columns] = best

    assert np.all(program.matrix @ joined <= program.row_upper + 1e-6)
    assert program.total(joined) == pytest.approx(program.total(values) - saved)
    assert saved >= -1e-6


def test_a_piece_given_back_frees_its_pairs():
    """Pairs are in one piece at a time, and can be cut again once it is back."""
    model = build(town(4, 30))
    program, pairs = model.program(), np.arange(model.num_pairs)
    values = greedy(program)
    pieces = Pieces(program, model.layout())

    def size(piece: Piece) -> int:
        return piece.program.num_pairs

    first = pieces.cut(pairs, values)
    assert (size(first), size(pieces.cut(pairs, values))) == (len(pairs), 0)
    pieces.give_back(first)
    assert size(pieces.cut(pairs, values)) == len(pairs)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_regions_keep_centers_whole_and_sizes_alike(number):
    """Each center is in one region; none is empty, and the first cut is even."""
    layout = build(town(24, 200)).layout()

    region = Places(layout).regions(4, number)

    pairs = np.bincount(region)
    of_center = {(c, r) for c, r in zip(layout.center, region, strict=True)}
    assert len(pairs) == 4
    assert len(of_center) == len(np.unique(layout.center))
    assert pairs.min() > 0
    assert number or pairs.max() < 1.5 * pairs.mean()


def test_regions_do_not_cut_what_hangs_together():
    """Two groups of centers that share nobody are the two regions."""
    group = np.repeat([0, 1], 200)
    rng = np.random.default_rng(0)
    center = 2 * rng.integers(5, size=400) + group
    volunteer = 2 * rng.integers(30, size=400) + group

    region = Places(Layout(volunteer, center, np.zeros(400, dtype=int))).regions(2, 0)

    assert len(set(zip(group.tolist(), region.tolist(), strict=True))) == 2


def test_people_belong_where_they_are_used_most():
    """Use decides, and where there is none the number of pairs."""
    volunteer = np.array([0, 0, 0, 1, 1, 1])
    region = np.array([0, 0, 1, 0, 1, 1])
    layout = Layout(volunteer, region, np.zeros(6, dtype=int))

    own = at_home(layout, region, np.array([0.2, 0.2, 0.5, 0.0, 0.0, 0.0]))

    assert own.tolist() == [False, False, True, False, True, True]


@pytest.fixture
def small_regions(monkeypatch):
    """Towns count as large, and nothing settles them before."""
    monkeypatch.setattr(search, "_QUICK_COLUMNS", 0)
    monkeypatch.setattr(conduct, "_LARGE_PAIRS", 1)
    monkeypatch.setattr(conduct, "_LARGE_CENTERS", 2)
    monkeypatch.setattr(conduct, "_REGION_PAIRS", 150)
    monkeypatch.setattr(jobs, "_PIECE_SECONDS", (0.5, 2.0))


def _searched(problem, **limits) -> Outcome:
    model = build(problem)
    return minimise(model.program(), model.layout(), Limits(**limits), lambda _: None)


def test_regions_are_planned_the_same_twice(small_regions):
    """With one worker and counted work the roster is the same; the bound is near the relaxation."""
    problem = town(8, 60)

    one, two = (_searched(problem, workers=1, work_limit=4) for _ in range(2))

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


def test_the_checker_agrees_with_regions(small_regions):
    """A roster of regions that comes out of the door costs what the checker says."""
    problem = town(8, 60)

    result = solve(problem, workers=1, work_limit=2)

    score = check(problem, result.require_roster())
    assert score.is_feasible
    assert score.total == result.total.cost
    assert result.stats["regions"]["regions"] >= 2


def test_the_gap_asked_for_ends_regions(small_regions):
    """The search ends at the gap that is good enough, and no process is left."""
    found = _searched(town(8, 60), workers=2, seconds=60.0, gap=0.5)

    assert found.ending == found.stats["regions"]["ended"] == "gap"
    assert found.meets(0.5)
    assert children(os.getpid()) == []


def test_a_cancel_ends_regions(small_regions):
    """Whoever cancels gets the best roster so far."""
    cancel = threading.Event()
    model = build(town(8, 60))
    limits = Limits(workers=2, cancels=(cancel,))

    found = minimise(model.program(), model.layout(), limits, lambda _: cancel.set())

    assert found.ending == found.stats["regions"]["ended"] == "interrupt"
    assert found.values is not None


def test_a_start_is_never_lost(small_regions):
    """What comes back costs no more than the start."""
    model = build(town(8, 60))
    program = model.program()
    start = _searched(town(8, 60), workers=1, work_limit=4).values
    assert start is not None

    found = minimise(
        program, model.layout(), Limits(workers=1, work_limit=1), lambda _: None, start
    )

    assert found.cost is not None
    assert found.cost <= program.total(start)


def test_rows_over_everything_leave_regions_out(small_regions):
    """A rule that ties all people together is planned as before, and to the same end."""
    problem = town(4, 24, rules=[*RULES, {"rule": "max_min", "level": 2, "weight": 300}])

    found = _searched(problem, workers=1, work_limit=3)

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


def test_nonsense_of_a_worker_is_not_taken(small_regions, monkeypatch):
    """What breaks rows is no roster; and all regions are asked for a quick roster first."""
    monkeypatch.setattr(conduct, "Team", LyingTeam)
    monkeypatch.setattr(LyingTeam, "tasks", [])

    found = _searched(town(8, 60), workers=2, work_limit=2)

    asked = [(task.engine, task.work_limit) for task in LyingTeam.tasks]
    first = [ask for i, ask in enumerate(asked) if ask not in asked[:i]]
    assert first == [("relaxing", 2), ("greedy", 2), ("neighborhoods", 0), ("neighborhoods", 2)]
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


def test_a_worker_that_dies_idle_gets_no_more_work(small_regions, monkeypatch):
    """The others do everything; with nobody left the search is lost, not waiting for ever."""
    monkeypatch.setattr(conduct, "Team", DyingTeam)

    found = _searched(town(8, 60), workers=2, work_limit=2)

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
def test_windows_prove_a_bound_without_the_whole_relaxation(how, small_regions, monkeypatch):
    """Killed or out of time: when no prices come of the whole, windows find their own."""
    monkeypatch.setattr(conduct, "Team", HalfTeam)
    monkeypatch.setattr(HalfTeam, "how", how)
    monkeypatch.setattr(LyingTeam, "tasks", [])

    found = _searched(town(8, 60), workers=2, work_limit=2)

    least = optimum(found.program, whole=False)
    nothing = Prices(found.program).bound
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
    ("workers", "regions"), [(1, 2), (1, 34), (2, 4), (2, 8), (2, 34), (8, 64), (8, 8)]
)
def test_a_sweep_of_windows_leaves_time_for_pieces(workers, regions):
    """In however many regions: windows that take all they may leave three fifths of the time."""
    model, clock = build(town(2, 14)), Clock(100.0)
    program = model.program()
    make = jobs.Jobs(program, model.layout(), Limits(workers=workers), clock, regions)

    for _ in range(regions // workers):  # as many as there are workers go on side by side
        clock.seconds -= make.window(np.arange(9), Prices(program)).task.seconds

    assert clock.left() >= 60.0 - 1e-9


@needs_proc
def test_killed_workers_leave_what_regions_have(small_regions):
    """kill -9 of one worker and the other goes on; of all, and the best roster stays."""
    for survivors in (1, 0):
        killed: list[int] = []

        def kill(outcome: Outcome, survivors: int = survivors, killed: list[int] = killed) -> None:
            if not killed and outcome.bound is not None:
                killed.extend(children(os.getpid())[survivors:])
                for pid in killed:
                    os.kill(pid, signal.SIGKILL)

        model = build(town(8, 60))
        limits = Limits(workers=2, work_limit=2)
        found = minimise(model.program(), model.layout(), limits, kill)

        assert len(killed) == 2 - survivors
        assert found.ending == ("work" if survivors else "lost")
        assert found.values is not None
        assert children(os.getpid()) == []
