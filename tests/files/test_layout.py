"""The columns of the format are the fields of the input models."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from files.weeks import write_texts

from shiftplan.errors import InputError
from shiftplan.errors.message import languages
from shiftplan.files.csv_text import CsvTable
from shiftplan.files.headings import heading, meaning
from shiftplan.files.layout import TABLES, columns_of_model, rule_columns
from shiftplan.present.words import Lang
from shiftplan.rules import RULES
from shiftplan.week.fields import Frozen, Id, NameSet
from shiftplan.week.records import Shift

# Fields that stand in the files in another form: as date, start, end and end_date, as skill.<id>,
# or under titles of people's own
MOMENTS, LEVELS, OWN = {"start", "end"}, {"skills"}, {"extra"}


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
    if name in ("centers", "volunteers", "shifts"):
        fields -= OWN
    assert columns == fields
    assert set(table.needed) | set(table.rare) <= set(table.columns)


@pytest.mark.parametrize("name", TABLES)
def test_needed_columns_have_no_default(name: str) -> None:
    """A column is needed exactly when its field has no default, but for times of whole days."""
    table = TABLES[name]
    required = {n for n, info in table.model.model_fields.items() if info.is_required()}

    whole_days = {"start", "end"} if table.whole_days else set()
    assert set(table.needed) - {"date"} == required - whole_days


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


class Hut(Frozen):
    """A row of a table that nobody has translated yet."""

    hut_id: Id
    """The hut."""
    beds: int = 0
    """Its beds."""
    height_m: float | None = None
    """Metres above the sea."""
    opened: dt.date | None = None
    """When it opened."""
    staffed: bool = False
    """Whether somebody is there."""
    tags: NameSet = ()
    """What it is known for."""


HUTS = CsvTable(Hut, name="huts", last="opened")


def test_columns_and_their_kinds_come_from_the_fields() -> None:
    """Names, kinds and what is needed, in the order of the fields but for the last one."""
    assert HUTS.columns == {
        "hut_id": "text",
        "beds": "whole",
        "height_m": "decimal",
        "staffed": "flag",
        "tags": "names",
        "opened": "date",
    }
    assert list(HUTS.columns)[-1] == "opened"
    assert HUTS.needed == ("hut_id",)
    assert list(columns_of_model(Shift))[2:6] == ["date", "start", "end", "end_date"]


def test_a_table_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """Every kind of column, and a text that looks like a formula."""
    day = dt.date(2026, 12, 7)
    huts = (Hut(hut_id="=A1", beds=12, height_m=-1.5, opened=day, tags=("a", "b")), Hut(hut_id="b"))

    write_texts(tmp_path, {"huts": HUTS.text(huts)})
    file = tmp_path / "huts.csv"

    assert file.read_text().splitlines()[1] == "'=A1,12,-1.5,0,a|b,2026-12-07"
    assert HUTS.read(file).good() == huts


def test_faults_of_a_table_are_in_the_order_of_its_rows(tmp_path: Path) -> None:
    """A cell that is no number, and a blank one that is needed."""
    write_texts(tmp_path, {"huts": "hut_id,beds\na,many\n,2\n"})
    with pytest.raises(InputError) as caught:
        HUTS.read(tmp_path / "huts.csv").good()

    found = [(fault.code, fault.file, fault.row, fault.column) for fault in caught.value.faults]
    assert found == [
        ("not_a_whole_number", "huts.csv", 2, "beds"),
        ("missing_value", "huts.csv", 3, "hut_id"),
    ]


@pytest.mark.parametrize("lang", languages())
def test_a_column_works_before_it_is_translated(lang: Lang) -> None:
    """Its heading is its name, and no comment explains it."""
    assert heading("huts", "height_m", lang) == "Height m"
    assert meaning("huts", "height_m", lang) == ""
