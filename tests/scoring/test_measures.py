"""Measures of inequality, by hand and by their properties."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from shiftplan.scoring.measures import Spread, gini, jain, percentile

TINY = 5e-324
"""The least number above 0, whose square is 0."""
loads = st.lists(
    st.floats(0, 60) | st.integers(0, 5).map(float) | st.sampled_from([TINY, 1e308]),
    min_size=1,
    max_size=12,
)
small = st.lists(st.integers(0, 40), min_size=2, max_size=10)


def test_the_worked_example() -> None:
    """0, 1/2, 1/2 and 1, as the docstrings count them."""
    values = [0.5, 1, 0, 0.5]

    # Pairs differ by 1/2, 1/2, 1, 0, 1/2, 1/2: 6 both ways; 6 / (2 x 16 x 1/2).
    assert gini(values) == 0.375
    # (0 + 1/2 + 1/2 + 1)^2 / (4 x (1/4 + 1/4 + 1))
    assert jain(values) == pytest.approx(2 / 3)
    # Ranks ceil(0.4) = 1, 2, ceil(3.6) = 4 and, at 51%, ceil(2.04) = 3.
    assert [percentile(values, p) for p in (10, 50, 90, 51)] == [0, 0.5, 1, 0.5]
    assert Spread.of(values) == Spread(4, 0.5, 0, 0, 0.5, 1, 1, gini(values), jain(values))
    assert Spread.of([]) is None


@pytest.mark.parametrize(
    ("values", "unequal", "fair"),
    [
        ([0.0], 0, 1),
        ([0.0, 0.0], 0, 1),
        ([3.0], 0, 1),
        ([0.1, 0.1, 0.1], 0, 1),
        # One of four has everything: 1 - 1/4, and 1/4.
        ([0.0, 0.0, 7.0, 0.0], 0.75, 0.25),
        # Two of four have half each: 8 pairs differ by 1 of 16, mean 1/2; 2/4.
        ([0.0, 1.0, 1.0, 0.0], 0.5, 0.5),
    ],
)
def test_the_ends_of_the_scales(values: list[float], unequal: float, fair: float) -> None:
    """Equal parts, also of nothing, are perfectly fair; all for one is as unfair as can be."""
    assert gini(values) == unequal
    assert jain(values) == fair


def test_percentiles_are_ranks() -> None:
    """Of 1 to 20, the p-th is ceil(p / 5); at 0 and at 100 it is the lowest and the highest."""
    values = [float(i) for i in range(20, 0, -1)]

    assert [percentile(values, p) for p in (0, 5, 6, 10, 50, 90, 91, 100)] == [
        1, 1, 2, 2, 10, 18, 19, 20,
    ]  # fmt: skip
    assert percentile([4.0], 10) == percentile([4.0], 90) == 4.0


@given(st.lists(st.integers(0, 40), min_size=1, max_size=10))
def test_measures_are_what_their_formulas_say(values: list[int]) -> None:
    """Fractions, pair by pair, give the same; percentiles by counting do too."""
    assume(any(values))
    n, total = len(values), sum(values)
    pairs = sum(abs(x - y) for x in values for y in values)

    assert gini(values) == pytest.approx(float(Fraction(pairs, 2 * n * total)))
    squares = sum(x * x for x in values)
    assert jain(values) == pytest.approx(float(Fraction(total * total, n * squares)))
    for p in (10, 50, 90):
        reaching = [x for x in values if 100 * sum(y <= x for y in values) >= p * n]
        assert percentile(values, p) == min(reaching)


@given(loads, st.integers(0, 99))
@example([TINY, TINY], 0)
@example([1e308, 1e308], 0)
def test_measures_stay_in_range_in_any_order(values: list[float], seed: int) -> None:
    """Gini from 0 to 1 - 1/n, Jain from 1/n to 1, and the same to the last digit in any order."""
    spread, n = Spread.of(values), len(values)
    assert spread is not None

    assert 0 <= spread.gini <= 1 - 1 / n + 1e-12
    assert 1 / n - 1e-12 <= spread.jain <= 1
    ends = [spread.lowest, spread.p10, spread.p50, spread.p90, spread.highest]
    assert ends == sorted(ends)
    assert math.isfinite(spread.mean)
    assert Spread.of(random.Random(seed).sample(values, n)) == spread


@given(small, st.floats(0.01, 1000), st.integers(2, 4))
def test_neither_the_scale_nor_the_size_matters(
    values: list[int], factor: float, times: int
) -> None:
    """As many times everything, or each number so many times, is as unequal."""
    scaled = [factor * x for x in values]

    assert gini(scaled) == pytest.approx(gini(values))
    assert jain(scaled) == pytest.approx(jain(values))
    assert gini(values * times) == pytest.approx(gini(values))
    assert jain(values * times) == pytest.approx(jain(values))


@given(small, st.data())
def test_giving_to_the_poorer_makes_it_fairer(values: list[int], data: st.DataObject) -> None:
    """The transfer principle: less inequality when who has more gives some of the difference.

    Who gives stays at least as rich as who gets was, so that the two do not just change places.
    """
    rich = data.draw(st.sampled_from(range(len(values))))
    poor = data.draw(st.sampled_from(range(len(values))))
    assume(values[rich] - values[poor] >= 2)
    after = list(values)
    gift = data.draw(st.integers(1, values[rich] - values[poor] - 1))
    after[rich] -= gift
    after[poor] += gift

    assert gini(after) < gini(values)
    assert jain(after) > jain(values)
