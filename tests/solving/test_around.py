"""A problem solved again near a change: nobody far away is touched, and nothing near is missed."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import assume, given
from hypothesis import strategies as st
from pace import costly
from strategies import problems, rosters
from towns import RULES, town

import shiftplan
from shiftplan import Pin, Problem, Roster, Score
from shiftplan.engines.exact import solve_exactly
from shiftplan.engines.params import SearchParams
from shiftplan.solving import around
from shiftplan.solving.around import solve_around
from shiftplan.testing.agreement import all_choices, all_pairs, roster_of
from shiftplan.testing.pictures import plan


def everything(problem: Problem) -> Iterator[tuple[Roster, Score]]:
    """All rosters that keep the hard rules, with their scores."""
    pairs = all_pairs(problem)
    for chosen in all_choices(len(pairs)):
        roster = roster_of(problem, pairs, chosen)
        score = shiftplan.check(problem, roster)
        if score.is_feasible:
            yield roster, score


def price(problem: Problem, before: Roster, after: Roster, score: Score, stay: int) -> list[int]:
    """What the search minimises, in the order in which it does."""
    known = {
        (s.shift_id, v.volunteer_id) for s in problem.shifts for v in problem.volunteers
    } & set(before.assignments)
    changes = len(known ^ set(after.assignments))
    if problem.order == "strict":
        return [*score.levels.values(), changes if stay else 0]
    return [score.total + stay * changes]


@costly(0.4)
@given(st.data())
def test_with_everybody_freed_it_is_the_best_of_all_rosters(data):
    """Against every roster; None only where no roster exists."""
    problem = data.draw(problems(max_volunteers=3, max_shifts=3))
    before, stay = data.draw(rosters(problem)), data.draw(st.sampled_from([0, 1, 10]))
    people = [v.volunteer_id for v in problem.volunteers]

    found = solve_around(problem, before, people=people, stay=stay, seconds=60)

    best = min((price(problem, before, r, s, stay) for r, s in everything(problem)), default=None)
    if found is None:
        assert best is None
    else:
        assert found.proven
        assert found.freed == set(people)
        assert found.score == shiftplan.check(problem, found.roster)
        assert price(problem, before, found.roster, found.score, stay) == best


@costly(0.4)
@given(st.data())
def test_what_is_proven_of_a_part_is_the_best_of_the_part(data):
    """Against every roster in which only the people freed differ."""
    problem = data.draw(problems(max_volunteers=3, max_shifts=3))
    before, stay = data.draw(rosters(problem)), data.draw(st.sampled_from([0, 10]))
    assume(problem.volunteers)
    people = data.draw(st.lists(st.sampled_from([v.volunteer_id for v in problem.volunteers])))

    found = solve_around(problem, before, people=people, stay=stay, seconds=60)

    if found is None:
        return
    changed = {c.assignment.volunteer_id for c in before.changes_to(found.roster)}
    known = {v.volunteer_id for v in problem.volunteers}
    assert changed & known <= found.freed
    assert found.proven
    alike = [
        price(problem, before, r, s, stay)
        for r, s in everything(problem)
        if {c.assignment.volunteer_id for c in before.changes_to(r)} & known <= found.freed
    ]
    assert price(problem, before, found.roster, found.score, stay) == min(alike)


def test_who_is_far_from_a_change_keeps_their_shifts():
    """In a town of eight centers one drop-out moves few people, and nobody who was not freed."""
    problem = town(8, 32)
    before = shiftplan.solve(problem, time_limit=None, work_limit=2, workers=1).require_roster()
    who = next(iter(before.shifts_of))
    every = [s.shift_id for s in problem.shifts]
    away = [Pin(volunteer_id=who, shift_id=s, state="must_not") for s in every]
    later = problem.model_copy(update={"pins": tuple(away)})

    found = solve_around(later, before, people=[who], seconds=60)

    assert found is not None
    assert who not in found.roster.shifts_of
    assert {c.assignment.volunteer_id for c in before.changes_to(found.roster)} <= found.freed
    assert len(found.freed) < len(problem.volunteers)


def test_a_part_that_patience_cut_off_is_finished_before_it_grows(monkeypatch):
    """What it found is kept, and proven, before more people are drawn in."""
    problem = town(4, 30, 2, rules=RULES[:-1])
    best = shiftplan.solve(problem, time_limit=None, work_limit=5, workers=1).require_roster()
    half = Roster.of(best.assignments[::2])  # far from the best, so that wider parts gain
    sizes = []

    def cut_off_once(program, *given):
        values, is_proven = solve_exactly(program, *given)
        sizes.append(program.num_columns)
        return values, is_proven and len(sizes) != 2

    monkeypatch.setattr(around, "solve_exactly", cut_off_once)

    people = [min(half.shifts_of)]
    found = solve_around(
        problem,
        half,
        people=people,
        seconds=60,
        patience=50,
        params=SearchParams(near={"pairs": 60}),
    )

    assert found is not None
    assert found.proven
    assert len(sizes) > 3
    assert sizes[0] < sizes[1] == sizes[2] < sizes[3]


def test_a_broken_rule_far_away_is_not_mended():
    """Somebody in two shifts at once stays there, and so there is no roster to give back."""
    problem = plan("ME", "ana bob", 1, rules=({"rule": "one_place"}, {"rule": "coverage"}))
    own = [w for w in problem.availability if w.volunteer_id == "ana"]
    problem = problem.model_copy(update={"availability": tuple(own)})
    twice = Roster.of([("M0", "ana"), ("E0", "ana")])

    assert solve_around(problem, twice, people=["bob"], seconds=60) is None
    assert solve_around(problem, twice, people=["ana"], seconds=60) is not None


def test_an_unfinished_search_claims_nothing():
    """Without time the roster comes back as it is where it holds, unproven."""
    problem = town(8, 32)
    before = Roster()

    found = solve_around(problem, before, people=["V000"], seconds=0)

    assert found is None or (found.roster == before and not found.proven)
