"""The folder of a run: its manifest, its lock, and results that appear whole or not at all.

`Manifest` and staged results <-> files. A result is made in a staging folder, listed, written
through to the disk, noted in the manifest, and only then given its final name.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from shiftplan.batch.holder import hold
from shiftplan.batch.keys import CONTENTS, file_digest, is_intact, is_own, list_contents
from shiftplan.batch.manifest import Entry, Manifest
from shiftplan.batch.places import FAILED, FAULTS, MANIFEST
from shiftplan.errors.message import Message
from shiftplan.files.text import file_fault
from shiftplan.files.whole import (
    is_full,
    replace_files,
    replace_folder,
    sync,
    sync_tree,
    write_texts,
)
from shiftplan.present.outputs import RESULT
from shiftplan.solving.versions import __version__

log = logging.getLogger("shiftplan")

_STAGING, _OLD = ".staging", ".old"
_CHANGED = ".changed-"
_KEPT_OF_FAILURES = {FAULTS, RESULT}


class RunFolder:
    """The folder of a run, which one process has at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest = Manifest()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder, and read its manifest; the system lets go when the process ends.

        Raises
        ------
        InputError
            Another process has it, its manifest is broken, or the folder cannot be written.
        OSError
            The disk is full, or fails; what is done by then stays done.

        """
        try:
            with hold(self.path):
                self.manifest = self.read().model_copy(update={"version": __version__})
                self.recover()
                try:
                    yield
                finally:
                    self._sweep()
        except OSError as error:
            if not is_full(error):
                raise
            message = Message("batches.disk_full", reason=str(error))
            raise OSError(error.errno, str(message)) from error

    # ---- its manifest

    def read(self) -> Manifest:
        """The manifest as it is on the disk; an empty one where there is none."""
        path = self.path / MANIFEST
        if not path.exists():
            return Manifest()
        try:
            return Manifest.model_validate_json(path.read_bytes())
        except (ValidationError, OSError):
            message = Message("batches.no_manifest")
            remedy = Message("batches.manifest_of_others", kept=f"<week>{_CHANGED}1")
            raise file_fault("broken_json", path, message, remedy) from None

    def note(self, name: str, entry: Entry) -> None:
        """Keep the state of a province-week, on the disk when this returns."""
        entries = {**self.manifest.entries, name: entry}
        manifest = self.manifest.model_copy(update={"entries": entries})
        replace_files({self.path / MANIFEST: manifest.model_dump_json(indent=1)}, durable=True)
        self.manifest = manifest

    # ---- results

    def final(self, name: str) -> Path:
        """Where the result of a province-week has its place."""
        return self.path / name

    def failed(self, name: str) -> Path:
        """Where it is told why a province-week has no result."""
        return self.path / f"{name}{FAILED}"

    def earlier(self, name: str) -> Path | None:
        """The last result of a province-week, also if it was set aside; None without one."""
        final = self.final(name)
        aside = sorted(final.parent.glob(f"{final.name}{_CHANGED}*"), key=_number)
        return final if final.exists() else aside[-1] if aside else None

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
        sync_tree(folder)
        return file_digest(folder / CONTENTS)

    def place(self, name: str, token: str) -> None:
        """Give a sealed result its final name, and remove what was told of an earlier failure.

        An older result is gone afterwards if it is as it was written; anything else that has the
        name is set aside.
        """
        final = self.final(name)
        if not is_own(final):
            self.set_aside(name)
        self._put(token, final)
        shutil.rmtree(self.failed(name), ignore_errors=True)

    def report(self, name: str, token: str, message: str) -> None:
        """Put what is told of a failure in its place; half-made files are no part of that."""
        folder = self.staged(token)
        for path in folder.iterdir():
            if path.name not in _KEPT_OF_FAILURES:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        write_texts({folder / FAULTS: message + "\n"})
        sync_tree(folder)
        self._put(token, self.failed(name))

    def _put(self, token: str, target: Path) -> None:
        staged, old = self.staged(token), self.staged(f"{token}{_OLD}")
        target.parent.mkdir(exist_ok=True)
        replace_folder(target, staged, old)
        sync(target.parent)
        sync(target.parent.parent)
        shutil.rmtree(old, ignore_errors=True)

    def drop(self, token: str) -> None:
        """Remove a staging folder."""
        shutil.rmtree(self.staged(token), ignore_errors=True)

    # ---- after an end that nobody planned

    def recover(self) -> None:
        """Bring every entry to a state of rest: what was being placed is placed, if it is whole."""
        for name, entry in self.manifest.entries.items():
            if entry.state == "placing":
                self._recover_placing(name, entry)
            elif entry.state == "running":
                self.note(name, entry.at_rest())
        self._sweep()

    def _recover_placing(self, name: str, entry: Entry) -> None:
        final, old = self.final(name), self.staged(f"{entry.staging}{_OLD}")
        if is_intact(self.staged(entry.staging), entry.contents):
            self.place(name, entry.staging)
        if is_intact(final, entry.contents):
            shutil.rmtree(self.failed(name), ignore_errors=True)
            self.note(name, entry.model_copy(update={"state": "done", "staging": "", "reason": ""}))
            return
        if not is_own(final):
            self.set_aside(name)
        if old.exists() and not final.exists():
            os.replace(old, final)
        self.note(name, Entry(reason="its result was damaged"))

    def _sweep(self) -> None:
        """Remove what was being made, but for what is being placed."""
        entries = self.manifest.entries.values()
        kept = {entry.staging for entry in entries if entry.state == "placing"}
        for path in self.path.glob(".*.part"):
            path.unlink(missing_ok=True)
        staging = self.path / _STAGING
        for path in staging.iterdir() if staging.exists() else ():
            if path.name.removesuffix(_OLD) not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def set_aside(self, name: str) -> Path | None:
        """Move what has the name of a result to a name of its own; None where nothing has it."""
        final = self.final(name)
        if not os.path.lexists(final):
            return None
        number = 1
        while os.path.lexists(aside := final.with_name(f"{final.name}{_CHANGED}{number}")):
            number += 1
        os.replace(final, aside)
        sync(final.parent)
        log.warning("%s was not as it was written; it is kept as %s", name, aside.name)
        return aside


def _number(aside: Path) -> int:
    """Of a result that was set aside: the last one has the highest."""
    digits = aside.name.rpartition("-")[2]
    return int(digits) if digits.isdecimal() else 0
