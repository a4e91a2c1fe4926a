"""What a result says of a contradiction that an engine has proven, however little time is left."""

from __future__ import annotations

import json

import numpy as np
import pytest
from conflicts import must
from scipy import sparse

from shiftplan import Status, solve
from shiftplan.engines.impossible import impossible_sum
from shiftplan.model import Program
from shiftplan.present.headline import headline
from shiftplan.problem import Problem
from shiftplan.solving.conflict import find_conflict
from shiftplan.solving.conflict.holding import Holding, OutOfTimeError
from shiftplan.solving.conflict.search import Search
from shiftplan.testing.pictures import plan
from shiftplan.week.requirements import Requirement


def two_places() -> Problem:
    """Ana is pinned to two shifts at once."""
    return plan("MO", days=1, pins=must("M0 ana", "O0 ana"), rules=({"rule": "one_place"},))


def late(*_: object, **__: object) -> bool:
    """Time is over."""
    raise OutOfTimeError


def test_what_is_proven_stays_said_when_naming_it_takes_the_rest_of_the_time(monkeypatch):
    """No conflict can be named; a second solver confirms that no roster exists."""
    monkeypatch.setattr(Search, "conflict", late)

    result = solve(two_places(), time_limit=None, workers=1)

    assert (result.status, result.conflict) == (Status.INFEASIBLE, ())
    assert result.conflict_confirmed
    assert not result.conflict_minimal
    assert "Two solvers agree on this." in headline(result, "en")
    assert any(
        "before the contradicting rules were found" in line for line in headline(result, "en")
    )


def test_without_time_for_a_second_solver_the_result_says_that_one_has_proven_it(monkeypatch):
    """The conflict is named and minimal, but not confirmed."""
    monkeypatch.setattr(Holding, "confirm_impossible", late)

    result = solve(two_places(), time_limit=None, workers=1)

    assert (result.status, len(result.conflict)) == (Status.INFEASIBLE, 3)
    assert result.conflict_minimal
    assert not result.conflict_confirmed
    assert json.loads(result.to_json())["conflict_confirmed"] is False
    assert any(line.startswith("One solver has proven this") for line in headline(result, "en"))
    assert any(line.startswith("Một bộ giải đã chứng minh") for line in headline(result, "vi"))


def test_a_conflict_that_is_not_shrunk_in_time_names_the_facts_too(monkeypatch):
    """Not minimal, but its members alone still leave no roster: who cannot come is among them."""
    monkeypatch.setattr("shiftplan.solving.conflict.search.shrink", lambda _, kept: (kept, None))
    needs = (Requirement(shift_id="M0", minimum=1, target=1),)
    problem = plan(
        "M",
        "ana bob",
        1,
        availability=(),
        requirements=needs,
        rules=({"rule": "minimum_coverage"},),
    )

    found = find_conflict(problem)

    assert found is not None
    assert (found.minimal, found.confirmed) == (False, True)
    assert {m.rule for m in found.members} >= {"minimum_coverage", "available"}


@pytest.mark.parametrize("people", [20, 40])
def test_people_who_are_alike_need_no_search_each(people, monkeypatch):
    """Three shifts need more people than there are, each may work one of them: a few searches."""
    runs = []
    solved = Holding._solve

    def counted(self: Holding, *args: object) -> np.ndarray:
        runs.append(1)
        return solved(self, *args)

    monkeypatch.setattr(Holding, "_solve", counted)
    needs = tuple(
        Requirement(shift_id=s, minimum=people // 3 + 1, target=people // 3 + 1)
        for s in ("M0", "O0", "A0")
    )
    problem = plan(
        "MOA",
        " ".join(f"p{i}" for i in range(people)),
        1,
        requirements=needs,
        rules=({"rule": "minimum_coverage"}, {"rule": "min_rest", "value": 600}),
    )

    found = find_conflict(problem)

    assert found is not None
    assert found.minimal
    assert found.confirmed
    assert len(found.members) > people
    assert len(runs) < 40


def program(rows: list[list[float]], bounds: list[float], upper: list[float]) -> Program:
    return Program.part(sparse.csr_array(np.array(rows)), np.array(bounds), np.array(upper))


def test_rows_that_contradict_each_other_in_sum_are_told_from_the_others():
    """x + y is at least 2 and at most 1; what is said of z does not matter."""
    rows = program([[-1, -1, 0], [1, 1, 0], [0, 0, 1]], [-2, 1, 1], [1, 1, 1])

    assert impossible_sum(rows, np.inf).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("rows", "bounds", "upper"),
    [
        ([[-1, -1], [1, 1]], [-1, 1], [1, 1]),  # a roster exists
        ([[2], [-2]], [1, -1], [1]),  # half of a work would do
        ([[0.5], [-0.5]], [0, -0.5], [1]),  # no whole numbers to confirm it
    ],
)
def test_nothing_is_said_of_rows_where_no_sum_proves_it(rows, bounds, upper):
    """A relaxation with a solution, and arithmetic that whole numbers do not confirm."""
    assert impossible_sum(program(rows, bounds, upper), np.inf) is None
