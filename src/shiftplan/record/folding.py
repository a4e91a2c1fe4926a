"""Entries folded into the state that they add up to.

`RecordEntry`s, in order -> `RecordState`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from shiftplan.problem.changes import AnyChange, Update
from shiftplan.record.entries import (
    Answered,
    Attended,
    Call,
    Called,
    Changed,
    Drafted,
    RecordEntry,
    Revoked,
    Sent,
    ShiftAnswer,
    Told,
    Withdrawn,
)
from shiftplan.record.state import RecordState, Refusal, Version
from shiftplan.seasons import Turnout
from shiftplan.week.records import Shift, is_same, overlap
from shiftplan.week.roster import Assignment


def revoked_by(entries: Iterable[RecordEntry]) -> dict[int, int]:
    """Number of each revoked entry -> number of the entry that revoked it."""
    return {e.body.entry: e.number for e in entries if isinstance(e.body, Revoked)}


def state_of(entries: Iterable[RecordEntry]) -> RecordState:
    """Compute the state from entries.

    Parameters
    ----------
    entries
        All entries of one week, in order of their numbers.
    """
    found = tuple(entries)
    revoked, fold = revoked_by(found), _Fold()
    for entry in found:
        if entry.number not in revoked:
            fold.take(entry)
    return RecordState(
        head=found[-1].number if found else 0,
        versions=fold.versions,
        told=None if fold.told is None else fold.versions[fold.told],
        times_told=sum(isinstance(e.body, (Told, Withdrawn)) for e in found),
        draft=None if fold.draft is None else fold.versions[fold.draft],
        changed=fold.changed,
        deadline=fold.deadline,
        answers=fold.answers,
        answered=fold.answered,
        calls=tuple(fold.calls),
        heard=fold.heard,
        refused=tuple(chain.from_iterable(fold.refused.values())),
        turnouts=fold.turnouts,
        sent=frozenset(fold.sent),
    )


_SAME = {"comes": "confirmed", "cannot": "declined"}
"""What was said when called -> the answer that says the same."""


class _Fold:
    """The state after the entries taken so far."""

    def __init__(self) -> None:
        self.versions: dict[int, Version] = {}
        self.told: int | None = None
        self.draft: int | None = None
        self.deadline: datetime | None = None
        self.changed: dict[int, tuple[AnyChange, ...]] = {}
        self.answers: dict[Assignment, ShiftAnswer] = {}
        self.answered: dict[Assignment, int] = {}
        self.calls: list[Call] = []
        self.heard: dict[Assignment, tuple[int, Call]] = {}
        self.turnouts: dict[Assignment, Turnout] = {}
        self.sent: set[tuple[int, str, str]] = set()
        self.refused: dict[Assignment, list[Refusal]] = {}
        self._told: dict[str, Shift] = {}
        self._now: dict[str, Shift] = {}
        self._about: dict[Assignment, Shift | None] = {}

    def take(self, entry: RecordEntry) -> None:
        match entry.body:
            case Drafted() as draft:
                self.versions[draft.version] = Version(entry, draft)
                self.draft = draft.version
            case Told() as told:
                self._tell(entry, told)
            case Withdrawn(version=version):
                self._replace(version, self.versions[version].told, withdrawn=True)
                self.told = self.draft = self.deadline = None
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
            case Revoked():
                pass

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

    def _tell(self, entry: RecordEntry, told: Told) -> None:
        """Publish a version; answers stay valid for shifts at the same place and time."""
        self._replace(told.version, entry, withdrawn=False)
        self.told, self.draft = told.version, None
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
        self.versions[version] = Version(before.entry, before.draft, told, withdrawn)
