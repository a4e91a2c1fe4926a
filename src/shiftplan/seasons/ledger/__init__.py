"""What everybody offered and did, week after week: the ledger, and the next week's history."""

from __future__ import annotations

from shiftplan.seasons.ledger.book import Ledger as Ledger
from shiftplan.seasons.ledger.entries import STATES as STATES
from shiftplan.seasons.ledger.entries import Entry as Entry
from shiftplan.seasons.ledger.entries import Lesson as Lesson
from shiftplan.seasons.ledger.entries import LevelUp as LevelUp
from shiftplan.seasons.ledger.entries import Memory as Memory
from shiftplan.seasons.ledger.entries import State as State
from shiftplan.seasons.ledger.entries import Turnout as Turnout
from shiftplan.seasons.ledger.entries import WorkedWeek as WorkedWeek
from shiftplan.seasons.ledger.recording import as_worked as as_worked
from shiftplan.seasons.ledger.totals import Totals as Totals
from shiftplan.seasons.ledger.training import LevelUpSuggestion as LevelUpSuggestion
