"""Each rule has its three legs, in modules that are named like the module of the rule."""

from __future__ import annotations

from pathlib import Path

import grounds
import mutants
import pytest
import tables
import tiny
from grounds.always import ALWAYS as ALONE

from shiftplan.rules import ALWAYS, RULES

FAMILIES: dict[str, set[str]] = {}
"""Module of rules -> kinds of the rules in it."""
for _kind, _cls in [*RULES.items(), *((rule.rule, type(rule)) for rule in ALWAYS)]:
    FAMILIES.setdefault(_cls.__module__.rpartition(".")[2], set()).add(_kind)
FAMILIES["always"].remove("input")  # it speaks of assignments that no model knows


def by_module(package) -> dict[str, object]:
    return {family.__name__.rpartition(".")[2]: family for family in package.FAMILIES}


@pytest.mark.parametrize(
    ("package", "others"),
    [
        (tables, {"table"}),
        (grounds, {"ground", "always"}),
        (mutants, {"mutant", "shared"}),
    ],
    ids=["tables", "grounds", "mutants"],
)
def test_each_module_of_rules_has_its_own_and_none_is_left_out(package, others):
    """A module that stands in the folder is one that is tried, and each module of rules has one."""
    files = {file.stem for file in Path(package.__file__).parent.glob("[!_]*.py")}

    assert files - others == set(FAMILIES) - others
    assert set(by_module(package)) | others == files | others


@pytest.mark.parametrize("family", FAMILIES)
def test_all_three_legs_of_a_rule_stand_in_modules_of_its_name(family):
    """Tables, grounds and wrong posts of a module speak of all rules of that module only."""
    kinds = FAMILIES[family]
    tried = by_module(grounds)
    wrong = by_module(mutants)[family]

    assert {table.kind for table in by_module(tables)[family].TABLES} == kinds
    assert {mutant.kind for mutant in wrong.WRONG_POSTS} == kinds
    assert {mutant.kind for mutant in wrong.WRONG_CHECKS} <= kinds
    if family == "always":
        assert set(ALONE) == kinds
    else:
        assert {kind for kind, _, _ in tried[family].plans()} == kinds


def test_each_rule_is_tried_on_some_problem():
    """No rule has grounds of which none accepts it."""
    cases = tiny.cases()

    assert set(cases) == set().union(*FAMILIES.values())
    assert all(cases.values())
