"""What several parts of the report read, looked up once.

(`Problem`, `Roster`) -> `Facts`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

from shiftplan.case.case import Case
from shiftplan.present.naming import Names
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import number
from shiftplan.problem import Problem
from shiftplan.scoring.equity import EquityMeasures, equity_of
from shiftplan.scoring.fairness import FairnessMeasures, fairness_of
from shiftplan.week.records import Requirement, Shift
from shiftplan.week.roster import Roster

Session = tuple[dt.datetime, dt.datetime]
"""Start and end that several shifts share."""


class Facts:
    """One roster, laid out for the report."""

    def __init__(self, problem: Problem, roster: Roster, lang: Lang, *, public: bool) -> None:
        self.problem, self.roster, self.lang, self.public = problem, roster, lang, public
        self.words: Mapping[str, str] = TEXTS[lang]
        self.names = Names(problem, lang)
        self.case = Case(problem, roster)
        self.center_place = {c.center_id: i for i, c in enumerate(problem.centers)}

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

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """Different times of shifts, in order."""
        return tuple(sorted({(s.start, s.end) for s in self.problem.shifts}))

    @cached_property
    def session_place(self) -> Mapping[Session, int]:
        """Session -> place in `sessions`."""
        return {session: place for place, session in enumerate(self.sessions)}

    @cached_property
    def needs_of(self) -> Mapping[str, tuple[Requirement, ...]]:
        """Shift id -> requirements."""
        found: dict[str, list[Requirement]] = {s.shift_id: [] for s in self.problem.shifts}
        for need in self.problem.requirements:
            found[need.shift_id].append(need)
        return {shift_id: tuple(needs) for shift_id, needs in found.items()}

    def seats(self, shift: Shift, *, heads: bool = False) -> tuple[int, int]:
        """Seats filled and seats wanted in a shift, of all requirements together.

        `heads`: of those without a skill alone, if there are any.
        """
        needs = self.needs_of[shift.shift_id]
        if heads:
            needs = tuple(need for need in needs if need.skill_id is None) or needs
        filled = sum(min(self.case.coverage(need), need.target) for need in needs)
        return filled, sum(need.target for need in needs)

    def missing(self, shift: Shift) -> str:
        """Whom a shift lacks, such as `1 person, 1 with Portal 2`; empty when nobody."""
        parts = []
        for need in self.needs_of[shift.shift_id]:
            empty = self.case.empty(need)
            if empty == 1 and need.skill_id is None:
                parts.append(self.words["report shift person"])
            elif empty > 0:
                parts.append(f"{number(empty, self.lang)} {self.names.counted(need)}")
        return ", ".join(parts)
