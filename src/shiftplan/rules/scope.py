"""Whom a rule means, which shifts and when: fields that rules inherit, the same for all.

`group`: names of people; `shifts`, `where`, `hours`, `days`, `first_day`, `last_day` -> `which`.
What they mean is stated twice: `Case.members` and `Which.has`, `Arrays.in_group` and
`Arrays.in_set`. A rule that inherits `Scoped` asks these, and filters nothing by itself. It names
`Scoped` before its other base, such as `class MyRule(Scoped, Priced)`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields
from functools import cached_property
from typing import Annotated

from shiftplan.errors.message import Message
from shiftplan.rules.base import SPARED, ForPeople, Priced, Rule, Violation
from shiftplan.week.days import Days
from shiftplan.week.fields import WEEKDAYS, Frozen, NameSet
from shiftplan.week.scope import EVERY, DaysMeant, HoursOfDay, Which

_LIMITS = tuple(field.name for field in fields(Which))


class OfPeople(Frozen):
    """A rule that may be limited to some people."""

    group: Annotated[NameSet, SPARED] = ()
    """People concerned: names of groups, volunteer ids, skills such as `portal:2`, home centers or
    areas of them; empty for everybody."""


class OfDays(Frozen):
    """A rule that may be limited to some days."""

    days: Annotated[DaysMeant, SPARED] = None
    """Weekdays such as `Mon-Fri`, or dates, of the shifts that count; empty for all days."""
    first_day: Annotated[dt.date | None, SPARED] = None
    """First date concerned; blank for no first date."""
    last_day: Annotated[dt.date | None, SPARED] = None
    """Last date concerned; blank for no last date."""

    @cached_property
    def which(self) -> Which:
        """The shifts meant."""
        named = {name: getattr(self, name) for name in _LIMITS if name in type(self).model_fields}
        return Which(**named) if any(named.values()) else EVERY


class OfPlaces(OfDays):
    """A rule that may be limited to shifts at some centers and hours."""

    where: Annotated[NameSet, SPARED] = ()
    """Centers that count: center ids, names in the column groups of centers, `minority`, `remote`,
    `other` or types of unit; empty for all centers."""
    hours: Annotated[HoursOfDay, SPARED] = ""
    """Hours in which shifts that count start, such as `18:00-06:00`; empty for all hours."""


class OfShifts(OfPlaces):
    """A rule that may be limited to some shifts, those that satisfy all that is named."""

    shifts: Annotated[NameSet, SPARED] = ()
    """Shift types or tags that count; empty for all shifts."""


class Scoped(OfShifts, OfPeople):
    """A rule that may be limited to some people and some shifts."""


class OnShares(Scoped, ForPeople):
    """A rule about how work is shared among people, everybody or some groups; it only costs."""

    group: NameSet = ()
    """People concerned: names of groups, volunteer ids, skills such as `portal:2`, home centers or
    areas of them; empty for everybody."""
    topic = "Fair to people"


class Personal(Scoped, Priced):
    """A rule about each person's own shifts, of everybody or some people, all shifts or some."""

    group: NameSet = ()
    """People concerned: names of groups, volunteer ids, skills such as `portal:2`, home centers or
    areas of them; empty for everybody."""
    shifts: NameSet = ()
    """Shift types or tags counted; empty for all shifts."""
    sees = "part"


def limits_of(rule: Rule) -> Iterator[Message]:
    """Yield what a rule is limited to, in the order of `group` and the fields of `Which`."""
    if isinstance(rule, OfPeople) and rule.group:
        yield Message("scope.people", names=rule.group)
    which = rule.which if isinstance(rule, OfDays) else EVERY
    shifts = type(rule).model_fields.get("shifts")
    if which.shifts and shifts is not None and not shifts.is_required():
        yield Message("scope.shifts", names=which.shifts)
    if which.where:
        yield Message("scope.where", names=which.where)
    if which.hours:
        yield Message("scope.hours", hours=which.hours)
    if which.days is not None:
        yield Message("scope.days", days=tuple(_told_days(which.days)))
    if which.first_day is not None:
        yield Message("scope.from", day=which.first_day)
    if which.last_day is not None:
        yield Message("scope.until", day=which.last_day)


def said_of(violation: Violation) -> Message:
    """What a finding says, and what its rule is limited to, which tells several rows apart."""
    limits = tuple(limits_of(violation.rule))
    said = violation.message
    return Message("rules.only", said=said, limits=limits) if limits else said


def _told_days(days: Days) -> Iterator[Message]:
    for date in days.dates:
        yield Message("scope.date", day=date)
    monday = dt.date(1970, 1, 5)
    for weekday in days.weekdays:
        yield Message("scope.weekday", day=monday + dt.timedelta(WEEKDAYS.index(weekday)))
