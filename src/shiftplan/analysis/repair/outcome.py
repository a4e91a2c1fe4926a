"""What a repair ends with: the roster, its costs before and after, and whom to tell what.

(`Problem`, changes, rosters) -> `Notice`s, `Repair` -> files, the command and apps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from shiftplan.errors.message import AtShift, OnDay
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, Arrival, Need, Offer, Update, absent, closed
from shiftplan.rules.base import Violation, kinds_of
from shiftplan.rules.given import Input
from shiftplan.scoring.check import CostChange, Score, beside
from shiftplan.solving.result import Cost, Result, Status, StoppedBy
from shiftplan.week.demand import Demand
from shiftplan.week.json_form import LevelKey, Written
from shiftplan.week.records import Center, Pin, Preference, Shift, Volunteer
from shiftplan.week.roster import Roster

Reason = Literal[
    "absent",
    "closed",
    "impossible",
    "unknown",
    "moved",
    "broke",
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
    """Why. Taken away: `absent`, `closed`, `impossible` (a rule forbids it by itself now),
    `unknown` (the week has no such person or shift), `broke` (it was against the rules in `others`
    before the changes), `moved` (to the shifts in `others`), `freed` (others are enough, or no
    other roster holds). Added: `replaces` (those in `others`), `needed`
    (more people are wanted), `decided` (by a pin), `offers` (the person is new, offered the time,
    or has other limits or skills), `moves` (from the shifts in `others`), `fits` (others
    changed)."""
    others: tuple[str, ...] = ()
    """Ids of shifts or of people, or kinds of rules, as the reason says."""


def notices_of(
    week: Problem,
    changes: Sequence[AnyChange],
    before: Roster,
    base: Roster,
    after: Roster,
    broken: Sequence[Violation] = (),
) -> tuple[Notice, ...]:
    """Everything that people have to be told, by person; what is taken away comes first.

    `week`: the week after the changes; `before`, `base`, `after`: the roster that was published,
    what is left of it, and the one that is valid now. `broken`: what was against hard rules in the
    published one.
    """
    shifts = week.shift_by_id
    kept = {(a.volunteer_id, a.shift_id) for a in base.assignments}
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
        if shift is None or who not in week.volunteer_by_id:
            reason = "unknown"
        elif (who, where) not in kept:
            reason = "impossible"
            if closed(changes, shift):
                reason = "closed"
            elif absent(changes, who, shift):
                reason = "absent"
        elif against := [v for v in broken if v.who == who and _concerns(v, shift)]:
            reason, others = "broke", kinds_of(against)
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


def _concerns(found: Violation, shift: Shift) -> bool:
    """Whether something against a rule is about a shift, or its date."""
    if isinstance(found.rule, Input):  # twice in a shift is no reason to leave it
        return False
    places = (found.where, *found.facts.values())
    return AtShift(shift.shift_id) in places or OnDay(shift.day) in places


@dataclass(frozen=True)
class Repair(Written):
    """A roster repaired after changes."""

    json_keys = "*result repair=figures"

    problem: Problem
    """The week after the changes, with its own rules and rates."""
    aim_problem: Problem
    """What was minimised: the same with the rule `stability`, and service far above all else where
    the week has no such rule of its own (`aim_of`)."""
    before: Score
    """Score of the published roster in the week as it was."""
    result: Result
    """Status, roster and costs by the rules and rates of the week, as `solve` tells them. OPTIMAL:
    no roster is better in what was minimised. FEASIBLE and stopped by NEAR: none is better near
    the changes, and everybody else was left alone. The bound is one of the week's own total."""
    aim: Cost
    """Total of what was minimised, and what is proven about it."""
    notices: tuple[Notice, ...]
    """Everything that people have to be told, by person."""
    kept: int
    """Assignments of the published roster that are still there."""
    lost: int
    """Assignments of the published roster that the changes made impossible."""

    @property
    def roster(self) -> Roster | None:
        """The roster; None when there is none."""
        return self.result.roster

    def require_roster(self) -> Roster:
        """The roster, or NoRosterError when there is none."""
        return self.result.require_roster()

    @property
    def score(self) -> Score | None:
        """Score of the roster by the rules of the changed week; None without a roster."""
        return self.result.score

    @cached_property
    def costs(self) -> Mapping[str, CostChange]:
        """Rule -> cost before and after, for soft rules that cost anything in one of them."""
        return beside(self.before.parts, {} if self.score is None else self.score.parts)

    @property
    def figures(self) -> RepairFigures:
        """What the repair changes."""
        return RepairFigures(self)


@dataclass(frozen=True, slots=True)
class RepairFigures(Written):
    """What a repair changes, in figures."""

    json_keys = (
        "kept=repair.kept lost=repair.lost added removed aim=repair.aim before "
        "costs=repair.costs notices=repair.notices"
    )

    repair: Repair
    """The repair."""

    @property
    def added(self) -> int:
        """Assignments that are new."""
        return sum(notice.added for notice in self.repair.notices)

    @property
    def removed(self) -> int:
        """Assignments that are taken away."""
        return sum(not notice.added for notice in self.repair.notices)

    @property
    def before(self) -> dict[str, int | dict[LevelKey, int]]:
        """Total and levels of the published roster in the week as it was."""
        score = self.repair.before
        return {"total": score.total, "levels": dict(score.levels)}


@dataclass(frozen=True)
class WhatIf(Written):
    """What changes would mean: the same week before and after them."""

    json_keys = "status stopped_by total levels costs notices"

    before: Score
    """Score of the roster in the week as it is."""
    after: Score
    """Score of the repaired roster in the week after the changes."""
    problem: Problem
    """The week after the changes."""
    roster: Roster
    """The repaired roster."""
    notices: tuple[Notice, ...]
    """Everything that people would have to be told."""
    status: Status
    """OPTIMAL when no roster is better in what `repair` minimises; FEASIBLE when one may be."""
    stopped_by: StoppedBy | None
    """What ended the search; NEAR when no roster near the changes is better. None when optimal."""

    @classmethod
    def of(cls, found: Repair) -> WhatIf:
        """What a repair found, as an answer; NoRosterError when it has no roster."""
        after = found.require_roster()
        assert found.score is not None
        return cls(
            before=found.before,
            after=found.score,
            problem=found.problem,
            roster=after,
            notices=found.notices,
            status=found.result.status,
            stopped_by=found.result.stopped_by,
        )

    @property
    def total(self) -> CostChange:
        """The one total before and after."""
        return CostChange(self.before.total, self.after.total)

    @property
    def levels(self) -> Mapping[LevelKey, CostChange]:
        """Level -> its cost before and after, dearest level first."""
        return beside(self.before.levels, self.after.levels)

    @property
    def costs(self) -> Mapping[str, CostChange]:
        """Soft rule -> its cost before and after."""
        return beside(self.before.parts, self.after.parts)
