"""Faults between the parts of a problem: unknown ids, contradictions, values out of order.

`Problem`, or the tables a reader has so far -> `Fault`s; it never stops at the first. Here stands
what concerns all tables: repeated rows, rules without what they need, and clocks.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, get_args, get_origin
from zoneinfo import ZoneInfo

from shiftplan.errors import Fault
from shiftplan.errors.message import Column, Message, Table
from shiftplan.problem import coming, designed, notes, tables
from shiftplan.problem.known import (
    IDS,
    NOTHING_UNREAD,
    Known,
    Unread,
    fault,
    name_of_two,
    names_in,
    words_in,
)
from shiftplan.rules import Rule, is_priced
from shiftplan.week.fields import WEEKDAYS

if TYPE_CHECKING:
    from shiftplan.problem import Problem

_SHOWN = 8
"""Centers that one fault names."""


def find_faults(problem: Problem, unread: Unread = NOTHING_UNREAD) -> Iterator[Fault]:
    """Yield everything in a problem, whose fields are valid one by one, that does not fit together.

    `Problem` calls this on itself; a reader may call it on a `model_construct` of the rows that
    could be read, with what is `unread` of it.
    """
    if wrong := [*_mistyped(problem)]:
        yield from wrong
        return
    known = Known(problem, unread)
    yield from _unique(problem)
    for part in (
        tables.people,
        tables.windows,
        tables.standing_by,
        tables.occupied,
        notes.offers,
        tables.work,
        tables.demand,
        tables.citizens,
        coming.visits,
        coming.kinds_of_citizens,
        coming.officials,
        tables.ways,
        designed.misspelt_names,
        tables.requirements,
        tables.histories,
        tables.pins,
        tables.wishes,
        tables.published,
        _rules,
        _places,
        _ways,
        _clocks,
    ):
        yield from part(known)


def _mistyped(problem: Problem) -> Iterator[Fault]:
    """Yield what an unchecked copy holds in place of records, such as mappings."""
    for table, field in type(problem).model_fields.items():
        value, kind = vars(problem).get(table), field.annotation
        wrong: list[tuple[int | None, object]] = []
        if get_origin(kind) is tuple:
            kind = Rule if table == "rules" else get_args(kind)[0]
            if isinstance(value, tuple | list):
                wrong += [(i, row) for i, row in enumerate(value) if not isinstance(row, kind)]
            else:
                wrong.append((None, value))
        elif isinstance(value, Mapping):
            wrong.append((None, value))
        for index, found in wrong:
            said = Message("problem.no_record", kind=getattr(kind, "__name__", table))
            remedy = "problem.validate_copy"
            yield fault("invalid_value", table, index, "", found, said, remedy=remedy)


_SAME: dict[str, Callable[[Any], Hashable]] = {
    "pins": attrgetter("volunteer_id", "shift_id", "state"),
    "published": attrgetter("volunteer_id", "shift_id"),
    "history": attrgetter("volunteer_id"),
    "occupied": lambda row: tuple(dict(row).values()),
    "rates": attrgetter("level"),
    "requirements": lambda need: (
        need.shift_id or need.times,
        need.conditions or (need.min_level,),
    ),
    "demand": attrgetter("center_id", "service_id", "start", "end"),
    "languages": attrgetter("center_id", "skill_id"),
    "citizen_kinds": attrgetter("kind", "where"),
    "journeys": attrgetter("where", "services"),
    "travel": attrgetter(
        "origin", "destination", "mode", "days", "first_departure", "last_departure"
    ),
    "shift_types": lambda row: (row.type, row.where, row.days, row.starts, row.lengths),
    "breaks": lambda row: tuple(dict(row).values()),
    "policy": attrgetter("setting", "where"),
    "rules": lambda rule: tuple((k, v) for k, v in rule if k not in {"level", "weight", "note"}),
}
"""Table -> what no two of its rows may have in common; prices of rules that differ add up."""


def _unique(problem: Problem) -> Iterator[Fault]:
    """No id stands twice, and no row says again what another one says."""
    for table, column in IDS.items():
        first: dict[str, int] = {}
        for i, row in enumerate(getattr(problem, table)):
            name = getattr(row, column)
            if (same := first.setdefault(name, i)) != i:
                said, remedy = "problem.repeated_id", "problem.pasted_id"
                yield fault("duplicate_id", table, i, column, name, said, remedy=remedy, other=same)
    for table, key in _SAME.items():
        yield from _repeated(table, getattr(problem, table), key)


def _repeated(table: str, rows: Sequence[Any], key: Callable[[Any], Hashable]) -> Iterator[Fault]:
    """Yield the faults of rows that say the same as an earlier one."""
    first: dict[Hashable, int] = {}
    for i, row in enumerate(rows):
        same = first.setdefault(key(row), i)
        if same == i or (table == "rules" and _adds_up(row, rows[same])):
            continue
        said, remedy = "problem.repeated_row", "problem.pasted_row"
        yield fault("duplicate_row", table, i, "", "", said, remedy=remedy, other=same)


def _adds_up(rule: Rule, earlier: Rule) -> bool:
    """Whether two rules that say the same both cost, and not the same."""
    prices = [(r.level, getattr(r, "weight", 0)) for r in (rule, earlier)]
    return all(map(is_priced, (rule, earlier))) and prices[0] != prices[1]


def _rules(known: Known) -> Iterator[Fault]:
    """Rules misspell no group, shift type, tag or skill, and their days are in order."""
    for i, rule in enumerate(known.problem.rules):
        fields: dict[str, Any] = rule.__dict__
        for column, names, of in names_in(rule):
            yield from known.misspelt("rules", i, column, names, of)
            for name in names if of == "people" else ():
                if len(kinds := known.meanings(name)) > 1 and "group" not in kinds:
                    yield name_of_two("rules", i, name, kinds)
        for column, word in words_in(rule):
            if word in known.sets:
                meant, remedy = "problem.pattern_word", "problem.tag_instead"
                yield fault("ambiguous_name", "rules", i, column, word, meant, remedy=remedy)
        skill = fields.get("skill")
        if isinstance(skill, str):
            for column in ("min_level", "novice_level", "mentor_level"):
                yield from known.level("rules", i, column, fields.get(column), skill)
        first, last = fields.get("first_day"), fields.get("last_day")
        if first is not None and last is not None and last < first:
            said = Message("problem.reversed_days", column=Column("first_day"), day=first)
            yield fault("reversed_interval", "rules", i, "last_day", last, said)
        weekend = fields.get("weekend", ())
        if weekend and not _in_a_row(weekend):
            value = "|".join(weekend)
            yield fault("split_weekend", "rules", i, "weekend", value, "problem.split_weekend")


def _ways(known: Known) -> Iterator[Fault]:
    """Rules about ways find a row of the table travel or coordinates for each way."""
    names = sorted({r.rule for r in known.problem.rules if r.measures_ways})
    if not names or known.unread.touches("travel"):
        return
    centers, ways = known.problem.centers, known.problem.ways
    for i, center in enumerate(centers):
        if center.lat is not None and center.lon is not None:
            continue
        for other in centers:
            here, there = center.center_id, other.center_id
            if here != there and not (ways.between(here, there) and ways.between(there, here)):
                facts = {"center": here, "other": there, "n": len(names), "rules": names}
                said = Message("problem.needs_way", **facts)
                remedy = Message("problem.add_way", table=Table("travel"))
                column = "lat" if center.lat is None else "lon"
                place = "centers", i, column
                yield fault("missing_coordinates", *place, "", said, remedy=remedy)
                break


def _places(known: Known) -> Iterator[Fault]:
    """Rules about distance find the coordinates and homes they need."""
    names = sorted({r.rule for r in known.problem.rules if r.measures_distance})
    if not names:
        return
    rules = {"n": len(names), "rules": names}
    columns = {name: Column(name) for name in ("lat", "lon")}
    place = Message("problem.add_coordinates", table=Table("rules"), **columns, **rules)
    home = Message("problem.add_home", table=Table("rules"), **rules)
    centers = known.problem.centers
    if lacking := [i for i, center in enumerate(centers) if None in (center.lat, center.lon)]:
        first = centers[lacking[0]]
        told: list[str | Message] = [centers[i].center_id for i in lacking[:_SHOWN]]
        if more := len(lacking) - len(told):
            told.append(Message("form.more", n=more))
        said = Message("problem.needs_coordinates", centers=told, **rules)
        column = "lat" if first.lat is None else "lon"
        yield fault("missing_coordinates", "centers", lacking[0], column, "", said, remedy=place)
    for i, volunteer in enumerate(known.problem.volunteers):
        if volunteer.home_center_id is None and not volunteer.mobile:
            said = Message("problem.needs_home", who=volunteer.volunteer_id, **rules)
            at = ("volunteers", i, "home_center_id")
            yield fault("missing_home", *at, "", said, remedy=home)


_DATED = ("shifts", "availability", "stand_by", "occupied", "demand", "requirements", "history")
"""Tables with moments."""


def _clocks(known: Known) -> Iterator[Fault]:
    """All moments in and near the horizon are shown by the clocks of its zone."""
    if "horizon" in known.unread.tables:
        return
    problem, horizon = known.problem, known.problem.horizon
    days = _days_of_gaps(horizon.zone, horizon.start, horizon.days)
    if not days:
        return
    said = Message("problem.no_such_time", zone=horizon.zone)
    for table in _DATED:
        columns = ("last_shift_end",) if table == "history" else ("start", "end")
        for i, row in enumerate(getattr(problem, table)):
            for column in columns:
                moment = getattr(row, column)
                if moment is not None and moment.date() in days and not horizon.exists(moment):
                    value = f"{moment:%Y-%m-%d %H:%M}"
                    yield fault("no_such_time", table, i, column, value, said)


def _in_a_row(weekdays: Sequence[str]) -> bool:
    """Whether different weekdays follow each other, Monday after Sunday."""
    numbers = sorted(WEEKDAYS.index(d) for d in weekdays)
    around = [*numbers, numbers[0] + 7]
    breaks = sum(b - a != 1 for a, b in pairwise(around))
    return len(set(numbers)) == len(numbers) and (breaks == 1 or len(numbers) == 7)


def _days_of_gaps(zone: str, start: date, days: int) -> set[date]:
    """Dates on which clocks are put forward, from a month before the horizon to one after it."""
    there = ZoneInfo(zone)
    near = [start + timedelta(i) for i in range(-31, days + 32)]
    offsets = [datetime.combine(day, time(), there).utcoffset() or timedelta(0) for day in near]
    return {day for day, (a, b) in zip(near, pairwise(offsets), strict=False) if b > a}
