"""What several parts of the report read, looked up once; and what its tables of seats show.

(`Problem`, `Roster`) -> `Facts` -> `Grid`, `Areas`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from shiftplan.case.case import Case
from shiftplan.present.drawings.coverage import seats_in, seats_of
from shiftplan.present.naming import Names
from shiftplan.present.summary import area_name
from shiftplan.present.texts import Lang
from shiftplan.problem import Problem
from shiftplan.scoring.equity import (
    CenterSeats,
    EquityMeasures,
    Seats,
    equity_of,
)
from shiftplan.scoring.fairness import FairnessMeasures, fairness_of
from shiftplan.week.records import Requirement, Shift
from shiftplan.week.roster import Roster
from shiftplan.week.where import area_classes

Session = tuple[dt.datetime, dt.datetime]
"""Start and end that several shifts share."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The heat map of coverage."""

    days: tuple[tuple[dt.date, int], ...]
    """Day and number of its sessions."""
    sessions: tuple[Session, ...]
    rows: tuple[tuple[CenterSeats, tuple[tuple[Seats, str] | None, ...]], ...]
    """Centers, lowest share of seats filled first; seats in each session and what is missing, in
    words. None where nobody is asked for."""


@dataclass(frozen=True, slots=True)
class Areas:
    """Seats by area."""

    skills: tuple[str, ...]
    """Names of the skills that are asked for."""
    rows: tuple[tuple[str, int, tuple[Seats, ...]], ...]
    """Name, centers and seats, of people and then of each skill: classes of area, then all."""

    @property
    def is_telling(self) -> bool:
        """Whether there are areas, skills or languages to compare, and seats in any of them."""
        has_seats = any(seats.target for *_, row in self.rows for seats in row)
        return has_seats and (len(self.rows) > 2 or bool(self.skills))


class Facts:
    """One roster, laid out for the report."""

    def __init__(self, problem: Problem, roster: Roster, lang: Lang, *, public: bool) -> None:
        self.problem, self.roster, self.lang, self.public = problem, roster, lang, public
        self.names = Names(problem, lang)
        self.say = self.names.say
        self.case = Case(problem, roster)
        self.center_place = {c.center_id: i for i, c in enumerate(problem.centers)}
        sessions = sorted({(s.start, s.end) for s in problem.shifts})
        self.session_place = {session: place for place, session in enumerate(sessions)}
        self.needs_of: dict[str, list[Requirement]] = {s.shift_id: [] for s in problem.shifts}
        for need in problem.requirements:
            self.needs_of[need.shift_id].append(need)

    @cached_property
    def equity(self) -> EquityMeasures:
        """How well centers and areas are served."""
        return equity_of(self.case)

    @cached_property
    def fairness(self) -> FairnessMeasures:
        """How the work is shared."""
        return fairness_of(self.case)

    @cached_property
    def is_asking(self) -> bool:
        """Whether any shift asks for anybody; without, nothing can be filled or missing."""
        return any(need.target for need in self.problem.requirements)

    def missing(self, shift: Shift) -> str:
        """Whom a shift lacks, such as `1 person, 1 with Portal 2`; empty when nobody."""
        needs = self.needs_of[shift.shift_id]
        empty = [(need, self.case.empty(need)) for need in needs]
        return ", ".join(self.names.people(need, n) for need, n in empty if n > 0)

    def grid(self) -> Grid:
        """The heat map of coverage; shifts of one center and time share a cell."""
        sessions = tuple(self.session_place)
        inside: dict[Session, list[Shift]] = {session: [] for session in sessions}
        for shift in self.problem.shifts:
            inside[shift.start, shift.end].append(shift)
        missing: dict[tuple[str, int], list[str]] = {}
        for place, shifts in enumerate(inside.values()):
            for shift in shifts:
                if text := self.missing(shift):
                    missing.setdefault((shift.center_id, place), []).append(text)
        seats = seats_in(self.case, ([s.shift_id for s in shifts] for shifts in inside.values()))
        rows = [
            (
                center,
                tuple(
                    (seats[key], ", ".join(missing.get(key, ()))) if key in seats else None
                    for place in range(len(sessions))
                    for key in [(center.center_id, place)]
                ),
            )
            for center in self.equity.centers
        ]
        days = groupby(sessions, key=lambda session: session[0].date())
        return Grid(tuple((day, len(list(own))) for day, own in days), sessions, tuple(rows))

    def areas(self) -> Areas:
        """Seats of people, and of each skill and language that is asked for, by class of area."""
        problem = self.problem
        asked = {need.skill_id for need in problem.requirements}
        skills = [s for s in problem.skills if s.skill_id in asked]
        skills.sort(key=lambda s: s.kind == "language")
        classes = {c.center_id: area_classes(c) for c in problem.centers}
        needs: dict[tuple[str | None, str | None], list[Requirement]] = {}
        for need in problem.requirements:
            center_id = self.case.shifts[need.shift_id].center_id
            for area in (None, *classes[center_id]):
                needs.setdefault((area, need.skill_id), []).append(need)

        def row(area: str | None) -> tuple[Seats, ...]:
            columns = [None, *(skill.skill_id for skill in skills)]
            return tuple(seats_of(self.case, needs.get((area, skill), ())) for skill in columns)

        found = [(area, row(area.area)) for area in self.equity.areas]
        found.append((self.equity.overall, row(None)))
        rows = [(area_name(area, self.lang), area.centers, seats) for area, seats in found]
        return Areas(tuple(skill.name or skill.skill_id for skill in skills), tuple(rows))
