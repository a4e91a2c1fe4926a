"""Whom late changes affect: where a repair begins, and what people have to be told at its end.

(`Problem`, changes, rosters) -> `Affected`, `Notice`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, Arrival, Need, Offer, Update, absent, closed
from shiftplan.week.demand import Demand
from shiftplan.week.json_form import Written
from shiftplan.week.records import Center, Pin, Preference, Shift, Volunteer
from shiftplan.week.roster import Roster

Reason = Literal[
    "absent",
    "closed",
    "impossible",
    "unknown",
    "moved",
    "freed",
    "replaces",
    "needed",
    "decided",
    "offers",
    "moves",
    "fits",
]


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom and which shifts changes concern directly."""

    people: frozenset[str]
    shifts: frozenset[str]
    seats: int
    """How many seats and people these are."""


def affected_by(
    week: Problem, roster: Roster, base: Roster, changes: Iterable[AnyChange]
) -> Affected:
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
    return Affected(frozenset(people), frozenset(lost), len(lost) + len(people))


def _is_of(row: Center | Demand, shift: Shift) -> bool:
    """Whether a shift is one of a center, or of the time of a forecast."""
    if row.center_id != shift.center_id:
        return False
    return isinstance(row, Center) or (row.start < shift.end and shift.start < row.end)


@dataclass(frozen=True, slots=True)
class Notice(Written):
    """One change for one person, and the reason."""

    volunteer_id: str
    """Who is told."""
    shift_id: str
    """The shift that is taken away or added."""
    added: bool
    """Whether the shift is new for the person; else it is taken away."""
    reason: Reason
    """Why. Taken away: `absent`, `closed`, `impossible` (a rule forbids it by itself now),
    `unknown` (the week has no such person or shift), `moved` (to the shifts in `others`), `freed`
    (others are enough, or no other roster holds). Added: `replaces` (those in `others`), `needed`
    (more people are wanted), `decided` (by a pin), `offers` (the person is new, offered the time,
    or has other limits or skills), `moves` (from the shifts in `others`), `fits` (others
    changed)."""
    others: tuple[str, ...] = ()
    """Ids of shifts or of people, as the reason says."""


def notices_of(
    week: Problem, changes: Sequence[AnyChange], before: Roster, after: Roster
) -> tuple[Notice, ...]:
    """Everything that people have to be told, by person; what is taken away comes first.

    Parameters
    ----------
    week
        The week after the changes; its table `published` is what is left of the roster.
    changes
        What they were.
    before, after
        The roster that was published, and the one that is valid now.
    """
    shifts = {s.shift_id: s for s in week.shifts}
    people = {v.volunteer_id for v in week.volunteers}
    kept = {(p.volunteer_id, p.shift_id) for p in week.published}
    rows = [change.row for change in changes if isinstance(change, Update)]
    pins = [row for row in rows if isinstance(row, Pin)]
    decided = {(p.volunteer_id, p.shift_id) for p in pins if p.state == "must"}
    wanted = {change.shift_id for change in changes if isinstance(change, Need)}
    offering = {change.volunteer.volunteer_id for change in changes if isinstance(change, Arrival)}
    offering |= {change.window.volunteer_id for change in changes if isinstance(change, Offer)}
    offering |= {row.volunteer_id for row in rows if isinstance(row, Volunteer)}
    old, new = set(before.assignments), set(after.assignments)
    left, came = Roster.of(old - new), Roster.of(new - old)

    def removed(who: str, where: str) -> Notice:
        reason: Reason = "freed"
        shift = shifts.get(where)
        others: tuple[str, ...] = ()
        if shift is None or who not in people:
            reason = "unknown"
        elif (who, where) not in kept:
            reason = "impossible"
            if closed(changes, shift):
                reason = "closed"
            elif absent(changes, who, shift):
                reason = "absent"
        elif who in came.shifts_of:
            reason, others = "moved", came.shifts_of[who]
        return Notice(who, where, False, reason, others)

    def added(who: str, where: str) -> Notice:
        if (who, where) in decided:
            return Notice(who, where, True, "decided")
        if where in left.people_in:
            return Notice(who, where, True, "replaces", left.people_in[where])
        if where in wanted:
            return Notice(who, where, True, "needed")
        if who in offering:
            return Notice(who, where, True, "offers")
        moved = tuple(s for s in left.shifts_of.get(who, ()) if (who, s) in kept)
        return Notice(who, where, True, "moves" if moved else "fits", moved)

    found = [removed(a.volunteer_id, a.shift_id) for a in old - new]
    found += [added(a.volunteer_id, a.shift_id) for a in new - old]

    def order(notice: Notice) -> tuple[Any, ...]:
        shift = shifts.get(notice.shift_id)
        when = "" if shift is None else shift.start.isoformat()
        return notice.volunteer_id, notice.added, when, notice.shift_id

    return tuple(sorted(found, key=order))
