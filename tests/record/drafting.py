"""Drafts and other entries that tests add to a record."""

from __future__ import annotations

from collections.abc import Sequence

from shiftplan.record.entries import Body, Drafted, RecordEntry
from shiftplan.record.store import Make
from shiftplan.week.roster import Roster


def draft(version: int) -> tuple[Drafted, Roster]:
    return Drafted(version=version, made_by="plan"), Roster.of([(f"s{version}", "An")])


def drafts(number: int = 1) -> Make:
    """Add drafts after those that are there."""

    def make(before: Sequence[RecordEntry]) -> list[tuple[Body, Roster | None]]:
        last = sum(entry.body.kind == "drafted" for entry in before)
        return [draft(last + i) for i in range(1, number + 1)]

    return make


def only(*found: Body) -> Make:
    """Add these entries, without rosters."""
    return lambda _: [(body, None) for body in found]
