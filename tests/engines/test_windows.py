"""Bounds of windows and of any duals hold for the whole program."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import optimum, programs, relaxed
from towns import town

from shiftplan.engines.params import DEFAULTS
from shiftplan.engines.params.engines import RegionParams
from shiftplan.engines.partition import Places, Prices
from shiftplan.engines.task import Relaxation
from shiftplan.solving.building import build


@given(programs, st.lists(st.integers(0, 2**12 - 1), max_size=5), st.integers(1, 3))
def test_bounds_of_windows_never_exceed_the_optimum(program, masks, rounds):
    """Whatever windows are solved, and however far: bounds rise, and stay below every solution."""
    prices, least = Prices(program, DEFAULTS.regions), optimum(program)
    bounds = [prices.bound]
    for mask in masks:
        pairs = np.flatnonzero([mask >> i & 1 for i in range(program.num_pairs)])
        window = prices.window(pairs)
        found = relaxed(window.program, rounds) if window.program.num_columns else None
        if found is not None:
            prices.take(found, window)
        bounds.append(prices.bound)

    assert all(later >= before for before, later in pairwise(bounds))
    assert bounds[-1] <= least + 1e-6


@given(programs, st.integers(0, 10**6))
def test_any_duals_prove_a_bound(program, seed):
    """Duals out of thin air, also of the wrong sign, never prove what is not true."""
    rng = np.random.default_rng(seed)
    duals = rng.normal(size=program.num_rows) * rng.choice([0.1, 1.0, 10.0])
    prices, nothing = Prices(program, DEFAULTS.regions), np.zeros(program.num_columns)

    prices.take(Relaxation(np.inf, nothing, nothing, duals))

    assert prices.bound <= optimum(program) + 1e-6


def test_worse_duals_are_not_taken():
    """A bound once proven stays, whatever comes later."""
    program = build(town(4, 30)).program()
    prices, good = Prices(program, DEFAULTS.regions), relaxed(program)
    assert good is not None
    prices.take(good)
    proven = prices.bound

    taken = prices.take(replace(good, duals=np.full(program.num_rows, -9.0)))

    assert not taken
    assert prices.bound == proven == pytest.approx(good.bound)


@pytest.mark.parametrize(("halvings", "taken"), [(0, False), (1, False), (2, True)])
def test_a_step_too_long_is_halved_as_often_as_the_parameters_say(halvings, taken):
    """Duals eight times too large prove less than none, half of them too, but not a quarter."""
    program = build(town(4, 30)).program()
    good = relaxed(program)
    assert good is not None
    prices = Prices(program, RegionParams(halvings=halvings))
    before = prices.bound

    assert prices.take(replace(good, duals=8 * good.duals)) == taken
    assert (prices.bound > before) == taken


@given(programs)
def test_a_window_of_all_pairs_is_the_whole_relaxation(program):
    """The duals of all rows at once prove what the relaxation proves."""
    program = replace(program, cost=np.abs(program.cost))
    if optimum(program, whole=False) == np.inf:
        return
    prices = Prices(program, DEFAULTS.regions)

    window = prices.window(np.arange(program.num_pairs))
    found = relaxed(window.program)

    assert found is not None
    prices.take(found, window)
    apart = ~np.isin(np.arange(program.num_rows), window.rows)
    free = replace(program, row_upper=np.where(apart, 1e9, program.row_upper))
    assert prices.bound == pytest.approx(optimum(free, whole=False), abs=1e-6)


def test_windows_close_in_on_the_whole_relaxation():
    """From prices of the first rounds, windows of several cuts come close to the relaxation.

    With the rows that mentors imply the first rounds are close already.
    """
    model = build(town(12, 90))
    program, layout = model.program().core(), model.pairs.layout()
    places, prices = Places(layout, DEFAULTS.regions), Prices(program, DEFAULTS.regions)
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
            prices.take(found, window)

    assert prices.bound <= least + 1e-6
    assert least - prices.bound < 0.1 * before
