"""Rows that changes add to a week or put in the place of others.

(`Problem`, changes) -> `Problem`, and the faults of its rows at the changes they come from.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from shiftplan.errors import Fault, OtherRow
from shiftplan.errors.message import Message, Table
from shiftplan.problem.changes.kinds import TABLE, AnyChange, Arrival, Need, Offer, Update
from shiftplan.problem.changes.unfit import key_of, subject_of
from shiftplan.problem.crosscheck import find_faults
from shiftplan.week.demand import Demand
from shiftplan.week.records import (
    Center,
    Pin,
    Preference,
    Requirement,
    Shift,
    Volunteer,
)

if TYPE_CHECKING:
    from shiftplan.problem import Problem

_TABLES: dict[type, str] = {
    Center: "centers",
    Volunteer: "volunteers",
    Shift: "shifts",
    Pin: "pins",
    Preference: "preferences",
    Demand: "demand",
}
_ONLY_KNOWN = ("centers", "volunteers")
"""Tables whose rows an update replaces; new people arrive, and a new center is another week."""


class Additions:
    """The problem with the rows that changes bring, and the change each comes from."""

    def __init__(self, problem: Problem, changes: Sequence[AnyChange]) -> None:
        self._week = problem
        self._rows: dict[str, list[Any]] = {}
        self._places: dict[str, dict[Hashable, int]] = {}
        self._origin: dict[tuple[str, int], int] = {}
        self._lacking: list[Fault] = []
        for i, change in enumerate(changes):
            if isinstance(change, Arrival):
                self._add("volunteers", change.volunteer, i)
            windows = change.windows if isinstance(change, Arrival) else ()
            windows = (change.window,) if isinstance(change, Offer) else windows
            for window in windows:
                self._add("availability", window, i)
            if isinstance(change, Need):
                self._require(change, i)
            if isinstance(change, Update):
                table, subject = _TABLES[type(change.row)], subject_of(change.row)
                self._put(table, subject, change.row, i)
        self.problem = problem
        if self._origin:
            tables = {name: tuple(rows) for name, rows in self._rows.items()}
            self.problem = problem.model_copy(update=tables)

    def _table(self, table: str) -> list[Any]:
        """The rows of a table as they are by now."""
        return self._rows.setdefault(table, list(getattr(self._week, table)))

    def _add(self, table: str, row: Any, change: int) -> None:
        rows = self._table(table)
        self._origin[table, len(rows)] = change
        rows.append(row)

    def _place(self, table: str, subject: Hashable) -> int | None:
        """Where the row on a subject stands; None where there is none."""
        if table not in self._places:
            key = key_of if table == "requirements" else subject_of
            rows = getattr(self._week, table)
            self._places[table] = {key(row): i for i, row in enumerate(rows)}
        return self._places[table].get(subject)

    def _put(self, table: str, subject: Hashable, row: Any, change: int) -> None:
        """Put a row in the place of the one on the same subject, or add it."""
        place = self._place(table, subject)
        if place is not None:
            self._origin[table, place] = change
            self._table(table)[place] = row
        elif table not in _ONLY_KNOWN:
            self._places[table][subject] = len(self._table(table))
            self._add(table, row, change)

    def _require(self, change: Need, index: int) -> None:
        if change.minimum is None and change.target is None:
            message = Message("problem.changes_nothing")
            self._lacking.append(Fault("missing_value", TABLE, "target", "", message, index=index))
            return
        place = self._place("requirements", key_of(change))
        before = None if place is None else self._table("requirements")[place]
        target = change.target
        if target is None:
            if before is None:
                message = Message("problem.needs_target")
                self._lacking.append(
                    Fault("missing_value", TABLE, "target", "", message, index=index)
                )
                return
            target = before.target
        minimum = change.minimum
        if minimum is None:
            minimum = 0 if before is None else min(before.minimum, target)
        need = Requirement(
            shift_id=change.shift_id,
            skill_id=change.skill_id,
            min_level=change.min_level,
            minimum=minimum,
            target=target,
            reason="" if before is None else before.reason,
        )
        self._put("requirements", key_of(change), need, index)

    def faults(self) -> Iterator[Fault]:
        """Yield what does not fit the problem, each at its change."""
        yield from self._lacking
        for fault in find_faults(self.problem) if self._origin else ():
            message = fault.message
            if message == Message("problem.repeated_id"):
                message = Message("files.id_taken", table=Table(fault.table))
            index = None if fault.index is None else self._change(fault.table, fault.index)
            other = None if fault.other is None else self._change(fault.table, fault.other.index)
            place = None if other is None else OtherRow(other)
            yield replace(fault, table=TABLE, index=index, message=message, other=place)

    def _change(self, table: str, index: int) -> int | None:
        """The change that a row comes from; None for a row of the week."""
        return self._origin.get((table, index))
