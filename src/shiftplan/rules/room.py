"""The room of centers."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.rules.base import SAFETY, Findings, Weighted
from shiftplan.rules.one_place import people_at
from shiftplan.rules.registry import rule

if TYPE_CHECKING:
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.records import Shift

__all__ = ["Capacity"]


@rule(order=90)
class Capacity(Weighted):
    """At no moment are there more people at a center than it has room for.

    It holds in every week, unless a row gives it a level or switches it off. Shifts of a center
    that overlap share its room. A center without a capacity has no limit.

    Amount: people beyond the capacity, at each moment at which shifts of the center start.
    """

    rule: Literal["capacity"] = "capacity"
    sees = "part"
    topic = "Seats"
    worth = SAFETY
    unit = "people"
    example = "Capacity 3, two people from 07:00 to 12:00 and three from 11:00 to 14:00: amount 2."

    def check(self, case: Case) -> Findings:
        at: dict[str, list[Shift]] = {}
        for shift in case.week.shifts:
            at.setdefault(shift.center_id, []).append(shift)

        def start(shift: Shift) -> int:
            return case.span[shift.shift_id][0]

        for center_id, shifts in at.items():
            room = case.centers[center_id].capacity
            if room is None:
                continue
            present: list[Shift] = []
            shifts.sort(key=lambda s: (start(s), s.shift_id))
            for moment, starting in groupby(shifts, start):
                begun = list(starting)
                present = [s for s in present if case.span[s.shift_id][1] > moment] + begun
                count = len({v.volunteer_id for s in present for v in case.team(s)})
                if count > room:
                    code = "rules.capacity" + ("" if present == begun[:1] else "_beside")
                    yield self.violation("", begun[0], count - room, code, count=count, room=room)

    def post(self, model: Model) -> None:
        # People only come when a shift starts, so that rooms need no rows for other moments.
        arrays = model.arrays
        rooms = [c.capacity for c in arrays.week.centers]
        is_limited = np.array([r is not None for r in rooms], dtype=bool)[arrays.center]
        room = np.array([arrays.num_volunteers if r is None else r for r in rooms], dtype=np.int64)
        room = room[arrays.center]
        if self.hard and not model.alone:
            model.most_people = np.minimum(model.most_people, room)
        apart = int(arrays.end.max(initial=0)) + 1
        begin, end = (arrays.center * apart + minute for minute in (arrays.start, arrays.end))
        moments = np.unique(begin)
        first, last = np.searchsorted(moments, begin), np.searchsorted(moments, end)
        # A moment has the name of the first id among the shifts that start then.
        by_id = np.array([arrays.shift_index[name] for name in sorted(arrays.shift_index)], int)
        named = by_id[np.unique(first[by_id], return_index=True)[1]]
        where = np.sort(named)
        row_of = np.searchsorted(where, named)
        shift = model.pairs.shift
        count = np.where(is_limited, last - first, 0)[shift]
        pair, nth = one_by_one(count)
        row = row_of[first[shift[pair]] + nth]
        present = people_at(model, row, pair, len(moments), exact=False)
        model.at_most(self, present, room[where], where=where, place="shift")
