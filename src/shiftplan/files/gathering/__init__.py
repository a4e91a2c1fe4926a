"""Many hands: one week from the workbooks, tables and folders of many teams.

Folder, decisions -> the week, or the faults and conflicts that keep it from being one.
"""

from __future__ import annotations

from shiftplan.files.gathering.assembling import ordered, rows_gone
from shiftplan.files.gathering.decisions import Clash, ClashKey, decisions_text
from shiftplan.files.gathering.gathered import USUAL, Delivered, Gathered, gather

__all__ = [
    "USUAL",
    "Clash",
    "ClashKey",
    "Delivered",
    "Gathered",
    "decisions_text",
    "gather",
    "ordered",
    "rows_gone",
]
