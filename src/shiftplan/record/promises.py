"""What answers and calls decide: who stays, and which reserves come.

(`Problem`, `RecordState`, published roster) -> `Pin`s, assignments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from shiftplan.analysis.on_call import call_in
from shiftplan.errors.message import AtCenter, AtSeat, AtShift, AtTimes, CenterDay, OnDay
from shiftplan.problem import Problem
from shiftplan.problem.changes import (
    AnyChange,
    absences_in,
    absent,
    gone_by,
    possible,
    still_allowed,
)
from shiftplan.record.state import RecordState, Version
from shiftplan.rules.base import Violation
from shiftplan.scoring.check import breaches
from shiftplan.week.records import Shift, is_same
from shiftplan.week.roster import Assignment, Roster
from shiftplan.week.wishes import Pin


def confirmed(
    problem: Problem, state: RecordState, told: Roster, changes: Sequence[AnyChange]
) -> Iterator[Pin]:
    """Yield pins that keep people in the shifts that they confirmed.

    There is none where the person is absent, the shift is closed, elsewhere or at another time, or
    a rule forbids the assignment by itself. Nor is there one where what is left of the roster told
    breaks a hard rule, as when the only mentor of a team falls ill: there everybody may move, since
    a promise that cannot be kept would leave the week without any roster.
    """
    pairs, shifts_told = [], state.shifts_told
    gone, absences = gone_by(changes, problem.shifts), absences_in(changes)
    for (where, who), answer in state.answers.items():
        shift = problem.shift_by_id.get(where)
        if answer.answer != "confirmed" or shift is None or (where, who) not in told:
            continue
        is_gone = where in gone or absent(absences.get(who, ()), who, shift)
        if is_same(shifts_told.get(where, shift), shift) and not is_gone:
            pairs.append((where, who))
    kept = still_allowed(problem, Roster.of(pairs)).assignments
    broken = breaches(problem, possible(problem, told)) if kept else ()
    for where, who in kept:
        shift = problem.shift_by_id[where]
        if not any(_concerns(violation, who, shift) for violation in broken):
            yield Pin(volunteer_id=who, shift_id=where, state="must")


def _concerns(found: Violation, who: str, shift: Shift) -> bool:
    """Whether moving a person out of a shift may mend a breach of a hard rule."""
    if found.who:
        return found.who == who
    match found.where:
        case AtShift(shift_id) | AtSeat(shift_id):
            return shift_id == shift.shift_id
        case AtCenter(center_id) | AtTimes(center_id):
            return center_id == shift.center_id
        case CenterDay(center_id, day):
            return (center_id, day) == (shift.center_id, shift.day)
        case OnDay(day):
            return day == shift.day
    return True


def with_pins(problem: Problem, pins: Iterable[Pin]) -> Problem:
    """The problem with pins; each replaces one of the same person and shift."""
    new = {Assignment.of(pin): pin for pin in pins}
    if not new:
        return problem
    rest = (p for p in problem.pins if Assignment.of(p) not in new)
    return problem.fitting(pins=(*rest, *new.values()))


def coming(
    problem: Problem,
    state: RecordState,
    told: Roster | None,
    changes: Sequence[AnyChange],
    moved: Mapping[str, int],
) -> Iterator[tuple[str, str]]:
    """Yield shift and reserve of calls that still hold; `moved`: shift -> entry that moved it."""
    barred, gone, absences = problem.barred, gone_by(changes, problem.shifts), absences_in(changes)
    for (where, who), (entry, call) in state.heard.items():
        shift = problem.shift_by_id.get(where)
        if call.answer != "comes" or shift is None or who not in problem.volunteer_by_id:
            continue
        if (where, who) in barred:
            continue
        is_left_out = left_out(state, told, Assignment(where, who), entry)
        is_gone = where in gone or absent(absences.get(who, ()), who, shift)
        if not is_left_out and not is_gone and moved.get(where, 0) < entry:
            yield where, who


def left_out(state: RecordState, told: Roster | None, pair: Assignment, entry: int) -> bool:
    """Whether the roster that people know is without an assignment, and newer than an entry."""
    last = None if state.told is None else state.told.told
    return last is not None and last.number > entry and pair not in (told or ())


def allowed(problem: Problem, promised: Roster) -> Roster:
    """Those who come, without assignments that a rule forbids by itself."""
    return still_allowed(with_called(problem, promised), promised)


def with_called(problem: Problem, called_in: Roster) -> Problem:
    """The problem with the changes that bring reserves in."""
    changes = (change for pair in called_in.assignments for change in call_in(problem, *pair))
    made = dict.fromkeys(changes)  # two shifts at one time are offered once
    return problem.with_changes(*made) if made else problem


def let_go_by(
    state: RecordState, draft: Roster | None, version: Version | None
) -> frozenset[Assignment]:
    """What people had promised that a draft knew of when it was made whole and still left out."""
    made = None if version is None else version.draft
    if draft is None or made is None or made.made_by not in ("plan", "repair", "undo", "batch"):
        return frozenset()
    promises = {p: n for p, n in state.answered.items() if _is_confirmed(state, p)}
    promises |= {p: n for p, (n, call) in state.heard.items() if call.answer == "comes"}
    return frozenset(p for p, n in promises.items() if n <= made.seen and p not in draft)


def _is_confirmed(state: RecordState, pair: Assignment) -> bool:
    return pair in state.answers and state.answers[pair].answer == "confirmed"
