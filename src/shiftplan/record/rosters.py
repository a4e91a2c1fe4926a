"""Rosters of versions: whole ones from a store, others by the moves that made them.

(`Store`, versions) -> `Roster`s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import chain

from shiftplan.record.state import RecordState, Version
from shiftplan.record.store import Store
from shiftplan.week.roster import Change, Roster

KEPT_DRAFTS, KEPT_DAYS = 10, 30
"""Number of newest drafts, and of recent days, whose rosters are kept in the store."""
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


def prune(store: Store, state: RecordState) -> None:
    """Forget the rosters of old drafts that were never published, unless others need them."""
    soon, versions = datetime.now(UTC) - timedelta(days=KEPT_DAYS), state.versions.values()
    newest = {version.number for version in state.drafts.values()}
    drafts = [v for v in versions if v.told is None]
    newest |= {v.number for v in drafts[-KEPT_DRAFTS:]}
    kept = (v for v in versions if v.told or v.number in newest or v.entry.at >= soon)
    needed = {version.number for one in kept for version in state.chain(one.number)}
    if old := [v.number for v in drafts if v.number not in needed and v.draft.of is None]:
        store.prune(old)
