"""Whose calendars and messages there are, and what stands in them.

(`Problem`, rosters) -> shifts of each person and center, and what changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from shiftplan.errors import InputError
from shiftplan.present.naming import namesakes
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import unknown_ids
from shiftplan.week.fields import one_line
from shiftplan.week.records import Center, Shift, Volunteer
from shiftplan.week.roster import Roster


@dataclass(frozen=True, slots=True, order=True)
class Owner:
    """Whom a calendar or a message is for."""

    kind: Literal["volunteer", "center"]
    """A person, or a center."""
    id: str
    """The id of it."""


@dataclass(frozen=True)
class Book:
    """A week and its roster, laid out to be handed out; shifts are in order of time."""

    problem: Problem
    """The week."""
    roster: Roster
    """Who works what; ids are known, and no assignment stands twice."""
    before: Roster | None
    """What people were told before; None when nothing was."""
    volunteers: dict[str, Volunteer] = field(init=False)
    """Id -> person."""
    centers: dict[str, Center] = field(init=False)
    """Id -> center."""
    shifts: dict[str, Shift] = field(init=False)
    """Id -> shift, in order of time."""
    _at: dict[str, list[Shift]] = field(init=False)
    _namesakes: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        problem = self.problem
        rosters = [("roster", self.roster), ("before", self.before or Roster())]
        faults = [
            fault
            for name, roster in rosters
            for fault in unknown_ids(problem, roster.assignments, name)
        ]
        if faults:
            raise InputError(faults)
        shifts = sorted(problem.shifts, key=lambda s: (s.start, s.shift_id))
        places: dict[str, list[Shift]] = {c.center_id: [] for c in problem.centers}
        for shift in shifts:
            places[shift.center_id].append(shift)
        before = None if self.before is None else Roster.of(set(self.before.assignments))
        values = {
            "roster": Roster.of(set(self.roster.assignments)),
            "before": before,
            "volunteers": {v.volunteer_id: v for v in problem.volunteers},
            "centers": {c.center_id: c for c in problem.centers},
            "shifts": {s.shift_id: s for s in shifts},
            "_at": places,
            "_namesakes": namesakes(problem),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def owners(self) -> list[Owner]:
        """Everybody in the tables: people, then centers."""
        people = [Owner("volunteer", who) for who in self.volunteers]
        return people + [Owner("center", where) for where in self.centers]

    def in_time(self, shift_ids: Iterable[str]) -> list[Shift]:
        """Shifts of some ids, in order of time."""
        found = [self.shifts[shift_id] for shift_id in shift_ids]
        return sorted(found, key=lambda s: (s.start, s.shift_id))

    def shifts_at(self, center_id: str) -> list[Shift]:
        """All shifts of a center, in order of time."""
        return self._at[center_id]

    def shifts_of(self, owner: Owner, roster: Roster) -> set[str]:
        """Ids of a person's shifts in a roster, or of a center's in which somebody works."""
        if owner.kind == "volunteer":
            return set(roster.shifts_of.get(owner.id, ()))
        return {s.shift_id for s in self._at.get(owner.id, ()) if s.shift_id in roster.people_in}

    def name(self, volunteer_id: str) -> str:
        """Name of a person on one line; the id where there is none."""
        return one_line(self.volunteers[volunteer_id].name) or one_line(volunteer_id)

    def member(self, volunteer_id: str) -> str:
        """Name of a person among others: with the id where somebody else has the same name."""
        is_shared = volunteer_id in self._namesakes
        return self.name_and_id(volunteer_id) if is_shared else self.name(volunteer_id)

    def name_and_id(self, volunteer_id: str) -> str:
        """Name of a person with the id."""
        name = self.name(volunteer_id)
        code = one_line(volunteer_id)
        return name if name == code else f"{name} ({code})"

    def center(self, center_id: str) -> str:
        """Name of a center on one line; the id where there is none."""
        return one_line(self.centers[center_id].name) or one_line(center_id)
