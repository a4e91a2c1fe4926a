"""Digests: what a result depends on, and what it consists of.

Files and folders -> SHA-256 in hexadecimal digits.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path
from typing import Any

from shiftplan.batch.job import Job
from shiftplan.batch.places import ATTENDANCE

CONTENTS = "contents.json"
"""File in a result that lists its other files, with their sizes and digests."""
_BLOCK = 1 << 20


def file_digest(path: Path) -> str:
    """Digest of a file.

    Raises
    ------
    OSError
        It cannot be read.

    """
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def source_digest(source: Path) -> str:
    """Digest of a planning week: the tables right in its folder, or its file.

    How the shifts turned out is not a part of it: nobody knows that when the week is planned.
    """
    if source.is_file():
        return _digest(source)
    tables = sorted(p for p in source.glob("*.csv") if p.is_file() and p.name != ATTENDANCE)
    return _of([[p.name, _digest(p)] for p in tables])


def source_bytes(source: Path) -> int:
    """How large a planning week is, in bytes of its tables: what its planning time goes by."""
    files = [source] if source.is_file() else source.glob("*.csv")
    total = 0
    for path in files:
        with contextlib.suppress(OSError):  # whoever reads the week tells of it
            total += path.stat().st_size
    return total


def job_key(job: Job) -> str:
    """Digest of everything that shapes the result of a job; time, workers and limits do not."""
    before: list[str] = []
    if job.before is not None:
        attendance = job.before.attendance
        before = [
            source_digest(job.before.source),
            job.before.contents,
            "" if attendance is None else _digest(attendance),
        ]
    ledger = "" if job.ledger is None else _digest(job.ledger)
    own = source_digest(job.source)
    return _of([job.settings.model_dump(mode="json"), str(job.week), own, ledger, before])


def list_contents(folder: Path) -> str:
    """Text of the list of a result's files: name -> size and digest."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p != folder / CONTENTS)
    listed = {p.relative_to(folder).as_posix(): [p.stat().st_size, file_digest(p)] for p in files}
    return json.dumps({"files": listed}, indent=0, ensure_ascii=False) + "\n"


def is_intact(folder: Path, contents: str) -> bool:
    """Whether a result is there, with all its files as they were listed; others may lie beside.

    Parameters
    ----------
    folder
        The result.
    contents
        Digest of its list of files.

    """
    try:
        if file_digest(folder / CONTENTS) != contents:
            return False
        listed = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))["files"]
        return all(
            (folder / name).stat().st_size == size and file_digest(folder / name) == digest
            for name, (size, digest) in listed.items()
        )
    except OSError:
        return False


def is_own(folder: Path) -> bool:
    """Whether a folder holds a result as it was written: nothing changed, missing or added."""
    try:
        return list_contents(folder) == (folder / CONTENTS).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False


def _digest(path: Path) -> str:
    """Digest of a file; a word for one that cannot be read, of which the job's report tells."""
    try:
        return file_digest(path)
    except OSError:
        return "unreadable"


def _of(content: Any) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
