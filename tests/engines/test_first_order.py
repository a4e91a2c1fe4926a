"""The relaxation by a first-order method, and rosters rounded from it."""

from __future__ import annotations

import numpy as np
import programs
import pytest
from towns import town

from shiftplan import check
from shiftplan.engines.first_order import approach, rounded
from shiftplan.engines.params import DEFAULTS, SearchParams
from shiftplan.engines.restriction import Restriction
from shiftplan.engines.task import Deadline, Relaxation, holds
from shiftplan.solving.building import build


@pytest.fixture(scope="module")
def made():
    model = build(town(5, 40))
    return model, model.program()


@pytest.fixture(scope="module")
def optimum(made):
    """What the relaxation comes to, by the simplex method."""
    _, program = made
    return programs.optimum(program, whole=False)


def near(program, **opening) -> list[Relaxation]:
    params = SearchParams(opening=opening)
    return list(approach(program, Deadline(np.inf), params))


@pytest.mark.parametrize("entries", [0, 1_000_000])
def test_bounds_come_near_the_relaxation_and_never_above_it(made, optimum, entries):
    """By the method for large programs and by that for others."""
    _, program = made

    found = near(program, distance=0.03, enough=1e-4, last_distance=1e-5, entries=entries)

    assert len(found) > 1
    assert all(relaxation.bound <= optimum * (1 + 1e-9) for relaxation in found)
    assert found[-1].bound >= optimum * (1 - 2e-4)
    assert found[0].bound < found[-1].bound
    assert [relaxation.slow for relaxation in found] == [True] * (len(found) - 1) + [False]
    for relaxation in found:
        assert relaxation.bound == program.least(relaxation.duals)
        assert np.all(relaxation.duals <= 0)


def test_small_uses_count_as_none(made):
    """The method leaves a little nearly everywhere; nothing is beyond its bounds."""
    _, program = made
    least = 0.1

    (relaxation,) = near(program, distance=0.03, last_distance=0.03, least_use=least)

    used = relaxation.values[relaxation.values > 0]
    assert used.min() >= least
    assert np.all(relaxation.values <= program.upper)
    (every,) = near(program, distance=0.03, last_distance=0.03, least_use=0.0)
    assert np.count_nonzero(every.values) > len(used)


def test_it_ends_when_told_to(made):
    """Before its first step, and between two."""
    _, program = made
    params = SearchParams(opening={"distance": 0.03, "enough": 0.0})
    assert list(approach(program, Deadline(0.0), params)) == []
    told = iter([False, True])
    assert len(list(approach(program, Deadline(9.0), params, lambda: next(told)))) == 1


@pytest.mark.parametrize(("large", "seconds"), [(True, 1.0), (False, 1e-4)])
def test_how_far_it_has_come_counts_for_large_programs(made, optimum, large, seconds):
    """The other method tells zeros when its time is over; nothing follows from them."""
    _, program = made
    params = SearchParams(opening={"distance": 1e-10, "entries": 0 if large else 10**9})

    found = list(approach(program, Deadline(seconds), params))

    assert len(found) == large
    assert all(0 < relaxation.bound <= optimum * (1 + 1e-9) for relaxation in found)
    assert all(np.any(relaxation.values > 0) for relaxation in found)


def test_a_rounded_roster_holds(made):
    """It has what is surest, and a checker finds nothing against it."""
    model, program = made
    *_, relaxation = near(program)

    values = rounded(program, relaxation, DEFAULTS)

    assert values is not None
    assert holds(program, values)
    score = check(model.arrays.week, model.pairs.roster(values))
    assert score.is_feasible
    assert score.total == round(program.total(values))
    whole = np.flatnonzero(relaxation.values[: program.num_pairs] > 0.999)
    assert np.mean(values[whole] > 0.5) > 0.9


def test_nothing_sure_is_no_roster(made):
    """Whoever asks then looks for one elsewhere."""
    _, program = made
    zero = np.zeros(program.num_columns)
    nothing = Relaxation(0.0, zero, zero, np.zeros(program.num_rows))

    assert rounded(program, nothing, DEFAULTS) is None


def test_of_two_rosters_the_better_of_each_place_is_taken(made):
    """Never dearer than either, and cheaper than both where each is better somewhere."""
    _, program = made
    restriction, rng = Restriction(program), np.random.default_rng(0)
    *_, relaxation = near(program)
    base = rounded(program, relaxation, DEFAULTS)
    pairs = np.flatnonzero(base[: program.num_pairs] > 0.5)

    def changed():
        """Some works left out, and the rest as it follows."""
        use = np.zeros(program.num_columns)
        use[rng.permutation(pairs)[6:]] = 1.0
        return rounded(program, Relaxation(0.0, use, use, np.zeros(0)), DEFAULTS)

    gains = []
    for _ in range(8):
        first, second = changed(), changed()
        best = restriction.best_of(first, second)
        assert holds(program, best)
        cost = program.total(best)
        assert cost == program.total(restriction.best_of(second, first))
        gains.append(min(program.total(first), program.total(second)) - cost)
        assert np.array_equal(restriction.best_of(first, first), first)
    assert min(gains) >= 0
    assert max(gains) > 0
