"""Death, or a full disk, at a chosen step of what a process does with files.

Folder and number of a step -> an exception before that step, and before all that follow.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_ROOM = ("open", "os.rename", "os.mkdir")
"""What needs room on the disk."""


class Death(BaseException):
    """The process is killed: nothing that it does afterwards reaches the disk."""


class Steps:
    """Counts what changes files in a folder, and ends it at a step."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.count = 0
        self.last: int | None = None
        """Step that is not done; None to do all."""
        self.full = False
        """Whether the disk is full from then on, rather than the process dead."""
        self.once = False
        """Whether only that one step fails."""

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if self.folder is None or not self._concerns(event, args):
            return
        if self.full and event not in _ROOM:
            return
        self.count += 1
        if self.last is None or self.count < self.last:
            return
        if self.once and self.count > self.last:
            return
        if self.count == self.last and event == "open" and not self.full:
            self._tear(args[0])
        if self.full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(args[0]))
        raise Death

    def _concerns(self, event: str, args: tuple[Any, ...]) -> bool:
        if event == "open":
            return bool(args[2] & _WRITES) and self._inside(args[0])
        if event in ("os.rename", "os.mkdir"):
            return self._inside(args[0])
        if event in ("os.remove", "os.rmdir"):
            return args[1] != -1 or self._inside(args[0])
        return False

    def _inside(self, path: Any) -> bool:
        is_path = isinstance(path, str | os.PathLike)
        return is_path and os.fspath(path).startswith(f"{self.folder}{os.sep}")

    def _tear(self, path: str) -> None:
        """Leave half a file, as a write that was cut off does."""
        folder, self.folder = self.folder, None
        try:
            if not os.path.exists(path) and os.path.isdir(os.path.dirname(path)):
                Path(path).write_bytes(b'{"half": ')
        finally:
            self.folder = folder


_STEPS: list[Steps] = []


@contextmanager
def steps(
    folder: Path, last: int | None = None, *, full: bool = False, once: bool = False
) -> Iterator[Steps]:
    """Count steps in a folder; the process dies before the last one, or the disk is full then."""
    if not _STEPS:
        _STEPS.append(Steps())
        sys.addaudithook(_STEPS[0])
    (found,) = _STEPS
    found.folder, found.count, found.last, found.full, found.once = folder, 0, last, full, once
    try:
        yield found
    finally:
        found.folder = None
