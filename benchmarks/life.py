"""A season of life at a few centers: who offers what, who comes, who leaves, and what is needed.

(`Size`, seed) -> `Life`: a week's `Problem` as it is announced, and who will not come.

Everything is drawn when a life begins, so that all ways to plan meet the same season:

- People have habits, come and go (`people.py`); two weeks of exams begin in the middle.
- Demand follows the season, peaks on Mondays, and differs from week to week by center.
- A third of the way through the season is a public holiday of two days.
- Some of those who are planned do not come.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterable
from functools import cached_property

from benchmarks.people import CERTIFICATE, KINDS, draw_people
from benchmarks.size import HALF_DAYS, Size, Time
from shiftplan.problem import Problem
from shiftplan.rules import (
    AnyRule,
    Coverage,
    Fairness,
    MaxDistance,
    MaxShiftCount,
    MaxShifts,
    MinShiftCount,
    OneCenterPerDay,
    OnePlace,
    Travel,
    Wish,
)
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import Availability, Center, Shift
from shiftplan.week.requirements import Requirement

MONDAY = dt.date(2026, 9, 7)
LENGTH = dt.timedelta(hours=4)
"""Of every half day."""


class Life:
    """One season, drawn from a seed."""

    def __init__(self, size: Size, seed: int) -> None:
        self.size = size
        self._random = random.Random(f"life {seed}")
        weeks = size.weeks
        self._exams = {weeks // 2, weeks // 2 + 1}
        self._holiday = {(weeks // 3, 2), (weeks // 3, 3)}
        self.centers = [
            Center(
                center_id=f"C{i}",
                lat=10.4 + 0.03 * (i % 3),
                lon=105.2 + 0.03 * (i // 3),
                priority=self._random.choice([1.0, 1.0, 1.5]),
            )
            for i in range(size.centers)
        ]
        self._usual = [size.demand * self._random.uniform(0.6, 1.4) for _ in range(size.centers)]
        self._needs = self._drawn_needs()
        self._people = draw_people(size, self.centers, self._exams, self._random)
        times = [(week, *time) for week in range(weeks) for time in HALF_DAYS]
        self.missing = {
            (person.record.volunteer_id, time)
            for person in self._people
            for time in times
            if self._random.random() < size.no_show
        }
        """(volunteer id, time) at which a person will not come, whatever was planned."""

    def _drawn_needs(self) -> dict[tuple[Time, str], int]:
        """People wanted at each time and center."""
        needs: dict[tuple[Time, str], int] = {}
        for week in range(self.size.weeks):
            needs |= self._needs_of(week, self._random)
        return needs

    def _needs_of(self, week: int, draw: random.Random) -> dict[tuple[Time, str], int]:
        """People wanted in a week: the forecast, and what nobody foresees."""
        needs = {}
        season = self.forecast(week)
        for i, base in enumerate(self._usual):
            mood = draw.uniform(0.8, 1.2)
            for day, hour in HALF_DAYS:
                mean = base * season * mood * (1.4 if day == 0 else 0.9)
                whole = math.floor(mean)
                wanted = whole + (draw.random() < mean - whole)
                needs[(week, day, hour), f"C{i}"] = max(1, wanted)
        return needs

    def forecast(self, week: int) -> float:
        """Demand that is foreseen for a week, as a factor on the usual one."""
        return 0.8 + 0.5 * week / max(1, self.size.weeks - 1)

    @cached_property
    def rules(self) -> tuple[AnyRule, ...]:
        """The rules of each week, and of the season: counts over the horizon go on with history."""
        part = self.size.weeks / 12
        return (
            Coverage(level=1),
            OnePlace(),
            OneCenterPerDay(),
            MaxDistance(),
            MaxShifts(),
            *(
                MaxShiftCount(
                    max_shifts=round(most * part),
                    group=(kind,),
                    level="hard" if self.size.promise is None else 1,
                    weight=self.size.promise or 0,
                )
                for kind, (most, _) in KINDS.items()
            ),
            MinShiftCount(
                min_shifts=round(CERTIFICATE * part), group=("certificate",), level=2, weight=100
            ),
            Fairness(level=2),
            Travel(level=2, weight=2),
            Wish(level=2),
        )

    def week(self, number: int, *, as_it_turns_out: bool = False) -> Problem:
        """A week as people announced it, without history.

        Parameters
        ----------
        number
            0 for the first week.
        as_it_turns_out
            Leave the half days out to which people will not come.

        """
        there = [p for p in self._people if p.first <= number]
        monday = dt.datetime.combine(MONDAY + dt.timedelta(7 * number), dt.time())
        shifts, needs = [], []
        for day, hour in HALF_DAYS:
            if (number, day) in self._holiday:
                continue
            start = monday + dt.timedelta(days=day, hours=hour)
            for center in self.centers:
                shift_id = f"{center.center_id} {start:%Y-%m-%d %H}h"
                shifts.append(
                    Shift(
                        shift_id=shift_id,
                        center_id=center.center_id,
                        start=start,
                        end=start + LENGTH,
                    )
                )
                wanted = self._needs[(number, day, hour), center.center_id]
                needs.append(Requirement(shift_id=shift_id, minimum=1, target=wanted))
        windows = [
            Availability(
                volunteer_id=person.record.volunteer_id,
                start=(start := monday + dt.timedelta(days=time[1], hours=time[2])),
                end=start + LENGTH,
                state=state,
            )
            for person in there
            for time, state in person.offers.items()
            if time[0] == number
            and not (as_it_turns_out and (person.record.volunteer_id, time) in self.missing)
        ]
        return Problem(
            name=f"week {number + 1}",
            horizon=Horizon(start=monday.date(), days=7),
            centers=tuple(self.centers),
            volunteers=tuple(person.record for person in there),
            availability=tuple(windows),
            shifts=tuple(shifts),
            requirements=tuple(needs),
            rules=self.rules,
        )

    def imagined(self, week: Problem, number: int, chance: random.Random) -> Problem:
        """A drawn week with what the calendar and the forecast of demand tell of it."""
        needs = self._needs_of(number, chance)
        times = {s.shift_id: self.time_of(s.start) for s in week.shifts}
        shifts = [s for s in week.shifts if times[s.shift_id][:2] not in self._holiday]
        groups = {v.volunteer_id: v.group for v in week.volunteers}
        windows = [
            w
            for w in week.availability
            if number not in self._exams
            or "student" not in groups[w.volunteer_id]
            or chance.random() < 0.3
        ]
        return week.model_copy(
            update={
                "shifts": tuple(shifts),
                "requirements": tuple(
                    Requirement(
                        shift_id=s.shift_id,
                        minimum=1,
                        target=needs[times[s.shift_id], s.center_id],
                    )
                    for s in shifts
                ),
                "availability": tuple(windows),
            }
        )

    def usual_weeks(self, numbers: Iterable[int]) -> list[int]:
        """Those of some weeks without exams and holidays."""
        return [n for n in numbers if n not in self._exams | {week for week, _ in self._holiday}]

    def time_of(self, start: dt.datetime) -> Time:
        """Week, weekday and hour of a moment."""
        days = (start.date() - MONDAY).days
        return (days // 7, days % 7, start.hour)
