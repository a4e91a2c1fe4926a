"""A folder of files that is replaced whole, without touching what others put into it.

Name -> bytes of each file -> folder; a list of the files is kept in it. An `InputError` says that a
folder cannot be replaced, or that its notes are broken.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.errors.system import of_system
from shiftplan.files.text import file_fault, is_there, read_text, real_path, write_fault
from shiftplan.files.whole import replace_folder

NOTES = ".shiftplan.json"
"""File in the folder with the names of the files that were written, and what else is kept."""
_FORM = 1
_STALE_SECONDS = 600.0
"""Age from which a hidden folder is what a killed run left."""
_NO_FOLDER = Message("files.not_written", reason=Message("handouts.file_of_this_name"))


def read_notes(folder: Path) -> dict[str, Any]:
    """What the last run kept in a folder; empty when there was none."""
    path = folder / NOTES
    if not is_there(path):
        return {}
    remedy = Message("handouts.remove_notes", path=path)
    try:
        notes = json.loads(read_text(path))
        names = notes["files"]
    except (ValueError, TypeError, KeyError, RecursionError):
        message = Message("handouts.broken_notes")
        raise file_fault("broken_json", path, message, remedy) from None
    if not isinstance(names, list) or not all(isinstance(n, str) and _is_plain(n) for n in names):
        raise file_fault("invalid_value", path, Message("handouts.foreign_notes"), remedy)
    return {**notes, "files": names}


def _is_plain(name: str) -> bool:
    return bool(name) and not set(name) & set("/\\:\0") and name not in (".", "..")


def write_folder(folder: Path, files: Mapping[str, bytes], notes: Mapping[str, Any]) -> None:
    """Replace a folder: all files are written, or everything stays as it was.

    Files of the last run that are no longer written are gone afterwards; files that others put
    there stay.

    A process that is killed while it writes leaves hidden folders beside (`.part`, `.old`), which
    `take_up` clears away.
    """
    place = real_path(folder)
    own = {*read_notes(place).get("files", ()), *files, NOTES}
    text = json.dumps({"form": _FORM, "files": sorted(files), **notes}, ensure_ascii=False)
    tag = secrets.token_hex(4)
    part, old = (place.with_name(f".{place.name}.{tag}.{kind}") for kind in ("part", "old"))
    try:
        part.mkdir(parents=True)
        for name, data in {**files, NOTES: text.encode()}.items():
            (part / name).write_bytes(data)
        if place.exists() and not place.is_dir():
            raise file_fault("unreadable_file", folder, _NO_FOLDER)
        replace_folder(place, part, old, keep=lambda entry: _is_of_others(entry, own))
    except OSError as error:
        raise write_fault(folder, error) from None
    finally:
        _remove(part, own)
    _remove(old, own)


def take_up(folder: Path) -> None:
    """Clear away what runs left that were killed while they wrote a folder.

    Killed in the moment of the swap, a run leaves no folder at all: it is put back, with its notes
    and the files of others. Hidden folders that changed of late stay, for somebody may write them.
    """
    place = real_path(folder)
    name = re.compile(re.escape(f".{place.name}.") + r"[0-9a-f]{8}\.(part|old)")
    with contextlib.suppress(OSError):
        left = [p for p in place.parent.iterdir() if name.fullmatch(p.name) and p.is_dir()]
        # The last one to be swapped out is the one that was in the place.
        old = sorted((p for p in left if p.suffix == ".old"), key=lambda p: p.stat().st_mtime)
        if old and not place.exists():
            os.rename(old[-1], place)
            left.remove(old[-1])
        for other in left:
            if time.time() - other.stat().st_mtime > _STALE_SECONDS:
                _clear_away(other, place)


def _clear_away(left: Path, place: Path) -> None:
    """Remove a folder that a killed run left; the files of others in it go to their place."""
    try:
        own = {*read_notes(left).get("files", ()), NOTES}
    except InputError:
        own = {NOTES}
    if own == {NOTES} and left.suffix == ".part":
        # Its notes are written last, and before anything of others comes to it.
        own.update(entry.name for entry in left.iterdir())
    for entry in left.iterdir():
        if _is_of_others(entry, own) and not (place / entry.name).exists():
            os.rename(entry, place / entry.name)
    _remove(left, own)


def _is_of_others(entry: Path, own: set[str]) -> bool:
    """Whether something in a folder was put there by others; the last run made no folders."""
    return entry.name not in own or (entry.is_dir() and not entry.is_symlink())


def _remove(folder: Path, names: Iterable[str]) -> None:
    """Remove files by name, the notes last, and the folder if nothing else is in it."""
    with contextlib.suppress(OSError):
        for name in sorted(names, key=lambda name: name == NOTES) if folder.is_dir() else ():
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()


def check_folder(folder: Path) -> None:
    """See that a folder can be replaced: nothing else has its name, and its notes can be read."""
    place = real_path(folder)
    if place.exists() and not place.is_dir():
        raise file_fault("unreadable_file", folder, _NO_FOLDER)
    read_notes(place)


def clear_folder(folder: Path, names: Iterable[str] = ()) -> None:
    """Remove the files of the last run; the notes stay, so that counting goes on.

    `names`: files that are removed even if no notes name them, as in a copy without hidden files.
    """
    place = real_path(folder)
    try:
        for name in {*read_notes(place).get("files", ()), *names}:
            (place / name).unlink(missing_ok=True)
    except OSError as error:
        message = Message("handouts.not_removed", reason=of_system(error))
        raise file_fault("unreadable_file", folder, message) from None
