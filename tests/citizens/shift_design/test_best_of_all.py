"""No design of a tiny week is better, as trying each of them shows."""

from __future__ import annotations

import pytest
from every_design import TooManyError, best
from tiny_weeks_of_design import drawn

from shiftplan.citizens import design
from shiftplan.errors import InputError


def compare(seed):
    """Whether the week of a seed could be compared, and its design holds shifts."""
    try:
        problem, options = drawn(seed)
        least = best(problem, **options)
    except (InputError, TooManyError):
        return False

    found = design(problem, workers=1, **options)

    assert sum(found.score.exact.values()) == least
    assert (found.status, found.bound) == ("OPTIMAL", found.cost)
    return bool(found.shifts)


@pytest.mark.parametrize("first", range(0, 240, 20))
def test_no_design_costs_less(first):
    """At least a fourth of the weeks hold shifts: others would show little."""
    held = [compare(seed) for seed in range(first, first + 20)]

    assert sum(held) >= 5


@pytest.mark.slow
@pytest.mark.parametrize("first", range(240, 6240, 200))
def test_no_design_of_many_weeks_costs_less(first):
    held = [compare(seed) for seed in range(first, first + 200)]

    assert sum(held) >= 50
