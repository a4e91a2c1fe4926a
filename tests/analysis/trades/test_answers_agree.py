"""Whoever asks about a person and a shift gets one answer, from one evaluator that all ask."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from changes import changed, worse
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pace import costly
from small_weeks import weeks
from strategies import problems, rosters

import shiftplan
from shiftplan.analysis import (
    Answer,
    explain_seat,
    explain_why_here,
    explain_why_not,
    partners,
    reserves,
    suggest,
    swap,
)
from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.on_call import with_offers_for, with_stand_by
from shiftplan.analysis.seats import Kind, PersonReason
from shiftplan.analysis.suggest import Kind as Standing
from shiftplan.analysis.trades import Candidate
from shiftplan.engines.params import STAY
from shiftplan.present.answers import lines
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.solving.solve import solve
from shiftplan.testing.pictures import plan, window
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Assignment, Change, Roster

STANDINGS: dict[Kind, set[Standing]] = {
    "free": {"possible"},
    "too_dear": {"possible"},
    "on_call": {"possible"},
    "broken": {"after_leaving", "blocked"},
    "forbidden": {"barred"},
}
"""What a reason of `explain_seat` is for `suggest`."""


def test_both_count_alike_and_say_among_whom():
    """Ten of thirteen live too far away, seven of these hold no portal, and all ten are busy too:
    `suggest` counts ten of thirteen, `explain` three of six, and both under either reason.
    """
    far = [f"far{i}" for i in range(10)]
    near = ["ana", "bob", "cho"]
    able = {"skills": {"portal": 1}}
    away = {"home_center_id": "hill", "max_distance_km": 5}
    each = dict.fromkeys(near, able) | {
        name: away | (able if i < 3 else {}) for i, name in enumerate(far)
    }
    problem = plan(
        "M",
        " ".join((*near, *far)),
        2,
        skills=({"skill_id": "portal"},),
        each=each,
        availability=tuple(window(who, first=1) for who in far) + tuple(map(window, near)),
        rules=({"rule": "coverage", "level": 1}, {"rule": "max_distance"}),
        requirements=(Requirement(shift_id="M0", skill_id="portal", target=4),),
    )

    asked, seat = suggest(problem, Roster(), "M0"), explain_seat(problem, Roster(), "M0")

    counts = {rule: len(people) for rule, people in asked.barred.items()}
    assert counts == {"available": 10, "max_distance": 10}
    reasons = {r["rule"]: r["people"] for r in seat.as_dict()["reasons"] if r["rule"]}
    assert reasons == {"available": 3, "max_distance": 3}
    assert asked.as_dict()["people"] == 13
    _, paragraph = lines(seat, "en")
    assert paragraph.startswith("6 people have the skills for this seat; people with several")
    assert "3: too far from home" in paragraph
    assert "3: not available then" in paragraph
    _, paragraph = lines(seat, "vi")
    assert paragraph.startswith("Đã xét 6 người đủ kỹ năng cho vị trí này; một người có thể")


def of_one_shift(problem: Problem) -> Problem:
    """The week with those requirements only that count the people of one shift."""
    kept = tuple(need for need in problem.requirements if need.shift_id is not None)
    return problem.model_copy(update={"requirements": kept})


WEEKS = problems().map(of_one_shift).filter(lambda p: p.volunteers and p.requirements)


@st.composite
def seats(draw: st.DrawFn) -> tuple[Problem, Roster, Requirement]:
    problem = draw(WEEKS)
    return problem, draw(rosters(problem)), draw(st.sampled_from(problem.requirements))


@costly(0.35)
@given(seats())
def test_explain_and_suggest_say_the_same_of_everybody_whom_a_seat_counts(case):
    """Standing, rules, cost and the shift to leave; and so the numbers of people by rule."""
    problem, roster, need = case

    found = explain_seat(problem, roster, need.shift_id, need.skill_id)
    asked = suggest(problem, roster, need.shift_id)

    others = [p for p in found.people if p.kind != "in_it"]
    by_id = {c.volunteer_id: c for c in asked.candidates}
    for person in others:
        _are_one(person, by_id[person.volunteer_id])
    counted = {p.volunteer_id for p in others}
    alike = {rule: counted.intersection(who) for rule, who in asked.barred.items()}
    told = {
        rule: {p.volunteer_id for p in group}
        for (kind, rule), group in found.groups.items()
        if kind == "forbidden"
    }
    assert told == {rule: who for rule, who in alike.items() if who}


def _are_one(person: PersonReason, candidate: Candidate) -> None:
    """A reason and a candidate say the same of one person."""
    assert candidate.standing in STANDINGS[person.kind]
    assert Counter(person.rules) == Counter({v.rule.rule for v in candidate.broken})
    if candidate.is_possible:
        assert person.effect == candidate.effect
    for exchange in candidate.exchanges:
        assert person.effect is not None
        own = person.instead == Assignment(exchange.shift_id, person.volunteer_id)
        assert not own or person.effect == exchange.effect
    if candidate.standing == "after_leaving":
        assert person.instead is not None


@settings(max_examples=15)
@given(problems().filter(lambda p: p.volunteers and p.shifts) | weeks(), st.data())
def test_why_not_costs_no_more_than_what_suggest_says(problem, data):
    """Whoever can come costs what `check` tells; `explain_why_not` finds that or, where others move
    too, something cheaper. Whoever is barred is impossible by the same rules. Nobody is planned for
    times at which they only stand by, so these are left out.
    """
    problem = problem.model_copy(update={"stand_by": ()})
    result = solve(problem, workers=1, time_limit=20)
    assume(result.roster is not None)
    roster = result.require_roster()
    shift = data.draw(st.sampled_from([s.shift_id for s in problem.shifts]))
    before = check(problem, roster)
    for candidate in suggest(problem, roster, shift).candidates[:4]:
        who = candidate.volunteer_id
        after = check(problem, changed(roster, [Change(Assignment(shift, who), True)]))
        assert candidate.is_possible == (not worse(before, after))
        answer = explain_why_not(problem, roster, shift, who, time_limit=60)
        if candidate.standing == "barred":
            assert answer.verdict == "impossible"
            assert {m.rule for m in answer.because} == {v.rule.rule for v in candidate.broken}
        ways = [e.effect for e in candidate.exchanges]
        for effect, steps in ((candidate.effect, 1), *((way, 2) for way in ways)):
            if effect is not None:
                assert answer.verdict == "possible"
                assert not _is_proven(answer) or _price(answer) <= effect.total + STAY * steps
        if candidate.effect is not None:
            assert candidate.effect.total == after.total - before.total
            if [c.assignment for c in answer.changes] == [Assignment(shift, who)]:
                assert answer.total == candidate.effect.total
                assert answer.costs == dict(candidate.effect.costs)
                assert answer.levels == dict(candidate.effect.levels)


@settings(max_examples=15)
@given(weeks(), st.data())
def test_why_here_costs_no_more_than_leaving_alone(problem, data):
    """Where somebody may simply leave, the answer is no dearer than what `check` says of that."""
    result = solve(problem, workers=1, time_limit=20)
    assume(result.roster is not None and result.roster.assignments)
    roster = result.require_roster()
    pair = data.draw(st.sampled_from(roster.assignments))
    before, after = check(problem, roster), check(problem, changed(roster, [Change(pair, False)]))
    assume(not worse(before, after))

    answer = explain_why_here(problem, roster, *pair, time_limit=60)

    assert answer.verdict == "possible"
    assert not _is_proven(answer) or _price(answer) <= after.total - before.total + STAY


def _is_proven(answer: Answer) -> bool:
    return answer.proven and answer.problem.order == "total"


def _price(answer: Answer) -> int:
    """What the search for an answer minimises: its cost, and the price of each change."""
    assert answer.total is not None
    return answer.total + STAY * len(answer.changes)


ANALYSIS = Path(shiftplan.__file__).parent / "analysis"


def test_nothing_else_in_analysis_judges_changes():
    """Only `candidates` does, and two that offer nobody anything: what makes rosters smaller, and
    what tells why somebody lost a shift in a repair."""
    judging = re.compile(r"\bMoves\b|\bPartialCase\b|\.forbid\(")
    found = {p.name for p in ANALYSIS.rglob("*.py") if judging.search(p.read_text("utf-8"))}

    assert found == {"candidates.py", "notices.py", "same_size.py"}


@costly(0.35)
@given(WEEKS, st.data())
def test_all_questions_say_the_same_of_a_person_and_a_shift(problem, data):
    """Explain, suggest, swap and reserves say what the evaluator says, and that is what `check`
    says of the rosters before and after; of those who stand by as if they had offered the hours.
    """
    roster = data.draw(rosters(problem))
    need = data.draw(st.sampled_from(problem.requirements))
    shift = need.shift_id
    week = with_offers_for(problem, problem.shift_by_id[shift])
    candidates, plain = Candidates(week, roster), Candidates(problem, roster)
    team = roster.people_in.get(shift, ())
    others = [v.volunteer_id for v in problem.volunteers if v.volunteer_id not in team]
    standings = {found.volunteer_id: found for found in candidates.standings(shift, others)}
    before = check(week, roster)

    asked = {c.volunteer_id: c for c in suggest(problem, roster, shift).candidates}
    seat = explain_seat(problem, roster, shift, need.skill_id)
    lists = reserves(problem, roster, per_shift=len(others))

    assert asked.keys() == standings.keys()
    for who, found in standings.items():
        after = check(week, changed(roster, list(found.changes)))
        assert (found.effect is None) == bool(worse(before, after))
        assert found.effect is None or found.effect.total == after.total - before.total
        assert asked[who].effect == found.effect
        assert asked[who].broken == found.broken
        assert (asked[who].standing == "barred") == found.is_barred
        assert not found.is_barred or candidates.forbidding(shift, who)
    for person in seat.people:
        if person.kind != "in_it":
            assert person.rules == standings[person.volunteer_id].rules
    on_call = Candidates(with_stand_by(problem), roster)
    for reserve in lists:
        assert on_call.can_stand_by(reserve.shift_id, reserve.volunteer_id)
    for giver in team[:1]:
        trades = partners(problem, roster, shift, giver, most=None).trades
        gifts = {t.handovers[0].taker: t.effect for t in trades if t.kind == "give"}
        for found in plain.standings(shift, others, giver):
            who = found.volunteer_id
            assert gifts.get(who) == found.effect
            for other in roster.shifts_of.get(who, ()):
                if other not in roster.shifts_of[giver]:
                    sides = Assignment(shift, giver), Assignment(other, who)
                    trade = swap(problem, roster, *sides)
                    assert trade.effect == plain.effect(*trade.changes)
