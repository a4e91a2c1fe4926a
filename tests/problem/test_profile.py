"""The recommended rules come where a week does not name its own."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import shiftplan
from shiftplan import Problem
from shiftplan.problem.profile import (
    leaves_seats_empty,
    missing_rules,
    recommended_rules,
    with_recommended,
)
from shiftplan.rules import (
    Coverage,
    Fairness,
    MaxDistance,
    MaxShiftCount,
    MaxShifts,
    MinimumCoverage,
    MinShifts,
    Shortage,
    Travel,
)
from shiftplan.testing.pictures import plan, shift

WEEKS = Path(__file__).parents[2] / "examples" / "data"
WEEK = WEEKS / "an_giang" / "rules.csv"
CENTER = {"center_id": "C", "lat": 10, "lon": 105}
PORTAL = {"skill_id": "portal", "max_level": 3}


def kinds(**changed) -> list[str]:
    """Kinds of rules of a problem of one person after the recommended ones were added."""
    parts = {
        "horizon": {"start": "2026-12-07", "days": 7},
        "centers": [CENTER],
        "skills": [PORTAL],
        "volunteers": [{"volunteer_id": "ana", "home_center_id": "C"}],
        "shifts": [],
    }
    return [r.rule for r in with_recommended(Problem.model_validate(parts | changed)).rules]


def test_all_are_added_where_none_is_named():
    """Each recommended rule stands once; preferences only where people stated some."""
    all_kinds = [rule.rule for rule in recommended_rules()]
    wish = {"volunteer_id": "ana", "date": "2026-12-07", "state": "for"}

    assert kinds(preferences=[wish]) == all_kinds
    assert kinds() == [kind for kind in all_kinds if kind != "preferences"]
    assert len(set(all_kinds)) == len(recommended_rules())


def test_rules_of_the_week_stay_as_they_are():
    """A kind that the week names is not added again, whatever its parameters."""
    own = Coverage(level=3, weight=7)

    found = kinds(rules=[own])

    assert found.count("coverage") == 1
    assert found[0] == "coverage"


def test_rules_that_lack_their_data_are_left_out():
    """Without coordinates or homes nothing is said of distance, without portal 3 of mentors."""
    distance = {"max_distance", "travel"}
    nobody = [{"volunteer_id": "ana"}]

    assert distance.isdisjoint(kinds(centers=[{"center_id": "C"}]))
    assert distance.isdisjoint(kinds(volunteers=nobody))
    assert distance.issubset(kinds(volunteers=[{"volunteer_id": "ana", "mobile": True}]))
    assert "mentor" not in kinds(skills=[{"skill_id": "portal", "max_level": 2}])
    assert "mentor" not in kinds(skills=[])


@pytest.mark.parametrize("own", [Shortage(level=1), MinimumCoverage()])
def test_other_rules_about_empty_seats_go_before_coverage(own):
    """Seats that the week prices or demands in its own way are not priced a second time."""
    assert "coverage" not in kinds(rules=[own])


@pytest.mark.parametrize(
    ("target", "rules", "empty"),
    [
        (1, [], True),
        (1, [Travel(level=1)], True),
        (1, [Coverage(level=1)], False),
        (1, [MinimumCoverage()], False),
        (0, [], False),
    ],
)
def test_requirements_that_no_rule_minds(target, rules, empty):
    """Requirements alone fill no seat: the cheapest roster would be nobody."""
    problem = plan("M", days=1, rules=rules, requirements=({"shift_id": "M0", "target": target},))

    assert leaves_seats_empty(problem) is empty


STATING = {"each": {"ana": {"max_shifts": 2, "min_shifts": 1, "max_distance_km": 5}}}
"""What a person states, and a rule reads."""


@pytest.mark.parametrize(
    ("rules", "ground", "missing"),
    [
        ([], {}, ("seats", "sharing")),
        ([Coverage()], {}, ("sharing",)),
        ([Coverage()], {"people": "ana"}, ()),
        ([Fairness()], {"requirements": ()}, ()),
        ([Coverage(), Fairness()], {}, ()),
        ([Coverage(), MaxShiftCount(max_shifts=2)], {}, ()),
        ([Coverage(), Fairness()], STATING, ("max_shifts", "max_distance", "min_shifts")),
        ([Coverage(), Fairness(), MaxShifts(), MaxDistance(), MinShifts()], STATING, ()),
        (
            [Coverage(), Fairness()],
            {"each": {"ana": {"max_distance_km": 5, "mobile": True}}},
            (),
        ),
        (
            [Coverage(), Fairness()],
            {"signs": {}, "shifts": (shift("M", 0, skill_id="portal"),), "skills": (PORTAL,)},
            ("qualified",),
        ),
    ],
)
def test_usual_rules_that_are_missing_are_named(rules, ground, missing):
    """Only what the week's own requirements, people and shifts ask for is missed."""
    need = ({"shift_id": "M0", "target": 1},)
    week = plan(**{"people": "ana bob", "days": 1, "requirements": need, **ground}, rules=rules)

    assert missing_rules(week) == missing


@pytest.mark.parametrize("name", ["an_giang", "commune"])
def test_bundled_weeks_miss_no_usual_rule(name):
    """Whoever plans them is told of nothing that is not there."""
    assert missing_rules(shiftplan.read_week(WEEKS / name)) == ()


def test_the_bundled_week_differs_in_two_rules():
    """Levels, weights, values are those of the bundled week, without no-shows and preferences."""
    with WEEK.open(encoding="utf-8", newline="") as file:
        rows = {
            (r["rule"], r["level"], r["weight"] or None, r["value"] or None)
            for r in csv.DictReader(file)
        }
    ours = set()
    for rule in recommended_rules():
        weight = None if rule.hard else str(rule.weight)
        value = None if rule.parameter is None else str(rule.parameter)
        ours.add((rule.rule, str(rule.level), weight, value))

    assert ours - rows == {("show_up", "1", "2", "90"), ("preferences", "2", "20", None)}
    assert rows <= ours
