"""The columns of the format are the fields of the input models."""

from __future__ import annotations

import pytest

from shiftplan.files.layout import TABLES, rule_columns
from shiftplan.rules import RULES

# Fields that stand in the files in another form: as date, start, end and end_date, or as skill.<id>
MOMENTS, LEVELS = {"start", "end"}, {"skills"}


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_fields(name: str) -> None:
    """No field of a model is left out of its table, and no column has no field."""
    table = TABLES[name]
    columns, fields = set(table.columns), set(table.model.model_fields)

    if table.interval:
        assert MOMENTS.issubset(fields)
        columns -= {"date", "end_date"}
    if name == "volunteers":
        fields -= LEVELS
    assert columns == fields
    assert set(table.needed) | set(table.rare) <= set(table.columns)


@pytest.mark.parametrize("name", TABLES)
def test_needed_columns_have_no_default(name: str) -> None:
    """A column is needed exactly when its field has no default."""
    table = TABLES[name]
    required = {n for n, info in table.model.model_fields.items() if info.is_required()}

    assert set(table.needed) - {"date"} == required


@pytest.mark.parametrize("kind", RULES)
def test_rule_columns_are_parameters(kind: str) -> None:
    """Every parameter of every rule is a column."""
    assert set(RULES[kind].model_fields) <= set(rule_columns())


def test_kinds_of_rule_columns() -> None:
    """What a column of the rules holds follows from the type of the parameter."""
    columns = rule_columns()

    assert list(columns)[:5] == ["rule", "level", "weight", "value", "note"]
    assert {columns[n] for n in ("weight", "value", "rolling_days", "mentor_level")} == {"whole"}
    assert {columns[n] for n in ("group", "shifts", "first", "weekend")} == {"names"}
    assert {columns[n] for n in ("note", "skill", "per")} == {"text"}
