"""What may become different after a week was planned.

Values of a caller or a file -> changes, for `with_changes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shiftplan.week.demand import Demand
from shiftplan.week.fields import FallingPercents, Frozen, Id, Moment, People
from shiftplan.week.records import Availability, Center, Shift, StandBy, Volunteer
from shiftplan.week.requirements import Counted
from shiftplan.week.wishes import Pin, Preference

TABLE = "changes"
"""Name of the changes in faults."""


class Absence(Frozen):
    """Somebody cannot come, the whole horizon or from a moment to another."""

    volunteer_id: Id
    """Who."""
    start: Moment | None = None
    """First minute, wall-clock time; None for since ever."""
    end: Moment | None = None
    """First minute after it, wall-clock time; None for without end."""


class Closing(Frozen):
    """A center is closed, the whole horizon or from a moment to another."""

    center_id: Id
    """Where."""
    start: Moment | None = None
    """First minute, wall-clock time; None for since ever."""
    end: Moment | None = None
    """First minute after it, wall-clock time; None for without end."""


class Cancellation(Frozen):
    """A shift does not take place."""

    shift_id: Id
    """Which shift."""


class Need(Counted):
    """Other numbers of people are needed in a shift; a requirement that is not there is added."""

    shift_id: Id
    """Shift concerned."""
    minimum: People | None = None
    """People needed at least; None for as before, at most the target."""
    target: People | None = None
    """People wanted; None for as before."""
    needed_percent: FallingPercents | None = None
    """Chance in percent that a first, a second, ... person is needed; None for as before."""


class Arrival(Frozen):
    """Somebody new offers time."""

    volunteer: Volunteer
    """Who."""
    windows: tuple[Availability, ...] = ()
    """When the person can come."""


class Offer(Frozen):
    """Somebody can come at a time at which they could not before."""

    window: Availability
    """Who and when."""


class Update(Frozen):
    """A row of the week becomes different, or a shift, pin, wish, forecast or stand-by is new."""

    row: Center | Volunteer | Shift | Pin | Preference | Demand | StandBy
    """The whole row as it is now: it takes the place of the one about the same, which is told by
    its id; by person and shift for a pin; by person and shift, or date and `shifts`, for a
    preference; by center, service, start and end for demand; by person, start and end for
    somebody who stands by."""


AnyChange = Absence | Closing | Cancellation | Need | Arrival | Offer | Update
"""Any change of a week."""


def closed(changes: Iterable[AnyChange], shift: Shift) -> bool:
    """Whether changes say that a shift does not take place."""
    return any(
        change.shift_id == shift.shift_id
        if isinstance(change, Cancellation)
        else change.center_id == shift.center_id and _overlaps(change, shift)
        for change in changes
        if isinstance(change, (Cancellation, Closing))
    )


def gone_by(changes: Sequence[AnyChange], shifts: Iterable[Shift]) -> set[str]:
    """Ids of the shifts that do not take place, as changes say."""
    closings = [c for c in changes if isinstance(c, (Cancellation, Closing))]
    return {s.shift_id for s in shifts if closed(closings, s)} if closings else set()


def absences_in(changes: Iterable[AnyChange]) -> dict[str, list[Absence]]:
    """Volunteer id -> what changes say of when the person is absent."""
    found: dict[str, list[Absence]] = {}
    for change in changes:
        if isinstance(change, Absence):
            found.setdefault(change.volunteer_id, []).append(change)
    return found


def absent(changes: Iterable[AnyChange], volunteer_id: str, shift: Shift) -> bool:
    """Whether changes say that somebody is absent in a shift, or in a part of it."""
    return any(
        change.volunteer_id == volunteer_id and _overlaps(change, shift)
        for change in changes
        if isinstance(change, Absence)
    )


def _overlaps(change: Absence | Closing, shift: Shift) -> bool:
    return (change.start is None or change.start < shift.end) and (
        change.end is None or shift.start < change.end
    )
