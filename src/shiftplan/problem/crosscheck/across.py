"""Faults of all tables together: repeated rows, rules without what they need, and clocks.

`Known` -> `Fault`s.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from shiftplan.errors import Fault, OtherRow
from shiftplan.errors.message import Column, Message
from shiftplan.problem.crosscheck.known import IDS, Known, fault, names_in
from shiftplan.week.fields import WEEKDAYS

if TYPE_CHECKING:
    from shiftplan.week.records import Preference


def unique(known: Known) -> Iterator[Fault]:
    """No id stands twice, and no row says again what another one says."""
    problem = known.problem
    for table, id_column in IDS.items():
        first: dict[str, int] = {}
        for i, row in enumerate(getattr(problem, table)):
            name = getattr(row, id_column)
            if first.setdefault(name, i) != i:
                message = Message("problem.repeated_id")
                remedy = Message("problem.pasted_id")
                other = OtherRow(first[name])
                yield Fault(
                    "duplicate_id",
                    table,
                    id_column,
                    name,
                    message,
                    remedy=remedy,
                    index=i,
                    other=other,
                )
    yield from _repeated("pins", problem.pins, lambda p: (p.volunteer_id, p.shift_id, p.state))
    yield from _repeated("published", problem.published, lambda p: (p.volunteer_id, p.shift_id))
    yield from _wishes(problem.preferences)
    yield from _repeated("history", problem.history, lambda h: h.volunteer_id)
    yield from _repeated("rates", problem.rates, lambda r: r.level)
    yield from _repeated(
        "requirements", problem.requirements, lambda r: (r.shift_id, r.skill_id, r.min_level)
    )
    yield from _repeated(
        "demand", problem.demand, lambda d: (d.center_id, d.service_id, d.start, d.end)
    )
    yield from _repeated("languages", problem.languages, lambda n: (n.center_id, n.skill_id))
    yield from _repeated("policy", problem.policy, lambda s: (s.setting, s.where))
    yield from _repeated(
        "rules",
        problem.rules,
        lambda r: tuple(
            (k, v) for k, v in r.__dict__.items() if k not in {"level", "weight", "note"}
        ),
    )


def rules(known: Known) -> Iterator[Fault]:
    """Rules misspell no group, shift type, tag or skill, and their days are in order."""
    for i, rule in enumerate(known.problem.rules):
        fields: dict[str, Any] = rule.__dict__
        for column, names, of in names_in(rule):
            yield from known.misspelt("rules", i, column, names, of)
        skill = fields.get("skill")
        if isinstance(skill, str):
            for column in ("min_level", "novice_level", "mentor_level"):
                yield from known.level("rules", i, column, fields.get(column), skill)
        first, last = fields.get("first_day"), fields.get("last_day")
        if first is not None and last is not None and last < first:
            message = Message("problem.reversed_days", column=Column("first_day"), day=first)
            yield fault("reversed_interval", "rules", i, "last_day", last, message)
        weekend = fields.get("weekend", ())
        if weekend and not _in_a_row(weekend):
            message = Message("problem.split_weekend")
            yield fault("split_weekend", "rules", i, "weekend", "|".join(weekend), message)


def places(known: Known) -> Iterator[Fault]:
    """Rules about distance find the coordinates and homes they need."""
    names = sorted({r.rule for r in known.problem.rules if r.measures_distance})
    if not names:
        return
    rules = {"n": len(names), "rules": names}
    for i, center in enumerate(known.problem.centers):
        for column in ("lat", "lon"):
            if getattr(center, column) is None:
                message = Message("problem.needs_coordinates", center=center.center_id, **rules)
                yield fault("missing_coordinates", "centers", i, column, "", message)
    for i, volunteer in enumerate(known.problem.volunteers):
        if volunteer.home_center_id is None and not volunteer.mobile:
            message = Message("problem.needs_home", who=volunteer.volunteer_id, **rules)
            yield fault("missing_home", "volunteers", i, "home_center_id", "", message)


def clocks(known: Known) -> Iterator[Fault]:
    """All moments in and near the horizon are shown by the clocks of its zone."""
    if "horizon" in known.unread.tables:
        return
    problem, horizon = known.problem, known.problem.horizon
    days = _days_of_gaps(horizon.zone, horizon.start, horizon.days)
    if not days:
        return
    for table in ("shifts", "availability", "demand", "history"):
        columns = ("last_shift_end",) if table == "history" else ("start", "end")
        for i, row in enumerate(getattr(problem, table)):
            for column in columns:
                moment = getattr(row, column)
                if moment is not None and moment.date() in days and not horizon.exists(moment):
                    value = f"{moment:%Y-%m-%d %H:%M}"
                    message = Message("problem.no_such_time", zone=horizon.zone)
                    yield fault("no_such_time", table, i, column, value, message)


def _repeated(table: str, rows: Sequence[Any], key: Callable[[Any], Hashable]) -> Iterator[Fault]:
    """Yield the faults of rows that say the same as an earlier one."""
    first: dict[Hashable, int] = {}
    for i, row in enumerate(rows):
        same = first.setdefault(key(row), i)
        if same != i:
            message = Message("problem.repeated_row")
            remedy = Message("problem.pasted_row")
            other = OtherRow(same)
            yield Fault(
                "duplicate_row", table, message=message, remedy=remedy, index=i, other=other
            )


def _wishes(wishes: Sequence[Preference]) -> Iterator[Fault]:
    """Yield the faults of wishes about the same; two may contradict each other."""
    for found in _repeated(
        "preferences", wishes, lambda p: (p.volunteer_id, p.shift_id, p.date, p.shifts)
    ):
        assert found.index is not None
        assert found.other is not None
        state = wishes[found.index].state
        if state == wishes[found.other.index].state:
            yield found
        else:
            message = Message("problem.opposite_wish")
            remedy = Message("problem.one_row_right")
            yield replace(found, column="state", value=state, message=message, remedy=remedy)


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
