"""What everybody offered and did, week after week: the ledger, and the next week's history."""

from __future__ import annotations

from shiftplan.seasons.ledger.book import Ledger
from shiftplan.seasons.ledger.entries import (
    STATES,
    Entry,
    Lesson,
    LevelUp,
    Memory,
    State,
    Turnout,
    WorkedWeek,
)
from shiftplan.seasons.ledger.recording import as_worked
from shiftplan.seasons.ledger.totals import Totals
from shiftplan.seasons.ledger.training import LevelUpSuggestion

__all__ = [
    "STATES",
    "Entry",
    "Ledger",
    "Lesson",
    "LevelUp",
    "LevelUpSuggestion",
    "Memory",
    "State",
    "Totals",
    "Turnout",
    "WorkedWeek",
    "as_worked",
]
