"""Rules that hold in every week: nobody in two places, no room beyond its capacity."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

import shiftplan
from shiftplan.analysis.tradeoff.weighting import Aims
from shiftplan.errors import InputError
from shiftplan.files.problem_file import parse_json
from shiftplan.files.rules_csv import read_rules
from shiftplan.files.sheet import Sheet
from shiftplan.problem import Problem
from shiftplan.problem.profile import with_recommended
from shiftplan.rules import (
    RULES,
    UNLESS_NAMED,
    Capacity,
    Coverage,
    MaxShifts,
    OnePlace,
    is_priced,
    without,
)
from shiftplan.solving.building import build
from shiftplan.solving.result import Status
from shiftplan.testing.pictures import CENTERS, parse, plan

ALONE = {"signs": {0: "MO"}, "people": "ana", "days": 1}
"""One person for two shifts that overlap."""
CROWD = {"signs": {0: "MO"}, "people": "ana bob cho dan", "days": 1, "centers": CENTERS}
"""Four people for two shifts that overlap, in a room for two."""
SEATS = ({"shift_id": "M0", "target": 2}, {"shift_id": "O0", "target": 2})
OFF = (OnePlace(level="off"), Capacity(level="off"))


def kinds(problem: Problem) -> list[str]:
    return [rule.rule for rule in problem.active_rules if rule.rule in ("one_place", "capacity")]


@pytest.mark.parametrize(
    ("ground", "picture", "broken"),
    [
        (ALONE, "ana  MO", {"one_place": 1}),
        (CROWD, "ana  M\nbob  M\ncho  O\ndan  O", {"capacity": 2}),
        (CROWD, "ana  M\nbob  O\ncho  .\ndan  .", {}),
    ],
)
def test_what_cannot_be_is_forbidden_where_no_row_says_so(ground, picture, broken):
    """`check` finds it without a rule of the kind, and a row `off` in so many words allows it."""
    roster = parse(picture)

    assert dict(shiftplan.check(plan(**ground), roster).hard) == broken
    assert dict(shiftplan.check(plan(**ground, rules=OFF), roster).hard) == {}


def test_the_solver_keeps_what_no_row_says():
    """Of four seats in two overlapping shifts two are filled, and all four where both are off."""
    rules = (Coverage(),)
    held = shiftplan.solve(plan(**CROWD, requirements=SEATS, rules=rules))
    free = shiftplan.solve(plan(**CROWD, requirements=SEATS, rules=(*rules, *OFF)))

    assert len(held.require_roster()) == 2
    assert held.total.cost == held.total.bound > 0
    assert free.total.cost == 0


def test_a_row_of_the_kind_takes_the_place_of_the_silent_one():
    """Named, at a level or off, a rule stands once or not at all; nothing else is switched on."""
    assert kinds(plan()) == ["one_place", "capacity"]
    assert kinds(plan(rules=(Capacity(level=1), MaxShifts()))) == ["one_place", "capacity"]
    assert plan(rules=(Capacity(level=1),)).levels == (1,)
    assert kinds(plan(rules=OFF)) == []
    assert plan(rules=OFF).levels == ()
    assert {rule.rule for rule in UNLESS_NAMED} == {"one_place", "capacity"}


def test_a_conflict_names_the_silent_rule_and_none_that_is_off():
    """Who must be in two places at once is a contradiction, unless a row says that it may be."""
    pins = tuple({"volunteer_id": "ana", "shift_id": s, "state": "must"} for s in ("M0", "O0"))

    held = shiftplan.solve(plan(**ALONE, pins=pins))
    free = shiftplan.solve(plan(**ALONE, pins=pins, rules=OFF))

    assert held.status is Status.INFEASIBLE
    assert "one_place" in {member.rule for member in held.conflict}
    assert free.status is Status.OPTIMAL


def test_an_off_row_stays_off_by_every_way():
    """It is written and read back, and neither `--recommended` nor a trade-off brings it back."""
    week = plan(**CROWD, rules=(*OFF, Coverage(), MaxShifts()), requirements=SEATS)

    assert Problem.model_validate_json(week.to_json()) == week
    assert kinds(with_recommended(week)) == []
    assert kinds(Aims(week).problem) == []


@pytest.mark.parametrize("kind", RULES)
def test_only_what_holds_by_itself_can_be_switched_off(kind):
    """A row `off` of another kind is a fault that says to leave the row out."""
    sheet = Sheet("rules", "rules.csv", ["rule", "level"], rows=[[kind, "off"]], lines=[2])

    read_rules(sheet)

    found = {fault.column: str(fault.remedy) for fault in sheet.faults}
    if kind in ("one_place", "capacity"):
        assert not found
    elif kind == "available":
        assert found["level"] == ""  # without a row it holds all the more
    else:
        assert found["level"] == "Leave the row out: without a row this rule is off."


def test_python_and_json_refuse_to_switch_other_rules_off():
    """The level `off` is an error of the constructor, and a fault of a problem in JSON."""
    with pytest.raises(ValidationError):
        MaxShifts(level="off")
    text = plan(rules=(MaxShifts(),)).to_json().replace('"level": "hard"', '"level": "off"')

    with pytest.raises(InputError) as refused:
        parse_json(Problem, text, Path())

    assert "Leave the row out" in str(refused.value)


def test_one_sum_of_people_is_enough_where_nobody_is_in_two_shifts():
    """Rows on rooms need columns of their own only where people may work two shifts at once."""
    held = build(plan(**CROWD, rules=(Capacity(level=1),))).program()
    free = build(plan(**CROWD, rules=(Capacity(level=1), OFF[0]))).program()

    assert held.num_columns < free.num_columns


def test_leaving_out_prices_makes_no_room_hard():
    """Where only hard rules are looked at, a soft capacity is off, and not on by itself."""
    week = plan(**CROWD, rules=(Capacity(level=2), Coverage(level=1), MaxShifts(), OFF[0]))

    kept = without(week.rules, is_priced)

    assert [(rule.rule, rule.level) for rule in kept] == [
        ("capacity", "off"),
        ("max_shifts", "hard"),
        ("one_place", "off"),
    ]
