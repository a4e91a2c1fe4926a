"""Rules called by their names, as the sheet of help and findings have them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from weeks import faults, read, told_at

from shiftplan.errors.message import Message
from shiftplan.files.headings import folded, known_words, named
from shiftplan.rules import RULES


@pytest.mark.parametrize(
    "name",
    [
        "max_shift_count",
        "Số ca tối đa trong kỳ",
        "số  ca TỐI ĐA trong kỳ",
        "Số ca tối đa trong kỳ (max_shift_count)",
    ],
)
def test_a_rule_is_known_by_its_id_and_by_its_name(name: str, tmp_path: Path) -> None:
    """Capitals and blanks make no difference to a name."""
    week = read(tmp_path, rules=f"rule,level,value\n{name},hard,2\n")

    assert [(rule.rule, rule.parameter) for rule in week.rules] == [("max_shift_count", 2)]


@pytest.mark.parametrize("name", ["max_shift_count", "Số ca tối đa trong kỳ"])
def test_cells_are_read_alike_whatever_a_rule_is_called(name: str, tmp_path: Path) -> None:
    """Days in words, which only the rule's own parameter allows."""
    week = read(tmp_path, rules=f"rule,level,value,days\n{name},hard,2,T2-T6\n")

    (rule,) = week.rules
    assert rule.days.weekdays == ("mon", "tue", "wed", "thu", "fri")


def test_a_name_that_no_rule_has_is_a_fault(tmp_path: Path) -> None:
    """Nothing is guessed."""
    found = faults(tmp_path, rules="rule,level,value\nSố ca,hard,2\n")

    assert told_at(found) == ["unknown_rule|2|rule|Số ca"]


def test_no_two_rules_have_one_name() -> None:
    """In any language, nor is the name of one the id of another."""
    words = [Message(f"rule.{kind}") for kind in RULES if named(f"rule.{kind}")]
    found = [Counter(folded(say(text)) for text in words) for say in known_words()]

    assert [name for names in found for name, count in names.items() if count > 1] == []
    ids = {folded(kind): kind for kind in RULES}
    told = [(folded(say(text)), text.code) for say in known_words() for text in words]
    assert [name for name, code in told if f"rule.{ids.get(name, code[5:])}" != code] == []
