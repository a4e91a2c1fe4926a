"""The record in a PostgreSQL database, for those who run a service.

`RecordEntry`s and rosters <-> tables of the schema `shiftplan`.
"""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from shiftplan.errors import InputError, MissingExtraError
from shiftplan.errors.message import Message
from shiftplan.record.sql import WAIT_SECONDS, Done, SqlCursor, SqlStore, Work

if TYPE_CHECKING:
    import psycopg

_GUARDS = (
    """CREATE FUNCTION refused() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% is never changed', TG_TABLE_NAME; END $$""",
    """CREATE FUNCTION in_order() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
    IF NEW.number <> 1 + coalesce(
        (SELECT max(number) FROM shiftplan.entries WHERE week = NEW.week), 0
    ) THEN RAISE EXCEPTION 'entries are numbered without gaps'; END IF;
    RETURN NEW;
    END $$""",
    "CREATE TRIGGER entries_in_order BEFORE INSERT ON entries"
    " FOR EACH ROW EXECUTE FUNCTION in_order()",
    "CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE ON entries"
    " FOR EACH ROW EXECUTE FUNCTION refused()",
    "CREATE TRIGGER entries_remain BEFORE TRUNCATE ON entries EXECUTE FUNCTION refused()",
    "CREATE TRIGGER rosters_stay BEFORE UPDATE ON rosters FOR EACH ROW EXECUTE FUNCTION refused()",
)
_SETTINGS = (
    "SET LOCAL search_path TO shiftplan, pg_temp",
    f"SET LOCAL lock_timeout TO '{WAIT_SECONDS:.0f}s'",
    "SELECT set_config('synchronous_commit', 'on', true)"
    " WHERE current_setting('synchronous_commit') = 'off'",
)
_FORM_TABLE = (  # `to_regclass` may still miss what somebody else committed a moment ago
    "SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = 'shiftplan' AND c.relname = 'form'"
)
_SCHEMA_LOCK = 0x73686674
"""Number of the lock under which the tables are made."""


class PostgresStore(SqlStore):
    """A record in a PostgreSQL database.

    Who writes a week holds an advisory lock of the transaction. A transaction that ends because
    the connection was lost, or because the server could not put it in an order with others, is
    done once more, unless the server knows it as committed.
    """

    def __init__(self, url: str, week: str) -> None:
        try:
            import psycopg
        except ImportError:
            raise MissingExtraError("psycopg", "postgres") from None
        self._psycopg, self._url = psycopg, url
        self._connection: psycopg.Connection[Any] | None = None
        self._pending: tuple[int, Any] | None = None
        """Number of the transaction that is about to be committed, and what it returns."""
        self._password = ""
        try:
            told = psycopg.conninfo.conninfo_to_dict(url)
            self._password = str(told.get("password") or "")
            place = f"postgresql://{told.get('host', '')}/{told.get('dbname', '')}"
        except psycopg.Error:  # whose message may quote the password
            super().__init__("postgresql", week)
            message, remedy = Message("record.no_address"), Message("record.address")
            raise self.fault("invalid_value", message, remedy) from None
        super().__init__(place, week)

    def _read(self, work: Work[Done], missing: Done) -> Done:
        def read(cursor: SqlCursor) -> Done:
            return work(cursor) if self._is_made(cursor) else self._without(missing)

        return self._twice(read)

    def _write(self, work: Work[Done]) -> Done:
        def write(cursor: SqlCursor) -> Done:
            done: Done
            if not self._is_made(cursor):
                self._without(None)
                self._make(cursor)
            cursor.execute("SELECT pg_advisory_xact_lock(?)", (_number_of(self.week),))
            if self._pending is not None:
                number, done = self._pending
                self._pending = None
                ((ended,),) = self._rows(cursor, "SELECT txid_status(?)", number)
                if ended == "committed":
                    return done
            ((number,),) = self._rows(cursor, "SELECT txid_current()")
            done = work(cursor)
            self._pending = number, done
            return done

        return self._twice(write)

    def close(self) -> None:
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                with contextlib.suppress(self._psycopg.Error):
                    connection.close()

    # ---- transactions

    def _twice(self, work: Work[Done]) -> Done:
        """Do work in a transaction, and once more where the connection or the order was lost."""
        with self._lock:
            self._pending = None
            try:
                return self._once(work)
            except self._psycopg.Error as error:
                if not self._is_passing(error):
                    raise self._told(error) from None
            try:
                return self._once(work)
            except self._psycopg.Error as error:
                raise self._told(error) from None

    def _once(self, work: Work[Done]) -> Done:
        if self._connection is None:
            self._connection = self._psycopg.connect(
                self._url,
                autocommit=True,
                prepare_threshold=None,
                connect_timeout=round(WAIT_SECONDS),
                application_name="shiftplan",
            )
        connection = self._connection
        connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        try:
            cursor = _Cursor(connection.cursor())
            for setting in _SETTINGS:
                cursor.execute(setting)
            done = work(cursor)
            # `connection.transaction()` says nothing where the connection was lost by now.
            connection.execute("COMMIT")
            return done
        except BaseException:
            with contextlib.suppress(self._psycopg.Error):
                connection.execute("ROLLBACK")
            raise

    def _is_passing(self, error: psycopg.Error) -> bool:
        """Whether trying again may help; a lost connection is given up."""
        if self._connection is None:  # there was none
            return False
        if self._connection.closed:
            self.close()
            return True
        return isinstance(error, self._psycopg.errors.TransactionRollback)

    # ---- tables

    def _is_made(self, cursor: SqlCursor) -> bool:
        if not self._rows(cursor, _FORM_TABLE):
            return False
        self._need_form(cursor)
        return True

    def _make(self, cursor: SqlCursor) -> None:
        """Make the tables, unless somebody else did so a moment ago."""
        cursor.execute("SELECT pg_advisory_xact_lock(?)", (_SCHEMA_LOCK,))
        if not self._is_made(cursor):
            if not self._rows(cursor, "SELECT FROM pg_namespace WHERE nspname = 'shiftplan'"):
                cursor.execute("CREATE SCHEMA shiftplan")
            self._make_tables(cursor, _GUARDS)

    # ---- faults

    def _told(self, error: psycopg.Error) -> InputError:
        """What the server says, on one line and without the password."""
        errors = self._psycopg.errors
        if isinstance(error, errors.LockNotAvailable):
            return self._in_use()
        reason = " ".join(str(error).split())
        for secret in filter(None, (self._url, self._password, quote(self._password, safe=""))):
            reason = reason.replace(secret, "***")
        remedy = Message("record.check_server")
        return self.fault("unreadable_file", Message("record.server", reason=reason), remedy)


class _Cursor:
    """A cursor whose statements have the gaps of SQLite."""

    def __init__(self, cursor: psycopg.Cursor[Any]) -> None:
        self._cursor = cursor

    def execute(self, sql: str, values: Any = ()) -> object:
        # Without values psycopg takes a statement as it is, `%` included.
        return self._cursor.execute(sql.replace("?", "%s").encode(), values or None)

    def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()


def _number_of(week: str) -> int:
    """Number of the lock of a week."""
    return int.from_bytes(hashlib.sha256(week.encode()).digest()[:8], signed=True)
