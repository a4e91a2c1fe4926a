"""Numbers of rules that no week reaches: the model stays as small as the week is."""

from __future__ import annotations

import pytest

from shiftplan.rules.days import MinConsecutiveDays, MinConsecutiveDaysOff
from shiftplan.solving.building import build
from shiftplan.testing.pictures import plan

MOST = 1_000_000_000


@pytest.mark.parametrize("rule", [MinConsecutiveDays, MinConsecutiveDaysOff])
@pytest.mark.parametrize("level", ["hard", 1])
def test_a_run_that_nobody_can_work_makes_no_more_rows(rule: type, level: str | int) -> None:
    """At least a billion days in a row are as many rows as at least nine of a week of seven."""
    sizes = []
    for value in (9, MOST):
        options = {"value": value, "level": level, **({} if level == "hard" else {"weight": 1})}
        problem = plan("M", "ana bob", rules=(rule(**options),))
        sizes.append(build(problem).program().num_rows)

    assert sizes[0] == sizes[1] > 0
