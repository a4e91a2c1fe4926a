"""Events that change how many citizens come: feasts, campaigns, closed roads.

Rows of the table events, or public holidays -> factors that are given, and parts to be learned.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shiftplan.citizens.visits.counts import Bools, Floats
from shiftplan.week.public_days import public_days

_BLOCK = 3
"""Days before or after an event that share an effect."""
_LONG = 4
"""Days of holidays in a row that make a feast which people prepare for."""
_AROUND = (1, 2)
"""Days before and after a short holiday that it may affect."""
_AROUND_LONG = (21, 10)
"""The same for a long feast, such as the Lunar New Year."""
LEAST_FACTOR, MOST_FACTOR = 0.01, 100.0
"""Bounds of the factor of an event on whose days anybody comes."""
_NOTE = re.compile(r"\s*[(（].*[)）]$")
"""A remark behind the name of a holiday, such as "(observed)"."""


def is_factor(factor: float) -> bool:
    """Whether a number can be the factor of an event; one near 0 is no factor, but a slip of 0."""
    return factor == 0 or LEAST_FACTOR <= factor <= MOST_FACTOR


@dataclass(frozen=True)
class KnownEvent:
    """Something on known dates that changes how many citizens come.

    Events of the same name are occurrences of the same thing: the effect of earlier ones is
    expected of later ones.

    Raises
    ------
    ValueError
        The factor is neither 0 nor from 0.01 to 100, or the last date is before the first.
    """

    name: str
    """Name, the same for each occurrence."""
    first: dt.date
    """First date."""
    last: dt.date
    """Last date."""
    centers: tuple[str, ...] = ()
    """Ids of the centers concerned; empty for all."""
    factor: float | None = None
    """Factor on the citizens of usual days, 0 if none come; None to learn it from earlier dates."""
    before: int = 0
    """Days before the first date that a learned event may affect as well."""
    after: int = 0
    """Days after the last date that it may affect as well."""

    def __post_init__(self) -> None:
        if self.factor is not None and not is_factor(self.factor):
            raise ValueError(f"factor {self.factor} is neither 0 nor from 0.01 to 100")
        if self.last < self.first:
            raise ValueError(f"last date {self.last} is before {self.first}")

    def part(self, day: dt.date) -> int | None:
        """Which part of the event a date belongs to; None outside.

        0 is the event itself; 1, 2 and so on are the blocks of three days after it, -1, -2 and so
        on those before it.
        """
        if self.first <= day <= self.last:
            return 0
        early, late = (self.first - day).days, (day - self.last).days
        if 0 < early <= self.before:
            return -early // _BLOCK
        return -(-late // _BLOCK) if 0 < late <= self.after else None


Part = tuple[str, int]
"""Name of an event, and which part of it."""


def given_factors(
    events: Sequence[KnownEvent], centers: Sequence[str], dates: Sequence[dt.date]
) -> Floats:
    """Product of the factors that events give, shape (centers, dates); 1 without events."""
    found = np.ones((len(centers), len(dates)))
    for event in events:
        if event.factor is not None:
            there = np.array([event.first <= day <= event.last for day in dates], dtype=bool)
            found[np.ix_(_concerned(event, centers), there)] *= event.factor
    return found


def parts_to_learn(
    events: Sequence[KnownEvent], centers: Sequence[str], dates: Sequence[dt.date]
) -> Mapping[Part, Bools]:
    """Where each part of an event without a given factor is, shape (centers, dates)."""
    found: dict[Part, Bools] = {}
    for event in events:
        if event.factor is not None:
            continue
        concerned = _concerned(event, centers)
        for d, day in enumerate(dates):
            part = event.part(day)
            if part is not None:
                blank = np.zeros((len(centers), len(dates)), dtype=bool)
                found.setdefault((event.name, part), blank)[concerned, d] = True
    return found


def _concerned(event: KnownEvent, centers: Sequence[str]) -> Bools:
    if not event.centers:
        return np.ones(len(centers), dtype=bool)
    return np.isin(np.array(centers, dtype=object), list(event.centers))


def public_holidays(
    country: str, first: dt.date, last: dt.date, languages: Sequence[str] = ("en_US", "en_GB", "en")
) -> tuple[KnownEvent, ...]:
    """Public holidays as events whose effect is learned, the days around them included.

    Holidays in a row are one event. Four and more, such as Tết, are a feast that people prepare
    for: it affects three weeks before it and ten days after; a shorter one the day before it and
    two days after.

    Parameters
    ----------
    country
        Code of the country, such as VN.
    first, last
        Dates between which holidays are looked up, the years of both included.
    languages
        Codes of languages for the names; the first that the country has counts.

    Raises
    ------
    InputError
        There is no such country.
    MissingExtraError
        The package holidays is not installed.
    """
    years = range(first.year, last.year + 1)
    days = public_days(country, years, languages, "events").names
    return tuple(_feasts(dict(sorted(days.items()))))


def _feasts(names: Mapping[dt.date, str]) -> Iterator[KnownEvent]:
    """Yield an event for each run of holidays, named by what most of its days are named after."""
    run: list[dt.date] = []
    for day in (*names, dt.date.max):
        if run and (day - run[-1]).days > 1:
            called = [_NOTE.sub("", names[d]) for d in run]
            usual = max(called, key=lambda name: sum(name in other for other in called))
            before, after = _AROUND_LONG if len(run) >= _LONG else _AROUND
            yield KnownEvent(usual, run[0], run[-1], before=before, after=after)
            run = []
        run.append(day)
