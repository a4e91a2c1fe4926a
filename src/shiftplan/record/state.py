"""What a record says up to its last entry: versions, what is told, changes, answers.

`folding` computes a `RecordState` from entries; it is never stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
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
    RecordEntry,
    Sent,
    ShiftAnswer,
    Told,
)
from shiftplan.seasons import Turnout
from shiftplan.week.records import Shift
from shiftplan.week.roster import Assignment

REVOCABLE = (Changed, Answered, Called, Attended, Sent)
"""What an entry may say that can be revoked; versions are undone by newer ones."""

_WAYS_OUT = {
    "record.another_told": "record.leave_out",
    "record.busy": "record.try_again",
    "record.no_draft": "record.plan_or_repair",
    "record.no_entry": "record.see_history",
    "record.revoked_already": "record.see_history",
    "record.no_roster": "record.plan_first",
    "record.no_version": "record.see_history",
    "record.no_versions": "record.plan_first",
    "record.not_revocable": "record.undo_instead",
    "record.nothing_told": "record.publish_first",
    "record.outdated": "record.plan_again",
    "record.outdated_withdrawn": "record.plan_again",
    "record.pruned": "record.kept_rosters",
    "record.was_withdrawn": "record.after_withdrawal",
}
"""What is wrong -> what to do."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the roster."""

    entry: RecordEntry
    """The entry by which it was made."""
    draft: Drafted
    """What was recorded of it then."""
    told: RecordEntry | None = None
    """The entry by which it was told last; None for a draft."""
    withdrawn: bool = False
    """Whether it was withdrawn after it was told."""

    @property
    def number(self) -> int:
        """Its number in the week."""
        return self.draft.version

    @property
    def shifts(self) -> Mapping[str, Shift]:
        """Shift id -> the shift as people were told it; empty for a draft."""
        body = None if self.told is None else self.told.body
        return {s.shift_id: s for s in body.shifts} if isinstance(body, Told) else {}


@dataclass(frozen=True)
class RecordState:
    """What a record says up to its last entry."""

    head: int = 0
    """Number of the last entry; 0 of an empty record."""
    versions: Mapping[int, Version] = field(default_factory=dict)
    """Number -> version, oldest first."""
    told: Version | None = None
    """What people know; None when nothing was told, or it was withdrawn."""
    times_told: int = 0
    """How often something was told or withdrawn."""
    draft: Version | None = None
    """The newest version made since something was told or withdrawn last; None without one."""
    changed: Mapping[int, tuple[AnyChange, ...]] = field(default_factory=dict)
    """Number of an entry -> its changes, oldest first, without those revoked."""
    deadline: datetime | None = None
    """Until when people were asked last to answer, wall-clock time; None when they were not."""
    answers: Mapping[Assignment, ShiftAnswer] = field(default_factory=dict)
    """Who in which shift -> the last answer, as long as the shift is at the time and place told."""
    calls: tuple[Call, ...] = ()
    """Calls of reserves, in order."""
    heard: Mapping[Assignment, tuple[int, Call]] = field(default_factory=dict)
    """Who in which shift -> number of an entry, and the last call in it that found the person,
    unless they said otherwise later, or the shift was told at another time or place since."""
    turnouts: Mapping[Assignment, Turnout] = field(default_factory=dict)
    """Who in which shift -> how it turned out."""
    sent: frozenset[tuple[int, str, str]] = frozenset()
    """Version, kind and id of those whose messages were sent."""

    @property
    def times_called(self) -> Mapping[str, int]:
        """Volunteer id -> how often the person was called, which `reserves` takes as `called`."""
        return Counter(call.volunteer_id for call in self.calls)

    @property
    def shifts_told(self) -> Mapping[str, Shift]:
        """Shift id -> the shift as people were told it."""
        return {} if self.told is None else self.told.shifts

    @property
    def withdrawn(self) -> Version | None:
        """The version withdrawn last, where nothing was told since; None else."""
        gone = [v for v in self.versions.values() if v.withdrawn and v.told is not None]
        if self.told is not None or not gone:
            return None
        return max(gone, key=lambda version: version.told.number if version.told else 0)

    @property
    def version_told(self) -> int | None:
        """Number of the version that people know; None when they know none."""
        return None if self.told is None else self.told.number

    def need_told(self) -> Version:
        """What people know; InputError where they know nothing."""
        if self.told is None:
            raise self.lacking("record.nothing_told")
        return self.told

    @property
    def next_version(self) -> int:
        """The number of the next version."""
        return max(self.versions, default=0) + 1

    def as_next(self, draft: Drafted) -> Drafted:
        """A draft under the next number, whatever others drafted since it was made."""
        return draft.model_copy(update={"version": self.next_version})

    def need(self, version: int) -> Version:
        """A version; InputError where there is none of this number."""
        if version in self.versions:
            return self.versions[version]
        known = ", ".join(map(str, self.versions))
        said = "record.no_version" if known else "record.no_versions"
        raise record_error("no_version", said, version=version, known=known)

    def lacking(self, said: str) -> InputError:
        """The error of a roster that there is none of, which tells of one that was withdrawn."""
        if self.withdrawn is None:
            return record_error("no_version", said)
        return record_error("no_version", "record.was_withdrawn", version=self.withdrawn.number)


def record_error(code: FaultCode, said: str, **facts: Any) -> InputError:
    """The error of something that a record does not allow, with a way out."""
    remedy = Message(_WAYS_OUT[said], **facts) if said in _WAYS_OUT else ""
    return InputError([Fault(code, "", message=Message(said, **facts), remedy=remedy)])
