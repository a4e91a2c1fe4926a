"""Which part of a roster is chosen anew: where most is lost, and wider where nothing was gained."""

from __future__ import annotations

import numpy as np
import pytest
from towns import town

from shiftplan.engines.chooser import Alternation, Chooser
from shiftplan.engines.first_order import approach, rounded
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
    """One that never takes whole days, unless changes say otherwise."""
    params = DEFAULTS.neighborhoods.model_copy(update={"days_share": 0.0, **changes})
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
        chooser.learn(0.0, 1.0)
        stale.append(chooser.staleness())

    assert stale[0] == 0.0
    assert stale == sorted(stale)
    assert len(stale) - 1 == 2 * 5  # tries for each of five centers, wherever they were
    while chooser.seed is None:
        chooser.pick(values, activity, 1)
    chooser.learn(1.0, 1.0)
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
        chooser.learn(float(better), 1.0)
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
        chooser.learn(0.0, 1.0)

    assert free.all()


@pytest.mark.parametrize("guided", [True, False])
def test_no_number_of_vain_tries_is_too_many(made, guided):
    program, layout, guide, values = made
    chooser = chooser_of(program, layout, guide if guided else None, sharp=200.0)

    for number in range(20_000):
        chooser.seed, chooser.day = (0, None) if number % 2 else (None, 0)
        chooser.learn(0.0, 1.0)

    assert len(chooser.pick(values, program.matrix @ values, 50)) >= 50


def whole_days(chooser: Chooser, values, activity):
    """The next neighborhood of whole days; those before it bring nothing."""
    pairs = chooser.pick(values, activity, 10)
    while not chooser.has_days:
        chooser.learn(0.0, 1.0)
        pairs = chooser.pick(values, activity, 10)
    return pairs


def test_whole_days_have_all_centers_and_more_of_them_after_vain_tries(made):
    """One day at first, of which nothing stays out that is in use; in the end all pairs."""
    program, layout, guide, values = made
    activity, used = program.matrix @ values, values[: program.num_pairs] > 0.5
    chooser = chooser_of(program, layout, guide, days_share=0.5)

    first = whole_days(chooser, values, activity)
    sizes = []
    for _ in range(250):
        chooser.learn(0.0, 1.0)
        sizes.append(len(whole_days(chooser, values, activity)))

    (day,) = np.unique(layout.day[first])
    there = layout.day == day
    assert set(np.flatnonzero(used & there)) <= set(first)
    assert set(layout.center[first]) == set(layout.center[there & used])
    assert len(first) < np.count_nonzero(there)
    assert max(sizes) == program.num_pairs


def test_whole_days_that_take_too_long_are_narrow_again(made):
    """They grow while they are solved in time, and shrink while they are not."""
    program, layout, guide, values = made
    activity = program.matrix @ values
    chooser = chooser_of(program, layout, guide, days_share=0.5)

    sizes = {True: [], False: []}
    for finished, found in sizes.items():
        for _ in range(60):
            found.append(len(whole_days(chooser, values, activity)))
            chooser.learn(0.0, 1.0, finished=finished)

    assert np.median(sizes[False][-30:]) < max(sizes[True]) / 4  # wide ones are chosen rarely


def test_whole_days_are_narrow_again_once_others_improved_the_roster(made):
    """They were chosen best while others were as they were."""
    program, layout, guide, values = made
    activity = program.matrix @ values
    chooser = chooser_of(program, layout, guide, days_share=0.5)
    for _ in range(60):
        whole_days(chooser, values, activity)
        chooser.learn(0.0, 1.0)
    wide = len(whole_days(chooser, values, activity))

    chooser.day = None
    for _ in range(200):
        chooser.learn(1.0, 1.0)

    assert len(whole_days(chooser, values, activity)) < wide / 4


def test_no_whole_days_without_a_guide_or_with_one_center(made):
    """Without reduced costs a day is as large as it is; a single center is as large as the week."""
    program, layout, _, values = made
    one = build(town(1, 40))
    small = one.program()
    *_, guide = approach(small, Deadline(60.0), DEFAULTS)
    roster = rounded(small, guide, DEFAULTS)

    for many, found in (
        (chooser_of(program, layout, None, days_share=1.0), (values, program.matrix @ values)),
        (
            chooser_of(small, one.pairs.layout(), guide, days_share=1.0),
            (roster, small.matrix @ roster),
        ),
    ):
        for _ in range(50):
            many.pick(*found, 10)
            many.learn(0.0, 1.0)
            assert not many.has_days


def days_among(turns: Alternation, gains: tuple[float, float], work: float, number: int) -> int:
    """How many of so many neighborhoods have whole days, which take `work`, small ones 1."""
    days = 0
    for _ in range(number):
        if turns.is_for_days(10.0 * work):
            turns.count(gains[1], work, round(10 * work), days=True)
            days += 1
        else:
            turns.count(gains[0], 1.0, 10, days=False)
    return days


def test_whole_days_wait_until_small_ones_have_had_their_share():
    """A share of 0.2 and days as dear as 8 small ones: these come first, 32 of them."""
    changes = {"days_share": 0.2, "days_memory": 1e9}
    turns = Alternation(DEFAULTS.neighborhoods.model_copy(update=changes))

    assert days_among(turns, (1.0, 1.0), 8.0, 32) == 0
    assert days_among(turns, (1.0, 1.0), 8.0, 1) == 1


@pytest.mark.parametrize(
    ("gains", "least", "most"),
    [
        ((1.0, 24.0), 0.7, 0.8),  # three times as much for the work
        ((1.0, 8.0 / 3), 0.2, 0.3),
        ((0.0, 1.0), 0.85, 0.95),  # nine tenths at most
        ((1.0, 0.0), 0.05, 0.15),
        ((0.0, 0.0), 0.45, 0.55),
    ],
)
def test_what_brings_more_for_its_work_has_more_of_it(gains, least, most):
    """Whole days take 8 times the work of a small neighborhood."""
    turns = Alternation(DEFAULTS.neighborhoods)

    number = 4_000
    days = days_among(turns, gains, 8.0, number)

    assert least <= 8 * days / (8 * days + number - days) <= most


def test_turns_follow_what_was_gained_lately():
    """Small ones that bring much at first and nothing later leave their work to whole days."""
    turns = Alternation(DEFAULTS.neighborhoods)
    early = days_among(turns, (10.0, 1.0), 8.0, 1_000)

    late = days_among(turns, (0.0, 1.0), 8.0, 1_000)

    assert late > 20 * early / 4
