"""What becomes different after a week was planned, and the week with it.

(`Problem`, changes) -> `Problem`.

People who are absent, and shifts that do not take place, stay in the problem: pins keep people out
of them. So the offers that shares are counted by stay as they were, for everybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any, get_args

from shiftplan.errors import InputError
from shiftplan.problem.changes.additions import Additions, contradicting, repeated, unfit
from shiftplan.problem.changes.kinds import Absence as Absence
from shiftplan.problem.changes.kinds import AnyChange as AnyChange
from shiftplan.problem.changes.kinds import Arrival as Arrival
from shiftplan.problem.changes.kinds import Cancellation as Cancellation
from shiftplan.problem.changes.kinds import Closing as Closing
from shiftplan.problem.changes.kinds import Need as Need
from shiftplan.problem.changes.kinds import Offer as Offer
from shiftplan.problem.changes.kinds import Update as Update
from shiftplan.problem.changes.kinds import absences_in as absences_in
from shiftplan.problem.changes.kinds import absent as absent
from shiftplan.problem.changes.kinds import closed as closed
from shiftplan.problem.changes.kinds import gone_by as gone_by
from shiftplan.problem.known import Known
from shiftplan.rules.given import Available
from shiftplan.rules.registry import forbidden_among
from shiftplan.week.history import Published
from shiftplan.week.records import Shift
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster
from shiftplan.week.windows import outside
from shiftplan.week.wishes import Pin

if TYPE_CHECKING:
    from shiftplan.problem import Problem

_KINDS = get_args(AnyChange)
_LAST = "_allowed_last"
"""Where a problem keeps the roster asked for last, and what of it is still allowed; copies have
none."""


def with_changes(problem: Problem, *changes: AnyChange, roster: Roster | None = None) -> Problem:
    """The problem after changes, whatever their order.

    Parameters
    ----------
    problem
        The week as it was planned.
    changes
        Who is absent, what is closed or cancelled, what is needed instead, who is new, which rows
        are different. A shift that an absence or a closing overlaps is concerned as a whole.
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
    adding = Additions(problem, changes)
    faults += adding.faults()
    known = Known(adding.problem)
    for i, change in enumerate(changes):
        faults += unfit(known, i, change)
    faults += contradicting(known, changes)
    if faults:
        raise InputError(sorted(faults, key=lambda f: -1 if f.index is None else f.index))
    after = _without(adding.problem, changes)
    if roster is not None:
        told = {(p.shift_id, p.volunteer_id): p.told for p in problem.published}
        kept = possible(after, roster).assignments
        if any(isinstance(change, Update) for change in changes):
            was, now = (forbidden_among(week.active_rules, week, kept) for week in (problem, after))
            kept = tuple(a for a in kept if a in was or a not in now)
        published = tuple(
            Published(volunteer_id=a.volunteer_id, shift_id=a.shift_id, told=told.get(a, True))
            for a in kept
        )
        after = after.fitting(published=published)
    return after


def still_allowed(problem: Problem, roster: Roster) -> Roster:
    """The roster without what is not `possible`, and without what a rule forbids by itself."""
    last: tuple[Roster, Roster] | None = vars(problem).get(_LAST)
    if last is not None and last[0] is roster:
        return last[1]
    kept = possible(problem, roster).assignments
    forbidden = forbidden_among(problem.active_rules, problem, kept) if kept else set()
    allowed = Roster.of(set(kept) - forbidden)
    vars(problem)[_LAST] = roster, allowed
    return allowed


def possible(problem: Problem, roster: Roster) -> Roster:
    """The roster without repetitions, unknown ids and assignments that a pin forbids."""
    people, shifts = problem.volunteer_by_id, problem.shift_by_id
    barred = problem.barred
    kept = (
        pair
        for pair in sorted(set(roster.assignments))
        if pair.volunteer_id in people and pair.shift_id in shifts and pair not in barred
    )
    return Roster.model_construct(assignments=tuple(kept))


def _without(problem: Problem, changes: Sequence[AnyChange]) -> Problem:
    """The problem without requirements of closed shifts, and with pins that keep people out.

    A closed shift is no alternative any more, so that another one of its name is held, which is
    none either where it is the last, and not optional: nothing is lost if nobody works it.
    """
    gone = gone_by(changes, problem.shifts)
    away = {change.volunteer_id for change in changes if isinstance(change, Absence)}
    barred = dict.fromkeys(_barred(problem, changes, gone))
    if not gone and not away:
        return problem
    shifts = problem.shift_by_id

    def is_lifted(pin: Pin) -> bool:
        if not gone and pin.volunteer_id not in away:
            return False
        if pin.state == "must_not":
            return (pin.volunteer_id, pin.shift_id) in barred
        if pin.shift_id in gone:
            return True
        return pin.volunteer_id in away and absent(changes, pin.volunteer_id, shifts[pin.shift_id])

    pins = [pin for pin in problem.pins if not is_lifted(pin)]
    pins += [Pin(volunteer_id=v, shift_id=s, state="must_not") for v, s in barred]
    tables: dict[str, Any] = {"pins": tuple(pins)}
    if gone:
        needs = problem.requirements
        tables["requirements"] = tuple(n for n in needs if not _is_gone(problem, n, gone))
    if any(s.shift_id in gone and (s.alternative or s.optional) for s in problem.shifts):
        plain: dict[str, Any] = {"alternative": "", "optional": False}
        left = Counter(s.alternative for s in problem.shifts if s.shift_id not in gone)
        alone = {name: {"alternative": ""} for name, n in left.items() if n == 1}
        tables["shifts"] = tuple(
            s.model_copy(update=plain if s.shift_id in gone else alone.get(s.alternative))
            for s in problem.shifts
        )
    return problem.fitting(**tables)


def _is_gone(problem: Problem, need: Requirement, gone: Collection[str]) -> bool:
    """Whether a requirement counted some shift, and none that takes place."""
    counted = [shift.shift_id for shift in problem.shifts_counted(need)]
    return bool(counted) and all(shift_id in gone for shift_id in counted)


def most_outside(problem: Problem) -> int:
    """Minutes of a shift outside their windows that people may work, by the most generous rule."""
    return max((r.max_minutes for r in problem.rules if isinstance(r, Available)), default=0)


def _minutes(problem: Problem, times: Iterable[tuple[datetime, datetime]]) -> int:
    minutes = problem.horizon.minutes
    return sum(minutes(end) - minutes(start) for start, end in times)


def bar_again(problem: Problem, changes: Sequence[AnyChange], gone: Collection[str]) -> Problem:
    """The problem in which what came after an absence or a closing brings nobody back.

    Windows do not open closed shifts, and no requirement counts only these.

    Parameters
    ----------
    problem
        The week after all changes.
    changes
        All of them.
    gone
        Ids of the shifts that were closed or cancelled when that was recorded.
    """
    needs = problem.requirements
    needs = tuple(need for need in needs if not gone or not _is_gone(problem, need, gone))
    if len(needs) < len(problem.requirements):
        problem = problem.fitting(requirements=needs)
    there = problem.barred
    barred = dict.fromkeys(_barred(problem, changes, gone))
    new = [(who, where) for who, where in barred if (where, who) not in there]
    if not new:
        return problem
    pins = [
        p for p in problem.pins if (p.volunteer_id, p.shift_id) not in barred or p.state != "must"
    ]
    pins += [Pin(volunteer_id=v, shift_id=s, state="must_not") for v, s in new]
    return problem.fitting(pins=tuple(pins))


def _barred(
    problem: Problem, changes: Sequence[AnyChange], gone: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Ids of people and of shifts that they cannot work, of those that they might without this.

    They might work shifts in their windows, also of standing by, and as far outside as rules allow.
    """
    absences = absences_in(changes)
    if not gone and not absences:
        return
    at: dict[tuple[datetime, datetime], list[tuple[int, Shift]]] = {}
    for place, shift in enumerate(problem.shifts):
        at.setdefault((shift.start, shift.end), []).append((place, shift))
    gone_at = {times: [p for p in found if p[1].shift_id in gone] for times, found in at.items()}
    windows, most = problem.on_call_windows, most_outside(problem)
    people = [v.volunteer_id for v in problem.volunteers] if most else windows
    for who in (who for who in people if gone or who in absences):
        own, missed = windows.get(who, ()), list[tuple[int, Shift]]()
        for times, found in at.items():
            if any(window.contain(*times) for window in own) or (
                most and _minutes(problem, outside(own, *times)) <= most
            ):
                is_away = absent(absences.get(who, ()), who, found[0][1])
                missed += found if is_away else gone_at[times]
        yield from ((who, shift.shift_id) for _, shift in sorted(missed, key=itemgetter(0)))
