"""How many ways there may be to take the breaks of a shift."""

from __future__ import annotations

import pytest
from hours import kind, need, week

from shiftplan.citizens import design
from shiftplan.citizens.shift_design.candidates import MOST_WAYS, break_groups
from shiftplan.errors import InputError
from shiftplan.week.shift_types import Break

FREE = (Break(minutes=15, step=5), Break(minutes=30, step=5))
"""Two breaks that may be at any time."""


def test_too_many_ways_name_what_to_change():
    """Before a model of them fills the memory."""
    rows = [need("1 08:00", "1 16:00", 1)]
    breaks = [row.model_dump() for row in FREE]

    with pytest.raises(InputError) as caught:
        design(week(rows, [kind("08:00", "08:00", 480)], breaks=breaks), workers=1)

    (found,) = caught.value.faults
    assert (found.table, found.column, found.code) == ("breaks", "step", "out_of_range")
    assert "of a shift of 480 minutes: 8,554, at most 1,000" in str(found)


def test_breaks_that_cannot_overlap_are_counted_apart():
    """Each by itself has fewer ways than both together would have."""
    early, late = (Break(minutes=30, earliest=n, latest=n + 200, step=5) for n in (0, 230))

    groups = list(break_groups([early, late], 480))

    assert [len(group) for group in groups] == [41, 41]
    assert MOST_WAYS < 41 * 41
