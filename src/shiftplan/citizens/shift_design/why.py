"""Why a design holds shifts at a time: what the best design without that time would lack.

(`ShiftDesign`, a center, a time) -> `WhyTime`.
"""

from __future__ import annotations

import threading
import time as clock
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from shiftplan.citizens.shift_design.candidates import ShiftTime
from shiftplan.citizens.shift_design.curve import Span
from shiftplan.citizens.shift_design.designing import ShiftDesign
from shiftplan.citizens.shift_design.judged import CenterCover, DesignedShift
from shiftplan.citizens.shift_design.search import DesignLimits
from shiftplan.engines.params import SolveOptions
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.solving.interrupts import interrupts
from shiftplan.week.requirements import Conditions


@dataclass(frozen=True, slots=True)
class MissingWithout:
    """A time at which more people would be missing without some shifts."""

    span: Span
    """Minutes from the horizon's first midnight."""
    conditions: Conditions
    """What the people meet who are missing; nothing where every head counts."""
    missing: int
    """People missing with these shifts."""
    without: int
    """People missing without them, more."""


@dataclass(frozen=True)
class WhyTime:
    """What a design would be without a time at a center."""

    center_id: str
    time: ShiftTime
    cost: int
    """Cost of the design, for the center and those that share times with it."""
    without: int
    """Cost of the best design found that holds no shift at this time there."""
    bound: int
    """No design without it costs less."""
    is_proven: bool
    """Whether none that costs less than `without` exists."""
    parts: Mapping[str, int]
    """`missing`, `beyond`, `seats`, `times` and `changes` -> how much more they cost without it."""
    shifts: tuple[DesignedShift, ...]
    """Shifts of the center in that design."""
    missing: tuple[MissingWithout, ...]
    """Where people would be missing then, or more of them, by conditions and time."""

    @property
    def more(self) -> int:
        """What the time saves; not above 0 where a design without it is as good."""
        return self.without - self.cost


def why(
    found: ShiftDesign,
    center_id: str,
    time: ShiftTime,
    *,
    time_limit: float | None = 10.0,
    workers: int | None = None,
    seed: int = 0,
    cancel: threading.Event | None = None,
) -> WhyTime:
    """Design a center again without a time, with all others that its types allow.

    Centers that share times with it are designed again as well, and may hold the time.

    Parameters
    ----------
    found
        The design.
    center_id
        Center that holds shifts at the time.
    time
        First minute after midnight and minutes of the shifts.
    time_limit
        Seconds; None for no limit. A first design takes what it needs, as of `design`.
    workers, seed, cancel
        As `design` takes them.

    Raises
    ------
    InputError
        If an option is out of range, or the design holds no such shift.
    ModelError
        As `design` raises it.
    """
    began = clock.monotonic()
    told = {"time_limit": time_limit, "workers": workers, "seed": seed, "cancel": cancel}
    options = SolveOptions(**told)
    if not any(s.center_id == center_id and s.time == time for s in found.shifts):
        said = Message("design.no_such_time", center=center_id)
        raise InputError([Fault("unknown_id", "shifts", "center_id", center_id, said)])
    group = next(one for one in found.task.groups() if center_id in one.centers)
    with interrupts(cancel) as stop:
        limits = DesignLimits(began + options.seconds, options.engines, seed, stop)
        without = group.without(center_id, time).solved(limits)
    own = [shift for shift in found.shifts if shift.center_id in group.centers]
    now = group.judged(own)
    return WhyTime(
        center_id=center_id,
        time=time,
        cost=now.cost,
        without=without.score.cost,
        bound=without.bound,
        is_proven=without.is_proven,
        parts={part: cost - now.parts[part] for part, cost in without.score.parts.items()},
        shifts=tuple(s for s in without.shifts if s.center_id == center_id),
        missing=tuple(_missing(_of(center_id, now.cover), _of(center_id, without.score.cover))),
    )


def _of(center_id: str, cover: Iterable[CenterCover]) -> list[CenterCover]:
    return [one for one in cover if one.center_id == center_id]


def _missing(now: Sequence[CenterCover], then: Sequence[CenterCover]) -> Iterator[MissingWithout]:
    """Yield where more people are missing then, each time as long as nothing changes."""
    for conditions in sorted({one.conditions for one in now}, key=lambda c: (len(c), c)):
        before, after = (
            [one for one in cover if one.conditions == conditions] for cover in (now, then)
        )
        ends = sorted({end for one in (*before, *after) for end in one.need.span})
        pieces = ((span, _at(span, before), _at(span, after)) for span in pairwise(ends))
        worse = [MissingWithout(at, conditions, old, new) for at, old, new in pieces if new > old]
        yield from _joined(worse)


def _joined(pieces: Iterable[MissingWithout]) -> Iterator[MissingWithout]:
    """Yield pieces that follow each other and say the same as one."""
    last: MissingWithout | None = None
    for one in pieces:
        if last is not None and one == replace(last, span=one.span) and one.span[0] == last.span[1]:
            last = replace(last, span=(last.span[0], one.span[1]))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _at(span: Span, cover: Sequence[CenterCover]) -> int:
    """People missing in a time in which nothing changes; nobody outside of what is covered."""
    inside = (o for o in cover if o.need.span[0] <= span[0] and span[1] <= o.need.span[1])
    return next((one.missing for one in inside), 0)
