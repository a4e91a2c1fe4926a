"""Which part of a roster is chosen anew: where most is lost, and wider where nothing was gained."""

from __future__ import annotations

import numpy as np
import pytest
from towns import town

from shiftplan.engines.first_order import approach, rounded
from shiftplan.engines.neighborhoods import Chooser
from shiftplan.engines.params import DEFAULTS
from shiftplan.engines.task import Deadline
from shiftplan.solving.building import build


@pytest.fixture(scope="module")
def made():
    model = build(town(5, 40))
    program = model.program()
    *_, guide = approach(program, Deadline(60.0), DEFAULTS)
    values = rounded(program, guide, DEFAULTS)
    return program, model.pairs.layout(), guide, values


def chooser_of(program, layout, guide, **changes) -> Chooser:
    params = DEFAULTS.neighborhoods.model_copy(update=changes)
    return Chooser(program, layout, guide, np.random.default_rng(0), params)


def test_what_a_roster_costs_beyond_the_bound_is_lost_at_centers(made):
    """Nearly all of it: some columns are in no row with a pair; and nowhere less than nothing."""
    program, layout, guide, values = made

    lost = chooser_of(program, layout, guide).lost(values, program.matrix @ values)

    assert np.all(lost >= 0)
    beyond = program.total(values) - guide.bound
    assert 0.99 * beyond <= lost.sum() <= beyond * (1 + 1e-6)


def test_the_center_that_loses_most_comes_first(made):
    """The sharper, the more surely."""
    program, layout, guide, values = made
    chooser = chooser_of(program, layout, guide, sharp=50.0)
    worst = int(np.argmax(chooser.lost(values, program.matrix @ values)))

    chosen = [chooser.pick(values, program.matrix @ values, 1) for _ in range(30)]

    assert sum(worst in layout.center[pairs] for pairs in chosen) >= 20


def test_a_search_is_stale_once_every_center_was_tried_in_vain(made):
    """From 0 to 1, by as many tries for each center as `stale` says; a gain takes some back."""
    program, layout, guide, values = made
    chooser = chooser_of(program, layout, guide, stale=2)
    activity, stale = program.matrix @ values, [chooser.staleness()]
    while stale[-1] < 1.0:
        chooser.pick(values, activity, 1)
        chooser.learn(better=False)
        stale.append(chooser.staleness())

    assert stale[0] == 0.0
    assert stale == sorted(stale)
    assert len(stale) - 1 == 2 * 5  # tries for each of five centers, wherever they were
    while chooser.seed is None:
        chooser.pick(values, activity, 1)
    chooser.learn(better=True)
    assert chooser.staleness() < 1.0


def test_more_pairs_are_open_where_nothing_was_gained(made):
    """And as few as before once something is."""
    program, layout, guide, values = made
    chooser = chooser_of(program, layout, guide, sharp=50.0, wider=100.0)
    seed = int(np.argmax(chooser.lost(values, program.matrix @ values)))
    size = {}

    def around() -> int:
        pairs = chooser.pick(values, program.matrix @ values, 1)
        while chooser.seed != seed:
            pairs = chooser.pick(values, program.matrix @ values, 1)
        return len(pairs)

    for better in (False, True):
        size[better] = around()
        chooser.learn(better=better)
    after = around()

    assert size[False] < size[True]
    assert after == size[False]


def test_a_single_center_is_opened_in_the_end():
    """All its pairs, however dear the relaxation finds them."""
    model = build(town(1, 40))
    program = model.program()
    *_, guide = approach(program, Deadline(60.0), DEFAULTS)
    values = rounded(program, guide, DEFAULTS)
    chooser = chooser_of(program, model.pairs.layout(), guide)
    free = np.zeros(program.num_pairs, dtype=bool)

    for _ in range(80):
        free[chooser.pick(values, program.matrix @ values, program.num_pairs)] = True
        chooser.learn(better=False)

    assert free.all()


@pytest.mark.parametrize("guided", [True, False])
def test_no_number_of_vain_tries_is_too_many(made, guided):
    program, layout, guide, values = made
    chooser = chooser_of(program, layout, guide if guided else None, sharp=200.0)

    for _ in range(20_000):
        chooser.seed = 0
        chooser.learn(better=False)

    assert len(chooser.pick(values, program.matrix @ values, 50)) >= 50
