"""The folder of a run: its manifest, its lock, and results that appear whole or not at all.

`Manifest` and staged results <-> files. A result is made in a staging folder, listed, written
through to the disk, noted in the manifest, and only then given its final name.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import secrets
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from shiftplan.batch.keys import CONTENTS, file_digest, is_intact, list_contents
from shiftplan.batch.manifest import Entry, Manifest
from shiftplan.errors import Fault, InputError
from shiftplan.files.text import file_fault

MANIFEST = "manifest.json"
_LOCK, _OWNER, _STAGING = ".lock", ".owner.json", ".staging"
_FAILED = ".failed"


class RunFolder:
    """The folder of a run, which one process has at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest = Manifest()

    # ---- who has it

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder, and read its manifest; the system lets go when the process ends.

        Raises
        ------
        InputError
            Another process has it, its manifest is broken, or the folder cannot be written.

        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path / _LOCK, timeout=0)
            with lock:
                self._sign()
                try:
                    self.manifest = self.read()
                    self.recover()
                    yield
                finally:
                    (self.path / _OWNER).unlink(missing_ok=True)
        except Timeout:
            raise self._taken() from None

    def _sign(self) -> None:
        owner = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "user": _user(),
            "since": time.time(),
        }
        self.write(_OWNER, json.dumps(owner))

    def _taken(self) -> InputError:
        """Who has the folder, and for how long."""
        try:
            owner = json.loads((self.path / _OWNER).read_text(encoding="utf-8"))
            age = max(0.0, time.time() - float(owner["since"]))
            who = f"process {owner['pid']} of {owner['user']} on {owner['host']}, for {age:.0f} s"
        except (OSError, ValueError, KeyError, TypeError):
            who = "a process that has not told its name"
        message = f"another batch is at work in this folder: {who}"
        remedy = "Maybe wait for it to end, or give another folder."
        return InputError([Fault("in_use", "options", "out", str(self.path), message, remedy)])

    # ---- its manifest

    def read(self) -> Manifest:
        """The manifest as it is on the disk; an empty one where there is none."""
        path = self.path / MANIFEST
        if not path.exists():
            return Manifest()
        try:
            return Manifest.model_validate_json(path.read_bytes())
        except (ValidationError, OSError):
            remedy = "Maybe it is not the folder of a batch; give another folder."
            message = "this is no manifest that this version can read"
            raise file_fault("broken_json", path, message, remedy) from None

    def note(self, name: str, entry: Entry) -> None:
        """Keep the state of a province-week, on the disk when this returns."""
        self.manifest = self.manifest.with_entry(name, entry)
        self.write(MANIFEST, self.manifest.model_dump_json(indent=1))

    def write(self, name: str, text: str) -> None:
        """Replace a file of the run itself, whole and on the disk when this returns."""
        target = self.path / name
        part = target.with_name(f".{name}.part")
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
        _sync(self.path)

    # ---- results

    def final(self, name: str) -> Path:
        """Where the result of a province-week has its place."""
        return self.path / name

    def failed(self, name: str) -> Path:
        """Where it is told why a province-week has no result."""
        return self.path / f"{name}{_FAILED}"

    def stage(self) -> str:
        """Make an empty folder to work in; its name."""
        token = secrets.token_hex(6)
        (self.path / _STAGING / token).mkdir(parents=True)
        return token

    def staged(self, token: str) -> Path:
        """The folder of a staging name."""
        return self.path / _STAGING / token

    def seal(self, token: str) -> str:
        """List a staged result's files and write all through to the disk; the list's digest."""
        folder = self.staged(token)
        (folder / CONTENTS).write_text(list_contents(folder), encoding="utf-8")
        for path in [*folder.rglob("*"), folder]:
            _sync(path)
        return file_digest(folder / CONTENTS)

    def place(self, token: str, target: Path) -> None:
        """Give a staged folder its final name; one that had it before is gone afterwards."""
        staged, old = self.staged(token), self.staged(f"{token}.old")
        target.parent.mkdir(exist_ok=True)
        if target.exists():
            os.replace(target, old)
        os.replace(staged, target)
        _sync(target.parent)
        _sync(target.parent.parent)
        shutil.rmtree(old, ignore_errors=True)

    def drop(self, token: str) -> None:
        """Remove a staging folder."""
        if token:
            shutil.rmtree(self.staged(token), ignore_errors=True)

    def clear_failure(self, name: str) -> None:
        """Remove what was told of an earlier failure."""
        shutil.rmtree(self.failed(name), ignore_errors=True)

    # ---- after an end that nobody planned

    def recover(self) -> None:
        """Bring every entry to a state of rest: what was being placed is placed, if it is whole."""
        for name, entry in self.manifest.entries.items():
            if entry.state == "placing":
                self._recover_placing(name, entry)
            elif entry.state == "running":
                self.note(name, entry.model_copy(update={"state": "waiting", "staging": ""}))
        shutil.rmtree(self.path / _STAGING, ignore_errors=True)

    def _recover_placing(self, name: str, entry: Entry) -> None:
        final, staged = self.final(name), self.staged(entry.staging)
        old = self.staged(f"{entry.staging}.old")
        if is_intact(staged, entry.contents):
            self.place(entry.staging, final)
        if is_intact(final, entry.contents):
            self.clear_failure(name)
            self.note(name, entry.model_copy(update={"state": "done", "staging": ""}))
            return
        if old.exists() and not final.exists():
            os.replace(old, final)
        self.note(name, Entry(reason="its result was damaged"))

    def set_aside(self, name: str) -> Path | None:
        """Move a result that is not as it was listed to a name of its own; None without one."""
        final = self.final(name)
        if not final.exists():
            return None
        number = 1
        while (aside := final.with_name(f"{final.name}.changed-{number}")).exists():
            number += 1
        os.replace(final, aside)
        return aside


def _user() -> str:
    with contextlib.suppress(OSError, KeyError):
        return getpass.getuser()
    return "somebody"


def _sync(path: Path) -> None:
    """Write a file or folder through to the disk, where the system can."""
    if path.is_dir() and os.name == "nt":
        return
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
