"""Assumptions about a week that a sweep varies, as people type them.

Texts such as `demand.factor=0.9,1,1.1` -> axes of `Assumption`s -> changed problems.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shiftplan.citizens.staffing import staff
from shiftplan.errors import Fault, FaultCode, InputError
from shiftplan.errors.message import Column, Message, OfRule
from shiftplan.files.cells import not_a_parameter
from shiftplan.files.rules_csv import read_rules, rule_rows
from shiftplan.files.sheet import Sheet
from shiftplan.problem import Problem
from shiftplan.problem.nearest import Nearest
from shiftplan.problem.validation import unknown_rule
from shiftplan.rules import RULES

DEMAND, PEOPLE = "demand.factor", "volunteers.share"
"""What can be varied beside the parameters of rules."""
MOST_VARIANTS = 200
"""Variants of a sweep."""
_RULES, _OFF = "rules", "off"
_MOST_FACTOR = 100.0


@dataclass(frozen=True, slots=True)
class Assumption:
    """One value of what is varied."""

    key: str
    """`rules.<kind>.<column>`, `demand.factor` or `volunteers.share`."""
    value: str
    """As it was typed."""

    def __str__(self) -> str:
        return f"{self.key}={self.value}"

    @property
    def message(self) -> Message:
        """The assumption for people, such as “expected citizens × 0.9”."""
        if self.key == DEMAND:
            return Message("sweeps.demand", factor=float(self.value))
        if self.key == PEOPLE:
            return Message("sweeps.people", share=float(self.value))
        _, kind, column = self.key.split(".")
        if column == "level" and self.value == _OFF:
            return Message("sweeps.without_rule", rule=OfRule(kind))
        where = Column(column, _RULES)
        return Message("sweeps.rule", rule=OfRule(kind), column=where, value=self.value)

    def of(self, problem: Problem, seed: int = 0) -> Problem:
        """The problem under the assumption.

        Raises
        ------
        InputError
            The value is not allowed, or the problem has nothing that it concerns.
        """
        if self.key == DEMAND:
            return _with_demand(problem, float(self.value))
        if self.key == PEOPLE:
            return _with_people(problem, float(self.value), seed)
        return self._with_rule(problem)

    def _with_rule(self, problem: Problem) -> Problem:
        _, kind, column = self.key.split(".")
        columns = RULES[kind].columns()
        written = next((c for c, name in columns.items() if column in (c, name)), "")
        if written in ("", "rule", "note"):
            own = sorted({*columns, *columns.values()} - {"rule", "note"})
            raise self._fault("not_a_parameter", not_a_parameter(kind, column, own).message)
        header, rows = rule_rows(problem, whole=True)
        of_kind, place = header.index("rule"), header.index(written)
        concerned = [row for row in rows if row[of_kind] == kind]
        is_switched_off = (column, self.value) == ("level", _OFF)
        if is_switched_off and "'off'" not in str(RULES[kind].model_fields["level"].annotation):
            rows = [row for row in rows if row[of_kind] != kind]
        else:
            if not concerned:
                concerned = [["" for _ in header]]
                concerned[0][of_kind] = kind
                rows.append(concerned[0])
            for row in concerned:
                row[place] = self.value
        sheet = Sheet(_RULES, "", header, rows=rows, lines=list(range(2, len(rows) + 2)))
        table = read_rules(sheet)
        if sheet.faults:
            first = sheet.faults[0]
            raise self._fault(first.code, first.message, first.remedy)
        changed = problem.model_copy(update={"rules": tuple(table.rules)})
        changed.need_fit()
        return changed

    def _fault(
        self, code: FaultCode, message: Message | str, remedy: Message | str = ""
    ) -> InputError:
        return InputError([Fault(code, "options", "vary", str(self), message, remedy=remedy)])


Variant = tuple[Assumption, ...]
"""A value of everything that is varied."""


def read_axes(texts: Iterable[str]) -> tuple[Variant, ...]:
    """The values of each thing that is varied, as typed: `KEY=VALUE,VALUE`.

    Raises
    ------
    InputError
        A text names nothing that can be varied, a value that is not allowed, or the same twice; or
        there are more than 200 variants.
    """
    axes: list[Variant] = []
    faults: list[Fault] = []

    def wrong(code: FaultCode, text: str, message: Message, remedy: Message | str = "") -> None:
        faults.append(Fault(code, "options", "vary", text, message, remedy=remedy))

    for text in texts:
        key, sign, values = (part.strip() for part in text.partition("="))
        parts = key.split(".")
        axis = tuple(Assumption(key, value.strip()) for value in values.split(","))
        if parts[0] == _RULES and len(parts) == 3 and parts[1] not in RULES:
            code, message, remedy = unknown_rule(parts[1], Nearest(RULES))
            wrong(code, key, message, remedy)
        elif key not in (DEMAND, PEOPLE) and not (parts[0] == _RULES and len(parts) == 3):
            wrong("not_one_of", key, Message("sweeps.key_needed", demand=DEMAND, people=PEOPLE))
        elif not sign or not all(each.value for each in axis):
            wrong("missing_value", text, Message("sweeps.values_needed"))
        elif len(set(axis)) < len(axis) or any(key == other[0].key for other in axes):
            wrong("duplicate_row", text, Message("sweeps.twice"))
        elif key == DEMAND and not all(_is_within(a.value, _MOST_FACTOR) for a in axis):
            wrong("out_of_range", text, Message("sweeps.factor_needed", most=_MOST_FACTOR))
        elif key == PEOPLE and not all(_is_within(a.value, 1.0) for a in axis):
            wrong("out_of_range", text, Message("sweeps.share_needed"))
        else:
            axes.append(axis)
    count = math.prod(map(len, axes))
    if not faults and count > MOST_VARIANTS:
        wrong("out_of_range", str(count), Message("sweeps.too_many", most=MOST_VARIANTS))
    if faults:
        raise InputError(faults)
    return tuple(axes)


def variants_of(axes: Sequence[Variant]) -> tuple[Variant, ...]:
    """Every combination of a value of each axis, the last one varying fastest."""
    return tuple(itertools.product(*axes))


def assuming(problem: Problem, variant: Variant, seed: int = 0) -> Problem:
    """The problem under all assumptions of a variant; InputError as `Assumption.of` raises it."""
    for assumption in variant:
        problem = assumption.of(problem, seed)
    return problem


def _is_within(text: str, most: float) -> bool:
    """Whether a text is a number above 0, and no more than `most`."""
    try:
        return 0 < float(text) <= most
    except ValueError:
        return False


def _with_demand(problem: Problem, factor: float) -> Problem:
    """The forecast times a factor, and requirements made from it anew."""

    def times(value: float | None) -> float | None:
        return None if value is None else value * factor

    demand = (
        row.model_copy(
            update={
                name: times(getattr(row, name))
                for name in ("arrivals", "arrivals_low", "arrivals_high")
            }
        )
        for row in problem.demand
    )
    return staff(problem.model_copy(update={"demand": tuple(demand)})).problem


def _with_people(problem: Problem, share: float, seed: int) -> Problem:
    """So many people offer time, drawn at random; those of a smaller share are among them."""
    people = [v.volunteer_id for v in problem.volunteers]
    random.Random(seed).shuffle(people)
    away = set(people[round(share * len(people)) :])
    tables = {
        name: tuple(row for row in getattr(problem, name) if row.volunteer_id not in away)
        for name in ("availability", "pins")
    }
    return problem.model_copy(update=tables)
