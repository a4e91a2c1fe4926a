"""The relaxation in rounds, and rosters that follow from it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from links import Recorder
from scipy.optimize import linprog
from tasks import task_of
from towns import town

from shiftplan import check
from shiftplan.engines.dive import dive, guided_roster
from shiftplan.engines.greedy import greedy
from shiftplan.engines.hint import Partial
from shiftplan.engines.params import DEFAULTS, SearchParams
from shiftplan.engines.relaxation import LazyRelaxation
from shiftplan.engines.task import Deadline
from shiftplan.model import Model, Program
from shiftplan.solving.building import build

TOWNS = [(1, 6, 0), (2, 14, 1), (4, 40, 2), (6, 60, 3)]


def forever() -> Deadline:
    return Deadline(np.inf)


def never() -> bool:
    return False


@cache
def made(*size: int) -> tuple[Model, Program]:
    model = build(town(*size))
    return model, model.program()


@cache
def whole_relaxation(*size: int) -> float:
    """The optimum without integrality, by another solver interface and with all rows at once."""
    _, program = made(*size)
    result = linprog(
        program.cost,
        A_ub=program.matrix,
        b_ub=program.row_upper,
        bounds=np.stack([np.zeros(program.num_columns), program.upper], axis=1),
        method="highs-ipm",
    )
    assert result.status == 0
    return float(result.fun) + program.offset


@pytest.fixture(params=TOWNS, ids=str)
def size(request: pytest.FixtureRequest) -> tuple[int, int, int]:
    return request.param


@pytest.fixture
def built(size) -> tuple[Model, Program]:
    return made(*size)


def test_rounds_rise_to_the_whole_relaxation(size):
    """Bounds never fall, none exceeds the relaxation of all rows, and the last one equals it."""
    _, program = made(*size)
    relaxed = LazyRelaxation(program, DEFAULTS, seed=0)

    rounds = list(relaxed.rounds(forever(), never))

    whole = whole_relaxation(*size)
    bounds = [r.bound for r in rounds]
    assert relaxed.exact
    assert all(b >= a - 1e-6 * abs(a) for a, b in pairwise(bounds))
    assert all(b <= whole + 1e-6 * abs(whole) + 1e-6 for b in bounds)
    assert bounds[-1] == pytest.approx(whole, rel=1e-6, abs=1e-6)
    assert np.all(program.matrix @ rounds[-1].values <= program.row_upper + 1e-5)


def test_rounds_start_with_few_rows():
    """The first round leaves most rows out; that is what makes it quick."""
    _, program = made(6, 60)

    relaxed = LazyRelaxation(program, DEFAULTS, seed=0)
    relaxed.solve(np.inf)

    assert not relaxed.exact
    assert len(relaxed.violated) > 0
    assert np.all((program.matrix @ relaxed.values - program.row_upper)[relaxed.violated] > 0)


def test_rounds_end_when_they_gain_little():
    """A round that raises the bound by less than the share asked for is the last."""
    _, program = made(6, 60)

    some = list(LazyRelaxation(program, DEFAULTS, seed=0).rounds(forever(), never, small=0.5))
    every = list(LazyRelaxation(program, DEFAULTS, seed=0).rounds(forever(), never))

    assert 1 <= len(some) < len(every)
    assert [r.bound for r in some] == [r.bound for r in every[: len(some)]]


def test_no_time_no_relaxation(built):
    """Without time there is no round, and the caller is told."""
    _, program = built

    assert list(LazyRelaxation(program, DEFAULTS, seed=0).rounds(Deadline(0.0), never)) == []
    assert list(LazyRelaxation(program, DEFAULTS, seed=0).rounds(forever(), lambda: True)) == []


def test_fixed_columns_stay_at_one(built):
    """A fixed column is 1 in the next round, with or without a basis to start from."""
    _, program = built
    relaxed = LazyRelaxation(program, DEFAULTS, seed=0)
    assert relaxed.solve(np.inf)
    column = int(np.argmin(relaxed.values[: program.num_pairs]))

    relaxed.fix(np.array([column]))
    relaxed.forget()

    assert relaxed.solve(np.inf)
    assert relaxed.values[column] == pytest.approx(1.0)


def test_reduced_costs_price_what_a_column_would_cost(built):
    """Duals and reduced costs give back the bound: weak duality with the bounds of columns."""
    _, program = built
    relaxed = LazyRelaxation(program, DEFAULTS, seed=0)

    *_, last = relaxed.rounds(forever(), never)

    used = last.values > 1e-6
    free = last.values < program.upper - 1e-6
    assert np.all(last.reduced[used & free] == pytest.approx(0.0, abs=1e-5))
    assert np.all(last.reduced[~used] >= -1e-5)


def test_dive_gives_a_roster_near_the_relaxation(built):
    """All rows hold, the checker agrees, and the cost is not far above the bound."""
    model, program = built
    relaxed = LazyRelaxation(program, DEFAULTS, seed=0)
    *_, last = relaxed.rounds(forever(), never)

    few = SearchParams(dive={"exact_pairs": 150})  # the exact search at its end is no matter here
    values = dive(program, model.pairs.layout(), relaxed, forever(), few)

    assert values is not None
    assert np.all(values == np.round(values))
    assert np.all(program.matrix @ values <= program.row_upper + 1e-6)
    score = check(model.arrays.week, model.pairs.roster(values))
    assert score.is_feasible
    assert score.total == round(program.total(values))
    plain = greedy(program, DEFAULTS)
    assert plain is not None
    assert program.total(values) <= program.total(plain)
    assert last.bound <= program.total(values) + 1e-6


@pytest.mark.parametrize("rounds", [0, 1, 2, 5])
def test_dive_can_be_stopped_at_any_time(rounds):
    """Stopped after some rounds it still gives a roster."""
    model, program = made(4, 40)
    relaxed = LazyRelaxation(program, DEFAULTS, seed=0)
    assert relaxed.solve(np.inf)
    turns = iter(range(rounds))

    values = dive(
        program,
        model.pairs.layout(),
        relaxed,
        forever(),
        DEFAULTS,
        lambda: next(turns, None) is None,
    )

    assert values is not None
    assert np.all(program.matrix @ values <= program.row_upper + 1e-6)


def test_a_dive_tells_its_roster_before_the_exact_search(built, monkeypatch):
    """On large programs that search may take all the time there is, and the roster is good."""
    model, program = built
    told = []

    def other(part, start, *, seed, seconds, nodes, tolerance):
        told.append(seconds)
        return np.zeros(len(start)), False

    monkeypatch.setattr("shiftplan.engines.dive.improve", other)
    relaxed = LazyRelaxation(program, DEFAULTS, seed=0)
    *_, _ = relaxed.rounds(forever(), never)

    values = dive(
        program, model.pairs.layout(), relaxed, Deadline(1000.0), DEFAULTS, never, told.append
    )

    found, seconds = told
    assert not np.array_equal(found, values)  # what was told stays as it was
    assert np.all(program.matrix @ found <= program.row_upper + 1e-6)
    assert seconds < 501.0


def test_dive_gives_none_when_hard_minima_stay_broken():
    """A minimum that nobody can fill leaves no roster."""
    rules = [{"rule": "minimum_coverage"}, {"rule": "one_place"}]
    model = build(town(1, 1, rules=rules))
    program = model.program()

    relaxed = LazyRelaxation(program, DEFAULTS, seed=0)
    values = dive(program, model.pairs.layout(), relaxed, forever(), DEFAULTS)

    assert values is None


@pytest.mark.parametrize("choices", [1, 3, 1000])
def test_opening_holds_with_few_or_many_choices(choices):
    """Whether the dive sees all pairs or a few of each person, the roster holds in the whole."""
    params = SearchParams(opening={"choices": choices})
    model, program = made(5, 40)
    link = Recorder()
    task = task_of("neighborhoods", model, program, params=params)

    relaxation, values = guided_roster(task, link, forever())

    assert relaxation is not None
    assert values is not None
    assert np.all(program.matrix @ values <= program.row_upper + 1e-6)
    assert link.bounds == sorted(link.bounds)
    assert link.bounds[-1] <= program.total(values)
    (first,) = link.solutions  # before the last step, which may take long
    assert np.all(program.matrix @ first <= program.row_upper + 1e-6)
    assert program.total(first) >= program.total(values)
    score = check(model.arrays.week, model.pairs.roster(values))
    assert score.is_feasible
    assert score.total == round(program.total(values))


@pytest.mark.parametrize(
    ("change", "dives"),
    [
        ({"rounds_pace": 1}, True),
        ({"rounds_pace": 1, "dive_factor": 1e9}, False),
        ({"rounds_pace": 10**9, "rounds_share": 0.0}, False),
        ({"rounds_pace": 10**9}, True),
    ],
)
def test_a_large_program_is_dived_for_only_where_there_is_time(change, dives):
    """Rounds that do not end in theirs have not come near, and a dive from there is in vain."""
    model, program = made(6, 60, 3)
    # The exact search at the end of a dive is no matter here.
    params = SearchParams(opening=change, dive={"exact_pairs": 150})
    task = task_of("neighborhoods", model, program, params=params)
    link = Recorder()

    relaxation, values = guided_roster(task, link, Deadline(60.0), is_large=True)

    assert (values is not None) is dives
    assert relaxation is not None  # the first round has all the time
    assert (len(link.bounds) > 1) is ("rounds_share" not in change)
    counted = replace(task, work_limit=5)
    _, again = guided_roster(counted, Recorder(), forever(), is_large=True)
    assert again is not None  # no clock decides where work is counted


def test_a_relaxation_known_to_be_slow_begins_with_all_rows():
    """One round is exact then; few rows would only be a detour."""
    _, program = made(5, 40)
    relaxed = LazyRelaxation(program, DEFAULTS, seed=0, slow=True)

    (only,) = relaxed.rounds(forever(), never)

    assert relaxed.exact
    assert not only.slow
    assert only.bound == pytest.approx(whole_relaxation(5, 40), rel=1e-6)


def test_partial_takes_back_what_is_refused():
    """A refused or undone work leaves every value and activity as it was."""
    program = build(town(3, 20)).program().core()
    state = Partial(program)
    rng = np.random.default_rng(0)
    for pair in rng.permutation(program.num_pairs).tolist():
        value, activity = list(state.value), list(state.activity)
        if not state.add(pair) or rng.random() < 0.5:
            state.undo()
            assert state.value == value
            assert np.allclose(state.activity, activity)
        else:
            state.accept(pair)
            assert state.value[pair] == 1.0
        assert np.allclose(program.matrix @ np.array(state.value), state.activity)
        assert np.all(np.array(state.activity) <= program.row_upper + 1e-6)


@pytest.mark.parametrize("whole", [0, 10**9])
@pytest.mark.parametrize("timed", [True, False])
def test_slow_rounds_change_the_method_unless_work_is_counted(size, timed, whole):
    """With another method after the first round, rounds end at the same bound."""
    _, program = made(*size)
    slow = {"first_seconds": 0, "later_seconds": 0, "slow_factor": 0, "whole_entries": whole}
    relaxed = LazyRelaxation(program, SearchParams(relaxation=slow), seed=0, timed=timed)

    found = list(relaxed.rounds(forever(), never))
    relaxed.solve(np.inf)

    assert relaxed.slow is timed
    assert found[-1].bound == pytest.approx(whole_relaxation(*size), rel=1e-6, abs=1e-6)
    if timed and whole:
        assert len(found) <= 2  # all rows joined after the first round


def test_a_roster_that_is_known_is_not_dived_for_while_a_cost_is_held():
    """With the cost of seats held an empty roster breaks a row, which no dive pays for."""
    model, program = made(4, 40, 2)
    known = greedy(program, DEFAULTS, never)
    seats = program.level_cost[1]
    held = program.with_row(seats, float(seats @ known))
    tasks = [
        task_of("neighborhoods", model, of, start=known, work_limit=5) for of in (program, held)
    ]

    free, kept = (guided_roster(task, Recorder(), forever()) for task in tasks)

    assert free[0] is not None
    assert free[1] is not None
    assert kept[0] is not None
    assert kept[1] is None
