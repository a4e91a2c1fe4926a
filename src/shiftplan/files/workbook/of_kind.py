"""What a workbook shows of the tables of a kind of work.

All columns of all tables -> those that the kind has a use for, and the rules that they can state.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from shiftplan.files.cells import write
from shiftplan.files.headings import is_own
from shiftplan.files.layout import TABLES, needed_of
from shiftplan.files.own_columns import beside
from shiftplan.files.sheet import SKILL, Tables
from shiftplan.rules import Rule
from shiftplan.week.kinds import WorkKind


def of_kind(tables: Tables, kind: WorkKind) -> Tables:
    """The tables without the columns that a kind of work has no use for, unless a row has one."""
    return {name: _narrow(name, *table, kind.columns.get(name)) for name, table in tables.items()}


def _narrow(
    table: str, header: list[str], rows: list[list[str]], shown: Collection[str] | None
) -> tuple[list[str], list[list[str]]]:
    if shown is None:
        return header, rows
    fields = TABLES[table].model.model_fields if table in TABLES else {}
    usual = {name: write(field.default) for name, field in fields.items()}
    keep = {*shown, *needed_of(table)}
    keep |= {
        name
        for place, name in enumerate(header)
        if name.startswith(SKILL) or any(row[place] != usual.get(name, "") for row in rows)
    }
    if own := [name for name in header if is_own(table, name)]:
        keep |= beside(table, own, keep)
    places = [place for place, name in enumerate(header) if name in keep]
    return [header[p] for p in places], [[row[p] for p in places] for row in rows]


def is_usable(rule: type[Rule], columns: Mapping[str, Sequence[str]]) -> bool:
    """Whether a rule can be used in sheets with these columns and no others."""
    centers, shown = {*columns["centers"]}, {*columns}.union(*columns.values())
    has_places = not rule.measures_distance or {"lat", "lon"} <= centers
    has_areas = not rule.is_of_areas or "minority_area" in centers
    needed = {column for column, name in rule.columns().items() if name not in rule.spared()}
    is_stated = needed <= {*columns["rules"]} and {*rule.reads} <= shown
    return has_places and has_areas and is_stated
