"""The level of a rule that names none, by every way into a problem."""

from __future__ import annotations

import re

import pytest
from listed import wrong_in
from pages import ROOT
from pydantic import TypeAdapter

import shiftplan
from shiftplan.files.rules_csv import read_rules
from shiftplan.files.sheet import Sheet
from shiftplan.problem.profile import recommended_rules
from shiftplan.rules import ALWAYS, RULES, AnyRule, Fairness, Shortage
from shiftplan.testing.pictures import plan

FILE = "tests/rules/test_levels.py"
SERVICE = ["coverage", "expected_shortage", "shortage", "show_up"]
SERVICE += ["worst_center_first", "area_floor", "skill_placement", "hold_optional"]
PEOPLE = [
    "balance_strain",
    "max_active_people",
    "max_shifts_spread",
    "max_minutes_spread",
    "full_day",
    "mentored",
    "varied_mentors",
    "fairness",
    "leximin",
    "max_min",
    "floor",
    "min_shifts",
    "balance_hours",
    "balance_undesired",
    "balance_shifts",
    "balance_far",
    "wish",
    "preferences",
    "beside_days_off",
    "wish_equality",
    "travel",
    "continuity",
    "as_last_week",
    "stability",
]
NEEDED = {
    "area_floor": {"group": "minority", "value": "50"},
    "forbidden_succession": {"first": "morning", "then": "morning"},
    "needs_too": {"first": "morning", "then": "morning"},
    "forbidden_pattern": {"pattern": "night, off"},
    "required_pattern": {"pattern": "night", "followed_by": "off"},
    "rotation": {"pattern": "5x morning, 2x off", "first_day": "2026-11-30"},
    "max_patterns": {"pattern": "off, off"},
    "min_patterns": {"pattern": "off, off"},
    "together": {"group": "pair"},
    "apart": {"group": "pair", "value": "1"},
    "min_group_share": {"group": "pair", "value": "50"},
    "max_group_share": {"group": "pair", "value": "50"},
    "balance_shifts": {"shifts": "morning"},
    "never_alone": {"skill": "portal"},
}
"""What some rules cannot be without, apart from `value`."""


def default(kind: str) -> int | str:
    """The level that a rule of a kind has where none is named."""
    return 1 if kind in SERVICE else 2 if kind in PEOPLE else "hard"


def parameters(kind: str) -> dict[str, str]:
    """What the rule cannot be without, as cells of a table."""
    fields = RULES[kind].model_fields
    value = fields.get(RULES[kind].columns().get("value", ""))
    needs = {"value": "1"} if value is not None and value.is_required() else {}
    given = needs | NEEDED.get(kind, {})
    columns = RULES[kind].columns().items()
    needed = {column for column, name in columns if fields[name].is_required()}
    said = wrong_in(f"{kind} in NEEDED of {FILE}", given, needed | given.keys())
    assert not said, said
    return given


@pytest.mark.parametrize("kind", RULES)
def test_a_level_that_is_left_out_is_the_same_by_every_way(kind):
    """Service to citizens costs at level 1, what people would like at level 2, the rest is hard."""
    cells = {"rule": kind, "level": "", **parameters(kind)}
    sheet = Sheet("rules", "rules.csv", list(cells), rows=[list(cells.values())], lines=[2])
    given = {name: int(text) if text.isdigit() else text for name, text in parameters(kind).items()}

    of_file = read_rules(sheet).rules
    of_json = TypeAdapter(AnyRule).validate_python({"rule": kind, **given})
    of_python = RULES[kind](**given)

    levels = [r.level for r in (*of_file, of_json, of_python)]
    assert not sheet.faults
    assert levels == [default(kind)] * 3, f"SERVICE and PEOPLE of {FILE} list soft rules: {kind}"


@pytest.mark.parametrize("rule", recommended_rules(), ids=lambda rule: rule.rule)
def test_recommended_levels_are_those_of_blank_cells(rule):
    """A row of the template whose level is cleared keeps its level."""
    assert rule.level == default(rule.rule)


def test_the_page_lists_the_rules_that_are_only_hard_or_only_soft():
    """Any other rule can be both."""
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    file = "ONLY of docs/make_rules.py, or the page made by it,"
    table = page.partition("## Only hard, or only soft")[2].partition("\n## ")[0]
    classes = {**RULES, **{rule.rule: type(rule) for rule in ALWAYS}}
    levels = {kind: str(cls.model_fields["level"].annotation) for kind, cls in classes.items()}
    both = {kind for kind, said in levels.items() if "'hard'" in said and "int" in said}

    listed = re.findall(r"^\| \[`(\w+)`\]", table, re.M)
    assert not (said := wrong_in(file, listed, classes.keys() - both)), said


def test_an_empty_seat_is_dearer_than_uneven_work_without_levels():
    """Ten for a seat at level 1 is 100 in the total, beside 50 / 1 for the first shift of two."""
    need = ({"shift_id": "M0", "target": 1},)
    week = plan("M", "ana", 1, rules=(Shortage(weight=10), Fairness()), requirements=need)

    result = shiftplan.solve(week)

    assert week.levels == (1, 2)
    assert len(result.require_roster()) == 1
    assert result.total.cost == 50
