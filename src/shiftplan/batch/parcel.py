"""A job on a machine that shares no disk: it travels with its files, and so do those it made.

`WeekJob` or folder -> a zip archive in memory -> the same on another machine, which does the job.
"""

from __future__ import annotations

import io
import lzma
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from shiftplan.batch.local import JobProcess
from shiftplan.batch.manifest import Before, JobOutcome, WeekJob
from shiftplan.batch.places import ATTENDANCE, BOOK, PLANNED_WITH, TOLD, histories_before
from shiftplan.errors.message import Message
from shiftplan.files.shared import home_of, shared_tables
from shiftplan.files.text import need_inside
from shiftplan.present.handouts import CALENDARS, MESSAGES
from shiftplan.present.outputs import RESULT, ROSTER
from shiftplan.solving.versions import versions

_Model = TypeVar("_Model", WeekJob, Before)
_JOB = "job.json"
_CARRIED = (ROSTER, BOOK, PLANNED_WITH)
"""Files of a result that the next week reads."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError)
"""How an archive fails that is damaged, encrypted, or packed in a form that is not known."""


def do_job(parcel: bytes, wanted: str) -> tuple[str, bytes]:
    """Do a job in a process of its own; the outcome as JSON, and the files that were made.

    Nothing of it stays on this machine. `wanted` are the versions of shiftplan and the solvers that
    the batch has: others could decide otherwise.
    """
    if versions() != wanted:
        other = Message("batches.other_versions", here=versions(), wanted=wanted)
        return JobOutcome(failure="internal", facts=(other,)).model_dump_json(), b""
    with tempfile.TemporaryDirectory(prefix="shiftplan-") as place:
        inputs, made = Path(place, "inputs"), Path(place, "made")
        for folder in (inputs, made):
            folder.mkdir()
        outcome = JobProcess(unpack_job(parcel, inputs), made, doomed=Path(place)).wait()
        return outcome.model_dump_json(), pack_folder(made)


def pack_job(job: WeekJob) -> bytes:
    """Pack a job with all files that it reads; one that is not there is missed by its reader.

    OSError where a file cannot be read, InputError where a table is a link out of its week.
    """
    files: dict[str, Path] = {}
    moved = {"source": _put_week(files, "weeks/source", job.source)}
    if job.ledger is not None:
        moved["ledger"] = _put(files, "ledger", job.ledger, [job.ledger])
    if job.earlier is not None:
        moved["earlier"] = _put(files, "earlier", job.earlier, _known(job.earlier))
    before = tuple(_pack_before(i, week, files) for i, week in enumerate(job.before))
    if before:
        kept = histories_before(job.before[-1].folder).values()
        files |= {(before[-1].folder / path.name).as_posix(): path for path in kept}
    inside = job.model_copy(update={**moved, "before": before})
    return _zip({_JOB: inside.model_dump_json().encode()}, files)


def unpack_job(parcel: bytes, folder: Path) -> WeekJob:
    """Unpack a job and its files into an empty folder; the job's paths lie in it."""
    unpack(parcel, folder)
    job = _below(folder, WeekJob.model_validate_json((folder / _JOB).read_bytes()))
    return job.model_copy(update={"before": tuple(_below(folder, week) for week in job.before)})


def _below(folder: Path, model: _Model) -> _Model:
    """The same with its relative paths as seen from a folder."""
    moved = {name: folder / value for name, value in model if isinstance(value, Path)}
    return model.model_copy(update=moved)


def pack_folder(folder: Path) -> bytes:
    """Pack all files of a folder."""
    return _zip({}, {p.relative_to(folder).as_posix(): p for p in folder.rglob("*")})


def unpack(parcel: bytes, folder: Path) -> None:
    """Unpack files into a folder.

    ValueError where a name leads out of it or the parcel is damaged, OSError where nothing can be
    written.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(parcel)) as archive:
            for name in archive.namelist():
                if not name:
                    raise ValueError(Message("batches.parcel_unnamed"))
                if not (folder / name).resolve().is_relative_to(folder.resolve()):
                    raise ValueError(Message("batches.parcel_outside", name=name))
            archive.extractall(folder)
    except _DAMAGED as error:
        raise ValueError(Message("batches.parcel_damaged", reason=str(error))) from None


def _pack_before(number: int, before: Before, files: dict[str, Path]) -> Before:
    result, turnout = before.folder, before.attendance
    if turnout is not None and turnout.parent == before.source:
        need_inside(before.source, turnout)
    top = f"before/{number}"
    return Before(
        source=_put_week(files, f"{top}/weeks/week", before.source),
        folder=_put(files, f"{top}/result", result, [result / name for name in _CARRIED]),
        attendance=None if turnout is None else _put(files, f"{top}/came", turnout, [turnout]),
        record=before.record,
    )


def _put(files: dict[str, Path], top: str, own: Path, parts: Iterator[Path] | list[Path]) -> Path:
    """Note the parts of a file or folder under a new top; where it then is."""
    whole = Path(os.path.abspath(own))  # `..` at its end is no name
    for part in parts:
        inside = Path(os.path.abspath(part)).relative_to(whole.parent)
        files[f"{top}/{inside.as_posix()}"] = part
    return Path(top, whole.name)


def _put_week(files: dict[str, Path], top: str, source: Path) -> Path:
    """Note the files of a planning week, and those above it that it takes, at equal distance."""
    for table in shared_tables(source).values():
        need_inside(table.path.parent, table.path)  # where it arrives it is no link any more
        folder = Path(top) if table.up == 1 else Path(top).parent
        files[(folder / table.path.name).as_posix()] = table.path
    if source.is_file() and home_of(source) != source:  # whose date its folder tells
        top = f"{top}/{home_of(source).name}"
    return _put(files, top, source, _week(source))


def _week(source: Path) -> list[Path]:
    """The files of a planning week; misspelt names too, which are reported to the coordinator."""
    if not source.is_dir():
        return [source]
    tables = [p for p in source.iterdir() if ".csv" in p.name.lower() and p.name != ATTENDANCE]
    for table in tables:
        need_inside(source, table)  # where it arrives it is no link any more
    return [source, *tables]


def _known(result: Path) -> Iterator[Path]:
    """Yield what people know of an earlier result."""
    yield from (result / name for name in (ROSTER, RESULT, TOLD))
    for name in (CALENDARS, MESSAGES):
        yield from (result / name).rglob("*")


def _zip(texts: dict[str, bytes], files: dict[str, Path]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in texts.items():
            archive.writestr(name, data)
        for name, path in sorted(files.items()):
            if path.is_dir():
                archive.writestr(f"{name}/", b"")
            elif path.exists():
                archive.writestr(name, path.read_bytes())
    return buffer.getvalue()
