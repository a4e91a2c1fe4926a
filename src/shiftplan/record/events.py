"""What is recorded, as news for programs: figures and ids, never names, phones or contacts.

`RecordEntry`s -> `RecordEvent`s -> listeners, and the hooks of operators.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from shiftplan.files.lists.change_cells import content_of
from shiftplan.record.current import CurrentWeek
from shiftplan.record.entries import (
    Answered,
    Attended,
    Called,
    Changed,
    Drafted,
    RecordEntry,
    Sent,
    Told,
    Withdrawn,
)
from shiftplan.record.forms import HandedIn, Invited
from shiftplan.record.hooks import EventKind, hand_over, hooks_file
from shiftplan.record.state import RecordState
from shiftplan.week.fields import Frozen
from shiftplan.week.records import moved_shifts
from shiftplan.week.roster import Roster

log = logging.getLogger("shiftplan")


class RecordEvent(Frozen):
    """One thing that happened to a week."""

    event: EventKind
    """What happened."""
    week: str
    """Name of the week; empty for one without a record that is kept."""
    entry: int | None = None
    """Number of the entry in its record; None when nothing was recorded."""
    at: datetime
    """When, in UTC."""
    who: str = ""
    """Who did it, as the caller said."""
    why: str = ""
    """Why, as the caller said; of `failed` the status of the result, or the failure of a batch."""
    version: int | None = None
    """Version that it is about."""
    seats: int | None = None
    """Seats of that version's week, of all requirements."""
    filled: int | None = None
    """Of these, seats filled."""
    cost: int | None = None
    """Total cost of that version; None when it breaks hard rules."""
    changes: int | None = None
    """Assignments taken away from what people knew, or added; those in shifts that moved are both.
    Of other entries, how many changes, answers, calls, turnouts or messages were recorded."""
    people: tuple[str, ...] = ()
    """Ids of the people concerned, sorted."""


Listener = Callable[[RecordEvent], object]


class Listeners:
    """Whom events are sent to; hooks get only those of weeks whose record is stored."""

    def __init__(self, *, is_kept: bool) -> None:
        self._all: list[Listener] = []
        self._is_kept = is_kept
        self._of_thread = threading.local()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with each event from now on; returns how to end that."""
        self._all.append(listener)
        return lambda: self._all.remove(listener)

    @contextmanager
    def later(self) -> Iterator[None]:
        """Tell what this thread has to tell at the end, when the locks inside are free."""
        if self._waiting is not None:
            yield
            return
        waiting: list[Iterable[RecordEvent]] = []
        self._of_thread.waiting = waiting
        try:
            yield
        finally:
            self._of_thread.waiting = None
            for events in waiting:
                self.tell(events)

    @property
    def _waiting(self) -> list[Iterable[RecordEvent]] | None:
        """What this thread tells later; None where it tells at once."""
        return getattr(self._of_thread, "waiting", None)

    def tell(self, events: Iterable[RecordEvent]) -> None:
        """Tell all of events, which are only made if anybody listens.

        Errors are logged; they stop neither other listeners nor the caller.
        """
        if self._waiting is not None:
            self._waiting.append(events)
            return
        listeners, hooks = tuple(self._all), hooks_file() if self._is_kept else None
        if not listeners and hooks is None:
            return
        made: list[RecordEvent] = []
        try:
            try:
                for event in events:
                    made.append(event)
                    for listener in listeners:
                        _call(listener, event)
            finally:
                if hooks is not None and made:  # together: each handing over starts a process
                    hand_over([(one.event, one.model_dump_json()) for one in made], hooks)
        except Exception:
            log.exception("events of the record cannot be told")


def _call(listener: Listener, event: RecordEvent) -> None:
    try:
        listener(event)
    except Exception:
        log.exception("a listener to the record failed at the event %s", event.event)


def events_of(
    name: str,
    roster: Callable[[int], Roster | None],
    added: Sequence[RecordEntry],
    before: RecordState,
    week: CurrentWeek | None = None,
) -> Iterator[RecordEvent]:
    """Events of entries that were added to a record.

    Parameters
    ----------
    name
        Name of the week.
    roster
        Finds the roster of a version; None for one that is no longer kept.
    added
        The entries, in order.
    before
        What the record said before them.
    week
        The week after them. None where only its record is known: what its files say people know at
        first, and shifts that moved since people were told them, are unknown then.
    """
    told_now = (shift for e in added if isinstance(e.body, Told) for shift in e.body.shifts)
    shifts = {} if week is None else dict(week.problem.shift_by_id)
    shifts |= {shift.shift_id: shift for shift in told_now}
    first = Roster() if week is None or before.times_told else week.known_at_first
    drafts = {number: version.draft for number, version in before.versions.items()}
    told, known = before.version_told, before.shifts_told
    for entry in added:
        body = entry.body
        figures: dict[str, Any] = {}
        if isinstance(body, Drafted):
            drafts[body.version] = body
        version = body.version if isinstance(body, Drafted | Told | Withdrawn | Sent) else None
        if version is not None and version in drafts:
            draft = drafts[version]
            figures = {"seats": draft.seats, "filled": draft.filled, "cost": draft.cost}
        moved = moved_shifts(known, shifts)
        number, people = _concerned(roster, entry, told or first, moved)
        by_moves = isinstance(body, Drafted) and body.of is not None
        yield RecordEvent(
            event="moved" if by_moves else body.kind,
            week=name,
            entry=entry.number,
            at=entry.at,
            who=entry.who,
            why=entry.why,
            version=version,
            changes=number,
            people=tuple(sorted(people)),
            **figures,
        )
        if isinstance(body, Told | Withdrawn):
            told, first = (body.version if isinstance(body, Told) else None), Roster()
            known = {s.shift_id: s for s in body.shifts} if isinstance(body, Told) else {}


def _concerned(
    roster: Callable[[int], Roster | None],
    entry: RecordEntry,
    told: int | Roster,
    moved: Collection[str],
) -> tuple[int | None, set[str]]:
    """How much an entry says, and whom it concerns."""
    match entry.body:
        case Drafted(version=version) | Told(version=version):
            known = told if isinstance(told, Roster) else roster(told)
            return _differences(known, roster(version), moved)
        case Withdrawn(version=version):
            return _differences(roster(version), Roster())
        case Changed(changes=changes):
            ids = {getattr(content_of(change), "volunteer_id", "") for change in changes}
            return len(changes), ids - {""}
        case Answered(answers=rows) | Called(calls=rows) | Attended(turnouts=rows):
            return len(rows), {row.volunteer_id for row in rows}
        case Invited(links=links):
            return len(links), {link.owner.id for link in links if link.owner.kind == "volunteer"}
        case HandedIn(volunteer_id=who):
            return None, {who}
        case Sent(to=to):
            return len(to), {one.id for one in to if one.kind == "volunteer"}
        case _:
            return None, set()


def _differences(
    one: Roster | None, other: Roster | None, moved: Collection[str] = ()
) -> tuple[int | None, set[str]]:
    if one is None or other is None:  # one of them was pruned
        return None, set()
    found = [*one.changes_to(other, moved)]
    return len(found), {change.assignment.volunteer_id for change in found}
