"""Plots of a day at a center: who is needed and who is there, from minute to minute, as SVG paths.

`CenterCover`s -> `DayPlot`s, whose lengths are in their own units.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from shiftplan.citizens.shift_design.curve import DAY, moment
from shiftplan.citizens.shift_design.judged import CenterCover
from shiftplan.problem import Problem
from shiftplan.week.requirements import Conditions

WIDTH, HEIGHT = 150, 84
LEFT, RIGHT = 4, WIDTH - 20
"""Ends of lines across; the number of people that they stand for is right of them."""
TOP, BOTTOM = 6, HEIGHT - 15
_HOURS_BETWEEN = 3, 6
"""Hours from one that is named to the next, on short and on long days."""
_LONG = 15


@dataclass(frozen=True, slots=True)
class DayPlot:
    """A day of a center; areas and lines are in the path syntax of SVG."""

    day: dt.date
    covered: str
    """People who are there and not too many."""
    missing: str
    """People who are needed and missing."""
    beyond: str
    """People who are there beyond what is needed, where every head counts."""
    needed: str
    """The line of what is needed."""
    levels: tuple[tuple[int, float], ...]
    """Numbers of people named at the right, and their heights."""
    hours: tuple[tuple[int, float], ...]
    """Hours named below, and their places."""
    most: int
    """People needed at most."""
    hours_missing: float
    hours_beyond: float


@dataclass(frozen=True, slots=True)
class CurvePlots:
    """All days of a center, of heads or of those who meet some conditions."""

    conditions: Conditions
    days: tuple[DayPlot, ...]


def plots_of(problem: Problem, cover: Sequence[CenterCover]) -> Iterator[CurvePlots]:
    """Yield the plots of a center, heads first; all have the same hours."""
    first = min(one.need.span[0] // 60 - one.need.span[0] // DAY * 24 for one in cover)
    last = max(-(-one.need.span[1] // 60) - (one.need.span[1] - 1) // DAY * 24 for one in cover)
    if any(a // DAY != (b - 1) // DAY for a, b in (one.need.span for one in cover)):
        first, last = 0, 24
    for conditions in sorted({one.conditions for one in cover}, key=lambda c: (len(c), c)):
        own = [one for one in cover if one.conditions == conditions]
        top = max(one.need.target if conditions else max(one.need.target, one.there) for one in own)
        days = []
        spans = [one.need.span for one in own]
        for number in sorted({n for a, b in spans for n in range(a // DAY, -(-b // DAY))}):
            pieces = [*_alike(_of_day(own, number))]
            if any(one.need.target or (one.there and not conditions) for one in pieces):
                day = moment(problem, number * DAY).date()
                scale = _Scale(number * DAY + first * 60, (last - first) * 60, max(1, top))
                days.append(_drawn(day, pieces, scale, first, last))
        if days:
            yield CurvePlots(conditions, tuple(days))


def _of_day(cover: Sequence[CenterCover], number: int) -> Iterator[CenterCover]:
    """Yield what of the pieces lies on a date."""
    begin, end = number * DAY, (number + 1) * DAY
    for one in cover:
        a, b = max(begin, one.need.span[0]), min(end, one.need.span[1])
        if a < b:
            yield replace(one, need=replace(one.need, span=(a, b)))


def _alike(pieces: Iterator[CenterCover]) -> Iterator[CenterCover]:
    """Yield pieces; those in a row that are drawn alike as one."""
    last: CenterCover | None = None
    for one in pieces:
        if last is not None and _is_next(last, one):
            span = last.need.span[0], one.need.span[1]
            last = replace(last, need=replace(last.need, span=span))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _is_next(last: CenterCover, one: CenterCover) -> bool:
    is_same = (last.need.target, last.there, last.wanted) == (
        one.need.target,
        one.there,
        one.wanted,
    )
    return is_same and last.need.span[1] == one.need.span[0]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a minute and a number of people are in a plot."""

    begin: int
    minutes: int
    top: int

    def x(self, minute: int) -> str:
        return f"{LEFT + (minute - self.begin) / self.minutes * (RIGHT - LEFT):.1f}"

    def y(self, people: int) -> str:
        return f"{self.height(people):.1f}"

    def height(self, people: int) -> float:
        return BOTTOM - people / self.top * (BOTTOM - TOP)

    def box(self, one: CenterCover, low: int, high: int) -> str:
        """The time of a piece, from one number of people to another."""
        if low >= high:
            return ""
        begin, end = one.need.span
        return f"M{self.x(begin)} {self.y(low)}V{self.y(high)}H{self.x(end)}V{self.y(low)}Z"


def _drawn(
    day: dt.date, pieces: Sequence[CenterCover], scale: _Scale, first: int, last: int
) -> DayPlot:
    line, end = "", -1
    for one in pieces:
        begin, target = one.need.span[0], one.need.target
        there = "V" if begin == end else f"M{scale.x(begin)} "
        end = one.need.span[1]
        line += f"{there}{scale.y(target)}H{scale.x(end)}"
    between = _HOURS_BETWEEN[last - first > _LONG]
    named = range(-(-first // between) * between, last + 1, between)
    step = math.ceil(scale.top / 2) if scale.top > 1 else 1
    return DayPlot(
        day=day,
        covered="".join(scale.box(o, 0, min(o.wanted, o.there)) for o in pieces),
        missing="".join(scale.box(o, o.there, o.need.target) for o in pieces),
        beyond="".join(scale.box(o, o.wanted, o.there) for o in pieces if not o.conditions),
        needed=line,
        levels=tuple((n, round(scale.height(n), 1)) for n in range(0, scale.top + 1, step)),
        hours=tuple((hour, float(scale.x(scale.begin + (hour - first) * 60))) for hour in named),
        most=max(one.need.target for one in pieces),
        hours_missing=sum(one.missing * one.minutes for one in pieces) / 60,
        hours_beyond=sum(one.beyond * one.minutes for one in pieces) / 60,
    )
