"""A search that ends early may find solutions that cost more than their shifts do."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest

from shiftplan import Center, Horizon, Problem
from shiftplan.citizens.shift_design import search as searched
from shiftplan.citizens.shift_design.designing import design
from shiftplan.week.requirements import Requirement
from shiftplan.week.shift_types import Break, ShiftType

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


def test_breaks_that_are_hard_to_place_do_not_leave_a_design_empty(monkeypatch):
    """The search finds nothing; shifts of people who take no breaks are held, with breaks."""
    times = ShiftType(earliest=dt.time(8), latest=dt.time(8), min_minutes=240, max_minutes=240)
    need = {"center_id": "c0", "start": DAY + dt.timedelta(hours=8), "target": 1}
    week = Problem(
        horizon=Horizon(start=DAY.date(), days=1),
        centers=[Center(center_id="c0")],
        volunteers=[],
        shifts=[],
        requirements=[Requirement(**need, end=DAY + dt.timedelta(hours=12))],
        shift_types=[times],
        breaks=[Break(minutes=30, earliest=60, latest=120)],
    )
    usual = searched.DesignPart._search

    def blind(part, *args, **options):
        return -math.inf if part.made.breaks else usual(part, *args, **options)

    monkeypatch.setattr(searched.DesignPart, "_search", blind)
    monkeypatch.setattr(searched.DesignPart, "_rounded", lambda part, values: None)
    found = design(week, offers=False, workers=1, time_limit=1)

    assert [shift.count for shift in found.shifts] == [1]
    assert [taken.people for taken in found.shifts[0].breaks[0]] == [1]
