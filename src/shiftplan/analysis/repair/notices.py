"""Whom a repair concerns, and whom to tell what.

(`Problem`, changes, rosters) -> `Notice`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from shiftplan.analysis.repair.pairing import pairs
from shiftplan.errors.message import AtShift, OnDay
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, Arrival, Need, Offer, Update, absent, closed
from shiftplan.rules.base import Violation, kinds_of
from shiftplan.rules.given import Input
from shiftplan.scoring.moves import Moves
from shiftplan.week.demand import Demand
from shiftplan.week.json_form import Written
from shiftplan.week.records import Center, Shift, Volunteer, moved_shifts
from shiftplan.week.roster import Assignment, Change, Roster
from shiftplan.week.wishes import Pin, Preference

Reason = Literal[
    "absent",
    "closed",
    "declined",
    "impossible",
    "unknown",
    "moved",
    "broke",
    "breaks",
    "freed",
    "replaces",
    "needed",
    "decided",
    "offers",
    "moves",
    "fits",
]


def affected_by(
    week: Problem, roster: Roster, base: Roster, changes: Iterable[AnyChange]
) -> tuple[list[str], list[str]]:
    """Ids of the people whom changes concern directly, and of the shifts, once for each seat.

    `week`: the week after the changes; `roster`, `base`: what was published, and what is left.
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
            lost += [
                s.shift_id
                for s in week.shifts
                if row.center_id == s.center_id
                and (isinstance(row, Center) or (row.start < s.end and s.start < row.end))
            ]
    return people, lost


@dataclass(frozen=True, slots=True)
class Notice(Written):
    """One change for one person, and the reason."""

    volunteer_id: str
    """Id of the volunteer to notify."""
    shift_id: str
    """The shift that is taken away or added."""
    added: bool
    """Whether the shift is new for the person; else it is taken away."""
    reason: Reason
    """Why. Taken away: `absent`, `closed`, `declined` (by the person), `impossible` (a rule forbids
    it by itself now), `unknown` (the week has no such person or shift), `broke` (it was against the
    rules in `others` before the changes), `moved` (to the shift in `others`), `breaks` (it would be
    against the rules in `others` after the other changes), `freed` (others are enough). Added:
    `replaces` (those in `others`), `needed` (more people are wanted), `decided` (by a pin),
    `offers` (the person is new, offered the time, comes when called, or has other limits or
    skills), `moves` (from the shift in `others`), `fits` (others changed)."""
    others: tuple[str, ...] = ()
    """Ids of shifts or of people, or kinds of rules, as the reason says."""
    paired_shift_id: str | None = None
    """Shift of the same person that goes with this one: what they get instead of what is taken
    away, and the reverse. Each goes with one at most; None where nothing does. One that was moved
    goes with itself."""

    @property
    def is_moved(self) -> bool:
        """Whether the person stays in the shift, which is at another time or place."""
        return self.paired_shift_id == self.shift_id


def notices_of(
    week: Problem,
    changes: Sequence[AnyChange],
    before: Roster,
    base: Roster,
    after: Roster,
    broken: Sequence[Violation] = (),
    before_shifts: Mapping[str, Shift] = {},
) -> tuple[Notice, ...]:
    """Everything that people have to be told, by person; what is taken away comes first.

    `week`: the week after the changes; `before`, `base`, `after`: the roster that was published,
    what is left of it, and the one that is valid now. `broken`: what was against hard rules in the
    published one. `before_shifts`: id -> the shift as it was published, where that may differ.
    """
    shifts = week.shift_by_id
    told = {**shifts, **before_shifts}
    changed = [*before.changes_to(after, moved_shifts(before_shifts, shifts))]
    left = Roster.of(change.assignment for change in changed if not change.added)
    came = Roster.of(change.assignment for change in changed if change.added)
    kept = frozenset((a.volunteer_id, a.shift_id) for a in base.assignments)
    paired = _paired(left, told, came, shifts)
    reasons = _NoticeReasons(week, changes, broken, kept, after, left, paired)
    found = [
        reasons.added(who, where) if is_new else reasons.removed(who, where)
        for (where, who), is_new in changed
    ]

    def order(notice: Notice) -> tuple[Any, ...]:
        shift = (shifts if notice.added else told).get(notice.shift_id)
        when = "" if shift is None else shift.start.isoformat()
        return notice.volunteer_id, notice.added, when, notice.shift_id

    return tuple(sorted(found, key=order))


@dataclass(frozen=True)
class _NoticeReasons:
    """Why people get or lose shifts; of several reasons the first one is given."""

    week: Problem
    changes: Sequence[AnyChange]
    broken: Sequence[Violation]
    kept: frozenset[tuple[str, str]]
    """People and shifts of the published roster that are still possible."""
    after: Roster
    left: Roster
    """All that is taken away."""
    paired: Mapping[tuple[str, str], str]
    """As of `_paired`."""

    @cached_property
    def decided(self) -> frozenset[tuple[str, str]]:
        """People and shifts that a change pins together."""
        pins = (row for row in self._rows if isinstance(row, Pin))
        return frozenset((p.volunteer_id, p.shift_id) for p in pins if p.state == "must")

    @cached_property
    def wanted(self) -> frozenset[str]:
        """Shifts whose requirements changed."""
        return frozenset(c.shift_id for c in self.changes if isinstance(c, Need))

    @cached_property
    def offering(self) -> frozenset[str]:
        """People who arrived, offered more time, or whose row changed."""
        came = {c.volunteer.volunteer_id for c in self.changes if isinstance(c, Arrival)}
        offered = {c.window.volunteer_id for c in self.changes if isinstance(c, Offer)}
        changed = {row.volunteer_id for row in self._rows if isinstance(row, Volunteer)}
        return frozenset(came | offered | changed)

    @cached_property
    def moves(self) -> Moves:
        """What changes of the roster that is valid now would break."""
        return Moves(self.week, self.after)

    @property
    def _rows(self) -> list[Any]:
        return [change.row for change in self.changes if isinstance(change, Update)]

    def removed(self, who: str, where: str) -> Notice:
        """Notice of a shift that is taken away."""
        reason: Reason = "freed"
        shift = self.week.shift_by_id.get(where)
        others: tuple[str, ...] = ()
        other = self.paired.get((who, where))
        if shift is None or who not in self.week.volunteer_by_id:
            reason = "unknown"
        elif other == where:
            reason, others = "moved", (other,)
        elif (who, where) not in self.kept:
            reason = "impossible"
            if closed(self.changes, shift):
                reason = "closed"
            elif absent(self.changes, who, shift):
                reason = "absent"
        elif against := [v for v in self.broken if v.who == who and _concerns(v, shift)]:
            reason, others = "broke", kinds_of(against)
        elif other is not None:
            reason, others = "moved", (other,)
        elif breaches := self.moves.broken(Change(Assignment(where, who), added=True)):
            reason, others = "breaks", kinds_of(breaches)
        return Notice(who, where, False, reason, others, other)

    def added(self, who: str, where: str) -> Notice:
        """Notice of a shift that is added."""
        reason: Reason = "fits"
        others: tuple[str, ...] = ()
        other = self.paired.get((who, where))
        if other == where:
            reason, others = "moves", (other,)
        elif (who, where) in self.decided:
            reason = "decided"
        elif gone := [
            p for p in self.left.people_in.get(where, ()) if (where, p) not in self.after
        ]:
            reason, others = "replaces", tuple(gone)
        elif where in self.wanted:
            reason = "needed"
        elif who in self.offering:
            reason = "offers"
        elif other is not None and (who, other) in self.kept:
            reason, others = "moves", (other,)
        return Notice(who, where, True, reason, others, other)


def _paired(
    left: Roster, told: Mapping[str, Shift], came: Roster, shifts: Mapping[str, Shift]
) -> dict[tuple[str, str], str]:
    """(Person, shift taken away or added) -> the shift of the person that goes with it."""
    found: dict[tuple[str, str], str] = {}
    for who in left.shifts_of.keys() & came.shifts_of.keys():
        gone, new = (
            [known[s] for s in roster.shifts_of[who] if s in known]
            for roster, known in ((left, told), (came, shifts))
        )
        for one, other in pairs(gone, new)[0]:
            found[who, one.shift_id], found[who, other.shift_id] = other.shift_id, one.shift_id
    return found


def _concerns(found: Violation, shift: Shift) -> bool:
    """Whether something against a rule is about a shift, or its date."""
    if isinstance(found.rule, Input):  # twice in a shift is no reason to leave it
        return False
    places = (found.where, *found.facts.values())
    return AtShift(shift.shift_id) in places or OnDay(shift.day) in places
