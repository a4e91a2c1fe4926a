"""First dates of weeks, as people write them.

Texts -> dates; dates and ranges -> the weeks that they name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from shiftplan.errors import Fault, FaultCode, InputError

_DATE_OR_RANGE = "must be a date such as 2026-12-07, or a range such as 2026-12-07..2026-12-28"


def date_of(text: str) -> dt.date | None:
    """An ISO date with dashes; None for anything else."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if str(day) == text else None


def named_weeks(texts: Iterable[str], days: Iterable[dt.date]) -> list[dt.date]:
    """First dates that people name, such as `2026-12-07,2026-12-14` or `2026-12-07..2026-12-28`.

    Parameters
    ----------
    texts
        Dates and ranges, both ends included, with commas between them.
    days
        First dates of the weeks that there are: those that a range chooses from.

    Raises
    ------
    InputError
        Something is no date, a range ends before it starts, or it holds no week.

    """
    there = set(days)
    found: set[dt.date] = set()
    faults: list[Fault] = []

    def wrong(code: FaultCode, value: str, message: str) -> None:
        faults.append(Fault(code, "options", "weeks", value, message))

    for text in (part.strip() for part in ",".join(texts).split(",")):
        first, dots, last = text.partition("..")
        start, end = date_of(first), date_of(last if dots else first)
        if start is None or end is None:
            wrong("not_a_date", text, _DATE_OR_RANGE)
        elif end < start:
            wrong("reversed_interval", text, "the range ends before it starts")
        elif not dots:
            found.add(start)
        elif inside := {day for day in there if start <= day <= end}:
            found |= inside
        else:
            wrong("unknown_id", text, "no province has a week that begins in this range")
    if faults:
        raise InputError(faults)
    return sorted(found)
