"""Ten people of a province drop out, and there is no time to search."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from shiftplan.analysis.repair import repair
from shiftplan.files import read_problem
from shiftplan.problem.changes import Absence
from shiftplan.scoring.check import check
from shiftplan.solving.result import StoppedBy
from shiftplan.solving.solve import solve

AN_GIANG = Path(__file__).parents[3] / "examples/data/an_giang"


@pytest.mark.slow
def test_ten_who_drop_out_are_replaced_without_time_to_search() -> None:
    """At least nine in ten of what their seats were worth is won back, and no rule is broken."""
    problem = read_problem(AN_GIANG)
    roster = solve(problem, time_limit=0, workers=1).require_roster()
    away = random.Random(0).sample(sorted(roster.shifts_of), 10)
    changes = [Absence(volunteer_id=who) for who in away]

    found = repair(problem, roster, *changes, time_limit=0.05, workers=1)

    left = problem.with_changes(*changes, roster=roster)
    emptied = type(roster).of((p.shift_id, p.volunteer_id) for p in left.published)
    before, lost = check(problem, roster).levels[1], check(left, emptied).levels[1]
    assert found.score is not None
    assert found.score.is_feasible
    assert found.score.levels[1] - before <= 0.1 * (lost - before)
    assert found.result.stopped_by is StoppedBy.TIME
    assert found.lost >= 10
