"""Engines by themselves: every one finds the optimum of a small town, and their parts hold."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from links import Recorder
from programs import relaxed
from scipy import sparse
from tasks import task_of

from shiftplan import ModelError, check, engines
from shiftplan.engines import neighborhoods, search
from shiftplan.engines.chooser import Chooser
from shiftplan.engines.greedy import greedy
from shiftplan.engines.highs import settle
from shiftplan.engines.params import DEFAULTS
from shiftplan.engines.restriction import Restriction
from shiftplan.engines.search import minimise
from shiftplan.engines.task import ENGINES, Deadline, Limits, Outcome, Relaxation, whole_bound
from shiftplan.engines.team import Choice, Report, watch
from shiftplan.engines.worker import _PipeLink, run_engine
from shiftplan.model import Program


@pytest.mark.parametrize("engine", ["mip", "cpsat"])
def test_exact_engines_prove_the_same_optimum(engine, small, optimum):
    """HiGHS and CP-SAT agree on the least cost, and the checker on the roster."""
    model, program = small
    link = Recorder()

    ending = run_engine(task_of(engine, model, program), link)

    best = link.solutions[-1]
    assert ending == "proven"
    assert round(program.total(best)) == optimum
    assert np.ceil(link.bounds[-1] - 1e-6) == optimum
    score = check(model.arrays.week, model.pairs.roster(best))
    assert score.is_feasible
    assert score.total == optimum


def test_no_bound_is_below_0(small, monkeypatch):
    """Rewards that an offset makes up for: the first bounds of engines are far below any cost."""
    model, program = small
    told: list[int | None] = []

    def rewarded(task, outcome, limits, report, *, by):
        for value in (-812.5, -3.2, 1.5):
            if outcome.raise_bound(value, by):
                report()
        return "stopped"

    monkeypatch.setattr(search, "run_here", rewarded)

    def tell(outcome):
        told.append(outcome.bound)

    minimise(program, model.pairs.layout(), Limits(seconds=0.05), tell)

    assert told[:2] == [0, 2]


def test_a_quick_try_that_hardly_found_any_roster_is_not_the_last_word(small, monkeypatch):
    """On a busy machine it ends at its first one; nobody need look whether there is any."""
    model, program = small
    first = greedy(program, DEFAULTS)
    tries, told = [], []

    def hurried(task, outcome, limits, report, *, by):
        tries.append(by)
        outcome.offer(settle(program, np.zeros(program.num_columns)), by)
        return "stopped"

    monkeypatch.setattr(search, "run_here", hurried)
    limits = Limits(seconds=0.3)

    found = minimise(program, model.pairs.layout(), limits, lambda o: told.append(o.cost))

    assert tries == ["quick try"]
    assert told[0] == round(program.total(first))
    assert found.cost == told[-1] <= told[0]


def test_nobody_looks_for_any_roster_where_nobody_working_is_one(small, monkeypatch):
    """It would be hardly any, and engines improve what they are given."""
    model, program = small
    tries = []

    def vain(task, outcome, limits, report, *, by):
        tries.append(by)
        return "stopped"

    monkeypatch.setattr(search, "run_here", vain)

    found = minimise(program, model.pairs.layout(), Limits(seconds=0.3), lambda _: None)

    assert tries == ["quick try"]
    assert found.values is not None


def test_neighborhoods_reach_the_optimum_of_a_small_town(small, optimum):
    """Enough neighborhoods end at the optimum; every report is feasible, and none is worse."""
    model, program = small
    start, link = greedy(program, DEFAULTS), Recorder()
    task = task_of(
        "neighborhoods", model, program, start=start, guide=relaxed(program), work_limit=10
    )

    run_engine(task, link)

    totals = [round(program.total(v)) for v in link.solutions]
    assert program.total(start) > totals[0] > optimum
    assert totals == sorted(totals, reverse=True)
    assert totals[-1] == optimum
    assert all(np.all(program.matrix @ v <= program.row_upper + 1e-6) for v in link.solutions)


def test_neighborhoods_without_a_guide_tell_the_bound_of_their_own(small, optimum):
    """They begin with the relaxation, and a roster near it."""
    model, program = small
    link = Recorder()

    run_engine(task_of("neighborhoods", model, program, work_limit=1), link)

    assert max(link.bounds) <= optimum <= round(program.total(link.solutions[-1]))


@pytest.mark.parametrize("work_limit", [None, 6])
def test_neighborhoods_take_over_a_better_guide(small, work_limit, monkeypatch):
    """One with a higher bound, once; not where work is counted, for nobody knows when it comes."""
    model, program = small
    zero, rows = np.zeros(program.num_columns), np.zeros(program.num_rows)
    guides = [Relaxation(bound, zero, zero, rows) for bound in (3.0, 2.0, 4.0, 4.0)]
    seen: list[float] = []

    class Watched(Chooser):
        def __init__(self, program, layout, guide, *more) -> None:
            super().__init__(program, layout, guide, *more)
            seen.append(guide.bound)

    monkeypatch.setattr(neighborhoods, "Chooser", Watched)
    link = Recorder(questions=8)
    link.guides = guides[1:]
    start = greedy(program, DEFAULTS)

    task = task_of("neighborhoods", model, program, start=start, guide=guides[0])
    neighborhoods.run(replace(task, work_limit=work_limit), link)

    assert seen == ([3.0] if work_limit else [3.0, 4.0])


def test_neighborhoods_repeat_themselves(small):
    """The same seed and the same number of neighborhoods give the same solutions."""
    model, program = small
    links = [Recorder(), Recorder()]

    for link in links:
        run_engine(task_of("neighborhoods", model, program, seed=3, work_limit=2), link)

    first, second = (link.solutions for link in links)
    assert len(first) == len(second) > 0
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_settled_columns_cost_what_the_checker_finds(small):
    """With the works fixed the other columns fall to the cost of the roster by the checker."""
    model, program = small
    values = greedy(program, DEFAULTS)
    loose = np.where(np.arange(program.num_columns) < program.num_pairs, values, program.upper)

    settled = settle(program, loose)

    score = check(model.arrays.week, model.pairs.roster(values))
    assert round(program.total(settled)) == score.total


@pytest.mark.parametrize("engine", ["mip", "cpsat"])
def test_contradictions_are_reported(engine, small):
    """A row that nothing satisfies ends as infeasible."""
    model, program = small
    none = program.with_row(np.zeros(program.num_columns), -1.0)

    assert run_engine(task_of(engine, model, none), Recorder()) == "infeasible"


def test_restriction_costs_what_the_whole_costs(small):
    """Freeing all pairs gives back the program; freeing some keeps the rest in place."""
    _, program = small
    values = greedy(program, DEFAULTS)
    activity = program.matrix @ values
    restriction = Restriction(program)
    pairs = np.arange(0, program.num_pairs, 3)

    columns = restriction.free_columns(pairs)
    part = restriction.program_of(columns, values, activity)

    assert set(pairs) <= set(columns)
    assert part.num_pairs == len(pairs)
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
        run_engine(task_of("oracle", model, program), Recorder())


def test_solutions_that_break_rows_or_bounds_are_refused(small):
    """A failing solver may report anything: only values that hold become the best."""
    _, program = small
    values = greedy(program, DEFAULTS)
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
        self.guides: list[tuple[Relaxation, int]] = []

    def report(self, seconds: float) -> Report | None:
        if self.reports and self.reports[0] == "waits":
            if not seconds:
                return None
            assert self.asked, "nobody would ever end"
            self.reports.pop(0)
        return self.reports.pop(0) if self.reports else None

    def share(self, values: np.ndarray, origin: int) -> None:
        pass

    def tell(self, kind: str, content: Any, origin: int) -> None:
        self.guides.append((content, origin))

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
    outcome = Outcome(program, values=greedy(program, DEFAULTS))
    team = ScriptedTeam(Report(0, "ended", "infeasible"), Report(1, "ended", "stopped"))

    assert _watched(team, outcome, work_limit=1) == "work"


def test_a_relaxation_is_told_to_the_others_and_its_bound_counts(small):
    """Whoever comes later goes on from it."""
    _, program = small
    zero = np.zeros(program.num_columns)
    told = Relaxation(2.5, zero, zero, np.zeros(program.num_rows))
    ended = [Report(0, "ended", "stopped"), Report(1, "ended", "stopped")]
    team, outcome = ScriptedTeam(Report(1, "relaxed", told), *ended), Outcome(program)
    outcome.values = greedy(program, DEFAULTS)

    _watched(team, outcome, work_limit=1)

    assert team.guides == [(told, 1)]
    assert outcome.bound == 3


@pytest.mark.parametrize(("proven", "ending"), [(True, "proven"), (False, "lost")])
def test_a_proof_is_believed_only_if_its_bound_came_and_its_roster_holds(proven, ending, small):
    """Where the roster that it is about was refused, an older one is as dear as it is."""
    _, program = small
    program = program.with_cost(program.cost * 10**9, program.offset * 10**9)
    outcome = Outcome(program, values=greedy(program, DEFAULTS))
    told = outcome.cost if proven else outcome.cost * (1 - 1e-6)
    assert whole_bound(outcome.cost) < outcome.cost  # arithmetic of such a size tells no more
    reports = [
        Report(0, "bound", told),
        Report(0, "ended", "proven"),
        Report(1, "ended", "stopped"),
    ]

    assert _watched(ScriptedTeam(*reports), outcome) == ending
    assert outcome.bound == whole_bound(told)


def test_values_of_columns_may_be_large():
    """Money in a currency of small units; more than 32 bits hold."""
    told = []
    link = _PipeLink.__new__(_PipeLink)
    link.send = lambda kind, content: told.append(content)

    link.solution(np.array([0.0, 5e9 + 0.1]))

    assert told[0].tolist() == [0, 5_000_000_000]


def test_whoever_listens_slowly_is_told_of_many_news_at_once(small):
    """A slow listener gets one report for several updates, and one more after the end."""
    _, program = small
    outcome, told = Outcome(program, values=greedy(program, DEFAULTS)), []
    bounds = [Report(0, "bound", value) for value in (1.0, 2.0, 3.0)]
    ended = [Report(i, "ended", "stopped") for i in (0, 1)]
    team = ScriptedTeam(*bounds, *ended)
    team.stop = lambda: [Report(0, "bound", value) for value in (4.0, 5.0)]
    choices = [Choice("cpsat", "a first roster"), Choice("neighborhoods", "better ones")]

    watch(team, choices, Limits(), Deadline(np.inf), outcome, lambda: told.append(outcome.bound))

    assert told == [3, 5]


def test_engines_at_the_end_of_their_time_are_not_lost(small):
    """Their own clocks may be ahead of that of the search by what closing was thought to take."""
    _, program = small
    ended = [Report(i, "ended", "stopped") for i in (0, 1)]
    known = Outcome(program, values=greedy(program, DEFAULTS))

    died = Report(0, "died", None)
    for reports, outcome in ((ended, known), (ended, Outcome(program)), ([died, ended[1]], known)):
        assert _watched(ScriptedTeam(*reports), outcome, seconds=9.0) == "time"
    assert _watched(ScriptedTeam(*ended), known) == "lost"
    with pytest.raises(ModelError):
        _watched(ScriptedTeam(died, ended[1]), Outcome(program), seconds=9.0)


def test_neighborhoods_do_not_wait_for_a_roster_that_cannot_come(small):
    """Once no engine is left that could find a first roster, those that wait are ended."""
    _, program = small
    team = ScriptedTeam(Report(0, "ended", "stopped"), "waits", Report(1, "ended", "stopped"))

    assert _watched(team, Outcome(program), work_limit=1) == "work"


def test_lost_engines_are_no_time_limit(small):
    """When all engines die the roster stays, and without one it is an error that says so."""
    _, program = small
    dead = [Report(0, "died", None), Report(1, "failed", "trace")]

    known = Outcome(program, values=greedy(program, DEFAULTS))
    assert _watched(ScriptedTeam(*dead), known) == "lost"
    with pytest.raises(ModelError, match="cpsat 1 died"):
        _watched(ScriptedTeam(*dead), Outcome(program))


@pytest.mark.parametrize("told", ["exit code -9", "numpy._core._exceptions._ArrayMemoryError: x"])
def test_engines_without_memory_are_no_bug(told, small):
    """When memory ran out for all of them, or the system killed them, the error says so."""
    _, program = small
    dead = [Report(0, "died", told), Report(1, "failed", "std::bad_alloc")]

    with pytest.raises(MemoryError, match="cpsat 1 died"):
        _watched(ScriptedTeam(*dead), Outcome(program))
