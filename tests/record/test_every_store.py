"""What every store of records does, in SQLite and in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from uuid import uuid4

import pytest
from drafting import draft, drafts, only
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from recording import bodies, rosters

from shiftplan.errors import InputError
from shiftplan.record.entries import Body, Drafted, Told, Withdrawn
from shiftplan.record.sql import FORM, SqlStore
from shiftplan.week.roster import Roster

Opened = Callable[..., SqlStore]


def run(store: SqlStore, sql: str) -> None:
    """Run a statement behind the record's back."""
    store._write(lambda cursor: cursor.execute(sql))


def test_a_record_that_is_not_there_has_no_entries(opened: Opened) -> None:
    """Reading makes none: no file, no table."""
    store = opened()

    assert store.entries() == []
    assert store.roster(1) is None
    assert store._read(lambda _: "made", "missing") == "missing"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(bodies, max_size=4), roster=rosters, who=st.text(max_size=3))
def test_what_is_added_comes_back(
    opened: Opened, found: list[Body], roster: Roster, who: str
) -> None:
    """Every kind of entry, with any text, is the same in another connection."""
    week = uuid4().hex
    drafted = Drafted(version=7, made_by="repair", after=3, cost=5, tables={"a": "b"})
    with closing(opened(week)) as writer, closing(opened(week)) as reader:
        try:
            added = writer.append(
                lambda _: [(drafted, roster), *((body, None) for body in found)],
                who=who,
                why="vì mưa",
            )
        except ValueError:  # no text of people
            assert not who.isprintable()
            return

        assert reader.entries() == writer.entries() == added
        assert reader.entries(1) == added[1:]
        assert [entry.body for entry in added] == [drafted, *found]
        assert reader.roster(7) == roster


def test_entries_are_numbered_and_weeks_are_apart(opened: Opened) -> None:
    """Each week counts from 1, and has its own versions."""
    first, second = opened("an_giang/2026-12-07"), opened("an_giang/2026-12-14")
    first.append(drafts(2))
    second.append(drafts(1))
    first.append(only(Told(version=2)))

    assert [entry.number for entry in first.entries()] == [1, 2, 3]
    assert [entry.number for entry in second.entries()] == [1]
    assert second.roster(2) is None
    assert first.entries(2)[0].body == Told(version=2)


def test_all_or_nothing_is_added(opened: Opened) -> None:
    """What raises an error half-way leaves nothing, and the error comes through."""
    store = opened()
    store.append(drafts())

    def fail(_: object) -> list[tuple[Body, Roster | None]]:
        raise KeyError("why not")

    with pytest.raises(KeyError, match="why not"):
        store.append(fail)
    with pytest.raises(ValueError, match="comes with its roster"):
        store.append(only(Told(version=1), Drafted(version=2, made_by="plan")))

    assert store.append(only()) == []
    assert len(store.entries()) == 1
    assert store.append(drafts())[0].number == 2


def test_what_is_added_may_read_and_nothing_else(opened: Opened) -> None:
    """Under the lock the record is seen as it is; adding to it there is a mistake of the caller."""
    store = opened()
    store.append(drafts(2))

    def read(before: object) -> list[tuple[Body, Roster | None]]:
        assert store.entries() == before
        assert store.roster(2) == draft(2)[1]
        return [(Told(version=2), None)]

    assert store.append(read)[0].number == 3
    for fail in (lambda _: store.append(drafts()), lambda _: store.prune([1])):
        with pytest.raises(RuntimeError, match="cannot add or prune"):
            store.append(fail)
    assert len(store.entries()) == 3
    assert store.roster(1) == draft(1)[1]


def test_rosters_are_pruned_and_entries_stay(opened: Opened) -> None:
    """Only the chosen versions are forgotten."""
    store = opened()
    store.append(drafts(3))

    store.prune([1, 3, 7])
    store.prune([])

    assert [store.roster(version) for version in (1, 2, 3)] == [None, draft(2)[1], None]
    assert len(store.entries()) == 3


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entries SET who = 'nobody' WHERE number = 1",
        "DELETE FROM entries WHERE number = 2",
        "UPDATE rosters SET roster = '{}'",
        "INSERT INTO entries SELECT week, number + 2, at, who, why, kind, body FROM entries"
        " WHERE number = 2",
        "INSERT INTO entries SELECT * FROM entries WHERE number = 1",
    ],
)
def test_the_database_itself_refuses_changes(opened: Opened, sql: str) -> None:
    """Nobody edits, removes or skips an entry by accident, whatever program they use."""
    store = opened()
    store.append(drafts(2))
    before = store.entries()

    with pytest.raises(InputError):
        run(store, sql)

    assert store.entries() == before


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        (f"UPDATE form SET version = {FORM + 1}", "a newer version of shiftplan"),
        ("UPDATE form SET version = 0", "damaged"),
        ("DELETE FROM form", "damaged"),
    ],
)
def test_another_form_is_refused_in_words(opened: Opened, sql: str, words: str) -> None:
    """A record of a newer version is neither read nor written, and neither is one of none."""
    store = opened()
    store.append(drafts())
    run(store, sql)

    for use in (store.entries, lambda: store.append(drafts()), lambda: store.roster(1)):
        with pytest.raises(InputError, match=words) as error:
            use()
        assert error.value.faults[0].code == "not_a_record"


@pytest.mark.parametrize("body", ["{}", "", "[" * 9999, '{"kind": "told"}', '{"kind": "new"}'])
def test_an_entry_that_says_nothing_is_a_damage(opened: Opened, body: str) -> None:
    """A row that some program added; nothing is read past it."""
    store = opened()
    store.append(drafts())
    run(
        store,
        "INSERT INTO entries SELECT week, 2, at, who, why, kind,"
        f" '{body}' FROM entries WHERE number = 1",
    )
    run(store, "INSERT INTO rosters SELECT week, 2, '[]' FROM rosters")

    with pytest.raises(InputError, match="damaged"):
        store.entries()
    with pytest.raises(InputError, match="damaged"):
        store.roster(2)
    assert store.roster(1) == draft(1)[1]


def test_who_reads_sees_what_another_added(opened: Opened) -> None:
    """Two connections that stay open."""
    writer, reader = opened(), opened()
    assert reader.entries() == []

    writer.append(drafts())
    assert len(reader.entries()) == 1
    reader.append(only(Withdrawn(version=1)))

    assert [entry.body.kind for entry in writer.entries()] == ["drafted", "withdrawn"]
