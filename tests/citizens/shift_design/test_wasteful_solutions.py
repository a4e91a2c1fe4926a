"""A search that ends early may find solutions that cost more than their shifts do."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from shiftplan import Center, Horizon, Problem
from shiftplan.citizens.shift_design import search as searched
from shiftplan.citizens.shift_design.designing import design
from shiftplan.week.requirements import Requirement
from shiftplan.week.shift_types import ShiftType

DAY = dt.datetime(2026, 12, 7)


def test_times_that_nobody_uses_cost_nothing(monkeypatch: pytest.MonkeyPatch):
    """The solver's solution uses every time; the design costs what its shifts do."""
    week = Problem(
        horizon=Horizon(start=DAY.date(), days=1),
        centers=[Center(center_id="c0")],
        volunteers=[],
        shifts=[],
        requirements=[
            Requirement(
                center_id="c0",
                start=DAY + dt.timedelta(hours=8),
                end=DAY + dt.timedelta(hours=12),
                target=2,
            )
        ],
        shift_types=[
            ShiftType(earliest=dt.time(8), latest=dt.time(10), min_minutes=120, max_minutes=240)
        ],
    )
    usual = searched.DesignPart._settled

    def wasteful(part, values):
        used = [*part.made.times.values()]
        more = np.array(values)
        more[used] = 1.0
        return usual(part, more)

    best = design(week, offers=False, workers=1)
    monkeypatch.setattr(searched.DesignPart, "_settled", wasteful)
    found = design(week, offers=False, workers=1)

    assert found.cost == best.cost
    assert found.shifts == best.shifts
