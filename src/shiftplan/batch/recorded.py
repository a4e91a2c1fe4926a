"""What is recorded of a week when its job begins, and the versions that the job made.

Entries and rosters of a week -> `Recorded`; what a job recorded -> `MadeVersions`.
"""

from __future__ import annotations

from pydantic import Field

from shiftplan.record.entries import (
    Answered,
    Attended,
    Body,
    Called,
    Changed,
    Drafted,
    RecordEntry,
    Revoked,
    Told,
    Withdrawn,
)
from shiftplan.week.fields import Count, Frozen
from shiftplan.week.roster import Roster

WHO = "batch"
"""Who makes the entries of a batch."""


class Recorded(Frozen):
    """What is recorded of a week when its job begins."""

    entries: tuple[RecordEntry, ...] = ()
    rosters: dict[int, Roster] = Field(default_factory=dict)
    """Version -> roster, of those that people were told and of the newest draft, or of the whole
    ones that moves led from to them."""
    seen: Count = 0
    """Number of the last entry in the record of the run, which has the batch's own."""

    @property
    def times_told(self) -> int:
        """How often something was told or withdrawn."""
        return sum(isinstance(entry.body, Told | Withdrawn) for entry in self.entries)

    @property
    def is_worked(self) -> bool:
        """Whether it is recorded how shifts turned out."""
        return any(isinstance(entry.body, Attended) for entry in self.entries)

    @property
    def tells_turnout(self) -> bool:
        """Whether it is recorded who came, who cannot come, or who was called."""
        kinds = Attended | Called | Changed | Answered
        return any(isinstance(entry.body, kinds) for entry in self.entries)

    @property
    def decisive(self) -> list[list[str]]:
        """Kind and time of what a roster follows from: changes, refusals, what others told."""
        makers: dict[int, str] = {}
        found = []
        for entry in self.entries:
            body = entry.body
            if isinstance(body, Drafted):
                makers[body.version] = body.made_by
            is_decisive = isinstance(body, Changed | Called | Revoked)
            if isinstance(body, Answered):
                is_decisive = any(one.answer == "declined" for one in body.answers)
            if isinstance(body, Told | Withdrawn):
                is_decisive = isinstance(body, Withdrawn) or makers[body.version] != "batch"
            if is_decisive:
                found.append([body.kind, entry.at.isoformat()])
        return found


class MadeVersions(Frozen):
    """The versions that a job made, as its result holds them until they are recorded, and after."""

    seen: Count
    """As of `Recorded`."""
    added: tuple[Body, ...]
    """Each draft, and behind it that it was told, if it was."""
    rosters: tuple[Roster, ...]
    """The rosters of the drafts, in order."""
