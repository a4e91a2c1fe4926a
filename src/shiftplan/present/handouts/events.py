"""What the calendar of a person or a center says of each shift.

`Book` -> `CalendarEvent`s, those of now and those that are cancelled; how often each was changed:
`Revisions`, kept beside the files -> the next version's sequence numbers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field

from shiftplan.present.handouts.owners import Book, Owner
from shiftplan.week.fields import Frozen, one_line
from shiftplan.week.records import Shift
from shiftplan.week.roster import Roster

MOST_SEQUENCE = 2_000_000_000
"""Calendar programs keep sequence numbers in 32 bits."""
_SPACE = uuid.UUID("6f0e2a52-6a0b-5d0c-9d53-3a4f2f1c7b11")
_LENGTH = 32


def _in_seconds(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(microsecond=0)


class Revision(Frozen):
    """What was last said of one shift of one person or center."""

    sequence: int = Field(ge=0, le=MOST_SEQUENCE)
    """How often it was changed; calendar programs keep what has the highest number."""
    content: str = Field(max_length=100)
    """Fingerprint of what was said."""
    modified: Annotated[AwareDatetime, AfterValidator(_in_seconds)]
    """When it was said first."""
    cancelled: tuple[Literal["volunteer", "center"], str, str] | None = None
    """Kind and id of the owner and id of the shift, where the shift was cancelled."""


class Revisions(Frozen):
    """What the calendars of one week said last."""

    week: dt.date
    """First date of the week."""
    events: Mapping[str, Revision] = {}
    """Identifier of the event -> what was said of it."""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """What a calendar says of one shift."""

    uid: str
    """Identifier, made of the week, the owner and the shift; never of names or times."""
    shift: Shift
    """The shift."""
    summary: str
    """Title, one line."""
    description: str
    """Who works it, lines."""
    cancelled: bool
    """Whether it says that the shift is not to be worked."""
    told: bool
    """Whether people were told of the shift before."""

    @property
    def content(self) -> str:
        """Fingerprint of what is said."""
        shift = self.shift
        said = [str(shift.start), str(shift.end), shift.center_id, self.summary, self.description]
        text = json.dumps([*said, self.cancelled], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]


class Events:
    """Events of the owners of a book."""

    def __init__(self, book: Book) -> None:
        self._book, self._say = book, book.names.say
        self._week = book.problem.horizon.start.isoformat()

    def of(self, owner: Owner, cancelled: Collection[str] = ()) -> Iterator[CalendarEvent]:
        """Yield events in order of time, then those that are cancelled.

        `cancelled`: ids of shifts that were cancelled in earlier versions.
        """
        book = self._book
        told = set() if book.before is None else book.shifts_of(owner, book.before)
        now = book.shifts_of(owner, book.roster)
        for shift in book.in_time(now):
            yield self._event(owner, shift, book.roster, told=shift.shift_id in told)
        gone = (told | set(cancelled)) - now
        for shift in book.in_time(gone & book.shifts.keys()):
            yield self._off(owner, shift)

    def earlier(self, owner: Owner, shift: Shift) -> CalendarEvent:
        """What was said of a shift that people were told of before."""
        return self._event(owner, shift, self._book.before or Roster(), told=True)

    def _event(self, owner: Owner, shift: Shift, roster: Roster, *, told: bool) -> CalendarEvent:
        book, say = self._book, self._say
        people = roster.people_in.get(shift.shift_id, ())
        center = book.names.center(shift.center_id)
        if owner.kind == "volunteer":
            mates = book.team(who for who in people if who != owner.id)
            team = say("calendar.with", names=mates) if mates else say("calendar.alone")
            summary = say("calendar.shift", center=center)
        else:
            lines = map(book.names.person, people)
            team = "\n".join([say("calendar.team", n=len(people)), *lines])
            summary = say("calendar.people", n=len(people), center=center)
        code = say("calendar.code", id=one_line(shift.shift_id))
        uid = self._uid(owner, shift)
        return CalendarEvent(uid, shift, summary, f"{team}\n{code}", cancelled=False, told=told)

    def _off(self, owner: Owner, shift: Shift) -> CalendarEvent:
        say, center = self._say, self._book.names.center(shift.center_id)
        key = "shift_cancelled" if owner.kind == "volunteer" else "cancelled"
        summary, text = say(f"calendar.{key}", center=center), say("calendar.not_needed")
        return CalendarEvent(
            self._uid(owner, shift), shift, summary, text, cancelled=True, told=True
        )

    def _uid(self, owner: Owner, shift: Shift) -> str:
        key = json.dumps([self._week, owner.kind, owner.id, shift.shift_id], ensure_ascii=False)
        return str(uuid.uuid5(_SPACE, key))
