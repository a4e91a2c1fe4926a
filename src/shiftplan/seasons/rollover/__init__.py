"""A week rolled forward: the same work on new dates, holidays left out, and history carried over.

(`Problem`, first date, `Workdays`, roster, ledger) -> `NewWeek`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from shiftplan.errors import Fault, InputError
from shiftplan.errors.allowed import Day
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.rules import AnyRule
from shiftplan.rules.given import Stability
from shiftplan.seasons.ledger import Ledger
from shiftplan.seasons.rollover.copying import ClosedDay, Copier, FilledDay
from shiftplan.seasons.rollover.courses import taught
from shiftplan.seasons.rollover.history import next_history
from shiftplan.seasons.rollover.renaming import renamed
from shiftplan.seasons.rollover.workdays import Workdays
from shiftplan.week.days import Days
from shiftplan.week.demand import Service
from shiftplan.week.fields import LAST_DATE
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import Availability, StandBy
from shiftplan.week.roster import Roster
from shiftplan.week.shift_types import ShiftType
from shiftplan.week.travel import Way
from shiftplan.week.visits import Official

__all__ = ["ClosedDay", "FilledDay", "NewWeek", "new_week"]

_Times = TypeVar("_Times", Availability, StandBy)
_OnDays = TypeVar("_OnDays", Official, ShiftType, Way)
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
    idle: Mapping[dt.date, tuple[str, ...]]
    """Dates without shifts, although a row has hours, as the last week has none then -> ids of
    the centers; those without any shift in the last week are left out."""
    unknown: tuple[dt.date, ...]
    """Saturdays and Sundays left without shifts, because they were closed in the last week."""
    windows_off: int
    """Windows left out because the person's group is off."""
    dropped: tuple[tuple[str, int], ...]
    """Tables that were decisions about the last week only, and how many rows they had."""
    is_carried: bool
    """Whether history was carried on; without roster and ledger it is that of the last week."""
    learned: int
    """People whose `show_rate` was changed to what the ledger taught."""
    taught: int
    """People who hold a level that a shift of the last week taught them."""
    services: tuple[Service, ...]
    """Rows of the table services with minutes that a log of visits contradicts, as the log has
    them; the new week has these rows if it was made to take them over."""


@takes_week
def new_week(
    problem: Problem,
    start: dt.date,
    workdays: Workdays | None = None,
    *,
    roster: Roster | None = None,
    ledger: Ledger | None = None,
    usual: Problem | None = None,
    learn: bool = True,
    learn_minutes: bool = False,
) -> NewWeek:
    """Roll a week forward to a new first date.

    Shifts, requirements, demand, windows, offers to stand by, and dates of officials, ways and
    types of shifts move by whole weeks. What falls on a closed day is left out; a day from Monday
    to Friday that was closed only in the last week takes over the nearest day's shifts, and so does
    a make-up day.
    Windows on closed days stay: an offer costs nothing, and the day may open after all. They are
    offers of the last week, which people should confirm.
    Pins, preferences and the published roster were decisions about single dates: they are dropped.
    What occupies people stays as it is, as far as it reaches into the new week.
    Skills keep the dates on which they count. Ids of shifts that tell their date tell the new one,
    and so does the name of the week.

    Parameters
    ----------
    problem
        The last week, or any earlier one that serves as a pattern.
    start
        First date of the new week: the same weekday as the first one of `problem`, after its last.
    workdays
        When centers are open and who is off, of both weeks; None for always and nobody.
    roster
        The roster of `problem` as it was worked; carries history on, and gives people the levels
        that their shifts taught.
    ledger
        Earlier weeks, `problem`'s own included or not.
    usual
        `problem` with the shifts and requirements to carry on, where some of its own were for
        single dates only; None to carry on its own.
    learn
        Whether `show_rate` becomes what the ledger knows of each person; see `show_rates`. Without
        attendance in the ledger nothing is known, and it stays as it was.
    learn_minutes
        Whether services take over the minutes that the ledger has of the last log of visits, where
        the log contradicts theirs.

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
    copied = Copier(usual or problem, start, days)
    delta, people = start - horizon.start, problem.volunteer_by_id
    windows = [*_later(problem.availability, delta, horizon)]
    kept = [w for w in windows if not days.is_off(people[w.volunteer_id], w.start.date())]
    on_call = [
        row
        for row in _later(problem.stand_by, delta, horizon)
        if row.start is None or not days.is_off(people[row.volunteer_id], row.start.date())
    ]
    values = {name: getattr(problem, name) for name in type(problem).model_fields}
    values |= {
        "name": renamed(problem.name, horizon, start),
        "horizon": Horizon(**{**dict(horizon), "start": start}),
        "shifts": copied.shifts,
        "requirements": copied.requirements,
        "demand": copied.demand,
        "availability": kept,
        "stand_by": on_call,
        "occupied": [row for row in problem.occupied if row.end.date() >= start],
        "officials": [_days_later(row, delta) for row in problem.officials],
        "travel": [_days_later(row, delta) for row in problem.travel],
        "shift_types": [_days_later(row, delta) for row in problem.shift_types],
        "history": (),
        **dict.fromkeys(_DECISIONS, ()),
        "rules": [_moved(rule, delta) for rule in problem.rules],
    }
    blank = Problem(**values)
    history = next_history(problem, blank, roster, ledger)
    trained = problem.volunteers
    if roster is not None:
        trained = tuple(taught(problem, roster, problem.volunteers))
    volunteers = trained
    if learn and ledger is not None:
        volunteers = ledger.show_rates(blank).applied_to(volunteers)
    told = None if ledger is None else ledger.visits_before(start)
    services = () if told is None else told.proposals(problem.services)
    if learn_minutes:
        new = {row.service_id: row for row in services}
        values["services"] = tuple(new.get(row.service_id, row) for row in problem.services)
    sizes = [(name, len(getattr(problem, name))) for name in _DECISIONS]
    return NewWeek(
        problem=Problem(**values | {"history": history, "volunteers": volunteers}),
        closed=copied.closed,
        filled=copied.filled,
        idle=copied.idle,
        unknown=copied.unknown,
        windows_off=len(windows) - len(kept),
        dropped=tuple((name, size) for name, size in sizes if size),
        is_carried=roster is not None or ledger is not None,
        learned=sum(v is not old for v, old in zip(volunteers, trained, strict=True)),
        taught=sum(v is not old for v, old in zip(trained, problem.volunteers, strict=True)),
        services=services,
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


def _later(rows: Iterable[_Times], delta: dt.timedelta, horizon: Horizon) -> Iterator[_Times]:
    """Rows about times, moved; without those of an hour that a change of clocks leaves out."""
    for row in rows:
        if row.start is None or row.end is None:
            yield row
            continue
        start, end = horizon.shown(row.start + delta), horizon.shown(row.end + delta)
        if start < end:
            yield row.model_copy(update={"start": start, "end": end})


def _day_later(day: dt.date, delta: dt.timedelta) -> dt.date:
    """A date moved, but not beyond the last one there is, which stands for no end."""
    return min(day, dt.date.max - delta) + delta


def _days_later(row: _OnDays, delta: dt.timedelta) -> _OnDays:
    """A row about days whose dates, if it names some, are moved."""
    dates = tuple(_day_later(day, delta) for day in row.days.dates)
    days = Days(weekdays=row.days.weekdays, dates=dates)
    return row.model_copy(update={"days": days})


def _moved(rule: AnyRule, delta: dt.timedelta) -> AnyRule:
    if not isinstance(rule, Stability):
        return rule
    named = {"first_day": rule.first_day, "last_day": rule.last_day}
    days = {name: day and _day_later(day, delta) for name, day in named.items()}
    return rule.model_copy(update=days)
