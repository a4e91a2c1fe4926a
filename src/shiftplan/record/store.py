"""Where entries are kept: what every store of records does.

`RecordEntry`s and rosters <-> a database.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from shiftplan.record.entries import Body, RecordEntry
from shiftplan.week.roster import Roster

Added = Sequence[tuple[Body, Roster | None]]
"""What is added to a record; a `Drafted` comes with its roster, unless moves lead to it."""
Make = Callable[[Sequence[RecordEntry]], Added]
"""All entries of the week, read under the lock -> what is added.

It may be called again when the connection to a server was lost."""


class Store(Protocol):
    """Entries of one week; many read at once, one writes at a time.

    Until something is added there need be no record: then it has no entries. Every method raises
    `InputError` for a record that cannot be read or written, is damaged, is not one, or lacks
    entries that this store read before, as when a backup was put in its place.
    """

    week: str
    """Name of the week."""
    has_others: bool
    """Whether it is made to keep several weeks, each under its name."""

    def entries(self, after: int = 0) -> list[RecordEntry]:
        """Entries with a higher number, in order."""

    def append(self, make: Make, *, who: str = "", why: str = "") -> list[RecordEntry]:
        """Add what `make` returns, all of it or nothing, durably; nobody else writes meanwhile.

        What `make` raises ends the transaction and comes through. Returns what was added.
        """

    def roster(self, version: int) -> Roster | None:
        """The roster of a version that is kept whole; None when it was pruned or never was."""

    def prune(self, versions: Sequence[int]) -> None:
        """Forget the rosters of these versions; their entries stay."""

    def close(self) -> None:
        """Let go of files and connections."""
