"""What counts for a rule beside the shifts planned: other work of a person, and their history.

(`Problem`, rule, person, place) -> messages, for a member of a contradiction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from shiftplan.errors.message import Message, Place, places
from shiftplan.problem import Problem
from shiftplan.rules import (
    ForbiddenPattern,
    ForbiddenSuccession,
    MaxConsecutiveDays,
    MaxConsecutiveWeekends,
    MinConsecutiveDaysOff,
    MinConsecutiveWeekends,
    MinRest,
    RequiredPattern,
    Rule,
)
from shiftplan.rules.patterns import PatternsOfDays
from shiftplan.rules.rest import Weekends
from shiftplan.rules.runs import MinRuns, Runs
from shiftplan.week.fields import WEEKDAYS
from shiftplan.week.history import History
from shiftplan.week.occupied import Occupied
from shiftplan.week.patterns import pattern_days
from shiftplan.week.scope import EVERY, Which

_BESIDE = {
    "forbidden_pattern": "is_work",
    "full_day": "counted_shifts",
    "max_consecutive_days": "is_work",
    "max_consecutive_minutes": "is_work",
    "max_consecutive_weekends": "is_work",
    "max_minutes": "counted_minutes",
    "max_minutes_within": "is_work",
    "max_patterns": "is_work",
    "max_shift_count": "counted_shifts",
    "max_shifts": "counted_shifts",
    "max_weekends": "is_work",
    "min_consecutive_days_off": "is_work",
    "min_patterns": "is_work",
    "min_rest": "is_work",
    "required_pattern": "is_work",
}
"""Rules that what occupies a person makes tighter -> the field of `Occupied` by which it does."""
_DAYS = ("off_in_a_row", "worked_in_a_row", "last_shift_type")
_BEFORE = {
    "forbidden_pattern": _DAYS,
    "forbidden_succession": ("last_shift_type",),
    "max_consecutive_days": ("worked_in_a_row",),
    "max_consecutive_days_off": ("off_in_a_row",),
    "max_consecutive_weekends": ("weekends_in_a_row",),
    "max_minutes": ("counted_minutes",),
    "max_patterns": _DAYS,
    "max_shift_count": ("counted_shifts",),
    "max_weekends": ("counted_weekends",),
    "min_consecutive_days": ("worked_in_a_row", "off_in_a_row"),
    "min_consecutive_days_off": ("off_in_a_row", "worked_in_a_row"),
    "min_consecutive_weekends": ("weekends_in_a_row",),
    "min_rest": ("last_shift_end",),
    "required_pattern": _DAYS,
}
"""Rules that history makes tighter -> the fields of `History` by which it does; `before.<field>`
says what one of them has."""


class CountedToo:
    """What counts beside the shifts planned, in one problem."""

    def __init__(self, problem: Problem) -> None:
        self._problem, self._shifts = problem, problem.shift_by_id
        self._history = {row.volunteer_id: row for row in problem.history}

    def beside(self, rule: Rule, who: str, where: Place | None) -> tuple[Message, ...]:
        """What occupies a person and counts for a rule at a place."""
        field = _BESIDE.get(rule.rule)
        rows = self._problem.occupied_of.get(who, ()) if field else ()
        counted = (
            row for row in rows if field and getattr(row, field) and self._counts(rule, row, where)
        )
        return tuple(
            Message(
                "name.occupied_by" if row.what else "name.occupied",
                what=row.what,
                when=row.when,
            )
            for row in counted
        )

    def _counts(self, rule: Rule, row: Occupied, where: Place | None) -> bool:
        """Whether what occupies a person counts for a rule at a shift or in a period."""
        horizon = self._problem.horizon
        if isinstance(rule, MinRest):
            if not isinstance(where, places.AtShift):
                return True
            shift = self._shifts[where.shift_id]
            return 0 <= rule.rest_beside(horizon, row, shift) < rule.min_rest_minutes
        which: Which = getattr(rule, "which", EVERY)
        if isinstance(rule, PatternsOfDays):
            which = Which(where=rule.where, hours=rule.hours)  # days limit where it starts
            told = (rule.pattern, getattr(rule, "followed_by", ""))
            if not any(day.off for text in filter(None, told) for day in pattern_days(text)):
                return False  # other work is work, but of no type
        if not which.is_of_days:
            return False
        dates = [day for day in row.dates if day in horizon and which.has_day(day)]
        if weekend := getattr(rule, "weekend", ()):
            dates = [day for day in dates if WEEKDAYS[day.weekday()] in weekend]
        if isinstance(where, places.AtShift):
            on = self._shifts[where.shift_id].day
            return any(abs((day - on).days) <= 1 for day in dates)
        return _is_in(dates, where, rule)

    def before(self, rule: Rule, who: str, where: Place | None) -> tuple[Message, ...]:
        """What a person did before the horizon, where it makes a rule tighter at a place."""
        fields, history = _BEFORE.get(rule.rule, ()), self._history.get(who)
        if not fields or history is None or not self._tightens(rule, history, where):
            return ()
        if isinstance(rule, Runs) and rule.which.shifts and history.last_shift_type:
            is_one = history.last_shift_type in rule.which.shifts
            fields = ("same_type_in_a_row",) if is_one else ("last_shift_type",)
        known = {field: getattr(history, field) for field in fields}
        told = {field: value for field, value in known.items() if value} or {
            field: value for field, value in known.items() if value == 0
        }
        kind = history.last_shift_type
        return tuple(Message(f"before.{f}", value=value, type=kind) for f, value in told.items())

    def _tightens(self, rule: Rule, history: History, where: Place | None) -> bool:
        """Whether history asks more of a person at a place than the rule does without it."""
        horizon, which = self._problem.horizon, getattr(rule, "which", EVERY)
        is_first = where is None or where == places.OnDay(horizon.start)
        match rule:
            case MinRest():
                end = history.last_shift_end
                if end is None or not isinstance(where, places.AtShift):
                    return end is not None
                start = horizon.minutes(self._shifts[where.shift_id].start)
                return start - horizon.minutes(end) < rule.min_rest_minutes
            case ForbiddenSuccession():
                return is_first and history.last_shift_type in rule.first
            case PatternsOfDays():
                return self._has_begun(rule, history, where)
            case MinRuns():
                run = rule.before(history)
                return is_first and run is not None and run < rule.min_days
            case Runs():
                return is_first and bool(rule.before(history))
            case MaxConsecutiveWeekends():
                cut = self._weekends(rule)[: rule.max_weekends]
                return which.is_all and bool(history.weekends_in_a_row) and where in (None, *cut)
            case MinConsecutiveWeekends():
                run, cut = history.weekends_in_a_row, self._weekends(rule)[:1]
                is_short = run is not None and run < rule.min_weekends
                return which.is_all and is_short and where in (None, *cut)
        is_whole = where is None and getattr(rule, "rolling_days", None) is None
        return which.is_all and is_whole and any(getattr(history, f) for f in _BEFORE[rule.rule])

    def _weekends(self, rule: Weekends) -> list[Place]:
        """The day that each weekend is named by: the first one inside the horizon."""
        horizon = self._problem.horizon
        runs = rule.runs(horizon.start, horizon.days)
        inside = ([i for i in run if 0 <= i < horizon.days] for run in runs)
        return [places.OnDay(horizon.dates[run[0]]) for run in inside if run]

    def _has_begun(self, rule: PatternsOfDays, history: History, where: Place | None) -> bool:
        """Whether history is known to begin a pattern that can end at a place."""
        days, horizon = pattern_days(rule.pattern), self._problem.horizon
        more = len(pattern_days(rule.followed_by)) if isinstance(rule, RequiredPattern) else 0
        for start in range(1 - len(days) - more, 0):
            first = start + len(days) - 1
            ends = range(max(first + bool(more), 0), min(first + more + 1, horizon.days))
            if not any(_is_there(horizon.dates[end], where, rule) for end in ends):
                continue
            before = [(day, start + i) for i, day in enumerate(days[:-start]) if not day.is_any]
            is_meant = rule.which.has_day(horizon.start + dt.timedelta(start))
            if is_meant and before and all(rule.was(history, *day) for day in before):
                return True
        return False


def _is_in(dates: Sequence[dt.date], where: Place | None, rule: Rule) -> bool:
    """Whether any of some dates is in a period of a rule; without one all count."""
    match where:
        case places.InWeek() | places.InMonth():
            per = "week" if isinstance(where, places.InWeek) else "month"
            return any(places.period_of(day, per) == where for day in dates)
        case places.OnDay(first) | places.FromDay(first):
            before, after = _days_around(rule)
            return any(-before <= (day - first).days <= after for day in dates)
    return bool(dates)


def _days_around(rule: Rule) -> tuple[int, int]:
    """Days before and after the one that a rule names which it is about too."""
    match rule:
        case MaxConsecutiveDays():
            return 0, rule.max_days
        case MinConsecutiveDaysOff():
            return 1, rule.min_days
        case MaxConsecutiveWeekends():
            return 7 * rule.max_weekends, 2
        case ForbiddenPattern():
            return len(pattern_days(rule.pattern)) - 1, 0
        case RequiredPattern():
            return len(pattern_days(rule.pattern)) + len(pattern_days(rule.followed_by)) - 1, 0
    return 0, (getattr(rule, "rolling_days", None) or 1) - 1


def _is_there(day: dt.date, where: Place | None, rule: Rule) -> bool:
    """Whether a date is in the period, or is the day, that a place is."""
    match where:
        case places.InWeek():
            return where == places.period_of(day, "week")
        case places.InMonth():
            return where == places.period_of(day, "month")
        case places.FromDay(first):
            return 0 <= (day - first).days < (getattr(rule, "rolling_days", None) or 1)
    return where in (None, places.OnDay(day))
