"""Links to forms, what people hand in by them, and the decisions on it, as entries.

(`LiveWeek`, what a form says) -> entries of the record; the week counts them at its next refresh.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from threading import Lock

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem.changes import AnyChange
from shiftplan.problem.known_ids import unknown_owners
from shiftplan.record.current import CurrentWeek
from shiftplan.record.entries import Answered, Body, Changed, RecordEntry, Revoked, ShiftAnswer
from shiftplan.record.folding import state_after, state_of
from shiftplan.record.forms import HandedIn, Invitation, Invited
from shiftplan.record.live import LiveWeek
from shiftplan.record.refusals import refused
from shiftplan.record.state import RecordState
from shiftplan.record.store import Added
from shiftplan.record.weighing import AsItStands, as_it_stands
from shiftplan.week.owner import Owner
from shiftplan.week.records import Shift, is_same
from shiftplan.week.roster import Assignment, Roster

_TOKEN_BYTES = 24
"""Random bytes of a token: 192 bits."""
_LONGEST_TOKEN = 200


class _ToldMeanwhileError(Exception):
    """Something was published while something else was about to be added."""


def digest_of(token: str) -> str:
    """The digest by which a token is known."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class Collecting:
    """What people hand in to one week, and what becomes of it.

    It reads the record by itself and adds to it without making the week anew, so that many people
    can answer at once: `LiveWeek.refresh` counts it later. May be used by several threads.
    """

    def __init__(self, week: LiveWeek) -> None:
        self.week = week
        self._state = week.now.state
        self._told: dict[int, Roster | None] = {0: None}
        self._lock = Lock()

    # ---- what there is

    def state(self) -> RecordState:
        """What the record says by now."""
        with self._lock:
            self._state = self.week.state_since(self._state)
            return self._state

    def owner_of(self, token: str, at: datetime | None = None) -> Owner | None:
        """Whose form a token opens; None if it is unknown, taken back, replaced or expired."""
        if len(token) > _LONGEST_TOKEN:
            return None
        return self.state().forms.owner_of(digest_of(token), at or datetime.now(UTC))

    def told(self, state: RecordState) -> Roster | None:
        """The published roster; None if there is none."""
        version = state.version_told or 0
        if version not in self._told:
            self._told[version] = self.week.told_in(state)
        return self._told[version]

    def stands(self, now: CurrentWeek, state: RecordState, who: str) -> AsItStands:
        """When somebody can come, and their wishes, as they stand.

        `now`: the week as it was made last, whose record may go less far than `state`.
        """
        return as_it_stands(now.files, state, self.told(state), now.problem.shift_by_id, who)

    # ---- links

    def invite(
        self, owners: Iterable[Owner], until: datetime, *, why: str = ""
    ) -> dict[Owner, str]:
        """Make links; each replaces an earlier one of the same owner.

        Parameters
        ----------
        owners
            Whose.
        until
            When they expire, with a time zone.
        why
            The reason, for the entry.

        Returns
        -------
        dict
            Owner -> token, which is not kept: only its digest is recorded.

        Raises
        ------
        InputError
            An owner is unknown.
        """
        asked = tuple(dict.fromkeys(owners))
        if faults := list(unknown_owners(self.week.now.problem, asked, "owners")):
            raise InputError(faults)
        tokens = {owner: secrets.token_urlsafe(_TOKEN_BYTES) for owner in asked}
        links = tuple(
            Invitation(owner=owner, digest=digest_of(token), until=until)
            for owner, token in tokens.items()
        )
        if links:
            self.add(lambda _: [Invited(links=links)], why=why)
        return tokens

    def take_back(self, owners: Iterable[Owner], *, why: str = "") -> int:
        """Take links back; returns how many there were."""
        asked = dict.fromkeys(owners)

        def bodies(state: RecordState) -> Sequence[Body]:
            known = state.forms.links
            gone = [o for o in asked if o in known and known[o][1].digest is not None]
            return [Invited(links=tuple(Invitation(owner=o) for o in gone))] if gone else []

        added = self.add(bodies, why=why)
        return sum(len(e.body.links) for e in added if isinstance(e.body, Invited))

    # ---- what people say

    def hand_in(
        self, body: HandedIn, answers: Sequence[ShiftAnswer] = (), seen: Iterable[Shift] = ()
    ) -> int:
        """Record what a form says: once, however often it is sent.

        Answers count at once. So does what somebody says of their time where it contradicts
        neither the files of the week nor the published roster; the rest waits for a coordinator.

        Parameters
        ----------
        body
            What it says; how it is weighed is found here.
        answers
            Answers about shifts.
        seen
            The shifts that answers and swaps are about, as the person saw them.

        Returns
        -------
        int
            Number of the entry; of the earlier one if it was sent before.

        Raises
        ------
        InputError
            Code `outdated`: an answer, or a swap that is asked for, concerns a shift that the
            person does not have by now, or that has other hours.
        """
        who, number, known = body.volunteer_id, 0, {shift.shift_id: shift for shift in seen}

        def bodies(state: RecordState) -> Sequence[Body]:
            nonlocal number
            number = state.forms.sendings.get((who, body.form), 0)
            if number:
                return []
            number = state.head + 1
            about = {one.shift_id for one in answers} | {one.shift_id for one in body.swaps}
            self._need_theirs(state, who, about, known)
            out = {pair for pair, _ in refused(self.week.files, state)}
            new_ones = tuple(a for a in answers if not _holds(a, state, out))
            parts: list[Body] = [Answered(answers=new_ones)] if new_ones else []
            weighed = body
            if body.times or body.wishes:
                # offers that count are recorded anew behind a no of this form, and would lift it
                stands = self.stands(self.week.now, state_after(parts, state), who)
                times, wishes = stands.weigh(body.times, body.wishes)
                weighed = body.model_copy(update={"times": times, "wishes": wishes})
                if "counts" in weighed.weighed:
                    parts += instead(state, who, stands.changes(who, times, wishes))
            return [weighed.model_copy(update={"parts": len(parts)}), *parts]

        self.add(bodies, who=who)
        return number

    def _need_theirs(
        self, state: RecordState, who: str, about: Iterable[str], known: Mapping[str, Shift]
    ) -> None:
        """InputError for shifts that the person does not have now, or saw with other hours."""
        told, shifts = self.told(state) or Roster(), state.shifts_told

        def is_theirs(shift_id: str) -> bool:
            if (shift_id, who) not in told or shift_id not in shifts or shift_id not in known:
                return False
            return is_same(shifts[shift_id], known[shift_id])

        wrong = [shift_id for shift_id in about if not is_theirs(shift_id)]
        if wrong:
            message = Message("record.form_outdated", n=len(wrong))
            remedy = Message("record.form_again")
            raise InputError([Fault("outdated", "", message=message, remedy=remedy)])

    def add(
        self,
        bodies: Callable[[RecordState], Sequence[Body]],
        *,
        who: str | None = None,
        why: str = "",
    ) -> list[RecordEntry]:
        """Add entries made from what the record says by then; `who`: if not `LiveWeek.who`."""

        def make(entries: Sequence[RecordEntry]) -> Added:
            self._state = state_of(entries, self._state)
            if (self._state.version_told or 0) not in self._told:
                raise _ToldMeanwhileError
            return [(body, None) for body in bodies(self._state)]

        while True:
            # before the record is locked, which may wait for who makes the week
            with self.week.telling_later(), self._lock:
                self._state = self.week.state_since(self._state)
                self.told(self._state)
                try:
                    return self.week.add(make, who=who, why=why)
                except _ToldMeanwhileError:
                    continue


def _holds(answer: ShiftAnswer, state: RecordState, out: Collection[Assignment]) -> bool:
    """Whether an answer holds already: a no does until the person offers the time again."""
    pair = Assignment.of(answer)
    return state.answers.get(pair) == answer and (answer.answer != "declined" or pair in out)


def instead(state: RecordState, who: str, changes: Sequence[AnyChange]) -> list[Body]:
    """Entries by which changes count instead of those that a person's form made before."""
    gone: list[Body] = [Revoked(entry=entry) for entry in state.forms.own.get(who, ())]
    return [*gone, *([Changed(changes=changes)] if changes else [])]
