"""Whom and which shifts late changes concern directly: where a repair begins.

(`Problem`, rosters, changes) -> `Concerned`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, Arrival, Need, Offer, Update
from shiftplan.week.demand import Demand
from shiftplan.week.records import Center, Pin, Preference, Shift, Volunteer
from shiftplan.week.roster import Roster


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom and which shifts changes concern directly."""

    people: frozenset[str]
    shifts: frozenset[str]
    seats: int
    """How many seats and people these are."""


def concerned_by(
    week: Problem, roster: Roster, base: Roster, changes: Iterable[AnyChange]
) -> Concerned:
    """Whom and which shifts changes concern.

    Parameters
    ----------
    week
        The week after the changes.
    roster, base
        What was published, and what is left of it.
    changes
        What they were.
    """
    lost = [change.assignment.shift_id for change in roster.changes_to(base)]
    lost += [change.shift_id for change in changes if isinstance(change, Need)]
    people = [c.volunteer.volunteer_id for c in changes if isinstance(c, Arrival)]
    people += [c.window.volunteer_id for c in changes if isinstance(c, Offer)]
    for row in (c.row for c in changes if isinstance(c, Update)):
        if isinstance(row, (Volunteer, Pin, Preference)):
            people.append(row.volunteer_id)
        if isinstance(row, (Shift, Pin)):
            lost.append(row.shift_id)
        elif isinstance(row, (Center, Demand)):
            lost += [s.shift_id for s in week.shifts if _is_of(row, s)]
    return Concerned(frozenset(people), frozenset(lost), len(lost) + len(people))


def _is_of(row: Center | Demand, shift: Shift) -> bool:
    """Whether a shift is one of a center, or of the time of a forecast."""
    if row.center_id != shift.center_id:
        return False
    return isinstance(row, Center) or (row.start < shift.end and shift.start < row.end)
