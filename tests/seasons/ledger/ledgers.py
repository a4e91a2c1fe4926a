"""Ledgers by hand."""

from __future__ import annotations

import datetime as dt

from shiftplan.seasons import Ledger
from shiftplan.seasons.ledger import Entry, WorkedWeek
from shiftplan.testing.pictures import MONDAY

WEEK = dt.timedelta(7)


def entry(who: str = "ana", offered: float = 0, worked: float = 0, **more: object) -> Entry:
    values = {"volunteer_id": who, "shifts_offered": offered, "shifts_worked": worked, **more}
    return Entry.model_validate(values)


def ledger_of(*weeks: tuple[int, list[Entry]]) -> Ledger:
    """Weeks by their number before or after MONDAY."""
    return Ledger(
        weeks=tuple(WorkedWeek(start=MONDAY + n * WEEK, entries=rows) for n, rows in weeks)
    )
