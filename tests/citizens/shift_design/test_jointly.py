"""A design that decides on shifts and people together, against all rosters of tiny teams."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest
from trading import draw_case, hard_rules

from shiftplan.citizens import design
from shiftplan.problem import Problem
from shiftplan.scoring import check
from shiftplan.week.demand import DesignPolicy
from shiftplan.week.roster import Roster
from shiftplan.week.shift_types import ShiftType

MONDAY = dt.datetime(2026, 12, 7)
POLICY = DesignPolicy(
    short_price=100, short_rise=0, surplus_price=30, surplus_rise=0, skill_price=0, time_price=40
)


def at(hour: float, day: int = 0) -> dt.datetime:
    return MONDAY + dt.timedelta(days=day, hours=hour)


def team(people, needs, types, *, days=1, rules=(), centers=("c",)) -> Problem:
    """A week: people -> skills and windows, needs (center, start, end, target, skill)."""
    return Problem(
        horizon={"start": MONDAY.date(), "days": days},
        centers=[{"center_id": name} for name in centers],
        skills=[{"skill_id": "khmer", "kind": "language"}],
        volunteers=[
            {"volunteer_id": name, "home_center_id": centers[0], "skills": dict(skills), **more}
            for name, (skills, _, more) in people.items()
        ],
        availability=[
            {"volunteer_id": name, "start": start, "end": end}
            for name, (_, windows, _) in people.items()
            for start, end in windows
        ],
        shifts=[],
        requirements=[
            {"center_id": c, "start": start, "end": end, "target": n, "skill_id": skill}
            for c, start, end, n, skill in needs
        ],
        shift_types=types,
        rules=[{"rule": "one_place"}, *rules],
    )


HALVES = [{"earliest": "08:00", "latest": "10:00", "min_minutes": 120, "max_minutes": 240}]
HALVES[0]["step"] = 120
ALL_DAY = (at(8), at(12))


def test_nobody_is_counted_on_twice():
    """Ana alone can go to either center: counted, she is at both; decided on, at one."""
    people = {"ana": ({}, [ALL_DAY], {})}
    needs = [(c, *ALL_DAY, 1, None) for c in ("c", "d")]
    problem = team(people, needs, HALVES, centers=("c", "d"))

    counted = design(problem, POLICY)
    together = design(problem, POLICY, jointly=True)

    assert [shift.center_id for shift in counted.shifts] == ["c", "d"]
    assert len(together.shifts) == 1
    assert (counted.cost, together.cost) == (80, 440)
    assert together.status == "OPTIMAL"
    assert [one.volunteer_id for one in together.roster.assignments] == ["ana"]


def test_hard_rules_limit_who_works_what():
    """With at most one shift in the week, Ana cannot come on both days."""
    people = {"ana": ({}, [ALL_DAY, (at(8, 1), at(12, 1))], {"max_shifts": 1})}
    needs = [("c", at(8, day), at(12, day), 1, None) for day in (0, 1)]
    problem = team(people, needs, HALVES, days=2, rules=[{"rule": "max_shifts"}])

    found = design(problem, POLICY, jointly=True)

    assert len(found.roster) == 1
    assert found.cost == 400 + 40


def test_what_people_must_work_at_least_is_left_to_the_plan():
    """Bob must work two hours; nobody is needed beside Ana, and so he is in no shift."""
    people = {name: ({}, [ALL_DAY], {}) for name in ("ana", "bob")}
    rule = {"rule": "min_minutes", "level": "hard", "min_minutes": 120}
    problem = team(people, [("c", *ALL_DAY, 1, None)], HALVES, rules=[rule])

    found = design(problem, POLICY, jointly=True)

    assert len(found.roster) == 1
    assert found.cost == 40
    assert {one.rule.rule for one in check(found.problem, found.roster).broken} == {"min_minutes"}


@pytest.mark.parametrize("seed", range(12))
def test_no_team_of_single_people_is_cheaper(seed: int):
    """All ways to give each person one of the shifts, or none, of a random tiny center."""
    chance = random.Random(seed)
    names = ("ana", "bob", "cho")
    people = {}
    for name in names:
        start = chance.choice((8, 8, 10))
        windows = [(at(start), at(chance.choice((10, 12, 12)) if start == 8 else 12))]
        people[name] = ({"khmer": 1} if chance.random() < 0.5 else {}, windows, {})
    needs = [("c", at(h), at(h + 2), chance.randrange(3), None) for h in (8, 10)]
    needs += [("c", at(h), at(h + 2), chance.randrange(2), "khmer") for h in (8, 10)]
    problem = team(people, needs, HALVES)
    if not any(n for *_, n, _ in needs):
        return
    spans = [(8, 10), (8, 12), (10, 12)]
    best = None
    for works in itertools.product([None, *spans], repeat=len(names)):
        chosen = dict(zip(names, works, strict=True))
        if any(
            span and not any(a <= at(span[0]) and at(span[1]) <= b for a, b in people[name][1])
            for name, span in chosen.items()
        ):
            continue
        cost = 40 * len({span for span in works if span})
        for hour in (8, 10):
            there = [n for n, s in chosen.items() if s and s[0] <= hour < s[1]]
            khmer = [n for n in there if people[n][0]]
            heads = next(n for _, s, _, n, k in needs if s == at(hour) and k is None)
            skilled = next(n for _, s, _, n, k in needs if s == at(hour) and k)
            cost += 2 * 100 * (max(0, heads - len(there)) + max(0, skilled - len(khmer)))
            cost += 2 * 30 * max(0, len(there) - max(heads, skilled))
        best = cost if best is None else min(best, cost)

    found = design(problem, POLICY, jointly=True)

    assert found.status == "OPTIMAL"
    assert found.cost == best
    assert check(found.problem, found.roster).is_feasible


def test_people_still_to_be_found_are_nobody():
    """Without offers there is no roster."""
    people = {"ana": ({}, [ALL_DAY], {})}
    problem = team(people, [("c", *ALL_DAY, 1, None)], HALVES)

    assert design(problem, POLICY, jointly=True, offers=False).roster is None
    assert design(problem, POLICY).roster is None
    assert isinstance(design(problem, POLICY, jointly=True).roster, Roster)


@pytest.mark.parametrize("kind", sorted(hard_rules()))
def test_no_hard_rule_that_limits_is_broken(kind: str):
    """Under each rule that may be hard, people of a design break none that nobody would hold."""
    problem, _ = draw_case(random.Random(kind), (kind,))
    times = {(s.type, s.start.time(), (s.end - s.start).seconds // 60) for s in problem.shifts}
    types = tuple(
        ShiftType(type=name, earliest=start, latest=start, min_minutes=long, max_minutes=long)
        for name, start, long in sorted(times)
    )
    needs = tuple(need for need in problem.requirements if need.skill_id is None)
    problem = problem.model_copy(update={"shift_types": types, "requirements": needs})

    found = design(problem, POLICY, jointly=True, workers=1)

    assert found.roster is not None
    broken = {one.rule for one in check(found.problem, found.roster).broken}
    assert broken <= {one.rule for one in check(found.problem, Roster()).broken}


TODAY = {"shift_id": "s", "center_id": "c", "start": at(8), "end": at(12)}


@pytest.mark.parametrize(
    ("about", "rules"),
    [
        ({"pins": [{"shift_id": "s", "volunteer_id": "ana", "state": "must_not"}]}, []),
        ({}, [{"rule": "max_shift_count", "value": 0, "shifts": ["heavy"], "level": "hard"}]),
        ({}, [{"rule": "max_shift_count", "value": 0, "shifts": ["Late"], "level": "hard"}]),
    ],
    ids=["pin", "tag", "type"],
)
def test_what_is_said_of_a_shift_of_today_holds_for_it(about, rules):
    """Ana must not work the shift that the week has from 8 to 12: she works two shorter ones."""
    problem = team({"ana": ({}, [ALL_DAY], {})}, [("c", *ALL_DAY, 1, None)], HALVES, rules=rules)
    tables = {**problem.model_dump(exclude={"rules"}), "rules": problem.rules}
    shifts = [{**TODAY, "type": "Late", "tags": ["heavy"]}]
    problem = Problem(**{**tables, "shifts": shifts, **about})

    found = design(problem, POLICY, jointly=True)

    assert (found.status, found.cost) == ("OPTIMAL", 80)
    assert [shift.time.length for shift in found.shifts] == [120, 120]


def test_nobody_is_in_the_last_night_and_the_first_morning_at_once():
    """The night goes on in the first morning, for which one person more is needed."""
    people = {"ana": ({}, [(at(0), at(12, 2))], {})}
    needs = [("c", at(0), at(6), 1, None), ("c", at(22, 1), at(6, 2), 1, None)]
    fixed = {"22:00": 480, "00:00": 360}
    types = [
        {"earliest": start, "latest": start, "min_minutes": long, "max_minutes": long}
        for start, long in fixed.items()
    ]
    problem = team(people, needs, types, days=2)

    found = design(problem, POLICY, cyclic=True, jointly=True)

    assert max(piece.there for piece in found.score.cover) == 1
    assert found.cost == 40 + 600
