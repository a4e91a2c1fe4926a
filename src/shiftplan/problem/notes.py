"""What is no fault of a week but worth a look: what counts for nothing, or may be a slip.

`Problem` -> notes, as `Fault`s; `offers` alone finds a fault.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING

from shiftplan.errors import Fault
from shiftplan.errors.message import Message, Table
from shiftplan.problem import counted, designed, meeting, mentoring, supply
from shiftplan.problem.known import IDS, Known, fault, holds_for_nothing, name_of_two, names_in
from shiftplan.problem.nearest import apart, look

if TYPE_CHECKING:
    from shiftplan.problem import Problem
    from shiftplan.week.demand import Demand
    from shiftplan.week.records import Availability, Shift

_HALF, _DAY = timedelta(hours=12), timedelta(days=1)


FIRST = (
    *("nobody_can_come", "cannot_come", "colored_cells", "doubtful_cells", "no_effect"),
    "before_dawn",
)
"""Kinds of notes that are told before all others: whoever misses them plans a week of nobody, or
of too few shifts."""


def in_order(notes: Iterable[Fault]) -> list[Fault]:
    """Notes in their order, but for those that come first."""
    place = {code: i for i, code in enumerate(FIRST)}
    return sorted(notes, key=lambda note: place.get(note.code, len(FIRST)))


def find_notes(problem: Problem) -> Iterator[Fault]:
    """Yield what is no fault but worth a look, such as what counts for nothing."""
    yield from of_windows(problem)
    yield from _empty(problem)
    yield from _idle_rules(problem)
    yield from mentoring.notes(problem)
    yield from _repeated_wishes(problem)
    yield from _repeated_shifts(problem.shifts)
    yield from _lone_alternatives(problem)
    yield from counted.without_shifts(problem)
    yield from designed.idle_rows(problem)
    yield from _look_alikes(problem)
    yield from _long_nights("shifts", problem.shifts)
    yield from _whole_turns(problem.shifts)
    yield from _early_hours("shifts", problem.shifts)
    yield from _early_hours("demand", problem.demand)


def of_windows(problem: Problem) -> Iterator[Fault]:
    """Yield the same of the times that people offered, which are counted over all people."""
    yield from supply.notes(problem)
    for table in ("availability", "stand_by"):
        for index in _outside(problem, table):
            facts = {"who": getattr(problem, table)[index].volunteer_id}
            said, remedy = "problem.window_outside", "problem.date_mistyped"
            yield _no_offer(problem, table, index, said, remedy, **facts)
    yield from _long_nights("availability", problem.availability)
    yield from meeting.notes(problem)


def offers(known: Known) -> Iterator[Fault]:
    """Some window reaches into the horizon, or nobody could be planned at all."""
    if "horizon" in known.unread.tables:
        return
    problem = known.problem
    outside, code = list(_outside(problem, "availability")), "problem.all_windows_outside"
    if outside and len(outside) == sum(w.start < w.end for w in problem.availability):
        remedy, count = "problem.dates_of_another_week", len(outside)
        yield _no_offer(problem, "availability", outside[0], code, remedy, windows=count)


def _outside(problem: Problem, table: str) -> Iterator[int]:
    """Yield the places of windows of a table that have minutes, but none in the horizon."""
    horizon = problem.horizon
    first, last = (datetime.combine(day, time()) for day in (horizon.start, horizon.end))
    for index, window in enumerate(getattr(problem, table)):
        if window.start is None:  # the whole horizon
            continue
        if window.start < window.end and (window.end <= first or window.start >= last):
            yield index


def _no_offer(
    problem: Problem, table: str, index: int, code: str, remedy: str, **facts: object
) -> Fault:
    """What is to be told of a window of a table that counts for nothing."""
    days, day = problem.horizon.dates, getattr(problem, table)[index].start.date()
    said = Message(code, first=days[0], last=days[-1], **facts)
    return fault("outside_horizon", table, index, "start", day, said, remedy=remedy)


def _empty(problem: Problem) -> Iterator[Fault]:
    """Yield the tables without which nothing comes of a week, and the rule that reads wishes."""
    place = None, "", ""
    if not problem.volunteers:
        said = Message("problem.no_volunteers", table=Table("volunteers"))
        yield fault("missing_value", "volunteers", *place, said)
    if not (problem.requirements or problem.demand):
        said = Message("problem.no_requirements", table=Table("requirements"))
        yield fault("missing_value", "requirements", *place, said)
    if problem.preferences and not any("preferences" in rule.reads for rule in problem.rules):
        said = Message("problem.unread_preferences", table=Table("preferences"))
        remedy = Message("problem.add_preferences", table=Table("rules"))
        yield fault("missing_value", "rules", None, "rule", "", said, remedy=remedy)


def _idle_rules(problem: Problem) -> Iterator[Fault]:
    """Yield what is to be told of names and days in rules that this week lacks."""
    known = Known(problem)
    days = problem.horizon.dates
    for i, rule in enumerate(problem.rules):
        first, last = (getattr(rule, name, None) for name in ("first_day", "last_day"))
        for column, day, is_off in (
            ("first_day", first, first is not None and first > days[-1]),
            ("last_day", last, last is not None and last < days[0]),
        ):
            if is_off:
                said = Message("problem.rule_of_other_days", rule=rule.rule)
                yield fault("outside_horizon", "rules", i, column, day, said)
        is_idle = holds_for_nothing(rule, known)
        code = "problem.lacking_name" if is_idle else "problem.lacking_name_of_some"
        for column, names, of in names_in(rule):
            for name in names if of == "people" else ():
                kinds = known.meanings(name)
                if len(kinds) > 1:
                    yield name_of_two("rules", i, name, kinds)
            for name in names:
                if name not in known.named(of):
                    said, remedy = Message(code, name=name, rule=rule.rule), "problem.applies_again"
                    yield fault("unknown_name", "rules", i, column, name, said, remedy=remedy)


def _repeated_wishes(problem: Problem) -> Iterator[Fault]:
    """Yield wishes of a person about what they wished before, which both count."""
    first: dict[Hashable, int] = {}
    for i, wish in enumerate(problem.preferences):
        key = (wish.volunteer_id, wish.shift_id, wish.date, wish.shifts)
        if (same := first.setdefault(key, i)) != i:
            is_alike = wish.state == problem.preferences[same].state
            said = "problem.wish_again" if is_alike else "problem.opposite_wish"
            place = "preferences", i, "state", wish.state
            yield fault("duplicate_row", *place, said, remedy="problem.wishes_add_up", other=same)


def _repeated_shifts(shifts: Sequence[Shift]) -> Iterator[Fault]:
    """Yield the first shift that is the same as an earlier one under another id.

    The same are two shifts of one center with equal times, type, tags and skill: people of either
    would do for both, so that two ids say no more than a larger requirement.
    """
    first: dict[Hashable, int] = {}
    apart = ("shift_id", "extra")
    keys = (tuple(v for k, v in s.__dict__.items() if k not in apart) for s in shifts)
    earlier = [first.setdefault(key, index) for index, key in enumerate(keys)]
    found = [index for index, same in enumerate(earlier) if same != index]
    if not found:
        return
    index, same = found[0], earlier[found[0]]
    said = Message("problem.repeated_shift", shift=shifts[same].shift_id)
    if len(found) > 1:
        said = Message("problem.repeated_shifts", shifts=len(found), shift=shifts[same].shift_id)
    place = "shifts", index, "shift_id", shifts[index].shift_id
    yield fault("duplicate_row", *place, said, remedy="problem.shift_entered_twice", other=same)


def _lone_alternatives(problem: Problem) -> Iterator[Fault]:
    """Yield the shifts whose name in the column `alternative` no other shift has."""
    for i, shift in enumerate(problem.shifts):
        if shift.alternative and len(problem.alternatives[shift.shift_id]) == 1:
            said = Message("problem.lone_alternative", name=shift.alternative)
            place = "shifts", i, "alternative", shift.alternative
            yield fault("unknown_name", *place, said, remedy="problem.name_alternatives")


def _look_alikes(problem: Problem) -> Iterator[Fault]:
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
            said = Message(code, name=earlier, apart=apart(name, earlier), names=len(found))
            place, remedy = (table, index, column), "problem.typed_in_two_ways"
            yield fault("duplicate_id", *place, name, said, remedy=remedy, other=at)


def may_be_swapped(start: datetime, end: datetime) -> bool:
    """Whether an interval lasts more than 12 hours over midnight, and not a whole day."""
    reaches_over = start.date() < end.date() and end.time() != time()
    return reaches_over and _HALF < end - start < _DAY


def _long_nights(table: str, rows: Sequence[Shift | Availability]) -> Iterator[Fault]:
    """Yield the first interval of a table that is longer over midnight than within a day.

    An end by the clock before the start is one of the next day; where that makes more than half a
    day and less than a whole one, the two times may be swapped.
    """
    found = [index for index, row in enumerate(rows) if may_be_swapped(row.start, row.end)]
    if not found:
        return
    row = rows[found[0]]
    hours = (row.end - row.start) / timedelta(hours=1)
    code = "problem.long_night" if len(found) == 1 else "problem.long_nights"
    said = Message(code, start=row.start, end=row.end, hours=hours, rows=len(found))
    place = table, found[0], "end", f"{row.end:%H:%M}"
    yield fault("reversed_interval", *place, said, remedy="problem.swapped_times")


def _whole_turns(shifts: Sequence[Shift]) -> Iterator[Fault]:
    """Yield the first shift of exactly 24 hours, unless most shifts last as long.

    Days from midnight to midnight are meant as they are written.
    """
    found = [
        index
        for index, shift in enumerate(shifts)
        if shift.end - shift.start == _DAY and shift.start.time() != time()
    ]
    if found and 2 * len(found) < len(shifts):
        start = shifts[found[0]].start
        said = Message("problem.whole_turn", start=start, n=len(found))
        place = "shifts", found[0], "end", f"{start:%H:%M}"
        yield fault("reversed_interval", *place, said, remedy="problem.end_mistyped")


def before_dawn(rows: Sequence[Shift | Demand]) -> list[int]:
    """Places of rows such as 1:00 to 5:00, which may be meant after noon: no other is at night."""
    early = {i for i, row in enumerate(rows) if supply.is_before_dawn(row.start, row.end)}
    others = (row for i, row in enumerate(rows) if i not in early) if early else ()
    return [] if any(map(_is_at_night, others)) else sorted(early)


def _is_at_night(row: Shift | Demand) -> bool:
    midnight = datetime.combine(row.start.date(), time()) + _DAY
    return row.start.time() < supply.LATEST or row.end > midnight


def _early_hours(table: str, rows: Sequence[Shift | Demand]) -> Iterator[Fault]:
    """Yield the first row of a table that is before dawn where its others are by day."""
    found = before_dawn(rows)
    if not found:
        return
    row = rows[found[0]]
    said = Message(f"problem.{table}_before_dawn", start=row.start, end=row.end, n=len(found))
    remedy = Message("problem.afternoon_meant", start=row.start + _HALF)
    place = table, found[0], "start", f"{row.start:%H:%M}"
    yield fault("before_dawn", *place, said, remedy=remedy)
