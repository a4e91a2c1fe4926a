"""The days planned and the sessions of the week, as far as single tables tell them.

Sheets -> each of them with the days and sessions that its dates and hours are read with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from shiftplan.files import cells
from shiftplan.files.cells import Bad, Session
from shiftplan.files.sheet import Sheet

LONGEST = 366
"""Days of the longest horizon that is taken from the shifts."""


def tell_days(sheets: Mapping[str, Sheet]) -> None:
    """Tell all sheets the days planned and the sessions of the shifts, where they are clear.

    The days are those of the table `horizon`, or else the whole weeks of the shifts whose dates
    are clear by themselves; where shifts are made, of other rows. The start of the horizon may be
    any day from which it holds these dates.
    """
    horizon = sheets.get("horizon")
    is_made = "shifts" not in sheets or not sheets["shifts"].rows
    worked = _clear_dates(sheets, ("availability", "demand") if is_made else ("shifts",))
    days: Sequence[date] = whole_weeks(worked)
    if horizon is not None and horizon.usable and len(horizon.rows) == 1:
        length = cells.read_whole(horizon.cell(0, "days") or "")
        if isinstance(length, int) and 1 <= length <= LONGEST * 10:
            horizon.days = _starts(worked, length)
            start = horizon.cell(0, "start") or ""
            first = cells.date_reader({start}, horizon.days)(start)
            if isinstance(first, date) and first <= date.max - timedelta(length):
                days = [first + timedelta(i) for i in range(length)]
    sessions = _sessions(sheets.get("opening" if is_made else "shifts"))
    for name, sheet in sheets.items():
        sheet.sessions = sessions
        if name != "horizon":
            sheet.days = days


def whole_weeks(worked: Sequence[date]) -> list[date]:
    """The days from the Monday before some dates to the Sunday after; none where they are many."""
    if not worked or min(worked).year < 1970 or max(worked).year > date.max.year - 1:
        return []
    start = min(worked) - timedelta(min(worked).weekday())
    length = (max(worked) - start).days // 7 * 7 + 7
    return [start + timedelta(i) for i in range(length)] if length <= LONGEST else []


def _clear_dates(sheets: Mapping[str, Sheet], tables: Iterable[str]) -> list[date]:
    """The different dates of tables that are clear without the days planned."""
    found: set[date] = set()
    for sheet in (sheets[name] for name in tables if name in sheets):
        texts = set(sheet.column("date") or ()) - {""}
        read = cells.date_reader(texts | (set(sheet.column("end_date") or ()) - {""}))
        found |= {day for day in map(read, texts) if isinstance(day, date)}
    return sorted(found)


def _starts(worked: Sequence[date], length: int) -> list[date]:
    """The days on which a horizon of some length may start, so that it holds all dates."""
    if not worked or min(worked) < date.min + timedelta(length):
        return []
    first = max(worked) - timedelta(length - 1)
    return [first + timedelta(i) for i in range((min(worked) - first).days + 1)]


def _sessions(sheet: Sheet | None) -> frozenset[Session]:
    """The different hours of shifts, of those that tell them without a word."""
    starts = (sheet.column("start") if sheet is not None else None) or []
    ends = (sheet.column("end") if sheet is not None else None) or []
    pairs = set(zip(starts, ends, strict=False))
    found = set()
    for start, end in pairs:
        hours = (cells.read_start(start), cells.read_time(end))
        span = cells.read_span(start) if end in ("", start) else None
        if isinstance(hours[0], timedelta) and isinstance(hours[1], timedelta):
            found.add((hours[0], hours[1]))
        elif span is not None and not isinstance(span, Bad):
            found.add(span)
    return frozenset(found)
