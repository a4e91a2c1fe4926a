"""What answers of people were understood as, and what could not be.

`Reply`, one row of a source -> `Replies`, all of a week, for windows, reports and mapping files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal

from shiftplan.errors.message import Message
from shiftplan.files.answers.columns import FormColumn
from shiftplan.files.answers.programs import Program
from shiftplan.files.answers.windows import FreeTime
from shiftplan.week.records import Availability

Fate = Literal["understood", "replaced", "unclear", "stranger", "conflict"]
"""What became of an answer: its windows count; a later answer of the person counts; it means
nothing, or two things; nobody of the week is meant for sure; another source says otherwise."""


@dataclass(frozen=True)
class Reply:
    """The answer of one person in one source."""

    file: str
    """Name of the file."""
    sheet: str
    """Name of the sheet; empty for a CSV file."""
    row: int
    """Number of the row, the first of several of the person."""
    person: str
    """Whom the answer is from, as it is written."""
    volunteer_id: str | None
    """The person; None for somebody whom the week does not have for sure."""
    text: str
    """All that is answered, as it is written, with the headings."""
    at: datetime | None = None
    """When it was given, as its program writes it; None where that is unknown."""
    windows: tuple[FreeTime, ...] = ()
    """When the person can come; none means not at all, where `fate` is `understood`."""
    fate: Fate = "understood"
    """What became of it."""
    reason: Message | None = None
    """Why it does not count; None where it does."""
    remedy: str | Message = ""
    """What may be meant instead; empty where nothing is known."""


@dataclass(frozen=True)
class SourceRead:
    """A table of answers, and how it was read."""

    file: str
    """Name of the file."""
    sheet: str
    """Name of the sheet; empty for a CSV file."""
    program: Program
    """What wrote it."""
    answers: int
    """Answers in it."""
    columns: tuple[FormColumn, ...]
    """Its columns and what they were taken for."""
    unread: Mapping[str, int]
    """Heading of a column that was left aside -> cells below it that are not blank."""
    notes: tuple[Message, ...] = ()
    """What is worth a look, such as a heading whose date is of another week."""


@dataclass(frozen=True)
class Replies:
    """All answers to one week."""

    replies: tuple[Reply, ...]
    """In the order of the sources and their rows."""
    sources: tuple[SourceRead, ...]
    """The tables they come from."""
    silent: tuple[str, ...]
    """Ids of people of the week from whom there is no answer, not even one that is unclear."""

    def of(self, fate: Fate) -> tuple[Reply, ...]:
        """The answers that had this fate."""
        return tuple(reply for reply in self.replies if reply.fate == fate)

    @property
    def is_clear(self) -> bool:
        """Whether every answer was understood, or replaced by a later one."""
        return all(reply.fate in ("understood", "replaced") for reply in self.replies)

    @cached_property
    def availability(self) -> tuple[Availability, ...]:
        """The windows of all answers that count, by person and time."""
        rows = {(r.volunteer_id or "", w) for r in self.of("understood") for w in r.windows}
        return tuple(
            Availability(volunteer_id=who, start=w.start, end=w.end, state=w.state)
            for who, w in sorted(rows)
        )
