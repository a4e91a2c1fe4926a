"""Changes that do not fit the week, or each other.

(`Known`, changes) -> `Fault`s.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import timedelta

from shiftplan.errors import Fault, OtherRow
from shiftplan.errors.message import Message
from shiftplan.problem.changes.kinds import (
    TABLE,
    Absence,
    AnyChange,
    Cancellation,
    Closing,
    Need,
    Update,
    absent,
    closed,
)
from shiftplan.problem.crosscheck.known import Known
from shiftplan.week.demand import Demand
from shiftplan.week.records import Center, Pin, Preference, Requirement, Shift, Volunteer

_MINUTE = timedelta(minutes=1)
_CLOSED = "problem.takes_no_place"


def repeated(changes: Sequence[AnyChange]) -> Iterator[Fault]:
    """Yield the faults of changes that say the same as an earlier one."""
    first: dict[str, int] = {}
    for i, change in enumerate(changes):
        earlier = first.setdefault(repr(change), i)
        if earlier != i:
            message, other = Message("problem.repeated_change"), OtherRow(earlier)
            remedy = Message("problem.pasted_row")
            yield Fault(
                "duplicate_row", TABLE, message=message, remedy=remedy, index=i, other=other
            )


def unfit(known: Known, index: int, change: AnyChange) -> Iterator[Fault]:
    """Yield what is wrong with one change in a problem to which others have added already."""
    if isinstance(change, Absence):
        yield from known.unknown(TABLE, index, "volunteer_id", change.volunteer_id, "volunteers")
    if isinstance(change, Closing):
        yield from known.unknown(TABLE, index, "center_id", change.center_id, "centers")
    if isinstance(change, (Absence, Closing)):
        yield from _outside(known, index, change)
    if isinstance(change, Cancellation):
        yield from known.unknown(TABLE, index, "shift_id", change.shift_id, "shifts")
    row = change.row if isinstance(change, Update) else None
    if isinstance(row, Volunteer):
        yield from known.unknown(TABLE, index, "volunteer_id", row.volunteer_id, "volunteers")
    if isinstance(row, Center):
        yield from known.unknown(TABLE, index, "center_id", row.center_id, "centers")


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
        code: str | None = None
        if isinstance(change, Need):
            column, value = "shift_id", change.shift_id
            shift = shifts.get(value)
            if shift is not None and closed(changes, shift):
                code = _CLOSED
            if first.setdefault((Need, key_of(change)), change) != change:
                code = "problem.changed_requirement_twice"
        elif isinstance(change, Update):
            column, value = next(iter(change.row))
            if isinstance(change.row, Pin):
                code = _hopeless(change.row, changes, shifts)
            if first.setdefault((type(change.row), subject_of(change.row)), change) != change:
                code = "problem.changed_row_twice"
        if code:
            yield Fault("contradicting_changes", TABLE, column, value, Message(code), index=i)


def _hopeless(pin: Pin, changes: Sequence[AnyChange], shifts: Mapping[str, Shift]) -> str | None:
    """What is said of a new pin that another change makes impossible; None where none does."""
    shift = shifts.get(pin.shift_id)
    if shift is None or pin.state == "must_not":
        return None
    if closed(changes, shift):
        return _CLOSED
    return "problem.is_absent" if absent(changes, pin.volunteer_id, shift) else None


def subject_of(row: Center | Volunteer | Shift | Pin | Preference | Demand) -> Hashable:
    """What tells one row of its table from another."""
    if isinstance(row, Pin):
        return row.volunteer_id, row.shift_id
    if isinstance(row, Preference):
        return row.volunteer_id, row.shift_id, row.date, row.shifts
    if isinstance(row, Demand):
        return row.center_id, row.service_id, row.start, row.end
    if isinstance(row, Shift):
        return row.shift_id
    return row.volunteer_id if isinstance(row, Volunteer) else row.center_id


def key_of(need: Need | Requirement) -> tuple[str, str | None, int | None]:
    """What tells one requirement from another."""
    level = need.min_level or 1 if need.skill_id is not None else need.min_level
    return need.shift_id, need.skill_id, level
