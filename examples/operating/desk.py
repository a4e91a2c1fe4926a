"""The workbench of a folder of weeks, behind a proxy with TLS that asks people for passwords.

    uvicorn --app-dir examples/operating --factory --fd 3 --timeout-graceful-shutdown 2 desk:served

`shiftplan-desk.service` runs it behind `nginx.conf`, as docs/operating.md explains.
Settings are environment variables:

WEEKS
    Folder of the weeks.
PEOPLE
    TOML file that says who may do what: `province` lists the names of those who plan everything,
    the table `centers` gives each lead the ids of their centers.
RUN, BACKUPS
    The folder of a batch and that of backups, whose figures `/metrics` adds; optional.

It believes the header `X-Remote-User`, so nobody but the proxy may reach its socket.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
import tomllib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import FileResponse, RedirectResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import shiftplan as sp
from shiftplan.web import Visitor

COOKIE = "shiftplan-desk"
SESSION_SECONDS = 12 * 3600
"""A session ends so many seconds after signing in."""
OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"


def people_of(path: Path) -> dict[str, Visitor]:
    """Name at the proxy -> what this person may do.

    ValueError: the file is no TOML, or says something else; in one sentence, which names the file.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
    planners, leads = told.get("province", []), told.get("centers", {})
    if unknown := sorted(told.keys() - {"province", "centers"}):
        raise ValueError(f"{path}: {unknown[0]} is unknown; there are province and centers")
    if not isinstance(leads, dict):
        raise ValueError(f'{path}: write [centers] alone on a line, and below it hoa = ["30958"]')
    if "province" in leads:
        raise ValueError(f"{path}: province belongs above the line [centers]")
    for key, names in {"province": planners, **leads}.items():
        if not isinstance(names, list):
            raise ValueError(f"{path}: put the value of {key} into a list: [{names!r}]")
        for name in names:
            if not isinstance(name, str):
                raise ValueError(f"{path}: put {name!r} of {key} into quotation marks")
    if not planners and not leads:
        raise ValueError(f"{path}: nobody may do anything; list names as province or in [centers]")
    people = {
        who: Visitor(role="center", who=who, ids=frozenset(ids)) for who, ids in leads.items()
    }
    return people | {who: Visitor(role="province", who=who) for who in planners}


class Measured:
    """Counts requests, and the seconds until their answers begin, so that streams count too."""

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        self._app = app
        about = "Requests to the workbench, by method and status."
        labels = ("method", "status")
        self._requests = Counter("shiftplan_desk_requests", about, labels, registry=registry)
        about = "Seconds until an answer begins."
        self._seconds = Histogram("shiftplan_desk_request_seconds", about, registry=registry)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        began = time.perf_counter()

        async def measured(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._seconds.observe(time.perf_counter() - began)
                self._requests.labels(scope["method"], str(message["status"])).inc()
            await send(message)

        await self._app(scope, receive, measured if scope["type"] == "http" else send)


def figures(weeks: Path, backups: Path | None) -> CollectorRegistry:
    """What `/metrics` shows besides requests: memory and time of the process, disk, backups."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    about = "Free bytes of the disk with the weeks."
    free = Gauge("shiftplan_desk_disk_free_bytes", about, registry=registry)
    free.set_function(lambda: shutil.disk_usage(weeks).free)
    if backups is not None:
        about = "When the newest backup was made; 0 if there is none."
        newest = Gauge("shiftplan_backup_timestamp_seconds", about, registry=registry)
        made = backups.glob
        newest.set_function(lambda: max((p.stat().st_mtime for p in made("*.tar.gz")), default=0))
    return registry


def desk(
    weeks: Path,
    people: Mapping[str, Visitor],
    run: Path | None = None,
    backups: Path | None = None,
) -> FastAPI:
    """The app: the workbench of all weeks of a folder below /planning, and figures."""
    weeks.mkdir(parents=True, exist_ok=True)
    sessions: dict[str, tuple[Visitor, float]] = {}

    def who_asks(request: Request) -> Visitor | None:
        visitor, ends = sessions.get(request.cookies.get(COOKIE, ""), (None, 0.0))
        return visitor if time.monotonic() < ends else None

    planning = sp.web.home(weeks, sign_in=who_asks)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        planning.state.close()  # searches end with what they found

    made = FastAPI(title="shiftplan", lifespan=lifespan, openapi_url=None)
    registry = figures(weeks, backups)
    made.add_middleware(Measured, registry=registry)

    @made.get("/")
    def come_in() -> RedirectResponse:
        return RedirectResponse("/sign-in", 303)

    @made.get("/sign-in")
    def sign_in(request: Request) -> RedirectResponse:
        """Begin the session of whom the proxy has let in; the only path on which it says who."""
        visitor = people.get(request.headers.get("x-remote-user", ""))
        if visitor is None:
            raise HTTPException(403, "This name has no role here.")
        now = time.monotonic()
        for ended in [key for key, (_, ends) in sessions.items() if ends <= now]:
            del sessions[ended]
        answer = RedirectResponse("/planning/", 303)
        sessions[secret := secrets.token_urlsafe()] = visitor, now + SESSION_SECONDS
        answer.set_cookie(COOKIE, secret, httponly=True, secure=True, samesite="strict")
        return answer

    @made.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    @made.get("/metrics/batch")
    def batch_metrics() -> FileResponse:
        if run is None or not (file := run / "metrics.txt").exists():
            raise HTTPException(404, "No batch has written figures.")
        return FileResponse(file, headers={"content-type": OPENMETRICS})

    made.mount("/planning", planning)
    return made


def served() -> FastAPI:
    """The app that the environment describes."""
    run, backups = os.environ.get("RUN"), os.environ.get("BACKUPS")
    return desk(
        Path(os.environ["WEEKS"]),
        people_of(Path(os.environ["PEOPLE"])),
        run=Path(run) if run else None,
        backups=Path(backups) if backups else None,
    )
