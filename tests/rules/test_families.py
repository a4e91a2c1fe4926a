"""Each rule has its three legs, in modules that are named like the module of the rule."""

from __future__ import annotations

from pathlib import Path

import grounds
import mutants
import pytest
import tables
import tiny
from families import FAMILIES, leg


@pytest.mark.parametrize(
    ("package", "others"),
    [
        (tables, {"table", "skills", "memory", "limited"}),
        (grounds, {"ground"}),
        (mutants, {"mutant", "shared"}),
    ],
    ids=["tables", "grounds", "mutants"],
)
def test_each_module_of_rules_has_its_own_and_none_is_left_out(package, others):
    """A module that stands in the folder is one that is tried, and each module of rules has one."""
    files = {file.stem for file in Path(package.__file__).parent.glob("[!_]*.py")}

    assert files == set(FAMILIES) | others


@pytest.mark.parametrize("family", FAMILIES)
def test_all_three_legs_of_a_rule_stand_in_modules_of_its_name(family):
    """Tables, grounds and wrong posts of a module speak of all rules of that module only."""
    kinds = FAMILIES[family]
    tried, wrong = leg("grounds", family), leg("mutants", family)

    assert {table.kind for table in leg("tables", family).TABLES} == kinds
    assert {mutant.kind for mutant in wrong.WRONG_POSTS} == kinds
    assert {mutant.kind for mutant in wrong.WRONG_CHECKS} <= kinds
    assert {kind for kind, _, _ in tried.plans()} | set(getattr(tried, "ALWAYS", ())) == kinds


def test_each_rule_is_tried_on_some_problem():
    """No rule has grounds of which none accepts it."""
    cases = tiny.cases()

    assert set(cases) == set().union(*FAMILIES.values())
    assert all(cases.values())
