"""Candidate rosters scored on weeks to come."""

from __future__ import annotations

import datetime as dt
from functools import cache
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import MONDAY, plan
from towns import town

from shiftplan import InputError, Problem, Requirement, Roster, check, solve
from shiftplan.rules import Coverage, MaxShiftCount
from shiftplan.season import Ahead, join_weeks, plan_ahead

SOLVE = {"time_limit": None, "workers": 1, "gap": 0.0}


def week(number: int, seats: int) -> Problem:
    """Ana, who may work once in the season, and a morning on Monday with empty seats."""
    rules = (Coverage(level=1), MaxShiftCount(value=1))
    bare = plan({0: "m"}, start=MONDAY + dt.timedelta(7 * number), rules=rules)
    shift = bare.shifts[0].model_copy(update={"shift_id": f"week {number}"})
    need = Requirement(shift_id=shift.shift_id, minimum=seats, target=seats)
    return bare.model_copy(update={"shifts": (shift,), "requirements": (need,)})


@cache
def saving() -> Ahead:
    """One seat now, two next week: the first of those is worth more."""
    return plan_ahead(week(0, 1), lambda _: [week(1, 2)], candidates=2, samples=1, **SOLVE)


def test_a_shift_is_saved_for_a_dearer_week() -> None:
    """Priority 1: the seat now costs 400, the two next week 600 and 400, the first one 600.

    Ana now: 600 + 400 = 1000. Ana next week: 400 + 400 = 800, which is chosen.
    """
    now, later = Roster.of([("week 0", "ana")]), Roster()
    found = saving()

    assert [(c.roster, c.costs) for c in found.candidates] == [(now, (1000,)), (later, (800,))]
    assert found.best.roster == later


def test_without_a_future_that_needs_her_she_works_now() -> None:
    """Nothing is saved for a week without seats: all candidates are one."""
    found = plan_ahead(week(0, 1), lambda _: [week(1, 0)], candidates=3, samples=2, **SOLVE)

    assert [c.roster for c in found.candidates] == [Roster.of([("week 0", "ana")])]
    assert found.best is found.candidates[0]


def test_futures_that_score_are_not_those_that_propose() -> None:
    """Draws 0 and 1 score and 2 proposes; nothing else is drawn."""
    asked: list[int] = []

    def draw(number: int) -> list[Problem]:
        asked.append(number)
        return [week(1, 2 if number == 2 else number)]

    found = plan_ahead(week(0, 1), draw, candidates=2, samples=2, **SOLVE)

    # Ana now: 0 without a seat next week, 400 with one. Later: 400 in both.
    assert [c.costs for c in found.candidates] == [(0, 400), (400, 400)]
    assert found.best is found.candidates[0]
    assert sorted(set(asked)) == [0, 1, 2]


def moved(problem: Problem, number: int) -> Problem:
    """A week of a town as the second week of another."""
    step = dt.timedelta(7)
    times = {
        name: tuple(
            r.model_copy(update={"start": r.start + step, "end": r.end + step})
            for r in getattr(problem, name)
        )
        for name in ("shifts", "availability")
    }
    horizon = problem.horizon.model_copy(update={"start": problem.horizon.start + step})
    later = problem.model_copy(update={**times, "horizon": horizon, "history": ()})
    names = {
        name: tuple(
            r.model_copy(update={"shift_id": f"{number} {r.shift_id}"})
            for r in getattr(later, name)
        )
        for name in ("shifts", "requirements")
    }
    return later.model_copy(update=names)


@settings(max_examples=3)
@given(st.integers(0, 30))
def test_scores_are_what_the_candidates_lead_to(seed: int) -> None:
    """No candidate breaks a hard rule, and each score is the least cost around that candidate.

    The best of all rosters of both weeks is never dearer; the best candidate has the least mean.
    """
    first = town(1, 3, seed=seed)
    futures = [moved(town(1, 3, seed=seed).model_copy(), n) for n in range(3)]

    found = plan_ahead(first, lambda n: [futures[n]], candidates=2, samples=2, seed=seed, **SOLVE)

    for candidate in found.candidates:
        assert check(first, candidate.roster).is_feasible
        for future, cost in zip(futures, candidate.costs, strict=False):
            assert solve(join_weeks([first, future]), **SOLVE).total.cost <= cost
    means = [fmean(c.costs) for c in found.candidates if c.costs]
    assert not means or found.best.expected == min(means)


def test_the_same_seed_gives_the_same_candidates() -> None:
    """Plans that are proven are the same again."""
    again = plan_ahead(week(0, 1), lambda _: [week(1, 2)], candidates=2, samples=1, **SOLVE)

    assert again == saving()


@pytest.mark.parametrize("option", [{"candidates": 0}, {"samples": 0}, {"time_limit": 0}])
def test_options_out_of_range_are_refused(option: dict[str, int]) -> None:
    """At least one candidate, one sample and some time."""
    with pytest.raises(InputError, match="must be"):
        plan_ahead(week(0, 1), lambda _: [week(1, 2)], **option)
