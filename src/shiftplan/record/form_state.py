"""What a record says of forms: valid links, what people handed in, what became of it.

`RecordEntry`s, in order -> `FormState`, a part of `RecordState`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime

from shiftplan.record.entries import Answered, Changed, RecordEntry, ShiftAnswer
from shiftplan.record.forms import Decided, HandedIn, Invitation, Invited
from shiftplan.week.owner import Owner
from shiftplan.week.roster import Assignment


@dataclass(frozen=True)
class HandIn:
    """What somebody handed in, and what became of it."""

    entry: RecordEntry
    """The entry."""
    body: HandedIn
    """What it says."""
    answers: tuple[ShiftAnswer, ...] = ()
    """What they answered about their shifts."""
    before: Mapping[str, str] = field(default_factory=dict)
    """Shift id -> the answer that theirs replaced."""
    decided: RecordEntry | None = None
    """The decision on times and wishes that wait; None before there is any."""
    swaps: Mapping[str, RecordEntry] = field(default_factory=dict)
    """Shift id -> the decision on giving it away."""

    def decision(self, shift_id: str | None = None) -> Decided | None:
        """What was decided on a swap, or on times and wishes; None before that."""
        found = self.decided if shift_id is None else self.swaps.get(shift_id)
        return found.body if found is not None and isinstance(found.body, Decided) else None


@dataclass
class FormState:
    """Everything that a record says of forms; `folding` adds to a copy of its own."""

    links: dict[Owner, tuple[RecordEntry, Invitation]] = field(default_factory=dict)
    """Owner -> the newest link and the entry that made it, even if it has expired."""
    hand_ins: dict[int, HandIn] = field(default_factory=dict)
    """Entry number -> what was handed in, oldest first."""
    sendings: dict[tuple[str, str], int] = field(default_factory=dict)
    """Volunteer id and what their form called a sending -> number of its entry."""
    newest: dict[str, int] = field(default_factory=dict)
    """Volunteer id -> number of the entry with what they handed in last."""
    stated: dict[str, int] = field(default_factory=dict)
    """Volunteer id -> number of the entry with the newest times and wishes."""
    asked: dict[Assignment, int] = field(default_factory=dict)
    """Assignment -> number of the entry that asks for a swap of it and is not decided."""
    swaps_of: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    """Volunteer id -> entry number and shift of each swap that they ask for, or take part in,
    oldest first."""
    own: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Volunteer id -> numbers of the entries with changes that count because of a form."""
    owners: dict[str, Owner] = field(default_factory=dict)
    """Digest of each newest link -> whose it is, even if it has expired."""
    last: tuple[str, int] = "", 0
    """Whose entry came last, and the number of the last that belongs to it."""

    def copy(self) -> FormState:
        """One that goes on alone."""
        later = copy(self)
        for name, value in vars(self).items():
            if isinstance(value, dict):
                setattr(later, name, value.copy())
        return later

    def owner_of(self, digest: str, at: datetime) -> Owner | None:
        """Whose link has a token with this digest; None if there is none, or it has expired."""
        owner = self.owners.get(digest)
        if owner is None:
            return None
        until = self.links[owner][1].until
        return owner if until is not None and at < until else None

    def waiting(self) -> Iterator[HandIn]:
        """Yield what waits for a decision on times and wishes, oldest first."""
        for number in sorted(self.stated.values()):
            hand_in = self.hand_ins[number]
            if "waits" in hand_in.body.weighed and hand_in.decided is None:
                yield hand_in

    def take(self, entry: RecordEntry, answers: Mapping[Assignment, ShiftAnswer]) -> None:
        """Add an entry; `answers`: those that held before it."""
        match entry.body:
            case Invited(links=links):
                for link in links:
                    self._invite(entry, link)
            case HandedIn() as body:
                self._hand_in(entry, body)
            case Decided() as body:
                self._decide(entry, body)
            case Answered(answers=said):
                for one in said:
                    self.asked.pop(Assignment.of(one), None)
                if entry.number <= self.last[1]:
                    self._answer(said, answers)
            case Changed() if entry.number <= self.last[1]:
                who = self.last[0]
                self.own[who] = (*self.own.get(who, ()), entry.number)

    def _invite(self, entry: RecordEntry, link: Invitation) -> None:
        if link.owner in self.links:
            self.owners.pop(self.links[link.owner][1].digest or "", None)
        self.links[link.owner] = entry, link
        if link.digest is not None:
            self.owners[link.digest] = link.owner

    def _hand_in(self, entry: RecordEntry, body: HandedIn) -> None:
        who = body.volunteer_id
        self.last = who, entry.number + body.parts
        self.hand_ins[entry.number] = HandIn(entry, body)
        self.sendings[who, body.form] = self.newest[who] = entry.number
        if body.times or body.wishes:
            self.stated[who] = entry.number
        for swap in body.swaps:
            pair = Assignment(swap.shift_id, who)
            self.asked[pair] = entry.number
            self._concern(who, entry.number, swap.shift_id)

    def _concern(self, who: str, entry: int, shift_id: str) -> None:
        self.swaps_of[who] = (*self.swaps_of.get(who, ()), (entry, shift_id))

    def _decide(self, entry: RecordEntry, body: Decided) -> None:
        hand_in = self.hand_ins.get(body.entry)
        if hand_in is None:
            return
        who = hand_in.body.volunteer_id
        self.last = who, entry.number + body.parts
        if body.shift_id is None:
            self.hand_ins[body.entry] = replace(hand_in, decided=entry)
            return
        swaps = {**hand_in.swaps, body.shift_id: entry}
        self.hand_ins[body.entry] = replace(hand_in, swaps=swaps)
        if body.taker is not None:
            self._concern(body.taker, body.entry, body.shift_id)
        pair = Assignment(body.shift_id, who)
        if self.asked.get(pair) == body.entry:
            del self.asked[pair]

    def _answer(
        self, said: tuple[ShiftAnswer, ...], answers: Mapping[Assignment, ShiftAnswer]
    ) -> None:
        number = next(reversed(self.hand_ins))  # a decision has no answers
        pairs = (Assignment.of(one) for one in said)
        before = {p.shift_id: answers[p].answer for p in pairs if p in answers}
        hand_in = replace(self.hand_ins[number], answers=said, before=before)
        self.hand_ins[number] = hand_in
