"""Which requirements lack most."""

from __future__ import annotations

from shiftplan.analysis.seats import lacking
from shiftplan.case.case import Case
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.records import Requirement


def test_what_is_below_its_minimum_stands_first_and_full_ones_are_left_out():
    """Ana works M0. Empty up to target (below minimum): M0 0 (0), M1 3 (0), M2 1 (1), M3 1 (0)."""
    needs = (
        Requirement(shift_id="M0", minimum=1, target=1),
        Requirement(shift_id="M1", minimum=0, target=3),
        Requirement(shift_id="M2", minimum=1, target=1),
        Requirement(shift_id="M3", minimum=0, target=1),
    )
    case = Case(plan("M", days=4, requirements=needs), parse("ana  M . . ."))

    assert [need.shift_id for need in lacking(case)] == ["M2", "M1", "M3"]
