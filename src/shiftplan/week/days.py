"""Days on which rows of a table count, and times of day.

Values of cells -> `Days`, `Clock`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from shiftplan.errors.message import Message
from shiftplan.week.fields import WEEKDAYS, Frozen, Weekday


class Days(Frozen):
    """Days on which a row counts: some weekdays, some dates, or every day."""

    weekdays: Annotated[
        tuple[Weekday, ...],
        AfterValidator(lambda days: tuple(sorted(set(days), key=WEEKDAYS.index))),
    ] = ()
    """Weekdays meant, in every week: mon, tue, wed, thu, fri, sat, sun."""
    dates: Annotated[tuple[dt.date, ...], AfterValidator(lambda d: tuple(sorted(set(d))))] = ()
    """Dates meant, instead of weekdays."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self.weekdays and self.dates:
            raise ValueError(Message("seasons.weekdays_or_dates"))
        return self

    @property
    def rank(self) -> int:
        """How closely days are meant: 2 for dates, 1 for weekdays, 0 for every day."""
        return 2 if self.dates else bool(self.weekdays)

    def has(self, day: dt.date) -> bool:
        """Whether a date is one of them."""
        if self.dates:
            return day in self.dates
        return not self.weekdays or WEEKDAYS[day.weekday()] in self.weekdays

    def __str__(self) -> str:
        return "|".join(map(str, self.dates or self.weekdays))


def _whole_minute_of_day(clock: dt.time) -> dt.time:
    if clock.tzinfo:  # also of numbers, which are taken as seconds of UTC
        raise ValueError(Message("files.no_time"))
    if clock.second or clock.microsecond:
        raise ValueError(Message("week.whole_minutes"))
    return clock


Clock = Annotated[dt.time, AfterValidator(_whole_minute_of_day)]
"""Wall-clock time of day, a whole minute."""
