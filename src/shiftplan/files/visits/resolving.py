"""Rows of a log with the centers, services and dates that their texts mean.

`Taken` and the week -> `Resolved`: rows as arrays, and what was left out.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shiftplan.citizens.visits.report import LogKind, LogNote, note_of, shortened
from shiftplan.citizens.visits.rows import LogRows
from shiftplan.citizens.visits.tallies import TallyRows
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.errors.message.catalogue import words_for
from shiftplan.files.cells import Bad
from shiftplan.files.headings import folded
from shiftplan.files.visits.known import (
    UNKNOWN,
    Lookup,
    ServicesTold,
    places_of,
    services_of,
    words_told,
)
from shiftplan.files.visits.lengths import help_times
from shiftplan.files.visits.moments import BLANK, NO_DATE
from shiftplan.files.visits.source import missing_column
from shiftplan.files.visits.taking import Taken
from shiftplan.problem import Problem

_DAY = 24 * 60
_NEEDED = Bad("missing_value", Message("files.value_needed"))
_FIRST = dt.date.fromordinal(1)
_IMPOSSIBLE = -1.0
"""Minute of an unreadable time of help."""


@dataclass
class Resolved:
    """The rows of one file that are visits or counts at centers of the week."""

    rows: LogRows | TallyRows
    """These rows."""
    total: int
    """All rows of the file."""
    unread: int
    """Unreadable rows."""
    faults: list[Fault]
    """Their faults."""
    notes: list[LogNote]
    """What else was left out."""


class Resolving:
    """The rows of a file while they are resolved; those without a fault are `good`."""

    def __init__(self, taken: Taken, problem: Problem, file: Path) -> None:
        self.taken, self.problem = taken, problem
        self.n = len(taken.line)
        self.good = np.ones(self.n, dtype=bool)
        self.unread = taken.unread.rows
        self.notes: list[LogNote] = []
        self.centers = tuple(center.center_id for center in problem.centers)
        self.services = tuple(service.service_id for service in problem.services)
        self._called = (taken.table.sheet.title, file.stem)
        self.day = self._days()
        self.center = self._center()

    def has(self, column: str) -> bool:
        """Whether the log has a column."""
        return column in self.taken.table.place

    def texts(self, column: str) -> list[str]:
        """Different texts of a column, by code."""
        return [*self.taken.texts[column]]

    def refuse(self, found: NDArray[Any], column: str, bad: Bad, texts: Sequence[str]) -> None:
        """Leave out rows, a mask, that have the same fault."""
        found = found & self.good
        if found.any():
            self.taken.refuse(found, column, bad, texts)
            self.unread += int(found.sum())
            self.good &= ~found

    def refuse_codes(self, column: str, wrong: dict[int, Bad]) -> None:
        """Leave out rows whose text is wrong."""
        codes = self.taken.codes[column]
        texts = self.texts(column)
        for bad, own in _by_reason(wrong).items():
            self.refuse(np.isin(codes, own), column, bad, texts)

    def refuse_blanks(self, column: str) -> None:
        """Leave out rows without a text in a column."""
        texts = self.texts(column)
        blank = [code for code, text in enumerate(texts) if not text.strip()]
        self.refuse(np.isin(self.taken.codes[column], blank), column, _NEEDED, texts)

    def note(self, kind: LogKind, found: NDArray[Any], **more: Any) -> None:
        """Leave out rows, a mask, and note it."""
        found = found & self.good
        if found.any():
            where = self.center[found & (self.center >= 0)], self.day[found & (self.center >= 0)]
            made = note_of(kind, self.centers, _FIRST, where[0], where[1] - 1)
            self.notes.append(replace(made, count=int(found.sum()), **more))

    def _days(self) -> NDArray[np.int64]:
        """Number of the date of each row."""
        days, wrong = self.taken.moments.days()
        name = "arrived" if "arrived" in self.taken.day else "start"
        codes = self.taken.day[name]
        column = name
        if "date" in self.taken.day:
            own = codes == NO_DATE
            codes = np.where(own, self.taken.day["date"], codes)
            column = "date" if own.any() else name
        self.taken.day[column] = codes
        texts = [*self.taken.moments.dates, ""]
        for bad, some in _by_reason(wrong).items():
            self.refuse(np.isin(codes, some), column, bad, texts)
        needed = Bad("missing_value", Message("visits.date_needed"))
        self.refuse(codes == NO_DATE, column, needed, texts)
        self.row_days = days
        return np.asarray(days[codes])

    def _center(self) -> NDArray[np.int64]:
        lookup = Lookup(self.problem, "centers", self.centers)
        if not self.has("center_id"):
            meant = (lookup.place(name) for name in self._called if name)
            place = next((p for p in meant if isinstance(p, int) and p != UNKNOWN), UNKNOWN)
            if len(self.centers) == 1:
                place = 0
            if place == UNKNOWN:
                raise self.missing("center_id")
            return np.full(self.n, place)
        texts = self.texts("center_id")
        self.refuse_blanks("center_id")
        places, wrong = places_of(texts, lookup)
        self.center = np.asarray(places[self.taken.codes["center_id"]])
        self.refuse_codes("center_id", wrong)
        unknown = self.center == UNKNOWN
        count = np.bincount(
            self.taken.codes["center_id"][unknown & self.good], minlength=len(texts)
        )
        self.note("unknown_centers", unknown, names=shortened(_most_first(texts, count)))
        self.good &= ~unknown
        return self.center

    def missing(self, column: str) -> InputError:
        """The error of a log without a column."""
        return missing_column(self.taken.table, column)

    def services_told(self) -> ServicesTold:
        """What the texts of services mean."""
        lookup = Lookup(self.problem, "services", self.services)
        told = services_of(self.texts("services"), lookup)
        self.refuse_codes("services", told.wrong)
        codes = self.taken.codes["services"]
        count: Counter[str] = Counter()
        rows = np.bincount(codes[self.good], minlength=len(told.offset))
        for code, names in told.unknown.items():
            for name in names:
                count[name] += int(rows[code])
        found = np.isin(codes, [*told.unknown])
        most = tuple(name for name, n in sorted(count.items(), key=lambda c: (-c[1], c[0])) if n)
        if most:
            self.note("unknown_services", found, names=shortened(most))
        return told

    def ended(self, rows: LogRows | TallyRows) -> Resolved:
        """The rows, and what was found."""
        faults = self.taken.unread.told()
        return Resolved(rows, self.n + self.taken.unread.rows, self.unread, faults, self.notes)


def resolved_visits(taken: Taken, problem: Problem, file: Path) -> Resolved:
    """Resolve a log of visits. InputError: it lacks a column."""
    to = Resolving(taken, problem, file)
    if to.has("services"):
        to.refuse_blanks("services")
        told = to.services_told()
    elif len(to.services) == 1:
        told = ServicesTold(np.array([0, 1]), np.array([0]))
    else:
        raise to.missing("services")
    none = {folded(word) for word in words_for("marks.no_visit")}
    states = [code for code, text in enumerate(to.texts("state")) if folded(text) in none]
    no_visit = np.isin(taken.codes["state"], states)
    to.note("not_visits", no_visit)
    to.good &= ~no_visit
    sizes = np.diff(told.offset)[taken.codes["services"]]
    kept = np.flatnonzero(to.good & (sizes > 0))
    kinds, kind = words_told(to.texts("kind"))
    languages, language = words_told(_languages(to.texts("language"), problem))
    arrival = to.day * _DAY + taken.minute["arrived"]
    offset = np.concatenate([[0], np.cumsum(sizes[kept])])
    start = told.offset[taken.codes["services"][kept]]
    steps = np.arange(offset[-1]) + np.repeat(start - offset[:-1], sizes[kept])
    blank = np.zeros(to.n, dtype=np.int64)
    begin, end, guessed = help_times(taken, arrival, _help(to, "start"), _help(to, "end"))
    to.notes.append(guessed)
    return to.ended(
        LogRows(
            centers=to.centers,
            services=to.services,
            kinds=kinds,
            languages=languages,
            center=to.center[kept],
            time=arrival[kept],
            visit=taken.hashed.get("visit_id", blank)[kept],
            ticket=taken.hashed.get("ticket", blank)[kept],
            offset=offset,
            service=told.service[steps],
            kind=kind[taken.codes["kind"][kept]],
            language=language[taken.codes["language"][kept]],
            begin=begin[kept],
            end=end[kept],
        )
    )


def _help(to: Resolving, column: str) -> NDArray[np.float64]:
    """Minutes in which help begins or ends, on the day of arrival where no date stands there."""
    minute, codes = to.taken.minute[column], to.taken.day[column]
    day = np.where(codes == NO_DATE, to.day, to.row_days[codes])
    found = np.where((minute < 0) | (day <= 0), _IMPOSSIBLE, day * _DAY + minute)
    return np.asarray(np.where(minute == BLANK, np.nan, found))


def _languages(texts: Sequence[str], problem: Problem) -> list[str]:
    """Languages by the ids of their skills, where the week has these."""
    known = {folded(s.name): s.skill_id for s in problem.skills if s.kind == "language" and s.name}
    return [known.get(folded(text), text) for text in texts]


def _by_reason(wrong: dict[int, Bad]) -> dict[Bad, list[int]]:
    """Codes that have the same fault."""
    found: dict[Bad, list[int]] = {}
    for code, bad in wrong.items():
        found.setdefault(bad, []).append(code)
    return found


def _most_first(texts: Sequence[str], count: NDArray[Any]) -> tuple[str, ...]:
    """Texts that occur, the most frequent first."""
    found: Counter[str] = Counter()
    for text, n in zip(texts, count.tolist(), strict=True):
        if n:
            found[text.strip()] += n
    return tuple(text for text, _ in sorted(found.items(), key=lambda c: (-c[1], c[0])))
