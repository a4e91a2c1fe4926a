"""A record as CSV files, most of which can be handed in again.

(`CurrentWeek`, `RecordEntry`s, rosters) -> folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from shiftplan.errors.message import Message
from shiftplan.files.cells import write
from shiftplan.files.changes_out import changes_text
from shiftplan.files.csv_text import neutral, to_csv
from shiftplan.files.roster_csv import PeopleColumns, roster_to_csv
from shiftplan.files.text import write_fault
from shiftplan.files.whole import write_texts
from shiftplan.record.current import CurrentWeek
from shiftplan.record.entries import (
    Answered,
    Attended,
    Call,
    Called,
    Changed,
    RecordEntry,
    Sent,
    ShiftAnswer,
)
from shiftplan.record.folding import revoked_by
from shiftplan.record.refusals import refused
from shiftplan.record.saying import entry_message
from shiftplan.record.state import Version
from shiftplan.record.telling import people_told
from shiftplan.seasons import Turnout
from shiftplan.week.roster import Assignment, Roster

_ENTRY = ("number", "at", "who", "why")
ENTRIES = "entries.csv"
TABLES = (
    "versions.csv",
    "changes.csv",
    "answers.csv",
    "calls.csv",
    "attendance.csv",
    "sent.csv",
)
"""The other files of a record, beside `entries.csv` and the rosters."""
_OF_SHIFT = ("center", "date", "start", "end")
_ALL = 1_000_000
"""People that the sentences of a table name: everybody."""
_VERSION = ("draft", "made_at", "made_by", "of", "told_at", "seats", "filled", "cost", "bound")

Rows = list[dict[str, str]]


def write_record(
    folder: str | os.PathLike[str],
    week: CurrentWeek,
    entries: Sequence[RecordEntry],
    roster: Callable[[int], Roster | None],
    *,
    say: Callable[[Message], str] = str,
) -> list[Path]:
    """Write a record as CSV files; times are those of the week's zone.

    `entries.csv` tells every entry in words, `versions.csv` the versions of the roster, and
    `roster-<version>.csv` each roster that is kept, but of versions made by moves only those that
    were published and the newest of each draft. `changes.csv`, `answers.csv`, `calls.csv`,
    `attendance.csv` and `sent.csv` hold what was not revoked, and can be read again; changes that
    the files contradict by now are in none of them. No file has phones or contacts.

    Parameters
    ----------
    folder
        Where to; made where it is missing. Files of the same names are replaced.
    week
        The week as it is now, with the files that it was made of.
    entries
        The entries of its record, oldest first.
    roster
        Version -> its roster; None for one that is no longer kept.
    say
        Says the sentences, such as `present.naming.Names(problem, "vi").say`; English with ids
        where it is not given.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    InputError
        A change would be another one when it is read again, or a file cannot be written. Nothing
        is replaced then.
    """
    place = Path(folder)
    tables = _Tables(week, entries, say)
    newest = {version.number for version in week.state.drafts.values()}
    versions = week.state.versions.values()
    shown = (v.number for v in versions if v.draft.of is None or v.told or v.number in newest)
    rosters = {number: found for number in shown if (found := roster(number)) is not None}
    others = (
        tables.versions(),
        tables.changes(),
        tables.answers(),
        tables.seats(Called, "calls", "answer"),
        tables.seats(Attended, "turnouts", "state"),
        tables.sent(),
    )
    texts = {
        ENTRIES: tables.entries(people_told(week, entries, rosters.get)),
        **dict(zip(TABLES, others, strict=True)),
        **{f"roster-{v}.csv": roster_to_csv(week.problem, found) for v, found in rosters.items()},
    }
    try:
        place.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise write_fault(place, error) from None
    files = {place / name: text for name, text in texts.items()}
    write_texts(files, marked=True)
    return list(files)


class _Tables:
    """The tables of a record."""

    def __init__(
        self, week: CurrentWeek, entries: Sequence[RecordEntry], say: Callable[[Message], str]
    ) -> None:
        self.week, self.all, self.say = week, entries, say
        self.revoked = revoked_by(entries)
        self.zone = ZoneInfo(week.files.horizon.zone)
        self.people = PeopleColumns(week.problem)

    def entries(self, people: Mapping[int, int]) -> str:
        """Every entry in words; `people`: its number -> how many people it told anything."""
        rows: Rows = []
        for entry in self.all:
            told, shifts = people.get(entry.number), self.week.problem.shift_by_id
            what = self.say(entry_message(entry, told, most=_ALL, shifts=shifts))
            cells = {"kind": entry.body.kind, "what": what}
            by = self.revoked.get(entry.number)
            rows.append(self._entry(entry) | cells | {"revoked_by": write(by)})
        return _text([*_ENTRY, "kind", "what", "revoked_by"], rows)

    def versions(self) -> str:
        """The versions of the roster, and what became of each."""
        rows: Rows = []
        for version in self.week.state.versions.values():
            draft = version.draft
            told_at = "" if version.told is None else self._at(version.told)
            cells = {"version": str(version.number), "state": self._state(version)}
            cells |= {"made_at": self._at(version.entry), "made_by": draft.made_by}
            cells |= {"draft": draft.name, "of": write(draft.of)}
            cells |= {"told_at": told_at, "seats": str(draft.seats), "filled": str(draft.filled)}
            rows.append(cells | {"cost": write(draft.cost), "bound": write(draft.bound)})
        return _text(["version", "state", *_VERSION], rows)

    def _state(self, version: Version) -> str:
        if version.told is None:
            return "draft"
        if version.withdrawn:
            return "withdrawn"
        now = self.week.state.told
        return "told" if now is not None and now.number == version.number else "replaced"

    def changes(self) -> str:
        """The changes that count, as `read_changes_in_turn` reads them."""
        unfit = {unfit.entry for unfit in self.week.unfit}
        groups = [
            (self._entry(entry), entry.body.changes)
            for entry in self._standing()
            if isinstance(entry.body, Changed) and entry.number not in unfit
        ]
        return changes_text(self.week.files, groups)

    def answers(self) -> str:
        """The last answer to each shift, if it still holds."""
        found = {}
        for entry in self._standing():
            for row in entry.body.answers if isinstance(entry.body, Answered) else ():
                found[Assignment.of(row)] = entry, row
        counting = self.week.state.answers
        holding = {pair for pair, _ in refused(self.week.files, self.week.state)}
        rows = (
            found[pair]
            for pair in found
            if pair in counting and (counting[pair].answer == "confirmed" or pair in holding)
        )
        return self._seats(rows, "answer")

    def seats(self, kind: type[Called | Attended], rows_of: str, column: str) -> str:
        """What was said or seen of people in shifts and was not revoked."""
        standing = (entry for entry in self._standing() if isinstance(entry.body, kind))
        rows = ((entry, row) for entry in standing for row in getattr(entry.body, rows_of))
        return self._seats(rows, column)

    def _seats(
        self, found: Iterable[tuple[RecordEntry, ShiftAnswer | Call | Turnout]], column: str
    ) -> str:
        rows: Rows = []
        for entry, row in found:
            cells = self.people.cells(row.shift_id, row.volunteer_id)
            rows.append(self._entry(entry) | cells | {column: getattr(row, column)})
        header = [*_ENTRY, "shift_id", "volunteer_id", column, "volunteer", *_OF_SHIFT]
        return _text(header, rows)

    def sent(self) -> str:
        """Whose messages of which version were sent, as `read_sent` reads it."""
        rows: Rows = []
        for entry in self._standing():
            if not isinstance(entry.body, Sent):
                continue
            told = self._entry(entry) | {"version": str(entry.body.version)}
            sent = {"sent": self._at(entry)[:16]}
            rows += (told | {"kind": one.kind, "id": one.id} | sent for one in entry.body.to)
        return _text([*_ENTRY, "version", "kind", "id", "sent"], rows)

    def _standing(self) -> Iterable[RecordEntry]:
        return (entry for entry in self.all if entry.number not in self.revoked)

    def _entry(self, entry: RecordEntry) -> dict[str, str]:
        cells = {"number": str(entry.number), "at": self._at(entry)}
        return cells | {"who": entry.who, "why": entry.why}

    def _at(self, entry: RecordEntry) -> str:
        there = entry.at.astimezone(self.zone)
        return there.isoformat(sep=" ", timespec="seconds")


def _text(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """CSV text of rows; nothing in it is taken for a formula."""
    return to_csv(header, ([neutral(row.get(name, "")) for name in header] for row in rows))
