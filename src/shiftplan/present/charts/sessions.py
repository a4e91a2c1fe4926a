"""The columns of a picture over time: sessions, or longer pieces of a long horizon.

`Problem` -> `Column`s, few enough to be read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from shiftplan.present.naming import Names
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.problem import Problem
from shiftplan.week.records import Shift

_MOST = 30
"""Columns that can be read side by side."""
_ALWAYS = "year"


@dataclass(frozen=True, slots=True)
class Column:
    """Shifts that stand in one column."""

    above: str
    """The day, or the piece of time, they belong to."""
    below: str
    """The hour at which they start; empty where several hours are in one column."""
    shift_ids: frozenset[str]
    """The shifts."""


def columns_of(problem: Problem, lang: Lang) -> list[Column]:
    """Columns in order of time: by starting hour, day, week, month or year, the finest that fits.

    Only shifts that ask for people count.
    """
    asked = {need.shift_id for need in problem.requirements if need.target}
    shifts = [shift for shift in problem.shifts if shift.shift_id in asked]
    names, words = Names(problem, lang), TEXTS[lang]

    def monday(shift: Shift) -> dt.date:
        return shift.day - dt.timedelta(shift.day.weekday())

    ways: dict[str, tuple[Callable[[Shift], dt.date | dt.datetime], Callable[[Shift], str]]] = {
        "hour": (lambda s: s.start, lambda s: names.day(s.day)),
        "day": (lambda s: s.day, lambda s: f"{s.day:%d/%m}"),
        "week": (monday, lambda s: words["week from"].format(f"{monday(s):%d/%m}")),
        "month": (lambda s: s.day.replace(day=1), lambda s: f"{s.day:%m/%Y}"),
        _ALWAYS: (lambda s: s.day.replace(month=1, day=1), lambda s: f"{s.day:%Y}"),
    }
    for way, (part, _) in ways.items():
        groups: dict[dt.date | dt.datetime, list[Shift]] = {}
        for shift in sorted(shifts, key=lambda s: (s.start, s.shift_id)):
            groups.setdefault(part(shift), []).append(shift)
        if len(groups) <= _MOST or way == _ALWAYS:
            break
    return [
        Column(
            ways[way][1](own[0]),
            f"{own[0].start:%H:%M}" if way == "hour" else "",
            frozenset(s.shift_id for s in own),
        )
        for own in groups.values()
    ]
