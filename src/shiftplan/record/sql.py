"""What the stores in SQL databases share: their tables, and entries as rows.

`RecordEntry`s and rosters <-> rows.
"""

from __future__ import annotations

import contextlib
import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import ValidationError

from shiftplan.errors import Fault, FaultCode, InputError
from shiftplan.errors.message import Message
from shiftplan.record.entries import BODY, Body, RecordEntry, numbered
from shiftplan.record.store import Make
from shiftplan.week.roster import Roster

FORM = 1
"""Version of the tables and of the kinds of entries; readers of an earlier one refuse a later."""
TABLES = (
    "CREATE TABLE form (version integer NOT NULL)",
    "CREATE TABLE entries (week text NOT NULL, number integer NOT NULL, at text NOT NULL,"
    " who text NOT NULL, why text NOT NULL, kind text NOT NULL, body text NOT NULL,"
    " PRIMARY KEY (week, number))",
    "CREATE TABLE rosters (week text NOT NULL, version integer NOT NULL, roster text NOT NULL,"
    " PRIMARY KEY (week, version))",
)
"""Tables of every store; `body` and `roster` are JSON."""
WAIT_SECONDS = 10.0
"""Seconds to wait for another program that holds the record."""
ADVICE = Message("record.from_backup")
_ROWS = (
    "SELECT number, at, who, why, body FROM entries WHERE week = ? AND number > ? ORDER BY number"
)
_ADD = "INSERT INTO entries (week, number, at, who, why, kind, body) VALUES (?, ?, ?, ?, ?, ?, ?)"
Done = TypeVar("Done")


class SqlCursor(Protocol):
    """What runs SQL, as DB-API says."""

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Any:
        """Run a statement."""

    def fetchall(self) -> list[Any]:
        """The rows of the last one."""


Work = Callable[[SqlCursor], Done]


class SqlStore(ABC):
    """A record in an SQL database; `place` shows people where it is, without secrets."""

    has_others = True
    reads_only = False
    """Whether nothing is ever written, neither entries nor files beside the record."""

    def __init__(self, place: str, week: str) -> None:
        self.place, self.week = place, week
        self._lock = threading.RLock()
        self._inside: SqlCursor | None = None
        """Cursor of the transaction in which something is being made to be added."""
        self._known: list[RecordEntry] = []
        """The entries of the week read so far, from the first one on."""

    @abstractmethod
    def _read(self, work: Work[Done], missing: Done) -> Done:
        """Do work in a transaction that only reads; `missing` where there is no record."""

    @abstractmethod
    def _write(self, work: Work[Done]) -> Done:
        """Do work in a transaction of the only one who writes; the record is made if need be."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections."""

    def __del__(self) -> None:
        with contextlib.suppress(Exception):  # such as of one that could not be opened
            self.close()

    def _rows(self, cursor: SqlCursor, sql: str, *values: object) -> list[Any]:
        cursor.execute(sql, values)
        return cursor.fetchall()

    def _key(self, cursor: SqlCursor) -> str:
        """What the week is called in the tables."""
        return self.week

    def fault(self, code: FaultCode, message: Message, remedy: str | Message = "") -> InputError:
        """Make the error of a record that cannot be used."""
        table = Path(self.place).stem
        return InputError([Fault(code, table, message=message, remedy=remedy, file=self.place)])

    # ---- what a store does

    def entries(self, after: int = 0) -> list[RecordEntry]:
        def read(cursor: SqlCursor) -> list[RecordEntry]:
            self._read_on(cursor)
            return self._known[after:]

        return self._see(read, [])

    def append(self, make: Make, *, who: str = "", why: str = "") -> list[RecordEntry]:
        with self._lock:
            self._need_outside()
            self._need_writing()
            return self._write(lambda cursor: self._add(cursor, make, who, why))

    def roster(self, version: int) -> Roster | None:
        def find(cursor: SqlCursor) -> Roster | None:
            key = self._read_on(cursor) if self._known else self._key(cursor)
            sql = "SELECT roster FROM rosters WHERE week = ? AND version = ?"
            rows = self._rows(cursor, sql, key, version)
            try:
                return Roster.model_validate_json(rows[0][0]) if rows else None
            except ValidationError:
                raise self._damaged() from None

        return self._see(find, None)

    def prune(self, versions: Sequence[int]) -> None:
        def forget(cursor: SqlCursor) -> None:
            key = self._read_on(cursor)
            for version in versions:
                sql = "DELETE FROM rosters WHERE week = ? AND version = ?"
                cursor.execute(sql, (key, version))

        with self._lock:
            self._need_outside()
            self._need_writing()
            if versions:
                self._write(forget)

    # ---- rows

    def _see(self, work: Work[Done], missing: Done) -> Done:
        """Read, also for what is being made under the lock of the writer."""
        with self._lock:
            return self._read(work, missing) if self._inside is None else work(self._inside)

    def _need_outside(self) -> None:
        if self._inside is not None:
            raise RuntimeError("what is being added cannot add or prune anything itself")

    def _need_writing(self) -> None:
        """InputError if the record was opened to be read only."""
        if self.reads_only:
            raise self.fault("unreadable_file", Message("record.reads_only"))

    def _read_on(self, cursor: SqlCursor) -> str:
        """Read new entries; returns what the week is called in the tables.

        Entries read before are not read again, but for the last of them: InputError if it is
        another one by now, as in a backup put in the place of the file.
        """
        key, known = self._key(cursor), self._known
        new = self._read_after(cursor, key, max(0, len(known) - 1))
        if new[:1] != known[-1:] and known:
            raise self._changed_places()
        self._known = [*known[:-1], *new]
        return key

    def _read_after(self, cursor: SqlCursor, key: str, after: int) -> list[RecordEntry]:
        rows = self._rows(cursor, _ROWS, key, after)
        try:
            found = [
                RecordEntry(number=number, at=at, who=who, why=why, body=BODY.validate_json(body))
                for number, at, who, why, body in rows
            ]
        except ValidationError:
            raise self._damaged() from None
        if any(entry.number != number for number, entry in enumerate(found, after + 1)):
            raise self._damaged()
        return found

    def _add(self, cursor: SqlCursor, make: Make, who: str, why: str) -> list[RecordEntry]:
        key, before = self._read_on(cursor), self._known
        self._inside = cursor
        try:
            made = make(before)
        finally:
            self._inside = None
        added = numbered((body for body, _ in made), len(before), who, why)
        for entry, (body, roster) in zip(added, made, strict=True):
            row = (key, entry.number, entry.at.isoformat(), entry.who, entry.why)
            cursor.execute(_ADD, (*row, body.kind, _text(body)))
            if body.kind == "drafted" and body.of is None:
                if roster is None:
                    raise ValueError("a draft comes with its roster, or with moves")
                sql = "INSERT INTO rosters (week, version, roster) VALUES (?, ?, ?)"
                cursor.execute(sql, (key, body.version, roster.model_dump_json()))
        return added

    def _need_form(self, cursor: SqlCursor) -> None:
        """See that this version of shiftplan knows the form of the tables; InputError otherwise."""
        (form,) = self._rows(cursor, "SELECT max(version) FROM form")[0]
        if isinstance(form, int) and form > FORM:
            remedy = Message("record.newer_shiftplan")
            raise self.fault("not_a_record", Message("record.newer_form"), remedy)
        if form != FORM:
            raise self._damaged()

    def _make_tables(self, cursor: SqlCursor, guards: Iterable[str]) -> None:
        for statement in (*TABLES, *guards):
            cursor.execute(statement)
        cursor.execute("INSERT INTO form VALUES (?)", (FORM,))

    def _damaged(self) -> InputError:
        return self.fault("not_a_record", Message("record.damaged"), ADVICE)

    def _without(self, missing: Done) -> Done:
        """What stands for a record that does not exist; InputError if there was one."""
        if self._known:
            raise self._changed_places()
        return missing

    def _changed_places(self) -> InputError:
        """The fault of a record that lacks what was read from it before."""
        message = Message("record.lacks_entries")
        return self.fault("not_a_record", message, Message("record.back_in_place"))

    def _in_use(self) -> InputError:
        message = Message("record.in_use", seconds=round(WAIT_SECONDS))
        return self.fault("in_use", message, Message("record.wait_for_other"))


def _text(body: Body) -> str:
    """An entry's content as JSON, without what is as it is by default."""
    told = {"kind": body.kind, **body.model_dump(mode="json", exclude_defaults=True)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
