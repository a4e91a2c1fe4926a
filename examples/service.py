"""An HTTP service around `shiftplan.solve`: POST a week, ask how far it is, cancel, GET the roster.

    pip install fastapi uvicorn
    uvicorn --app-dir examples service:app

It keeps weeks in memory, for one process; docs/apps.md says what it leaves to you.
"""

from __future__ import annotations

import io
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
MOST_OPEN, MOST_KEPT = 8, 100  # weeks that wait or are planned, and all that are remembered
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
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
        self.cancel, self.told = threading.Event(), sp.Progress(0, None, None, {})
        hear = partial(setattr, self, "told")
        solve = partial(sp.solve, time_limit=seconds, cancel=self.cancel, on_progress=hear)
        self.result = pool.submit(solve, problem)


def read(body: bytes, kind: str) -> sp.Problem:
    """The problem in a body: JSON, or a zip of a week's CSV files; 413 or 422 if it is none."""
    try:
        with tempfile.TemporaryDirectory() as place:
            if kind == JSON:
                (week := Path(place, "week.json")).write_bytes(body)
                return sp.read_problem(week)
            with zipfile.ZipFile(io.BytesIO(body)) as files:
                infos = [info for info in files.infolist() if info.filename.endswith(".csv")]
                if len(infos) > MOST_FILES or sum(i.file_size for i in infos) > MOST_BYTES:
                    raise HTTPException(413, "the zip holds too much")
                for info in infos:  # the last part of a name only: nothing leaves the folder
                    Path(place, Path(info.filename).name).write_bytes(files.read(info))
            return sp.read_week(place)
    except sp.InputError as error:
        raise HTTPException(422, [str(fault) for fault in error.faults[:50]]) from error
    except BROKEN as error:
        raise HTTPException(422, [f"not a zip that can be read: {error}"]) from error


@app.post("/weeks", status_code=202)
async def post(request: Request, seconds: Annotated[float, Query(gt=0, le=600)] = 60) -> Any:
    """Take a week; it is planned when those before it are done."""
    kind = request.headers.get("content-type", "")
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
    if week not in jobs:
        raise HTTPException(404, "no such week")
    return jobs[week]


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
