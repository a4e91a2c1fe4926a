"""The rule on rotations: a pattern of days that repeats."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

import numpy as np

from shiftplan.rules.base import PROMISE, Findings
from shiftplan.rules.patterns import PatternsOfDays
from shiftplan.rules.registry import rule
from shiftplan.week.patterns import LongPattern, PatternDay, pattern_days

if TYPE_CHECKING:
    from shiftplan.case.case import Case
    from shiftplan.model import Model

__all__ = ["Rotation"]


@rule(order=218)
class Rotation(PatternsOfDays):
    """People's days follow a `pattern` that starts on `first_day` and repeats.

    Teams that take turns have a row each, with the same pattern and a `first_day` of their own.
    Limits on days apply to the dates that are compared with the pattern.
    A date with other work matches both `work` and `off`.

    Amount: dates of the horizon that differ from the pattern, for each person.
    """

    rule: Literal["rotation"] = "rotation"
    pattern: LongPattern
    """Days in a row, such as `5x early, 2x off, 5x late, 2x off`: types of shifts or tags, `off`,
    `work` or `any`; commas separate days, bars alternatives, `!` means none of what follows, and
    `5x ` stands for five such days."""
    first_day: dt.date
    """Date on which the pattern starts. Before it, nobody follows the pattern."""
    topic = "Regular work"
    worth = PROMISE
    unit = "days"
    example = (
        "Pattern early, late, off from a Monday on: the Thursday is an early again. Late on Monday "
        "and Tuesday, off on Wednesday and Thursday: amount 2."
    )

    def check(self, case: Case) -> Findings:
        days = pattern_days(self.pattern)
        for volunteer in case.members(self.group):
            for number, date in enumerate(case.horizon.dates):
                meant = days[(date - self.first_day).days % len(days)]
                alone = not meant.negated
                is_so = self._is_so(case, volunteer, meant, number, shifts_alone=alone)
                if self.which.has_day(date) and not is_so:
                    yield self.violation(volunteer, date, 1, day=str(meant))

    def post(self, model: Model) -> None:
        total, people = model.arrays.num_days, np.flatnonzero(model.arrays.in_group(self.group))
        start, days = model.arrays.week.horizon.start, pattern_days(self.pattern)
        dates: dict[PatternDay, list[int]] = {}
        for number in self._starts(model, 1):
            passed = (start - self.first_day).days + number
            dates.setdefault(days[passed % len(days)], []).append(number)
        for day, numbers in dates.items():
            if day.is_any:
                continue
            who, where = np.repeat(people, len(numbers)), np.tile(numbers, len(people))
            like = self._days_like(model, day, over=False, shifts_alone=not day.negated)
            like = like.take(who * total + where)
            model.at_most(self, like.complement(), 0, who=who, where=where, place="day")
