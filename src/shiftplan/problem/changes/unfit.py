"""Changes that do not fit the week, or each other.

(`Known`, changes) -> `Fault`s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from shiftplan.faults import Fault, Place
from shiftplan.problem.changes.kinds import (
    TABLE,
    Absence,
    AnyChange,
    Cancellation,
    Closing,
    Need,
    closed,
)
from shiftplan.problem.crosscheck.known import Known
from shiftplan.problem.records import Requirement

_MINUTE = timedelta(minutes=1)


def repeated(changes: Sequence[AnyChange]) -> Iterator[Fault]:
    """Yield the faults of changes that say the same as an earlier one."""
    first: dict[str, int] = {}
    for i, change in enumerate(changes):
        earlier = first.setdefault(repr(change), i)
        if earlier != i:
            message, other = "an earlier change says the same", Place(earlier)
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
    """Yield the faults of requirements of closed shifts, and of those that are changed twice."""
    shifts = {s.shift_id: s for s in known.problem.shifts}
    closings = [change for change in changes if isinstance(change, (Cancellation, Closing))]
    first: dict[tuple[str, str | None, int | None], Need] = {}
    for i, change in enumerate(changes):
        if not isinstance(change, Need):
            continue
        shift, message = shifts.get(change.shift_id), ""
        if shift is not None and closed(closings, shift):
            message = "another change says that this shift does not take place"
        if first.setdefault(key_of(change), change) != change:
            message = "another change says something else about this requirement"
        if message:
            value = change.shift_id
            yield Fault("contradicting_changes", TABLE, "shift_id", value, message, index=i)


def key_of(need: Need | Requirement) -> tuple[str, str | None, int | None]:
    """What tells one requirement from another."""
    level = need.min_level or 1 if need.skill_id is not None else need.min_level
    return need.shift_id, need.skill_id, level
