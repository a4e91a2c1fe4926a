"""Rules about hours without a pause, and within any hours: time that passes, over midnight too."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.rules.base import SAFETY, Findings, in_value
from shiftplan.rules.one_place import one_at_a_time
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import Personal
from shiftplan.week.fields import Positive

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.records import Volunteer

__all__ = ["MaxConsecutiveMinutes", "MaxMinutesWithin"]

_DAY = dt.timedelta(days=1)


class _Hours(Personal):
    """A limit on time that passes, whatever the date and the clock."""

    topic = "Rest, days in a row, weekends"
    worth = SAFETY
    shares = True
    unit = "minutes"

    def _beside(self, case: Case, volunteer: Volunteer, pause: int) -> list[_Occupation]:
        """Other work of a person, what has shorter pauses than `pause` in one, in order of time.

        What lasts 24 hours or more is left out: it names days, and no hours.
        """
        found: list[_Occupation] = []
        rows = case.occupied.get(volunteer.volunteer_id, ()) if self.which.is_of_days else ()
        for row in sorted(rows, key=lambda row: (row.start, row.end)):
            days = (d in case.horizon and self.which.has_day(d) for d in row.dates)
            if row.is_work and row.end - row.start < _DAY and (self.which.is_all or any(days)):
                start, end = map(case.horizon.minutes, (row.start, row.end))
                block = _Occupation(start, end, row.start, row.end)
                if found and start < found[-1].end + pause:
                    first = found.pop()
                    latest = max(first, block, key=lambda b: b.end)
                    block = _Occupation(first.start, latest.end, first.since, latest.until)
                found.append(block)
        return found

    def _blocks(self, model: Model, pause: int) -> tuple[Array, Array, Array]:
        """The same of all people concerned: person, first minute and first minute after it, int."""
        people = model.arrays.in_group(self.group)
        rows = [
            (v, start, end)
            for who, start, end in model.arrays.work_beside_shifts(self.which, within_days=True)
            for v in np.flatnonzero(who & people).tolist()
        ]
        merged: list[list[int]] = []
        for v, start, end in sorted(rows):
            if merged and merged[-1][0] == v and start - merged[-1][2] < pause:
                merged[-1][2] = max(merged[-1][2], end)
            else:
                merged.append([v, start, end])
        who, begin, until = np.array(merged, dtype=np.int64).reshape(-1, 3).T
        return who, begin, until


class _Occupation(NamedTuple):
    """Other work of a person without a pause."""

    start: int
    """First minute, from the horizon's first midnight."""
    end: int
    """First minute after it."""
    since: dt.datetime
    """First minute as wall-clock time."""
    until: dt.datetime
    """First minute after it as wall-clock time."""


@rule(order=202)
class MaxConsecutiveMinutes(_Hours):
    """Nobody works more than `max_minutes` minutes at a stretch.

    Shifts with less than `pause_minutes` between them are one stretch, which lasts from its first
    minute to its last, short pauses included. Other work that occupies the person is a part of it
    like a shift, unless it lasts 24 hours or more: then it stands for days, not for hours. History
    does not count.

    Amount: minutes of a stretch beyond `max_minutes`, for each stretch of a person. What other work
    without a pause lasts beyond `max_minutes` by itself is left out.
    """

    rule: Literal["max_consecutive_minutes"] = "max_consecutive_minutes"
    max_minutes: Annotated[Positive, in_value("max_minutes")]
    """Most minutes at a stretch."""
    pause_minutes: Positive = 1
    """Shortest pause that ends a stretch, in minutes; with 1 only shifts that touch are one."""
    example = (
        "max_minutes 360, pause_minutes 30: 07:00-11:00 and 11:15-15:00 are 480 minutes at a "
        "stretch: amount 120."
    )

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            stretches: list[tuple[int, int, str, int]] = []
            blocks = self._beside(case, volunteer, self.pause_minutes)
            ends = {block.end: block.until for block in blocks}
            worked = [(*case.span[s.shift_id], s) for s in case.worked(volunteer, self.which)]
            works = [(begin, end, s.shift_id) for begin, end, s in worked]
            for begin, end, last in sorted([*works, *((b.start, b.end, "") for b in blocks)]):
                spared = 0 if last else max(0, end - begin - self.max_minutes)
                if stretches and begin < stretches[-1][1] + self.pause_minutes:
                    first, until, before, less = stretches.pop()
                    begin, end, last = (first, *max((until, before), (end, last)))
                    spared += less
                stretches.append((begin, end, last, spared))
            for begin, end, last, spared in stretches:
                beyond = end - begin - spared - self.max_minutes
                if beyond > 0:
                    facts: dict[str, Any] = {"count": end - begin, "most": self.max_minutes}
                    where, code = case.shifts.get(last), ""
                    if where is None:
                        code = "rules.max_consecutive_minutes_occupied"
                        facts["end"] = ends[end]
                    yield self.violation(volunteer, where, beyond, code, **facts)

    def post(self, model: Model) -> None:
        # A column for each work says how long its stretch has lasted when it ends, told by those
        # that end before it; a stretch is limited, and priced, at the work that ends it.
        pairs, person, start, end, first, longest = self._chains(model)
        is_shift = pairs >= 0
        shift = np.where(is_shift, model.pairs.shift[np.maximum(pairs, 0)], -1)
        works = model.columns(pairs[is_shift])
        if not is_shift.all():
            number = np.flatnonzero(is_shift)
            works = works.combine(number, np.arange(len(number)), len(pairs)).plus(~is_shift * 1.0)
        lasts = model.columns(model.new_columns(len(pairs), longest))
        model.define_at_most(works * (end - start) - lasts, 0)
        later, nth = one_by_one(np.arange(len(pairs)) - first)
        earlier = first[later] + nth
        if one_at_a_time(model):
            apart = end[earlier] <= start[later]
            earlier, later = earlier[apart], later[apart]
        more = end[later] - end[earlier]
        most = longest[earlier] + more
        told = lasts.take(earlier) - lasts.take(later) + works.take(earlier) * more
        model.define_at_most(told + works.take(later) * most, most)
        if not self.hard:
            beyond = np.maximum(longest - self.max_minutes, 0)[earlier]
            lasts = lasts - works.combine(earlier, later, len(pairs), beyond)
        model.at_most(self, lasts, self.max_minutes, who=person, where=shift, place="shift")

    def _chains(self, model: Model) -> tuple[Array, Array, Array, Array, Array, Array]:
        """Works that a stretch which is too long may hold, by person and end.

        They are pairs, and other work, which is never longer than a stretch may be: time beyond it
        is left out, and later times are the earlier by it. Those that may be of one stretch with a
        work are the ones from a number on up to the work. Returns the pairs, -1 for other work, the
        people, first minutes, first minutes after, these numbers, and the minutes that a stretch up
        to each may last, int.
        """
        arrays = model.arrays
        pairs = np.flatnonzero(model.meant(self.which, self.group))
        shift, person = model.pairs.shift[pairs], model.pairs.volunteer[pairs]
        start, end = arrays.start[shift], arrays.end[shift]
        who, begin, until = self._blocks(model, self.pause_minutes)
        pairs = np.concatenate([pairs, np.full(len(who), -1)])
        person = np.concatenate([person, who])
        start, end = np.concatenate([start, begin]), np.concatenate([end, until])
        spared = np.maximum(until - begin - self.max_minutes, 0)
        for i in reversed(np.flatnonzero(spared)):  # the last first, so that those before it stay
            is_later = (person == who[i]) & (end >= until[i])
            start = start - spared[i] * (is_later & (start >= until[i]))
            end = end - spared[i] * is_later
        order = np.lexsort((start, end, person))
        pairs, person, start, end = pairs[order], person[order], start[order], end[order]
        length = end.max(initial=0) - start.min(initial=0)
        of_person = person * (length + self.pause_minutes + 1)
        reach = of_person + start - self.pause_minutes
        first = np.searchsorted(of_person + end, reach, side="right")
        begin = start.copy()
        for i, number in enumerate(first):
            begin[i] = begin[number : i + 1].min()
        too_long = end - begin > self.max_minutes
        for i in range(len(pairs) - 1, -1, -1):
            too_long[first[i] : i] |= too_long[i]
        kept = np.flatnonzero(too_long)
        own = (part[kept] for part in (pairs, person, start, end))
        return *own, np.searchsorted(kept, first[kept]), (end - begin)[kept]


@rule(order=204)
class MaxMinutesWithin(_Hours):
    """Nobody works more than `max_minutes` minutes within any `within_hours` hours.

    Hours are counted from the start of each shift of a person, and of other work that occupies the
    person: no others hold more work. Other work counts by its time, unless it lasts 24 hours or
    more: then it stands for days, not for hours. History does not count.

    Amount: minutes beyond `max_minutes` in the hours from the start of a shift on, for each shift
    of a person, and in those from the start of other work on. Other work breaks nothing by itself.
    """

    rule: Literal["max_minutes_within"] = "max_minutes_within"
    max_minutes: Annotated[Positive, in_value("max_minutes")]
    """Most minutes within the hours."""
    within_hours: Positive = 24
    """Length of the time looked at, in hours."""
    example = (
        "max_minutes 720, within_hours 24, 08:00-16:00 and on the next day 00:00-08:00: from the "
        "first shift on 960 minutes, from the second on 480: amount 240."
    )

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            worked = case.worked(volunteer, self.which)
            spans = [case.span[shift.shift_id] for shift in worked]
            beside = self._beside(case, volunteer, 1)
            blocks = [(block.start, block.end) for block in beside]
            works = [(span[0], shift, None) for span, shift in zip(spans, worked, strict=True)]
            for begin, shift, since in [*works, *((b.start, None, b.since) for b in beside)]:
                until = begin + 60 * self.within_hours
                own, given = (
                    sum(max(0, min(end, until) - max(start, begin)) for start, end in some)
                    for some in (spans, blocks)
                )
                beyond = own - max(self.max_minutes - given, 0)
                if beyond > 0:
                    facts: dict[str, Any] = {"count": own + given, "most": self.max_minutes}
                    facts["hours"] = self.within_hours
                    code = ""
                    if shift is None:
                        code, facts["start"] = "rules.max_minutes_within_occupied", since
                    yield self.violation(volunteer, shift, beyond, code, **facts)

    def post(self, model: Model) -> None:
        # A row for each work: it counts itself, if worked, and what else lies in the hours.
        arrays = model.arrays
        pairs = np.flatnonzero(model.meant(self.which, self.group))
        shift, person = model.pairs.shift[pairs], model.pairs.volunteer[pairs]
        order = np.lexsort((arrays.start[shift], person))
        pairs, shift, person = pairs[order], shift[order], person[order]
        start, end = arrays.start[shift], arrays.end[shift]
        until = start + 60 * self.within_hours
        longest = (end - start).max(initial=0)
        of_person = person * (arrays.end.max(initial=0) + 60 * self.within_hours + longest + 1)
        first = np.searchsorted(of_person + start, of_person + start - longest, side="right")
        last = np.searchsorted(of_person + start, of_person + until, side="left")
        row, nth = one_by_one(last - first)
        other = first[row] + nth
        inside = np.minimum(end[other], until[row]) - np.maximum(start[other], start[row])
        works, own = model.columns(pairs), np.minimum(end, until) - start
        some, blocks = inside > 0, self._blocks(model, 1)
        left = self._left(person, start, until, blocks)
        if self.hard and one_at_a_time(model):
            # Then no hours that start without a shift hold more than those that start with one,
            # and all that start at one moment hold the same.
            held, most = works.combine(row[some], other[some], len(pairs), inside[some]), left
            rows = np.flatnonzero(np.diff((of_person + start).astype(float), append=np.inf))
        else:
            some &= other != row
            others = works.combine(row[some], other[some], len(pairs), inside[some])
            most, rows = model.greatest(others), np.arange(len(pairs))
            held = others + works * np.maximum(most + own - left, 0)
        who, where = person[rows], shift[rows]
        model.at_most(self, held.take(rows), most[rows], who=who, where=where, place="shift")
        if not len(blocks[0]):
            return
        who, start = blocks[:2]
        until = start + 60 * self.within_hours
        row, pair = np.nonzero(who[:, None] == person)
        inside = np.minimum(end[pair], until[row]) - np.maximum(
            arrays.start[shift[pair]], start[row]
        )
        near = inside > 0
        held = works.combine(row[near], pair[near], len(who), inside[near])
        left = self._left(who, start, until, blocks)
        model.at_most(self, held, left, who=who, where=np.full(len(who), -1), place="shift")

    def _left(
        self, person: Array, start: Array, until: Array, blocks: tuple[Array, Array, Array]
    ) -> Array:
        """Minutes that other work leaves to the shifts of people within some hours, int."""
        left: Array = np.full(len(person), self.max_minutes)
        for who, begin, end in zip(*blocks, strict=True):
            inside = np.minimum(end, until) - np.maximum(begin, start)
            left -= np.where(person == who, np.maximum(inside, 0), 0)
        return np.asarray(np.maximum(left, 0))
