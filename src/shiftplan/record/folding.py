"""Entries folded into the state that they add up to.

`RecordEntry`s, in order -> `RecordState`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime
from itertools import chain

from shiftplan.problem.changes import AnyChange, Update
from shiftplan.record.entries import (
    Answered,
    Attended,
    Body,
    Call,
    Called,
    Changed,
    Drafted,
    Dropped,
    Held,
    Hold,
    NameChanged,
    RecordEntry,
    Revoked,
    Sent,
    ShiftAnswer,
    Told,
    Withdrawn,
    numbered,
)
from shiftplan.record.form_state import FormState
from shiftplan.record.forms import Decided, HandedIn, Invited
from shiftplan.record.state import RecordState, Refusal, Version
from shiftplan.seasons import Turnout
from shiftplan.week.records import Shift, is_same, overlap
from shiftplan.week.roster import Assignment


def revoked_by(entries: Iterable[RecordEntry]) -> dict[int, int]:
    """Number of each revoked entry -> number of the entry that revoked it."""
    return {e.body.entry: e.number for e in entries if isinstance(e.body, Revoked)}


def state_of(entries: Iterable[RecordEntry], before: RecordState | None = None) -> RecordState:
    """Compute the state from entries.

    Parameters
    ----------
    entries
        All entries of one week, in order of their numbers.
    before
        The state of the first `before.head` of them, which is continued; None to fold all anew.
    """
    found = entries if isinstance(entries, Sequence) else tuple(entries)
    if before is not None and isinstance(before.fold, _Fold):
        new = found[before.head :]
        if not any(isinstance(entry.body, Revoked) for entry in new):
            return before if not new else before.fold.copy().folded(new)
    return _Fold(revoked_by(found)).folded(found)


def state_after(bodies: Iterable[Body], before: RecordState) -> RecordState:
    """The state as it would be with further entries, none of which revokes another."""
    fold = before.fold.copy() if isinstance(before.fold, _Fold) else _Fold(())
    return fold.folded(numbered(bodies, before.head, "", ""))


_SAME = {"comes": "confirmed", "cannot": "declined"}
"""What was said when called -> the answer that says the same."""


class _Fold:
    """The state after the entries taken so far."""

    def __init__(self, revoked: Collection[int]) -> None:
        self.revoked = revoked
        """Numbers of entries that do not count."""
        self.head = self.times_told = 0
        self.versions: dict[int, Version] = {}
        self.told: int | None = None
        self.drafts: dict[str, int] = {}
        self.holds: dict[str, tuple[Hold, ...]] = {}
        self.deadline: datetime | None = None
        self.changed: dict[int, tuple[AnyChange, ...]] = {}
        self.answers: dict[Assignment, ShiftAnswer] = {}
        self.answered: dict[Assignment, int] = {}
        self.calls: list[Call] = []
        self.heard: dict[Assignment, tuple[int, Call]] = {}
        self.turnouts: dict[Assignment, Turnout] = {}
        self.sent: set[tuple[int, str, str]] = set()
        self.refused: dict[Assignment, list[Refusal]] = {}
        self.forms = FormState()
        self._told: dict[str, Shift] = {}
        self._now: dict[str, Shift] = {}
        self._about: dict[Assignment, Shift | None] = {}

    def copy(self) -> _Fold:
        """One that goes on alone; what it holds is replaced or copied, never changed inside."""
        later = copy(self)
        for name, value in vars(self).items():
            if isinstance(value, dict | list | set | FormState):
                setattr(later, name, value.copy())
        return later

    def folded(self, entries: Iterable[RecordEntry]) -> RecordState:
        """The state after further entries; this object is then its own."""
        for entry in entries:
            self.head = entry.number
            self.times_told += isinstance(entry.body, Told | Withdrawn)
            if entry.number not in self.revoked:
                self.take(entry)
        drafts = {name: self.versions[number] for name, number in self.drafts.items()}
        return RecordState(
            head=self.head,
            versions=self.versions,
            told=None if self.told is None else self.versions[self.told],
            times_told=self.times_told,
            draft=drafts.get(""),
            drafts=drafts,
            holds=self.holds,
            changed=self.changed,
            deadline=self.deadline,
            answers=self.answers,
            answered=self.answered,
            calls=tuple(self.calls),
            heard=self.heard,
            refused=tuple(chain.from_iterable(self.refused.values())),
            turnouts=self.turnouts,
            sent=frozenset(self.sent),
            forms=self.forms,
            fold=self,
        )

    def take(self, entry: RecordEntry) -> None:
        self.forms.take(entry, self.answers)
        match entry.body:
            case Drafted() as draft:
                self._draft(entry, draft)
            case Told() as told:
                self._tell(entry, told)
            case Withdrawn(version=version):
                self._replace(version, self.versions[version].told, withdrawn=True)
                self.told = self.deadline = None
                self.drafts.pop("", None)
                self.answers = {p: a for p, a in self.answers.items() if a.answer == "declined"}
                self.heard = {p: h for p, h in self.heard.items() if h[1].answer == "cannot"}
                self._told = {}
            case Changed(changes=changes):
                self.changed[entry.number] = changes
                rows = (change.row for change in changes if isinstance(change, Update))
                self._now |= {row.shift_id: row for row in rows if isinstance(row, Shift)}
            case Answered(answers=answers):
                for answer in answers:
                    pair = Assignment.of(answer)
                    shift = self._told.get(pair.shift_id) or self._now.get(pair.shift_id)
                    self._said(entry, pair, shift, is_no=answer.answer == "declined")
                    self.answers[pair], self.answered[pair] = answer, entry.number
                    if pair in self.heard and _SAME[self.heard[pair][1].answer] != answer.answer:
                        del self.heard[pair]
            case Called(calls=calls):
                self.calls += calls
                for call in (call for call in calls if call.answer != "not_reached"):
                    pair = Assignment.of(call)
                    shift = self._now.get(pair.shift_id)
                    self._said(entry, pair, shift, is_no=call.answer == "cannot")
                    self.heard[pair] = entry.number, call
                    self.answers.pop(pair, None)
            case Attended(turnouts=turnouts):
                self.turnouts |= {Assignment.of(turnout): turnout for turnout in turnouts}
            case Sent(version=version, to=to):
                self.sent |= {(version, one.kind, one.id) for one in to}
            case Held(name=name, on=on, off=off):
                kept = {**dict.fromkeys(self.holds.pop(name, ())), **dict.fromkeys(on)}
                if left := tuple(hold for hold in kept if hold not in off):
                    self.holds[name] = left
            case NameChanged(name=name, to=to):
                self._rename(name, to)
            case Dropped(name=name):
                self.drafts.pop(name, None)
                self.holds.pop(name, None)
            case HandedIn(volunteer_id=who, swaps=swaps):
                for swap in swaps:
                    self._open(entry, Assignment(swap.shift_id, who))
            case Revoked() | Invited() | Decided():
                pass

    def _draft(self, entry: RecordEntry, draft: Drafted) -> None:
        """A version becomes the newest of its draft; undo and redo lead to where others led."""
        before = self.drafts.get(draft.name, None if draft.name else self.told)
        back, forward, target = before, None, self.versions.get(draft.like or 0)
        if target is not None and draft.made_by == "undo":
            back, forward = target.back, before
        elif target is not None and draft.made_by == "redo":
            back, forward = target.back, target.forward
        self.versions[draft.version] = Version(entry, draft, back=back, forward=forward)
        self.drafts[draft.name] = draft.version

    def _rename(self, name: str, to: str) -> None:
        """A draft with its versions and holds has another name."""
        newest = self.drafts.pop(name, None)
        if newest is None:
            return
        self.drafts[to] = newest
        if name in self.holds:
            self.holds[to] = self.holds.pop(name)
        version = self.versions.get(newest)
        while version is not None and version.draft.name == name:
            draft = version.draft.model_copy(update={"name": to})
            self.versions[draft.version] = replace(version, draft=draft)
            version = self.versions.get(draft.of or 0)

    def _said(
        self, entry: RecordEntry, pair: Assignment, shift: Shift | None, *, is_no: bool
    ) -> None:
        """Somebody said yes or no to a shift, which is the last word on it at these hours."""
        self._about[pair] = shift
        before = self.refused.pop(pair, ())
        found = [no for no in before if no.shift and shift and not overlap(no.shift, shift)]
        if is_no:
            found.append(Refusal(entry.number, pair, shift))
        if found:
            self.refused[pair] = found

    def _open(self, entry: RecordEntry, pair: Assignment) -> None:
        """Somebody wants to give a shift away: what they said about it before holds no more."""
        shift = self._told.get(pair.shift_id) or self._now.get(pair.shift_id)
        self._said(entry, pair, shift, is_no=False)
        self.answers.pop(pair, None)
        self.heard.pop(pair, None)

    def _tell(self, entry: RecordEntry, told: Told) -> None:
        """Publish a version; answers stay valid for shifts at the same place and time."""
        self._replace(told.version, entry, withdrawn=False)
        self.told = told.version
        self.drafts.pop("", None)
        self.deadline = told.deadline or self.deadline
        shifts = {shift.shift_id: shift for shift in told.shifts}
        for pair in {*self.answers, *self.heard}:
            before, now = self._about[pair], shifts.get(pair.shift_id)
            if before is None:
                self._about[pair] = now
            elif now is not None and not is_same(before, now):
                self.answers.pop(pair, None)
                self.heard.pop(pair, None)
        self._told |= shifts
        self._now |= shifts

    def _replace(self, version: int, told: RecordEntry | None, *, withdrawn: bool) -> None:
        before = self.versions[version]
        self.versions[version] = replace(before, told=told, withdrawn=withdrawn)
