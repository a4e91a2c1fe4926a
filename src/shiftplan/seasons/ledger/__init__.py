"""The ledger: what everybody offered and did, week after week, and what follows for the next.

Recorded weeks -> `Ledger` -> `History` of the next week, totals of people, suggested level-ups.
"""

from __future__ import annotations

from shiftplan.seasons.ledger.book import Ledger
from shiftplan.seasons.ledger.entries import (
    RESERVES,
    STATES,
    Entry,
    Lesson,
    LevelUp,
    LevelUpSuggestion,
    Memory,
    State,
    Turnout,
    WorkedWeek,
)
from shiftplan.seasons.ledger.recording import as_worked
from shiftplan.seasons.ledger.totals import Totals

__all__ = ["RESERVES", "STATES", "Entry", "Ledger", "Lesson", "LevelUp", "LevelUpSuggestion"]
__all__ += ["Memory", "State", "Totals", "Turnout", "WorkedWeek", "as_worked"]
