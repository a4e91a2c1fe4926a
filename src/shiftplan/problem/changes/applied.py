"""A week after changes.

(`Problem`, changes) -> `Problem`.

People who are absent, and shifts that do not take place, stay in the problem: pins keep people out
of them. So the offers that shares are counted by stay as they were, for everybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from shiftplan.errors import InputError
from shiftplan.faults import Fault, Place
from shiftplan.problem.changes.kinds import (
    TABLE,
    Absence,
    AnyChange,
    Arrival,
    Need,
    Offer,
    absent,
    closed,
)
from shiftplan.problem.changes.unfit import contradicting, key_of, repeated, unfit
from shiftplan.problem.crosscheck import find_faults
from shiftplan.problem.crosscheck.known import NOTHING_UNREAD, Known
from shiftplan.problem.records import Pin, Published, Requirement
from shiftplan.problem.roster import Roster

if TYPE_CHECKING:
    from shiftplan.problem import Problem

_KINDS = get_args(AnyChange)


def with_changes(problem: Problem, *changes: AnyChange, roster: Roster | None = None) -> Problem:
    """The problem after changes, whatever their order.

    Parameters
    ----------
    problem
        The week as it was planned.
    changes
        Who is absent, what is closed or cancelled, what is needed instead, who is new. A shift
        that an absence or a closing overlaps is concerned as a whole.
    roster
        The roster that was published for the problem; it becomes the table `published`, without
        the assignments that are no longer possible. Whether people were told is kept from the
        table; who does not stand there was told.

    Raises
    ------
    TypeError
        For what is no change, such as a list of them.
    InputError
        With every change that names an unknown id, says the same as another one, contradicts
        another one or does not fit the problem; `index` is its place in `changes`.
    """
    for change in changes:
        if not isinstance(change, _KINDS):
            raise TypeError(f"changes are given one by one, as in *changes, not as {change!r}")
    faults = list(repeated(changes))
    adding = _Additions(problem, changes)
    faults += adding.faults()
    known = Known(adding.problem, NOTHING_UNREAD)
    for i, change in enumerate(changes):
        faults += unfit(known, i, change)
    faults += contradicting(known, changes)
    if faults:
        raise InputError(sorted(faults, key=lambda f: -1 if f.index is None else f.index))
    after = _without(adding.problem, changes)
    if roster is not None:
        told = {(p.shift_id, p.volunteer_id): p.told for p in problem.published}
        kept = possible(after, roster).assignments
        published = tuple(
            Published(volunteer_id=a.volunteer_id, shift_id=a.shift_id, told=told.get(a, True))
            for a in kept
        )
        after = after.model_copy(update={"published": published})
    return after


def possible(problem: Problem, roster: Roster) -> Roster:
    """The roster without repetitions, unknown ids and assignments that a pin forbids."""
    people = {v.volunteer_id for v in problem.volunteers}
    shifts = {s.shift_id for s in problem.shifts}
    forbidden = {(p.shift_id, p.volunteer_id) for p in problem.pins if p.state == "must_not"}
    return Roster.of(
        pair
        for pair in sorted(set(roster.assignments))
        if pair.volunteer_id in people and pair.shift_id in shifts and pair not in forbidden
    )


class _Additions:
    """The problem with new people, windows and requirements, and the change each comes from."""

    def __init__(self, problem: Problem, changes: Sequence[AnyChange]) -> None:
        self._origin: dict[tuple[str, int], int] = {}
        self._volunteers = list(problem.volunteers)
        self._windows = list(problem.availability)
        self._needs = list(problem.requirements)
        self._place = {key_of(need): i for i, need in enumerate(self._needs)}
        self._lacking: list[Fault] = []
        for i, change in enumerate(changes):
            if isinstance(change, Arrival):
                self._add("volunteers", self._volunteers, change.volunteer, i)
            windows = change.windows if isinstance(change, Arrival) else ()
            windows = (change.window,) if isinstance(change, Offer) else windows
            for window in windows:
                self._add("availability", self._windows, window, i)
            if isinstance(change, Need):
                self._require(change, i)
        self.problem = problem
        if self._origin:
            self.problem = problem.model_copy(
                update={
                    "volunteers": tuple(self._volunteers),
                    "availability": tuple(self._windows),
                    "requirements": tuple(self._needs),
                }
            )

    def _add(self, table: str, rows: list[Any], row: Any, change: int) -> None:
        self._origin[table, len(rows)] = change
        rows.append(row)

    def _require(self, change: Need, index: int) -> None:
        if change.minimum is None and change.target is None:
            message = "a requirement changes its minimum, its target or both; neither is given"
            self._lacking.append(Fault("missing_value", TABLE, "target", "", message, index=index))
            return
        place = self._place.get(key_of(change))
        before = None if place is None else self._needs[place]
        target = change.target
        if target is None:
            if before is None:
                message = "there is no such requirement yet, so that a target is needed"
                self._lacking.append(
                    Fault("missing_value", TABLE, "target", "", message, index=index)
                )
                return
            target = before.target
        minimum = change.minimum
        if minimum is None:
            minimum = 0 if before is None else min(before.minimum, target)
        need = Requirement(
            shift_id=change.shift_id,
            skill_id=change.skill_id,
            min_level=change.min_level,
            minimum=minimum,
            target=target,
            reason="" if before is None else before.reason,
        )
        if place is None:
            self._place[key_of(change)] = len(self._needs)
            self._add("requirements", self._needs, need, index)
        else:
            self._origin["requirements", place] = index
            self._needs[place] = need

    def faults(self) -> Iterator[Fault]:
        """Yield what does not fit the problem, each at its change."""
        yield from self._lacking
        for fault in find_faults(self.problem) if self._origin else ():
            message = fault.message.replace("in this table", f"in the table {fault.table}")
            index = None if fault.index is None else self._change(fault.table, fault.index)
            other = None if fault.other is None else self._change(fault.table, fault.other.index)
            place = None if other is None else Place(other)
            yield replace(fault, table=TABLE, index=index, message=message, other=place)

    def _change(self, table: str, index: int) -> int | None:
        """The change that a row comes from; None for a row of the week."""
        return self._origin.get((table, index))


def _without(problem: Problem, changes: Sequence[AnyChange]) -> Problem:
    """The problem without requirements of closed shifts, and with pins that keep people out."""
    gone = {s.shift_id for s in problem.shifts if closed(changes, s)}
    away = {change.volunteer_id for change in changes if isinstance(change, Absence)}
    barred = dict.fromkeys(_barred(problem, changes, gone, away))
    if not gone and not away:
        return problem
    shifts = {s.shift_id: s for s in problem.shifts}

    def is_lifted(pin: Pin) -> bool:
        if pin.state == "must_not":
            return (pin.volunteer_id, pin.shift_id) in barred
        if pin.shift_id in gone:
            return True
        return pin.volunteer_id in away and absent(changes, pin.volunteer_id, shifts[pin.shift_id])

    pins = [pin for pin in problem.pins if not is_lifted(pin)]
    pins += [Pin(volunteer_id=v, shift_id=s, state="must_not") for v, s in barred]
    needs = tuple(n for n in problem.requirements if n.shift_id not in gone)
    return problem.model_copy(update={"pins": tuple(pins), "requirements": needs})


def _barred(
    problem: Problem, changes: Sequence[AnyChange], gone: set[str], away: set[str]
) -> Iterator[tuple[str, str]]:
    """Ids of people and of shifts in their windows that they cannot work after the changes."""
    closed_shifts = [s for s in problem.shifts if s.shift_id in gone]
    absences: dict[str, list[AnyChange]] = {}
    for change in changes:
        if isinstance(change, Absence):
            absences.setdefault(change.volunteer_id, []).append(change)
    missed = {
        who: [s for s in problem.shifts if s.shift_id in gone or absent(own, who, s)]
        for who, own in absences.items()
    }
    for window in problem.availability if gone or away else ():
        for shift in missed.get(window.volunteer_id, closed_shifts):
            if window.start <= shift.start and shift.end <= window.end:
                yield window.volunteer_id, shift.shift_id
