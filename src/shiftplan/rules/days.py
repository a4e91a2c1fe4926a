"""Rules about runs of days: worked in a row, off in a row, also of one shift type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from shiftplan.rules.base import PROMISE, SAFETY
from shiftplan.rules.registry import rule
from shiftplan.rules.runs import MaxRuns, MinRuns, Runs
from shiftplan.week.fields import NameSet
from shiftplan.week.scope import Which

if TYPE_CHECKING:
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear
    from shiftplan.week.history import History
    from shiftplan.week.records import Volunteer

__all__ = [
    "MaxConsecutiveDays",
    "MaxConsecutiveDaysOff",
    "MinConsecutiveDays",
    "MinConsecutiveDaysOff",
]


class _Worked(Runs):
    """Runs of dates on which the person works a shift of the set."""

    shifts: NameSet = ()
    """Shift types or tags that make a day count; empty for all shifts. Days right before the
    horizon then count only by the history's last_shift_type."""
    _of_work = True

    def _row(self, case: Case, volunteer: Volunteer) -> list[bool]:
        worked = case.days_worked(volunteer, self.which)
        return [day in worked for day in case.horizon.dates]

    def _carried(self, history: History | None) -> int | None:
        if history is None:
            return None
        is_by_type = self.which == Which(self.shifts)
        if self.shifts and history.last_shift_type:
            if history.last_shift_type not in self.shifts:
                return 0
            return history.same_type_in_a_row if is_by_type else None
        if history.off_in_a_row or history.worked_in_a_row == 0:
            return 0
        return history.worked_in_a_row if self.which.is_all else None

    def before(self, history: History) -> int | None:
        was_off = history.worked_in_a_row == 0 or (history.off_in_a_row or 0) > 0
        by_type = bool(self.shifts and history.last_shift_type)
        if history.last_shift_type not in self.shifts if by_type else was_off:
            return 0
        if any((self.where, self.hours, self.days, self.first_day, self.last_day)):
            return None
        if by_type:
            return history.same_type_in_a_row
        return None if self.shifts else history.worked_in_a_row

    def _days(self, model: Model, *, exact: bool) -> Linear:
        return model.days_worked(self.which, exact=exact)


class _Off(Runs):
    """Runs of dates on which the person works no shift of the set."""

    _of_work = False

    def _row(self, case: Case, volunteer: Volunteer) -> list[bool]:
        worked = case.days_worked(volunteer, self.which)
        return [day not in worked for day in case.horizon.dates]

    def _carried(self, history: History | None) -> int | None:
        if history is None or not self.which.is_all:
            return None
        if history.worked_in_a_row or history.off_in_a_row == 0:
            return 0
        return history.off_in_a_row

    def before(self, history: History) -> int | None:
        if any((self.shifts, self.where, self.hours, self.days, self.first_day, self.last_day)):
            return None
        has_worked = history.off_in_a_row == 0 or (history.worked_in_a_row or 0) > 0
        return 0 if has_worked else history.off_in_a_row

    def _days(self, model: Model, *, exact: bool) -> Linear:
        return model.days_worked(self.which, exact=True).complement()


@rule(order=220)
class MaxConsecutiveDays(_Worked, MaxRuns):
    """Nobody works more than `max_days` dates in a row.

    Amount: dates on which `max_days` + 1 worked dates in a row end, for each person; worked days
    right before the horizon count when the history gives them. Dates on which other work occupies
    the person are worked; a run of such dates alone breaks nothing.
    """

    rule: Literal["max_consecutive_days"] = "max_consecutive_days"
    worth = SAFETY
    example = "max_days 4, six worked dates in a row: amount 2."


@rule(order=230)
class MinConsecutiveDays(_Worked, MinRuns):
    """Worked dates come in runs of at least `min_days`.

    Amount: days that a run of worked dates is short of `min_days`. A run that reaches the last day
    is never short unless `last_run` says so; one that touches the first day only when the history
    says what was before. Dates on which other work occupies the person are worked; a run of such
    dates alone is never short.
    """

    rule: Literal["min_consecutive_days"] = "min_consecutive_days"
    example = "min_days 3, a single worked date between days off: amount 2."


@rule(order=240)
class MaxConsecutiveDaysOff(_Off, MaxRuns):
    """Nobody is off for more than `max_days` dates in a row.

    Amount: dates on which `max_days` + 1 dates off in a row end, for each person; days off right
    before the horizon count when the history gives them. Dates on which other work occupies the
    person are not off.
    """

    rule: Literal["max_consecutive_days_off"] = "max_consecutive_days_off"
    worth = PROMISE
    example = "max_days 3, five dates off in a row: amount 2."


@rule(order=250)
class MinConsecutiveDaysOff(_Off, MinRuns):
    """Days off come in runs of at least `min_days`.

    Amount: days that a run of dates off is short of `min_days`. A run that reaches the last day is
    never short unless `last_run` says so; one that touches the first day only when the history says
    what was before. Dates on which other work occupies the person are not off; a run that
    nothing but such dates bounds is never short.
    """

    rule: Literal["min_consecutive_days_off"] = "min_consecutive_days_off"
    example = "min_days 2, a single date off between worked dates: amount 1."
