"""Copies of input with some fields changed."""

from __future__ import annotations

import pytest
from pictures import plan

import shiftplan
from shiftplan.errors import InputError
from shiftplan.problem.records import Center, Pin
from shiftplan.problem.roster import Roster


def test_a_copy_with_a_field_that_is_not_there_is_refused():
    """A misspelt name would otherwise change nothing, without a word."""
    center = Center(center_id="A")

    with pytest.raises(TypeError, match="Center has no field nmae, tpye"):
        center.model_copy(update={"tpye": "ward", "nmae": "An Phú", "groups": ()})

    assert center.model_copy(update={"name": "An Phú"}).name == "An Phú"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"pins": (Pin(volunteer_id="zoe", shift_id="M0", state="must"),)}, "pins[0].volunteer_id"),
        ({"volunteers": plan("M", "ana", 1).volunteers * 2}, "volunteers[1].volunteer_id"),
        ({"centers": ()}, "shifts[0].center_id"),
    ],
)
def test_a_copy_whose_rows_do_not_fit_is_refused_when_it_is_used(fields, where):
    """Copies are made unchecked; `solve` and `check` look before they do anything."""
    copied = plan("M", "ana", 1).model_copy(update=fields)

    for use in (shiftplan.solve, lambda problem: shiftplan.check(problem, Roster())):
        with pytest.raises(InputError) as caught:
            use(copied)
        assert where in str(caught.value)
