"""A parameter by its own name, and by the name `value` that files share among rules."""

from __future__ import annotations

import json

import pytest
from pydantic import TypeAdapter, ValidationError
from test_levels import parameters

from shiftplan.files.layout import rule_columns
from shiftplan.files.rules_csv import read_rules, rule_rows
from shiftplan.files.sheet import Sheet
from shiftplan.problem import Problem
from shiftplan.rules import RULES, AnyRule, MaxCenters
from shiftplan.testing.pictures import plan

NAMED = {kind: c["value"] for kind, r in RULES.items() if "value" in (c := r.columns())}
"""Kind -> name of the parameter that files give in the column `value`."""


def read(cells):
    """The rules of a table with one row, and the faults of it as code and column."""
    sheet = Sheet("rules", "rules.csv", list(cells), rows=[list(cells.values())], lines=[2])
    found = read_rules(sheet).rules
    return found, [(fault.code, fault.column) for fault in sheet.faults]


def with_value(kind, name):
    """Cells of a rule whose parameter 5, or 1 of a share, stands under a name."""
    cells = {k: v for k, v in parameters(kind).items() if k != "value"}
    return {"rule": kind, "level": "", **cells, name: "1" if kind == "area_floor" else "5"}


def test_each_parameter_has_a_name_that_says_what_it_is():
    """43 rules have one; no field is named `value`, and no column is lost."""
    assert len(NAMED) == 43, f"{len(NAMED)} rules have one now: tests/rules/test_parameter_names.py"
    assert "value" not in NAMED.values()
    assert {*NAMED.values(), "value"} <= set(rule_columns())


@pytest.mark.parametrize("kind", NAMED)
def test_every_way_takes_both_names(kind):
    """A file, JSON and Python read the same rule from either name."""
    name = NAMED[kind]
    cells = with_value(kind, name)
    given = {key: int(text) if text.isdigit() else text for key, text in cells.items() if text}
    other = {("value" if key == name else key): value for key, value in given.items()}

    (of_file,), faults = read(cells)
    (of_old_file,), more = read({("value" if k == name else k): v for k, v in cells.items()})
    rules = [TypeAdapter(AnyRule).validate_python(g) for g in (given, other)]

    assert not faults
    assert not more
    assert of_file == of_old_file == rules[0] == rules[1] == RULES[kind](**other)
    assert getattr(of_file, name) == of_file.parameter == given[name]


@pytest.mark.parametrize("kind", NAMED)
def test_what_is_written_has_the_column_value(kind):
    """JSON and tables are written as all versions read them."""
    (rule,), _ = read(with_value(kind, NAMED[kind]))
    problem = Problem.model_construct(rules=(rule,))

    header, rows = rule_rows(problem)
    assert "value" in header
    assert NAMED[kind] == "min_level" or NAMED[kind] not in header
    assert rows[0][header.index("value")] in ("5", "1")
    assert "value" in json.loads(rule.model_dump_json())
    assert type(rule).model_validate_json(rule.model_dump_json()) == rule


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"value": "2", "max_centers": "2"}, ("not_a_parameter", "max_centers")),
        ({"value": ""}, ("missing_value", "value")),
        ({"max_centers": ""}, ("missing_value", "max_centers")),
        ({"max_centers": "-1"}, ("out_of_range", "max_centers")),
        ({"max_centers": "two"}, ("not_a_whole_number", "max_centers")),
        ({"value": "2", "max_days": "2"}, ("not_a_parameter", "max_days")),
    ],
)
def test_faults_name_the_column_that_the_file_has(cells, fault):
    """Both names at once, none, or a wrong one."""
    assert read({"rule": "max_centers", "level": "hard", **cells}) == ([], [fault])


def test_python_refuses_both_names_at_once():
    """Which of the two would hold?"""
    with pytest.raises(ValidationError, match="value"):
        MaxCenters(max_centers=2, value=2)


def test_the_old_name_in_python_warns_and_works():
    """Reading `rule.value`; copies with it; rules without one have none."""
    rule = MaxCenters(max_centers=2)

    with pytest.warns(DeprecationWarning, match="max_centers"):
        assert rule.value == 2
    assert rule.model_copy(update={"value": 3}) == MaxCenters(max_centers=3)
    assert RULES["coverage"]().parameter is None
    with pytest.raises(AttributeError):
        RULES["coverage"]().value  # noqa: B018 - reading it is what fails
    with pytest.raises(TypeError, match="no field wrong"):
        rule.model_copy(update={"wrong": 3})


def test_a_conflict_fills_the_parameter_into_the_sentence():
    """No name of a parameter in backticks reaches people."""
    from shiftplan.solving.conflict import find_conflict

    problem = plan(
        "M",
        "ana bob",
        1,
        each={"ana": {"group": "pair"}, "bob": {"group": "pair"}},
        pins=[{"volunteer_id": "ana", "shift_id": "M0", "state": "must"}],
        rules=[{"rule": "together", "group": "pair"}, {"rule": "apart", "group": "pair"}],
    )
    said = [str(member.message) for member in find_conflict(problem).members]

    assert any(text.startswith("A shift has at most 1 member of group pair: ") for text in said), (
        said
    )
