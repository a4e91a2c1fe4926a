"""People whose times contain no shift, and what these times lack: hours, or another day.

`Problem` -> what is told of a week to which few people can come, or nobody.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from datetime import datetime, time, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from shiftplan.errors import Fault, FaultCode
from shiftplan.errors.message import Message, Person
from shiftplan.problem.known import fault

if TYPE_CHECKING:
    from shiftplan.problem import Problem

_Interval = tuple[datetime, datetime]
_DAY, _NONE, _HALF = timedelta(days=1), timedelta(0), timedelta(hours=12)
_EARLIEST, LATEST, _DAWN = time(1), time(5), time(6)
"""Hours after noon by a clock of 12 that are before dawn by one of 24: they start from the first
on and before the second, and end by the third."""
_COMPARED = 50
"""Shift times before and after the start of a window that are compared with it."""
_MOST_NAMED = 5
"""People who are named where no others cannot come."""
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


class _Offers(NamedTuple):
    """Who can come to some shift of a week, and what the windows lack that contain none."""

    people: int
    """How many volunteers there are."""
    free: Set[str]
    """Of these, the ids of those who can come to some shift."""
    silent: int
    """How many offered no time."""
    misses: dict[int, _Miss]
    """Place of a window -> its miss, the nearest of each person who can come to no shift."""
    lost: dict[int, _Miss]
    """The same of windows of the others that are nearly a shift, or at other hours of its day."""

    @property
    def kinds(self) -> Counter[str]:
        """What keeps people from every shift -> how many; who offered nothing where most cannot."""
        kinds = Counter(_KINDS[miss.kind] for miss in self.misses.values())
        if (len(self.misses) + self.silent) * 2 > self.people:
            kinds["nothing"] = self.silent
        return kinds


def notes(problem: Problem) -> Iterator[Fault]:
    """Yield what is told first of a week: people and windows without a shift, with the reason.

    People who offered no time are told of only where more than half of all cannot come.
    """
    offers = _offers(problem)
    if offers is None:
        return
    if kinds := +offers.kinds:
        place: tuple[int | None, str, str] = None, "", ""
        main = max(_KINDS, key=kinds.__getitem__)
        remedy = Message(_REMEDIES[main])
        if offers.misses:
            index = _first_of(main, offers.misses)
            place = index, *_blamed(offers.misses[index])
            remedy = _remedy(main, offers.misses[index])
        said = _said(kinds, offers)
        code: FaultCode = "cannot_come"
        if kinds.total() == offers.people:
            code = "nobody_can_come"
        elif len(offers.misses) == kinds.total() <= _MOST_NAMED:
            people = {problem.availability[index].volunteer_id for index in offers.misses}
            who = tuple(map(Person, sorted(people)))
            said = Message("problem.cannot_come_who", **said.params, who=who)
        yield fault(code, "availability", *place, said, remedy=remedy)
    if offers.lost:
        kinds = Counter(_KINDS[miss.kind] for miss in offers.lost.values())
        main = max(_KINDS, key=kinds.__getitem__)
        reasons = [_reason("window", k, kinds[k], offers.lost) for k in _KINDS if kinds[k]]
        said = Message("problem.windows_without_shift", n=len(offers.lost), reasons=reasons)
        index = _first_of(main, offers.lost)
        blamed, remedy = _blamed(offers.lost[index]), _remedy(main, offers.lost[index])
        yield fault("cannot_come", "availability", index, *blamed, said, remedy=remedy)


def few_can_come(problem: Problem) -> Message | None:
    """What is told beside the roster of a week in which more than half of all people cannot come.

    None for other weeks.
    """
    offers = _offers(problem)
    if offers is None or offers.kinds.total() * 2 <= offers.people:
        return None
    return _said(+offers.kinds, offers)


def who_can_come(problem: Problem) -> Set[str]:
    """Ids of the people who can come to some shift; none in a week that is not filled in yet."""
    offers = _offers(problem)
    return frozenset() if offers is None else offers.free


def _said(kinds: Counter[str], offers: _Offers) -> Message:
    """How many people can come to no shift, and why."""
    reasons = [_reason("miss", k, kinds[k], offers.misses) for k in _KINDS if kinds[k]]
    cannot, people = kinds.total(), offers.people
    code = "nobody_can_come" if cannot == people else "cannot_come"
    return Message(f"problem.{code}", n=cannot, people=people, reasons=reasons)


def _offers(problem: Problem) -> _Offers | None:
    """Who can come to some shift; None of a week that is not filled in yet."""
    needed = problem.requirements or problem.demand
    if not (problem.volunteers and problem.shifts and needed):
        return None
    times = _Times((shift.start, shift.end) for shift in problem.shifts)
    known: dict[_Interval, _Miss | None] = {}
    free: set[str] = set()
    windows: dict[str, list[tuple[_Miss, int]]] = {}
    for who, joined in problem.joined_windows.items():
        for start, end, places in joined:
            interval = start, end
            if interval not in known:
                known[interval] = None if times.are_in(interval) else times.miss(interval)
            miss = known[interval]
            if miss is None:
                free.add(who)
            else:
                windows.setdefault(who, []).append((miss, places[0]))
    nearest = sorted(
        (index, miss) for miss, index in (min(windows[who]) for who in windows.keys() - free)
    )
    lost = sorted(
        (index, miss)
        for who in windows.keys() & free
        for miss, index in windows[who]
        if _is_a_slip(miss)
    )
    heard = free | windows.keys() | {row.volunteer_id for row in problem.stand_by}
    silent = sum(v.volunteer_id not in heard for v in problem.volunteers)
    return _Offers(len(problem.volunteers), free, silent, dict(nearest), dict(lost))


def _is_a_slip(miss: _Miss) -> bool:
    """Whether a window may be meant for a shift: half of it lies inside, or it is near in time."""
    start, end = miss.shift
    kind = _KINDS[miss.kind]
    return kind == "hours" or (kind == "short" and miss.lacking * 2 <= end - start)


def is_before_dawn(start: datetime, end: datetime) -> bool:
    """Whether hours are such as 1:00 to 5:00, which may be meant after noon."""
    is_early = _EARLIEST <= start.time() < LATEST
    return is_early and start < end <= datetime.combine(start.date(), _DAWN)


def _remedy(kind: str, miss: _Miss) -> Message:
    """What to do about the commonest miss, of which an example is told."""
    if _KINDS[miss.kind] == "hours" and is_before_dawn(*miss.window):
        return Message("problem.afternoon_meant", start=miss.window[0] + _HALF)
    return Message(_REMEDIES[kind])


def _blamed(miss: _Miss) -> tuple[str, str]:
    """Column and value of a window that keep it from containing a shift."""
    first, last = miss.window
    if _KINDS[miss.kind] == "days":
        return "start", f"{first.date()}"
    if _KINDS[miss.kind] == "short" and first <= miss.shift[0]:
        return "end", f"{last:%H:%M}"
    return "start", f"{first:%H:%M}"


def _first_of(kind: str, misses: dict[int, _Miss]) -> int:
    """Place of the first window of the commonest miss of a kind, or of all where it has none."""
    alike = [(i, m) for i, m in misses.items() if _KINDS[m.kind] == kind] or [*misses.items()]
    common = Counter(_clocks(m) for _, m in alike).most_common(1)[0][0]
    return next(i for i, m in alike if _clocks(m) == common)


def _clocks(miss: _Miss) -> tuple[object, ...]:
    """What misses of several days have in common: the times of the clock."""
    return tuple(moment.time() for moment in (*miss.window, *miss.shift))


def _reason(what: str, kind: str, count: int, misses: dict[int, _Miss]) -> Message:
    """How many people, or windows, miss all shifts in one way, with the commonest example."""
    facts: dict[str, object] = {}
    if kind == "short":
        miss = misses[_first_of(kind, misses)]
        facts = dict(zip(("start", "end", "first", "last"), _clocks(miss), strict=True))
        facts["minutes"] = miss.lacking // timedelta(minutes=1)
    return Message(f"problem.{what}_{kind}", n=count, **facts)
