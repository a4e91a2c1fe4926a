"""What the relaxation of a design knows of times by itself, without any search."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hours import kind, need, week

from shiftplan.citizens import design


@pytest.mark.parametrize(
    ("needed", "cost"),
    [
        ([1, 2], 220),  # two people all the time, one of them too many for an hour
        ([1, 1, 3, 1], 320),  # three people, two of them too many for three hours
        ([1, 1, 1, 4], 380),  # four people, three of them too many for three hours
    ],
)
def test_whoever_is_needed_asks_for_a_whole_time(needed: Sequence[int], cost: int) -> None:
    """A time for one of two people is not half a time: the first design is proven to be best."""
    rows = [need(f"1 {8 + n:02d}:00", f"1 {9 + n:02d}:00", m) for n, m in enumerate(needed)]
    types = [kind("08:00", f"{7 + len(needed):02d}:00", 60, 60 * len(needed))]

    found = design(week(rows, types), time_limit=0, workers=1)

    assert (found.cost, found.bound) == (cost, cost)
