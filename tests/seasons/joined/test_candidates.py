"""Candidate rosters scored on weeks to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from itertools import compress, product
from statistics import fmean
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiftplan import InputError, Problem, Requirement, Roster, check, solve
from shiftplan.rules import Coverage, MaxShiftCount
from shiftplan.seasons.joined import Ahead, ahead, join_weeks, plan_ahead
from shiftplan.solving.result import Result
from shiftplan.testing.pictures import MONDAY, plan

SOLVE = {"time_limit": None, "workers": 1, "gap": 0.0}


def week(number: int, *seats: int, people: str = "ana") -> Problem:
    """People who may work once each in the season; a morning a day with so many empty seats."""
    rules = (Coverage(level=1), MaxShiftCount(max_shifts=1))
    start = MONDAY + dt.timedelta(7 * number)
    bare = plan(dict.fromkeys(range(len(seats)), "m"), people, start=start, rules=rules)
    ids = [f"week {number}, day {day}" for day in range(len(seats))]
    shifts = zip(bare.shifts, ids, strict=True)
    needs = zip(ids, seats, strict=True)
    return bare.model_copy(
        update={
            "shifts": tuple(s.model_copy(update={"shift_id": id_}) for s, id_ in shifts),
            "requirements": tuple(Requirement(shift_id=i, minimum=n, target=n) for i, n in needs),
        }
    )


@cache
def saving() -> Ahead:
    """One seat now, two next week: the first of those is worth more."""
    return plan_ahead(week(0, 1), lambda _: [week(1, 2)], candidates=2, samples=1, **SOLVE)


def test_a_shift_is_saved_for_a_dearer_week() -> None:
    """Priority 1: the seat now costs 400, the two next week 600 and 400, the first one 600.

    Ana now: 600 + 400 = 1000. Ana next week: 400 + 400 = 800, which is chosen.
    """
    now, later = Roster.of([("week 0, day 0", "ana")]), Roster()
    found = saving()

    assert [(c.roster, c.costs) for c in found.candidates] == [(now, (1000,)), (later, (800,))]
    assert found.best.roster == later


def test_without_a_future_that_needs_her_she_works_now() -> None:
    """Nothing is saved for a week without seats: all candidates are one."""
    found = plan_ahead(week(0, 1), lambda _: [week(1, 0)], candidates=3, samples=2, **SOLVE)

    assert [c.roster for c in found.candidates] == [Roster.of([("week 0, day 0", "ana")])]
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


def least(weeks: Sequence[Problem], roster: Roster) -> int:
    """Least cost of two weeks with a roster of the first, over all rosters of the second."""
    joined = join_weeks(weeks)
    later = [s.shift_id for s in weeks[1].shifts]
    pairs = list(product(later, [v.volunteer_id for v in joined.volunteers]))
    scores = [
        check(joined, Roster.of([*roster.assignments, *compress(pairs, chosen)]))
        for chosen in product((False, True), repeat=len(pairs))
    ]
    return min(score.total for score in scores if score.is_feasible)


@settings(max_examples=5)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=2))
def test_scores_are_what_the_candidates_lead_to(seats: list[tuple[int, int]]) -> None:
    """Each score is the least cost around that candidate; the best one has the least mean.

    Ana and Bob may work once each in the season. By itself the week has them both; before a week
    with three seats on both days it has nobody, as the first of three seats is worth more.
    """
    first = week(0, 1, 1, people="ana bob")
    futures = [week(1, *wanted, people="ana bob") for wanted in (*seats, (3, 3))]

    found = plan_ahead(first, lambda n: [futures[n]], candidates=2, samples=2, **SOLVE)

    assert [len(c.roster.assignments) for c in found.candidates] == [2, 0]
    means = []
    for candidate in found.candidates:
        costs = tuple(least([first, future], candidate.roster) for future in futures[:2])
        assert candidate.costs == costs
        means.append(fmean(costs))
    assert found.best.expected == min(means)


@pytest.mark.parametrize(
    ("seats", "shares"),
    [
        # 90 s for 3 rosters and 2 scores of each are 10 s each; 20 s later 1 roster and 2 scores
        # of 2 are left, or 30 s later only the scores.
        ([1, 3], [10, 10, 14, 14, 14, 14, 14]),
        ([3, 3], [10, 10, 10, 15, 15, 15, 15]),
        ([1, 1], [10, 10, 14]),  # nothing to score
        ([3], [15, 15, 15, 15, 15, 15]),  # 2 rosters and 2 scores of each
    ],
)
def test_time_to_score_a_roster_made_again_is_handed_on(
    monkeypatch: pytest.MonkeyPatch, seats: list[int], shares: list[float]
) -> None:
    """All that is still to be solved shares it; here every plan takes all the time it gets.

    Ana takes one of two seats now, also before a week with one seat; before a week with three she
    takes none.
    """
    now, given = [0.0], []

    def timed(problem: Problem, *, time_limit: float, **options: object) -> Result:
        given.append(time_limit)
        now[0] += time_limit
        return solve(problem, time_limit=None, **options)

    monkeypatch.setattr(ahead, "solve", timed)
    monkeypatch.setattr(ahead, "time", SimpleNamespace(monotonic=lambda: now[0]))

    plan_ahead(
        week(0, 2),
        lambda number: [week(1, [0, 0, *seats][number])],
        candidates=1 + len(seats),
        samples=2,
        **SOLVE | {"time_limit": 90.0},
    )

    assert given == pytest.approx(shares)


def test_the_same_seed_gives_the_same_candidates() -> None:
    """Plans that are proven are the same again."""
    again = plan_ahead(week(0, 1), lambda _: [week(1, 2)], candidates=2, samples=1, **SOLVE)

    assert again == saving()


@pytest.mark.parametrize("option", [{"candidates": 0}, {"samples": 0}, {"time_limit": 0}])
def test_options_out_of_range_are_refused(option: dict[str, int]) -> None:
    """At least one candidate, one sample and some time."""
    with pytest.raises(InputError, match="must be"):
        plan_ahead(week(0, 1), lambda _: [week(1, 2)], **option)
