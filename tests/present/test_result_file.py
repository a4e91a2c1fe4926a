"""A `result.json` read back for the roster that it stands beside."""

from __future__ import annotations

import pytest
from reporting import hostile_week

from shiftplan import InputError, Result, Status, check
from shiftplan.present.result_file import read_outcome
from shiftplan.scoring.equity import equity
from shiftplan.solving.result import Cost


def test_results_are_read_back(tmp_path):
    """A `result.json` tells the report what the result told."""
    problem, roster = hostile_week()
    score = check(problem, roster)
    levels = {1: Cost(score.levels[1], None)}
    known = {"seconds": 2, "equity": equity(problem, roster)}
    result = Result(Status.FEASIBLE, None, roster, score, Cost(score.total, 5), levels, **known)
    file = tmp_path / "result.json"
    file.write_text(result.to_json(), encoding="utf-8")

    assert read_outcome(file, problem, roster, score) == result


@pytest.mark.parametrize("text", ["{}", "[]", "no json", '{"status": "FINE"}', "9" * 5000])
def test_what_is_no_result_is_refused(tmp_path, text):
    """A file of another kind gives one fault that names it."""
    problem, roster = hostile_week()
    file = tmp_path / "result.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match=r"result\.json"):
        read_outcome(file, problem, roster, check(problem, roster))
