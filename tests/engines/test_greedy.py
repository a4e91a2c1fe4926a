"""The greedy start: feasible, no cheaper than checked, stopped at any time."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from towns import town

from shiftplan import check
from shiftplan.engines import greedy as greedy_module
from shiftplan.engines.greedy import greedy, show_first
from shiftplan.engines.partial import Partial
from shiftplan.engines.task import Outcome
from shiftplan.model import Program, build


@pytest.mark.parametrize("seed", range(4))
def test_greedy_roster_is_feasible_and_its_cost_is_no_less_than_checked(seed):
    """The greedy values satisfy all rows; the checker finds no hard breach and no higher cost."""
    model = build(town(4, 50, seed))
    program = model.program()

    values = greedy(program)

    assert values is not None
    assert np.all(program.matrix @ values <= program.row_upper + 1e-6)
    score = check(model.arrays.problem, model.pairs.roster(values))
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


def test_a_row_that_cannot_be_eased_leaves_the_others_as_they_were():
    """What eases a row may break one that holds it down, as a level's cost that is held does."""
    rows = sparse.csr_array(np.array([[-1.0, -1.0], [0.0, 1.0]]))  # work or excess; no excess
    program = Program.part(rows, np.array([-1.0, 0.0]), np.ones(2), num_pairs=1)

    state = Partial(program)

    assert state.debt == {0: -1.0}
    assert state.value == [0.0, 0.0]
    assert greedy(program, state=state).tolist() == [1.0, 0.0]


def test_greedy_can_be_stopped_at_any_time(small):
    """Stopped at once or midway, greedy gives values that satisfy all rows."""
    _, program = small
    turns = iter(range(8))

    for stopped in (lambda: True, lambda: next(turns, None) is None):
        values = greedy(program, stopped=stopped)

        assert values is not None
        assert np.all(program.matrix @ values <= program.row_upper + 1e-6)


@pytest.mark.parametrize("finish", [False, True])
def test_a_first_roster_is_shown_unfinished_and_then_as_a_whole(small, monkeypatch, finish):
    """With no moment at all nobody works in the first one; the second is the greedy roster."""
    _, program = small
    monkeypatch.setattr(greedy_module, "_SOON_SECONDS", 0.0)
    outcome, told = Outcome(program), []

    show_first(outcome, lambda: told.append(outcome.cost), lambda: False, finish=finish)

    nobody = round(program.total(np.array(Partial(program).value)))
    whole = round(program.total(greedy(program)))
    assert told == ([nobody, whole] if finish else [nobody])


def test_a_first_roster_that_somebody_stops_is_shown_as_it_is(small):
    """Nothing is finished after a limit."""
    _, program = small
    outcome, told = Outcome(program), []

    show_first(outcome, lambda: told.append(outcome.cost), lambda: True, finish=True)

    assert told == [round(program.total(np.array(Partial(program).value)))]
