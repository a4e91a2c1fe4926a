"""Back up folders of weeks and runs while they are in use, into one archive.

    python backup.py [--keep N] BACKUPS FOLDER...

Writes BACKUPS/shiftplan-<time>.tar.gz, and removes all but the N newest archives. Each record is
copied by SQLite in one transaction and checked; other files are added as they are. If a record is
damaged or empty, no archive is written and none removed. Run it as the user of the service, or
files that SQLite makes beside a record belong to somebody else.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import fcntl
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

BESIDE = ("-wal", "-shm", "-journal")
"""Endings of files that SQLite keeps beside an open database; a copy needs none of them."""
SKIPPED = {".lock", ".owner.json", ".staging"}
"""What a batch keeps in its folder only while it runs."""
MAGIC = b"SQLite format 3\0"
RECORD = ".record.db"
"""How names of records end; the one in a folder of a week or a run has no name before the dot."""
UNFINISHED = ".unfinished-"


def is_database(file: Path) -> bool:
    """Whether a file has the name of a record, whatever is in it, or is an SQLite database."""
    with contextlib.suppress(FileNotFoundError), file.open("rb") as opened:
        return f".{file.name}".endswith(RECORD) or opened.read(len(MAGIC)) == MAGIC
    return False  # removed meanwhile


def copy_database(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, while others may write to it.

    Raises
    ------
    sqlite3.Error
        It cannot be read, nothing is in it, or the copy is damaged.
    """
    uri = f"{source.resolve().as_uri()}?mode=rw"
    try:
        with contextlib.closing(sqlite3.connect(uri, timeout=60, uri=True)) as opened:
            opened.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        raise sqlite3.DatabaseError(f"{source}: {error}") from error
    with contextlib.closing(sqlite3.connect(target)) as copy:
        (told,) = copy.execute("PRAGMA integrity_check").fetchone()
        (tables,) = copy.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not tables:
        raise sqlite3.DatabaseError(f"{source}: it is empty; restore it from an older archive")
    if told != "ok":
        raise sqlite3.DatabaseError(f"{source}: {told}")


def files_in(folder: Path) -> Iterator[Path]:
    """Files to be kept, in order; links are not followed."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - SKIPPED)
        found = (Path(place, name) for name in sorted(set(names) - SKIPPED))
        yield from (file for file in found if file.is_file() and not file.is_symlink())


def add(archive: tarfile.TarFile, folder: Path, scratch: Path) -> None:
    """Add the files of a folder under its name."""
    files = list(files_in(folder))
    databases = {file for file in files if is_database(file)}
    beside = {f"{database}{ending}" for database in databases for ending in BESIDE}
    for file in files:
        if str(file) in beside:
            continue
        name = str(Path(folder.name, file.relative_to(folder)))
        if file in databases:
            copy = scratch / "copy.db"
            copy_database(file, copy)
            archive.add(copy, name)
            copy.unlink()
        else:
            with contextlib.suppress(FileNotFoundError):  # replaced meanwhile, as results are
                archive.add(file, name)


@contextlib.contextmanager
def alone_at_first(backups: Path) -> Iterator[None]:
    """Remove what a backup that was killed left behind, unless another one is at work.

    The lock of the folder is shared by those at work, and ends with their processes.
    """
    folder = os.open(backups, os.O_RDONLY)
    try:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for left in backups.glob(f"{UNFINISHED}*"):
                shutil.rmtree(left, ignore_errors=True)
        fcntl.flock(folder, fcntl.LOCK_SH)
        yield
    finally:
        os.close(folder)


def main() -> None:
    """Write an archive as a whole or not at all, then remove the oldest ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("backups", type=Path, help="where archives are kept; made if missing")
    parser.add_argument("folders", type=Path, nargs="+", help="folders with different names")
    parser.add_argument("--keep", type=int, default=30, help="archives that stay (30)")
    options = parser.parse_args()
    folders = [folder.resolve(strict=True) for folder in options.folders]
    if options.keep < 1 or len({folder.name for folder in folders}) < len(folders):
        parser.error("--keep is at least 1, and each folder has a name of its own")
    options.backups.mkdir(parents=True, exist_ok=True)
    now = dt.datetime.now(dt.UTC)
    target = options.backups / f"shiftplan-{now:%Y%m%dT%H%M%S}Z.tar.gz"
    with (
        alone_at_first(options.backups),
        tempfile.TemporaryDirectory(dir=options.backups, prefix=UNFINISHED) as scratch,
    ):
        unfinished = Path(scratch, "archive")
        with tarfile.open(unfinished, "w:gz") as archive:
            for folder in folders:
                add(archive, folder, Path(scratch))
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.replace(target)
    others = sorted(set(options.backups.glob("shiftplan-*.tar.gz")) - {target})
    for old in others[: max(0, len(others) + 1 - options.keep)]:
        old.unlink()
    print(target)


if __name__ == "__main__":
    main()
