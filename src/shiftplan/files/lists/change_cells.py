"""Changes as rows of a list of changes, which `ChangeRows` reads again.

(Week, changes) -> cells by column, for each row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from shiftplan.files.cells import clock, write
from shiftplan.files.layout import TABLES
from shiftplan.files.lists.change_rows import ID_OF
from shiftplan.files.lists.changes import CLEARS, KINDS
from shiftplan.problem import Problem
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
from shiftplan.problem.validation import PRIVATE
from shiftplan.week.demand import Demand
from shiftplan.week.fields import Frozen
from shiftplan.week.records import Center, Shift, SkillGrant, StandBy, Volunteer
from shiftplan.week.wishes import Pin, Preference

Row = dict[str, str]
"""Column -> cell, of those that are not blank."""
_APART = {*PRIVATE, "start", "end", "skills"}
"""Fields that are not written, or not as a cell of their own."""
_DAY = dt.timedelta(days=1)
KIND_OF: Mapping[type[Frozen], str] = {
    Absence: "absent",
    Closing: "closed",
    Cancellation: "cancelled",
    Need: "requirement",
    Arrival: "volunteer",
    Offer: "available",
    Volunteer: "person",
    Center: "center",
    Pin: "pin",
    Preference: "preference",
    Demand: "demand",
    StandBy: "stand_by",
}
"""Kind of change or row -> what a list calls it; of shifts it depends on the week."""


def content_of(change: AnyChange) -> Frozen:
    """The row that a change brings, or the change where it is none."""
    match change:
        case Arrival(volunteer=volunteer):
            return volunteer
        case Offer(window=window):
            return window
        case Update(row=row):
            return row
    return change


class ChangeCells:
    """What makes rows of changes of a week, in the order in which they were made."""

    def __init__(self, problem: Problem) -> None:
        self._horizon = problem.horizon
        self._now: dict[str, dict[str, Frozen]] = {
            table: {getattr(row, column): row for row in getattr(problem, table)}
            for table, column in ID_OF.items()
        }

    def rows(self, change: AnyChange) -> Iterator[Row]:
        """Yield the rows of one change: one, or some more for somebody new who offers time."""
        if isinstance(change, Arrival):
            yield self._row("volunteer", change.volunteer)
            self._keep(change.volunteer)
            for window in change.windows:
                yield self._row("available", window)
            return
        value = content_of(change)
        kind = KIND_OF.get(type(change)) or KIND_OF.get(type(value), "")
        if isinstance(value, Shift):
            kind = "moved" if value.shift_id in self._now["shifts"] else "new_shift"
        yield self._row(kind, value)
        self._keep(value)

    def _keep(self, value: Frozen) -> None:
        for table, column in ID_OF.items():
            if isinstance(value, TABLES[table].model):
                self._now[table][getattr(value, column)] = value

    def _row(self, kind: str, value: Frozen) -> Row:
        """The cells of a value: what is not as usual, or not as it was."""
        needed, others = KINDS[kind]
        table = next((t for t in ID_OF if isinstance(value, TABLES[t].model)), "")
        before = self._now[table].get(getattr(value, ID_OF[table])) if table else None
        fields = type(value).model_fields
        was = {name: field.get_default() for name, field in fields.items()}
        was |= {} if before is None else dict(before)
        cells, cleared = {"change": kind}, []
        for name, held in value:
            if name in _APART or name not in (*needed, *others):
                continue
            if name in needed or held != was[name]:
                cells[name] = write(held)
                if not cells[name]:
                    cleared.append(name)
        hours = [(row["start"], row["end"]) for row in (dict(value), was) if "start" in row]
        if hours and hours[0] != hours[-1]:
            cells |= _interval(*hours[0], self._horizon.end)
        if isinstance(value, Volunteer):
            cells["skills"] = _levels(value.skills, was["skills"] or ())
        cells[CLEARS] = "|".join(cleared)
        return {name: cell for name, cell in cells.items() if cell}


def _interval(start: dt.datetime | None, end: dt.datetime | None, last: dt.date) -> Row:
    """The cells of an interval; one without end is written until the week's last day."""
    if start is None and end is None:
        return {}
    until = dt.datetime.combine(last, dt.time()) if end is None else end
    passed = dt.timedelta(hours=until.hour, minutes=until.minute) or _DAY
    day = (until - passed).date()
    cells = {"end": clock(passed), "end_date": f"{day}"}
    if start is not None:
        cells |= {"date": f"{start:%Y-%m-%d}", "start": f"{start:%H:%M}"}
        is_next = day == start.date() + _DAY and until - start <= _DAY
        if day == start.date() or is_next:
            del cells["end_date"]
    return cells


def _levels(grants: Iterable[SkillGrant], before: Iterable[SkillGrant]) -> str:
    """Skills that are others than before, as a list has them; level 0 takes one away."""
    new, old = _by_skill(grants), _by_skill(before)
    return "|".join(
        f"{skill}:{max((g.level for g in new.get(skill, ())), default=0)}"
        for skill in {**old, **new}
        if new.get(skill) != old.get(skill)
    )


def _by_skill(grants: Iterable[SkillGrant]) -> dict[str, list[SkillGrant]]:
    found: dict[str, list[SkillGrant]] = {}
    for grant in grants:
        found.setdefault(grant.skill_id, []).append(grant)
    return found
