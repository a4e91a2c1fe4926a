"""What was found in a log of visits, and how it was treated.

Places and numbers of one kind of finding -> `LogNote`; all notes of a log -> `LogReport`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from shiftplan.citizens.visits.counts import Bools, Ints
from shiftplan.errors import Fault
from shiftplan.errors.message import AtCenter, Message, OnDay

LogKind = Literal[
    "unread_rows",
    "unknown_centers",
    "unknown_closed",
    "unknown_services",
    "not_visits",
    "overlapping_rows",
    "repeated_rows",
    "joined_rows",
    "stray_dates",
    "later_visits",
    "guessed_lengths",
    "impossible_help",
    "shift_slots",
    "closed_days",
    "outside_hours",
    "moved_visits",
    "usual_hours",
    "unlogged_centers",
    "silent_days",
    "cut_days",
    "zero_days",
]
"""Kinds of findings, in the order in which a report lists them."""
_KINDS: tuple[LogKind, ...] = get_args(LogKind)
_NAMED = 3
"""Centers and names that a sentence lists."""
_LONGEST = 80
"""Length to which notes cut names."""


@dataclass(frozen=True)
class LogNote:
    """Findings of one kind."""

    kind: LogKind
    """What was found; `str(message)` says how it was treated."""
    count: int
    """How many: rows, visits, or days of centers, as the sentence says."""
    centers: tuple[str, ...] = ()
    """Ids of the centers concerned, those with most first."""
    dates: tuple[dt.date, ...] = ()
    """Dates concerned, in order."""
    names: tuple[str, ...] = ()
    """Unknown names as written, the most frequent first."""
    faults: tuple[Fault, ...] = ()
    """Rows that could not be read, each with its place, value and remedy; the first 1,000."""

    @property
    def message(self) -> Message:
        """What was found and done, where and when, in one sentence."""
        what = Message(f"visits.{self.kind}", n=self.count)
        if self.names:
            what = Message("visits.named", what=what, names=_some(self.names))
        if not self.centers:
            return what
        at = _some([AtCenter(center) for center in self.centers])
        if not self.dates:
            return Message("visits.at", what=what, centers=at)
        first, last = OnDay(self.dates[0]), OnDay(self.dates[-1])
        code = "visits.at_on" if first == last else "visits.at_from"
        return Message(code, what=what, centers=at, first=first, last=last)


def shortened(names: Iterable[str]) -> tuple[str, ...]:
    """Names as a note keeps them: long ones are cut."""
    return tuple(n if len(n) <= _LONGEST else n[:_LONGEST] + "..." for n in names)


def _some(things: Sequence[AtCenter | str]) -> tuple[AtCenter | str | Message, ...]:
    """The first things of many, and how many more there are."""
    if len(things) <= _NAMED:
        return tuple(things)
    more = Message("visits.more", n=len(things) - _NAMED + 1)
    return *things[: _NAMED - 1], more


@dataclass(frozen=True)
class LogReport:
    """What was read of a log, and everything found in it."""

    rows: int
    """Rows below the header."""
    visits: int
    """Citizens counted; with a log of counts, requests where it has no visits."""
    first: dt.date
    """First date of the log."""
    last: dt.date
    """Last date of the log."""
    days: int
    """Days of centers that count: open, and the log was kept."""
    notes: tuple[LogNote, ...] = ()
    """Findings by kind, each kind once."""

    def __getitem__(self, kind: LogKind) -> LogNote:
        """The findings of a kind; a note with count 0 where there are none."""
        return next((note for note in self.notes if note.kind == kind), LogNote(kind, 0))

    @property
    def messages(self) -> tuple[Message, ...]:
        """The report as sentences, for `str` or for words of another language."""
        first, last = OnDay(self.first), OnDay(self.last)
        head = Message(
            "visits.read", n=self.visits, rows=self.rows, days=self.days, first=first, last=last
        )
        return head, *(note.message for note in self.notes)


def in_order(notes: Iterable[LogNote]) -> tuple[LogNote, ...]:
    """Notes that found something, in the order of their kinds."""
    found = (note for note in notes if note.count)
    return tuple(sorted(found, key=lambda note: _KINDS.index(note.kind)))


def joined_notes(notes: Sequence[LogNote]) -> LogNote:
    """One note of several of the same kind; centers and names in the order of the notes."""
    return LogNote(
        notes[0].kind,
        sum(note.count for note in notes),
        tuple(dict.fromkeys(center for note in notes for center in note.centers)),
        tuple(sorted({day for note in notes for day in note.dates})),
        tuple(dict.fromkeys(name for note in notes for name in note.names)),
        tuple(fault for note in notes for fault in note.faults),
    )


def note_of(
    kind: LogKind,
    centers: Sequence[str],
    first: dt.date,
    center: NDArray[np.integer],
    day: NDArray[np.integer],
) -> LogNote:
    """Make the note of some visits.

    Parameters
    ----------
    kind
        What was found.
    centers
        Ids of all centers.
    first
        The date that is day 0.
    center, day
        Position of the center and day of each visit, shape (visits,).
    """
    count: Ints = np.bincount(center, minlength=len(centers))
    dates = tuple(first + dt.timedelta(int(d)) for d in np.unique(day))
    return LogNote(kind, len(center), _most_first(centers, count), dates)


def days_note(
    kind: LogKind, centers: Sequence[str], dates: Sequence[dt.date], found: Bools
) -> LogNote:
    """Make the note of some days of centers: `found` is bool, shape (centers, dates)."""
    told = tuple(dates[int(d)] for d in np.flatnonzero(found.any(axis=0)))
    return LogNote(kind, int(found.sum()), _most_first(centers, found.sum(axis=1)), told)


def _most_first(centers: Sequence[str], count: NDArray[np.integer]) -> tuple[str, ...]:
    """Centers that are counted, those with most first, equal ones in their order."""
    order = np.argsort(-count, kind="stable")
    return tuple(centers[i] for i in order if count[i])
