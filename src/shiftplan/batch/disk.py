"""What a run needs of the disk: writing through to it, and knowing that it is full.

Files and folders -> bytes that a power cut leaves; errors of the system -> whether room is lacking.
"""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT)
_AT_A_TIME = 16
_CANNOT = (errno.EINVAL, errno.ENOTSUP)
"""What a file system says that cannot write a folder through."""


def is_full(error: BaseException | None) -> bool:
    """Whether something failed for lack of room, also if that was told in other words."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        error = error.__context__
    return False


def sync(path: Path) -> None:
    """Write a file or folder through to the disk; a folder only where the system can."""
    is_folder = path.is_dir()
    if is_folder and os.name == "nt":
        return
    number = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        if not is_folder or error.errno not in _CANNOT:
            raise
    finally:
        os.close(number)


def sync_tree(folder: Path) -> None:
    """Write a folder with all that is in it through to the disk.

    Many at a time: a file system writes its journal once for all that wait, which takes a fraction
    of the time for the thousands of calendars and messages of a province.
    """
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        list(pool.map(sync, [*folder.rglob("*"), folder]))


def write_through(target: Path, text: str) -> None:
    """Replace a file by a whole new one that is on the disk when this returns."""
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        sync(part)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    sync(target.parent)
