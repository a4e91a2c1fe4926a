"""History of the next week: shares from the ledger, streaks and counters from the last roster.

(`Problem` of the last week, roster, ledger, next week) -> `History` rows; over several weeks of
everybody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from itertools import takewhile

from shiftplan.case.case import Case
from shiftplan.problem import Problem
from shiftplan.problem.known import Known
from shiftplan.rules import (
    AsLastWeek,
    MaxConsecutiveWeekends,
    MaxWeekends,
    MinConsecutiveWeekends,
)
from shiftplan.seasons.ledger import Ledger
from shiftplan.week.fields import WEEKDAYS
from shiftplan.week.history import History
from shiftplan.week.records import Shift, Volunteer
from shiftplan.week.roster import Roster
from shiftplan.week.scope import EVERY

_STREAKS = ("worked_in_a_row", "off_in_a_row", "same_type_in_a_row", "weekends_in_a_row")
_UNKNOWN: dict[str, object] = {"last_shift_type": "", **dict.fromkeys(_STREAKS)}
_COUNTERS = ("counted_shifts", "counted_minutes", "counted_weekends")


def next_history(
    last: Problem, following: Problem, roster: Roster | None, ledger: Ledger | None
) -> tuple[History, ...]:
    """Carry history on to the following week, whose own history is not read.

    The roster tells who worked what in the last week, the ledger of earlier weeks; without one it
    goes on from the history of the last week. A roster whose week the ledger has already is not
    counted again. Rows are in order of the volunteers. Without roster and ledger, they are those of
    the last week, whose streaks are no longer known. A roster that names ids which the last week
    does not know raises InputError.
    """
    own = tuple(_streaks(last, following, roster))
    if roster is None and ledger is None:
        return own
    return _with_shares(own, last, following, roster, ledger)


def _with_shares(
    own: tuple[History, ...],
    last: Problem,
    following: Problem,
    roster: Roster | None,
    ledger: Ledger | None,
) -> tuple[History, ...]:
    """Rows of the following people: shares from the ledger, the rest as it was."""
    book = Ledger.begin(last) if ledger is None else ledger
    first, end = last.horizon.start, last.horizon.end
    if roster is not None and not any(w.start < end and first < w.end for w in book.weeks):
        book = book.record(last, roster)
    rows = book.history(following.model_copy(update={"history": own}))
    if ledger is None:
        entries = (entry for week in book.weeks[-1:] for entry in week.entries)
        there = {entry.volunteer_id for entry in entries}
        rows = tuple(_own_weeks(row, last, there) for row in rows)
    return tuple(_agreeing(row, following.horizon.start) for row in rows)


def _own_weeks(row: History, last: Problem, there: Collection[str]) -> History:
    """A row with the weeks that its own history covers, and the last one if the person is in it."""
    who = row.volunteer_id
    before = last.history_by_id.get(who, History(volunteer_id=who)).weeks
    return row.model_copy(update={"weeks": before + (who in there) * last.horizon.days / 7})


def carry_on(
    known: Mapping[str, History],
    last: Problem,
    following: Problem,
    worked: Roster,
    ledger: Ledger | None,
    *,
    counting: bool = False,
) -> dict[str, History]:
    """Carry the history of everybody on over one of several weeks, as `next_history` does.

    `known` are rows before the last week by volunteer id, also of people who were not in it; the
    last week has the history that it was planned with. The result are rows before the following
    week, also of people who are not in it. Whoever was not in the last week keeps the counters, and
    streaks are unknown. The following week's own history counts for people whom no week before
    knows. With `counting`, shifts, minutes and weekends are counted for limits of the whole time
    also where nobody's history counts any yet.
    """
    rows = {h.volunteer_id: h for h in following.history}
    rows |= {who: row.model_copy(update=_UNKNOWN) for who, row in known.items()}
    counts = counting or any(getattr(h, name) for h in known.values() for name in _COUNTERS)
    own = tuple(_streaks(last, following, worked, counting=counts))
    rows |= {row.volunteer_id: row for row in own}
    for row in _with_shares(own, last, following, worked, ledger):
        who = row.volunteer_id
        if who not in last.volunteer_by_id and who in known:
            row = row.model_copy(update={name: getattr(known[who], name) for name in _COUNTERS})
        rows[who] = row
    return rows


def with_history(problem: Problem, known: Mapping[str, History]) -> Problem:
    """The week with the rows of its own people among those known."""
    own = tuple(known[who] for who in problem.volunteer_by_id if who in known)
    return problem.model_copy(update={"history": own})


def _agreeing(history: History, start: dt.date) -> History:
    """Without streaks that the ledger contradicts, such as when the person did not come."""
    worked = bool(history.worked_in_a_row)
    came = history.last_worked == start - dt.timedelta(1)
    known = history.worked_in_a_row is not None
    return history.model_copy(update=_UNKNOWN) if known and worked != came else history


def _streaks(
    last: Problem, following: Problem, roster: Roster | None, *, counting: bool = False
) -> list[History]:
    """The rows of the week before with new streaks and counters; a row for whoever worked."""
    rows = {h.volunteer_id: h for h in last.history}
    if roster is None:
        own = (rows[who] for who in last.volunteer_by_id if who in rows)
        return [row.model_copy(update=_UNKNOWN) for row in own]
    case = Case(last, Roster.of(set(roster.assignments)))
    counts = counting or any(getattr(h, name) for h in last.history for name in _COUNTERS)
    known, worked = Known(following), {shift.type for shift in last.shifts}
    place = "history", 0, "last_shift_type"
    unfit = {kind for kind in worked if any(known.misspelt(*place, [kind], "types"))}
    adjacent = following.horizon.start == last.horizon.end
    found = []
    for volunteer in last.volunteers:
        row = rows.get(volunteer.volunteer_id, History(volunteer_id=volunteer.volunteer_id))
        values = {**_UNKNOWN, "last_week": _last_week(case, following, volunteer, row)}
        if adjacent:
            values |= _runs(case, volunteer, row)
            if values["last_shift_type"] in unfit:
                values |= {"last_shift_type": "", "same_type_in_a_row": None}
            values["weekends_in_a_row"] = _weekends_in_a_row(case, following, volunteer, row)
        if counts:
            values |= _counters(last, case, volunteer, row)
        found.append(row.model_copy(update=values))
    return found


def _runs(case: Case, volunteer: Volunteer, before: History) -> dict[str, object]:
    """Days worked or off in a row right before the next week, and what was worked last."""
    by_day: dict[dt.date, list[Shift]] = {}
    for shift in case.worked(volunteer):
        by_day.setdefault(shift.day, []).append(shift)
    at_work = _at_work(case, volunteer)
    days = case.horizon.dates[::-1]
    if days[0] not in at_work:
        off = _length(days, [day not in at_work for day in days], before.off_in_a_row)
        return {**_UNKNOWN, "worked_in_a_row": 0, "off_in_a_row": off}
    worked = _length(days, [day in at_work for day in days], before.worked_in_a_row)
    kinds = [by_day[day][-1].type if day in by_day else None for day in days]
    earlier = before.same_type_in_a_row if before.last_shift_type == kinds[0] else 0
    same = _length(days, [kind == kinds[0] for kind in kinds], earlier)
    return {
        "last_shift_type": kinds[0] or "",
        "worked_in_a_row": worked,
        "off_in_a_row": 0,
        "same_type_in_a_row": min(same, worked) if kinds[0] else None,
    }


def _at_work(case: Case, volunteer: Volunteer) -> set[dt.date]:
    """Dates on which somebody works a shift, or has other work."""
    beside = {day for day, _ in case.occupied_on(volunteer, "is_work", EVERY)}
    return case.days_worked(volunteer) | beside


def _last_week(
    case: Case, following: Problem, volunteer: Volunteer, before: History
) -> tuple[str, ...]:
    """Starts of shifts in the last seven days, if a rule of the next week asks for them.

    Where somebody worked none, those of the last week with work stay. Centers whose ids hold a bar
    cannot be told, and are left out.
    """
    if not any(isinstance(rule, AsLastWeek) for rule in following.rules):
        return ()
    starts = {
        f"{WEEKDAYS[shift.day.weekday()]} {shift.start:%H:%M} {shift.center_id}"
        for shift in case.worked(volunteer)
        if shift.day in case.horizon.dates[-7:] and "|" not in shift.center_id
    }
    return tuple(sorted(starts)) or before.last_week


def _weekends_in_a_row(
    case: Case, following: Problem, volunteer: Volunteer, before: History
) -> int | None:
    """Weekends with work in a row right before the next week, if one of its rules asks for them.

    Weekends are those of the first rule that counts them by all shifts. None where the next week
    begins within one, of which its own days are still unknown.
    """
    kinds = (MaxConsecutiveWeekends, MinConsecutiveWeekends)
    rules = (r for r in following.rules if isinstance(r, kinds) and r.which.is_all)
    rule = next(rules, None)
    if rule is None or any(run[0] < 0 <= run[-1] for run in rule.runs(following.horizon.start, 1)):
        return None
    start = case.horizon.start
    worked = {(day - start).days for day in _at_work(case, volunteer)}
    runs = [run for run in rule.runs(start, case.horizon.days) if 0 <= run[-1] < case.horizon.days]
    is_worked = [not worked.isdisjoint(run) for run in runs][::-1]
    row = sum(takewhile(bool, is_worked))
    return row + (before.weekends_in_a_row or 0) if row == len(runs) else row


def _length(days: Sequence[dt.date], is_so: Sequence[bool], before: int | None) -> int:
    """Days in a row from the last one back, and into the time before where all are so."""
    run = sum(takewhile(bool, is_so))
    return run + (before or 0) if run == len(days) else run


def _counters(
    problem: Problem, case: Case, volunteer: Volunteer, before: History
) -> dict[str, object]:
    """What rules on the whole time count: shifts, minutes, and weekends.

    Weekends are those of the first rule that counts them by all shifts. One that the end of the
    week cuts is counted by the next week if its last day here was worked, which that week knows.
    """
    horizon, shifts = case.horizon, case.worked(volunteer)
    rules = (r for r in problem.rules if isinstance(r, MaxWeekends) and r.which.is_all)
    rule = next(rules, MaxWeekends(max_weekends=0))
    days = {(day - horizon.start).days for day in _at_work(case, volunteer)}
    days |= {-1 - i for i in range(before.worked_in_a_row or 0)}
    runs = rule.runs(horizon.start, horizon.days)
    ends = horizon.days if horizon.days - 1 in days else horizon.days + 7
    weekends = sum(0 <= run[-1] < ends and not days.isdisjoint(run) for run in runs)
    beside = [
        sum(n for _, n in case.occupied_on(volunteer, name, EVERY))
        for name in ("counted_shifts", "counted_minutes")
    ]
    minutes = sum(map(case.minutes, shifts))
    more = (len(shifts) + beside[0], minutes + beside[1], weekends)
    return {name: getattr(before, name) + n for name, n in zip(_COUNTERS, more, strict=True)}
