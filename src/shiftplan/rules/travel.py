"""Rules about the way from one center to another between two shifts."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from pydantic import Field

from shiftplan.case.arrays import one_by_one
from shiftplan.case.reach import in_time
from shiftplan.errors.message import AtShift
from shiftplan.rules.base import SAFETY, Findings, Priced, in_value
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import Scoped

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array
    from shiftplan.case.case import Case
    from shiftplan.model import Model

__all__ = ["TravelTime"]

Speed = Annotated[int, Field(ge=1, le=1_000)]
"""Kilometres in an hour."""


@rule(order=145)
class TravelTime(Scoped, Priced):
    """After a shift at one center, a person can reach the next one at another center in time.

    The table `travel` has how long ways take and when one can leave. Where it has no row for a way,
    the way is the great-circle distance at `speed_kmh`, in minutes rounded up.

    Amount: pairs of shifts in a row at different centers of which the second starts before the
    person can be there, for each person.
    """

    rule: Literal["travel_time"] = "travel_time"
    speed_kmh: Annotated[Speed, in_value("speed_kmh")] = 30
    """Kilometres in an hour, as the crow flies, on ways that the table `travel` does not have."""
    sees = "part"
    topic = "Places and ways"
    worth = SAFETY
    measures_ways = True
    reads = ("travel",)
    unit = "pairs of shifts"
    example = (
        "speed_kmh 30, a shift until 11:00 and one from 13:00 at a center 62 km away, 124 minutes: "
        "amount 1."
    )

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            for first, second in pairwise(case.worked(volunteer, self.which)):
                ends = first.center_id, second.center_id
                leave, start = case.span[first.shift_id][1], case.span[second.shift_id][0]
                if ends[0] == ends[1]:
                    continue
                arrival = case.ways.arrival(ends, leave, start, case.horizon, self.speed_kmh)
                if arrival is None or arrival > start:
                    code = "rules.travel_time" + ("_none" if arrival is None else "")
                    facts = {"rest": max(0, start - leave), "way": (arrival or leave) - leave}
                    other = AtShift(first.shift_id)
                    yield self.violation(volunteer, second, 1, code, other=other, **facts)

    def post(self, model: Model) -> None:
        arrays, pairs = model.arrays, model.pairs
        concerned = arrays.in_group(self.group)[pairs.volunteer]
        own = np.flatnonzero(concerned & arrays.in_set(self.which)[pairs.shift])
        ids = [shift.shift_id for shift in arrays.week.shifts]
        rank = np.empty(len(ids), dtype=np.int64)
        rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
        shift = pairs.shift[own]
        order = np.lexsort(
            (rank[shift], arrays.end[shift], arrays.start[shift], pairs.volunteer[own])
        )
        own = own[order]
        who, shift = pairs.volunteer[own], pairs.shift[own]
        later = np.searchsorted(who, who, side="right") - np.arange(len(own)) - 1
        first, nth = one_by_one(later)
        second = first + 1 + nth
        apart = arrays.center[shift[first]] != arrays.center[shift[second]]
        first, second = first[apart], second[apart]
        here, there = arrays.center[shift[first]], arrays.center[shift[second]]
        leave, start = arrays.end[shift[first]], arrays.start[shift[second]]
        late = ~in_time(arrays, here, there, leave, start, self.speed_kmh)
        first, second = first[late], second[late]
        self._limit(model, own, first, second)

    def _limit(self, model: Model, own: Array, first: Array, second: Array) -> None:
        """Forbid, or price, two pairs of a person that no pair between them parts.

        `first`, `second`: places in `own`, the numbers of pairs by person and time.
        """
        # A shift between the two is no shift between them where it excludes one of them anyway.
        shift = model.pairs.shift[own]
        row, nth = one_by_one(second - first - 1)
        between = first[row] + 1 + nth
        if not model.alone:
            kind = model.pairs.exclusive[shift]
            kept = (kind[between] != kind[first[row]]) & (kind[between] != kind[second[row]])
            row, between = row[kept], between[kept]
        size = len(first)
        rows = np.arange(size)
        both = model.sum_entries(
            np.concatenate([rows, rows]), own[np.concatenate([first, second])], size
        )
        parted = model.sum_entries(row, own[between], size)
        who, where = model.pairs.volunteer[own[second]], shift[second]
        model.at_most(self, both - parted, 1, who=who, where=where, place="shift")
