"""Fifty people answer their forms while a coordinator drags: how long each of them waits.

A week folder with a published roster -> `Waits`, seconds from request to answer.

    python -m benchmarks.answering WEEK 30
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2 as httpx

from shiftplan import open_week
from shiftplan.record.collecting import Collecting
from shiftplan.week.owner import Owner

PEOPLE = 50
OWN = {"X-Shiftplan": "1"}
_SERVE = """
import sys, shiftplan
from shiftplan.web import serving
app = shiftplan.web.app(shiftplan.open_week(sys.argv[1]))
serving.serve(app, serving.listening("127.0.0.1", int(sys.argv[2])), started=lambda: None)
"""


@dataclass
class Waits:
    """Seconds that requests took."""

    quiet: list[float] = field(default_factory=list)
    """Moves while nobody answers."""
    moves: list[float] = field(default_factory=list)
    """Moves while people answer."""
    answers: list[float] = field(default_factory=list)
    """Answers, each on the disk when it was acknowledged."""
    refused: list[str] = field(default_factory=list)
    """What was refused, but for requests that came too often."""


def quantiles(seconds: list[float]) -> str:
    """Median, 95th and 99th percentile in milliseconds, and how many there are."""
    order = sorted(seconds)
    if not order:
        return "none"
    found = (order[min(len(order) - 1, len(order) * part // 100)] for part in (50, 95, 99))
    return " / ".join(f"{1000 * one:,.0f}" for one in found) + f" ms of {len(order)}"


def after(seconds: float) -> Callable[[], bool]:
    """Whether some time has passed since now."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def drag(
    page: httpx.Client, is_over: Callable[[], bool], waits: list[float], refused: list[str]
) -> None:
    """Take people out of shifts and back, five times a second at most, one after the other."""
    choose, last = random.Random(1), None
    draft: dict[str, Any] = page.get("draft").json()
    while not is_over():
        shift, who = last or choose.choice(draft["assignments"])
        step = {"shift_id": shift, "volunteer_id": who, "added": last is not None}
        move = {"of": draft["version"], "changes": [step], "anyway": True}
        began = time.monotonic()
        answer = page.post("moves", json=move)
        waits.append(time.monotonic() - began)
        if answer.status_code == 200:
            last = None if last else (shift, who)
            draft["version"] = answer.json()["draft"]["version"]
        else:
            refused.append(answer.text)
            draft, last = page.get("draft").json(), None
        time.sleep(0.2)


def answer_on(address: str, who: str, token: str, stop: threading.Event, waits: Waits) -> None:
    """Answer one person's form again and again, every half to four seconds."""
    choose, number = random.Random(who), 0
    with httpx.Client(
        base_url=address, headers={**OWN, "X-Shiftplan-Form": token}, timeout=60
    ) as page:
        shifts = page.get("form").json()["form"]["shifts"]
        while not stop.wait(choose.uniform(0.5, 4)):
            number += 1
            answers = [
                {key: shift[key] for key in ("shift_id", "center_id", "start", "end")}
                | {"answer": choose.choice(("confirmed", "declined"))}
                for shift in shifts[:1]
            ]
            began = time.monotonic()
            answer = _sent(page, {"form": f"{who}-{number:016}", "answers": answers})
            if answer.status_code == 429:
                stop.wait(float(answer.headers["Retry-After"]))
                continue
            waits.answers.append(time.monotonic() - began)
            if answer.status_code != 200:
                waits.refused.append(answer.text)


def _sent(page: httpx.Client, form: dict[str, Any]) -> httpx.Response:
    """Send a form, again where the connection had ended meanwhile, as the page does."""
    while True:
        with suppress(httpx.TransportError):
            return page.post("form", json=form)


def measure(week: Path, seconds: float, alone: float = 5) -> Waits:
    """Serve a copy of a week; drag alone, and then while people answer and a page hears of it.

    `seconds`, `alone`: how long somebody drags while people answer, and before that.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = shutil.copytree(week, Path(place) / "week")
        live = open_week(folder)
        if live.now.told is None:
            live.publish(even_if_poor=True)
        people = sorted(live.now.known.shifts_of if live.now.known else ())[:PEOPLE]
        until = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
        tokens = Collecting(live).invite((Owner("volunteer", who) for who in people), until)
        with serving(folder) as page:
            return _measured(page, tokens, seconds, alone)


@contextmanager
def serving(folder: Path) -> Iterator[httpx.Client]:
    """Serve a week in a process of its own; what sends requests there."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-c", _SERVE, str(folder), str(port)])
    try:
        address = f"http://127.0.0.1:{port}/api/"
        with httpx.Client(base_url=address, headers=OWN, timeout=60) as page:
            _wait_for(page)
            yield page
    finally:
        server.terminate()
        server.wait()


def _measured(page: httpx.Client, tokens: dict[Owner, str], seconds: float, alone: float) -> Waits:
    waits, stop = Waits(), threading.Event()
    with listening(page):
        drag(page, after(alone), waits.quiet, waits.refused)
        address = str(page.base_url)
        given = [(address, owner.id, token, stop, waits) for owner, token in tokens.items()]
        threads = [threading.Thread(target=answer_on, args=one, daemon=True) for one in given]
        for thread in threads:
            thread.start()
        drag(page, after(seconds), waits.moves, waits.refused)
        stop.set()
        for thread in threads:
            thread.join(60)
    return waits


def _wait_for(page: httpx.Client) -> None:
    for _ in range(600):
        try:
            page.get("words")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return


@contextmanager
def listening(page: httpx.Client) -> Iterator[None]:
    """Listen as an open page does, so that the server looks for what is new."""
    stop = threading.Event()

    def listen() -> None:
        with (
            suppress(httpx.TransportError),  # the server ends
            httpx.Client(base_url=page.base_url, timeout=None) as other,
            other.stream("GET", "news") as news,
        ):
            for _ in news.iter_lines():
                if stop.is_set():
                    return

    threading.Thread(target=listen, daemon=True).start()
    yield
    stop.set()


def main() -> None:
    """Print the waits of one measurement."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answering", description=__doc__)
    parser.add_argument("week", type=Path)
    parser.add_argument("seconds", type=float, nargs="?", default=30)
    asked = parser.parse_args()
    waits = measure(asked.week, asked.seconds)
    print("moves, nobody answers:  ", quantiles(waits.quiet))
    print("moves, people answer:   ", quantiles(waits.moves))
    print("answers until on disk:  ", quantiles(waits.answers))
    print("refused:", len(waits.refused), waits.refused[:2])


if __name__ == "__main__":
    main()
