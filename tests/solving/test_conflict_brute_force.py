"""Conflicts and ways out against all rosters of tiny weeks, for hard rules of every kind."""

from __future__ import annotations

from typing import get_args

import pytest
from conflicts import must
from contradictions import HARD, Rosters, weeks
from hypothesis import given
from hypothesis import strategies as st
from listed import wrong_in
from pace import costly

from shiftplan.problem import Problem
from shiftplan.rules import RULES
from shiftplan.solving.conflict import find_conflict, ways_out
from shiftplan.testing.pictures import plan


def test_every_kind_of_rule_that_can_be_hard_is_tried():
    """A new rule that can be hard has to be added to the list."""
    can = {k for k, rule in RULES.items() if "hard" in _levels(rule.model_fields["level"])}

    named = [str(rule["rule"]) for rule in HARD]
    assert not (said := wrong_in("HARD of tests/contradictions.py", named, can)), said


def _levels(field) -> set[object]:
    return {
        level
        for part in (field.annotation, *get_args(field.annotation))
        for level in get_args(part)
    }


def assert_is_a_contradiction(problem: Problem) -> None:
    """The members alone leave no roster; without any one of them there is one."""
    rosters = Rosters(problem)

    found = find_conflict(problem)

    assert found is not None
    assert found.confirmed
    assert bool(found) == (not any(not broken for broken in rosters.broken))
    if not found:
        return
    assert found.minimal
    assert not rosters.is_possible(found.members)
    for left_out in range(len(found.members)):
        rest = found.members[:left_out] + found.members[left_out + 1 :]
        assert rosters.is_possible(rest), str(found.members[left_out])


@costly(0.4)
@given(weeks())
def test_a_conflict_alone_leaves_no_roster_and_without_any_member_there_is_one(problem: Problem):
    """Only the members hold, judged by `check`: facts that are no members forbid nothing."""
    assert_is_a_contradiction(problem)


@costly(0.15)
@pytest.mark.parametrize("kind", sorted({str(rule["rule"]) for rule in HARD}))
@given(data=st.data())
def test_so_it_is_for_hard_rules_of_each_kind(kind: str, data: st.DataObject):
    """The same for weeks in which rules of one kind meet facts and needs only."""
    kinds = [r for r in HARD if r["rule"] in (kind, "minimum_coverage")]

    assert_is_a_contradiction(data.draw(weeks(kinds)))


@costly(0.4)
@given(weeks())
def test_each_way_out_leaves_a_roster(problem: Problem):
    """Some roster breaks nothing but what is given up; with any one of it kept none does."""
    rosters = Rosters(problem)

    for way in ways_out(problem):
        assert rosters.is_way_out(way.members)
        if way.minimal:
            for kept in range(len(way.members)):
                others = way.members[:kept] + way.members[kept + 1 :]
                assert not rosters.is_way_out(others)


def test_a_stretch_is_too_long_from_an_earlier_shift_on():
    """A night and the morning after it are; with the afternoon too, `check` names that one."""
    rule = {"rule": "max_consecutive_minutes", "max_minutes": 480, "pause_minutes": 121}
    problem = plan({0: "N", 1: "MA"}, "ana", 2, rules=(rule,), pins=must("N0 ana", "M1 ana"))

    assert_is_a_contradiction(problem)
    found = find_conflict(problem)
    assert found is not None
    assert [m.at for m in found.members if m.rule == rule["rule"]] == ["M1"]


def test_an_overlap_is_named_by_the_date_on_which_the_later_shift_starts():
    """Two nights at once on Monday, and both run when Tuesday's shift starts: two dates."""
    rules = ({"rule": "one_place"}, {"rule": "floor", "level": "hard", "value": 2})
    problem = plan({0: "Nn", 1: "D"}, "ana", 2, rules=rules)

    assert_is_a_contradiction(problem)
    found = find_conflict(problem)
    assert found is not None
    assert {m.at for m in found.members if m.rule == "one_place"} == {
        "2026-12-07",
        "2026-12-08",
    }
