"""A record whose clock is set by hand, for weeks that are lived faster than they pass.

Bodies, a moment -> `RecordEntry`s made at that moment.
"""

from __future__ import annotations

import datetime as dt

from shiftplan.record.entries import RecordEntry
from shiftplan.record.memory import MemoryStore
from shiftplan.record.store import Make


class TimedStore(MemoryStore):
    """A record in memory whose entries are made at the moment that is set."""

    def __init__(self, now: dt.datetime) -> None:
        super().__init__()
        self.now = now
        self._at: dict[int, dt.datetime] = {}

    def entries(self, after: int = 0) -> list[RecordEntry]:
        """Entries with a higher number, in order."""
        return [self._timed(entry) for entry in super().entries(after)]

    def append(self, make: Make, *, who: str = "", why: str = "") -> list[RecordEntry]:
        """Add what `make` returns."""
        added = super().append(make, who=who, why=why)
        self._at |= {entry.number: self.now for entry in added}
        return [self._timed(entry) for entry in added]

    def _timed(self, entry: RecordEntry) -> RecordEntry:
        return entry.model_copy(update={"at": self._at[entry.number].astimezone(dt.UTC)})
