"""Small provinces for opening hours: rows as short text, centers of each kind, shifts as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from shiftplan.seasons.opening import Days, Hours, MadeShifts, make_shifts
from shiftplan.seasons.rollover.workdays import Workdays
from shiftplan.week.fields import WEEKDAYS
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import Center

MONDAY = dt.date(2026, 12, 7)
WEEK = Horizon(start=MONDAY, days=7, country="none")
TOWN = Center(center_id="T", type="phường")
ISLE = Center(center_id="I", type="xã", minority_area=True, remote_area=True, groups=("island",))
BORDER = Center(center_id="B", type="xã", groups=("border", "island"))


def days(text: str) -> Days:
    """Weekdays such as `mon|tue`, numbers of dates after the Monday such as `+1`, or blank."""
    parts = text.split("|") if text else []
    dates = [MONDAY + dt.timedelta(int(p)) for p in parts if p.startswith("+")]
    return Days(weekdays=[p for p in parts if p in WEEKDAYS], dates=dates)


def hours(text: str, where: str = "", on: str = "", **more: str) -> Hours:
    """A session such as `7-11`."""
    start, end = (dt.time(int(part) % 24) for part in text.split("-"))
    return Hours(where=where, days=days(on), start=start, end=end, **more)


def made(
    rows: Sequence[Hours],
    centers: Sequence[Center] = (TOWN,),
    workdays: Workdays | None = None,
    horizon: Horizon = WEEK,
) -> MadeShifts:
    return make_shifts(rows, centers, horizon, workdays)


def told(found: MadeShifts, center: str = "T") -> str:
    """Weekday and hours of a center's shifts, such as `mon 7-11`."""
    own = [shift for shift in found.shifts if shift.center_id == center]
    texts = (f"{WEEKDAYS[s.day.weekday()]} {s.start.hour}-{s.end.hour or 24}" for s in own)
    return ", ".join(texts)
