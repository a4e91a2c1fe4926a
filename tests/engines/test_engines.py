"""Engines by themselves: every one finds the optimum of a small town, and their parts hold."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from links import Recorder
from scipy import sparse
from towns import town

from shiftplan import ModelError, check, engines
from shiftplan.engines import mip
from shiftplan.engines.greedy import greedy
from shiftplan.engines.highs import costs_what_it_claims, load, settle
from shiftplan.engines.lineup import Choice
from shiftplan.engines.partial import Partial
from shiftplan.engines.restriction import Restriction
from shiftplan.engines.task import ENGINES, Deadline, Limits, Outcome, Task, whole_bound
from shiftplan.engines.team import Report
from shiftplan.engines.watch import watch
from shiftplan.engines.worker import run_engine
from shiftplan.model import Program, build


@pytest.fixture(scope="module")
def small():
    model = build(town(2, 14))
    return model, model.program()


@pytest.fixture(scope="module")
def optimum(small):
    model, program = small
    link = Recorder()
    assert run_engine(_task("mip", model, program), link) == "proven"
    return round(link.bounds[-1])


def _task(engine: str, model, program, **changes) -> Task:
    options = {"start": None, "seed": 0, "seconds": np.inf, "work_limit": None} | changes
    return Task(engine, program, model.layout(), **options)


@pytest.mark.parametrize("engine", ["mip", "cpsat"])
def test_exact_engines_prove_the_same_optimum(engine, small, optimum):
    """HiGHS and CP-SAT agree on the least cost, and the checker on the roster."""
    model, program = small
    link = Recorder()

    ending = run_engine(_task(engine, model, program), link)

    best = link.solutions[-1]
    assert ending == "proven"
    assert round(program.total(best)) == optimum
    assert np.ceil(link.bounds[-1] - 1e-6) == optimum
    score = check(model.arrays.problem, model.roster(best))
    assert score.is_feasible
    assert score.total == optimum


def test_neighborhoods_reach_the_optimum_of_a_small_town(small, optimum):
    """Enough neighborhoods end at the optimum; every report is feasible and better."""
    model, program = small
    link = Recorder()

    run_engine(_task("neighborhoods", model, program, work_limit=30), link)

    totals = [round(program.total(v)) for v in link.solutions]
    assert totals[-1] == optimum
    assert all(np.all(program.matrix @ v <= program.row_upper + 1e-6) for v in link.solutions)
    assert max(link.bounds) <= optimum


def test_neighborhoods_repeat_themselves():
    """The same seed and the same number of neighborhoods give the same solutions."""
    model = build(town(2, 30))
    program = model.program()
    links = [Recorder(), Recorder()]

    for link in links:
        run_engine(_task("neighborhoods", model, program, seed=3, work_limit=2), link)

    first, second = (link.solutions for link in links)
    assert len(first) == len(second) > 0
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_settled_columns_cost_what_the_checker_finds(small):
    """With the works fixed the other columns fall to the cost of the roster by the checker."""
    model, program = small
    values = greedy(program)
    loose = np.where(np.arange(program.num_columns) < program.num_pairs, values, program.upper)

    settled = settle(program, loose)

    score = check(model.arrays.problem, model.roster(values))
    assert round(program.total(settled)) == score.total


@pytest.mark.parametrize("engine", ["mip", "cpsat"])
def test_contradictions_are_reported(engine, small):
    """A row that nothing satisfies ends as infeasible."""
    model, program = small
    none = program.with_row(np.zeros(program.num_columns), -1.0)

    assert run_engine(_task(engine, model, none), Recorder()) == "infeasible"


@pytest.mark.parametrize("seed", range(4))
def test_greedy_roster_is_feasible_and_its_cost_is_no_less_than_checked(seed):
    """The greedy values satisfy all rows; the checker finds no hard breach and no higher cost."""
    model = build(town(4, 50, seed))
    program = model.program()

    values = greedy(program)

    assert values is not None
    assert np.all(program.matrix @ values <= program.row_upper + 1e-6)
    score = check(model.arrays.problem, model.roster(values))
    assert score.is_feasible
    assert score.total <= round(program.total(values))


def test_greedy_completes_a_state(small):
    """Works that are there stay, and those that pay are added."""
    _, program = small
    state = Partial(program)
    first = next(pair for pair in range(program.num_pairs) if state.add(pair) is not None)
    state.accept(first)
    begun = program.total(np.array(state.value))

    values = greedy(program, state=state)

    assert values is not None
    assert values[first] == 1
    assert np.all(program.matrix @ values <= program.row_upper + 1e-6)
    assert program.total(values) < begun


def test_greedy_gives_none_when_hard_minima_stay_broken():
    """A minimum that nobody can fill leaves no roster to start from."""
    rules = [{"rule": "minimum_coverage"}, {"rule": "one_place"}]
    model = build(town(1, 1, rules=rules))

    assert greedy(model.program()) is None


def test_restriction_costs_what_the_whole_costs(small):
    """Freeing all pairs gives back the program; freeing some keeps the rest in place."""
    _, program = small
    values = greedy(program)
    activity = program.matrix @ values
    restriction = Restriction(program)
    pairs = np.arange(0, program.num_pairs, 3)

    columns = restriction.free_columns(pairs)
    part = restriction.program_of(columns, values, activity)

    assert set(pairs) <= set(columns)
    assert len(np.unique(columns)) == len(columns)
    assert np.all(part.matrix @ values[columns] <= part.row_upper + 1e-6)
    whole = restriction.free_columns(np.arange(program.num_pairs))
    assert len(whole) <= program.num_columns


@pytest.mark.parametrize(
    ("pairs", "entries", "ties"),
    [(90_000, 1_001, False), (110_000, 1_001, True), (110_000, 2_000, False)],
)
def test_a_team_of_a_city_frees_what_prices_it(pairs, entries, ties):
    """A row ties its other columns to its pairs unless it is long and a large part of them all."""
    people = np.zeros((1, pairs + 1))
    people[0, : entries - 1], people[0, -1] = -1.0, -1.0
    program = Program(
        matrix=sparse.csr_array(people),
        row_upper=np.array([-1.0]),
        upper=np.ones(pairs + 1),
        cost=np.append(np.zeros(pairs), 1.0),
        level_cost={},
        offset=0.0,
        level_offset={},
        num_pairs=pairs,
    )

    free = Restriction(program).free_columns(np.array([0]))

    assert (pairs in free) is ties


def test_every_engine_can_be_named():
    """Each module that runs a task has its name in the list, and each name its module."""
    folder = Path(engines.__file__).parent
    modules = [import_module(f"shiftplan.engines.{path.stem}") for path in folder.glob("[a-z]*.py")]
    runs = {m.__name__.rpartition(".")[2] for m in modules if hasattr(m, "run")}

    assert runs == set(ENGINES)


def test_unknown_engines_are_refused(small):
    """A name that is no engine is named together with those that are."""
    model, program = small
    with pytest.raises(ValueError, match=", ".join(ENGINES)):
        run_engine(_task("oracle", model, program), Recorder())


def test_greedy_can_be_stopped_at_any_time(small):
    """Stopped at once or midway, greedy gives values that satisfy all rows."""
    _, program = small
    turns = iter(range(8))

    for stopped in (lambda: True, lambda: next(turns, None) is None):
        values = greedy(program, stopped=stopped)

        assert values is not None
        assert np.all(program.matrix @ values <= program.row_upper + 1e-6)


def test_solutions_that_break_rows_or_bounds_are_refused(small):
    """A failing solver may report anything: only values that hold become the best."""
    _, program = small
    values = greedy(program)
    outcome = Outcome(program)

    assert not outcome.offer(np.zeros(program.num_columns), "x")  # empty seats cost nothing here
    assert not outcome.offer(values - 2, "x")
    assert outcome.offer(values, "x")
    assert not outcome.offer(values, "x")


class ScriptedTeam:
    """Reports in a given order; "waits" stands for a worker that only ends when asked to."""

    def __init__(self, *reports: Report | str) -> None:
        self.reports = list(reports)
        self.asked = False

    def report(self, seconds: float) -> Report | None:
        if self.reports[0] == "waits":
            assert self.asked, "nobody would ever end"
            self.reports.pop(0)
        return self.reports.pop(0)

    def share(self, values: np.ndarray, origin: int) -> None:
        pass

    def ask_to_end(self) -> None:
        self.asked = True

    def stop(self) -> list[Report]:
        return []


def _watched(team: ScriptedTeam, outcome: Outcome, **limits: Any) -> str:
    choices = [Choice("cpsat", "a first roster"), Choice("neighborhoods", "better ones")]
    return watch(team, choices, Limits(**limits), Deadline(np.inf), outcome, lambda: None)


def test_infeasible_is_not_believed_against_a_roster(small):
    """With a roster in hand an engine that calls the program infeasible is a failed engine."""
    _, program = small
    outcome = Outcome(program, values=greedy(program))
    team = ScriptedTeam(Report(0, "ended", "infeasible"), Report(1, "ended", "stopped"))

    assert _watched(team, outcome, work_limit=1) == "work"


def test_neighborhoods_do_not_wait_for_a_roster_that_cannot_come(small):
    """Once no engine is left that could find a first roster, those that wait are ended."""
    _, program = small
    team = ScriptedTeam(Report(0, "ended", "stopped"), "waits", Report(1, "ended", "stopped"))

    assert _watched(team, Outcome(program), work_limit=1) == "work"


def test_lost_engines_are_no_time_limit(small):
    """When all engines die the roster stays, and without one it is an error that says so."""
    _, program = small
    dead = [Report(0, "died", None), Report(1, "failed", "trace")]

    assert _watched(ScriptedTeam(*dead), Outcome(program, values=greedy(program))) == "lost"
    with pytest.raises(ModelError, match="cpsat 1 died"):
        _watched(ScriptedTeam(*dead), Outcome(program))


class Neighbor(Recorder):
    """A link through which another engine's solutions come, one at each look."""

    def __init__(self, offers: list[np.ndarray | None]) -> None:
        super().__init__()
        self.looks = 0
        self._offers = offers

    def best(self) -> Any:
        self.looks += 1
        return self._offers[min(self.looks, len(self._offers)) - 1]


def test_branch_and_cut_waits_for_a_better_solution(small, optimum):
    """It looks until another engine has something better than the start, and begins from there."""
    model, program = small
    start = greedy(program, lambda: False, Partial(program))
    exact = Recorder()
    run_engine(_task("mip", model, program), exact)
    better = exact.solutions[-1]
    assert program.total(better) < program.total(start)
    link = Neighbor([None, start, better])

    ending = run_engine(_task("mip", model, program, start=start, patience=np.inf), link)

    assert ending == "proven"
    assert link.looks >= 3
    assert round(link.bounds[-1]) == optimum
    assert all(program.total(found) < program.total(better) for found in link.solutions)


def test_branch_and_cut_begins_when_patience_ends(small, optimum):
    """Without a better solution it begins from the start."""
    model, program = small
    link = Neighbor([None])

    assert run_engine(_task("mip", model, program, patience=0.2), link) == "proven"
    assert round(link.bounds[-1]) == optimum


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (41.2, 42),
        (42.0, 42),
        (42.0 + 5e-7, 42),  # within 1e-6
        (42.0 + 2e-6, 43),
        (6e6 + 0.004, 6_000_000),  # within a thousand-millionth of it, 0.006
        (6e6 + 0.008, 6_000_001),
        (-0.5, 0),
    ],
)
def test_a_bound_is_rounded_up_less_what_it_may_be_off(value, whole):
    """Costs are whole, but a bound that lies above one by an error of arithmetic proves no more."""
    assert whole_bound(value) == whole
    outcome = Outcome(None)
    outcome.raise_bound(value, "mip")
    assert outcome.bound == whole


def test_claims_are_held_against_values(small):
    """Values that cost something else than the solver says are no proof."""
    _, program = small
    highs = load(program, whole=True, seed=0)
    highs.run()

    assert costs_what_it_claims(highs, program)
    assert not costs_what_it_claims(highs, replace(program, offset=program.offset + 2))


def test_branch_and_cut_runs_again_when_a_claim_fails(small, optimum, monkeypatch):
    """After a false claim the optimum is found without presolve."""
    model, program = small
    claims: list[str] = []

    def failing(highs, _):
        claims.append(highs.getOptionValue("presolve")[1])
        return False

    monkeypatch.setattr(mip, "costs_what_it_claims", failing)
    link = Recorder()

    assert run_engine(_task("mip", model, program), link) == "proven"
    assert claims == ["choose"]
    assert round(link.bounds[-1]) == optimum
    assert program.total(link.solutions[-1]) == optimum


@pytest.mark.parametrize("work_limit", [None, 3])
def test_rosters_are_sought_when_the_bound_comes_to_rest(small, work_limit, monkeypatch):
    """Branch and cut that ends unproven leaves its best roster to neighborhoods, not to nobody."""
    model, program = small
    start = greedy(program, lambda: False, Partial(program))
    patience: list[bool] = []

    def resting(task, link, *, patient):
        patience.append(patient)
        link.bound(1.0)
        return "stopped"

    monkeypatch.setattr(mip, "run", resting)
    link = Recorder(questions=60)

    ending = run_engine(_task("proof", model, program, start=start, work_limit=work_limit), link)

    assert ending == "stopped"
    assert patience == [work_limit is not None]
    assert ("neighborhoods" in link.notes) == (work_limit is None)
    if work_limit is None:
        assert program.total(link.solutions[-1]) < program.total(start)


def test_branch_and_cut_gives_up_a_bound_at_rest(monkeypatch):
    """Unless it is patient, and only after there is a bound at all."""
    model = build(town(12, 60))
    program = model.program()
    monkeypatch.setattr(mip, "_STALE_SECONDS", -1.0)
    monkeypatch.setattr(mip, "_STALE_SHARE", 0.0)
    link = Recorder()

    ending = mip.run(_task("mip", model, program), link, patient=False)

    assert ending == "stopped"
    assert link.bounds
