"""Rules that lean on what other rules forbid: no cost changes, and the relaxation rises."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from grounds.ground import GROUPS, SKILLS
from grounds.team import FOUR, TEAM
from grounds.travel import BOAT

from shiftplan.engines.highs import load
from shiftplan.rules import RULES
from shiftplan.solving.building import build
from shiftplan.testing import is_rejected
from shiftplan.testing.agreement import compare
from shiftplan.testing.pictures import plan

ONE_CENTER = {"rule": "one_center_per_day"}
FILTERS = [{}, {"level": 1}, {"group": "youth"}, {"shifts": "morning"}]
GROUND = {"signs": {0: "Mma", 1: "A"}, "days": 2, **GROUPS}
GROUND |= {"travel": ({**BOAT, "minutes": 25},)}
ON_WAYS = [
    {"rule": "max_travel", "level": 2, "weight": 3, "value": 20, "tour": "home"},
    {"rule": "max_travel", "value": 40, "tour": "home"},
    {"rule": "max_travel", "level": 2, "weight": 3, "value": 0},
    {"rule": "travel_time", "value": 6},
    {"rule": "travel_time", "level": 2, "weight": 3, "value": 6},
]
TRAVELLED = [
    plan(**GROUND, rules=[{**ONE_CENTER, **some}, way]) for some, way in product(FILTERS, ON_WAYS)
]
TRAVELLED += [plan({0: "N", 1: "mM"}, days=2, rules=[ONE_CENTER, {**ON_WAYS[3], "value": 11}])]
NOVICES = [
    {},
    {"level": 2},
    {"value": 2},
    {"value": 3, "novice_level": 2},
    {"value": 2, "novice_level": 1, "group": "youth"},
    {"value": 2, "shifts": "morning"},
    {"value": 2, "novice_level": 3, "mentor_level": 2},
    {"value": 0},
    {"per": "moment"},
]
CHANCES = {
    **FOUR,
    "requirements": (
        {"shift_id": "M0", "target": 3, "needed_percent": (100, 80, 40)},
        {"shift_id": "x0", "target": 3},
        {"shift_id": "x0", "skill_id": "portal", "min_level": 1, "target": 2},
    ),
}
LED = [
    plan(**ground, rules=[{"rule": "mentor", "value": 1, **some}, {"rule": kind, "weight": weight}])
    for ground, kind, weight in (
        (FOUR, "coverage", 100),
        (TEAM, "coverage", 1),
        (CHANCES, "expected_shortage", 100),
    )
    for some in NOVICES
]


def test_no_rows_for_more_novices_than_a_team_has():
    """A limit above the team size adds no rows."""
    mentor = {"rule": "mentor", "value": 10**9}
    problem = plan(**TEAM, rules=[mentor, {"rule": "coverage"}])

    assert compare(problem) >= 8


@pytest.mark.parametrize("problem", [*TRAVELLED, *LED])
def test_leaning_on_others_changes_no_cost(problem):
    """Every roster costs what `check` finds, whatever a row takes for granted."""
    assert compare(problem) >= 8


@pytest.mark.parametrize(
    ("problems", "kind", "where", "old", "new"),
    [
        (TRAVELLED, "max_travel", "exclude_each_other", "and one.hard", ""),
        (TRAVELLED, "max_travel", "exclude_each_other", "& meant[first] & meant[second]", ""),
        (TRAVELLED, "travel_time", "exclude_each_other", "apart &= pairs", "pairs"),
        (TRAVELLED, "max_travel", "_post_there_and_back", "-self.max_minutes", "0"),
        (
            TRAVELLED,
            "max_travel",
            "_post_there_and_back",
            "start[away], end[away]",
            "start[away], start[away]",
        ),
        (LED, "coverage", "wait_for_mentors", "or not one.hard", "or False"),
        (LED, "coverage", "wait_for_mentors", "~(novice | mentor)", "(novice & mentor)"),
        (LED, "coverage", "wait_for_mentors", "mentors.take(own[few]) * first", "others.take(few)"),
    ],
)
def test_what_is_taken_for_granted_wrongly_is_seen(problems, kind, where, old, new):
    """A row that goes too far forbids a roster, or makes it dearer."""
    chosen = [p for p in problems if any(rule.rule == kind for rule in p.rules)]

    assert is_rejected(chosen, RULES[kind], where, old, new)


def _relaxed(problem) -> float:
    program = build(problem).program()
    highs = load(program, whole=False, seed=0)
    highs.run()
    return program.total(np.array(highs.getSolution().col_value))


def test_half_a_mentor_fills_no_first_seat_of_two_shifts():
    """One mentor for two mornings: the relaxation knows that one of them stays empty."""
    skills = {"ana": 3, "bob": 0, "cho": 0}
    problem = plan(
        "Mm",
        " ".join(skills),
        1,
        skills=SKILLS,
        each={
            name: {"skills": {"portal": level} if level else {}} for name, level in skills.items()
        },
        requirements=[{"shift_id": f"{sign}0", "minimum": 1, "target": 2} for sign in "Mm"],
        rules=[{"rule": "coverage"}, {"rule": "mentor", "value": 2}, {"rule": "one_place"}],
    )

    assert _relaxed(problem) == pytest.approx(700)  # 400 x 1.5 + 100, all of one morning
