"""How visits divide: places that differ, places that borrow strength, and changes over time."""

from __future__ import annotations

import numpy as np

from shiftplan.citizens.forecasting.divisions import Division, divide


def drawn(
    parts: np.ndarray, visits: list[int], seed: int = 0, group: list[int] | None = None
) -> Division:
    """Division of visits on 280 days; `parts` are the true ones, shape (centers, codes)."""
    rng = np.random.default_rng(seed)
    center = np.repeat(np.arange(len(visits)), visits)
    bounds = np.cumsum(parts, axis=1)[center]
    code = (rng.random(len(center))[:, None] > bounds).sum(axis=1)
    age = rng.integers(0, 280, len(center)).astype(float)
    groups = np.zeros(len(visits), dtype=np.int64) if group is None else np.array(group)
    return divide(code, center, age, groups, parts.shape[1])


def test_parts_add_up_to_one() -> None:
    """In each place, also at a center without visits."""
    found = drawn(np.tile([0.2, 0.3, 0.5], (3, 1)), [500, 20, 0])

    for parts in (found.usual[None], found.groups, found.centers):
        np.testing.assert_allclose(parts.sum(axis=1), 1)


def test_equal_centers_share_their_parts() -> None:
    """Of 20 centers that do not differ, none has parts of its own."""
    found = drawn(np.tile([0.2, 0.3, 0.5], (20, 1)), [300] * 20)

    assert not found.own_centers.any()
    np.testing.assert_allclose(found.centers, np.tile(found.usual, (20, 1)), atol=0.03)
    np.testing.assert_allclose(found.usual, [0.2, 0.3, 0.5], atol=0.03)


def test_large_centers_that_differ_have_their_own() -> None:
    """Of centers that differ much, those with 2,000 visits do; one with 5 is like the others."""
    parts = np.array([[0.8, 0.2], [0.2, 0.8]] * 5 + [[0.2, 0.8]])
    found = drawn(parts, [2000] * 10 + [5])

    assert found.own_centers.tolist() == [True] * 10 + [False]
    np.testing.assert_allclose(found.centers[:10], parts[:10], atol=0.04)
    assert abs(found.centers[10, 0] - found.usual[0]) < 0.2


def test_groups_that_differ_have_their_own() -> None:
    """Small centers of towns are like other towns, not like villages."""
    parts = np.array([[0.9, 0.1]] * 10 + [[0.2, 0.8]] * 10)
    found = drawn(parts, [150] * 20, group=[0] * 10 + [1] * 10)

    assert found.own_groups.all()
    np.testing.assert_allclose(found.groups, [[0.9, 0.1], [0.2, 0.8]], atol=0.06)
    np.testing.assert_allclose(found.centers, parts, atol=0.12)


def test_old_visits_fade_where_parts_change() -> None:
    """A service that half of the visits have needed for six weeks of 40, and none before."""
    age = np.repeat(np.arange(280.0), 40)
    rng = np.random.default_rng(0)
    code = ((rng.random(len(age)) < 0.5) & (age < 42)).astype(np.int64)

    found = divide(code, np.zeros(len(age), dtype=np.int64), age, np.zeros(1, dtype=np.int64), 2)

    plain = code.mean()
    assert plain < 0.08
    assert found.usual[1] > 3 * plain


def test_permuted_centers_permute_the_parts() -> None:
    """Nothing depends on the order of centers."""
    rng = np.random.default_rng(3)
    center, code = rng.integers(0, 6, 3000), rng.integers(0, 4, 3000)
    age, order = rng.integers(0, 100, 3000).astype(float), rng.permutation(6)
    group = np.array([0, 1, 0, 1, 1, 0])

    one = divide(code, center, age, group, 4)
    other = divide(code, np.argsort(order)[center], age, group[order], 4)

    np.testing.assert_allclose(other.centers, one.centers[order])
    assert other.own_centers.tolist() == one.own_centers[order].tolist()
