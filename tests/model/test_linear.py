"""Blocks of linear expressions, against the same arithmetic on dense arrays."""

from __future__ import annotations

import numpy as np
import pytest

from shiftplan.model.linear import Linear

X = np.array([2.0, 3.0, 5.0, 7.0])


def values(linear: Linear) -> list[float]:
    """What the expressions are at `X`."""
    width = linear.matrix.shape[1]
    return (linear.matrix @ X[:width] + linear.constant).tolist()


def of(*rows: dict[int, float], constant: list[float] | None = None) -> Linear:
    """Expressions as column -> coefficient."""
    entries = [(i, column, coef) for i, row in enumerate(rows) for column, coef in row.items()]
    row, column, coef = (np.array(part) for part in zip(*entries, strict=True))
    linear = Linear.of(row, column, len(rows), coef)
    return Linear(linear.matrix, linear.constant if constant is None else np.array(constant))


A = of({0: 1, 1: 2}, {1: 1}, constant=[10, 0])  # 10 + 2 + 6 = 18, 3
B = of({3: 1}, {0: -1, 2: 1})  # 7, -2 + 5 = 3


def test_repeated_entries_are_added():
    """A column that stands twice in an expression counts twice."""
    twice = Linear.of(np.array([0, 0, 1]), np.array([1, 1, 0]), 2)

    assert values(twice) == [6, 2]


@pytest.mark.parametrize(
    ("linear", "expected"),
    [
        (A, [18, 3]),
        (A + B, [25, 6]),
        (B + A, [25, 6]),
        (A - B, [11, 0]),
        (-A, [-18, -3]),
        (A * 2, [36, 6]),
        (A * np.array([1, -3]), [18, -9]),
        (A.complement(), [-17, -2]),
        (A.take(np.array([1, 0, 1])), [3, 18, 3]),
        (A.take(np.array([False, True])), [3]),
        (A.sum_by(np.array([1, 1]), 2), [0, 21]),
        (A.sum_by(np.array([0, -1]), 1), [18]),
        (A.sum_by(np.array([0, 0]), 1, np.array([1.0, 2.0])), [24]),
        (A.combine(np.array([0, 0, 1]), np.array([0, 1, 1]), 2, np.array([1, -1, 4])), [15, 12]),
    ],
)
def test_arithmetic(linear, expected):
    """Each operation does to the expressions what it does to their values."""
    assert values(linear) == expected


def test_size():
    """`size` counts the expressions."""
    assert A.size == 2


def test_no_entries_at_all():
    """Expressions without columns are constants, also when there is no expression."""
    none = np.zeros(0, dtype=np.int64)
    zero = Linear.of(none, none, 2)

    assert values(zero) == [0, 0]
    assert values(zero.complement() + A) == [19, 4]
    assert Linear.of(none, none, 0).size == 0
    assert values(Linear.of(none, none, 0).sum_by(none, 1)) == [0]
