"""What a record says up to its last entry: versions, publications, changes, answers.

`folding` computes a `RecordState` from entries; it is never stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from shiftplan.errors import Fault, FaultCode, InputError
from shiftplan.errors.message import Message
from shiftplan.problem.changes import AnyChange
from shiftplan.record.entries import (
    Answered,
    Attended,
    Call,
    Called,
    Changed,
    Drafted,
    Hold,
    RecordEntry,
    Sent,
    ShiftAnswer,
    Told,
)
from shiftplan.record.form_state import FormState
from shiftplan.seasons import Turnout
from shiftplan.week.records import Shift
from shiftplan.week.roster import Assignment

ANY_WEEK = Message("record.any_week")
"""What remedies name as the week; commands put the week as it was typed in its place."""
REVOCABLE = (Changed, Answered, Called, Attended, Sent)
"""Kinds of entries that can be revoked; versions are undone by newer ones."""

_WAYS_OUT = {
    "record.another_told": "record.leave_out",
    "record.busy": "record.try_again",
    "record.no_draft": "record.plan_or_repair",
    "record.no_swap": "record.see_history",
    "record.no_entry": "record.see_history",
    "record.revoked_already": "record.see_history",
    "record.no_roster": "record.plan_first",
    "record.no_difference": "record.see_history",
    "record.no_named_drafts": "record.see_history",
    "record.no_such_draft": "record.see_history",
    "record.no_version": "record.see_history",
    "record.no_versions": "record.plan_first",
    "record.not_revocable": "record.undo_instead",
    "record.nothing_told": "record.publish_first",
    "record.nothing_waits": "record.see_history",
    "record.outdated": "record.plan_again",
    "record.outdated_withdrawn": "record.plan_again",
    "record.pruned": "record.kept_rosters",
    "record.told_already": "record.plan_or_repair",
    "record.was_withdrawn": "record.after_withdrawal",
}
"""Error -> remedy."""
_ELSEWHERE = {
    "record.after_withdrawal": "record.plan_or_return",
    "record.even_if_poor": "web.even_if_poor",
    "record.kept_rosters": "record.draft_anew",
    "record.plan_again": "record.plan_or_return",
    "record.plan_first": "record.plan_it",
    "record.plan_or_repair": "record.draft_anew",
    "record.publish_first": "record.publish_it",
    "record.see_history": "record.in_history",
    "record.undo_instead": "record.return_instead",
    "record.undo_or_anyway": "web.even_if_poor",
}
"""Remedy that names a command -> what it says to those who type none."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the roster."""

    entry: RecordEntry
    """The entry that made it."""
    draft: Drafted
    """What that entry says of it, under the name that its draft has now."""
    told: RecordEntry | None = None
    """The entry that last published it; None for a draft."""
    withdrawn: bool = False
    """Whether it was withdrawn after its publication."""
    back: int | None = None
    """The version that undo leads to from it; None where its draft began."""
    forward: int | None = None
    """The version that redo leads to from it; None if nothing was undone."""

    @property
    def number(self) -> int:
        """Its number in the week."""
        return self.draft.version

    @property
    def shifts(self) -> Mapping[str, Shift]:
        """Shift id -> the shift as it was published; empty for a draft."""
        body = None if self.told is None else self.told.body
        return {s.shift_id: s for s in body.shifts} if isinstance(body, Told) else {}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody said no to a shift, and so cannot come at its hours."""

    entry: int
    """Number of the entry."""
    pair: Assignment
    """Who, and to which shift."""
    shift: Shift | None
    """The shift as the person knew it; None where the record does not say how it was."""


@dataclass(frozen=True)
class RecordState:
    """What a record says up to its last entry."""

    head: int = 0
    """Number of the last entry; 0 of an empty record."""
    versions: Mapping[int, Version] = field(default_factory=dict)
    """Number -> version, oldest first."""
    told: Version | None = None
    """The version that people know; None if nothing was published, or it was withdrawn."""
    times_told: int = 0
    """Number of publications and withdrawals."""
    draft: Version | None = None
    """The newest version of the main draft made since the last publication or withdrawal; None if
    there is none."""
    drafts: Mapping[str, Version] = field(default_factory=dict)
    """Name -> newest version of each open draft; the main one, if there is any, has no name."""
    holds: Mapping[str, tuple[Hold, ...]] = field(default_factory=dict)
    """Name of a draft -> what searches around it leave alone, oldest first."""
    changed: Mapping[int, tuple[AnyChange, ...]] = field(default_factory=dict)
    """Entry number -> its changes, oldest first; revoked entries are left out."""
    deadline: datetime | None = None
    """The last deadline for answers, wall-clock time; None if people were not asked."""
    answers: Mapping[Assignment, ShiftAnswer] = field(default_factory=dict)
    """Assignment -> the last answer, while the shift keeps its published time and place. After a
    withdrawal only refusals are left."""
    answered: Mapping[Assignment, int] = field(default_factory=dict)
    """Assignment -> number of the entry with the last answer, even if it is no longer valid."""
    calls: tuple[Call, ...] = ()
    """Calls of reserves, in order."""
    heard: Mapping[Assignment, tuple[int, Call]] = field(default_factory=dict)
    """Assignment -> entry number and the last call that reached the person, unless they changed
    their mind since, or the shift was published at another time or place. After a withdrawal
    nobody comes any more."""
    refused: tuple[Refusal, ...] = ()
    """What people declined, or cannot come to, without a later word on the same shift; also if it
    was published at another time or place since, or withdrawn."""
    turnouts: Mapping[Assignment, Turnout] = field(default_factory=dict)
    """Assignment -> how it turned out."""
    sent: frozenset[tuple[int, str, str]] = frozenset()
    """Version, kind and id of everybody whose message was sent."""
    forms: FormState = field(default_factory=FormState)
    """Links, what people handed in, and what became of it."""
    fold: object = field(default=None, compare=False, repr=False)
    """What `folding` continues from."""

    @property
    def times_called(self) -> Mapping[str, int]:
        """Volunteer id -> number of calls, as `reserves` takes them in `called`."""
        return Counter(call.volunteer_id for call in self.calls)

    @property
    def missed(self) -> frozenset[Assignment]:
        """Assignments of which attendance says that the person did not come."""
        rows = self.turnouts.items()
        return frozenset(pair for pair, row in rows if row.state in ("absent", "excused"))

    @property
    def shifts_told(self) -> Mapping[str, Shift]:
        """Shift id -> the shift as it was published."""
        return {} if self.told is None else self.told.shifts

    @property
    def withdrawn(self) -> Version | None:
        """The version withdrawn last, if nothing was published since; None otherwise."""
        gone = [v for v in self.versions.values() if v.withdrawn and v.told is not None]
        if self.told is not None or not gone:
            return None
        return max(gone, key=lambda version: version.told.number if version.told else 0)

    @property
    def version_told(self) -> int | None:
        """Number of the version that people know; None if they know none."""
        return None if self.told is None else self.told.number

    def need_told(self) -> Version:
        """The version that people know; InputError if they know none."""
        if self.told is None:
            raise self.lacking("record.nothing_told")
        return self.told

    def need_handed_out(self) -> Version:
        """The version that the newest messages are about; InputError if there are none."""
        return self.withdrawn or self.need_told()

    @property
    def next_version(self) -> int:
        """The number of the next version."""
        return max(self.versions, default=0) + 1

    def as_next(self, draft: Drafted) -> Drafted:
        """A draft under the next number, which others may have taken since it was made."""
        return draft.model_copy(update={"version": self.next_version})

    def position(self, name: str) -> Version | None:
        """The version that moves of a draft lead from; None if there is none.

        Of the main draft it is the published roster where nothing was drafted since.
        """
        return self.drafts.get(name) or (None if name else self.told)

    def chain(self, number: int) -> Iterator[Version]:
        """Yield a version, the one that its moves lead from, and so on to one made whole."""
        while (version := self.versions.get(number)) is not None:
            yield version
            number = version.draft.of or 0

    def need(self, version: int) -> Version:
        """The version of a number; InputError if there is none."""
        if version in self.versions:
            return self.versions[version]
        known = ", ".join(map(str, self.versions))
        said = "record.no_version" if known else "record.no_versions"
        raise record_error("no_version", said, version=version, known=known)

    def lacking(self, said: str) -> InputError:
        """The error of a missing roster; it mentions one that was withdrawn."""
        if self.withdrawn is None:
            return record_error("no_version", said, version=self.version_told)
        return record_error("no_version", "record.was_withdrawn", version=self.withdrawn.number)


def without_command(fault: Fault) -> Fault:
    """A fault whose remedy names no command of the record, as for a page or a program."""
    remedy = fault.remedy
    if not isinstance(remedy, Message) or remedy.code not in _ELSEWHERE:
        return fault
    return replace(fault, remedy=Message(_ELSEWHERE[remedy.code], **remedy.params))


def record_error(code: FaultCode, said: str, **facts: Any) -> InputError:
    """The error of a request that the record does not allow, with a remedy."""
    told = {"week": ANY_WEEK, **facts}
    remedy = Message(_WAYS_OUT[said], **told) if said in _WAYS_OUT else ""
    return InputError([Fault(code, "", message=Message(said, **facts), remedy=remedy)])
