"""The publication of a version: whether it is allowed, and what changes for whom.

(`CurrentWeek`, `Version`, `Roster`) -> the entry `Told`, or why not; `Publication`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from shiftplan.analysis.repair.notices import Notice
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.changes import possible
from shiftplan.problem.known_ids import known_part
from shiftplan.record.current import CurrentWeek
from shiftplan.record.doubts import doubts_about
from shiftplan.record.entries import Drafted, RecordEntry, Sent, Told, Withdrawn
from shiftplan.record.folding import revoked_by
from shiftplan.record.state import ANY_WEEK, RecordState, Version, record_error
from shiftplan.record.store import Added
from shiftplan.week.owner import Owner
from shiftplan.week.records import Shift, moved_shifts
from shiftplan.week.roster import Roster


@dataclass(frozen=True)
class Publication:
    """A published version."""

    week: CurrentWeek
    """The week before the publication; its `known` is what people knew then."""
    version: Version
    """The version."""
    roster: Roster
    """Its roster."""
    notices: tuple[Notice, ...]
    """What changes for whom, compared with what they knew; empty if they knew nothing."""

    @property
    def problem(self) -> Problem:
        """The week in which it was published."""
        return self.week.problem

    @property
    def people(self) -> frozenset[str]:
        """Ids of the people for whom something changes; everybody in it if they knew nothing."""
        return self.week.people_changed(self.roster)

    @property
    def before_shifts(self) -> Mapping[str, Shift]:
        """Id -> the shift as people knew it."""
        return self.week.state.shifts_told

    @property
    def missing(self) -> tuple[str, ...]:
        """Ids of people who knew of shifts but are no longer in the week, nor is their name."""
        known = () if self.week.known is None else self.week.known.shifts_of
        return tuple(sorted(who for who in known if who not in self.problem.volunteer_by_id))

    @property
    def called_off(self) -> Roster:
        """Shifts that reserves agreed to on the phone and that neither roster has.

        No message tells these reserves, who have none that they could compare; they are called.
        """
        known = self.week.known or Roster()
        pairs = self.week.called_in.assignments
        return Roster.of(p for p in pairs if p not in self.roster and p not in known)


def unsent(
    week: CurrentWeek,
    entries: Iterable[RecordEntry],
    roster: Callable[[int], Roster | None],
    *,
    even_if_none: bool = False,
) -> tuple[Owner, ...]:
    """People and centers whose newest message, as far as the record shows, was not sent.

    Empty if no message was ever recorded as sent: then nothing is known.

    Parameters
    ----------
    week
        The week as it is now.
    entries
        All entries of its record up to now.
    roster
        Finds the roster of a version; what one that it does not find changed is left out.
    even_if_none
        Return all of them even if no message was recorded as sent.
    """
    added = tuple(entries)
    revoked = revoked_by(added)
    newest: dict[Owner, int] = {}
    for number, owners in owners_told(week, added, roster):
        newest |= dict.fromkeys(owners, number)
    told_by: dict[int, int] = {}
    reached: dict[Owner, int] = {}
    for entry in added:
        if isinstance(entry.body, Told | Withdrawn):
            told_by[entry.body.version] = entry.number
        elif isinstance(entry.body, Sent) and entry.number not in revoked:
            reached |= dict.fromkeys(entry.body.to, told_by.get(entry.body.version, 0))
    if not (reached or even_if_none):
        return ()
    known = {"volunteer": week.problem.volunteer_by_id, "center": week.problem.center_by_id}
    left = (o for o, last in newest.items() if reached.get(o, 0) < last and o.id in known[o.kind])
    return tuple(sorted(left, key=lambda owner: (owner.kind == "center", owner.id)))


def people_told(
    week: CurrentWeek, entries: Iterable[RecordEntry], roster: Callable[[int], Roster | None]
) -> Mapping[int, int]:
    """Number of an entry that told a version -> for how many people it was different.

    Parameters
    ----------
    week
        The week as it is now.
    entries
        All entries of its record, oldest first.
    roster
        Finds the roster of a version.
    """
    told = owners_told(week, entries, roster)
    return {entry: sum(owner.kind == "volunteer" for owner in owners) for entry, owners in told}


def owners_told(
    week: CurrentWeek, entries: Iterable[RecordEntry], roster: Callable[[int], Roster | None]
) -> Iterator[tuple[int, set[Owner]]]:
    """Yield numbers of entries that told or withdrew a version, and for whom it was different."""
    known: Roster | None = week.known_at_first
    shifts: Mapping[str, Shift] = {}
    for entry in entries:
        before, old = known, shifts
        match entry.body:
            case Told(version=version, shifts=rows):
                known, shifts = roster(version), {shift.shift_id: shift for shift in rows}
            case Withdrawn():
                known, shifts = Roster(), {}
            case _:
                continue
        if before is not None and known is not None:
            now = {**week.problem.shift_by_id, **shifts}
            yield entry.number, owners_changed(before, old, known, now)


def owners_changed(
    before: Roster, old: Mapping[str, Shift], after: Roster, shifts: Mapping[str, Shift]
) -> set[Owner]:
    """People and centers for whom a roster is different; `old`, `shifts`: the shifts of each."""
    found = set[Owner]()
    for change in before.changes_to(after, moved_shifts(old, shifts)):
        where, who = change.assignment
        shift = shifts.get(where) if change.added else old.get(where, shifts.get(where))
        found.add(Owner("volunteer", who))
        if shift is not None:
            found.add(Owner("center", shift.center_id))
    return found


def is_told(week: CurrentWeek, roster: Roster) -> bool:
    """Whether people know just this roster, with its times and places, and it is still possible."""
    if week.told is None or roster != week.told or possible(week.problem, roster) != roster:
        return False
    return not moved_shifts(week.state.shifts_told, week.problem.shift_by_id)


def chosen(state: RecordState, version: int | None) -> Version:
    """The version asked for, or else the newest draft.

    InputError if there is none, or something else was published since it was made.
    """
    found = state.draft if version is None else state.need(version)
    if found is None:
        raise state.lacking("record.no_draft" if state.versions else "record.no_versions")
    told = state.version_told
    if found.number == told:
        raise record_error("outdated", "record.told_already", version=told)
    if found.draft.after != told:
        code = "record.outdated" if told else "record.outdated_withdrawn"
        raise record_error("outdated", code, version=found.number, told=told)
    return found


def told_entry(
    week: CurrentWeek,
    draft: Drafted,
    roster: Roster,
    deadline: datetime | None,
    *,
    even_if_poor: bool,
) -> Told:
    """The entry of a publication; InputError if there are doubts about the roster."""
    doubts = () if even_if_poor else tuple(doubts_about(week, roster, draft))
    if doubts:
        is_possible = len(possible(week.problem, roster)) == len(roster)
        code = "record.even_if_poor" if is_possible else "record.undo_or_anyway"
        remedy = Message(code, version=draft.version, week=ANY_WEEK)
        raise InputError(
            Fault("not_to_be_told", "", message=message, remedy=remedy) for message in doubts
        )
    shifts = (week.problem.shift_by_id.get(shift_id) for shift_id in roster.people_in)
    known = sorted(filter(None, shifts), key=lambda shift: (shift.start, shift.shift_id))
    plain = (shift.model_copy(update={"extra": ()}) for shift in known)
    return Told(
        version=draft.version,
        shifts=tuple(plain),
        deadline=deadline,
        even_if_poor=even_if_poor,
    )


def told_elsewhere(
    week: CurrentWeek, state: RecordState, draft: Drafted, roster: Roster, known: Roster | None
) -> Added:
    """The entries of a roster that people know although it was not published from here.

    `known`: the roster that the record says people know. Nothing is added if it is the same;
    InputError if it is another.
    """
    if known is None:
        draft = state.as_next(draft)
        told = told_entry(week, draft, roster, None, even_if_poor=True)
        told = told.model_copy(update={"even_if_poor": False})  # nobody here had any doubts
        return [(draft, roster), (told, None)]
    if known_part(week.problem, known) != roster:
        raise record_error("outdated", "record.another_told", version=state.version_told)
    return ()


def published(week: CurrentWeek, version: Version, roster: Roster) -> Publication:
    """What a publication changes for people; `week` is as it was before it."""
    notices = () if week.known is None else week.notices(roster)
    return Publication(week, version, roster, notices)
