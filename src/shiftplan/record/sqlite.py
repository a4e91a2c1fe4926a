"""The record in an SQLite file, beside the week or anywhere else.

`RecordEntry`s and rosters <-> an SQLite file, in WAL mode where the disk is this computer's own.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files.text import read_fault, write_fault
from shiftplan.files.whole import is_full
from shiftplan.record.sql import ADVICE, TABLES, WAIT_SECONDS, Done, SqlCursor, SqlStore, Work

_APPLICATION = 0x73686674
"""What SQLite files of records have in their header: `shft`."""
_GUARDS = (
    "CREATE TRIGGER entries_in_order BEFORE INSERT ON entries"
    " WHEN NEW.number <> 1 + coalesce((SELECT max(number) FROM entries WHERE week = NEW.week), 0)"
    " BEGIN SELECT RAISE(ABORT, 'entries are numbered without gaps'); END",
    "CREATE TRIGGER entries_stay BEFORE UPDATE ON entries"
    " BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END",
    "CREATE TRIGGER entries_remain BEFORE DELETE ON entries"
    " BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END",
    "CREATE TRIGGER rosters_stay BEFORE UPDATE ON rosters"
    " BEGIN SELECT RAISE(ABORT, 'rosters are never changed'); END",
)
_SCHEMA = frozenset((*TABLES, *_GUARDS))
_SETTINGS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)
LONGEST = 100_000_000
"""Bytes of a value that is read; a roster of An Giang has about 200,000."""
_WAL_HEADER = slice(18, 20)
"""Where an SQLite file says that it is in WAL mode, by two bytes of 2."""
_MOUNTS = Path("/proc/self/mountinfo")
_REMOTE = ("9p", "afp", "afs", "ceph", "cifs", "glusterfs", "lustre", "ncp", "nfs", "smb", "webdav")
"""What types of network file systems begin with."""


class SqliteStore(SqlStore):
    """A record in an SQLite file.

    `alone`: the file stands beside one week, so that the only week in it is meant, whatever the
    folder was called when it was made.
    """

    def __init__(self, path: Path, week: str, *, alone: bool = False) -> None:
        super().__init__(path.name, week)
        self.path, self.has_others = path.absolute(), not alone
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None
        self._is_settled = self._only_reads = False

    def _read(self, work: Work[Done], missing: Done) -> Done:
        def read(connection: sqlite3.Connection) -> Done:
            connection.execute("BEGIN")
            is_made = self._is_made(connection)
            return work(connection.cursor()) if is_made else self._without(missing)

        with self._lock:
            try:
                is_there = self._find()
                return self._try(read, writes=False) if is_there else self._without(missing)
            finally:
                if self._only_reads:  # others may write, and then take away the files beside it
                    self.close()

    def _write(self, work: Work[Done]) -> Done:
        def write(connection: sqlite3.Connection) -> Done:
            connection.execute("BEGIN IMMEDIATE")
            cursor = connection.cursor()
            if not self._is_made(connection):
                self._without(None)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                self._make_tables(cursor, _GUARDS)
            return work(cursor)

        with self._lock:
            if not self._find():
                self._without(None)
            done = self._try(write, writes=True)
            self._settle()
            return done

    def close(self) -> None:
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                with contextlib.suppress(sqlite3.Error):
                    connection.close()

    # ---- the file

    def _find(self) -> bool:
        """Whether there is a file; a connection to one that is no longer there is closed."""
        try:
            told = self.path.stat()
        except FileNotFoundError:
            self.close()
            return False
        except (OSError, ValueError) as error:
            raise read_fault(self.path, error) from None
        if not stat.S_ISREG(told.st_mode):
            raise self._foreign()
        if self._opened != (told.st_dev, told.st_ino):  # such as a copy that was put in its place
            self.close()
        return True

    def _try(self, work: Callable[[sqlite3.Connection], Done], *, writes: bool) -> Done:
        """Do work up to the end of its transaction."""
        try:
            connection = self._connected(writes)
            try:
                done = work(connection)
                connection.execute("COMMIT")
                return done
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
        except UnicodeDecodeError:  # a message about names that are no text
            raise self._damaged() from None
        except sqlite3.Error as error:
            raise self._told(error, writes) from None

    def _connected(self, writes: bool) -> sqlite3.Connection:
        if self._connection is None:
            try:
                place, mode = self.path.as_posix(), self._mode(writes)
                self._only_reads = mode.startswith("ro")
                uri = f"file://{'' if place[0] == '/' else '/'}{quote(place)}?mode={mode}"
                self._connection = sqlite3.connect(
                    uri,
                    timeout=WAIT_SECONDS,
                    isolation_level=None,
                    check_same_thread=False,
                    uri=True,
                )
                self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
                for setting in _SETTINGS:
                    self._connection.execute(setting)
                told = self.path.stat()
            except BaseException as error:
                self.close()
                raise (
                    self._refused(error, writes) if isinstance(error, OSError) else error
                ) from None
            self._opened, self._is_settled = (told.st_dev, told.st_ino), False
        return self._connection

    def _mode(self, writes: bool) -> str:
        """How the file is opened: where it cannot be written, no file may appear beside it."""
        if not self.path.exists():
            return "rwc" if writes else "ro"
        if not self.reads_only and _can_write(self.path) and _can_write(self.path.parent):
            return "rw"
        with self.path.open("rb") as file:
            is_wal = file.read(_WAL_HEADER.stop)[_WAL_HEADER] == b"\2\2"
        is_open = self.path.with_name(f"{self.path.name}-wal").exists()
        return "ro&immutable=1" if is_wal and not is_open else "ro"

    def _settle(self) -> None:
        """Choose how the file is written: WAL mode needs memory that all who use it share."""
        if not self._is_settled and self._connection is not None:
            mode = "DELETE" if is_remote(self.path) else "WAL"
            with contextlib.suppress(sqlite3.Error):  # then it stays as it is, as safe as before
                self._connection.execute(f"PRAGMA journal_mode = {mode}")
            self._is_settled = True

    # ---- what is in it

    def _is_made(self, connection: sqlite3.Connection) -> bool:
        """Whether the tables are there; InputError where others are."""
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        found = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        if not found and application in (0, _APPLICATION):
            return False
        if application != _APPLICATION:
            raise self._foreign()
        texts = {sql for _, _, sql in found}
        if TABLES[0] in texts:
            self._need_form(connection.cursor())
        if not texts >= _SCHEMA or any(
            kind in ("view", "trigger") and sql not in _SCHEMA for kind, _, sql in found
        ):
            raise self._damaged()
        return True

    def _key(self, cursor: SqlCursor) -> str:
        if not self.has_others:
            first, last = self._rows(cursor, "SELECT min(week), max(week) FROM entries")[0]
            if first is not None and first == last:
                return str(first)
        return self.week

    # ---- faults

    def _told(self, error: sqlite3.Error, writes: bool) -> InputError:
        """What SQLite says, as the error of a file."""
        if is_full(error):
            return self._refused(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), writes)
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL):
            return self._in_use()
        numbers = {
            sqlite3.SQLITE_READONLY: errno.EACCES,
            sqlite3.SQLITE_PERM: errno.EACCES,
            sqlite3.SQLITE_CANTOPEN: errno.EACCES,
            sqlite3.SQLITE_IOERR: errno.EIO,
        }
        if code in numbers:
            return self._refused(OSError(numbers[code], os.strerror(numbers[code])), writes)
        return self._foreign() if code == sqlite3.SQLITE_NOTADB else self._damaged()

    def _refused(self, error: OSError, writes: bool) -> InputError:
        (fault,) = (write_fault if writes else read_fault)(self.path, error).faults
        return InputError([replace(fault, remedy=Message("record.elsewhere", path=self.path))])

    def _foreign(self) -> InputError:
        return self.fault("not_a_record", Message("record.foreign"), ADVICE)


def _can_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def is_remote(path: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether a file is on another computer's disk, as far as the system says so."""
    real = path.resolve()
    if sys.platform == "win32":
        import ctypes

        drive = real.drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == 4
    try:
        lines = mounts.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return False
    kinds = {}
    for line in lines:
        before, _, after = line.partition(" - ")
        place = before.split(" ")[4].replace("\\040", " ")
        kinds[place] = after.split(" ")[0].removeprefix("fuse.")
    place = next(str(p) for p in (real, *real.parents) if str(p) in kinds or p == p.parent)
    return kinds.get(place, "").startswith((*_REMOTE, "sshfs", "rclone"))
