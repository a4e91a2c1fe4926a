"""Files and folders replaced whole: what stands in a place is all of the old or all of the new.

Contents -> temporary names beside the places -> the places.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from shiftplan.files.text import write_fault

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FULL_SQLITE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
_CANNOT_SYNC = (errno.EINVAL, errno.ENOTSUP)
"""What a file system reports that cannot write a folder through."""
_SYNCED_AT_A_TIME = 16


def write_texts(texts: Mapping[Path, str], *, marked: bool = False) -> None:
    """Write files in UTF-8, as `write_bytes` does.

    `marked`: with the mark at the start without which spreadsheet programs expect other encodings.
    """
    write_bytes({path: f"\ufeff{text}" for path, text in texts.items()} if marked else texts)


def write_bytes(contents: Mapping[Path, str] | Mapping[Path, bytes]) -> None:
    """Write files as `replace_files` does.

    InputError: a file cannot be written.
    """
    try:
        replace_files(contents)
    except OSError as error:
        raise write_fault(Path(error.filename), error) from None


def replace_files(
    contents: Mapping[Path, str] | Mapping[Path, bytes], *, durable: bool = False
) -> None:
    """Write files under temporary names, then put each in its place at once; text in UTF-8.

    If `durable`, a loss of power after the return loses nothing of them.

    OSError: a file, its `filename`, cannot be written, or is a device; then no file that stood
    there before was touched, unless putting them in place failed half-way.
    """
    tag = secrets.token_hex(4)
    parts = {path: path.with_name(f".{path.name}.{tag}.part") for path in contents}
    path = Path()
    try:
        for path in parts:
            if path.exists() and not path.is_file() and not path.is_dir():
                # A file in its place would be the end of the device, such as /dev/null.
                raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
        for path, part in parts.items():
            content = contents[path]
            part.write_bytes(content.encode() if isinstance(content, str) else content)
            if durable:
                sync(part)
        for path, part in parts.items():
            os.replace(part, path)
        for path in {path.parent for path in parts} if durable else ():
            sync(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        number = getattr(error, "errno", None) or errno.EINVAL
        raise OSError(number, reason, str(path)) from error
    finally:
        for part in parts.values():
            with contextlib.suppress(OSError, ValueError):
                part.unlink(missing_ok=True)


def replace_folder(
    place: Path, new: Path, old: Path, keep: Callable[[Path], bool] = lambda entry: False
) -> None:
    """Put a finished folder in its place; what stood there is then at `old`.

    A process that is killed meanwhile may leave nothing in the place, but never a mixture: whoever
    chose the names, which are on one disk, finds the new folder under `new` and the old one under
    `old`. There need not be anything in the place. `keep`: whether an entry of the old folder
    moves into the new one.

    OSError: it cannot be moved; then everything is as it was.
    """
    if not os.path.lexists(place):
        os.rename(new, place)
        return
    os.rename(place, old)
    moved = []
    try:
        for entry in [entry for entry in old.iterdir() if keep(entry)]:
            os.rename(entry, new / entry.name)
            moved.append(entry.name)
        os.rename(new, place)
    except BaseException:
        for name in moved:
            os.rename(new / name, old / name)
        os.rename(old, place)
        raise


def move(path: Path, free: Path) -> None:
    """Give a file or folder a name that is free, on the disk when this returns."""
    os.rename(path, free)
    sync(free.parent)


def sync(path: Path) -> None:
    """Write a file or folder through to the disk; a folder only where the system can."""
    is_folder = path.is_dir()
    if is_folder and os.name == "nt":
        return
    number = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        if not is_folder or error.errno not in _CANNOT_SYNC:
            raise
    finally:
        os.close(number)


def sync_tree(folder: Path) -> None:
    """Write a folder with all that is in it through to the disk.

    Many at a time: a file system writes its journal once for all that wait, which takes a fraction
    of the time for the thousands of calendars and messages of a province.
    """
    with ThreadPoolExecutor(_SYNCED_AT_A_TIME) as pool:
        list(pool.map(sync, [*folder.rglob("*"), folder]))


def is_full(error: BaseException | None) -> bool:
    """Whether something failed for lack of room, also where another error reports it."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if getattr(error, "sqlite_errorcode", None) in _FULL_SQLITE:
            return True
        error = error.__context__
    return False
