"""What is no fault of a week but worth a look: what counts for nothing, or may be a slip.

`Problem` -> notes, as `Fault`s; `offers` alone finds a fault.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING

from shiftplan.errors import Fault, OtherRow
from shiftplan.errors.message import Message, Table
from shiftplan.problem.crosscheck.known import (
    IDS,
    NOTHING_UNREAD,
    Known,
    holds_for_nothing,
    names_in,
)
from shiftplan.problem.nearest import apart, look

if TYPE_CHECKING:
    from shiftplan.problem import Problem
    from shiftplan.week.records import Availability, Shift

_HALF, _DAY = timedelta(hours=12), timedelta(days=1)


def empty_tables(problem: Problem) -> Iterator[Fault]:
    """Yield the tables without which nothing comes of a week."""
    if not problem.volunteers:
        message = Message("problem.no_volunteers", table=Table("volunteers"))
        yield Fault("missing_value", "volunteers", message=message)
    if not (problem.requirements or problem.demand):
        message = Message("problem.no_requirements", table=Table("requirements"))
        yield Fault("missing_value", "requirements", message=message)


def unread_preferences(problem: Problem) -> Iterator[Fault]:
    """Yield the missing rule where people stated preferences and none reads them."""
    unread = not any("preferences" in rule.reads for rule in problem.rules)
    if problem.preferences and unread:
        message = Message("problem.unread_preferences", table=Table("preferences"))
        remedy = Message("problem.add_preferences", table=Table("rules"))
        yield Fault("missing_value", "rules", "rule", message=message, remedy=remedy)


def long_nights(problem: Problem) -> Iterator[Fault]:
    """Yield the first interval of a table that is longer over midnight than within a day.

    An end by the clock before the start is one of the next day; where that makes more than half a
    day and less than a whole one, the two times may be swapped.
    """
    yield from _long_nights("shifts", problem.shifts)
    yield from _long_nights("availability", problem.availability)


def repeated_shifts(problem: Problem) -> Iterator[Fault]:
    """Yield the first shift that is the same as an earlier one under another id.

    The same are two shifts of one center with equal times, type, tags and skill: people of either
    would do for both, so that two ids say no more than a larger requirement.
    """
    first: dict[Hashable, int] = {}
    shifts = problem.shifts
    keys = (tuple(v for k, v in s.__dict__.items() if k != "shift_id") for s in shifts)
    earlier = [first.setdefault(key, index) for index, key in enumerate(keys)]
    found = [index for index, same in enumerate(earlier) if same != index]
    if not found:
        return
    index, same = found[0], earlier[found[0]]
    shift = shifts[same].shift_id
    message = Message("problem.repeated_shift", shift=shift)
    if len(found) > 1:
        message = Message("problem.repeated_shifts", shifts=len(found), shift=shift)
    yield Fault(
        "duplicate_row",
        "shifts",
        "shift_id",
        shifts[index].shift_id,
        message,
        remedy=Message("problem.shift_entered_twice"),
        index=index,
        other=OtherRow(same),
    )


def look_alikes(problem: Problem) -> Iterator[Fault]:
    """Yield the first id of each table, and the first name, that only looks like an earlier one."""
    tables: dict[tuple[str, str], list[tuple[str, ...]]] = {
        (table, column): [(getattr(row, column),) for row in getattr(problem, table)]
        for table, column in IDS.items()
    }
    tables["volunteers", "group"] = [v.group for v in problem.volunteers]
    tables["shifts", "type"] = [(s.type,) for s in problem.shifts]
    tables["shifts", "tags"] = [s.tags for s in problem.shifts]
    tables["centers", "groups"] = [c.groups for c in problem.centers]
    for (table, column), rows in tables.items():
        first: dict[str, tuple[str, int]] = {}
        named = {name: index for index, names in reversed([*enumerate(rows)]) for name in names}
        found = [
            (name, index, *first[look(name)])
            for name, index in sorted(named.items(), key=itemgetter(1))
            if first.setdefault(look(name), (name, index))[0] != name
        ]
        if found:
            name, index, earlier, at = found[0]
            code = "problem.looks_the_same" if len(found) == 1 else "problem.look_the_same"
            message = Message(code, name=earlier, apart=apart(name, earlier), names=len(found))
            remedy = Message("problem.typed_in_two_ways")
            yield Fault(
                "duplicate_id",
                table,
                column,
                name,
                message,
                remedy=remedy,
                index=index,
                other=OtherRow(at),
            )


def may_be_swapped(start: datetime, end: datetime) -> bool:
    """Whether an interval lasts more than 12 hours over midnight, and not a whole day."""
    reaches_over = start.date() < end.date() and end.time() != time()
    return reaches_over and _HALF < end - start < _DAY


def _long_nights(table: str, rows: Sequence[Shift | Availability]) -> Iterator[Fault]:
    found = [index for index, row in enumerate(rows) if may_be_swapped(row.start, row.end)]
    if not found:
        return
    row = rows[found[0]]
    hours = (row.end - row.start) / timedelta(hours=1)
    code = "problem.long_night" if len(found) == 1 else "problem.long_nights"
    message = Message(code, start=row.start, end=row.end, hours=hours, rows=len(found))
    yield Fault(
        "reversed_interval",
        table,
        "end",
        f"{row.end:%H:%M}",
        message,
        remedy=Message("problem.swapped_times"),
        index=found[0],
    )


def lacking_names(problem: Problem) -> Iterator[Fault]:
    """Yield what is to be told of names in rules that this week lacks; it is no fault."""
    known = Known(problem, NOTHING_UNREAD)
    for i, rule in enumerate(problem.rules):
        is_idle = holds_for_nothing(rule, known)
        code = "problem.lacking_name" if is_idle else "problem.lacking_name_of_some"
        for column, names, of in names_in(rule):
            for name in names:
                if name not in getattr(known, of):
                    message = Message(code, name=name, rule=rule.rule)
                    remedy = Message("problem.applies_again")
                    yield Fault(
                        "unknown_name", "rules", column, name, message, remedy=remedy, index=i
                    )


def offers(known: Known) -> Iterator[Fault]:
    """Some window reaches into the horizon, or nobody could be planned at all."""
    if "horizon" in known.unread.tables:
        return
    windows = known.problem.availability
    outside = list(_outside(known.problem))
    if outside and len(outside) == sum(w.start < w.end for w in windows):
        days = _days(known.problem)
        message = Message("problem.all_windows_outside", windows=len(outside), **days)
        remedy = Message("problem.dates_of_another_week")
        first = outside[0]
        day = str(windows[first].start.date())
        yield Fault(
            "outside_horizon", "availability", "start", day, message, remedy=remedy, index=first
        )


def windows_outside(problem: Problem) -> Iterator[Fault]:
    """Yield what is to be told of each window that counts for nothing; it is no fault."""
    for index in _outside(problem):
        window = problem.availability[index]
        who = window.volunteer_id
        message = Message("problem.window_outside", who=who, **_days(problem))
        remedy = Message("problem.date_mistyped")
        day = str(window.start.date())
        yield Fault(
            "outside_horizon", "availability", "start", day, message, remedy=remedy, index=index
        )


def _outside(problem: Problem) -> Iterator[int]:
    """Yield the places of windows that have minutes, but none in the horizon."""
    horizon = problem.horizon
    first, last = (datetime.combine(day, time()) for day in (horizon.start, horizon.end))
    for index, window in enumerate(problem.availability):
        if window.start < window.end and (window.end <= first or window.start >= last):
            yield index


def _days(problem: Problem) -> dict[str, date]:
    return {"first": problem.horizon.start, "last": problem.horizon.dates[-1]}
