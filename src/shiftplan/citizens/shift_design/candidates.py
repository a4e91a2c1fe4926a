"""The shifts that a design may choose from, and the breaks that their people may take.

(`Problem`, `CenterDemand`) -> `CandidateShift`s: each time that the types of shifts allow on each
date, within opening hours.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import NamedTuple

from shiftplan.citizens.shift_design.curve import DAY, CenterDemand, Span, joined, moment
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Column, Message
from shiftplan.problem import Problem
from shiftplan.week.shift_types import LONGEST_SHIFT, Break, ShiftType
from shiftplan.week.where import closest

_STEP, _SHORTEST, _LONGEST = 30, 120, 480
"""Minutes of the types that are taken where a week names none."""
MOST_WAYS = 1_000
"""Ways to take breaks whose times may overlap, at most: each is a column for each shift."""


class ShiftTime(NamedTuple):
    """When a shift begins, in minutes after midnight, and how many minutes it lasts."""

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class CandidateShift:
    """A shift that a center may hold on some dates."""

    center_id: str
    time: ShiftTime
    kind: ShiftType
    days: tuple[int, ...]
    """Numbers of the dates on which it may begin, in order."""
    breaks: tuple[tuple[tuple[Span, ...], ...], ...]
    """What its people choose from, in minutes after its start: one entry of each group, which is
    the breaks that they take then."""

    def span(self, day: int) -> Span:
        """When it lasts on a date, in minutes from the horizon's first midnight."""
        start = day * DAY + self.time.start
        return start, start + self.time.length


def usual_types(hours: Sequence[CenterDemand]) -> tuple[ShiftType, ...]:
    """The types of a week that names none: two to eight hours, on half hours from opening on."""
    opens = [start % DAY for center in hours for start, _ in center.open]
    first = min(opens, default=0)
    begin, end = (dt.time(*divmod(at % DAY, 60)) for at in (first, first - _STEP))
    return (
        ShiftType(
            earliest=begin, latest=end, min_minutes=_SHORTEST, max_minutes=_LONGEST, step=_STEP
        ),
    )


def candidates(
    problem: Problem, demand: CenterDemand, types: Sequence[ShiftType], *, cyclic: bool
) -> list[CandidateShift]:
    """The shifts that a center may hold; of rows that allow the same on a date the first counts."""
    center, days = problem.center_by_id[demand.center_id], problem.horizon.days
    rows, total = closest(types, center), days * DAY
    hours = demand.open
    if cyclic:  # the last night may go on in the first morning
        hours = joined((a + turn, b + turn) for a, b in hours for turn in (0, total))
    taken: set[tuple[ShiftTime, int]] = set()
    skipped = set(_skipped(problem))
    found = []
    for row in rows:
        dates = [n for n, date in enumerate(problem.horizon.dates) if row.days.has(date)]
        for start, length in row.times():
            if cyclic and length > total:  # it would begin anew before it ends
                continue
            time = ShiftTime(start % DAY, length)
            begins = [day + start // DAY for day in dates]
            begins = [day % days for day in begins] if cyclic else [d for d in begins if d < days]
            held = [
                day
                for day in begins
                if (time, day) not in taken
                and _is_open(hours, day * DAY + time.start, length)
                and skipped.isdisjoint((day * DAY + time.start, day * DAY + time.start + length))
            ]
            if held:
                taken.update((time, day) for day in held)
                own = tuple(b for b in problem.breaks if b.concerns(row.type, length))
                groups = tuple(break_groups(own, length))
                found.append(
                    CandidateShift(center.center_id, time, row, tuple(sorted(held)), groups)
                )
    return found


def _skipped(problem: Problem) -> Iterator[int]:
    """Yield the minutes of the horizon, and of days after it, that no clock shows in spring."""
    horizon = problem.horizon
    days = range(horizon.days + LONGEST_SHIFT // DAY + 1)
    for day in days:
        begin, end = (horizon.utc(moment(problem, at * DAY)) for at in (day, day + 1))
        if end - begin < dt.timedelta(days=1):
            minutes = range(day * DAY, (day + 1) * DAY)
            yield from (at for at in minutes if not horizon.exists(moment(problem, at)))


def _is_open(hours: Sequence[Span], start: int, length: int) -> bool:
    return any(a <= start and start + length <= b for a, b in hours)


def break_groups(breaks: Sequence[Break], length: int) -> Iterator[tuple[tuple[Span, ...], ...]]:
    """Yield the choices of breaks in a shift of so many minutes, group by group.

    Breaks whose times may overlap are in one group, whose entries leave no overlap. A break for
    which the shift has no room, beside the others of its group, is left out.

    Raises InputError where a group has more than `MOST_WAYS`, overlaps counted.
    """
    windows = [(row.begins(length), row.minutes) for row in breaks]
    windows = [(begins, minutes) for begins, minutes in windows if begins]
    windows.sort(key=lambda one: (one[0][0], one[0][-1]))
    group: list[tuple[range, int]] = []
    end = 0
    for begins, minutes in windows:
        if group and begins[0] >= end:
            yield _choices(group, length)
            group = []
        group.append((begins, minutes))
        end = max(end, begins[-1] + minutes)
    if group:
        yield _choices(group, length)


def _choices(group: Sequence[tuple[range, int]], length: int) -> tuple[tuple[Span, ...], ...]:
    """Every way to take the breaks of a group without overlap; at least the first of them."""
    if (ways := math.prod(len(begins) for begins, _ in group)) > MOST_WAYS:
        said = Message("design.too_many_ways", length=length, ways=ways, most=MOST_WAYS)
        remedy = Message("design.fewer_ways", column=Column("step", "breaks"))
        raise InputError([Fault("out_of_range", "breaks", "step", "", said, remedy=remedy)])
    for count in range(len(group), 0, -1):
        found = []
        for starts in product(*(begins for begins, _ in group[:count])):
            spans = sorted((s, s + m) for s, (_, m) in zip(starts, group, strict=False))
            if all(a[1] <= b[0] for a, b in pairwise(spans)):
                found.append(tuple(spans))
        if found:
            return tuple(dict.fromkeys(found))
    raise AssertionError("one break alone never overlaps")
