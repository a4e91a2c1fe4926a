"""Rosters of versions: whole ones from a store, others by the moves that made them.

(`Store`, versions) -> `Roster`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from shiftplan.record.state import Version
from shiftplan.record.store import Store
from shiftplan.week.roster import Change, Roster

_KEPT = 32
"""Rosters kept in memory, those used last; one of An Giang takes about 30 kB, or 300 kB with what
is looked up in it."""


class Rosters:
    """Finds rosters of the versions of one record."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[int, Roster] = {}

    def find(self, version: int, versions: Mapping[int, Version]) -> Roster | None:
        """The roster of a version; None if it was pruned, or there is no such version."""
        moves: list[Iterable[Change]] = []
        at, found = version, self._kept.get(version)
        while found is None:
            made = versions.get(at)
            if made is None or made.draft.of is None:
                found = self._store.roster(at)
                break
            moves.append(made.draft.moves)
            at = made.draft.of
            found = self._kept.get(at)
        if found is None:
            return None
        if moves:
            found = found.after(chain.from_iterable(reversed(moves)))
        self._kept.pop(version, None)
        self._kept[version] = found
        if len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        return found
