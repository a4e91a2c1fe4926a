"""Breaks of people in words, beside their names and their shifts.

(`Problem`, `Roster`, `Names`) -> texts; all are empty in weeks without breaks.
"""

from __future__ import annotations

from collections.abc import Iterable

from shiftplan.analysis.breaks import BreakTime, break_times
from shiftplan.present.naming import Names
from shiftplan.problem import Problem
from shiftplan.week.roster import Roster


class BreakTexts:
    """When people of one roster are on a break."""

    def __init__(self, problem: Problem, roster: Roster, names: Names) -> None:
        self._times, self._names = break_times(problem, roster), names

    def hours(self, shift_id: str, volunteer_id: str) -> str:
        """Breaks of a person in a shift, such as `09:30–10:00, 11:00–11:15`."""
        return ", ".join(self._names.hours(*one) for one in self._of(shift_id, volunteer_id))

    def own(self, shift_id: str, volunteer_id: str) -> str:
        """The same after what it is, such as `break 09:30–10:00`."""
        hours = self.hours(shift_id, volunteer_id)
        return self._names.say("view.break", hours=hours) if hours else ""

    def beside(self, name: str, shift_id: str, volunteer_id: str) -> str:
        """A name with the breaks of its person, such as `An (break 09:30–10:00)`."""
        own = self.own(shift_id, volunteer_id)
        return f"{name} ({own})" if own else name

    def of_team(self, shift_id: str, people: Iterable[str]) -> str:
        """Who of a shift is away when, such as `09:30–10:00 An, Ba; 10:00–10:30 Cúc`."""
        away: dict[BreakTime, list[str]] = {}
        for who in people:
            for one in self._of(shift_id, who):
                away.setdefault(one, []).append(self._names.member(who))
        return "; ".join(
            f"{self._names.hours(*one)} {', '.join(own)}" for one, own in sorted(away.items())
        )

    def _of(self, shift_id: str, volunteer_id: str) -> tuple[BreakTime, ...]:
        return self._times.get((shift_id, volunteer_id), ())
