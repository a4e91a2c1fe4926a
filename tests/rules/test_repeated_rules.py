"""The same said more than once: prices of rules and weights of wishes add up."""

from __future__ import annotations

import pytest

from shiftplan.errors import InputError
from shiftplan.rules import FullDay, MaxShiftCount, Rule
from shiftplan.scoring.check import check
from shiftplan.testing import alone
from shiftplan.testing.agreement import compare
from shiftplan.testing.pictures import parse, plan

FULL = {"rule": "full_day", "level": 2}


def test_prices_of_a_rule_that_stands_twice_add_up() -> None:
    """A full day at 5 on level 2, and at 3 on level 1, whose points count 10."""
    rules = ({**FULL, "weight": 5}, {**FULL, "level": 1, "weight": 3})
    problem = alone(*rules, signs="MA", people="ana", days=1)

    assert check(problem, parse("ana  MA")).total == 5 + 30
    assert compare(problem) == 4


def test_steps_are_rows_with_other_values() -> None:
    """The second shift costs 1, the third 1 + 10."""
    count = {"rule": "max_shift_count", "level": 2}
    steps = [{**count, "value": 1, "weight": 1}, {**count, "value": 2, "weight": 10}]
    problem = alone(*steps, signs="M", people="ana", days=4)

    costs = [check(problem, parse(f"ana  {days}")).total for days in ("M", "M M", "M M M")]

    assert costs == [0, 1, 12]
    assert compare(problem) == 16


def test_weights_of_wishes_about_one_shift_add_up() -> None:
    """Ana's own wish against it weighs 3, that of the team lead 4."""
    wish = {"volunteer_id": "ana", "shift_id": "M0", "state": "against"}
    wishes = [{**wish, "weight": 3}, {**wish, "weight": 4}]
    problem = alone({"rule": "preferences", "weight": 2}, preferences=wishes, days=2)

    assert check(problem, parse("ana  M .")).total == 2 * (3 + 4)
    assert compare(problem) == 4


def test_opposite_wishes_both_count() -> None:
    """Whatever is planned, one of them is refused."""
    wish = {"volunteer_id": "ana", "shift_id": "M0"}
    wishes = [{**wish, "state": "against", "weight": 3}, {**wish, "state": "for", "weight": 4}]
    problem = alone({"rule": "preferences"}, preferences=wishes, days=1)

    assert [check(problem, parse(f"ana  {cell}")).total for cell in "M."] == [3, 4]
    assert compare(problem) == 2


@pytest.mark.parametrize(
    "rules",
    [
        (FullDay(weight=5), FullDay(weight=5, note="again")),
        (FullDay(level="hard"), FullDay(level=2)),
        (MaxShiftCount(max_shifts=1), MaxShiftCount(max_shifts=1)),
    ],
)
def test_a_rule_that_says_nothing_more_than_another_is_a_fault(rules: tuple[Rule, ...]) -> None:
    """The same price again was pasted twice, and nothing is added to a rule that must hold."""
    with pytest.raises(InputError, match="describes the same thing"):
        plan(rules=rules)
