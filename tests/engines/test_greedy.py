"""The greedy start: feasible, no cheaper than checked, stopped at any time."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from towns import town

from shiftplan import check
from shiftplan.engines.greedy import Growing, greedy, show_first
from shiftplan.engines.highs import nobody_works, settled
from shiftplan.engines.hint import Partial
from shiftplan.engines.params import DEFAULTS, SearchParams
from shiftplan.engines.task import Deadline, Outcome, holds
from shiftplan.model import Program
from shiftplan.rules.coverage import Coverage
from shiftplan.rules.days import MaxConsecutiveDays, MaxConsecutiveDaysOff
from shiftplan.rules.mentors import Mentored
from shiftplan.rules.often import MinPatterns
from shiftplan.rules.regular import MinTypes
from shiftplan.rules.rest import CompleteWeekends
from shiftplan.solving.building import build


@pytest.mark.parametrize("seed", range(4))
def test_greedy_roster_is_feasible_and_its_cost_is_no_less_than_checked(seed):
    """The greedy values satisfy all rows; the checker finds no hard breach and no higher cost."""
    model = build(town(4, 50, seed))
    program = model.program()

    values = greedy(program, DEFAULTS)

    assert values is not None
    assert np.all(program.matrix @ values <= program.row_upper + 1e-6)
    score = check(model.arrays.week, model.pairs.roster(values))
    assert score.is_feasible
    assert score.total <= round(program.total(values))


@pytest.mark.parametrize(
    "rule",
    [
        MaxConsecutiveDaysOff(level=2, max_days=2),
        MaxConsecutiveDays(level=2, max_days=2),
        Mentored(level=2, min_shifts=1, hours="07:00-11:00"),
        MinPatterns(level=2, pattern="work, off", value=1),
    ],
    ids=lambda rule: rule.rule,
)
def test_nothing_eases_a_soft_rule_that_the_roster_does_not_allow(rule):
    """Columns that tell what is worked ease no row beyond it; the greedy roster pays instead."""
    program = build(town(4, 50, 0, rules=[rule])).program()

    assert holds(program, nobody_works(program))
    assert not Partial(program).debt
    assert greedy(program, DEFAULTS) is not None


def test_greedy_completes_works(small):
    """Works that are given stay, and those that pay are added."""
    _, program = small
    first = greedy(program, DEFAULTS)[: program.num_pairs].argmin()
    begun = Growing(program, DEFAULTS, np.array([first]))

    values = greedy(program, DEFAULTS, works=np.array([first]))

    assert not begun.broken
    assert values is not None
    assert values[first] == 1
    assert np.all(program.matrix @ values <= program.row_upper + 1e-6)
    assert program.total(values) < program.total(begun.values())


def test_greedy_gives_none_when_hard_minima_stay_broken():
    """A minimum that nobody can fill leaves no roster to start from."""
    rules = [{"rule": "minimum_coverage"}, {"rule": "one_place"}]
    model = build(town(1, 1, rules=rules))

    assert greedy(model.program(), DEFAULTS) is None


def test_a_row_that_cannot_be_eased_leaves_the_others_as_they_were():
    """What eases a row may break one that holds it down, as a level's cost that is held does."""
    rows = sparse.csr_array(np.array([[-1.0, -1.0], [0.0, 1.0]]))  # work or excess; no excess
    program = Program.part(rows, np.array([-1.0, 0.0]), np.ones(2), num_pairs=1)

    state = Partial(program)

    assert state.debt == {0: -1.0}
    assert state.value == [0.0, 0.0]
    assert greedy(program, DEFAULTS).tolist() == [1.0, 0.0]


def test_greedy_can_be_stopped_at_any_time(small):
    """Stopped at once or midway, greedy gives values that satisfy all rows."""
    _, program = small
    turns = iter(range(8))

    for stopped in (lambda: True, lambda: next(turns, None) is None):
        values = greedy(program, DEFAULTS, stopped=stopped)

        assert values is not None
        assert np.all(program.matrix @ values <= program.row_upper + 1e-6)


def test_no_single_work_that_is_left_would_pay(small):
    """Greedy ends when every other work that the rows allow is dearer than it saves."""
    _, program = small

    values = greedy(program, DEFAULTS)

    for pair in np.flatnonzero(values[: program.num_pairs] == 0):
        more = values.copy()
        more[pair] = 1.0
        more = settled(program, more)
        assert more is None or program.total(more) >= program.total(values)


@pytest.mark.parametrize(
    "rule",
    [
        MinTypes(level=2, weight=1, min_types=2, per="week"),
        CompleteWeekends(level=2, weight=1),
        MinPatterns(level=2, weight=1, pattern="work, off", value=1),
    ],
    ids=lambda rule: rule.rule,
)
def test_people_are_wanted_as_much_where_a_rule_asks_whether_they_work(rule):
    """Columns that say whether somebody works rise with the work: they are in nobody's way."""
    programs = [build(town(4, 50, rules=[Coverage(), *more])).program() for more in ([rule], [])]

    works = [greedy(program, DEFAULTS)[: program.num_pairs].sum() for program in programs]

    assert works[0] == works[1] > 0


@pytest.mark.parametrize("seed", range(6))
def test_a_round_adds_as_much_as_it_says(seed):
    """Works of one round do not stand in each other's way: each saves what was told of it."""
    program = build(town(4, 40, seed)).program()
    growing, rounds = Growing(program, DEFAULTS), 0
    while len(chosen := growing._choose()):
        told = growing._change[chosen].sum()
        before = program.total(growing.values())

        assert growing.grow()

        assert program.total(growing.values()) - before <= told + 1e-6
        rounds += 1
    assert rounds > 1


def test_many_works_are_added_in_a_round_of_a_large_program():
    """Where entries are many, needs stay open for whoever comes later, and rounds are few."""
    program = build(town(6, 90)).program()
    close = rounds(Growing(program, DEFAULTS))
    loose = Growing(program, SearchParams(greedy={"careful_entries": 0}))

    assert rounds(loose) < close
    assert not loose.broken
    assert np.all(program.matrix @ loose.values() <= program.row_upper + 1e-6)


def rounds(growing: Growing) -> int:
    count = 0
    while growing.grow():
        count += 1
    return count


def test_the_first_roster_is_the_whole_greedy_one(small):
    """It is offered finished, and only where there is none."""
    _, program = small
    outcome = Outcome(program)

    show_first(outcome, Deadline(np.inf), DEFAULTS)

    assert outcome.cost == round(program.total(greedy(program, DEFAULTS)))
    found = outcome.values
    show_first(outcome, Deadline(np.inf), DEFAULTS)
    assert outcome.values is found


def test_a_late_first_roster_is_finished_in_a_hurry():
    """Where time is short rounds are few, and still no single work is left that would pay."""
    program = build(town(6, 90)).program()
    outcome = Outcome(program)

    params = SearchParams(greedy={"hurry_seconds": 0})
    show_first(outcome, Deadline(-1.0), params)

    assert outcome.values is not None
    works = np.flatnonzero(outcome.values[: program.num_pairs])
    assert rounds(Growing(program, DEFAULTS, works)) == 0
    hurried = Growing(program, DEFAULTS)
    close = rounds(Growing(program, DEFAULTS))
    hurried.hurry()
    assert rounds(hurried) < close
