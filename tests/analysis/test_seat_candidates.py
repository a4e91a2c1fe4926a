"""One evaluator says who could take a seat, and every question asks it."""

from __future__ import annotations

import re
from pathlib import Path

from changes import changed, worse
from hypothesis import given
from hypothesis import strategies as st
from strategies import problems, rosters

import shiftplan
from shiftplan.analysis import explain_seat, partners, reserves, suggest, swap
from shiftplan.analysis.candidates import Candidates
from shiftplan.scoring.check import check
from shiftplan.week.roster import Assignment

ANALYSIS = Path(shiftplan.__file__).parent / "analysis"


def test_nothing_else_in_analysis_judges_changes():
    """Only `candidates` lays out changes of a roster, or asks which pairs rules forbid."""
    judging = re.compile(r"\bMoves\b|\bPartialCase\b|\.forbid\(")
    found = {p.name for p in ANALYSIS.rglob("*.py") if judging.search(p.read_text("utf-8"))}

    assert found == {"candidates.py"}


@given(problems().filter(lambda p: p.volunteers and p.requirements), st.data())
def test_all_questions_say_the_same_of_a_person_and_a_shift(problem, data):
    """Explain, suggest, swap and reserves say what the evaluator says, and that is what `check`
    says of the rosters before and after.
    """
    roster = data.draw(rosters(problem))
    need = data.draw(st.sampled_from(problem.requirements))
    shift = need.shift_id
    candidates = Candidates(problem, roster)
    team = roster.people_in.get(shift, ())
    others = [v.volunteer_id for v in problem.volunteers if v.volunteer_id not in team]
    standings = {found.volunteer_id: found for found in candidates.standings(shift, others)}
    before = check(problem, roster)

    asked = {c.volunteer_id: c for c in suggest(problem, roster, shift).candidates}
    seat = explain_seat(problem, roster, shift, need.skill_id)
    lists = reserves(problem, roster, per_shift=len(others))

    assert asked.keys() == standings.keys()
    for who, found in standings.items():
        after = check(problem, changed(roster, list(found.changes)))
        assert (found.effect is None) == bool(worse(before, after))
        assert found.effect is None or found.effect.total == after.total - before.total
        assert asked[who].effect == found.effect
        assert asked[who].broken == found.broken
        assert (asked[who].standing == "barred") == found.is_barred
        assert not found.is_barred or candidates.forbidding(shift, who)
    for person in seat.people:
        if person.kind != "in_it":
            assert person.rules == standings[person.volunteer_id].rules
    for reserve in lists:
        assert candidates.can_stand_by(reserve.shift_id, reserve.volunteer_id)
    for giver in team[:1]:
        trades = partners(problem, roster, shift, giver, most=None).trades
        gifts = {t.handovers[0].taker: t.effect for t in trades if t.kind == "give"}
        for found in candidates.standings(shift, others, giver):
            who = found.volunteer_id
            assert gifts.get(who) == found.effect
            for other in roster.shifts_of.get(who, ()):
                if other not in roster.shifts_of[giver]:
                    sides = Assignment(shift, giver), Assignment(other, who)
                    trade = swap(problem, roster, *sides)
                    assert trade.effect == candidates.effect(*trade.changes)
