"""An HTTP service around `shiftplan.solve`: POST a week, ask how far it is, cancel, GET the roster.

    pip install fastapi uvicorn
    uvicorn --app-dir examples service:app

It keeps weeks in memory, for one process; docs/apps.md says what it leaves to you.
"""

from __future__ import annotations

import io
import struct
import tempfile
import threading
import uuid
import zipfile
import zlib
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool

import shiftplan as sp

MOST_BYTES, MOST_FILES = 20_000_000, 50  # of a body, and of what a zip unpacks to
LONGEST_NAME = 255  # bytes; no disk has longer ones
MOST_OPEN, MOST_KEPT = 8, 100  # weeks that wait or are planned, and all that are remembered
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others cannot be unpacked piece by piece
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError)
JSON, ZIP = "application/json", "application/zip"
jobs: dict[str, Job] = {}
pool = ThreadPoolExecutor(1)  # one week at a time has the processors


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    """When the service ends, so does every search."""
    yield
    for job in jobs.values():
        job.cancel.set()


app = FastAPI(title="shiftplan", lifespan=lifespan)


class Job:
    """A week that is planned in the thread of the pool: how far it is, and its result."""

    def __init__(self, problem: sp.Problem, seconds: float) -> None:
        self.cancel, self.told = threading.Event(), sp.solving.Progress(0, None, None, {})
        hear = partial(setattr, self, "told")
        solve = partial(sp.solve, time_limit=seconds, cancel=self.cancel, on_progress=hear)
        self.result = pool.submit(solve, problem)


def refused(*faults: str) -> HTTPException:
    """The answer to a body that is no week: what is wrong with it."""
    return HTTPException(422, list(faults))


def unpack(body: bytes, place: Path) -> None:
    """Write the tables of a zip into a folder; 413 or 422 where it is not what it should be."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as files:
            infos = [info for info in files.infolist() if info.filename.endswith(".csv")]
            if len(infos) > MOST_FILES or sum(i.file_size for i in infos) > MOST_BYTES:
                raise HTTPException(413, "the zip holds too much")
            for info in infos:
                name = Path(info.filename).name  # its last part: nothing leaves the folder
                if len(name.encode()) > LONGEST_NAME:
                    raise refused(f"{name[:30]}...: a name has at most {LONGEST_NAME} bytes")
                if (place / name).exists():
                    raise refused(f"{name}: the zip holds two tables of this name")
                (place / name).write_bytes(content_of(files, info))
    except UnicodeDecodeError as error:
        raise refused("a name in the zip is not UTF-8") from error
    except BROKEN as error:
        raise refused(f"not a zip that can be read: {error}") from error


def content_of(files: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of a table in a zip, never many more than the zip tells; 422 if they are others."""
    name = Path(info.filename).name
    if info.flag_bits & 1:
        raise refused(f"{name} is encrypted; make the zip without a password")
    if info.compress_type not in PACKINGS:
        raise refused(f"{name} is packed in an unusual way; make the zip with deflate")
    told, info.file_size = info.file_size, info.file_size + 1  # asking for one more shows a lie
    with files.open(info) as packed:
        content = packed.read(info.file_size)
    if len(content) != told:
        raise refused(f"{name} does not have the size that the zip tells")
    return content


def read(body: bytes, kind: str) -> sp.Problem:
    """The problem in a body: JSON, or a zip of a week's CSV files; 413 or 422 if it is none."""
    try:
        if kind == JSON:
            return sp.files.read_tables(body)
        with tempfile.TemporaryDirectory() as place:
            unpack(body, Path(place))
            return sp.read_week(place)
    except sp.InputError as error:
        raise refused(*map(str, error.faults[:50])) from error


@app.post("/weeks", status_code=202)
async def post(request: Request, seconds: Annotated[float, Query(gt=0, le=600)] = 60) -> Any:
    """Take a week; it is planned when those before it are done."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (JSON, ZIP):
        raise HTTPException(415, f"must be {JSON} or {ZIP}")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise HTTPException(413, f"more than {MOST_BYTES} bytes")
    problem = await run_in_threadpool(read, bytes(body), kind)
    ended = [name for name, job in jobs.items() if job.result.done()]
    if len(jobs) - len(ended) >= MOST_OPEN:
        raise HTTPException(503, "too many weeks wait", {"Retry-After": "60"})
    for name in ended[: max(0, len(jobs) + 1 - MOST_KEPT)]:
        del jobs[name]
    jobs[name := uuid.uuid4().hex] = Job(problem, seconds)
    return {"week": name}


def find(week: str) -> Job:
    """The job of a path, or 404."""
    job = jobs.get(week)  # asked once: it may be forgotten at any moment
    if job is None:
        raise HTTPException(404, "no such week")
    return job


@app.get("/weeks/{week}")
def how_far(job: Annotated[Job, Depends(find)]) -> Any:
    """Whether it is done; seconds, cost so far, proven bound, and gap."""
    told = job.told
    figures = {"seconds": told.seconds, "cost": told.total, "bound": told.bound, "gap": told.gap}
    return {"done": job.result.done(), **figures}


@app.post("/weeks/{week}/cancel", status_code=202)
def cancel(job: Annotated[Job, Depends(find)]) -> None:
    """End the search soon; the result is the best roster so far."""
    job.cancel.set()


@app.get("/weeks/{week}/result")
def result(job: Annotated[Job, Depends(find)]) -> Any:
    """What `result.json` holds, and the assignments; 409 until it is done."""
    if not job.result.done():
        raise HTTPException(409, "not done yet")
    found = job.result.result()
    roster = None if found.roster is None else [a._asdict() for a in found.roster.assignments]
    return {"result": found.as_dict(), "roster": roster}
