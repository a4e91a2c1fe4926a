"""When people cannot come because they declined a shift, or said no when they were called.

(`Problem`, `RecordState`, what was told) -> pins and shorter windows; reasons of `Notice`s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from itertools import pairwise

from shiftplan.analysis.repair.notices import Notice
from shiftplan.problem import Problem
from shiftplan.problem.changes import Offer, most_outside
from shiftplan.problem.notes import may_be_swapped
from shiftplan.record.promises import with_pins
from shiftplan.record.state import RecordState
from shiftplan.week.records import Availability, Shift, StandBy, overlap
from shiftplan.week.roster import Assignment, Roster
from shiftplan.week.windows import JoinedWindows, joined_windows, outside
from shiftplan.week.wishes import Pin


def refused(files: Problem, state: RecordState) -> Iterator[tuple[Assignment, Availability]]:
    """Yield who said no to which shift, and when the person cannot come for that reason.

    That is at the hours of the shift as the person knew it, but for times offered later.
    """
    offers: dict[str, list[tuple[int, Availability]]] = {}
    for entry, changes in state.changed.items():
        for window in (change.window for change in changes if isinstance(change, Offer)):
            offers.setdefault(window.volunteer_id, []).append((entry, window))
    for refusal in state.refused:
        who = refusal.pair.volunteer_id
        shift = refusal.shift or files.shift_by_id.get(refusal.pair.shift_id)
        if shift is not None:
            later = [window for entry, window in offers.get(who, ()) if entry > refusal.entry]
            for start, end in _without(later, who, shift):
                yield refusal.pair, Availability(volunteer_id=who, start=start, end=end)


def with_refusals(
    problem: Problem,
    state: RecordState,
    told: Roster | None,
    found: Collection[tuple[Assignment, Availability]],
) -> Problem:
    """The problem in which people are out of what they `refused`, and of all at the same hours.

    Pins bar the shifts themselves, as long as they share time with these hours. Windows that are
    cut bar all others, which takes no pin for each, unless people may work outside them. What the
    person was told, said yes to, or is pinned to by the week stays possible.
    """
    people, shifts = problem.volunteer_by_id, problem.shift_by_id
    found = [(pair, hours) for pair, hours in found if pair.volunteer_id in people]
    if not found:
        return problem
    yes = {pair for pair, said in state.answers.items() if said.answer == "confirmed"}
    yes |= {pair for pair, (_, call) in state.heard.items() if call.answer == "comes"}
    yes |= {Assignment.of(pin) for pin in problem.pins if pin.state == "must"}
    yes |= {*(() if told is None else told.assignments)}
    known = {**shifts, **state.shifts_told}
    barred = {
        pair
        for pair, hours in found
        if pair.shift_id in known and overlap(known[pair.shift_id], hours)
    }
    works: dict[str, list[Shift]] = {who: [] for (_, who), _ in found}
    for pair in yes - barred:
        if pair.volunteer_id in works and pair.shift_id in known:
            works[pair.volunteer_id].append(known[pair.shift_id])
    away = [
        Availability(volunteer_id=who, start=start, end=end)
        for (_, who), hours in found
        for start, end in _without(works[who], who, hours)
    ]
    out = [
        pair
        for pair, hours in found
        if pair.shift_id in shifts and overlap(shifts[pair.shift_id], hours)
    ]
    if most_outside(problem):
        out += [
            Assignment(shift.shift_id, window.volunteer_id)
            for window in away
            for shift in problem.shifts
            if overlap(shift, window)
        ]
    pins = [
        Pin(volunteer_id=pair.volunteer_id, shift_id=pair.shift_id, state="must_not")
        for pair in dict.fromkeys(out)
    ]
    return _without_times(with_pins(problem, pins), joined_windows(away))


def with_answers(
    notices: Iterable[Notice],
    files: Problem,
    state: RecordState,
    shifts: Mapping[str, Shift],
    called_in: Roster,
) -> tuple[Notice, ...]:
    """Notices in which people lose what they `refused`, and get what they come to, for this reason.

    `shifts`: id -> shift of the week as it is now; `called_in`: reserves who come.
    """
    declined = {pair for pair, said in state.answers.items() if said.answer == "declined"}
    away: dict[str, list[Availability]] = {}
    for (_, who), hours in refused(files, state):
        away.setdefault(who, []).append(hours)

    def is_refused(notice: Notice) -> bool:
        pair, shift = Assignment.of(notice), shifts[notice.shift_id]
        return pair in declined or any(overlap(shift, h) for h in away.get(pair.volunteer_id, ()))

    def explained(notice: Notice) -> Notice:
        if notice.reason == "impossible" and is_refused(notice):
            return replace(notice, reason="declined")
        if notice.reason == "fits" and Assignment.of(notice) in called_in:
            return replace(notice, reason="offers")
        return notice

    return tuple(map(explained, notices))


def _without(
    windows: Iterable[Availability | Shift], who: str, hours: Availability | Shift
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the parts of a time that are in none of some windows or shifts."""
    rows = [Availability(volunteer_id=who, start=w.start, end=w.end) for w in windows]
    return outside(joined_windows(rows).get(who, ()), hours.start, hours.end)


def _without_times(problem: Problem, away: Mapping[str, Sequence[JoinedWindows]]) -> Problem:
    """The problem in which people offer nothing, nor stand by, at times when they are away."""
    horizon = problem.horizon

    def cut(row: Availability | StandBy, window: Availability) -> Iterator[Availability | StandBy]:
        gone = away.get(row.volunteer_id, ())
        if not any(window.start < one.end and one.start < window.end for one in gone):
            yield row
            return
        for start, end in outside(gone, window.start, window.end):
            times = [start, end]
            if may_be_swapped(start, end):  # what is left over midnight is no slip of the pen
                times.insert(1, datetime.combine(end.date(), time()))
            times = [horizon.local(horizon.utc(moment)) for moment in times]
            for first, last in pairwise(times):  # as clocks show them: some days have no midnight
                yield row.model_copy(update={"start": first, "end": last})

    windows = [part for row in problem.availability for part in cut(row, row)]
    standing = zip(problem.stand_by, problem.stand_by_windows, strict=True)
    stand_by = [part for row, window in standing for part in cut(row, window)]
    tables = {"availability": tuple(windows), "stand_by": tuple(stand_by)}
    return problem.fitting(**{n: t for n, t in tables.items() if t != getattr(problem, n)})
