"""The record as an SQLite file: its modes, files beside it, locks, damage, full disks."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from drafting import draft, drafts

from shiftplan.errors import Fault, InputError
from shiftplan.record import sqlite
from shiftplan.record.sqlite import SqliteStore, is_remote


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path / "record.db", "w")
    yield made
    made.close()


def fault_of(store: SqliteStore, *, adding: bool = False) -> Fault:
    with pytest.raises(InputError) as error:
        store.append(drafts()) if adding else store.entries()
    (fault,) = error.value.faults
    assert fault.file == store.path.name
    return fault


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@contextlib.contextmanager
def locked_folder() -> Iterator[Path]:
    """A folder where others may be read and nothing written; of root's tests, as another user."""
    folder = Path(tempfile.mkdtemp())
    is_root = os.geteuid() == 0
    try:
        with opened_at(folder / "record.db") as store:
            store.append(drafts(2))
            str(store._damaged())  # loads the modules and words that only root may read here
        for path in folder.iterdir():
            path.chmod(0o444)
        folder.chmod(0o555)
        if is_root:
            os.seteuid(65534)
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


@contextlib.contextmanager
def opened_at(path: Path) -> Iterator[SqliteStore]:
    with contextlib.closing(SqliteStore(path, "w")) as store:
        yield store


def pragma(path: Path, name: str) -> object:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_it_is_in_wal_mode_and_written_through(store: SqliteStore) -> None:
    """Many read while one writes, and what was added is on the disk."""
    store.append(drafts())

    assert pragma(store.path, "journal_mode") == "wal"
    assert pragma(store.path, "application_id") == int.from_bytes(b"shft")
    assert store._connection is not None
    assert store._connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_one_file_is_left_after_writing_and_reading(tmp_path: Path, store: SqliteStore) -> None:
    """The files of WAL mode are there only while the record is open."""
    store.append(drafts())
    store.close()
    assert names(tmp_path) == ["record.db"]

    store.entries()
    store.close()
    assert names(tmp_path) == ["record.db"]


def test_reading_what_is_not_there_makes_nothing(tmp_path: Path, store: SqliteStore) -> None:
    """No file, and nothing in an empty one."""
    assert store.entries() == []
    assert names(tmp_path) == []

    store.path.touch()
    assert store.entries() == []
    assert store.path.stat().st_size == 0
    assert store.append(drafts())[0].number == 1


def test_a_folder_that_cannot_be_written_is_read() -> None:
    """Nothing appears beside the record; adding says why it cannot be done."""
    with locked_folder() as folder, opened_at(folder / "record.db") as store:
        assert len(store.entries()) == 2
        assert store.roster(2) == draft(2)[1]
        assert names(folder) == ["record.db"]
        fault = fault_of(store, adding=True)

        assert fault.code == "unreadable_file"
        assert "cannot be written: Permission denied" in str(fault)
        assert len(store.entries()) == 2
        assert names(folder) == ["record.db"]


def test_who_may_only_read_sees_what_others_add() -> None:
    """Also in a process that goes on, while they write, and when they have ended."""
    with locked_folder() as folder, opened_at(folder / "record.db") as reader:
        assert len(reader.entries()) == 2
        euid = os.geteuid()
        if euid != 65534:
            pytest.skip("needs a user who may write and one who may not")
        os.seteuid(0)
        with opened_at(folder / "record.db") as writer:
            writer.append(drafts())
            os.seteuid(euid)
            assert len(reader.entries()) == 3
            os.seteuid(0)
        os.seteuid(euid)
        assert len(reader.entries()) == 3
        assert names(folder) == ["record.db"]


def test_a_file_that_cannot_be_read_is_told() -> None:
    """Nor can one be made where nothing can be written."""
    with locked_folder() as folder:
        with opened_at(folder / "other.db") as store:
            assert store.entries() == []
            assert "Permission denied" in str(fault_of(store, adding=True))
        euid = os.geteuid()
        os.seteuid(0) if euid == 65534 else None
        (folder / "record.db").chmod(0)
        os.seteuid(euid) if euid == 65534 else None
        with opened_at(folder / "record.db") as store:
            assert "Permission denied" in str(fault_of(store))


@pytest.mark.parametrize("adding", [False, True])
def test_a_lock_of_another_program_is_told(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, adding: bool
) -> None:
    """It waits, and then says that somebody else is at work; afterwards all is well."""
    monkeypatch.setattr(sqlite, "WAIT_SECONDS", 0.05)
    store.append(drafts())
    store.close()
    with contextlib.closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        if not adding:
            other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        fault = fault_of(store, adding=adding)

    assert fault.code == "in_use"
    assert "Close programs" in str(fault)
    assert store.append(drafts())[0].number == 2


@pytest.mark.parametrize(
    "content", [b"center_id,name\n1,An\n", b"xy", bytes(5000), b"SQLite format 3\0" + b"\xff" * 500]
)
def test_what_is_no_database_is_told_and_stays(store: SqliteStore, content: bytes) -> None:
    """Neither read nor replaced; a remedy stands beside it."""
    store.path.write_bytes(content)

    for adding in (False, True):
        fault = fault_of(store, adding=adding)
        assert fault.code == "not_a_record"
        assert "backup" in str(fault)
    assert store.path.read_bytes() == content


def test_databases_of_other_programs_stay_as_they_are(store: SqliteStore) -> None:
    """One with tables of its own, and one that only says whose it is."""
    for statement in ("CREATE TABLE entries (week, number)", "PRAGMA application_id = 7"):
        store.path.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(store.path)) as other:
            other.execute(statement)
        before = store.path.read_bytes()

        for adding in (False, True):
            assert "is not a record" in str(fault_of(store, adding=adding))
        store.close()
        assert store.path.read_bytes() == before


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE VIEW more AS SELECT * FROM entries",
        "CREATE TRIGGER more AFTER INSERT ON entries BEGIN DELETE FROM rosters; END",
        "DROP TRIGGER entries_stay",
        "ALTER TABLE entries ADD COLUMN more",
        "DROP TABLE rosters",
    ],
)
def test_tables_that_another_program_changed_are_refused(store: SqliteStore, sql: str) -> None:
    """Nothing runs that others put into the file; the guards of the entries are there."""
    store.append(drafts())
    store.close()
    with contextlib.closing(sqlite3.connect(store.path)) as other:
        other.execute(sql)

    assert "another program changed it" in str(fault_of(store))
    assert "another program changed it" in str(fault_of(store, adding=True))


def test_an_index_of_ones_own_harms_nothing(store: SqliteStore) -> None:
    store.append(drafts())
    with contextlib.closing(sqlite3.connect(store.path)) as other:
        other.execute("CREATE INDEX by_kind ON entries (kind)")

    assert store.append(drafts())[0].number == 2


def test_bytes_that_were_damaged_are_told_or_harmless(store: SqliteStore) -> None:
    """Whatever byte is another one: entries as they were, or the fault of a damaged record."""
    store.append(drafts(3))
    store.close()
    good, chance = store.path.read_bytes(), random.Random(32)
    for _ in range(150):
        data = bytearray(good)
        for _ in range(chance.randrange(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        store.path.write_bytes(data[: chance.choice((len(data), chance.randrange(len(data))))])
        with contextlib.suppress(InputError):
            found = store.entries()
            assert [entry.number for entry in found] == list(range(1, len(found) + 1))
            store.append(drafts())
        store.close()
        for name in names(store.path.parent):
            (store.path.parent / name).unlink()


def test_a_full_disk_is_told_and_nothing_is_half_added(store: SqliteStore) -> None:
    """Once there is room, the next entry can be added."""
    store.append(drafts())
    assert store._connection is not None
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages + 1}")

    with pytest.raises(InputError, match="cannot be written: No space left on device"):
        store.append(drafts(200))

    assert len(store.entries()) == 1
    store.close()
    assert len(store.append(drafts(200))) == 200


@pytest.mark.parametrize("others", [0, 1, 5])
def test_a_record_that_was_replaced_is_refused(
    store: SqliteStore, tmp_path: Path, others: int
) -> None:
    """Neither read nor added to, as long as entries that were read from it are not in it.

    A file with as many entries or more, or none at all.
    """
    store.append(drafts(2))
    store.entries()
    store.close()
    kept = tmp_path / "kept.db"
    os.replace(store.path, kept)
    if others:
        with opened_at(store.path) as other:
            other.append(drafts(others), who="somebody else")

    for adding in (False, True):
        fault = fault_of(store, adding=adding)
        assert fault.code == "not_a_record"
        assert fault.sentence.endswith("lacks entries that were in it")
    assert store.path.exists() is bool(others)
    with pytest.raises(InputError):
        store.roster(1)
    store.path.unlink(missing_ok=True)
    os.replace(kept, store.path)
    assert store.append(drafts())[0].number == 3


def test_a_copy_that_goes_on_is_read_further(store: SqliteStore, tmp_path: Path) -> None:
    """A file put in its place counts where it has all that was read."""
    store.append(drafts(2))
    store.entries()
    store.close()
    copy = tmp_path / "copy.db"
    copy.write_bytes(store.path.read_bytes())
    with opened_at(copy) as other:
        other.append(drafts(3))
    os.replace(copy, store.path)

    assert len(store.entries()) == 5
    assert store.append(drafts())[0].number == 6


def test_a_folder_or_a_pipe_is_no_record(store: SqliteStore) -> None:
    """And nobody waits for it."""
    store.path.mkdir()
    assert fault_of(store).code == "not_a_record"
    store.path.rmdir()
    os.mkfifo(store.path)
    assert fault_of(store, adding=True).code == "not_a_record"


def test_no_file_can_be_where_no_folder_is(tmp_path: Path) -> None:
    with opened_at(tmp_path / "missing" / "record.db") as store:
        assert store.entries() == []
        assert fault_of(store, adding=True).code == "unreadable_file"
    with opened_at(tmp_path / "a\0b.db") as store, pytest.raises(InputError):
        store.entries()


@pytest.mark.parametrize("name", ["tuần 50% #1?.db", "'; DROP TABLE entries; --.db", "a+b&c=d.db"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    with opened_at(tmp_path / name) as store:
        store.append(drafts())
        store.close()
        assert len(store.entries()) == 1
    assert names(tmp_path) == [name]


def test_on_disks_of_the_network_there_is_no_wal_mode(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It needs memory that all programs share; a record that moves there changes its mode."""
    store.append(drafts())
    store.close()
    monkeypatch.setattr(sqlite, "is_remote", lambda path: True)

    store.append(drafts())

    assert names(store.path.parent) == ["record.db"]
    store.close()
    assert pragma(store.path, "journal_mode") == "delete"
    assert len(store.entries()) == 2


@pytest.mark.skipif(os.name == "nt", reason="reads a table of mounts")
def test_disks_of_the_network_are_known_by_their_type(tmp_path: Path) -> None:
    """The innermost mount counts, and its name may contain blanks."""
    mounts = tmp_path / "mountinfo"
    lines = [
        "22 1 8:1 / / rw shared:1 - ext4 /dev/vda rw",
        "30 22 0:40 / /srv/office rw - nfs4 server:/office rw",
        "31 22 0:41 / /media/O\\040D rw shared:5 master:1 - cifs //server/d rw",
        "32 30 8:2 / /srv/office/local rw - xfs /dev/vdb rw",
        "33 22 0:42 / /home/an/far rw - fuse.sshfs an@host: rw",
    ]
    mounts.write_text("\n".join(lines), encoding="utf-8")
    far = {"/srv/office/w/record.db", "/media/O D/record.db", "/home/an/far/w.db"}
    near = {"/srv/w.db", "/srv/office/local/w.db", "/srv/office2/w.db"}

    assert {path for path in far | near if is_remote(Path(path), mounts)} == far
    assert not is_remote(Path("/srv/office/w.db"), tmp_path / "none")
