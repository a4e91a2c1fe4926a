"""Each rule has its three legs, in modules that are named like the module of the rule."""

from __future__ import annotations

from pathlib import Path

import grounds
import mutants
import pytest
import tables
import tiny
from families import FAMILIES, leg
from listed import wrong_in


@pytest.mark.parametrize(
    ("package", "others"),
    [
        (tables, {"table", "skills", "memory", "limited", "held"}),
        (grounds, {"ground"}),
        (mutants, {"mutant", "shared"}),
    ],
    ids=["tables", "grounds", "mutants"],
)
def test_each_module_of_rules_has_its_own_and_none_is_left_out(package, others):
    """A module that stands in the folder is one that is tried, and each module of rules has one."""
    files = {file.stem for file in Path(package.__file__).parent.glob("[!_]*.py")}

    said = wrong_in(f"the folder tests/rules/{package.__name__}", files, set(FAMILIES) | others)
    assert not said, said


@pytest.mark.parametrize("family", FAMILIES)
def test_all_three_legs_of_a_rule_stand_in_modules_of_its_name(family):
    """Tables, grounds and wrong posts of a module speak of all rules of that module only."""
    kinds = FAMILIES[family]
    tried, wrong = leg("grounds", family), leg("mutants", family)

    checks = {mutant.kind for mutant in wrong.WRONG_CHECKS}
    found = {
        f"TABLES of tests/rules/tables/{family}.py": {t.kind for t in leg("tables", family).TABLES},
        f"plans of tests/rules/grounds/{family}.py": {kind for kind, _, _ in tried.plans()}
        | set(getattr(tried, "ALWAYS", ())),
        f"WRONG_POSTS of tests/rules/mutants/{family}.py": {m.kind for m in wrong.WRONG_POSTS},
        f"WRONG_CHECKS of tests/rules/mutants/{family}.py": checks | kinds,
    }
    said = [wrong_in(where, listed, kinds) for where, listed in found.items()]
    assert not any(said), "\n".join(filter(None, said))


def test_each_rule_is_tried_on_some_problem():
    """No rule has grounds of which none accepts it."""
    tried = {kind for kind, problems in tiny.cases().items() if problems}

    said = wrong_in("the folder tests/rules/grounds", tried, set().union(*FAMILIES.values()))
    assert not said, said
