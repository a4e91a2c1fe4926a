"""Advice under every rule: gains are what `check` says, and none is larger than its limit."""

from __future__ import annotations

import mixtures
import pytest
import tiny

from shiftplan.analysis.advice import advise
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.solving.solve import solve

SEATS = {"minimum": 1, "target": 2}
COVERAGE = {"rule": "coverage", "level": 1, "weight": 100}


def with_seats(problem: Problem) -> Problem:
    """The problem, with two seats in each shift where nothing was asked for."""
    if problem.requirements:
        return problem
    fields = problem.model_dump()
    fields["requirements"] = [{"shift_id": s.shift_id, **SEATS} for s in problem.shifts]
    fields["rules"] = [*fields["rules"], COVERAGE]
    return Problem.model_validate(fields)


def problems() -> list[Problem]:
    """Problems with many rules at once, and one for each rule by itself."""
    alone = [found[-1] for found in tiny.cases().values() if found]
    return [with_seats(p) for p in (*mixtures.mixed(), *alone) if p.shifts and p.volunteers]


def holds(problem: Problem) -> None:
    """Assert that each step gains at least what is told, and at most what may be."""
    result = solve(problem, workers=1)
    if result.roster is None or problem.order == "strict":
        return
    assert result.score is not None
    before = result.score.total

    advice = advise(problem, result.roster, most=2)

    for gain in advice.gains:
        changed = Problem.model_validate(gain.step.apply(problem).model_dump())
        after = check(changed, gain.roster)
        best = solve(changed, workers=1).total.bound
        assert after.is_feasible
        assert before - after.total == gain.total
        assert best is not None
        assert gain.at_most is not None
        assert gain.total <= before - best <= gain.at_most
    filling = advice.filling
    assert filling is not None
    assert check(Problem.model_validate(filling.problem.model_dump()), filling.roster).is_feasible
    assert filling.left or filling.at_least <= filling.enough


def named(problem: Problem) -> str:
    """The kinds of its rules."""
    return "-".join(r.rule for r in problem.rules)[:40]


@pytest.mark.parametrize("problem", problems()[::8], ids=named)
def test_a_limit_holds_under_some_rules(problem):
    """Steps gain at least what is told and at most the limit, under every eighth set of rules."""
    holds(problem)


@pytest.mark.slow
@pytest.mark.parametrize("problem", problems(), ids=named)
def test_a_limit_holds_whatever_rules_there_are(problem):
    """The same under all of them."""
    holds(problem)
