"""People whose times contain no shift, and what these times lack: hours, or another day.

`Problem` -> what is told of a week to which few people can come, or nobody.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from shiftplan.errors import Fault, FaultCode
from shiftplan.errors.message import Message
from shiftplan.problem.known import fault

if TYPE_CHECKING:
    from shiftplan.problem import Problem

_Interval = tuple[datetime, datetime]
_DAY = timedelta(days=1)
_COMPARED = 50
"""Shift times before and after the start of a window that are compared with it."""
_KINDS = ("short", "hours", "days", "nothing")
"""What keeps a person from every shift, the nearest miss first: times that are shorter than a
shift, other hours than those of shifts, days without shifts, and no time at all."""
_REMEDIES = {
    "short": "problem.hours_of_shifts",
    "hours": "problem.hours_mistyped",
    "days": "problem.dates_of_another_week",
    "nothing": "problem.enter_times",
}


class _Miss(NamedTuple):
    """What a window lacks to contain a shift; the least one is nearest."""

    kind: int
    """Place in `_KINDS`."""
    lacking: timedelta
    """Time of the nearest shift outside the window, where they overlap."""
    window: _Interval
    shift: _Interval
    """The nearest shift; the window itself where there is none near."""


class _Times:
    """The different times of the shifts of a week."""

    def __init__(self, times: Iterable[_Interval]) -> None:
        self._times = sorted(set(times))
        self._days = {start.date() for start, _ in self._times}
        ends = (end for _, end in reversed(self._times))
        self._first_end = [*accumulate(ends, min)][::-1]
        """Place in order of starts -> earliest end of the shifts from there on."""

    def are_in(self, window: _Interval) -> bool:
        """Whether some shift lies inside a window."""
        place = bisect_left(self._times, window[0], key=lambda time: time[0])
        return place < len(self._times) and self._first_end[place] <= window[1]

    def miss(self, window: _Interval) -> _Miss:
        """What a window lacks that contains no shift."""
        first, last = window
        place = bisect_left(self._times, first, key=lambda time: time[0])
        near = self._times[max(0, place - _COMPARED) : place + _COMPARED]
        over = [(start, end) for start, end in near if start < last and end > first]
        if over:
            lacking, nearest = min(
                (max(first - start, _NONE) + max(end - last, _NONE), (start, end))
                for start, end in over
            )
            return _Miss(0, lacking, window, nearest)
        day = first.date()
        while datetime.combine(day, datetime.min.time()) < last:
            if day in self._days:
                return _Miss(1, _NONE, window, window)
            day += _DAY
        return _Miss(2, _NONE, window, window)


_NONE = timedelta(0)


class _Shortfall(NamedTuple):
    """People who can come to no shift."""

    cannot: int
    """How many they are."""
    people: int
    """Of so many."""
    misses: dict[int, _Miss]
    """Place of a window -> its miss, the nearest of each person who offered time."""
    kinds: Counter[str]
    """What keeps them from every shift -> how many of them."""

    @property
    def main(self) -> str:
        """What keeps most of them; of equally many the nearest miss."""
        return max(_KINDS, key=self.kinds.__getitem__)

    @property
    def message(self) -> Message:
        """How many they are, and why."""
        reasons = [_reason(k, self.kinds[k], self.misses) for k in _KINDS if self.kinds[k]]
        code = "nobody_can_come" if self.cannot == self.people else "cannot_come"
        return Message(f"problem.{code}", n=self.cannot, people=self.people, reasons=reasons)


def notes(problem: Problem) -> Iterator[Fault]:
    """Yield what is told first of a week: that people, or all of them, can come to no shift.

    People who offered no time are told of only where more than half of all cannot come.
    """
    found = _shortfall(problem)
    if found is None:
        return
    code: FaultCode = "nobody_can_come" if found.cannot == found.people else "cannot_come"
    place: tuple[int | None, str, str] = None, "", ""
    if found.misses:
        index = _first_of(found.main, found.misses)
        place = index, *_blamed(found.misses[index])
    yield fault(code, "availability", *place, found.message, remedy=_REMEDIES[found.main])


def few_can_come(problem: Problem) -> Message | None:
    """What is told beside the roster of a week in which more than half of all people cannot come.

    None for other weeks.
    """
    found = _shortfall(problem)
    return None if found is None or found.cannot * 2 <= found.people else found.message


def _shortfall(problem: Problem) -> _Shortfall | None:
    """Who can come to no shift; None where nobody needs to be told."""
    needed = problem.requirements or problem.demand
    if not (problem.volunteers and problem.shifts and needed):
        return None
    misses, silent = _misses(problem)
    cannot, people = len(misses) + silent, len(problem.volunteers)
    if not misses and cannot * 2 <= people:
        return None
    kinds = Counter(_KINDS[miss.kind] for miss in misses.values())
    kinds["nothing"] = silent if cannot * 2 > people else 0
    return _Shortfall(sum(kinds.values()), people, misses, kinds)


def _blamed(miss: _Miss) -> tuple[str, str]:
    """Column and value of a window that keep it from containing a shift."""
    first, last = miss.window
    if _KINDS[miss.kind] == "days":
        return "start", f"{first.date()}"
    if _KINDS[miss.kind] == "short" and first <= miss.shift[0]:
        return "end", f"{last:%H:%M}"
    return "start", f"{first:%H:%M}"


def _misses(problem: Problem) -> tuple[dict[int, _Miss], int]:
    """Place of a window -> its miss, the nearest of each person whose windows contain no shift.

    And the number of people without a window.
    """
    times = _Times((shift.start, shift.end) for shift in problem.shifts)
    fits: dict[_Interval, bool] = {}
    free: set[str] = set()
    windows: dict[str, list[int]] = {}
    for index, window in enumerate(problem.availability):
        interval = window.start, window.end
        if interval not in fits:
            fits[interval] = times.are_in(interval)
        if fits[interval]:
            free.add(window.volunteer_id)
        elif window.volunteer_id not in free:
            windows.setdefault(window.volunteer_id, []).append(index)
    known: dict[_Interval, _Miss] = {}
    misses = {}
    for who in windows.keys() - free:
        found = []
        for index in windows[who]:
            window = problem.availability[index]
            interval = window.start, window.end
            if interval not in known:
                known[interval] = times.miss(interval)
            found.append((known[interval], index))
        miss, index = min(found)
        misses[index] = miss
    silent = sum(v.volunteer_id not in free | windows.keys() for v in problem.volunteers)
    return dict(sorted(misses.items())), silent


def _first_of(kind: str, misses: dict[int, _Miss]) -> int:
    """Place of the first window of the commonest miss of a kind, or of all where it has none."""
    alike = [(i, m) for i, m in misses.items() if _KINDS[m.kind] == kind] or [*misses.items()]
    common = Counter(_clocks(m) for _, m in alike).most_common(1)[0][0]
    return next(i for i, m in alike if _clocks(m) == common)


def _clocks(miss: _Miss) -> tuple[object, ...]:
    """What misses of several days have in common: the times of the clock."""
    return tuple(moment.time() for moment in (*miss.window, *miss.shift))


def _reason(kind: str, people: int, misses: dict[int, _Miss]) -> Message:
    """How many people a kind of miss keeps from every shift, with the commonest example."""
    facts: dict[str, object] = {}
    if kind == "short":
        miss = misses[_first_of(kind, misses)]
        minutes = miss.lacking // timedelta(minutes=1)
        names = ("start", "end", "first", "last")
        facts = {
            name: at.time() for name, at in zip(names, (*miss.window, *miss.shift), strict=True)
        }
        facts["minutes"] = minutes
    return Message(f"problem.miss_{kind}", n=people, **facts)
