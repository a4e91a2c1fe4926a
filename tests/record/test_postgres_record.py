"""The record in PostgreSQL: lost connections, locks, rights and passwords, on a real server."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import pytest
from drafting import drafts

from shiftplan.errors import InputError, MissingExtraError
from shiftplan.record import postgres, sql
from shiftplan.record.entries import Body, RecordEntry
from shiftplan.record.postgres import PostgresStore
from shiftplan.week.roster import Roster

psycopg = pytest.importorskip("psycopg")


@pytest.fixture
def store(database: str) -> Iterator[PostgresStore]:
    made = PostgresStore(database, "w")
    yield made
    made.close()


def run(database: str, *statements: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


END = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE application_name = 'shiftplan' AND datname = current_database()"
)


def test_a_connection_that_was_lost_is_made_again(store: PostgresStore, database: str) -> None:
    """While nothing is done, and in the middle of a transaction, which is then done once more."""
    store.append(drafts())
    run(database, END)
    assert len(store.entries()) == 1
    calls = []

    def lose(before: Sequence[RecordEntry]) -> Sequence[tuple[Body, Roster | None]]:
        calls.append(len(before))
        if len(calls) == 1:
            run(database, END)
        return drafts()(before)

    assert [entry.number for entry in store.append(lose)] == [2]
    assert calls == [1, 1]
    assert len(store.entries()) == 2


@pytest.mark.parametrize("arrives", [True, False])
def test_what_was_committed_when_the_connection_broke_is_not_added_twice(
    store: PostgresStore, monkeypatch: pytest.MonkeyPatch, arrives: bool
) -> None:
    """The server is asked whether the commit arrived; what did not is done again."""
    store.append(drafts())
    once, fails = PostgresStore._once, [True]

    def commit_and_lose(own: PostgresStore, work: sql.Work[object]) -> object:
        if not fails:
            return once(own, work)
        fails.clear()

        def lose(cursor: sql.SqlCursor) -> object:
            done = work(cursor)
            if not arrives:
                own._connection.close()
            return done

        done = once(own, lose)
        assert arrives, done
        own._connection.close()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(PostgresStore, "_once", commit_and_lose)
    added = store.append(drafts(), who="An")

    assert not fails
    assert [entry.number for entry in added] == [2]
    assert [entry.who for entry in store.entries()] == ["", "An"]


def test_a_lock_of_another_program_is_told(
    store: PostgresStore, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only of the same week; reading waits for nobody."""
    store.append(drafts())
    short = [s.replace("'10s'", "'50ms'") for s in postgres._SETTINGS]
    monkeypatch.setattr(postgres, "_SETTINGS", short)
    other = PostgresStore(database, "v")
    number = postgres._number_of("w")
    with psycopg.connect(database) as holder:
        holder.execute("SELECT pg_advisory_xact_lock(%s)", (number,))

        with pytest.raises(InputError, match="another program") as error:
            store.append(drafts())
        assert error.value.faults[0].code == "in_use"
        assert len(store.entries()) == 1
        assert other.append(drafts())[0].number == 1

    other.close()
    assert store.append(drafts())[0].number == 2


def test_wrong_passwords_are_told_and_never_shown(store: PostgresStore, database: str) -> None:
    """The server says who was refused; the right one needs few rights, and cannot cheat."""
    store.append(drafts())
    run(
        database,
        "CREATE ROLE guarded LOGIN PASSWORD 'r1ght@'",
        "GRANT USAGE ON SCHEMA shiftplan TO guarded",
        "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA shiftplan TO guarded",
    )
    wrong, right = (
        PostgresStore(database.replace("owner@", f"guarded:{word}@"), "w")
        for word in ("wr0ng", "r1ght%40")
    )

    with pytest.raises(InputError, match='password authentication failed for user "guarded"') as e:
        wrong.entries()
    assert "wr0ng" not in str(e.value)
    assert "wr0ng" not in repr(wrong.__dict__["place"])
    assert right.append(drafts())[0].number == 2
    with pytest.raises(InputError, match="permission denied") as e:
        right.prune([1])
    assert "r1ght" not in str(e.value)

    right.close()
    run(database, "DROP OWNED BY guarded", "DROP ROLE guarded")


@pytest.mark.parametrize("level", ["serializable", "repeatable read"])
def test_a_server_may_have_other_habits(store: PostgresStore, database: str, level: str) -> None:
    """Its usual isolation, search path and commits do not matter."""
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    run(
        database,
        f"ALTER DATABASE {name} SET default_transaction_isolation TO '{level}'",
        f"ALTER DATABASE {name} SET synchronous_commit TO off",
        f"ALTER DATABASE {name} SET search_path TO nowhere",
        f"ALTER DATABASE {name} SET standard_conforming_strings TO off",
    )

    assert [entry.number for entry in store.append(drafts(2))] == [1, 2]
    told = store._write(lambda cursor: store._rows(cursor, "SHOW synchronous_commit"))
    assert told == [("on",)]
    assert store._write(lambda c: store._rows(c, "SHOW transaction_isolation")) == [
        ("read committed",)
    ]


def test_nobody_empties_the_tables(store: PostgresStore, database: str) -> None:
    """Not even with the statement that no trigger of rows sees."""
    store.append(drafts())

    with pytest.raises(psycopg.errors.RaiseException, match="never changed"):
        run(database, "TRUNCATE shiftplan.entries")

    assert len(store.entries()) == 1


def test_it_needs_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(MissingExtraError, match="postgres"):
        PostgresStore("postgresql:///d", "w")
