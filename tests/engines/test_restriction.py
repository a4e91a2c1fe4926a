"""What is free in a part of a roster, and what stays as it is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from programs import optimum
from small_weeks import MORE, weeks

from shiftplan.engines.greedy import greedy
from shiftplan.engines.highs import settle
from shiftplan.engines.params import DEFAULTS
from shiftplan.engines.restriction import Restriction
from shiftplan.solving.building import build

PLACES = (
    {"rule": "mentor", "level": "hard", "value": 1},
    {"rule": "one_center_per_day", "level": "hard"},
    {"rule": "continuity", "level": 2, "weight": 10},
)


@given(weeks((*MORE, *PLACES)), st.integers(0, 10**6))
def test_what_has_to_move_is_all_that_a_part_needs(problem, seed):
    """A part that frees only columns which may have to move has as good a roster as any."""
    program = build(problem).program()
    values = greedy(program, DEFAULTS)
    assume(values is not None and program.num_pairs)
    values = settle(program, values)
    rng = np.random.default_rng(seed)
    pairs = np.flatnonzero(rng.random(program.num_pairs) < 0.5)
    restriction, activity = Restriction(program), program.matrix @ values

    best = []
    for columns in (restriction.free_columns(pairs), restriction.moving_columns(pairs)):
        part = restriction.program_of(columns, values, activity)
        best.append(optimum(part) - part.total(values[columns]))

    assert set(restriction.moving_columns(pairs)) <= set(restriction.free_columns(pairs))
    assert best[1] == pytest.approx(best[0], abs=1e-6)
