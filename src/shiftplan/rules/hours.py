"""Rules about hours without a pause, and within any hours: time that passes, over midnight too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.rules.base import SAFETY, Findings, in_value
from shiftplan.rules.one_place import OnePlace
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import Personal
from shiftplan.week.fields import Positive

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array
    from shiftplan.case.case import Case
    from shiftplan.model import Model

__all__ = ["MaxConsecutiveMinutes", "MaxMinutesWithin"]


class _Hours(Personal):
    """A limit on time that passes, whatever the date and the clock."""

    topic = "Rest, days in a row, weekends"
    worth = SAFETY
    shares = True
    unit = "minutes"


def _one_at_a_time(model: Model) -> bool:
    """Whether nobody can work two shifts at once."""
    return not model.alone and any(isinstance(rule, OnePlace) for rule in model.rules)


@rule(order=202)
class MaxConsecutiveMinutes(_Hours):
    """Nobody works more than `max_minutes` minutes at a stretch.

    Shifts with less than `pause_minutes` between them are one stretch, which lasts from its first
    minute to its last, short pauses included. Neither history nor what occupies people besides
    shifts counts.

    Amount: minutes of a stretch beyond `max_minutes`, for each stretch of a person.
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
            stretches: list[tuple[int, int, str]] = []
            for shift in case.worked(volunteer, self.which):
                begin, end = case.span[shift.shift_id]
                last = shift.shift_id
                if stretches and begin < stretches[-1][1] + self.pause_minutes:
                    first, until, before = stretches.pop()
                    begin, end, last = (first, *max((until, before), (end, last)))
                stretches.append((begin, end, last))
            for begin, end, last in stretches:
                beyond = end - begin - self.max_minutes
                if beyond > 0:
                    facts: dict[str, Any] = {"count": end - begin, "most": self.max_minutes}
                    yield self.violation(volunteer, case.shifts[last], beyond, **facts)

    def post(self, model: Model) -> None:
        # A column for each work says how long its stretch has lasted when it ends, told by those
        # that end before it; a stretch is limited, and priced, at the work that ends it.
        start, end = model.arrays.start, model.arrays.end
        pairs, first, longest = self._chains(model)
        shift = model.pairs.shift[pairs]
        works = model.columns(pairs)
        lasts = model.columns(model.new_columns(len(pairs), longest))
        model.define_at_most(works * (end - start)[shift] - lasts, 0)
        later, nth = one_by_one(np.arange(len(pairs)) - first)
        earlier = first[later] + nth
        if _one_at_a_time(model):
            apart = end[shift[earlier]] <= start[shift[later]]
            earlier, later = earlier[apart], later[apart]
        more = end[shift[later]] - end[shift[earlier]]
        most = longest[earlier] + more
        told = lasts.take(earlier) - lasts.take(later) + works.take(earlier) * more
        model.define_at_most(told + works.take(later) * most, most)
        if not self.hard:
            beyond = np.maximum(longest - self.max_minutes, 0)[earlier]
            lasts = lasts - works.combine(earlier, later, len(pairs), beyond)
        who = model.pairs.volunteer[pairs]
        model.at_most(self, lasts, self.max_minutes, who=who, where=shift, place="shift")

    def _chains(self, model: Model) -> tuple[Array, Array, Array]:
        """Pairs that a stretch which is too long may hold, by person and end.

        Those that may be of one stretch with a pair are the ones from a number on up to the pair.
        Returns the pairs, these numbers, and the minutes that a stretch up to each may last, int.
        """
        arrays = model.arrays
        pairs = np.flatnonzero(model.meant(self.which, self.group))
        shift, person = model.pairs.shift[pairs], model.pairs.volunteer[pairs]
        order = np.lexsort((arrays.start[shift], arrays.end[shift], person))
        pairs, shift, person = pairs[order], shift[order], person[order]
        start, end = arrays.start[shift], arrays.end[shift]
        of_person = person * (arrays.end.max(initial=0) + self.pause_minutes + 1)
        reach = of_person + start - self.pause_minutes
        first = np.searchsorted(of_person + end, reach, side="right")
        begin = start.copy()
        for i, number in enumerate(first):
            begin[i] = begin[number : i + 1].min()
        too_long = end - begin > self.max_minutes
        for i in range(len(pairs) - 1, -1, -1):
            too_long[first[i] : i] |= too_long[i]
        kept = np.flatnonzero(too_long)
        return pairs[kept], np.searchsorted(kept, first[kept]), (end - begin)[kept]


@rule(order=204)
class MaxMinutesWithin(_Hours):
    """Nobody works more than `max_minutes` minutes within any `within_hours` hours.

    The hours that count are those from the start of each shift of a person on: no others hold more
    work. Neither history nor what occupies people besides shifts counts.

    Amount: minutes beyond `max_minutes` in the hours from the start of a shift on, for each shift
    of a person.
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
            for shift, (begin, _) in zip(worked, spans, strict=True):
                until = begin + 60 * self.within_hours
                inside = [min(end, until) - max(start, begin) for start, end in spans]
                count = sum(minutes for minutes in inside if minutes > 0)
                beyond = count - self.max_minutes
                if beyond > 0:
                    facts: dict[str, Any] = {"count": count, "most": self.max_minutes}
                    hours = self.within_hours
                    yield self.violation(volunteer, shift, beyond, hours=hours, **facts)

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
        beside = (inside > 0) & (other != row)
        works, own = model.columns(pairs), np.minimum(end, until) - start
        others = works.combine(row[beside], other[beside], len(pairs), inside[beside])
        most = model.greatest(others)
        if self.hard and _one_at_a_time(model):
            # Then no hours that start without a shift hold more than those that start with one.
            most = np.minimum(most, self.max_minutes)
        gate = np.maximum(most + own - self.max_minutes, 0)
        held = others + works * gate
        model.at_most(self, held, most, who=person, where=shift, place="shift")
