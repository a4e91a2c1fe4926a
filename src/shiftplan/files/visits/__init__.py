"""Logs of visits as offices have them: tables of their own, spreadsheets, exports of kiosks.

CSV files or workbooks -> `VisitHistory`, with everything that was found in them.
"""

from __future__ import annotations
