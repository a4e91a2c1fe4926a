"""Who has a folder: one process at a time, by a lock that the system lets go when it ends.

Folder -> the lock, and a file that tells others who has it and for how long.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.text import write_fault
from shiftplan.files.whole import replace_files, sync

_LOCK, _OWNER = ".lock", ".owner.json"
_WAIT_SECONDS = 1.0
"""So long the system may take to let go for a process that was killed just now."""


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Make a folder, and hold it; InputError where another process has it, or nobody can write."""
    lock = FileLock(folder / _LOCK, timeout=_WAIT_SECONDS)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise _taken(folder) from None
    except OSError as error:
        raise write_fault(folder, error) from None
    try:
        with contextlib.suppress(OSError):  # not everybody may open the folder above
            sync(folder.resolve().parent)
        replace_files({folder / _OWNER: json.dumps(_signature())}, durable=True)
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                (folder / _OWNER).unlink(missing_ok=True)
    finally:
        lock.release()


def _signature() -> dict[str, object]:
    user = "somebody"
    with contextlib.suppress(OSError, KeyError):
        user = getpass.getuser()
    host = socket.gethostname()
    return {"pid": os.getpid(), "host": host, "user": user, "since": time.time()}


def _taken(folder: Path) -> InputError:
    """Who has the folder, and for how long."""
    try:
        owner = json.loads((folder / _OWNER).read_text(encoding="utf-8"))
        age = max(0.0, time.time() - float(owner["since"]))
        pid, user, host = (" ".join(str(owner[k]).split()) for k in ("pid", "user", "host"))
        who = Message("batches.process", pid=pid, user=user, host=host, seconds=round(age))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        who = Message("batches.unnamed_process")
    message, remedy = Message("batches.in_use", who=who), Message("batches.wait_for_other")
    return InputError([Fault("in_use", "options", "out", str(folder), message, remedy=remedy)])
