"""Bounds of weightings that follow from those of others."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from shiftplan.analysis.tradeoff import bound_of


@settings(deadline=None)
@given(st.data())
def test_bounds_that_follow_hold(data):
    """Against the true least costs of made-up cost vectors, whatever is proven of others."""
    levels = data.draw(st.integers(1, 3))
    rates = st.tuples(*[st.integers(0, 20)] * levels)
    vectors = data.draw(st.lists(st.tuples(*[st.integers(0, 50)] * levels), min_size=1))

    def least(rates):
        return min(sum(r * c for r, c in zip(rates, v, strict=True)) for v in vectors)

    slack = st.integers(0, 5)
    known = [(r, least(r) - data.draw(slack)) for r in data.draw(st.lists(rates, max_size=5))]
    wanted = data.draw(rates)

    bound = bound_of(wanted, known)

    assert bound <= least(wanted)
    for other, proven in known:
        if all(a <= b for a, b in zip(other, wanted, strict=True)):
            assert bound >= proven  # prices only rise


def test_a_bound_between_two_is_what_lies_between_theirs():
    """Half way between rates (2, 0) and (0, 2) with bounds 10 and 21: 15.5, rounded up."""
    assert bound_of((1, 1), [((2, 0), 10), ((0, 2), 21)]) == 16
    assert bound_of((3, 5), [((3, 5), 7), ((1, 1), 2)]) == 7
    assert bound_of((0, 5), [((1, 1), 9)]) == 0
