"""Rosters built stretch after stretch: what is fixed stays, and what is found holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from wards import ward

from shiftplan.engines.params import DEFAULTS
from shiftplan.engines.personal.blocks import Blocks
from shiftplan.engines.personal.crew import Crew
from shiftplan.engines.personal.part import Part
from shiftplan.engines.personal.rolling import roll
from shiftplan.engines.task import Deadline
from shiftplan.model import Layout, Program

SEEDS = st.integers(0, 10_000)
SHORT = DEFAULTS.schedules.model_copy(update={"roll_days": 4, "roll_step": 2})


def priced(program: Program, layout: Layout) -> tuple[Crew, Part, np.ndarray]:
    """People with all their schedules, relaxed as a whole, and the roster that it started from."""
    blocks = Blocks(program, layout)
    crew = Crew(blocks, 10**4, SHORT)
    worked = crew.first_roster(np.arange(len(crew.courses)), lambda: False)
    assert worked is not None
    whole = Part(crew, list(range(len(crew.courses))), None, blocks.follow(worked), 0)
    whole.generate(Deadline(np.inf), lambda: False, 60, 1e-6)
    return crew, whole, worked


@costly(0.1)
@given(SEEDS, st.sampled_from([np.inf, 0.0]))
def test_a_roster_of_stretches_holds_by_person_and_respects_the_bound(seed, seconds):
    """Also without time, everybody gets a schedule that breaks no personal row."""
    program, layout = ward(seed, people=4, days=9, minima=False)
    crew, whole, _ = priced(program, layout)

    found = roll(crew, whole.row_prices(), Deadline(seconds), lambda: False, seed)

    assert found is not None
    values = crew.blocks.follow(found)
    personal = crew.blocks.row_owner >= 0
    assert np.all((program.matrix @ values <= program.row_upper + 1e-6)[personal])
    if np.all(program.matrix @ values <= program.row_upper + 1e-6):
        assert program.total(values) >= whole.bound + program.offset - 1e-6


@costly(0.1)
@given(SEEDS, st.integers(0, 8))
def test_days_before_the_first_stay(seed, first):
    """Chosen anew from a day on, a roster keeps what was before it."""
    program, layout = ward(seed, people=3, days=9, minima=False)
    crew, whole, worked = priced(program, layout)

    found = roll(
        crew,
        whole.row_prices(),
        Deadline(np.inf),
        lambda: False,
        seed,
        before=worked,
        first=first,
    )

    assert found is not None
    early = layout.day < np.unique(layout.day)[first]
    assert np.array_equal(found[early], worked[early])


def test_prices_of_days_ahead_pay():
    """Rosters at the prices of the whole cost less than those that see only their stretch."""
    guided, blind = [], []
    for seed in range(4):
        program, layout = ward(seed, people=5, days=14, minima=False)
        crew, whole, _ = priced(program, layout)
        for costs, prices in ((guided, whole.row_prices()), (blind, 0 * whole.row_prices())):
            found = roll(crew, prices, Deadline(np.inf), lambda: False, 0)
            assert found is not None
            costs.append(program.total(crew.blocks.follow(found)))

    assert sum(guided) < sum(blind)


@pytest.mark.parametrize("looks", [0, 1, 5])
def test_rolling_ends_when_asked_to(looks):
    """Stopped at any question, there is a roster or none, but no error."""
    program, layout = ward(2, people=3, days=9, minima=False)
    crew, whole, _ = priced(program, layout)
    asked = iter([False] * looks)

    found = roll(crew, whole.row_prices(), Deadline(np.inf), lambda: next(asked, True), 0)

    assert found is None
