"""What a row of a file of late changes says.

Kind of change, values of its columns -> change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from shiftplan.files import cells
from shiftplan.problem.changes import (
    Absence,
    AnyChange,
    Arrival,
    Cancellation,
    Closing,
    Need,
    Offer,
    Update,
)
from shiftplan.week.demand import Demand
from shiftplan.week.fields import Frozen
from shiftplan.week.records import (
    Availability,
    Center,
    Pin,
    Preference,
    Shift,
    Volunteer,
)

SPAN = ("date", "start", "end")
"""Columns of an interval."""


class SkillError(ValueError):
    """A skill that is not written as it should be."""


def change_of(kind: str, record: dict[str, Any], before: Frozen | None = None) -> AnyChange:
    """Make the change that a row of a kind tells; its values are used up.

    Parameters
    ----------
    kind, record
        What the row is, and the values of its columns.
    before
        The row of the week that becomes different, for kinds that are about one.

    Raises
    ------
    ValidationError
        A value is out of range.
    OverflowError
        There is no such date.
    SkillError
        A skill is not written as a name, or as a name, a colon and a level.
    """
    if kind in _UPDATES:
        return Update(row=_row(kind, record, before))
    if kind in ("absent", "closed", "available"):
        record.pop("name", None)
        start, end = _moments(*(record.pop(name, None) for name in SPAN))
        if kind == "available":
            return Offer(window=Availability(**record, start=start, end=end))
        model = Absence if kind == "absent" else Closing
        return model(**record, start=start, end=end)
    if kind == "cancelled":
        return Cancellation(**record)
    if kind == "requirement":
        return Need(**record)
    record["skills"] = dict(_levels(record.pop("skills", ())))
    return Arrival(volunteer=Volunteer(**record))


_UPDATES: Mapping[str, type[Frozen]] = {
    "person": Volunteer,
    "center": Center,
    "new_shift": Shift,
    "moved": Shift,
    "pin": Pin,
    "preference": Preference,
    "demand": Demand,
}
"""Kind of change -> the row that becomes different or new."""
ROW_OF: Mapping[str, type[Frozen]] = {**_UPDATES, "available": Availability}
"""Kind of change -> the row that its columns fill."""


def _row(kind: str, record: dict[str, Any], before: Frozen | None) -> Any:
    """The row as it is now: what the file leaves blank stays as it was."""
    values = {} if before is None else dict(before)
    if kind in ("new_shift", "moved", "demand") and "date" in record:
        record["start"], record["end"] = _moments(*(record.pop(name) for name in SPAN))
    if "skills" in record and isinstance(before, Volunteer):
        levels = dict(_levels(record["skills"]))
        record["skills"] = [dict(g) for g in before.skills if g.skill_id not in levels]
        record["skills"] += [{"skill_id": s, "level": n} for s, n in levels.items() if n]
    return _UPDATES[kind](**values | record)


def _moments(
    day: Any, start: timedelta | None, end: timedelta | None
) -> tuple[datetime | None, datetime | None]:
    """First minute and first minute after; an end that is not after the start is a day later."""
    if day is None:
        return None, None
    first = timedelta(0) if start is None else start
    last = timedelta(days=1) if end is None else end
    last += timedelta(days=1) if last <= first else timedelta(0)
    begin, after = cells.at(day, first), cells.at(day, last)
    if begin is None or after is None:
        raise OverflowError
    return begin, after


def _levels(names: Sequence[str]) -> Iterator[tuple[str, int]]:
    for name in names:
        skill, colon, level = name.rpartition(":")
        height = cells.read_whole(level.strip())
        if not colon:
            yield name, 1
        elif skill and isinstance(height, int):
            yield skill.strip(), height
        else:
            raise SkillError(name)
