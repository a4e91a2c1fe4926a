"""The next week, made from one that was worked: new dates, holidays, and history carried on."""

from __future__ import annotations

from shiftplan.seasons.rollover.new_week import NewWeek, new_week
from shiftplan.seasons.rollover.shifts import ClosedDay, FilledDay

__all__ = ["ClosedDay", "FilledDay", "NewWeek", "new_week"]
