"""A roster as a workbook that coordinators print and hang up: a sheet for each view.

(`Problem`, `Roster`, the roster before) -> roster.xlsx. openpyxl is imported only to write it.
"""

from __future__ import annotations

from shiftplan.present.sheets.book import write_roster_workbook

__all__ = ["write_roster_workbook"]
