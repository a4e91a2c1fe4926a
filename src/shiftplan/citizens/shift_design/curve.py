"""How many people each center needs from minute to minute, whatever shifts there are.

`Problem` -> `Curve`s: from requirements about times, else from the forecast, else from shifts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from shiftplan.citizens.staffing import by_center
from shiftplan.citizens.visits.hours import joined_spans
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.week.demand import Setting, policy_at
from shiftplan.week.records import Shift
from shiftplan.week.requirements import Conditions, Requirement

DAY = 24 * 60
"""Minutes of a date; designs count wall-clock minutes, as if no clock ever changed."""
Span = tuple[int, int]
"""First minute from the horizon's first midnight, wall-clock time, and first minute after it."""


@dataclass(frozen=True, slots=True)
class NeedOver:
    """People whom a center needs for all of a time."""

    span: Span
    minimum: int
    target: int


@dataclass(frozen=True, slots=True)
class Curve:
    """Whom a center needs over time who meet some conditions; spans do not overlap."""

    center_id: str
    conditions: Conditions
    """What each person counted meets; nothing where every head counts."""
    needs: tuple[NeedOver, ...]
    """In order of time."""


@dataclass(frozen=True, slots=True)
class CenterDemand:
    """Whom a center needs over time, and when it is open."""

    center_id: str
    open: tuple[Span, ...]
    """When people may be there, in order of time; spans that meet are one."""
    curves: tuple[Curve, ...]
    """Heads first."""


def demands(
    problem: Problem, step: int, only: Collection[str] | None = None
) -> dict[str, CenterDemand]:
    """Center id -> whom it needs over time, for the centers that need anybody.

    A center takes its requirements about times, and beside them what its shifts require of people
    of whom these do not speak; without those, where the week has a forecast, what `staff` asks for
    in each `step` minutes of its opening hours; else what its shifts require, added up where shifts
    overlap. It is open while the shifts of the week last, and where requirements about times say
    what is needed. `only`: ids of the centers asked for.

    Raises InputError as `staff` does, and where requirements about times name types of shifts.
    """
    timed: dict[str, list[Requirement]] = {}
    for index, need in enumerate(problem.requirements):
        if need.center_id is None or need.start is None:
            continue
        if need.shifts:
            said = Message("design.need_of_types")
            named = "|".join(need.shifts)
            fault = Fault("unclear_requirement", "requirements", "shifts", named, said, index=index)
            raise InputError([fault])
        timed.setdefault(need.center_id, []).append(need)
    hours = _opening(problem, timed)
    if only is not None:
        hours = {name: spans for name, spans in hours.items() if name in only}
    others = {name: spans for name, spans in hours.items() if name not in timed}
    forecast = {d.center_id for d in problem.demand if d.arrivals}
    staffed = _staffed(problem, {n: s for n, s in others.items() if n in forecast}, step)
    of_shifts: dict[str, list[Requirement]] = {}
    for need in problem.requirements:
        if need.shift_id is not None:
            place = problem.shift_by_id[need.shift_id].center_id
            of_shifts.setdefault(place, []).append(need)
    found = {}
    for center in problem.centers:
        name = center.center_id
        own = of_shifts.get(name, [])
        rows = timed.get(name) or staffed.get(name) or own
        if name in timed:
            told = {row.conditions for row in timed[name]}
            rows = [*rows, *(row for row in own if row.conditions not in told)]
        if name in hours and rows and any(row.target for row in rows):
            found[name] = CenterDemand(name, hours[name], _curves(problem, name, rows))
    return found


def begun_anew(demand: CenterDemand, total: int) -> CenterDemand:
    """The same in a horizon of so many minutes that begins anew.

    What goes on after its end is needed in its first hours, beside what is needed there anyway.
    """
    curves = [
        replace(
            curve,
            needs=_sums(
                NeedOver(part, need.minimum, need.target)
                for need in curve.needs
                for part in turns(need.span, total)
            ),
        )
        for curve in demand.curves
    ]
    hours = joined(part for span in demand.open for part in turns(span, total))
    return CenterDemand(demand.center_id, hours, tuple(curves))


def turns(span: Span, total: int) -> Iterator[Span]:
    """Yield what of a time lies in each turn of a horizon, as a time of the first."""
    begin, end = span
    while begin < end:
        before = begin // total * total
        yield begin - before, min(end - before, total)
        begin = before + total


def minute(problem: Problem, moment: dt.datetime) -> int:
    """Wall-clock minutes from the horizon's first midnight."""
    midnight = dt.datetime.combine(problem.horizon.start, dt.time())
    return (moment - midnight) // dt.timedelta(minutes=1)


def moment(problem: Problem, minutes: int) -> dt.datetime:
    """Wall-clock moment so many minutes after the horizon's first midnight."""
    return dt.datetime.combine(problem.horizon.start, dt.time()) + dt.timedelta(minutes=minutes)


def _opening(problem: Problem, timed: dict[str, list[Requirement]]) -> dict[str, tuple[Span, ...]]:
    """Center id -> when it is open."""
    spans: dict[str, list[Span]] = {}
    for shift in problem.shifts:
        own = minute(problem, shift.start), minute(problem, shift.end)
        spans.setdefault(shift.center_id, []).append(own)
    for name, rows in timed.items():
        spans.setdefault(name, []).extend(_span(problem, row) for row in rows)
    return {name: joined(own) for name, own in spans.items()}


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order of time, those that meet or overlap as one."""
    return tuple(joined_spans(spans))


def _span(problem: Problem, need: Requirement) -> Span:
    """The time of a requirement: its own, or that of its shift."""
    if need.shift_id is not None:
        shift = problem.shift_by_id[need.shift_id]
        return minute(problem, shift.start), minute(problem, shift.end)
    assert need.start is not None
    assert need.end is not None
    return minute(problem, need.start), minute(problem, need.end)


def _curves(problem: Problem, name: str, rows: Sequence[Requirement]) -> tuple[Curve, ...]:
    """What requirements of a center add up to, for each kind of people who count."""
    kinds: dict[Conditions, list[Requirement]] = {(): []}
    for row in rows:
        kinds.setdefault(row.conditions, []).append(row)
    curves = (Curve(name, kind, _sums(_needs(problem, own))) for kind, own in kinds.items())
    return tuple(sorted(curves, key=lambda curve: (len(curve.conditions), curve.conditions)))


def _needs(problem: Problem, rows: Iterable[Requirement]) -> Iterator[NeedOver]:
    return (NeedOver(_span(problem, row), row.minimum, row.target) for row in rows)


def _sums(needs: Iterable[NeedOver]) -> tuple[NeedOver, ...]:
    """What needs ask for together, from one change of it to the next, where anybody is needed."""
    changes: dict[int, tuple[int, int]] = {}
    for row in needs:
        for at, sign in zip(row.span, (1, -1), strict=True):
            least, wanted = changes.get(at, (0, 0))
            changes[at] = least + sign * row.minimum, wanted + sign * row.target
    found: list[NeedOver] = []
    least = wanted = 0
    for (start, change), (end, _) in pairwise(sorted(changes.items())):
        least, wanted = least + change[0], wanted + change[1]
        if wanted:
            found.append(NeedOver((start, end), least, wanted))
    return tuple(found)


def _staffed(
    problem: Problem, hours: dict[str, tuple[Span, ...]], step: int
) -> dict[str, list[Requirement]]:
    """Center id -> what its forecast asks for in each step of its opening hours."""
    slots = [
        Shift.model_construct(
            shift_id=f"{name} {begin}",
            center_id=name,
            start=moment(problem, begin),
            end=moment(problem, end),
        )
        for name, spans in hours.items()
        for span in spans
        for begin, end in _steps(span, step)
    ]
    if not slots:
        return {}
    own = tuple(d for d in problem.demand if d.center_id in hours)
    few = tuple(_fewer(problem, hours, step))
    sliced = problem.model_copy(
        update={"shifts": tuple(slots), "demand": own, "policy": (*problem.policy, *few)}
    )
    found: dict[str, list[Requirement]] = {}
    at = {slot.shift_id: slot for slot in slots}
    for center in by_center(sliced):  # what is kept of a center is far less than how it came about
        for name, needs in center.items():
            slot = at[name]
            times = {"center_id": slot.center_id, "start": slot.start, "end": slot.end}
            rows = (n.requirement.model_copy(update={"shift_id": None, **times}) for n in needs)
            found.setdefault(slot.center_id, []).extend(rows)
    return found


def _steps(span: Span, step: int) -> Iterator[Span]:
    """Yield the steps of a span, from its start; the last may be shorter."""
    start, end = span
    for begin in range(start, end, step):
        yield begin, min(begin + step, end)


def _fewer(problem: Problem, hours: dict[str, tuple[Span, ...]], step: int) -> Iterator[Setting]:
    """Yield how many citizens a step must expect before somebody just for them is needed.

    The policy says it of a shift; a step expects as much less as it is shorter than a usual one.
    """
    for center in problem.centers:
        if spans := hours.get(center.center_id):
            usual = sum(end - start for start, end in spans) / len(spans)
            least = policy_at(center, problem.policy).least_citizens * min(1.0, step / usual)
            yield Setting(setting="least_citizens", where=center.center_id, value=least)
