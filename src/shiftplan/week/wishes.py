"""What is decided or wished: pins, which hold, and preferences, which may be refused."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from shiftplan.errors.message import AtShift, OnDay, ShiftsOn
from shiftplan.week.fields import Frozen, Id, NameSet


class Pin(Frozen):
    """A decision a person already made about one volunteer and one shift."""

    volunteer_id: Id
    """Who."""
    shift_id: Id
    """Which shift."""
    state: Literal["must", "must_not"]
    """Whether the volunteer must or must not work it."""


class Preference(Frozen):
    """A wish for or against a shift or a day, with a weight; it may be refused."""

    volunteer_id: Id
    """Whose wish it is."""
    shift_id: Id | None = None
    """The shift meant; None when a date is given."""
    date: dt.date | None = None
    """The date meant; None when a shift is given."""
    shifts: NameSet = ()
    """With a date: shift types or tags meant; empty for any shift of that date."""
    state: Literal["for", "against"]
    """Whether the volunteer wishes to work or not to work then."""
    weight: int = Field(default=1, ge=1, le=1_000_000)
    """Price of refusing it, times the weight of the rule `preferences`."""

    @property
    def place(self) -> AtShift | OnDay | ShiftsOn | None:
        """The shift or the date meant; None where neither is given."""
        if self.shift_id is not None:
            return AtShift(self.shift_id)
        if self.date is None:
            return None
        return ShiftsOn(self.date, self.shifts) if self.shifts else OnDay(self.date)
