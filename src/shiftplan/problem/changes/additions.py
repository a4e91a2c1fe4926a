"""Rows that changes add to a week or put in the place of others, and changes that do not fit.

(`Problem`, changes) -> `Additions`, and `Fault`s at the changes they come from.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from shiftplan.errors import Fault, OtherRow
from shiftplan.errors.message import Message, Table
from shiftplan.problem.changes import kinds
from shiftplan.problem.changes.kinds import TABLE, Absence, AnyChange, Closing, Need, Update
from shiftplan.problem.crosscheck import find_faults
from shiftplan.problem.known import Known, fault
from shiftplan.week.demand import Demand
from shiftplan.week.records import Center, Shift, StandBy, Volunteer
from shiftplan.week.requirements import Requirement
from shiftplan.week.wishes import Pin, Preference

if TYPE_CHECKING:
    from shiftplan.problem import Problem

_TABLES: dict[type, str] = {
    Center: "centers",
    Volunteer: "volunteers",
    Shift: "shifts",
    Pin: "pins",
    Preference: "preferences",
    Demand: "demand",
    StandBy: "stand_by",
}
_ONLY_KNOWN = ("centers", "volunteers")
"""Tables whose rows an update replaces; new people arrive, and a new center is another week."""
_MINUTE = timedelta(minutes=1)


class Additions:
    """The problem with the rows that changes bring, and the change each comes from."""

    def __init__(self, problem: Problem, changes: Sequence[AnyChange]) -> None:
        self._week = problem
        self._rows: dict[str, list[Any]] = {}
        self._places: dict[str, dict[Hashable, int]] = {}
        self._origin: dict[tuple[str, int], int] = {}
        self._lacking: list[Fault] = []
        for i, change in enumerate(changes):
            match change:
                case kinds.Arrival():
                    self._add("volunteers", change.volunteer, i)
                    for window in change.windows:
                        self._add("availability", window, i)
                case kinds.Offer():
                    self._add("availability", change.window, i)
                case Need():
                    self._require(change, i)
                case Update():
                    table, subject = _TABLES[type(change.row)], _subject_of(change.row)
                    self._put(table, subject, change.row, i)
        self.problem = problem
        if self._origin:
            tables = {name: tuple(rows) for name, rows in self._rows.items()}
            self.problem = problem.model_copy(update=tables)

    def _table(self, table: str) -> list[Any]:
        return self._rows.setdefault(table, list(getattr(self._week, table)))

    def _add(self, table: str, row: Any, change: int) -> None:
        rows = self._table(table)
        self._origin[table, len(rows)] = change
        rows.append(row)

    def _place(self, table: str, subject: Hashable) -> int | None:
        """Where the row on a subject stands; None where there is none."""
        if table not in self._places:
            key = _key_of if table == "requirements" else _subject_of
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
        if (change.minimum, change.target, change.needed_percent) == (None, None, None):
            return self._lack(index, "problem.changes_nothing")
        place = self._place("requirements", _key_of(change))
        before = None if place is None else self._table("requirements")[place]
        target = change.target
        if target is None:
            if before is None:
                return self._lack(index, "problem.needs_target")
            target = before.target
        minimum = change.minimum
        if minimum is None:
            minimum = 0 if before is None else min(before.minimum, target)
        was = () if before is None else before.needed_percent
        chances = was if change.needed_percent is None else change.needed_percent
        amounts = {"minimum": minimum, "target": target, "needed_percent": chances}
        need = (
            Requirement.model_validate({**dict(change), **amounts})
            if before is None
            else before.model_copy(update=amounts)
        )
        return self._put("requirements", _key_of(change), need, index)

    def _lack(self, index: int, said: str) -> None:
        self._lacking.append(fault("missing_value", TABLE, index, "target", "", said))

    def faults(self) -> Iterator[Fault]:
        """Yield what does not fit the problem, each at its change."""
        yield from self._lacking
        for found in find_faults(self.problem) if self._origin else ():
            message = found.message
            if message == Message("problem.repeated_id"):
                message = Message("files.id_taken", table=Table(found.table))
            index = None if found.index is None else self._change(found.table, found.index)
            other = None if found.other is None else self._change(found.table, found.other.index)
            place = None if other is None else OtherRow(other)
            yield replace(found, table=TABLE, index=index, message=message, other=place)

    def _change(self, table: str, index: int) -> int | None:
        return self._origin.get((table, index))


def repeated(changes: Sequence[AnyChange]) -> Iterator[Fault]:
    """Yield the faults of changes that say the same as an earlier one."""
    first: dict[str, int] = {}
    for i, change in enumerate(changes):
        earlier = first.setdefault(repr(change), i)
        if earlier != i:
            said, remedy = "problem.repeated_change", "problem.pasted_row"
            yield fault("duplicate_row", TABLE, i, "", "", said, remedy=remedy, other=earlier)


def unfit(known: Known, index: int, change: AnyChange) -> Iterator[Fault]:
    """Yield what is wrong with one change in a problem to which others have added already."""
    row = change.row if isinstance(change, Update) else change
    if isinstance(row, Absence | Volunteer):
        yield from known.unknown(TABLE, index, "volunteer_id", row.volunteer_id, "volunteers")
    if isinstance(row, Closing | Center):
        yield from known.unknown(TABLE, index, "center_id", row.center_id, "centers")
    if isinstance(change, Absence | Closing):
        yield from _outside(known, index, change)
    if isinstance(change, kinds.Cancellation):
        yield from known.unknown(TABLE, index, "shift_id", change.shift_id, "shifts")


def _outside(known: Known, index: int, change: Absence | Closing) -> Iterator[Fault]:
    """Yield the faults of an interval that is reversed, or that no planned day is in."""
    start, end = change.start, change.end
    if start is not None and end is not None and end <= start:
        yield from known.interval(TABLE, index, start, end)
        return
    horizon = known.problem.horizon
    if start is not None and start.date() >= horizon.end:
        yield from known.outside(TABLE, index, "start", start.date())
    elif end is not None and (last := end - _MINUTE).date() < horizon.start:
        yield from known.outside(TABLE, index, "end", last.date())


def contradicting(known: Known, changes: Sequence[AnyChange]) -> Iterator[Fault]:
    """Yield the faults of needs and pins of closed shifts, and of what is changed twice."""
    shifts = known.problem.shift_by_id
    first: dict[Hashable, AnyChange] = {}
    for i, change in enumerate(changes):
        said: str | None = None
        if isinstance(change, Need):
            column, value = "shift_id", change.shift_id
            shift = shifts.get(value)
            if shift is not None and kinds.closed(changes, shift):
                said = "problem.takes_no_place"
            if first.setdefault((Need, _key_of(change)), change) != change:
                said = "problem.changed_requirement_twice"
        elif isinstance(change, kinds.Arrival):
            column, value = "volunteer_id", change.volunteer.volunteer_id
            if isinstance(first.setdefault((Volunteer, value), change), Update):
                said = "problem.changed_row_twice"
        elif isinstance(change, Update):
            column, value = next(iter(change.row))
            if isinstance(change.row, Pin):
                said = _hopeless(change.row, changes, shifts)
            if first.setdefault((type(change.row), _subject_of(change.row)), change) != change:
                said = "problem.changed_row_twice"
        if said:
            yield fault("contradicting_changes", TABLE, i, column, value, said)


def _hopeless(pin: Pin, changes: Sequence[AnyChange], shifts: Mapping[str, Shift]) -> str | None:
    """What is said of a new pin that another change makes impossible; None where none does."""
    shift = shifts.get(pin.shift_id)
    if shift is None or pin.state == "must_not":
        return None
    if kinds.closed(changes, shift):
        return "problem.takes_no_place"
    return "problem.is_absent" if kinds.absent(changes, pin.volunteer_id, shift) else None


def _subject_of(row: Center | Volunteer | Shift | Pin | Preference | Demand | StandBy) -> Hashable:
    """What tells one row of its table from another."""
    if isinstance(row, Pin):
        return row.volunteer_id, row.shift_id
    if isinstance(row, Preference):
        return row.volunteer_id, row.shift_id, row.date, row.shifts
    if isinstance(row, Demand):
        return row.center_id, row.service_id, row.start, row.end
    if isinstance(row, StandBy):
        return row.volunteer_id, row.start, row.end
    if isinstance(row, Shift):
        return row.shift_id
    return row.volunteer_id if isinstance(row, Volunteer) else row.center_id


def _key_of(need: Need | Requirement) -> Hashable:
    """What tells one requirement from another."""
    return need.shift_id, need.conditions, need.min_level if need.is_of_heads else None
