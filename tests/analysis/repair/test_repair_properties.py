"""A repaired roster equals brute force on tiny weeks, and what always holds."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pace import costly
from turns import NEVER_WHOLE, PRICES, at, repaired, wants

from shiftplan.analysis.repair import repair_week
from shiftplan.problem import Problem
from shiftplan.problem.changes import (
    Absence,
    AnyChange,
    Cancellation,
    Closing,
    Need,
    absent,
    closed,
    still_allowed,
)
from shiftplan.scoring.check import Score, check
from shiftplan.solving.result import Status
from shiftplan.testing.pictures import MONDAY, plan
from shiftplan.week.roster import Roster


@st.composite
def cases(draw_: st.DrawFn) -> tuple[Problem, Roster, list[AnyChange]]:
    """Three people and four shifts, a roster that holds, and up to three changes."""
    signs = draw_(st.sampled_from(["MA", "Mm", "MO"]))
    ids = [f"{sign}{day}" for day in (0, 1) for sign in signs]
    needs = [(s, draw_(st.integers(0, 2))) for s in ids]
    limits = {
        name: {"max_shifts": draw_(st.sampled_from([None, 1, 2]))} for name in ("ana", "bob", "cho")
    }
    rules = [*PRICES]
    if draw_(st.booleans()):
        rules.append({"rule": "one_center_per_day"})
    order = draw_(st.sampled_from(["total", "strict"]))
    fields = {"each": limits, "requirements": wants(*needs), "rules": rules, "order": order}
    problem = plan(signs, "ana bob cho", 2, **fields)
    pairs = [(s, v) for s in ids for v in ("ana", "bob", "cho")]
    roster = Roster.of(draw_(st.lists(st.sampled_from(pairs), unique=True, max_size=6)))
    while not check(problem, roster).is_feasible:
        roster = Roster.of(roster.assignments[1:])
    options: list[AnyChange] = [
        Absence(volunteer_id="ana"),
        Absence(volunteer_id="bob", start=at(1)),
        Cancellation(shift_id=ids[0]),
        Closing(center_id="home", end=at(1)),
        Need(shift_id=ids[3], target=draw_(st.integers(0, 3)), minimum=0),
    ]
    changes = draw_(st.lists(st.sampled_from(options), unique_by=repr, max_size=3))
    return problem, roster, changes


def legal_rosters(problem: Problem) -> list[tuple[Roster, Score]]:
    """All rosters that break no hard rule, with their scores.

    No hard rule of these weeks asks for work, so that every part of such a roster is one too.
    """
    found = [(Roster(), check(problem, Roster()))]
    for shift, person in itertools.product(problem.shifts, problem.volunteers):
        pair = (shift.shift_id, person.volunteer_id)
        more = [Roster.of([*roster.assignments, pair]) for roster, _ in found]
        scored = ((roster, check(problem, roster)) for roster in more)
        found += [(roster, score) for roster, score in scored if score.is_feasible]
    return found


quick = settings(costly(0.35), suppress_health_check=[HealthCheck.too_slow])


@settings(costly(0.2), suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_no_roster_serves_better_or_as_well_with_fewer_changes(case):
    """Of all rosters: least cost of level 1, then the fewest changes, taken away counting twice."""
    problem, roster, changes = case
    after = problem.with_changes(*changes, roster=roster)
    kept = {(p.shift_id, p.volunteer_id) for p in after.published}

    def worth(other: Roster, score: Score) -> tuple[int, int]:
        new = set(other.assignments)
        return score.levels[1], 2 * len(kept - new) + len(new - kept)

    best = min(itertools.starmap(worth, legal_rosters(after)))

    found = repaired(problem, roster, *changes)

    assert found.result.status is Status.OPTIMAL
    assert worth(found.require_roster(), check(after, found.require_roster())) == best


@settings(costly(0.05), suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_a_week_planned_again_costs_least_with_its_changes(case):
    """Of all rosters: own cost, and 100 in level 2 for each change of those that can stay."""
    problem, roster, changes = case
    now = problem.with_changes(*changes)
    kept = {a for a in roster.assignments if a in set(still_allowed(now, roster).assignments)}

    def worth(other: Roster, score: Score) -> tuple[int, ...]:
        new = set(other.assignments)
        price = 200 * len(kept - new) + 100 * len(new - kept) if kept else 0
        levels = dict(score.levels)
        levels[2] += price
        total = sum(now.rate_of[level] * cost for level, cost in levels.items())
        return (total,) if now.order == "total" else tuple(levels.values())

    legal = legal_rosters(now)

    found = repair_week(now, roster, time_limit=60, workers=1)

    own = check(now, found.require_roster())
    assert worth(found.require_roster(), own) == min(itertools.starmap(worth, legal))
    assert found.result.total.cost == own.total
    bound = found.result.total.bound
    assert bound is None or bound == min(score.total for _, score in legal)


def test_a_search_that_begins_again_is_not_broken_off_by_the_first_one():
    """HiGHS 1.16 claims another cost for this start than it has, and is run again."""
    needs = wants(("M0", 0), ("m0", 0), ("M1", 2), ("m1", 0))
    problem = plan("Mm", "ana bob cho", 2, requirements=needs, rules=PRICES, order="strict")
    roster = Roster.of([("M0", "ana"), ("M0", "bob"), ("m1", "ana"), ("m1", "bob")])

    found = repaired(problem, roster)

    assert found.result.status is Status.OPTIMAL
    assert found.result.stopped_by is None


@quick
@given(cases(), st.booleans())
def test_what_always_holds(case, is_near):
    """Hard rules hold, nobody works where they cannot, and every difference is told once."""
    problem, roster, changes = case
    found = repaired(problem, roster, *changes, params=NEVER_WHOLE if is_near else None)
    after = found.require_roster()
    shifts = {s.shift_id: s for s in problem.shifts}

    assert check(found.problem, after).is_feasible
    assert check(found.aim_problem, after).total == found.aim.cost
    assert found.score == check(found.problem, after)
    for shift_id, who in after.assignments:
        assert not absent(changes, who, shifts[shift_id])
        assert not closed(changes, shifts[shift_id])
    told = {((n.shift_id, n.volunteer_id), n.added) for n in found.notices}
    assert told == {(tuple(c.assignment), c.added) for c in roster.changes_to(after)}
    assert len(told) == len(found.notices)
    figures, was = found.figures, set(roster.assignments)
    assert found.kept + figures.removed == len(was)
    assert found.kept + figures.added == len(after)
    assert 0 <= found.lost <= figures.removed
    assert 0 <= figures.moved <= found.kept


@quick
@given(cases(), st.booleans())
def test_a_mended_roster_needs_no_further_mending(case, is_near):
    """Repaired again without further changes, it stays as it is."""
    problem, roster, changes = case
    first = repaired(problem, roster, *changes)
    params = NEVER_WHOLE if is_near else None
    later = first.problem.model_copy(update={"published": ()})
    again = repaired(later, first.require_roster(), params=params)

    assert again.notices == ()


@quick
@given(cases())
def test_frozen_days_never_change(case):
    """On the first day all that is left of the published roster stays, and nobody is added."""
    problem, roster, changes = case
    day = MONDAY + dt.timedelta(1)

    found = repaired(problem, roster, *changes, frozen_until=day)

    kept = {(p.shift_id, p.volunteer_id) for p in found.problem.published if p.shift_id[1] == "0"}
    if found.roster is None:
        assert found.result.status is Status.INFEASIBLE
    else:
        assert {a for a in found.roster.assignments if a.shift_id[1] == "0"} == kept
