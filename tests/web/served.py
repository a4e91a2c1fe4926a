"""The workbench served in a thread on a free port, and weeks to serve; the browser that looks."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import uvicorn
from starlette.testclient import TestClient

from shiftplan import Roster, open_week, read_problem, read_roster, solve
from shiftplan.problem import Problem
from shiftplan.record import LiveWeek

DATA = Path(__file__).parents[2] / "examples" / "data"


@contextmanager
def served(app: Any, port: int = 0) -> Iterator[str]:
    """Serve an app until the block ends; its address, such as `http://127.0.0.1:40123`.

    `port`: 0 for any that is free.
    """
    config = uvicorn.Config(app, port=port, log_level="error", lifespan="off")
    server, socket = uvicorn.Server(config), config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    finally:
        if hasattr(app.state, "close"):
            app.state.close()  # streams of news never end by themselves
        server.should_exit = server.force_exit = True
        thread.join(10)
        socket.close()


def client(app: Any, **headers: str) -> TestClient:
    """What sends requests to an app as our page does."""
    return TestClient(app, headers={"X-Shiftplan": "1", **headers})


@cache
def _planned() -> Roster:
    """A roster of the commune, best by its cost."""
    return solve(read_problem(DATA / "commune"), workers=1, seed=0).require_roster()


@cache
def an_giang_week() -> Problem:
    """The bundled week of An Giang."""
    return read_problem(DATA / "an_giang")


def commune(folder: Path, *, who: str = "lan") -> LiveWeek:
    """The commune in a folder of its own, with one draft in its record."""
    week = folder / "commune"
    shutil.copytree(DATA / "commune", week)
    live = open_week(week, who=who)
    live.draft(_planned())
    return live


def an_giang(folder: Path, roster: Path | None = None, *, who: str = "lan") -> LiveWeek:
    """An Giang in a folder of its own, with a draft: a roster of a file, or a plan of seconds."""
    week = folder / "an_giang"
    shutil.copytree(DATA / "an_giang", week)
    live = open_week(week, who=who)
    if roster is None:
        live.plan(time_limit=15, workers=2)
    else:
        live.draft(read_roster(roster, of=live.files))
    return live
