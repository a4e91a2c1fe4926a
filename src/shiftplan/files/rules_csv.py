"""The table `rules`: one row per rule, rate or order; a column per parameter.

`Sheet` -> rules, rates, order; a problem -> rows of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from pydantic import ValidationError

from shiftplan.errors.message import Column, Message
from shiftplan.files import cells
from shiftplan.files.cells import LEAVE_BLANK, Bad, not_a_parameter
from shiftplan.files.headings import folded, known_words, named
from shiftplan.files.layout import Kind, kind_held, rule_columns
from shiftplan.files.rows import Rows
from shiftplan.files.sheet import Sheet
from shiftplan.files.sheet_references import References
from shiftplan.problem import Problem
from shiftplan.problem.nearest import Nearest
from shiftplan.problem.validation import explain, unknown_rule
from shiftplan.rules import RULES, Rule
from shiftplan.week.rates import Rate

_BASE = ("rule", "level", "weight", "value", "note")
_RATE, _ORDER = "rate", "order"
_LEVELS = ("hard", "off")
_ORDERS = ("total", "strict")


@dataclass
class RuleTable:
    """What the table says, and the row of each rule and rate."""

    rules: list[Rule] = field(default_factory=list)
    rule_rows: list[int] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    rate_rows: list[int] = field(default_factory=list)
    order: Literal["total", "strict"] = "total"


def read_rules(sheet: Sheet, references: References | None = None) -> RuleTable:
    """Read the sheet of rules; a blank cell is the default of the parameter.

    A rule may be called by its id or by its name in any language, such as `Số ca tối đa trong kỳ`.
    A note beside a rate or the order is for readers of the file only. `references`: what finds
    skills by their names.
    """
    reader = _RuleReader(sheet, references)
    ordered, names, ids = False, Nearest([*RULES, _RATE, _ORDER]), _ids_by_name()
    for index, given in enumerate(reader.rows.records()):
        kind = _id_of(given.pop("rule", ""), ids)
        if kind == _ORDER:
            if ordered:
                bad = Bad("duplicate_row", Message("files.order_given"))
                reader.rows.fault(index, "rule", bad)
            ordered = True
            reader.read_order(index, given)
        elif kind == _RATE:
            reader.read_rate(index, given)
        elif kind in RULES:
            reader.read_rule(index, RULES[kind], given)
        elif kind:
            reader.rows.fault(index, "rule", Bad(*unknown_rule(kind, names)))
    return reader.table


def _ids_by_name() -> dict[str, str]:
    """Name of a rule in any language, folded -> its id."""
    words = {kind: named(f"rule.{kind}") for kind in RULES}
    return {
        folded(form): kind
        for kind, text in words.items()
        if text
        for say in known_words()
        for form in (say(text), f"{say(text)} ({kind})")
    }


def _id_of(text: str, ids: Mapping[str, str]) -> str:
    """The id of a rule that a cell holds, or its name; any other text stays."""
    return text if text in RULES else ids.get(folded(text), text)


class _RuleReader:
    def __init__(self, sheet: Sheet, references: References | None) -> None:
        self.table, self.orders = RuleTable(), Nearest(_ORDERS)
        self.rows = Rows(sheet, references)
        self.rows.read(rule_columns(), ("rule",), _apart(sheet))

    def _refuse_foreign(self, index: int, kind: str, given: Iterable[str], own: set[str]) -> None:
        """Add the faults of cells that mean nothing for a row of this kind."""
        for column in given:
            if column not in {*own, "note"}:
                self.rows.fault(index, column, not_a_parameter(kind, column, sorted(own)))

    def _read_hours(self, index: int, given: dict[str, Any]) -> None:
        """Put hours as they are written, such as 22:00-06:00, in place of 22h-6h."""
        if (text := given.get("hours")) is not None:
            span = cells.read_span(text, self.rows.sheet.sessions)
            if isinstance(span, Bad):
                self.rows.fault(index, "hours", span)
                del given["hours"]
            else:
                given["hours"] = cells.written(span)

    def read_order(self, index: int, given: dict[str, Any]) -> None:
        self._refuse_foreign(index, _ORDER, given, {"value"})
        order = given.get("value", "")
        if order in _ORDERS:
            self.table.order = "strict" if order == "strict" else "total"
        else:
            bad = Bad("not_one_of", Message("files.order_needed"), self.orders.remedy(order))
            self.rows.fault(index, "value", bad)

    def read_rate(self, index: int, given: dict[str, Any]) -> None:
        rows = self.rows
        self._refuse_foreign(index, _RATE, given, {"level", "weight"})
        for column in ("level", "weight"):
            if column not in given and column not in rows.bad.get(index, ()):
                rows.fault(index, column, Bad("missing_value", Message("files.value_needed")))
        if index in rows.bad:
            return
        try:
            self.table.rates.append(Rate(level=given["level"], rate=given["weight"]))
            self.table.rate_rows.append(index)
        except ValidationError as error:
            for details in error.errors(include_url=False):
                column = "weight" if details["loc"] == ("rate",) else "level"
                rows.fault(index, column, Bad(*explain(details, Rate)))

    def read_rule(self, index: int, model: type[Rule], given: dict[str, Any]) -> None:
        rows, columns, kind = self.rows, model.columns(), model.model_fields["rule"].default
        named, others_of = columns.get("value", ""), model.other_names()
        for other, column in others_of.items():
            if {other, column} <= given.keys():
                facts = {"name": Column(other), "value": Column(column)}
                message = Message("files.parameter_twice", rule=kind, **facts)
                rows.fault(index, other, Bad("not_a_parameter", message, LEAVE_BLANK))
                del given[column]
        own = {*columns, *others_of}
        others = [column for column in given if column not in others_of]
        self._read_hours(index, given)
        self._refuse_foreign(index, kind, others, {*columns} - {"rule", "note"})
        values: dict[str, Any] = {column: given[column] for column in given if column in own}
        level = _level(model, given.get("level", ""))
        if isinstance(level, Bad):
            rows.fault(index, "level", level)
        elif level is not None:
            values["level"] = level
        faulty = set(rows.bad.get(index, ()))
        try:
            rule = model.model_validate(values)
        except ValidationError as error:
            for details in error.errors(include_url=False):
                column = str(details["loc"][0])
                if column == named and column not in rows.values:
                    column = "value"
                if column not in faulty:
                    faulty.add(column)
                    bad = Bad(*explain(details, model))
                    if column == "level":
                        bad = Bad("not_one_of", model.levels(), model.instead_of(level))
                    rows.fault(index, column, bad)
        if not faulty:
            self.table.rules.append(rule)
            self.table.rule_rows.append(index)


def _apart(sheet: Sheet) -> dict[str, dict[int, Kind]]:
    """Column -> row -> kind of its cell, where the row's rule has another one than the column.

    What a rule does not have is text, so that nothing is told of it but that.
    """
    found: dict[str, dict[int, Kind]] = {}
    columns = {name: kind for name, kind in rule_columns().items() if name in sheet.header}
    ids = _ids_by_name()
    for index, text in enumerate(sheet.column("rule") or []):
        own: dict[str, Kind] = {}
        rule = _id_of(text, ids)
        if rule == _RATE:
            own = {"level": "whole", "weight": "whole"}
        elif rule in RULES:
            model = RULES[rule]
            own = {name: kind_held(info.annotation) for name, info in model.model_fields.items()}
            own = {c: own[n] for c, n in model.columns().items()} | own | {"level": "text"}
        for name, kind in columns.items():
            if own.get(name, "text") != kind:
                found.setdefault(name, {})[index] = own.get(name, "text")
    return found


def _level(model: type[Rule], cell: str) -> int | str | Bad | None:
    """Read the level of a rule; None for a blank cell."""
    if cell in ("", *_LEVELS):
        return cell or None
    whole = cells.read_whole(cell)
    if not isinstance(whole, Bad):
        return whole
    allowed = model.model_fields["level"].annotation
    parts = (allowed, *get_args(allowed))
    words = [word for word in _LEVELS if any(word in get_args(part) for part in parts)]
    return Bad("not_one_of", model.levels(), Nearest(words).remedy(cell))


def rule_rows(problem: Problem, *, whole: bool = False) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a problem's rules, rates and order; `whole`: with unused columns."""
    entries: list[dict[str, object]] = [
        {column: getattr(rule, name) for column, name in rule.columns().items()}
        for rule in problem.rules
    ]
    entries += [{"rule": _RATE, "level": r.level, "weight": r.rate} for r in problem.rates]
    if problem.order != "total":
        entries.append({"rule": _ORDER, "value": problem.order})
    texts = [{name: cells.write(value) for name, value in entry.items()} for entry in entries]
    used = {name for entry in texts for name, text in entry.items() if text}
    if whole:
        used.update(*(model.columns() for model in RULES.values()))
    header = [name for name in rule_columns() if name in _BASE or name in used]
    return header, [[entry.get(name, "") for name in header] for entry in texts]
