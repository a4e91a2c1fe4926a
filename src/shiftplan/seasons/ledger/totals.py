"""Sums of what people did in the weeks that count.

Entries with weights -> `Totals` of a person <-> `History`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil
from typing import Any

from shiftplan.problem import Problem
from shiftplan.seasons.ledger.entries import Entry, WorkedWeek
from shiftplan.week.fields import name_and_number, tallies
from shiftplan.week.history import History
from shiftplan.week.json_form import Number, Written

_SUMS = (
    *("shifts_offered", "shifts_worked", "hours_offered", "hours_worked", "undesired_worked"),
    *("far_worked", "strain_worked"),
)
_TALLIES = ("named_offered", "named_worked")
_CARRIED = ("weeks", *_SUMS)
_COUNTS = ("wishes", "wishes_met", "called", "asked", "excused", "absent")


@dataclass(slots=True)
class Totals(Written):
    """What one person offered and did in all weeks that count."""

    json_keys = (
        "volunteer_id name weeks shifts_offered shifts_worked hours_offered hours_worked"
        " undesired_worked wishes wishes_met mentored called asked credit excused absent"
        " mentors=mentor_ids load"
    )

    volunteer_id: str
    """The person."""
    name: str = ""
    """The latest name; empty when none is known."""
    weeks: Number = 0
    """Weeks with an entry, counted by their days (seven are one), each times its weight."""
    shifts_offered: Number = 0
    """Shifts offered, weighted like everything up to `named_worked`."""
    shifts_worked: Number = 0
    """Shifts worked."""
    hours_offered: Number = 0
    """Hours offered."""
    hours_worked: Number = 0
    """Hours worked."""
    undesired_worked: Number = 0
    """Shifts worked in undesired windows."""
    far_worked: Number = 0
    """Shifts worked far from home."""
    strain_worked: Number = 0
    """Strain of shifts worked."""
    named_offered: dict[str, float] = field(default_factory=dict)
    """Type or tag -> shifts offered."""
    named_worked: dict[str, float] = field(default_factory=dict)
    """Type or tag -> shifts worked."""
    wishes: int = 0
    """Wishes of the weeks with a weight above 0, without weights like all that follows."""
    wishes_met: int = 0
    """Of these, wishes met."""
    mentored: int = 0
    """Shifts as a novice with a mentor, of all weeks: what is learned is not forgotten."""
    called: int = 0
    """Shifts as a reserve who was called."""
    asked: int = 0
    """Calls as a reserve that led to no work."""
    credit: Number = 0
    """Shifts for which these count, weighted; not among those worked, but in `load` and in the
    history."""
    excused: int = 0
    """Planned shifts excused."""
    absent: int = 0
    """Planned shifts missed without an excuse."""
    mentors: set[str] = field(default_factory=set)
    """Everybody who was a mentor of the person."""
    last: Entry | None = None
    """The entry of the last week in which the person worked; None when never."""
    last_center: str | None = None
    """Center of the last shift worked that the rule `continuity` counts; None when unknown."""

    @property
    def mentor_ids(self) -> list[str]:
        """`mentors`, in order."""
        return sorted(self.mentors)

    @property
    def load(self) -> float | None:
        """Shifts worked, with the credit, of those offered, 0 to 1; None when there are none."""
        offered, worked = self._with_credit()
        return worked / offered if offered else None

    def _with_credit(self) -> tuple[float, float]:
        """Shifts offered and worked: work for which calls count has been offered too."""
        worked = self.shifts_worked + self.credit
        return max(self.shifts_offered, worked), worked

    def shares(self) -> dict[str, Any]:
        """Fields of a history; hours of the credit are those of as many shifts offered."""
        values: dict[str, Any] = {name: getattr(self, name) for name in _CARRIED}
        values |= {name: tallies(getattr(self, name)) for name in _TALLIES}
        values |= {"wishes": self.wishes, "wishes_refused": self.wishes - self.wishes_met}
        if self.credit:
            shifts, hours = self.shifts_offered, self.hours_offered
            values["shifts_offered"], values["shifts_worked"] = self._with_credit()
            values["hours_worked"] += self.credit * hours / shifts if shifts else 0
            values["hours_offered"] = max(hours, values["hours_worked"])
        return values

    def add(self, week: WorkedWeek, entry: Entry, weight: float, call_credit: float) -> None:
        """Add an entry; what is learned counts also with weight 0."""
        self.name = entry.name or self.name
        self.mentored += entry.mentored
        self.mentors.update(who for lesson in entry.lessons for who in lesson.mentors)
        if entry.last_worked is not None:
            self.last = entry
        self.last_center = entry.last_center or self.last_center
        if weight == 0:
            return
        self.weeks += weight * week.days / 7
        for name in _SUMS:
            setattr(self, name, getattr(self, name) + weight * getattr(entry, name))
        for name in _TALLIES:
            sums = getattr(self, name)
            for kind, number in map(name_and_number, getattr(entry, name)):
                sums[kind] = sums.get(kind, 0) + weight * number
        self.credit += weight * call_credit * entry.asked
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(entry, name))


def carried(known: History, totals: Totals) -> History:
    """Put the sums of a person in a history, whose streaks and counters stay."""
    values: dict[str, object] = {**totals.shares()}
    values["mentored_worked"] = totals.mentored
    values["last_center"] = totals.last_center or known.last_center
    if totals.last is not None:
        values["last_worked"] = totals.last.last_worked
        values["last_shift_end"] = totals.last.last_shift_end or known.last_shift_end
    return known.model_copy(update=values)


def weeks_before(problem: Problem) -> tuple[WorkedWeek, ...]:
    """The history of a problem as one long week that ends where it starts; none without one."""
    names = {v.volunteer_id: v.name for v in problem.volunteers}
    entries = tuple(
        _opening(history, names[history.volunteer_id])
        for history in problem.history
        if history != History(volunteer_id=history.volunteer_id, weeks=history.weeks)
    )
    if not entries:
        return ()
    days = min(max(1, ceil(7 * min(520, max(h.weeks for h in problem.history)))), 3640)
    start = problem.horizon.start - timedelta(days)
    return (WorkedWeek(start=start, days=days, entries=entries),)


def _opening(history: History, name: str) -> Entry:
    """Make an entry of a history; where it tells more work than offers, those are raised."""
    worked = max(history.shifts_worked, history.undesired_worked)
    return Entry(
        volunteer_id=history.volunteer_id,
        name=name,
        shifts_offered=max(history.shifts_offered, worked),
        shifts_worked=worked,
        hours_offered=max(history.hours_offered, history.hours_worked),
        hours_worked=history.hours_worked,
        undesired_worked=history.undesired_worked,
        far_worked=min(history.far_worked, worked),
        strain_worked=history.strain_worked,
        named_offered=history.named_offered,
        named_worked=history.named_worked,
        wishes=round(history.wishes),
        wishes_met=max(0, round(history.wishes) - round(history.wishes_refused)),
        mentored=history.mentored_worked,
        last_worked=history.last_worked,
        last_shift_end=history.last_shift_end,
        last_center=history.last_center,
    )
