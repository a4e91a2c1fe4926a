"""Copies of input with some fields changed."""

from __future__ import annotations

import pytest

from shiftplan.problem.records import Center


def test_a_copy_with_a_field_that_is_not_there_is_refused():
    """A misspelt name would otherwise change nothing, without a word."""
    center = Center(center_id="A")

    with pytest.raises(TypeError, match="Center has no field nmae, tpye"):
        center.model_copy(update={"tpye": "ward", "nmae": "An Phú", "groups": ()})

    assert center.model_copy(update={"name": "An Phú"}).name == "An Phú"
