"""A checker that judges each roster once, and one that disagrees with the model."""

from __future__ import annotations

import pytest
from towns import town

import shiftplan
from shiftplan import ModelError, Problem
from shiftplan.model import Program
from shiftplan.solving import judge as judge_module
from shiftplan.testing.pictures import plan


@pytest.mark.parametrize("small", [True, False])
def test_costs_are_counted_once_a_roster(small, monkeypatch):
    """Not again for each bound that is told: of a large week that takes long."""
    params = None if small else {"start": {"quick_columns": 0}}
    asked, counted = [], Program.costs
    monkeypatch.setattr(
        Program,
        "costs",
        lambda program, values: (asked.append(values), counted(program, values))[1],
    )
    seen: list[shiftplan.solving.Progress] = []

    shiftplan.solve(town(3, 24), time_limit=None, workers=1, on_progress=seen.append, params=params)

    rosters = len({p.total for p in seen} - {None})
    assert len({p.bound for p in seen}) > 1
    assert len(asked) <= rosters + 1  # the checker's verdict is compared with them once more


def test_costs_that_floats_cannot_hold_are_no_disagreement():
    """Of a dear budget in small units: the roster has no bound."""
    people = [f"p{i}" for i in range(11)]
    problem = plan(
        "M",
        " ".join(people),
        1,
        each={who: {"shift_cost": 999_999_999} for who in people},
        pins=[{"volunteer_id": who, "shift_id": "M0", "state": "must"} for who in people],
        rules=[{"rule": "budget", "level": 1, "weight": 999_999, "max_cost": 0}],
    )

    result = shiftplan.solve(problem, time_limit=None, workers=1)

    assert result.total.cost == 11 * 999_999_999 * 999_999
    assert result.total.bound is None


def test_a_checker_that_disagrees_raises_and_saves(monkeypatch, tmp_path):
    """If check and model differ nothing is returned: the problem is saved and an error raised."""
    problem = town(1, 5)
    true_check = shiftplan.check

    def wrong_check(problem, roster):
        score = true_check(problem, roster)
        return type(score)(
            score.broken, score.priced, {k: c + 1 for k, c in score.levels.items()}, 0
        )

    monkeypatch.setattr(judge_module, "check", wrong_check)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pytest.raises(ModelError, match="disagree") as caught:
        shiftplan.solve(problem, time_limit=None, workers=1)

    assert caught.value.saved is not None
    saved = (caught.value.saved / "problem.json").read_text(encoding="utf-8")
    assert Problem.model_validate_json(saved) == problem


def test_a_disagreement_is_told_where_nothing_can_be_saved(monkeypatch, tmp_path):
    """Without a place for temporary files, what disagrees is said all the same."""
    monkeypatch.setattr(judge_module.tempfile, "tempdir", str(tmp_path / "nowhere"))

    error = judge_module.disagreement(plan(), judge_module.figures(model=1, checker=2), None)

    assert error.saved is None
    assert "model 1" in str(error)
    assert "nowhere" in str(error)
