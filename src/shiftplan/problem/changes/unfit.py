"""Changes that do not fit the week, or each other.

(`Known`, changes) -> `Fault`s.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import timedelta

from shiftplan.errors import Fault, OtherRow
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


def repeated(changes: Sequence[AnyChange]) -> Iterator[Fault]:
    """Yield the faults of changes that say the same as an earlier one."""
    first: dict[str, int] = {}
    for i, change in enumerate(changes):
        earlier = first.setdefault(repr(change), i)
        if earlier != i:
            message, other = "an earlier change says the same", OtherRow(earlier)
            remedy = "Maybe a row was pasted twice; keep one of them."
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
        message = ""
        if isinstance(change, Need):
            column, value = "shift_id", change.shift_id
            shift = shifts.get(value)
            if shift is not None and closed(changes, shift):
                message = "another change says that this shift does not take place"
            if first.setdefault((Need, key_of(change)), change) != change:
                message = "another change says something else about this requirement"
        elif isinstance(change, Update):
            column, value = next(iter(change.row))
            if isinstance(change.row, Pin):
                message = _hopeless(change.row, changes, shifts)
            if first.setdefault((type(change.row), subject_of(change.row)), change) != change:
                message = "another change says something else about the same row"
        if message:
            yield Fault("contradicting_changes", TABLE, column, value, message, index=i)


def _hopeless(pin: Pin, changes: Sequence[AnyChange], shifts: Mapping[str, Shift]) -> str:
    """Which change makes a new pin impossible; empty where none does."""
    shift = shifts.get(pin.shift_id)
    if shift is None or pin.state == "must_not":
        return ""
    if closed(changes, shift):
        return "another change says that this shift does not take place"
    is_away = absent(changes, pin.volunteer_id, shift)
    return "another change says that this person is absent then" if is_away else ""


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
