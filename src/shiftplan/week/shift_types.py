"""When shifts may begin, how long they may last, and what breaks people take in them.

Rows of `shift_types` and `breaks` -> the times that a design may choose from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product
from typing import Annotated, Self

from pydantic import Field, model_validator

from shiftplan.errors.message import Column, Message
from shiftplan.week.days import Clock, Days
from shiftplan.week.fields import Count, Frozen, Text

LONGEST_SHIFT = 2 * 24 * 60
"""Minutes of a designed shift, at most."""
MOST_TIMES = 10_000
"""Starts times lengths that one row allows, at most."""
_DAY = 24 * 60
_Minutes = Annotated[int, Field(ge=5, le=LONGEST_SHIFT)]
_Within = Annotated[int, Field(ge=0, le=LONGEST_SHIFT)]


def minute_of(clock: dt.time) -> int:
    """Minutes from midnight to a time of day."""
    return clock.hour * 60 + clock.minute


def _need_order(row: Frozen, least: str, most: str) -> None:
    """Raise ValueError where a number of a row is less than the one that it must not be below."""
    value = getattr(row, most)
    if value is not None and value < getattr(row, least):
        columns = {"least": Column(least), "most": Column(most)}
        raise ValueError(Message("week.lengths_reversed", **columns))


class ShiftType(Frozen):
    """A type of shifts that a design may use: when they may start, and how long they may last."""

    type: Text = ""
    """Type that the designed shifts get, such as `night`; rules can be limited to it, and breaks
    too."""
    where: Text = ""
    """A center_id, a name in the column groups of centers, `minority`, `remote`, or a type such as
    xã; empty for all centers. A center uses only the rows that are most specific for it."""
    days: Days = Days()
    """Days on which these shifts may start: weekdays such as `Mon-Fri` or `T2-T6`, or dates such as
    `2026-12-24`; empty for every day. A start after midnight belongs to the day of `earliest`."""
    earliest: Clock
    """Earliest time at which a shift may start."""
    latest: Clock
    """Latest time at which a shift may start, the same as `earliest` for a fixed start. A time
    before `earliest` is on the next date."""
    min_minutes: _Minutes
    """Shortest length of a shift in minutes, breaks included."""
    max_minutes: _Minutes
    """Longest length of a shift in minutes, the same as `min_minutes` for a fixed length."""
    step: Annotated[int, Field(ge=5, le=1440)] = 30
    """Minutes between possible starts, from `earliest` on, and between possible lengths, from
    `min_minutes` on."""
    shared: bool = False
    """Whether the setting `time_price` is paid for a start and length once for all centers of the
    row, so that they prefer the same times, instead of once at each center: as much as where it is
    highest, and `new_time_price` too where none of them has that start and length now."""
    price: Count = 0
    """Price of each person in such a shift, in addition to the setting `hour_price`."""
    note: Text = ""
    """A remark for people."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _need_order(self, "min_minutes", "max_minutes")
        if (times := len(self.starts) * len(self.lengths)) > MOST_TIMES:
            said = {"column": Column("step"), "times": times, "most": MOST_TIMES}
            raise ValueError(Message("week.too_many_times", **said))
        return self

    @property
    def starts(self) -> range:
        """Minutes after midnight at which its shifts may start, also on the next date."""
        first, last = minute_of(self.earliest), minute_of(self.latest)
        return range(first, last + (_DAY if last < first else 0) + 1, self.step)

    @property
    def lengths(self) -> range:
        """Minutes that its shifts may last."""
        return range(self.min_minutes, self.max_minutes + 1, self.step)

    def times(self) -> Iterator[tuple[int, int]]:
        """Yield (first minute after midnight, minutes) of every shift that it allows."""
        return product(self.starts, self.lengths)


class Break(Frozen):
    """A break that everybody takes during shifts of a type, at a time that may be chosen."""

    type: Text = ""
    """Type of the shifts that have it; empty for all shifts."""
    minutes: Annotated[int, Field(ge=5, le=480)]
    """Length of the break in minutes."""
    earliest: _Within = 0
    """Earliest start of the break, in minutes after the start of the shift."""
    latest: _Within | None = None
    """Latest start of the break, in minutes after the start of the shift, the same number as
    `earliest` for a fixed break. Empty: as late as `after` allows."""
    after: _Within = 0
    """Minutes of the shift that must remain after the break."""
    step: Annotated[int, Field(ge=5, le=240)] = 15
    """Minutes between possible starts of the break, from `earliest` on."""
    min_shift: _Within = 0
    """Length in minutes of the shortest shift that has it."""
    max_shift: _Within | None = None
    """Length in minutes of the longest shift that has it; empty for any length."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _need_order(self, "earliest", "latest")
        _need_order(self, "min_shift", "max_shift")
        return self

    def concerns(self, kind: str, length: int) -> bool:
        """Whether shifts of a type and of so many minutes have it."""
        is_of_type = not self.type or self.type == kind
        longest = length if self.max_shift is None else self.max_shift
        return is_of_type and self.min_shift <= length <= longest

    def begins(self, length: int) -> range:
        """Minutes after the start of a shift of so many minutes at which it may begin."""
        last = length - self.minutes - self.after
        if self.latest is not None:
            last = min(last, self.latest)
        return range(self.earliest, last + 1, self.step)
