"""A week rolled forward: the same work on new dates.

(`Problem`, first date, `Workdays`, roster, ledger) -> `NewWeek`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from shiftplan.errors import Fault, InputError
from shiftplan.errors.allowed import Day
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options
from shiftplan.problem import Problem
from shiftplan.rules import AnyRule
from shiftplan.rules.stability import Stability
from shiftplan.seasons.ledger import Ledger
from shiftplan.seasons.rollover.history import next_history
from shiftplan.seasons.rollover.shifts import ClosedDay, Copier, FilledDay
from shiftplan.seasons.rollover.workdays import Workdays
from shiftplan.week.fields import LAST_DATE
from shiftplan.week.horizon import Horizon
from shiftplan.week.roster import Roster

_DECISIONS = ("pins", "preferences", "published")
"""Tables that are about single dates."""


@dataclass(frozen=True, slots=True)
class NewWeek:
    """The next week, and what differs from the last one."""

    problem: Problem
    """The week to be planned."""
    closed: tuple[ClosedDay, ...]
    """Dates on which shifts were left out, and why."""
    filled: tuple[FilledDay, ...]
    """Dates whose shifts come from another weekday."""
    unknown: tuple[dt.date, ...]
    """Saturdays and Sundays left without shifts, because they were closed in the last week."""
    windows_off: int
    """Windows left out because the person's group is off."""
    dropped: tuple[tuple[str, int], ...]
    """Tables that were decisions about the last week only, and how many rows they had."""
    is_carried: bool
    """Whether history was carried on; without roster and ledger it is that of the last week."""


def new_week(
    problem: Problem,
    start: dt.date,
    workdays: Workdays | None = None,
    *,
    roster: Roster | None = None,
    ledger: Ledger | None = None,
) -> NewWeek:
    """Roll a week forward to a new first date.

    Shifts, requirements, demand and windows move by whole weeks. What falls on a closed day is left
    out; a day from Monday to Friday that was closed only in the last week takes over the nearest
    day's shifts, and so does a make-up day. Windows on closed days stay: an offer costs nothing,
    and the day may open after all. They are offers of the last week, which people should confirm.
    Pins, preferences and the published roster were decisions about single dates: they are dropped.
    Skills keep the dates on which they count. Ids of shifts that tell their date tell the new one.

    Parameters
    ----------
    problem
        The last week, or any earlier one that serves as a pattern.
    start
        First date of the new week: the same weekday as the first one of `problem`, after its last.
    workdays
        When centers are open and who is off, of both weeks; None for always and nobody.
    roster
        The roster of `problem` as it was worked; carries history on.
    ledger
        Earlier weeks, `problem`'s own included or not.

    Raises
    ------
    InputError
        The date does not fit, or the roster names unknown ids.

    """
    check_options(("start", start, Day))
    horizon = problem.horizon
    faults = list(_unfit(horizon, start))
    if faults:
        raise InputError(faults)
    days = workdays or Workdays()
    copied = Copier(problem, start, days)
    delta, people = start - horizon.start, problem.volunteer_by_id
    windows = [
        w.model_copy(update={"start": w.start + delta, "end": w.end + delta})
        for w in problem.availability
    ]
    kept = [w for w in windows if not days.is_off(people[w.volunteer_id], w.start.date())]
    values = {name: getattr(problem, name) for name in type(problem).model_fields}
    values |= {
        "horizon": Horizon(start=start, days=horizon.days, zone=horizon.zone),
        "shifts": copied.shifts,
        "requirements": copied.requirements,
        "demand": copied.demand,
        "availability": kept,
        "history": (),
        **dict.fromkeys(_DECISIONS, ()),
        "rules": [_moved(rule, delta) for rule in problem.rules],
    }
    blank = Problem(**values)
    history = next_history(problem, blank, roster, ledger)
    sizes = [(name, len(getattr(problem, name))) for name in _DECISIONS]
    return NewWeek(
        problem=Problem(**values | {"history": history}),
        closed=copied.closed,
        filled=copied.filled,
        unknown=copied.unknown,
        windows_off=len(windows) - len(kept),
        dropped=tuple((name, size) for name, size in sizes if size),
        is_carried=roster is not None or ledger is not None,
    )


def _unfit(horizon: Horizon, start: dt.date) -> Iterator[Fault]:
    first = horizon.start + dt.timedelta(-(-horizon.days // 7) * 7)
    week = dt.timedelta(7)
    if start >= LAST_DATE:
        message = Message("seasons.last_date", day=LAST_DATE)
        yield Fault("out_of_range", "horizon", "start", str(start), message)
    elif (start - horizon.start).days % 7:
        message = Message("seasons.same_weekday", day=horizon.start)
        past = (start - horizon.start).days % 7
        near = first if start < first else max(first, start - dt.timedelta(past))
        remedy = Message("seasons.either_date", one=near, other=near + week)
        yield Fault("out_of_range", "horizon", "start", str(start), message, remedy=remedy)
    elif start < first:
        message = Message("seasons.week_after_last", day=horizon.dates[-1])
        remedy = Message("seasons.either_date", one=first, other=first + week)
        yield Fault("out_of_range", "horizon", "start", str(start), message, remedy=remedy)


def _moved(rule: AnyRule, delta: dt.timedelta) -> AnyRule:
    """A rule on new dates."""
    if not isinstance(rule, Stability):
        return rule
    days = {"first_day": rule.first_day, "last_day": rule.last_day}
    return rule.model_copy(update={name: day and day + delta for name, day in days.items()})
