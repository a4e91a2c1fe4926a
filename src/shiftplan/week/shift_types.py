"""When shifts may begin, how long they may last, and what breaks people take in them.

Rows of `shift_types` and `breaks` -> the times that a design may choose from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from shiftplan.errors.message import Column, Message
from shiftplan.week.days import Clock, Days
from shiftplan.week.fields import Count, Frozen, Text

LONGEST_SHIFT = 2 * 24 * 60
"""Minutes of a designed shift, at most."""
_DAY = 24 * 60
_Minutes = Annotated[int, Field(ge=5, le=LONGEST_SHIFT)]


def minute_of(clock: dt.time) -> int:
    """Minutes from midnight to a time of day."""
    return clock.hour * 60 + clock.minute


class ShiftType(Frozen):
    """A sort of shift that a design may use: when it may begin, and how long it may last."""

    type: Text = ""
    """Shift type of what is designed, such as `night`; rules can be limited to types."""
    where: Text = ""
    """A center_id, a name in the column groups of centers, `minority`, `remote`, or a type such as
    xã; empty for all centers. A center takes the rows that are meant most closely for it."""
    days: Days = Days()
    """Weekdays such as `Mon-Fri` or `T2-T6`, or dates such as `2026-12-24`; empty for every day."""
    earliest: Clock
    """Time at which a shift begins at the earliest."""
    latest: Clock
    """Time at which it begins at the latest; a time before the earliest is on the next date."""
    min_minutes: _Minutes
    """Minutes that it lasts at least."""
    max_minutes: _Minutes
    """Minutes that it lasts at most."""
    step: Annotated[int, Field(ge=5, le=1440)] = 30
    """Minutes from one time of beginning to the next, and from one length to the next."""
    shared: bool = False
    """Whether a time costs once for all centers of the row, instead of once for each: as much as
    where it is dearest, and as a new one where none of them holds shifts at it."""
    price: Count = 0
    """What each person in such a shift costs, beside the policy's price of hours."""
    note: Text = ""
    """A remark for people."""

    @model_validator(mode="after")
    def _not_reversed(self) -> Self:
        if self.max_minutes < self.min_minutes:
            columns = {"least": Column("min_minutes"), "most": Column("max_minutes")}
            raise ValueError(Message("week.lengths_reversed", **columns))
        return self

    def times(self) -> Iterator[tuple[int, int]]:
        """Yield (first minute after midnight, minutes) of every shift that it allows."""
        first, last = minute_of(self.earliest), minute_of(self.latest)
        for start in range(first, last + (_DAY if last < first else 0) + 1, self.step):
            for length in range(self.min_minutes, self.max_minutes + 1, self.step):
                yield start, length


class Break(Frozen):
    """A break that people of a type of shift take."""

    type: Text = ""
    """Type of the shifts; empty for all."""
    minutes: Annotated[int, Field(ge=5, le=480)]
    """Minutes that it lasts."""
    earliest: Count = 0
    """Minutes after the start of the shift at which it begins at the earliest."""
    latest: Count | None = None
    """Minutes after the start of the shift at which it begins at the latest; the same number as
    `earliest` for a fixed break. Empty: it only has to end with the shift."""
    after: Count = 0
    """Minutes of the shift that are left after it, at least."""
    step: Annotated[int, Field(ge=5, le=240)] = 15
    """Minutes from one time of beginning to the next."""
    min_shift: Count = 0
    """Minutes of the shortest shift that has it."""
    max_shift: Count | None = None
    """Minutes of the longest shift that has it; empty for any length."""

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
