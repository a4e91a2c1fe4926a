"""The command `repair` with the result of a plan: when its bound is used, and when it is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from absences import PLANNED, PROBLEM, ROSTER, blocked, given, run_repair, write_absence

from shiftplan import read_week
from shiftplan.present.words import Words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_absence(tmp_path)


def test_the_bound_of_the_plan_still_holds(folder: Path):
    """With the result of the plan the bound of its total stands beside the new cost."""
    done = run_repair(*given(folder, "--workers", 1, "--result", folder / "plan.json"))

    assert done.exit_code == 0, done.output
    content = json.loads((folder / "out" / "result.json").read_text(encoding="utf-8"))
    assert content["total"]["bound"] == PLANNED.total.bound


def test_the_bound_of_another_week_is_not_used(folder: Path):
    """A result of other data is told and left aside, whatever its roster costs."""
    other = json.loads(PLANNED.to_json())
    other["problem_digest"] = PROBLEM.model_copy(update={"name": "another"}).digest
    (folder / "plan.json").write_text(json.dumps(other), encoding="utf-8")

    done = run_repair(*given(folder, "--workers", 1, "--result", folder / "plan.json"))

    assert done.exit_code == 0, done.output
    assert "its bound is not used" in " ".join(done.stderr.split())
    content = json.loads((folder / "out" / "result.json").read_text(encoding="utf-8"))
    assert content["total"]["bound"] is None


@pytest.mark.parametrize(
    ("lang", "says"),
    [("en", "nothing was proven"), ("vi", "chưa chứng minh được mức thấp nhất có thể")],
)
def test_a_plan_that_proved_nothing_is_not_called_one_of_other_data(
    folder: Path, lang: str, says: str
):
    """It is the plan of this week; only a bound is missing."""
    nothing = json.loads(PLANNED.to_json())
    nothing["total"]["bound"] = None
    (folder / "plan.json").write_text(json.dumps(nothing), encoding="utf-8")
    more = ("--result", folder / "plan.json", "--workers", 1, "--lang", lang)

    done = run_repair(*given(folder, *more))

    assert done.exit_code == 0, done.output
    told = " ".join(done.stderr.split())
    assert says in told
    assert Words("en")("repairs.other_week") not in told


def test_a_repair_without_a_roster_blames_no_change(folder: Path):
    """Nothing is known of a bound of a week that allows no roster; the changes are not blamed."""
    blocked(folder)
    more = ("--frozen-until", PROBLEM.horizon.end, "--workers", 1)
    planned = json.loads(PLANNED.to_json())
    planned["problem_digest"] = read_week(folder / "week").digest
    (folder / "plan.json").write_text(json.dumps(planned), encoding="utf-8")

    done = run_repair(*given(folder, *more, "--result", folder / "plan.json"))

    assert done.exit_code == 3, done.output
    assert "its bound is not used" not in " ".join(done.stderr.split())
    content = json.loads((folder / "out" / "result.json").read_text(encoding="utf-8"))
    assert content["total"] == {"cost": None, "bound": None, "gap": None}


def test_the_bound_is_not_used_where_seats_go(folder: Path):
    """A cancelled shift makes cheaper rosters possible: the bound is told to be left aside."""
    shift = ROSTER.assignments[0].shift_id
    (folder / "more.csv").write_text(f"change,shift_id\ncancelled,{shift}\n", encoding="utf-8")
    more = ("--changes", folder / "more.csv", "--result", folder / "plan.json", "--workers", 1)

    done = run_repair(*given(folder, *more))

    assert done.exit_code == 0, done.output
    assert "do more than forbid" in " ".join(done.stderr.split())
    content = json.loads((folder / "out" / "result.json").read_text(encoding="utf-8"))
    assert content["total"]["bound"] is None
