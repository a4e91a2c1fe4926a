"""What a design decides: what centers need, what they may hold, what that costs.

`Problem` -> `DesignTask`; a task, perhaps without some of its candidates -> `SolvedDesign`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from shiftplan.citizens.shift_design.candidates import (
    ShiftTime,
    candidates,
    usual_types,
)
from shiftplan.citizens.shift_design.center import post
from shiftplan.citizens.shift_design.curve import DAY, begun_anew, demands, minute
from shiftplan.citizens.shift_design.jointly import post_rules
from shiftplan.citizens.shift_design.judged import (
    BreakTaken,
    DesignedShift,
    DesignScore,
    judge,
)
from shiftplan.citizens.shift_design.limits import dates_of
from shiftplan.citizens.shift_design.people import anybody, offered, week_of
from shiftplan.citizens.shift_design.prices import PARTS, DesignPrices, TimePrices, whole
from shiftplan.citizens.shift_design.program import CenterInput, DesignProgram
from shiftplan.citizens.shift_design.search import DesignLimits, DesignPart, search
from shiftplan.errors import Fault, InputError, ModelError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.week.demand import DesignPolicy, design_policy_at
from shiftplan.week.shift_types import ShiftType
from shiftplan.week.where import closest

Array = np.ndarray[Any, Any]
_SIMPLER = 0.25
"""Share of the time for a simpler task, of people who are only counted or take no breaks, near
whose shifts the search begins."""


@dataclass(frozen=True)
class SolvedDesign:
    """Shifts for a task, and a bound on all others."""

    shifts: tuple[DesignedShift, ...]
    """By center, date and time."""
    score: DesignScore
    """By a checker that knows no model."""
    least: int
    """No shifts that the task allows cost less, in parts."""
    is_proven: bool

    @property
    def bound(self) -> int:
        """The same as a price."""
        return whole(self.least)


@dataclass(frozen=True)
class DesignTask:
    """What a design decides, center by center."""

    week: Problem
    """The week whose forecast, requirements or shifts say who is needed."""
    centers: Mapping[str, CenterInput]
    """Center id -> what is known of it, for centers that need anybody."""
    time_prices: Mapping[str | ShiftType, TimePrices]
    """Center id, or row whose centers share times -> what these cost."""
    cyclic: bool
    period: int
    beside: DesignTask | None = None
    """Where it decides on each person, with the hard rules of the week: the same task for people
    who are only counted. None where this one counts them."""

    @classmethod
    def of(
        cls,
        problem: Problem,
        policy: DesignPolicy | None,
        *,
        step: int,
        period: int | None,
        cyclic: bool,
        offers: bool,
        jointly: bool,
        only: Collection[str] | None = None,
    ) -> DesignTask:
        """That of a week; parameters, and what it raises, as of `design`.

        `only`: its `centers`.
        """
        needed = demands(problem, step, only)
        if not needed:
            said = Message("design.nobody_needed")
            raise InputError([Fault("nothing_to_staff", "requirements", "target", "", said)])
        if cyclic:
            total = problem.horizon.days * DAY
            needed = {name: begun_anew(one, total) for name, one in needed.items()}
        types = problem.shift_types or usual_types([*needed.values()])
        own = {name: candidates(problem, one, types, cyclic=cyclic) for name, one in needed.items()}
        curves = {name: one.curves for name, one in needed.items()}
        if not (offers and problem.volunteers):
            who = {name: anybody(found) for name, found in curves.items()}
        else:
            week = week_of(problem, own)
            who = offered(week, own, curves)
        inputs = {
            name: CenterInput(
                needed[name],
                own[name],
                who[name],
                _prices(problem, name, policy),
            )
            for name in needed
        }
        times = _time_prices(problem, inputs, types)
        counted = cls(problem, inputs, times, cyclic, period or problem.horizon.days)
        if not (jointly and offers and problem.volunteers):
            return counted
        each = offered(week, own, curves, each=True)
        centers = {name: replace(one, offered=each[name]) for name, one in inputs.items()}
        return replace(counted, centers=centers, beside=counted)

    def groups(self) -> Iterator[DesignTask]:
        """Yield the tasks of centers that share times or people, together, and of the others."""
        if self.beside is not None:
            yield self
            return
        groups: dict[Any, dict[str, CenterInput]] = defaultdict(dict)
        for name, center in self.centers.items():
            shared = {c.kind for c in center.candidates if c.kind.shared}
            groups[min((kind.where for kind in shared), default=("", name))][name] = center
        for centers in groups.values():
            yield replace(self, centers=centers)

    def without(self, center_id: str, time: ShiftTime) -> DesignTask:
        """The same where a center may hold no shift at a time."""
        one = self.centers[center_id]
        own = {center_id: [c for c in one.candidates if c.time != time]}
        who = one.offered
        if who.could is not None:
            curves, each = {center_id: one.demand.curves}, self.beside is not None
            who = offered(week_of(self.week, own), own, curves, each=each)[center_id]
        center = replace(one, candidates=own[center_id], offered=who)
        beside = None if self.beside is None else self.beside.without(center_id, time)
        return replace(self, centers={**self.centers, center_id: center}, beside=beside)

    def solved(self, limits: DesignLimits) -> SolvedDesign:
        """Search for the cheapest shifts. Raises ModelError as `design` does."""
        groups = [*self.groups()]
        parts = [DesignPart(group.program()) for group in groups]
        simpler = self.beside or self.without_breaks()
        if simpler is not None:
            known = simpler.solved(limits.share(_SIMPLER))
            for group, part in zip(groups, parts, strict=True):
                own = (shift for shift in known.shifts if shift.center_id in group.centers)
                part.start_near([shift for shift in own if shift.day < self.period])
            if self.beside is not None:
                parts[0].bound = known.least  # single people can do no more than as many of them
        search(parts, limits)
        shifts = [shift for part in parts for shift in _shifts_of(part.made, part.values)]
        shifts.sort(key=lambda shift: (shift.center_id, shift.span))
        score = self.judged(shifts)
        cost, checked = sum(part.cost for part in parts), sum(score.exact.values())
        if checked != cost:
            said = Message("design.costs_differ", cost=cost / PARTS, checked=checked / PARTS)
            raise ModelError(said)
        is_proven = all(part.is_proven for part in parts)
        return SolvedDesign(tuple(shifts), score, sum(part.bound for part in parts), is_proven)

    def without_breaks(self) -> DesignTask | None:
        """The same where nobody takes a break; None if nobody does anyway."""
        if not any(one.breaks for center in self.centers.values() for one in center.candidates):
            return None
        centers = {
            name: replace(center, candidates=[replace(c, breaks=()) for c in center.candidates])
            for name, center in self.centers.items()
        }
        return replace(self, centers=centers)

    def program(self) -> DesignProgram:
        """What it decides, as a program."""
        days = self.week.horizon.days
        told = days, self.cyclic, self.period, self.time_prices, self.beside is not None
        program = DesignProgram(*told)
        for center in self.centers.values():
            post(program, center)
        if self.beside is not None:
            own = {name: one.candidates for name, one in self.centers.items()}
            post_rules(program, week_of(self.week, own))
        return program

    def judged(self, shifts: Iterable[DesignedShift]) -> DesignScore:
        """Score shifts by a checker that knows no model."""
        centers = [(one.demand, one.prices) for one in self.centers.values()]
        days = self.week.horizon.days
        return judge(centers, self.time_prices, shifts, days, cyclic=self.cyclic)


def _prices(problem: Problem, name: str, policy: DesignPolicy | None) -> DesignPrices:
    center = problem.center_by_id[name]
    return DesignPrices(design_policy_at(center, problem.policy, policy), center.priority)


def _time_prices(
    problem: Problem, centers: Mapping[str, CenterInput], types: Iterable[ShiftType]
) -> dict[str | ShiftType, TimePrices]:
    """What times cost at each center, and at those together for which a shared row is meant."""
    found: dict[str | ShiftType, TimePrices] = {}
    sharing: dict[ShiftType, list[TimePrices]] = defaultdict(list)
    rows = list(types)
    for name, center in centers.items():
        policy = center.prices.policy
        own = TimePrices(policy.time_price, policy.new_time_price, _present(problem, name))
        found[name] = own
        for row in closest(rows, problem.center_by_id[name]):
            if row.shared:
                sharing[row].append(own)
    return found | {row: TimePrices.shared(own) for row, own in sharing.items()}


def _present(problem: Problem, name: str) -> frozenset[ShiftTime]:
    """Times at which a center holds shifts today."""
    spans = (
        (minute(problem, s.start), minute(problem, s.end))
        for s in problem.shifts
        if s.center_id == name
    )
    return frozenset(ShiftTime(start % DAY, end - start) for start, end in spans)


def _shifts_of(program: DesignProgram, values: Array) -> list[DesignedShift]:
    """The shifts that a solution holds."""
    people: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for column, seats in program.seats.items():
        if count := round(values[column]):
            people[id(seats.candidate), seats.day][column] = count
    breaks: dict[int, dict[int, list[BreakTaken]]] = defaultdict(lambda: defaultdict(list))
    for column, one in program.breaks.items():
        if count := round(values[column]):
            seats = program.seats[one.seats]
            spans = seats.candidate.breaks[one.group][one.choice]
            breaks[one.seats][one.group].append(BreakTaken(seats.of, spans, count))
    shifts = []
    for columns in people.values():
        seats = program.seats[next(iter(columns))]
        candidate = seats.candidate
        groups = tuple(
            tuple(taken for column in columns for taken in breaks[column][group])
            for group in range(len(candidate.breaks))
        )
        counts = {program.seats[column].of: count for column, count in columns.items()}
        for date in dates_of(program, candidate, seats.day):
            told = candidate.center_id, date, candidate.time, candidate.kind, counts, groups
            shifts.append(DesignedShift(*told))
    return shifts
