"""Whom an entry of a record is about: people, shifts and centers.

`RecordEntry`s -> `Concerned`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from shiftplan.files.lists.change_cells import content_of
from shiftplan.record.current import CurrentWeek
from shiftplan.record.entries import (
    Answered,
    Attended,
    Called,
    Changed,
    Drafted,
    Held,
    RecordEntry,
    Revoked,
    Sent,
    Told,
    Withdrawn,
)
from shiftplan.record.forms import Decided, HandedIn, Invited
from shiftplan.record.telling import owners_told
from shiftplan.week.owner import Owner
from shiftplan.week.roster import Assignment, Roster


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom an entry is about; nobody in particular where a whole roster was made."""

    people: frozenset[str]
    """Ids of people."""
    centers: frozenset[str]
    """Ids of centers, also of those of its shifts."""


def concerned_by(
    week: CurrentWeek, entries: Sequence[RecordEntry], roster: Callable[[int], Roster | None]
) -> Callable[[RecordEntry], Concerned]:
    """Make what finds whom an entry is about.

    A publication is about those for whom it was different, a revocation about those of the entry
    that it revokes.

    Parameters
    ----------
    week
        The week as it is now.
    entries
        All entries of its record, oldest first.
    roster
        Finds the roster of a version.
    """
    told = dict(owners_told(week, entries, roster))
    known = {entry.number: entry for entry in entries}
    at = {s.shift_id: s.center_id for s in week.problem.shifts}

    def find(entry: RecordEntry) -> Concerned:
        match entry.body:
            case Revoked(entry=number) if number in known:
                return find(known[number])
            case Told() | Withdrawn():
                return _of_owners(told.get(entry.number, ()))
            case Sent(to=to):
                return _of_owners(to)
            case Invited(links=links):
                return _of_owners([link.owner for link in links])
            case HandedIn() as body:
                return _of_rows([body, *body.swaps], at)
            case Decided(entry=number) as body:
                asked = find(known[number]) if number in known else _of_owners(())
                given = (body.shift_id, body.takes)
                pairs = [Assignment(shift_id or "", body.taker or "") for shift_id in given]
                made = _of_rows(pairs, at)
                return Concerned(asked.people | made.people, asked.centers | made.centers)
            case Changed(changes=changes):
                return _of_rows([content_of(change) for change in changes], at)
            case Answered(answers=rows) | Called(calls=rows) | Attended(turnouts=rows):
                return _of_rows(rows, at)
            case Drafted(moves=moves):
                return _of_rows([move.assignment for move in moves], at)
            case Held(on=on, off=off):
                return _of_rows([*on, *off], at)
            case _:
                return _of_owners(())

    return find


def _of_owners(owners: Collection[Owner]) -> Concerned:
    people = frozenset(owner.id for owner in owners if owner.kind == "volunteer")
    return Concerned(people, frozenset(owner.id for owner in owners if owner.kind == "center"))


def _of_rows(rows: Sequence[object], at: Mapping[str, str]) -> Concerned:
    """Those named by rows of any kind, by their fields."""
    people, shifts, centers = (
        {str(value) for row in rows if (value := getattr(row, field, None))}
        for field in ("volunteer_id", "shift_id", "center_id")
    )
    centers |= {at[shift] for shift in shifts if shift in at}
    return Concerned(frozenset(people), frozenset(centers))
