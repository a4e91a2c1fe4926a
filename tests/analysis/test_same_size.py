"""Rosters of one size: the larger ones lose what they miss least, by their own week."""

from __future__ import annotations

from shiftplan.analysis.same_size import same_size
from shiftplan.problem import Problem
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.requirements import Requirement

NEEDS = (
    Requirement(shift_id="M0", minimum=1, target=1),
    Requirement(shift_id="M1", minimum=0, target=1),
)


def two_days() -> Problem:
    """Monday needs one person, and Tuesday would like one."""
    rules = ({"rule": "coverage", "level": 1},)
    return plan("M", "ana bob", days=2, rules=rules, requirements=NEEDS)


def test_the_person_too_many_goes_first() -> None:
    """Two people on Monday are one too many; without anybody on Tuesday a seat is empty."""
    problem = two_days()

    larger, smaller = same_size(
        [(problem, parse("ana  M M\nbob  M .")), (problem, parse("ana  M M"))]
    )

    assert len(larger) == len(smaller) == 2
    assert {a.shift_id for a in larger.assignments} == {"M0", "M1"}


def test_what_the_first_loss_makes_dear_stays() -> None:
    """Once one of two people on Monday is gone, the other is worth more than the one on Tuesday."""
    problem = two_days()

    larger, _ = same_size([(problem, parse("ana  M M\nbob  M .")), (problem, parse("ana  M ."))])

    assert [a.shift_id for a in larger.assignments] == ["M0"]


def test_hard_rules_hold_though_a_roster_stays_larger() -> None:
    """Days at work come in runs of two at least, so neither of Ana's may go."""
    problem = plan("M", days=5, rules=({"rule": "min_consecutive_days", "value": 2},))

    larger, smaller = same_size(
        [(problem, parse("ana  . M M . .")), (problem, parse("ana  . . . . ."))]
    )

    assert (len(larger), len(smaller)) == (2, 0)
