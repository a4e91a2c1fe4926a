"""The folder of a run: its lock, its manifest, and results that appear whole or not at all.

`Manifest` and staged results <-> files. A result is made in a staging folder, listed, written
through to the disk, noted in the manifest, and only then given its final name.
"""

from __future__ import annotations

import contextlib
import getpass
import hashlib
import json
import logging
import os
import secrets
import shutil
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import ValidationError

from shiftplan.batch.manifest import Manifest, WeekEntry
from shiftplan.batch.places import FAILED, FAULTS, MANIFEST
from shiftplan.batch.run_record import RunRecord
from shiftplan.errors import DiskFullError, Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files import whole
from shiftplan.files.text import file_fault, write_fault
from shiftplan.present.handouts import MESSAGES
from shiftplan.present.handouts.sending import TABLES, ticks_of
from shiftplan.present.outputs import RESULT
from shiftplan.solving.versions import __version__

log = logging.getLogger("shiftplan")

CONTENTS = "contents.json"
"""File in a result that lists its other files, with their sizes and digests."""
_LOCK, _OWNER = ".lock", ".owner.json"
_STAGING, _OLD, _CHANGED = ".staging", ".old", ".changed-"
_WAIT_SECONDS = 1.0
"""So long the system may take to let go for a process that was killed just now."""
_TICKED = {f"{MESSAGES}/{name}" for name in TABLES}
"""Files of a result that people tick, which are not listed; older versions listed them."""
_NO_LIST = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""How reading a list of files fails that is none."""


def _loses_ticks(old: Path, new: Path) -> bool:
    """Whether messages are ticked as sent in a result, and the one to come has no such table."""
    try:
        is_ticked = any(tick.mark for tick in ticks_of(old / MESSAGES).values())
    except InputError:  # what cannot be read may hold some
        return True
    return is_ticked and not any((new / MESSAGES / table).exists() for table in TABLES)


# ---- one process at a time, by a lock that the system lets go when the process ends


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Make a folder, and hold it; InputError where another process has it, or nobody can write.

    A file in it shows others who has it, and for how long.
    """
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
            whole.sync(folder.resolve().parent)
        user = "somebody"
        with contextlib.suppress(OSError, KeyError):
            user = getpass.getuser()
        host, now = socket.gethostname(), time.time()
        owner = json.dumps({"pid": os.getpid(), "host": host, "user": user, "since": now})
        whole.replace_files({folder / _OWNER: owner}, durable=True)
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                (folder / _OWNER).unlink(missing_ok=True)
    finally:
        lock.release()


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


# ---- what a result consists of


def file_digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal digits; OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def list_contents(folder: Path) -> str:
    """Text of the list of a result's files: name -> size and digest."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p != folder / CONTENTS)
    names = {path.relative_to(folder).as_posix(): path for path in files}
    found = {n: [p.stat().st_size, file_digest(p)] for n, p in names.items() if n not in _TICKED}
    return _text_of(found)


def _text_of(listed: dict[str, list[Any]]) -> str:
    return json.dumps({"files": listed}, indent=0, ensure_ascii=False) + "\n"


def _listed(folder: Path) -> dict[str, list[Any]]:
    """What the list of a result says: name of a file -> size and digest."""
    listed = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))["files"]
    return {name: facts for name, facts in listed.items() if name not in _TICKED}


def is_intact(folder: Path, contents: str) -> bool:
    """Whether a result is there, with all its files as they were listed; others may lie beside,
    such as tables of messages, which people tick.

    `contents` is the digest of its list of files.
    """
    try:
        if file_digest(folder / CONTENTS) != contents:
            return False
        return all(
            (folder / name).stat().st_size == size and file_digest(folder / name) == digest
            for name, (size, digest) in _listed(folder).items()
        )
    except (OSError, *_NO_LIST):
        return False


def is_own(folder: Path) -> bool:
    """Whether a folder holds a result as it was written: nothing changed, missing or added."""
    try:
        return list_contents(folder) == _text_of(_listed(folder))
    except (OSError, *_NO_LIST):
        return False


class RunFolder:
    """The folder of a run, which one process has at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest = Manifest()
        self.record = RunRecord(path)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder, and read its manifest; the system lets go when the process ends.

        Raises
        ------
        InputError
            Another process has it, its manifest is broken, or the folder cannot be written.
        OSError
            The disk is full (`DiskFullError`), or fails; what is done by then stays done.

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
            if isinstance(error, DiskFullError) or not whole.is_full(error):
                raise
            raise DiskFullError(str(error), error.errno) from error

    def check_record(self, names: Iterable[str]) -> None:
        """See that the record can be used, and has what the results of these weeks go on from.

        Raises
        ------
        InputError
            It cannot be read, or lacks something: it was removed, or a copy put in its place.

        """
        settled = (name for name in names if self.manifest.entry(name).state != "placing")
        self.record.check((name, self.path / name) for name in settled)

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

    def note(self, name: str, entry: WeekEntry) -> None:
        """Keep the state of a province-week, on the disk when this returns."""
        last = self.manifest.entry(name)
        kept = last if last.state == "done" else last.kept
        entry = entry.model_copy(update={"kept": None if entry.state == "done" else kept})
        entries = {**self.manifest.entries, name: entry}
        manifest = self.manifest.model_copy(update={"entries": entries})
        text = manifest.model_dump_json(indent=1)
        whole.replace_files({self.path / MANIFEST: text}, durable=True)
        self.manifest = manifest

    def restore(self, name: str, entry: WeekEntry) -> None:
        """Let the state of a province-week count again; on the disk with the next one noted."""
        entries = {**self.manifest.entries, name: entry}
        self.manifest = self.manifest.model_copy(update={"entries": entries})

    # ---- results

    def earlier(self, name: str) -> Path | None:
        """The last result of a province-week, also if it was set aside; None without one."""
        final = self.path / name
        aside = sorted(final.parent.glob(f"{final.name}{_CHANGED}*"), key=_number)
        return final if final.exists() else aside[-1] if aside else None

    def stage(self) -> str:
        """Make an empty folder to work in; its name."""
        token = secrets.token_hex(6)
        self.staged(token).mkdir(parents=True)
        return token

    def staged(self, token: str) -> Path:
        """The folder of a staging name."""
        return self.path / _STAGING / token

    def seal(self, token: str) -> str:
        """List a staged result's files and write all through to the disk; the list's digest."""
        folder = self.staged(token)
        whole.replace_files({folder / CONTENTS: list_contents(folder)})
        whole.sync_tree(folder)
        return file_digest(folder / CONTENTS)

    def place(self, name: str, token: str) -> None:
        """Give a sealed result its final name, record its versions, and remove the report of an
        earlier failure.

        An older result is gone afterwards if it is as it was written, and no messages ticked as
        sent are lost with it; anything else that has the name is set aside.
        """
        final = self.path / name
        if not is_own(final):
            self.set_aside(name)
        elif _loses_ticks(final, self.staged(token)):
            self.set_aside(name, "may have messages that are ticked as sent")
        self._put(token, final)
        self.record.add(name, final)
        self.forget_failure(name)

    def report(self, name: str, token: str, text: str) -> None:
        """Put the report of a failure in its place; half-made files are no part of it."""
        folder = self.staged(token)
        for path in folder.iterdir():
            if path.name not in (FAULTS, RESULT):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        whole.write_texts({folder / FAULTS: text + "\n"})
        whole.sync_tree(folder)
        self._put(token, self.path / f"{name}{FAILED}")

    def forget_failure(self, name: str) -> None:
        """Remove the report of a failure that is over."""
        shutil.rmtree(self.path / f"{name}{FAILED}", ignore_errors=True)

    def _put(self, token: str, target: Path) -> None:
        staged, old = self.staged(token), self.staged(f"{token}{_OLD}")
        target.parent.mkdir(exist_ok=True)
        whole.replace_folder(target, staged, old)
        whole.sync(target.parent)
        whole.sync(target.parent.parent)
        shutil.rmtree(old, ignore_errors=True)

    def drop(self, token: str) -> None:
        """Remove a staging folder."""
        shutil.rmtree(self.staged(token), ignore_errors=True)

    def set_aside(self, name: str, why: str = "was not as it was written") -> Path | None:
        """Move what has the name of a result to a name of its own; None where nothing has it."""
        final = self.path / name
        if not os.path.lexists(final):
            return None
        number = 1
        while os.path.lexists(aside := final.with_name(f"{final.name}{_CHANGED}{number}")):
            number += 1
        whole.move(final, aside)
        log.warning("%s %s; it is kept as %s", name, why, aside.name)
        return aside

    # ---- after an end that nobody planned

    def recover(self) -> None:
        """Bring every entry to a state of rest: what was being placed is placed, if it is whole."""
        for name, entry in self.manifest.entries.items():
            if entry.state == "placing":
                self._recover_placing(name, entry)
            elif entry.state == "running":
                self.note(name, entry.at_rest())
        self._sweep()

    def _recover_placing(self, name: str, entry: WeekEntry) -> None:
        final, old = self.path / name, self.staged(f"{entry.staging}{_OLD}")
        staged = self.staged(entry.staging)
        made = [folder for folder in (staged, final) if is_intact(folder, entry.contents)]
        if made and self.record.is_behind(name, made[0]):
            self.note(name, entry.at_rest())  # planned again; what is staged is swept away
            return
        if staged in made:
            self.place(name, entry.staging)
        if is_intact(final, entry.contents):
            self.record.add(name, final)
            self.forget_failure(name)
            self.note(name, entry.model_copy(update={"state": "done", "staging": "", "reason": ""}))
            return
        if not is_own(final):
            self.set_aside(name)
        if old.exists() and not final.exists():
            whole.move(old, final)
        self.note(name, WeekEntry(reason=Message("batches.was_damaged")))

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


def _number(aside: Path) -> int:
    """Of a result that was set aside: the last one has the highest."""
    digits = aside.name.rpartition("-")[2]
    return int(digits) if digits.isdecimal() else 0
