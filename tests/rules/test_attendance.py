"""Chances that enough people come, held against enumeration and against scipy."""

from __future__ import annotations

from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from shiftplan.rules.attendance import chance_of_at_least, expected_filled

RATES = st.lists(st.sampled_from([0.0, 1.0, 0.5]) | st.floats(0, 1), max_size=7)


def outcomes(rates: list[float]) -> list[tuple[int, float]]:
    """People who come, and the chance, of every way in which they come or stay away."""
    return [
        (sum(come), prod(r if c else 1 - r for r, c in zip(rates, come, strict=True)))
        for come in product((0, 1), repeat=len(rates))
    ]


@given(rates=RATES, count=st.integers(-1, 8))
def test_the_chance_is_the_sum_of_all_ways(rates: list[float], count: int) -> None:
    """Every way in which enough people come adds its chance."""
    expected = sum(p for come, p in outcomes(rates) if come >= count)

    assert chance_of_at_least(rates, count) == pytest.approx(expected, abs=1e-14)


@given(rates=RATES, seats=st.integers(0, 8))
def test_filled_seats_are_the_mean_of_all_ways(rates: list[float], seats: int) -> None:
    """People beyond the seats fill none."""
    expected = sum(p * min(come, seats) for come, p in outcomes(rates))

    assert expected_filled(rates, seats) == pytest.approx(expected, abs=1e-14)


@pytest.mark.parametrize("rate", [1e-9, 0.05, 0.5, 0.91, 0.999])
@pytest.mark.parametrize("people", [1, 5, 60, 700])
def test_people_alike_are_binomial(people: int, rate: float) -> None:
    """With equal rates the chances are scipy's, small ones to twelve digits too."""
    counts = np.arange(people + 2)
    at_least = [chance_of_at_least([rate] * people, int(k)) for k in counts[:: 1 + people // 30]]

    expected = binom.sf(counts[:: 1 + people // 30] - 1, people, rate)

    assert at_least == pytest.approx(expected, rel=1e-11, abs=1e-300)
    # With a seat for everybody the mean is that of the binomial distribution.
    assert expected_filled([rate] * people, people) == pytest.approx(people * rate)


def test_by_hand() -> None:
    """Rates 0.9 and 0.5: both 0.45, nobody 0.05, one 0.5; on average 0.95 of one seat is filled."""
    assert chance_of_at_least([0.9, 0.5], 1) == pytest.approx(0.95)
    assert chance_of_at_least([0.9, 0.5], 2) == pytest.approx(0.45)
    assert chance_of_at_least([0.9, 0.5], 3) == 0
    assert expected_filled([0.9, 0.5], 1) == pytest.approx(0.95)
    assert expected_filled([0.9, 0.5], 2) == pytest.approx(1.4)
    assert expected_filled([], 2) == expected_filled([0.9], 0) == 0


def test_sure_people_are_sure() -> None:
    """Nothing is lost or won by rounding: chances stay between 0 and 1."""
    assert chance_of_at_least([1.0] * 50, 50) == 1
    assert chance_of_at_least([0.1] * 500, 1) == 1
    assert expected_filled([1.0] * 50, 40) == 40
