"""Late changes of a week as a request has them.

JSON -> `Differences` -> changes of the library.
"""

from __future__ import annotations

from pydantic import Field

from shiftplan.citizens.more import more_citizens
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence, AnyChange, Cancellation, Closing, Need
from shiftplan.web.bodies import AskedDate, RequestBody
from shiftplan.week.fields import Frozen, Id

MOST_CHANGES = 200
"""Changes of one kind in a request, at most."""


class MoreCitizens(Frozen):
    """Other numbers of citizens come to a center on a date."""

    center_id: Id
    """The center."""
    day: AskedDate
    """The date."""
    more: float = Field(ge=-1_000_000, le=1_000_000, allow_inf_nan=False)
    """How many more than the forecast; below 0 for fewer."""


class Differences(RequestBody):
    """What would be different in a week."""

    absent: tuple[Absence, ...] = Field(default=(), max_length=MOST_CHANGES)
    """Who would be absent."""
    closed: tuple[Closing, ...] = Field(default=(), max_length=MOST_CHANGES)
    """What would be closed."""
    cancelled: tuple[Cancellation, ...] = Field(default=(), max_length=MOST_CHANGES)
    """What would not take place."""
    needs: tuple[Need, ...] = Field(default=(), max_length=MOST_CHANGES)
    """What shifts would need instead."""
    citizens: tuple[MoreCitizens, ...] = Field(default=(), max_length=MOST_CHANGES)
    """Where more or fewer citizens would come."""

    @property
    def given(self) -> tuple[AnyChange, ...]:
        """The changes that are as they were sent."""
        return (*self.absent, *self.closed, *self.cancelled, *self.needs)

    def changes(self, problem: Problem) -> tuple[AnyChange, ...]:
        """The changes; InputError if there are none, or there is no forecast of some."""
        found = self.given
        for one in self.citizens:
            found += more_citizens(problem, one.center_id, one.day, one.more)
        if not found:
            message = Message("web.nothing_different")
            raise InputError([Fault("missing_value", "changes", message=message)])
        return found
