"""A design in words: what was found, how it compares with today's shifts, why times are held.

`ShownDesign` -> sentences and cells of tables.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping

from shiftplan.citizens.shift_design.candidates import ShiftTime
from shiftplan.citizens.shift_design.curve import Span, moment
from shiftplan.citizens.shift_design.figures import DesignFigures
from shiftplan.citizens.shift_design.judged import CenterCover
from shiftplan.citizens.shift_design.why import MissingWithout, WhyTime
from shiftplan.present.designs.summary import ShownDesign
from shiftplan.present.naming import Names

FIGURES: Mapping[str, Callable[[DesignFigures], float]] = {
    "needed": lambda one: one.needed,
    "hours": lambda one: one.hours,
    "missing": lambda one: one.missing,
    "below_minimum": lambda one: one.below_minimum,
    "missing_with_skill": lambda one: one.missing_with_skill,
    "beyond": lambda one: one.beyond,
    "shifts": lambda one: one.shifts,
    "seats": lambda one: one.people,
    "times": lambda one: one.times,
}
"""What is compared, in order -> its value."""
_OPTIONAL = {"below_minimum", "missing_with_skill", "beyond"}
"""Figures that are left out where they are 0 everywhere."""
_MOST_MISSING = 5
"""Times named at which people would be missing."""


def headlines(shown: ShownDesign, names: Names) -> list[str]:
    """What was found, and what is proven of it; a sentence each."""
    say, found, own = names.say, shown.found, shown.figures
    centers = len(shown.by_center)
    facts = {"shifts": own.shifts, "seats": own.people, "centers": centers}
    lines = [say("designs.made", **facts, hours=own.hours, needed=own.needed)]
    if not found.gap:
        lines.append(say("designs.best"))
    else:
        lines.append(say("designs.at_most_cheaper", gap=found.gap))
    ended = "by_itself" if found.stopped_by is None else found.stopped_by
    seconds = say.number(found.seconds, int(found.seconds < 9.95))
    lines.append(say(f"stopped.{ended}", seconds=seconds))
    return lines


def compared(shown: ShownDesign, names: Names) -> Iterator[tuple[str, list[str]]]:
    """Yield the name of each figure, and its value in the design and, where known, today."""
    for name, value in FIGURES.items():
        columns = [one for one in (shown.figures, shown.figures_today) if one is not None]
        if name not in _OPTIONAL or any(value(one) > 0 for one in columns):
            yield names.say(f"designs.{name}"), [amount(value(one), names) for one in columns]


def amount(value: float, names: Names) -> str:
    """A figure as tables show it: hours with a decimal while they are few."""
    if math.isnan(value):
        return "–"
    return names.say.decimal(value, 0 if value >= 1000 else 1)


def clock(time: ShiftTime, names: Names) -> str:
    """A time of shifts, such as `07:00–11:00`."""
    return names.hours(*(_on_any_day(at) for at in (time.start, time.start + time.length)))


def _on_any_day(minute: int) -> dt.datetime:
    return dt.datetime(2000, 1, 3) + dt.timedelta(minutes=minute)


def worst_time(shown: ShownDesign, center_id: str, names: Names) -> str:
    """When most is missing at a center, and how many people; empty where nothing is."""
    own = [
        one
        for one in shown.found.score.cover
        if one.center_id == center_id and one.missing and not one.conditions
    ]
    if not own:
        return ""
    worst = max(_as_one(own), key=lambda one: one[1] * (one[0][1] - one[0][0]))
    return names.say("designs.worst_time", when=when(shown, worst[0], names), missing=worst[1])


def _as_one(pieces: Iterable[CenterCover]) -> Iterator[tuple[Span, int]]:
    """Yield (time, people missing) of pieces in order of time; alike ones in a row are one."""
    last: tuple[Span, int] | None = None
    for one in pieces:
        span = one.need.span
        if last is not None and last[1] == one.missing and last[0][1] == span[0]:
            last = (last[0][0], span[1]), one.missing
            continue
        if last is not None:
            yield last
        last = span, one.missing
    if last is not None:
        yield last


def when(shown: ShownDesign, span: Span, names: Names) -> str:
    """A time with its date, such as `Mon 07 Dec 07:00–08:30`."""
    return names.time(*(moment(shown.found.problem, at) for at in span))


def why_lines(shown: ShownDesign, why: WhyTime, names: Names) -> tuple[str, list[str]]:
    """What the best design without a time would cost, and what it would lack and hold."""
    say = names.say
    facts = {"center": names.center(why.center_id), "hours": clock(why.time, names)}
    least = max(0, why.bound - why.cost)
    if why.more <= 0:
        first = say("designs.why_as_good", **facts)
    elif why.is_proven:
        first = say("designs.why_more", **facts, more=why.more)
    elif not least:
        first = say("designs.why_unproven", **facts, more=why.more)
    else:
        first = say("designs.why_between", **facts, least=least, more=why.more)
    return first, [*_then(shown, why, names)]


def _then(shown: ShownDesign, why: WhyTime, names: Names) -> Iterator[str]:
    """Yield where people would be missing, and which shifts there would be."""
    say = names.say
    worst = sorted(why.missing, key=lambda one: one.span[0] - one.span[1])
    for one in sorted(worst[:_MOST_MISSING], key=lambda one: (one.span, one.conditions)):
        yield _missing_line(shown, one, names)
    if left := worst[_MOST_MISSING:]:
        yield say("form.more", n=len(left))
    if not why.missing:
        yield say("designs.why_nobody_missing")
    changed = [(part, change) for part, change in why.parts.items() if change]
    if changed:
        told = (say(f"designs.part_{part}", cost=say.signed(n)) for part, n in changed)
        yield say("designs.why_parts", parts=tuple(told))
    times = sorted({shift.time for shift in why.shifts})
    if times:
        yield say("designs.why_instead", times=tuple(clock(time, names) for time in times))
    else:
        yield say("designs.why_no_shift")


def _missing_line(shown: ShownDesign, one: MissingWithout, names: Names) -> str:
    facts = {"when": when(shown, one.span, names), "missing": one.missing, "without": one.without}
    if not one.conditions:
        return names.say("designs.why_missing", **facts)
    return names.say("designs.why_missing_skill", **facts, skill=names.say.seat(one.conditions))
