"""Tables of each rule: a roster as a picture, and the amount by which it breaks the rule.

The harness puts the rule under test into the problem, soft with weight 7 and hard where that is
allowed, and asks both the checker and the model. Amounts are worked out by hand from the sentence
of the rule; the cost is 7 times the amount unless a row says otherwise.
"""

from __future__ import annotations

import pytest
from families import Fields, family_of
from listed import wrong_in
from pydantic import ValidationError
from tables import TABLES
from tables.table import Row, Table

from shiftplan import testing
from shiftplan.rules import ALWAYS, RULES
from shiftplan.scoring.check import check
from shiftplan.testing import alone, carried, draw, levels_of, parse, plan
from shiftplan.week.roster import Roster

INPUT = [
    ([], 0),
    ([("M0", "ana")], 1),  # a repetition
    ([("M0", "ana"), ("M0", "ana")], 2),
    ([("M9", "ana"), ("M0", "zoe")], 2),  # unknown ids
    ([("M9", "zoe"), ("M9", "zoe")], 2),
]
"""Assignments added to `ana M .`, and the amount."""

ROWS = [
    pytest.param(table, row, id=f"{table.kind}: {row.name}")
    for table in TABLES
    for row in table.rows
]


def _problem(table: Table, row: Row, rule: Fields | None):
    lines = [line.split() for line in row.picture.splitlines()]
    cells = row.picture.splitlines()[0].partition("|")[2].split() or lines[0][1:]
    ground = {
        "people": " ".join(line[0] for line in lines),
        "days": len(cells),
        "history": carried(row.picture),
        **table.ground,
        **row.fields,
    }
    return alone(*([rule] if rule else []), **ground)


def judge(table: Table, row: Row) -> None:
    """Assert that checker and model find the amount and the cost of a row."""
    always = {rule.rule for rule in ALWAYS}
    rules = [None] if table.kind in always else list(levels_of(table.kind, table.params))
    roster = parse(row.picture)

    for rule in rules:
        problem = _problem(table, row, rule)
        score = check(problem, roster)
        found = [v for v in (*score.broken, *score.priced) if v.rule.rule == table.kind]
        hard = rule is None or rule["level"] == "hard"

        assert parse(draw(problem, roster)) == roster
        testing.judge(problem, roster, table.kind, row.amount, 0 if hard else row.cost)
        if row.says is not None:
            assert tuple(f"{v.who} | {v.at} | {v.message}" for v in found) == row.says
        must_hold = {table.kind} if hard or table.kind == "available" else set()
        assert set(score.hard) <= must_hold, row.picture


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_amount_and_cost(table, row):
    """Checker and model find the amount and the cost that were worked out by hand."""
    judge(table, row)


@pytest.mark.parametrize(("extra", "amount"), INPUT)
def test_unknown_and_repeated_assignments(extra, amount):
    """Each unknown or repeated assignment breaks `input` by one, and counts nowhere else."""
    problem = plan("M", "ana", 2, rules=({"rule": "max_shift_count", "value": 1},))
    roster = Roster.of([("M0", "ana"), *extra])

    score = check(problem, roster)

    assert dict(score.hard) == ({"input": amount} if amount else {})


def test_unknown_and_repeated_assignments_are_named():
    """A finding of `input` names the person and the shift, and says which of the two it is."""
    roster = Roster.of([("M0", "ana"), ("M0", "ana"), ("M9", "zoe")])

    found = check(plan("M", "ana", 1), roster).broken

    assert [(v.who, v.at, str(v.message)) for v in found] == [
        ("zoe", "M9", "zoe in M9: unknown id"),
        ("ana", "M0", "ana is in M0 more than once"),
    ]


def test_every_rule_has_a_table():
    """Each rule has a clean row, a row broken by one step and a row broken further."""
    amounts: dict[str, set[int]] = {}
    for table in TABLES:
        amounts.setdefault(table.kind, set()).update(row.amount for row in table.rows)

    expected = {*RULES, *(rule.rule for rule in ALWAYS)} - {"input"}
    assert not (said := wrong_in("the folder tests/rules/tables", amounts, expected)), said
    few = {kind for kind, found in amounts.items() if 0 not in found or len(found) < 3}
    files = [f"tests/rules/tables/{family_of(kind)}.py: {kind}" for kind in sorted(few)]
    assert not few, f"without a clean row, or two amounts: {'; '.join(files)}"


def test_every_rule_has_a_row_that_says_what_it_finds():
    """Whom, where and in which words each rule finds something is held somewhere."""
    told = {table.kind for table in TABLES if any(row.says for row in table.rows)}
    kinds = {table.kind for table in TABLES}
    assert not (said := wrong_in("says=... of tests/rules/tables", told, kinds)), said


def test_every_row_has_its_own_name():
    """No two rows of a table have the same name."""
    for table in TABLES:
        names = [row.name for row in table.rows]
        assert len(set(names)) == len(names), names


@pytest.mark.parametrize("kind", [k for k, c in RULES.items() if "weight" in c.model_fields])
def test_weights_are_not_negative(kind):
    """A rule cannot pay for being broken: prices would fall from unit to unit."""
    cls = RULES[kind]
    params = next((table.params for table in TABLES if table.kind == kind), None)
    assert params is not None, f"tests/rules/tables/{family_of(kind)}.py has no table of {kind}"

    with pytest.raises(ValidationError, match="weight"):
        cls(**{**params, "weight": -1})
