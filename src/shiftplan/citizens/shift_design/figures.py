"""What shifts come to: hours, people, times, how far they cover what is needed; and today's shifts.

(`DesignedShift`s, `CenterCover`s) -> `DesignFigures`; `ShiftDesign` -> the same of today's shifts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from shiftplan.citizens.shift_design.candidates import ShiftTime
from shiftplan.citizens.shift_design.curve import DAY, minute
from shiftplan.citizens.shift_design.designing import ShiftDesign
from shiftplan.citizens.shift_design.judged import CenterCover, DesignedShift
from shiftplan.citizens.shift_design.people import PeopleClass
from shiftplan.citizens.shift_design.task import DesignTask
from shiftplan.citizens.staffing import derive
from shiftplan.problem import Problem
from shiftplan.week.demand import DesignPolicy
from shiftplan.week.json_form import Amount, Figure, MaybeFigure, Written
from shiftplan.week.records import Shift
from shiftplan.week.requirements import Conditions, Requirement
from shiftplan.week.shift_types import ShiftType


@dataclass(frozen=True, slots=True)
class DesignFigures(Written):
    """What shifts come to, and how they cover what is needed; hours are those of one person."""

    shifts: Amount
    """Shifts."""
    people: Amount
    """People in all shifts; who is in two of them counts twice."""
    times: Amount
    """Different times of beginning and end at which shifts are held."""
    hours: Figure
    """Hours of people in shifts, breaks included."""
    needed: Figure
    """Hours of people who are needed: the targets."""
    missing: Figure
    """Hours of people missing to the targets."""
    below_minimum: Figure
    """Hours of people missing even to the minimums."""
    beyond: Figure
    """Hours of people beyond the targets."""
    missing_with_skill: MaybeFigure
    """Hours of people missing who hold a skill that is asked for, skill by skill; NaN where nobody
    knows who holds them."""

    @property
    def covered(self) -> float:
        """Share of the hours needed in which somebody is there, 0 to 1."""
        return 1 - self.missing / self.needed if self.needed else 1.0


@dataclass(frozen=True)
class TodaysShifts:
    """The shifts that a week has already, as full as it asks for, judged as designed ones are."""

    shifts: tuple[DesignedShift, ...]
    cover: tuple[CenterCover, ...]
    """Who is needed and who is there; heads only, as nobody knows what skills they have."""


def figures(
    shifts: Sequence[DesignedShift], cover: Iterable[CenterCover], *, skills: bool = True
) -> DesignFigures:
    """What shifts come to that cover something in some way; `skills`: whether these are known."""
    needed = missing = below = beyond = with_skill = 0
    for one in cover:
        if one.conditions:
            with_skill += one.missing * one.minutes
            continue
        needed += one.need.target * one.minutes
        missing += one.missing * one.minutes
        below += max(0, one.need.minimum - one.there) * one.minutes
        beyond += one.beyond * one.minutes
    return DesignFigures(
        shifts=len(shifts),
        people=sum(shift.count for shift in shifts),
        times=len({shift.time for shift in shifts}),
        hours=sum(shift.count * shift.time.length for shift in shifts) / 60,
        needed=needed / 60,
        missing=missing / 60,
        below_minimum=below / 60,
        beyond=beyond / 60,
        missing_with_skill=with_skill / 60 if skills else math.nan,
    )


def figures_by_center(
    shifts: Sequence[DesignedShift], cover: Sequence[CenterCover], *, skills: bool = True
) -> dict[str, DesignFigures]:
    """Center id -> what its shifts come to, for all centers that are covered."""
    own: dict[str, tuple[list[DesignedShift], list[CenterCover]]] = {
        one.center_id: ([], []) for one in cover
    }
    for shift in shifts:
        own[shift.center_id][0].append(shift)
    for one in cover:
        own[one.center_id][1].append(one)
    return {name: figures(*found, skills=skills) for name, found in own.items()}


def todays_shifts(found: ShiftDesign) -> TodaysShifts | None:
    """The shifts of the week before its design; None where it does not say who is in them.

    Their people are those whom requirements of these shifts ask for, else those of `staff`; nobody
    has a break.
    """
    task = found.task
    held = tuple(_held(task.week, task))
    if not held:
        return None
    centers = {
        name: replace(one, prices=replace(one.prices, policy=_any_times(one.prices.policy)))
        for name, one in task.centers.items()
    }
    cover = replace(task, centers=centers).judged(held).cover
    return TodaysShifts(held, tuple(one for one in cover if not one.conditions))


def _any_times(policy: DesignPolicy) -> DesignPolicy:
    return policy.model_copy(update={"most_times": None})


def _held(week: Problem, task: DesignTask) -> Iterator[DesignedShift]:
    """Yield the shifts of a week that ask for people, by center, date and time."""
    asked: dict[str, list[Requirement]] = {}
    told = [need for need in week.requirements if need.shift_id is not None]
    if not told and week.demand:
        told = [need.requirement for need in derive(week)]
    for need in told:
        asked.setdefault(need.shift_id or "", []).append(need)
    for shift in sorted(week.shifts, key=lambda s: (s.center_id, s.start, s.end)):
        if shift.center_id not in task.centers or shift.shift_id not in asked:
            continue
        if people := _people(asked[shift.shift_id]):
            day, start = divmod(minute(week, shift.start), DAY)
            time = ShiftTime(start, minute(week, shift.end) - minute(week, shift.start))
            people_in = {PeopleClass(): people}
            yield DesignedShift(shift.center_id, day, time, _kind(shift), people_in)


def _people(rows: Iterable[Requirement]) -> int:
    """The fewest people that rows of a shift ask for: those with a skill are among the heads."""
    wanted = Counter[Conditions]()
    for row in rows:
        wanted[row.conditions] += row.target
    return max(wanted.values(), default=0)


def _kind(shift: Shift) -> ShiftType:
    """A type without a price that allows a shift at its time."""
    minutes = int((shift.end - shift.start).total_seconds() // 60)
    return ShiftType.model_construct(
        type=shift.type,
        earliest=shift.start.time(),
        latest=shift.start.time(),
        min_minutes=minutes,
        max_minutes=minutes,
    )
