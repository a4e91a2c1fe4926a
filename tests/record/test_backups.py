"""Backups of records that are written meanwhile, and what comes back from them."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path

import pytest
from drafting import draft
from forking import version_told

from shiftplan.record.opening import open_store
from shiftplan.record.sql import SqlStore
from shiftplan.record.sqlite import SqliteStore

FOLDER = Path(__file__).parents[2] / "examples" / "operating"
BACKUPS = 5


@contextmanager
def written_meanwhile(open_writer: Callable[[], SqlStore]) -> Iterator[Callable[[int], None]]:
    """Somebody publishes one version after another; yields what waits until so many are there."""
    stop, grown = threading.Event(), threading.Condition()
    there = [0]

    def write() -> None:
        with closing(open_writer()) as store:
            while not stop.is_set():
                store.append(version_told)
                with grown:
                    there[0] += 1
                    grown.notify_all()

    def wait(number: int) -> None:
        with grown:
            assert grown.wait_for(lambda: there[0] >= number, timeout=120)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield wait
    finally:
        stop.set()
        writer.join()


def assert_whole_up_to_a_moment(copy: SqlStore, all_of_it: SqlStore) -> int:
    """The entries are the first ones of all, none is half there, and more can be added."""
    found, everything = copy.entries(), all_of_it.entries()
    versions = len(found) // 2
    assert found == everything[: 2 * versions] != []
    for version in range(1, versions + 1):
        assert copy.roster(version) == draft(version)[1]
    copy.append(version_told)
    assert len(copy.entries()) == len(found) + 2
    return versions


@pytest.fixture
def backup(tmp_path: Path) -> Callable[..., list[Path]]:
    """Runs the script; the archives that are there then, oldest first."""

    def run(*folders: Path, keep: int = 30) -> list[Path]:
        target = tmp_path / "backups"
        script, given = str(FOLDER / "backup.py"), [str(target), *map(str, folders)]
        command = [sys.executable, script, "--keep", str(keep), *given]
        subprocess.run(command, check=True, capture_output=True)
        return sorted(target.iterdir())

    return run


def extracted(archive: Path, folder: Path) -> Path:
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    return folder


def test_a_backup_while_somebody_writes_is_a_record_of_one_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each copy is whole, later ones contain more, and each can be written to again."""
    monkeypatch.syspath_prepend(str(FOLDER))
    copy_database = import_module("backup").copy_database
    place = tmp_path / "record.db"
    copies = [tmp_path / f"{number}.db" for number in range(BACKUPS)]

    with written_meanwhile(lambda: SqliteStore(place, "w")) as wait:
        for number, copy in enumerate(copies):
            wait(1 + 2 * number)
            copy_database(place, copy)
        wait(2 * BACKUPS)

    with closing(SqliteStore(place, "w")) as record:
        held = []
        for copy in copies:
            with closing(SqliteStore(copy, "w")) as store:
                held.append(assert_whole_up_to_a_moment(store, record))
    assert held == sorted(held)
    assert held[0] < held[-1]


def test_folders_come_back_with_their_records(
    tmp_path: Path, backup: Callable[..., list[Path]]
) -> None:
    """Files are as they were; records contain what is only in the files beside them; no locks."""
    weeks, run = tmp_path / "weeks", tmp_path / "run"
    (weeks / "tuần 50").mkdir(parents=True)
    (weeks / "tuần 50" / "centers.csv").write_text("center_id\nA\n", encoding="utf-8")
    (run / ".staging" / "x").mkdir(parents=True)
    (run / "manifest.json").write_text("{}", encoding="utf-8")
    (run / ".lock").touch()
    os.symlink("/etc/passwd", run / "link")
    record = weeks / "tuần 50" / "record.db"

    with closing(SqliteStore(record, "w")) as store:
        store.append(version_told)
        store.append(version_told)
        assert record.with_name("record.db-wal").stat().st_size > 0  # what was added last
        (archive,) = backup(weeks, run)

        back = extracted(archive, tmp_path / "back")
        with closing(SqliteStore(back / "weeks" / "tuần 50" / "record.db", "w")) as copy:
            assert_whole_up_to_a_moment(copy, store)
            copy.close()
    names = {p.relative_to(back).as_posix() for p in back.rglob("*") if p.is_file()}
    assert names == {
        "weeks/tuần 50/centers.csv",
        "weeks/tuần 50/record.db",
        "run/manifest.json",
    }


def test_only_the_newest_backups_stay(tmp_path: Path, backup: Callable[..., list[Path]]) -> None:
    """Older archives go; other files stay, and the new one even where the clock was set back."""
    (tmp_path / "weeks").mkdir()
    (tmp_path / "backups").mkdir()
    old, later = (f"shiftplan-{year}0101T000000Z.tar.gz" for year in (2001, 2999))
    for name in (old, later, "note.txt"):
        (tmp_path / "backups" / name).touch()

    everything = backup(tmp_path / "weeks", keep=5)
    left = [path.name for path in backup(tmp_path / "weeks", keep=2)]

    assert len(everything) == 4
    assert len(left) == 3
    assert old not in left
    assert {later, "note.txt"} < set(left)


def test_a_damaged_record_ends_the_backup(tmp_path: Path) -> None:
    """Nobody takes an archive with a damaged record for a good one: there is none."""
    place = tmp_path / "weeks" / "record.db"
    place.parent.mkdir()
    with closing(SqliteStore(place, "w")) as store:
        store.append(version_told)
    damaged = bytearray(place.read_bytes())
    damaged[4096:] = b"\xff" * (len(damaged) - 4096)
    place.write_bytes(damaged)

    command = [sys.executable, str(FOLDER / "backup.py"), str(tmp_path / "b"), str(place.parent)]
    done = subprocess.run(command, capture_output=True, text=True)

    assert done.returncode == 1
    assert "sqlite3" in done.stderr
    assert list((tmp_path / "b").iterdir()) == []


@pytest.mark.parametrize("name", ["record.db", "2026-12-07.record.db"])
@pytest.mark.parametrize("content", [b"", b"garbage garbage garbage garbage"])
def test_what_has_the_name_of_a_record_and_is_none_ends_the_backup(
    tmp_path: Path, name: str, content: bytes
) -> None:
    """Otherwise the good copies in older archives would be removed one by one."""
    place, backups = tmp_path / "weeks" / name, tmp_path / "b"
    place.parent.mkdir()
    backups.mkdir()
    place.write_bytes(content)
    old = backups / "shiftplan-20010101T000000Z.tar.gz"
    old.touch()

    script = [sys.executable, str(FOLDER / "backup.py"), "--keep", "1"]
    done = subprocess.run(
        [*script, str(backups), str(place.parent)], capture_output=True, text=True
    )

    assert done.returncode == 1
    assert str(place) in done.stderr.splitlines()[-1]
    assert list(backups.iterdir()) == [old]


def test_what_a_killed_backup_left_is_removed(
    tmp_path: Path, backup: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not while another one is at work, whose unfinished archive it may be."""
    monkeypatch.syspath_prepend(str(FOLDER))
    alone_at_first = import_module("backup").alone_at_first
    (tmp_path / "weeks").mkdir()
    left = tmp_path / "backups" / ".unfinished-x"

    left.mkdir(parents=True)
    with alone_at_first(left.parent):
        assert not left.exists()
        left.mkdir()
        (left / "archive").touch()
        assert left in backup(tmp_path / "weeks")

    assert left not in backup(tmp_path / "weeks")


def test_a_dump_of_postgresql_is_a_record_of_one_moment(database: str, tmp_path: Path) -> None:
    """`pg_dump` while somebody writes restores into an empty database, triggers included."""
    psycopg = pytest.importorskip("psycopg")
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]

    def run(program: str, *options: str) -> None:
        command = [str(programs / program), *options]
        subprocess.run(command, check=True, capture_output=True)

    dump = str(tmp_path / "records.dump")
    with closing(open_store("week", database)) as record:
        with written_meanwhile(lambda: open_store("week", database)) as wait:
            wait(2)
            run("pg_dump", "--format=custom", "--schema=shiftplan", f"--file={dump}", database)
            wait(6)
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS restored")
            connection.execute("CREATE DATABASE restored")
        restored = database.replace("/postgres?", "/restored?")

        run("pg_restore", "--exit-on-error", f"--dbname={restored}", dump)

        with closing(open_store("week", restored)) as copy:
            assert_whole_up_to_a_moment(copy, record)
        with psycopg.connect(restored) as connection, pytest.raises(psycopg.Error):
            connection.execute("DELETE FROM shiftplan.entries")
