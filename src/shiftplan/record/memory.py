"""Entries kept in memory, for a week that has no files.

Bodies -> `RecordEntry`s, as other stores keep them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence

from shiftplan.record.entries import Drafted, RecordEntry, numbered
from shiftplan.record.store import Make
from shiftplan.week.roster import Roster


class MemoryStore:
    """A record that ends with its process.

    `entries`, `rosters`: what it begins with; rosters by version.
    """

    has_others = False

    def __init__(
        self,
        week: str = "",
        entries: Iterable[RecordEntry] = (),
        rosters: Mapping[int, Roster] | None = None,
    ) -> None:
        self.week = week
        self._entries, self._rosters = list(entries), dict(rosters or {})
        self._lock = threading.RLock()

    def entries(self, after: int = 0) -> list[RecordEntry]:
        """Entries with a higher number, in order."""
        with self._lock:
            return self._entries[after:]

    def append(self, make: Make, *, who: str = "", why: str = "") -> list[RecordEntry]:
        """Add what `make` returns, all of it or nothing."""
        with self._lock:
            made = make(tuple(self._entries))
            added = numbered((body for body, _ in made), len(self._entries), who, why)
            self._entries += added
            for body, roster in made:
                if isinstance(body, Drafted) and roster is not None:
                    self._rosters[body.version] = roster
            return added

    def roster(self, version: int) -> Roster | None:
        """The roster of a version that is kept whole; None when it was pruned or never was."""
        return self._rosters.get(version)

    def prune(self, versions: Sequence[int]) -> None:
        """Forget the rosters of these versions."""
        with self._lock:
            for version in versions:
                self._rosters.pop(version, None)

    def close(self) -> None:
        """Nothing is held outside the process."""
