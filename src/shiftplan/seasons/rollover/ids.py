"""Ids of shifts on new dates.

Id that tells its date -> the same id with another date; no id twice.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import count

from shiftplan.week.records import Shift

_FORMS = ("%Y-%m-%d", "%Y%m%d", "%d-%m-%Y", "%d%m%Y", "%m-%d", "%m%d")


class ShiftIds:
    """Gives ids to the shifts of a new week."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def next(self, shift: Shift, day: dt.date, *, usual_day: bool) -> str:
        """The id of a shift that is copied to a date.

        The date in the id, if it tells one, is replaced. Else the id stays as it is when it is
        copied to its `usual_day`, the same weekday, and gets the date at its end on any other.
        """
        found = _redated(shift, day)
        if found is None:
            found = shift.shift_id if usual_day else f"{shift.shift_id}-{day:%m%d}"
        tries = (f"{found}-{day:%m%d}" + (f"-{i}" if i else "") for i in count())
        while found in self._taken:
            found = next(tries)
        self._taken.add(found)
        return found


def _redated(shift: Shift, day: dt.date) -> str | None:
    """The id with another date; None when it tells no date. The id of the center is kept."""
    head = shift.center_id if shift.shift_id.startswith(shift.center_id) else ""
    rest = shift.shift_id[len(head) :]
    for form in _FORMS:
        text = shift.day.strftime(form)
        changed = re.sub(rf"(?<!\d){text}(?!\d)", day.strftime(form), rest)
        if changed != rest:
            return head + changed
    return None
