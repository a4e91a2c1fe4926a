"""Digests: what a result depends on, and what it consists of.

Files and folders -> SHA-256 in hexadecimal digits.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from shiftplan.batch.job import Job
from shiftplan.batch.places import ATTENDANCE, PLANNED_WITH
from shiftplan.present.outputs import ROSTER

CONTENTS = "contents.json"
"""File in a result that lists its other files, with their sizes and digests."""
_NO_LIST = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""How reading a list of files fails that is none."""


def file_digest(path: Path) -> str:
    """Digest of a file; OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def job_key(job: Job) -> str:
    """Digest of what a job's result is of: its data, the settings, and the roster before it with
    the history that was planned with.

    Its data is the tables right in its folder, or its file. How its shifts turned out is no part of
    it, as nobody knows that when it is planned; and neither are time, workers and limits, or how
    weeks before turned out: a roster that people know already is not made anew for that.
    """
    if job.before:
        last = job.before[-1].folder
        carried = [safe_digest(last / name) for name in (ROSTER, PLANNED_WITH)]
    else:
        carried = [] if job.ledger is None else [safe_digest(job.ledger)]
    own = safe_digest(job.source)
    if not job.source.is_file():
        tables = sorted(p for p in job.source.glob("*.csv") if p.is_file() and p.name != ATTENDANCE)
        own = _of([[p.name, safe_digest(p)] for p in tables])
    return _of([job.settings.model_dump(mode="json"), str(job.week), own, *carried])


def list_contents(folder: Path) -> str:
    """Text of the list of a result's files: name -> size and digest."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p != folder / CONTENTS)
    listed = {p.relative_to(folder).as_posix(): [p.stat().st_size, file_digest(p)] for p in files}
    return json.dumps({"files": listed}, indent=0, ensure_ascii=False) + "\n"


def is_intact(folder: Path, contents: str) -> bool:
    """Whether a result is there, with all its files as they were listed; others may lie beside.

    `contents` is the digest of its list of files.
    """
    try:
        if file_digest(folder / CONTENTS) != contents:
            return False
        listed = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))["files"]
        return all(
            (folder / name).stat().st_size == size and file_digest(folder / name) == digest
            for name, (size, digest) in listed.items()
        )
    except (OSError, *_NO_LIST):
        return False


def is_own(folder: Path) -> bool:
    """Whether a folder holds a result as it was written: nothing changed, missing or added."""
    try:
        return list_contents(folder) == (folder / CONTENTS).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False


def safe_digest(path: Path) -> str:
    """Digest of a file; a word for one that cannot be read, of which the job's report tells."""
    try:
        return file_digest(path)
    except OSError:
        return "unreadable"


def _of(content: Any) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
