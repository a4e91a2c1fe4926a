"""What a center adds to the program of a design.

`CenterInput` -> columns and rows of a `DesignProgram`.

People in shifts and on breaks are columns, and so are the times that are used, the people who are
missing or too many in each slot, and what changes from date to date. Rows say how the people there
change from slot to slot, rather than how many they are: each person then stands in two of them,
where a shift begins and where it ends, so that the rows are those of a flow in a network
(Bartholdi, Orlin and Ratliff, 1980). A time is priced once, however many people use it;
`_post_turns` says so for every rise and fall of the demand, and `_post_filled` for every slot,
which is what raises the bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from shiftplan.citizens.shift_design import limits
from shiftplan.citizens.shift_design.candidates import CandidateShift, ShiftTime
from shiftplan.citizens.shift_design.curve import DAY, Span
from shiftplan.citizens.shift_design.prices import in_steps
from shiftplan.citizens.shift_design.program import (
    BreakColumn,
    CenterInput,
    DesignProgram,
    Entries,
    SeatColumn,
    SeatsOf,
)
from shiftplan.citizens.shift_design.slots import CenterSlots
from shiftplan.week.requirements import Conditions

Array = np.ndarray[Any, Any]
_WINDOW = 4
"""Slots over which a rise or fall of the demand has a row, at most."""
_Steps = list[tuple[int, int]]
"""Columns of a slot whose sum is how many people are missing, or too many, and prices of them."""


class _Flow(NamedTuple):
    """Columns by which the people of a curve change, slot by slot."""

    begins: list[Entries]
    """Those by which people come to it."""
    ends: list[Entries]
    """Those by which they leave before it."""
    short: list[_Steps]
    over: list[_Steps]


def post(program: DesignProgram, center: CenterInput) -> None:
    """Add a center to a program."""
    _CenterRows(program, center).post()


class _CenterRows:
    """The columns and rows of one center."""

    def __init__(self, program: DesignProgram, center: CenterInput) -> None:
        self._program, self._center = program, center
        self._slots = CenterSlots.of(
            center.demand, center.candidates, program.days * DAY, cyclic=program.cyclic
        )
        self._curves = center.demand.curves
        self._needs = [self._slots.needs(curve) for curve in self._curves]
        self._target = np.array([[n.target for n in needs] for needs in self._needs])
        self._own: SeatsOf = defaultdict(list)
        self._used: dict[int, int] = {}  # column of seats -> that of its time

    def post(self) -> None:
        """Add all columns, then all rows."""
        self._post_seats()
        self._post_breaks()
        self._post_times()
        for number, curve in enumerate(self._curves):
            short, over = self._post_short(number), self._post_over(number)
            flow = _Flow(*self._turns(curve.conditions), short, over)
            self._post_cover(number, flow)
            self._post_turns(number, flow)
            self._post_filled(number, curve.conditions, short)
        if not self._program.jointly:
            limits.post_offered(self._program, self._center.offered, self._own)
        limits.post_changes(self._program, self._center.prices.policy.change_price, self._own)
        limits.post_breaks_together(
            self._program, self._center.prices.policy.most_on_break, self._slots, self._own
        )

    def _spans(self, candidate: CandidateShift, day: int) -> list[Span]:
        """When a shift of a day of the period is held."""
        dates = limits.dates_of(self._program, candidate, day)
        return [candidate.span(date) for date in dates]

    def _most(self, candidate: CandidateShift, spans: Sequence[Span]) -> int:
        """People in a shift at most: as many as are needed at some moment of it, and as many more
        for each group of its breaks, in which they stand in for each other.

        Where changes from date to date cost something, those needed at any moment count: people too
        many on one date may save the change to the next.
        """
        parts = [self._target[:, part].sum(axis=0) for s in spans for part in self._slots.inside(s)]
        needed = int(max((part.max() for part in parts if len(part)), default=0))
        if self._center.prices.policy.change_price:
            needed = int(self._target.sum(axis=0).max(initial=0))
        return needed * (1 + len(candidate.breaks))

    def _post_seats(self) -> None:
        """Add the people of each class in each shift, and the most that a shift may have."""
        offered, prices = self._center.offered, self._center.prices
        for number, candidate in enumerate(self._center.candidates):
            for day in sorted({date % self._program.period for date in candidate.days}):
                spans = self._spans(candidate, day)
                most = self._most(candidate, spans)
                parts = sum(len(self._slots.inside(span)) for span in spans)
                is_whole = parts > 1 or not self._is_network
                for place, of in enumerate(offered.classes if most else ()):
                    limit = most
                    if offered.could is not None:
                        dates = limits.dates_of(self._program, candidate, day)
                        limit = min(most, *(int(offered.could[number, d][place]) for d in dates))
                    if not limit:
                        continue
                    cost = prices.seat(candidate.kind.price, candidate.time.length, len(of.meets))
                    column = self._program.column(cost * len(spans), limit, whole=is_whole)
                    self._program.seats[column] = SeatColumn(candidate, number, day, of, most)
                    self._own[number, day].append(column)

    @cached_property
    def _is_network(self) -> bool:
        """Whether rows are those of a network for shifts that are held at one time each.

        People in shifts then need not be told to be whole. They are where nothing but who is needed
        and which times are used tells how many people there are.
        """
        offered, policy = self._center.offered, self._center.prices.policy
        several = len(self._curves) > 1 or len(offered.classes) > 1
        limited = offered.could is not None or policy.change_price > 0
        return not (several or limited or any(c.breaks for c in self._center.candidates))

    def _post_breaks(self) -> None:
        """Add who is on a break when: each person of a shift once in each of its groups."""
        for own in self._own.values():
            for column in own:
                seats = self._program.seats[column]
                for group, choices in enumerate(seats.candidate.breaks):
                    taken: Entries = {column: -1.0}
                    for choice in range(len(choices)):
                        upper = self._program.upper[column]
                        one = self._program.column(0, upper, whole=True)
                        self._program.breaks[one] = BreakColumn(column, group, choice)
                        taken[one] = 1.0
                    self._program.equal(taken, 0)

    def _post_times(self) -> None:
        """Add which times are used; nobody is in a shift whose time is not."""
        times, policy = self._program.times, self._center.prices.policy
        is_shared = any(candidate.kind.shared for candidate in self._center.candidates)
        own: dict[ShiftTime, int] = {}  # whether it is used at this center
        for (number, _), columns in self._own.items():
            candidate = self._center.candidates[number]
            whose = candidate.kind if candidate.kind.shared else self._center.demand.center_id
            key = whose, candidate.time
            if key not in times:
                price = self._program.time_prices[whose].of(candidate.time)
                times[key] = self._program.column(price, 1, whole=True)
            self._used |= dict.fromkeys(columns, times[key])
            most = min(
                self._program.seats[columns[0]].most,
                sum(self._program.upper[column] for column in columns),
            )
            seats = dict.fromkeys(columns, 1.0)
            self._program.at_most(seats | {times[key]: -most}, 0)
            if policy.most_times is not None and is_shared:
                if candidate.time not in own:
                    own[candidate.time] = self._program.column(0, 1, whole=True)
                self._program.at_most(seats | {own[candidate.time]: -most}, 0)
            own.setdefault(candidate.time, times[key])
        if policy.most_times is not None:
            self._program.at_most(dict.fromkeys(own.values(), 1.0), policy.most_times)

    def _post_short(self, number: int) -> list[_Steps]:
        """Add how many people are missing in each slot."""
        found = []
        for need, minutes in zip(self._needs[number], self._slots.minutes, strict=True):
            prices = in_steps(self._center.prices.missing(need, int(minutes)))
            found.append([(self._program.column(p, count), p) for p, count in prices])
            upper = self._program.upper
            self._program.idle |= {column: upper[column] for column, _ in found[-1]}
        return found

    def _post_over(self, number: int) -> list[_Steps]:
        """Add how many people are there beyond the target in each slot; only heads cost.

        Nobody is too many whom a skill needs, though fewer heads are asked for. Where no heads are,
        as many may be needed as the skills ask for together.
        """
        most = int(sum(self._program.upper[c] for own in self._own.values() for c in own))
        found: list[_Steps] = []
        heads_asked = bool(self._curves[0].needs)
        wanted = self._target.max(axis=0) if heads_asked else self._target.sum(axis=0)
        free = (wanted - self._target[0]).tolist()
        for slot, minutes in enumerate(self._slots.minutes.tolist() if most else ()):
            steps = self._center.prices.beyond_steps(minutes, most)
            if self._curves[number].conditions:
                steps = [(0, most)]
            elif free[slot]:
                steps = [(0, free[slot]), *steps]
            found.append([(self._program.column(p, count), p) for p, count in steps])
        return found or [[] for _ in self._slots.minutes]

    def _turns(self, conditions: Conditions) -> tuple[list[Entries], list[Entries]]:
        """Columns by which people come to a slot, and by which they leave before it.

        Only those who meet the conditions count. Before the first slot of a stretch there is
        nobody, so that nobody leaves it, or comes back from a break, where the one before ends.
        """
        linked = [*self._slots.linked, False]
        begins: list[Entries] = [{} for _ in linked]
        ends: list[Entries] = [{} for _ in linked]

        def add(span: Span, column: int, *, away: bool = False) -> None:
            for part in self._slots.inside(span):
                come, leave = (ends, begins) if away else (begins, ends)
                come[part.start][column] = come[part.start].get(column, 0.0) + 1.0
                if linked[part.stop]:
                    leave[part.stop][column] = leave[part.stop].get(column, 0.0) + 1.0

        for (number, day), columns in self._own.items():
            for span in self._spans(self._center.candidates[number], day):
                for column in columns:
                    if not conditions or conditions in self._program.seats[column].of.meets:
                        add(span, column)
        for column, one in self._program.breaks.items():
            seats = self._program.seats[one.seats]
            if seats.candidate.center_id != self._center.demand.center_id:
                continue
            if conditions and conditions not in seats.of.meets:
                continue
            for start, _ in self._spans(seats.candidate, seats.day):
                for a, b in seats.candidate.breaks[one.group][one.choice]:
                    add((start + a, start + b), column, away=True)
        return begins, ends

    def _post_cover(self, number: int, flow: _Flow) -> None:
        """Say how the people there change: people there + missing - too many = target."""
        target, (begins, ends, short, over) = self._target[number], flow
        for slot, linked in enumerate(self._slots.linked):
            row = dict(begins[slot])
            row |= dict.fromkeys((c for c, _ in short[slot]), 1.0)
            row |= dict.fromkeys((c for c, _ in over[slot]), -1.0)
            value = int(target[slot])
            for column, size in ends[slot].items():
                row[column] = row.get(column, 0.0) - size
            if linked:
                row |= dict.fromkeys((c for c, _ in short[slot - 1]), -1.0)
                row |= dict.fromkeys((c for c, _ in over[slot - 1]), 1.0)
                value -= int(target[slot - 1])
            self._program.equal({c: v for c, v in row.items() if v}, value)

    def _post_turns(self, number: int, flow: _Flow) -> None:
        """Where more people are needed than a while before, some come or somebody is missing.

        Of each time that brings them it counts that it is used, since one person or many cost the
        same: a rise of D is met by a used time, by D people missing after it or D too many before.
        Falls are alike. The rows follow from the others for whole numbers.
        """
        target, (begins, ends, short, over) = self._target[number], flow
        for slot in range(len(self._slots)):
            for since in self._chain(slot):
                change = int(target[slot] - target[since])
                if not change:
                    continue
                turns, late, early = (
                    (begins, short[slot], over[since])
                    if change > 0
                    else (ends, over[slot], short[since])
                )
                size = abs(change)
                row: Entries = {}
                for between in range(since + 1, slot + 1):
                    for column, times in turns[between].items():
                        self._count_turn(row, column, times)
                row = {c: -min(v, size) for c, v in row.items()}
                row |= {c: -1.0 for c, _ in (*late, *early)}
                self._program.at_most(row, -size, implied=True)

    def _post_filled(self, number: int, conditions: Conditions, short: list[_Steps]) -> None:
        """Where people are needed, times are used at which they are there, or some are missing.

        A time counts with as many people as it can bring, but no more than are needed. The rows
        follow from the others for whole numbers.
        """
        rows: list[Entries] = [{} for _ in range(len(self._slots))]
        for (candidate, day), columns in self._own.items():
            seats = self._program.seats
            able = [c for c in columns if not conditions or conditions in seats[c].of.meets]
            if not able:
                continue
            most = sum(self._program.upper[column] for column in able)
            most = min(most, seats[able[0]].most)
            time = self._used[able[0]]
            for span in self._spans(self._center.candidates[candidate], day):
                for part in self._slots.inside(span):
                    for row in rows[part]:
                        row[time] = row.get(time, 0.0) + most
        for slot, need in enumerate(self._target[number].tolist()):
            if need:
                row = {time: -min(most, need) for time, most in rows[slot].items()}
                row |= dict.fromkeys((column for column, _ in short[slot]), -1.0)
                self._program.at_most(row, -need, implied=True)

    def _count_turn(self, row: Entries, column: int, times: float) -> None:
        """Count what a column brings to a turn: of seats by the time that they use."""
        seats = self._program.seats.get(column)
        if seats is None:  # people who come back from a break
            row[column] = times
            return
        time = self._used[column]
        row[time] = row.get(time, 0.0) + times * self._program.upper[column]

    def _chain(self, slot: int) -> Iterator[int]:
        """Yield the slots before one from which it is reached without a gap."""
        linked = self._slots.linked
        for since in range(slot - 1, max(-1, slot - 1 - _WINDOW), -1):
            if not linked[since + 1]:
                return
            yield since
