"""Chances that enough people come, held against enumeration and against scipy."""

from __future__ import annotations

from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom
from tables.table import PORTAL, needs

from shiftplan.case.case import Case
from shiftplan.rules.attendance import (
    Attendance,
    attendance_of,
    chance_of_at_least,
    expected_filled,
)
from shiftplan.testing.pictures import parse, plan

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
    assert chance_of_at_least([0.95, 0.95, 0.6, 1.0], 1) == 1
    assert expected_filled([1.0] * 50, 40) == 40


def test_a_roster_is_told_by_hand() -> None:
    """Seats of heads only; minimums with and without a skill, those of 90% included."""
    problem = plan(
        "M",
        "ana bob cho dan",
        4,
        skills=PORTAL,
        each={
            **{name: {"show_rate": 0.5} for name in ("ana", "bob")},
            "cho": {"show_rate": 0.9},
            "dan": {"skills": {"portal": 3}},
        },
        requirements=needs(
            ("M0", None, 1, 2),
            ("M0", "portal", 1, 1),
            ("M1", None, 1, 1),
            ("M2", None, 1, 1),
            ("M3", None, 0, 3),
        ),
    )
    roster = parse("ana M M . M\nbob M . . .\ncho . . M .\ndan M . . .")

    found = attendance_of(Case(problem, roster))

    # Monday: Dan, and with 3/4 another one of two: 1.75 of 2. Then 0.5 and 0.9 of 1, 0.5 of 3.
    # Dan is enough for both minimums of Monday; Tuesday's comes with 50% only.
    assert found == Attendance(2 + 1 + 1 + 3, pytest.approx(1.75 + 0.5 + 0.9 + 0.5), 4, 3)
    assert found.as_dict() == {"seats": 7, "expected": 3.65, "minimums": 4, "likely": 3}


def test_who_surely_comes_is_not_told() -> None:
    """Nothing is told where every show rate is 1."""
    problem = plan("M", "ana", 1, requirements=needs(("M0", None, 1, 1)))

    assert attendance_of(Case(problem, parse("ana M"))) is None


def test_the_mean_is_told_in_millionths() -> None:
    """A third of a seat is 0.333333."""
    assert Attendance(1, 1 / 3, 0, 0).as_dict()["expected"] == 0.333333
