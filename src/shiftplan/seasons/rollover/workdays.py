"""On which days and at which hours centers are open: holidays, make-up days, and a week's own days.

Country and rows of days.csv -> `Workdays` -> open or closed, for each center and date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, model_validator

from shiftplan.errors.allowed import Day as AnyDay
from shiftplan.errors.message import Column, Message, Word
from shiftplan.errors.options import check_options
from shiftplan.week.fields import WEEKDAYS, Frozen, NameSet, Text, Weekday
from shiftplan.week.horizon import NO_COUNTRY
from shiftplan.week.public_days import public_days
from shiftplan.week.records import Center, Volunteer
from shiftplan.week.where import closeness


def _split(value: Any) -> Any:
    names = value.split("|") if isinstance(value, str) else value
    if isinstance(names, (list, tuple, set, frozenset)):
        return tuple(n.strip().lower() if isinstance(n, str) else n for n in names)
    return value


class Day(Frozen):
    """When centers are open or closed, or when a group of people is off."""

    date: dt.date | None = None
    """The date meant; None when weekdays are given."""
    weekdays: Annotated[
        tuple[Weekday, ...],
        BeforeValidator(_split),
        AfterValidator(lambda days: tuple(sorted(set(days), key=WEEKDAYS.index))),
    ] = ()
    """Weekdays meant, in every week: mon, tue, wed, thu, fri, sat, sun."""
    state: Literal["open", "closed"]
    """Whether centers are open then."""
    where: Text = ""
    """A center_id, a name in the column groups of centers, `minority`, `remote`, or a type such as
    xã; empty for all centers."""
    group: NameSet = ()
    """Groups of volunteers who are off then, wherever it is; with `closed`, instead of centers."""
    start: dt.time | None = None
    """First minute at which they are open; None for all day."""
    end: dt.time | None = None
    """First minute at which they are closed again; None for midnight."""
    like: Weekday | None = None
    """Weekday whose shifts take place, such as fri for a make-up Saturday; None for the same
    weekday's, or where that has none the nearest day's."""
    note: Text = ""
    """The reason, for people."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.date is None) == (not self.weekdays):
            raise ValueError(Message("seasons.date_or_weekdays"))
        if self.state == "closed" and (self.start or self.end or self.like):
            columns = tuple(map(Column, ("start", "end", "like")))
            state = Word("open")
            raise ValueError(Message("seasons.times_go_with_open", columns=columns, state=state))
        if self.start and self.end and self.end <= self.start:
            raise ValueError(Message("seasons.ends_before_start"))
        if self.group and (self.state == "open" or self.where):
            facts = {"state": Word("closed"), "column": Column("where")}
            raise ValueError(Message("seasons.group_is_off", **facts))
        return self

    def is_on(self, day: dt.date) -> bool:
        """Whether it is about a date."""
        return day == self.date if self.date else WEEKDAYS[day.weekday()] in self.weekdays


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether and when one center is open on one date."""

    is_open: bool
    reason: str = ""
    """Name of the holiday, or the note of the row that decides; empty when nothing is told."""
    hours: tuple[tuple[dt.time, dt.time | None], ...] = ()
    """First minute, and first minute after; None for midnight. Empty for any time."""
    like: Weekday | None = None  # whose shifts take place; None for the same weekday's
    is_named: bool = False
    """Whether a row for this very date, or a make-up day, says that it is open."""

    def admits(self, start: dt.datetime, end: dt.datetime) -> bool:
        """Whether a shift lies inside the hours."""
        if not self.is_open or not self.hours:
            return self.is_open
        first, midnight = start.date(), dt.time()
        for opens, closes in self.hours:
            until = dt.datetime.combine(first, closes or midnight)
            until += dt.timedelta(days=closes is None)
            if dt.datetime.combine(first, opens) <= start and end <= until:
                return True
        return False


@dataclass(frozen=True)
class Workdays:
    """Holidays, make-up days and rows of days.csv, from which every day follows.

    Rows for a date go before holidays and make-up days, these before rows for weekdays. Of several
    rows the one that is meant most closely for a center holds, as `closeness` tells; rows that are
    equally close and open at several hours add up, and closed goes before open.
    """

    days: Sequence[Day] = ()
    """Rows of days.csv."""
    holidays: Mapping[dt.date, str] = field(default_factory=dict)
    """Date -> name of the public holiday."""
    make_up: frozenset[dt.date] = frozenset()
    """Days at a weekend on which people work to make up for a day off."""

    def at(self, center: Center, day: dt.date) -> Opening:
        """Whether a center is open on a date."""
        mine = [d for d in self.days if not d.group and d.is_on(day)]
        named = _closest(center, [d for d in mine if d.date is not None])
        usual = _closest(center, [d for d in mine if d.date is None])
        if named:
            found = _opening(named, is_named=True)
            if found.is_open and not found.hours and usual:
                found = replace(found, hours=_opening(usual, is_named=True).hours)
            return found
        if day in self.holidays:
            return Opening(is_open=False, reason=self.holidays[day])
        if day in self.make_up:
            return Opening(is_open=True, is_named=True)
        return _opening(usual, is_named=False) if usual else Opening(is_open=True)

    def is_off(self, volunteer: Volunteer, day: dt.date) -> bool:
        """Whether a person's group is off on a date."""
        return any(
            d.is_on(day) and not set(d.group).isdisjoint(volunteer.group)
            for d in self.days
            if d.group
        )


def _closest(center: Center, days: Iterable[Day]) -> list[Day]:
    """The rows that are meant most closely for a center."""
    ranked = [(closeness(d.where, center), d) for d in days]
    most = max((rank for rank, _ in ranked), default=0)
    return [d for rank, d in ranked if rank == most] if most else []


def _opening(days: Sequence[Day], *, is_named: bool) -> Opening:
    closed = [d for d in days if d.state == "closed"]
    if closed:
        return Opening(is_open=False, reason=closed[0].note)
    hours = sorted(
        ((d.start or dt.time(), d.end) for d in days if d.start or d.end),
        key=lambda span: (span[0], span[1] is None, span[1] or dt.time()),
    )
    whole = any(not d.start and not d.end for d in days)
    like = next((d.like for d in days if d.like), None)
    note = next((d.note for d in days if d.note), "")
    return Opening(True, note, () if whole else tuple(hours), like, is_named)


def with_holidays(
    days: Sequence[Day],
    first: dt.date,
    last: dt.date,
    country: str,
    languages: Sequence[str] = ("en_US", "en_GB", "en"),
) -> Workdays:
    """Put rows together with the public holidays of a country.

    Parameters
    ----------
    days
        Rows of days.csv.
    first, last
        Dates between which holidays are looked up, the years around them included.
    country
        Code of the country, such as PL: usually `problem.horizon.country`. Empty or `none` for no
        holidays.
    languages
        Codes of languages for the names of holidays; the first that the country has counts.

    Raises
    ------
    InputError
        There is no such country, or an option is out of range.
    MissingExtraError
        The package holidays is not installed.
    """
    check_options(("first", first, AnyDay), ("last", last, AnyDay))
    if country.casefold() in ("", NO_COUNTRY):
        return Workdays(tuple(days))
    years = range(first.year, last.year + 1)
    found = public_days(country, years, languages, "days")
    return Workdays(tuple(days), found.names, found.worked)
