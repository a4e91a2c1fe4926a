"""Rare journeys folded into others that need the same services."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.citizens.forecasting.folding import folded_parts

SERVICES = 5
MEMBERS = np.array(
    [
        [service in own for service in range(SERVICES)]
        for size in range(1, SERVICES + 1)
        for own in combinations(range(SERVICES), size)
    ]
)
"""All 31 sets of five services."""


def parts_of(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).dirichlet(np.full(len(MEMBERS), 0.7))


@given(st.integers(0, 2**32 - 1))
def test_requests_stay(seed: int) -> None:
    """For each service, and so do all visits, and the squares of the numbers of services."""
    parts = parts_of(seed)

    folded = folded_parts(parts, MEMBERS)

    size = MEMBERS.sum(axis=1)
    assert folded.min() >= 0
    np.testing.assert_allclose(folded @ MEMBERS, parts @ MEMBERS, atol=1e-6)
    np.testing.assert_allclose([folded.sum(), folded @ size**2], [1, parts @ size**2], atol=1e-6)


@given(st.integers(0, 2**32 - 1))
def test_few_journeys_are_left(seed: int) -> None:
    """Twelve, two for the number of visits and its spread, and one for each service."""
    folded = folded_parts(parts_of(seed), MEMBERS)

    assert (folded > 1e-9).sum() <= 12 + 2 + SERVICES


def test_frequent_journeys_lose_nothing() -> None:
    """Each of the twelve has at least its part."""
    parts = parts_of(0)
    first = np.argsort(-parts)[:12]

    assert (folded_parts(parts, MEMBERS)[first] >= parts[first]).all()


def test_a_short_table_stays() -> None:
    """Of ten journeys, none is folded."""
    parts = np.full(10, 0.1)

    assert folded_parts(parts, MEMBERS[:10]).tolist() == parts.tolist()
