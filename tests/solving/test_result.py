"""What a result says of itself: fields, names and packages."""

from __future__ import annotations

import json

import pytest
from towns import town

import shiftplan
from shiftplan import Problem
from shiftplan.batch.manifest import Figures
from shiftplan.solving.result import Cost
from shiftplan.solving.versions import version_of


def test_packages_that_are_not_installed_have_no_version():
    """Imported from a folder, shiftplan has no recorded version; the result still says so."""
    assert version_of("shiftplan-is-not-installed") == "unknown"


def test_result_json_holds_the_promised_fields():
    """result.json has status, stopped_by, seconds, total, levels and version."""
    result = shiftplan.solve(town(1, 5), time_limit=None, workers=1)

    content = json.loads(result.to_json())

    assert content["status"] == "OPTIMAL"
    assert content["stopped_by"] is None
    assert content["total"] == {
        "cost": result.total.cost,
        "bound": result.total.cost,
        "gap": 0.0,
    }
    assert content["levels"]["1"]["cost"] == result.levels[1].cost
    assert content["seconds"] >= 0
    assert content["version"].startswith("shiftplan ")


def test_a_result_names_the_problem_that_it_is_of():
    """The digest is that of the problem, the same for an equal one and another for any other."""
    problem = town(1, 4)

    result = shiftplan.solve(problem, workers=1)

    assert (
        result.problem_digest
        == problem.digest
        == Problem.model_validate(problem.model_dump()).digest
    )
    assert result.problem_digest != problem.model_copy(update={"name": "another"}).digest
    assert json.loads(result.to_json())["problem_digest"] == problem.digest


@pytest.mark.parametrize(
    ("cost", "bound", "gap"),
    [
        (None, 3, None),
        (8, None, None),
        (8, 6, 0.25),  # (8 - 6) / 8
        (8, 8, 0.0),
        (8, 0, 1.0),
        (8, -5, 1.0),  # no roster costs less than 0
        (0, 0, 0.0),
        (0, -5, 0.0),
    ],
)
def test_every_cost_and_bound_have_a_gap_from_0_to_1(cost, bound, gap):
    """Also a cost of 0, and a bound that says nothing; weeks of a batch have the same gap."""
    figures = Figures.model_construct(cost=cost, bound=bound)

    assert Cost(cost, bound).gap == figures.gap == gap
