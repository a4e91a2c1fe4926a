"""What the calendar of a person or a center says of each shift.

`Book` -> `Event`s, those of now and those that are cancelled.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from shiftplan.present.handouts.owners import Book, Owner
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.week.fields import one_line
from shiftplan.week.records import Shift
from shiftplan.week.roster import Roster

_SPACE = uuid.UUID("6f0e2a52-6a0b-5d0c-9d53-3a4f2f1c7b11")
_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Event:
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
    """Events of the owners of a book, in one language."""

    def __init__(self, book: Book, lang: Lang) -> None:
        self._book, self._words = book, TEXTS[lang]
        self._week = book.problem.horizon.start.isoformat()

    def of(self, owner: Owner, cancelled: Collection[str] = ()) -> Iterator[Event]:
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

    def earlier(self, owner: Owner, shift: Shift) -> Event:
        """What was said of a shift that people were told of before."""
        return self._event(owner, shift, self._book.before or Roster(), told=True)

    def _event(self, owner: Owner, shift: Shift, roster: Roster, *, told: bool) -> Event:
        book, words = self._book, self._words
        people = roster.people_in.get(shift.shift_id, ())
        center = book.center(shift.center_id)
        if owner.kind == "volunteer":
            mates = ", ".join(book.member(who) for who in people if who != owner.id)
            team = words["calendar with"].format(mates) if mates else words["calendar alone"]
            summary = words["calendar shift"].format(center)
        else:
            lines = [book.name_and_id(who) for who in people]
            team = "\n".join([words["calendar team"].format(len(people)), *lines])
            summary = words["calendar people"].format(len(people), center)
        code = words["calendar code"].format(one_line(shift.shift_id))
        return Event(
            self._uid(owner, shift), shift, summary, f"{team}\n{code}", cancelled=False, told=told
        )

    def _off(self, owner: Owner, shift: Shift) -> Event:
        words, center = self._words, self._book.center(shift.center_id)
        key = "calendar shift cancelled" if owner.kind == "volunteer" else "calendar cancelled"
        text = words["calendar not needed"]
        event = Event(self._uid(owner, shift), shift, "", text, cancelled=True, told=True)
        return replace(event, summary=words[key].format(center))

    def _uid(self, owner: Owner, shift: Shift) -> str:
        key = json.dumps([self._week, owner.kind, owner.id, shift.shift_id], ensure_ascii=False)
        return str(uuid.uuid5(_SPACE, key))
