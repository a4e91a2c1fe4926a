"""Solving from a roster that somebody gives: a hint that binds nothing and never does harm."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from strategies import problems, rosters
from towns import RULES, town

import shiftplan
from shiftplan import InputError, Problem, Roster, Status
from shiftplan.engines.hint import start_from
from shiftplan.engines.params import DEFAULTS
from shiftplan.engines.task import Outcome
from shiftplan.rules import Coverage, Mentor, MinimumCoverage, Wish
from shiftplan.solving import session as session_module
from shiftplan.solving.building import build
from shiftplan.solving.result import HintUse
from shiftplan.testing.pictures import parse, plan, window
from shiftplan.week.rates import Rate

EQUAL_RATES = (Rate(level=1, rate=1), Rate(level=2, rate=1))


def costs(problem: Problem, roster: Roster) -> list[int]:
    """What a solve minimises, in the order in which it does."""
    score = shiftplan.check(problem, roster)
    return list(score.levels.values()) if problem.order == "strict" else [score.total]


@costly(0.35)
@given(st.data())
def test_a_solve_is_never_dearer_than_a_feasible_hint(data):
    """Also when the time is over at once: the hint itself is the least that comes back."""
    problem = data.draw(problems(max_volunteers=3, max_shifts=3))
    hint = data.draw(rosters(problem))
    limits = data.draw(st.sampled_from([{"time_limit": 0.05}, {"time_limit": None}]))

    result = shiftplan.solve(problem, workers=1, hint=hint, **limits)

    if shiftplan.check(problem, hint).is_feasible:
        assert costs(problem, result.require_roster()) <= costs(problem, hint)


@costly(0.35)
@given(st.data())
def test_a_hint_changes_neither_verdict_nor_cost_of_what_is_proven(data):
    """A good hint, a bad one and none: the proven cost is the same."""
    problem = data.draw(problems(max_volunteers=3, max_shifts=3))
    hint = data.draw(rosters(problem))

    plain, hinted = (
        shiftplan.solve(problem, time_limit=None, workers=1, hint=s) for s in (None, hint)
    )

    assert hinted.status is plain.status
    assert [c.cost for c in hinted.levels.values()] == [c.cost for c in plain.levels.values()] or (
        problem.order == "total" and hinted.total.cost == plain.total.cost
    )
    assert hinted.total == plain.total or problem.order == "strict"


HOPELESS = {
    "empty": Roster(),
    "unknown ids": Roster.of([("X", "V000"), ("C0-0-7", "nobody"), ("X", "nobody")]),
    "forbidden": Roster.of([("C0-0-7", "V999")]),
}


@pytest.mark.parametrize("hint", HOPELESS.values(), ids=HOPELESS)
def test_a_hopeless_hint_is_as_none(hint):
    """Nothing of it can be used: the search goes the way that it goes without."""
    problem = town(1, 6)

    plain, hinted = (
        shiftplan.solve(problem, time_limit=None, workers=1, work_limit=1, hint=s)
        for s in (None, hint)
    )

    assert hinted.roster == plain.roster
    assert hinted.total == plain.total
    assert hinted.hint.kept == 0
    assert plain.hint is None


def test_everybody_everywhere_is_a_hint_of_what_holds_together():
    """All pairs at once break nearly every rule; what comes of them breaks none."""
    problem = town(2, 20)
    every = Roster.of(
        (s.shift_id, v.volunteer_id) for s in problem.shifts for v in problem.volunteers
    )

    result = shiftplan.solve(problem, time_limit=0.05, workers=1, hint=every)

    assert shiftplan.check(problem, every).hard
    assert shiftplan.check(problem, result.require_roster()).is_feasible
    assert 0 < result.hint.kept < result.hint.assignments


def test_work_that_needs_company_waits_for_it():
    """A novice is proposed before the mentor, and is kept; one without a mentor is not."""
    problem = plan(
        "M",
        people="ana bob cid",
        days=2,
        each={"bob": {"skills": {"portal": 3}}},
        skills=[{"skill_id": "portal", "max_level": 3}],
        rules=[Mentor(novices_per_mentor=1), Coverage()],
    )
    model = build(problem)
    works = model.pairs.of(parse("ana M .\nbob M .\ncid . M"))

    values = start_from(model.program(), works, DEFAULTS)

    assert model.pairs.roster(values) == parse("ana M .\nbob M .\ncid . .")


def test_a_pinned_novice_whose_mentor_dropped_out_keeps_the_rest():
    """The pin waits for another mentor, who comes before anybody else takes the place."""
    problem = plan(
        "M",
        people="ana bob cid",
        days=3,
        each={"bob": {"skills": {"portal": 3}}},
        skills=[{"skill_id": "portal", "max_level": 3}],
        pins=[{"shift_id": "M0", "volunteer_id": "ana", "state": "must"}],
        rules=[Mentor(novices_per_mentor=1), Coverage()],
        requirements=[{"shift_id": f"M{day}", "target": 3} for day in range(3)],
    )
    model = build(problem)
    left = parse("ana M M .\nbob . M M\ncid . . M")

    values = start_from(model.program(), model.pairs.of(left), DEFAULTS)

    assert values is not None
    kept = model.pairs.roster(values)
    assert set(kept.assignments) >= {*left.assignments, ("M0", "bob")}
    assert shiftplan.check(problem, kept).is_feasible


def test_a_hint_without_the_minimum_is_completed():
    """A hard minimum is broken by the hint itself; people are added until it holds."""
    problem = plan(
        "M",
        people="ana bob",
        days=1,
        requirements=[{"shift_id": "M0", "minimum": 2, "target": 2}],
        rules=[MinimumCoverage()],
    )

    result = shiftplan.solve(problem, time_limit=None, workers=1, hint=parse("ana M\nbob ."))

    assert len(result.require_roster()) == 2
    assert result.hint == HintUse(assignments=1, kept=1)
    assert result.as_dict()["hint"] == {"assignments": 1, "kept": 1}
    assert result.decisions == result.as_dict()["decisions"] > 0


@pytest.mark.parametrize("order", ["total", "strict"])
def test_the_best_roster_is_kept_where_there_is_no_time(order):
    """A proven roster as a hint comes back at its cost."""
    problem = town(1, 8, order=order)
    best = shiftplan.solve(problem, time_limit=None, workers=1)

    again = shiftplan.solve(problem, time_limit=0.05, workers=1, hint=best.require_roster())

    assert costs(problem, again.require_roster()) == costs(problem, best.require_roster())
    assert again.hint.kept == len(best.roster)


def test_a_team_starts_from_it():
    """Workers get the hint; it is told first, and what is told after it is no dearer."""
    problem, params = town(1, 8), {"start": {"quick_columns": 0}}
    hint = Roster.of([("C0-0-7", "V000")])
    feasible = shiftplan.solve(
        problem, time_limit=None, workers=1, gap=0.5, hint=hint, params=params
    ).roster
    told: list[int] = []

    shiftplan.solve(
        problem,
        time_limit=None,
        workers=2,
        hint=feasible,
        on_progress=lambda p: None if p.total is None else told.append(p.total),
        params=params,
    )

    assert told == sorted(told, reverse=True)
    assert told[0] <= shiftplan.check(problem, feasible).total


def test_the_strict_order_keeps_a_hint_that_is_better_in_its_first_level():
    """The total's roster would be cheaper at level 2; the hint is better at level 1."""
    rules = [
        {"rule": "coverage", "level": 1, "weight": 1},
        {"rule": "wish", "level": 2, "weight": 1000},
    ]
    problem = town(1, 4, rules=rules, order="strict")
    best = shiftplan.solve(problem, time_limit=None, workers=1).require_roster()

    hurried = shiftplan.solve(problem, time_limit=0.05, workers=1, hint=best)

    assert costs(problem, hurried.require_roster()) == costs(problem, best)


@pytest.mark.parametrize("level", [1, 2])
def test_a_level_that_counts_nothing_in_the_total_is_told_as_the_checker_does(level):
    """Its columns have no price in the total, so engines leave them anywhere."""
    problem = town(2, 12, rules=RULES, rates=[{"level": level, "rate": 0}])

    result = shiftplan.solve(problem, time_limit=None, workers=1)

    assert result.status is Status.OPTIMAL
    assert result.total.cost == shiftplan.check(problem, result.roster).total


def _wished_for_by_ana(**changes):
    """One morning for one person; ana would like to come, bob and cid would rather not."""
    away = (window("bob", "undesired"), window("cid", "undesired"))
    options = {
        "availability": (window("ana", "preferred"), *away),
        "requirements": [{"shift_id": "M0", "target": 1}],
        "order": "strict",
    }
    return plan("M", people="ana bob cid", days=1, **(options | changes))


def test_what_a_hint_is_completed_by_is_judged_in_the_order_in_force():
    """A third person in the team saves more than it costs in the total, but at a dearer level."""
    rules = [Wish(level=1, weight=1), Coverage(level=2, weight=100)]
    seats = [{"shift_id": "M0", "target": 3}]
    problem = _wished_for_by_ana(rules=rules, requirements=seats, rates=EQUAL_RATES)
    model = build(problem)
    hint = parse("ana M\nbob .\ncid .")

    values = {
        strict: start_from(model.program(), model.pairs.of(hint), DEFAULTS, strict=strict)
        for strict in (True, False)
    }

    assert model.pairs.roster(values[True]) == hint
    assert len(model.pairs.roster(values[False])) == 3


def test_the_strict_order_keeps_a_hint_that_a_level_by_itself_would_throw_away(monkeypatch):
    """Engines that are asked for one level only may give the work to anybody."""
    problem = _wished_for_by_ana(rules=[Coverage(level=1), Wish(level=2)])
    hint = parse("ana M\nbob .\ncid .")

    def minimise(program, layout, limits, changed, values):
        other = values.copy()
        other[: program.num_pairs] = np.roll(values[: program.num_pairs], 1)
        return Outcome(program, values=other, ending="interrupt")

    monkeypatch.setattr(session_module, "minimise", minimise)

    result = shiftplan.solve(problem, time_limit=None, workers=1, hint=hint)

    assert result.roster == hint


def test_options_are_judged_before_the_hint():
    """A hint hides no fault."""
    with pytest.raises(InputError):
        shiftplan.solve(town(1, 2), time_limit=-1, hint=Roster())
