"""What answers of people were understood as, which of several counts, and what could not be read.

`Reply`, one row of a source -> `Replies`, all of a week, for windows, reports and mapping files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from shiftplan.errors.message import Message
from shiftplan.files.answers.columns import FormColumn
from shiftplan.files.answers.form import SHOWN_TEXT, Program
from shiftplan.files.answers.windows import FreeTime, clash, joined
from shiftplan.week.records import Availability, StandBy

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
    """When the person can come or stands by; none means never, where `fate` is `understood`."""
    fate: Fate = "understood"
    """What became of it."""
    reason: Message | None = None
    """Why it does not count, or what is assumed where it does; None where nothing is."""
    remedy: str | Message = ""
    """What may be meant instead; empty where nothing is known."""
    doubt: Message | None = None
    """Why it may be of somebody else, though it counts; None where nothing says so."""
    idle: frozenset[date] = frozenset()
    """Days without shifts that the answer names only in naming all days; no windows are on them."""


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
    questions: tuple[Message, ...] = ()
    """Columns that may hold answers, and were left aside."""
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
        """Whether all answers were understood, or replaced, and no column may hold more."""
        if any(source.questions for source in self.sources):
            return False
        return all(reply.fate in ("understood", "replaced") for reply in self.replies)

    @cached_property
    def availability(self) -> tuple[Availability, ...]:
        """The windows of all answers that count, by person and time."""
        return tuple(
            Availability(volunteer_id=who, start=w.start, end=w.end, state=w.state)
            for who, w in self._windows
            if w.state != "stand_by"
        )

    @cached_property
    def stand_by(self) -> tuple[StandBy, ...]:
        """The offers to stand by of all answers that count, by person and time."""
        return tuple(
            StandBy(volunteer_id=who, start=w.start, end=w.end)
            for who, w in self._windows
            if w.state == "stand_by"
        )

    @cached_property
    def _windows(self) -> Sequence[tuple[str, FreeTime]]:
        rows = {(r.volunteer_id or "", w) for r in self.of("understood") for w in r.windows}
        return sorted(rows)


def grouped(replies: Iterable[Reply]) -> Iterator[Reply]:
    """Yield one answer for all rows of a person, each of which holds a window."""
    groups: dict[tuple[str | None, str], list[Reply]] = defaultdict(list)
    for reply in replies:
        groups[reply.volunteer_id, "" if reply.volunteer_id else reply.person].append(reply)
    for own in groups.values():
        first = next((reply for reply in own if reply.fate != "understood"), own[0])
        windows = [window for reply in own for window in reply.windows]
        wrong = clash(windows)
        if first.fate == "understood" and wrong is not None:
            reason = Message("answers.two_states", day=wrong.start.date())
            first = replace(first, fate="unclear", reason=reason)
        count = first.fate == "understood"
        text = "; ".join(reply.text for reply in own)[:SHOWN_TEXT]
        yield replace(first, text=text, windows=joined(windows) if count else ())


def settled(replies: list[Reply]) -> list[Reply]:
    """Answers of which one of each person counts: the latest, or that of all, else none."""
    own: dict[str, list[int]] = defaultdict(list)
    for i, reply in enumerate(replies):
        if reply.volunteer_id is not None:
            own[reply.volunteer_id].append(i)
    found = list(replies)
    for places in (places for places in own.values() if len(places) > 1):
        left = _settle(found, places)
        for i in left if len(left) > 1 else ():
            others = tuple(_place(replies[j]) for j in left if j != i)
            reason = Message("answers.conflict", places=others)
            found[i] = replace(replies[i], fate="conflict", reason=reason)
    return found


def _settle(found: list[Reply], places: list[int]) -> list[int]:
    """Mark those of a person's answers that another one replaces; the places of all others."""
    last = max((at for i in places if (at := found[i].at) is not None), default=None)
    left = [i for i in places if found[i].at in (last, None)]
    latest = next(i for i in reversed(left) if found[i].at == last)
    for i in (i for i in places if i not in left):
        reason = Message("answers.later", place=_place(found[latest]))
        found[i] = replace(found[i], fate="replaced", reason=reason)
    if (
        len({(found[i].windows, found[i].fate) for i in left}) > 1
        or found[latest].fate != "understood"
    ):
        return left
    for i in (i for i in left if i != latest):
        reason = Message("answers.same", place=_place(found[latest]))
        found[i] = replace(found[i], fate="replaced", reason=reason)
    return [latest]


def _place(reply: Reply) -> Message:
    """Where an answer stands."""
    return Message("answers.place", file=source_of(reply), row=reply.row)


def source_of(told: Reply | SourceRead) -> str:
    """File and sheet of an answer, or of a table of answers."""
    return f"{told.file}: {told.sheet}" if told.sheet else told.file
