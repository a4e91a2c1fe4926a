"""What does not fit together in requirements that count several shifts of a center.

`Known`, a requirement -> faults; `Problem` -> notes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shiftplan.errors import Fault
from shiftplan.errors.message import AtShift, Column, Message
from shiftplan.problem.known import Known, fault

if TYPE_CHECKING:
    from shiftplan.problem import Problem
    from shiftplan.week.requirements import Requirement

_TABLE = "requirements"
_SHORTEST = 15
"""Minutes of the shortest step."""


def shifts_of_needs(known: Known, index: int, need: Requirement) -> Iterator[Fault]:
    """Yield the faults of one that is about a center, or about a center and a shift."""
    columns = {"shift": Column("shift_id"), "center": Column("center_id")}
    if need.shift_id is not None or need.center_id is None:
        code = "nothing" if need.shift_id is None else "both"
        said = Message(f"problem.need_of_{code}", **columns)
        remedy = Message(f"problem.need_of_{code}_write", **columns)
        place = _TABLE, index, "shift_id", need.shift_id or ""
        yield fault("unclear_requirement", *place, said, remedy=remedy)
        return
    if need.exclusive:
        said = Message("problem.exclusive_of_several", **columns)
        yield fault("unclear_requirement", _TABLE, index, "exclusive", 1, said)
    yield from known.unknown(_TABLE, index, "center_id", need.center_id, "centers")
    yield from known.misspelt(_TABLE, index, "shifts", need.shifts, "sets")
    first, last = need.first_day, need.last_day
    if need.start is not None and need.end is not None:
        if first is not None or last is not None:
            said = Message("problem.need_of_time_and_days", start=Column("start"))
            column, day = ("last_day", last) if first is None else ("first_day", first)
            yield fault("unclear_requirement", _TABLE, index, column, day, said)
        yield from known.interval(_TABLE, index, need.start, need.end)
        own = known.problem.shifts_at.get(need.center_id or "", ())
        if not any(s.start <= need.start < s.end for s in own):  # the last night may go on
            yield from known.outside(_TABLE, index, "start", need.start.date())
        yield from _split(known, index, need, need.start, need.end)
        return
    if first is not None and last is not None and last < first:
        said = Message("problem.reversed_days", column=Column("first_day"), day=first)
        yield fault("reversed_interval", _TABLE, index, "last_day", last, said)
    dates = known.problem.horizon.dates
    if first is not None and first > dates[-1]:
        yield from known.outside(_TABLE, index, "first_day", first)
    if last is not None and last < dates[0]:
        yield from known.outside(_TABLE, index, "last_day", last)


def _split(
    known: Known, index: int, need: Requirement, start: datetime, end: datetime
) -> Iterator[Fault]:
    """Yield the fault of a step in which a shift begins or ends.

    Such a shift would cover a part of it. The longest step that none of them divides is named.
    """
    inside: dict[datetime, str] = {}
    for shift in known.problem.shifts_at.get(need.center_id or "", ()):
        if shift.is_one_of(need.shifts):
            for moment in (shift.start, shift.end):
                if start < moment < end:
                    inside.setdefault(moment, shift.shift_id)
    if not inside:
        return
    moment, shift_id = min(inside.items())
    step = math.gcd(*((one - start) // timedelta(minutes=1) for one in (*inside, end)))
    said = Message("problem.split_step", shift=AtShift(shift_id), at=moment)
    remedy = Message("problem.smaller_step", step=step, column=Column("step"))
    other = Message("problem.step_by_shifts")
    place = _TABLE, index, "step", ""
    yield fault("split_step", *place, said, remedy=remedy if step >= _SHORTEST else other)


def without_shifts(problem: Problem) -> Iterator[Fault]:
    """Yield the first requirement of people whom no shift can bring."""
    found = [
        index
        for index, need in enumerate(problem.requirements)
        if need.target and not problem.shifts_counted(need)
    ]
    if found:
        need = problem.requirements[found[0]]
        said = Message("problem.need_without_shift", where=need.place, rows=len(found))
        column = "shifts" if need.start is None else "start"
        yield fault("no_effect", _TABLE, found[0], column, "", said)
