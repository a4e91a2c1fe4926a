"""The workbench in a real browser: how soon it is seen, and how soon a dropped name has its price.

    python -m benchmarks.workbench examples/data/an_giang --roster out/roster.csv

A week and a roster -> one table: percentiles of each wait, and memory. The week is copied, served
by the command, and used by headless Chromium with presses of a mouse. It needs the extra `dev`.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import psutil
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.actions.action_builder import ActionBuilder

from benchmarks.cells import Table, whole
from shiftplan import open_week, read_roster
from shiftplan.problem import Problem
from shiftplan.record import LiveWeek

HEAD = ("what", "times", "p50", "p95", "p99", "target")
_PERCENTILES = 50, 95, 99
_OPTIONS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1400,900")
_DRAWN = "return document.querySelectorAll('#main [data-shift]').length"
_SEEN = """
const box = document.querySelector('#main .scroll').getBoundingClientRect();
return [...document.querySelectorAll('#main ' + arguments[0])]
  .map((one) => one.getBoundingClientRect())
  .filter((one) => one.left > box.left + 200 && one.right < box.right - 60)
  .filter((one) => one.top > box.top + 110 && one.bottom < box.bottom - 60)
  .map((one) => [one.left + one.width / 2, one.top + Math.min(12, one.height / 2)]);
"""
"""The places of what can be seen whole, far enough from the edges not to scroll; in pixels."""
_SCROLL = "document.querySelector('#main .scroll').scrollTo(arguments[0], arguments[1])"
_WAITED = "return performance.getEntriesByName('shiftplan.price').map((one) => one.duration)"
_PAINTED = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
_OUTSIDE = 600.0, 90.0
_NO = "document.querySelector('dialog[open] button[value=no]')?.click()"
_PLACES = ":is(.shift, .chip):is([data-lit=better], [data-lit=same], [data-lit=dearer])"
_URL = re.compile(r"http://\S+")
_PATIENCE = 30.0
"""Seconds that anything may take before the measurement ends with an error."""


class Page:
    """The workbench in a browser."""

    def __init__(self, url: str, profile: Path) -> None:
        options = webdriver.ChromeOptions()
        for option in (*_OPTIONS, f"--user-data-dir={profile}"):
            options.add_argument(option)
        options.binary_location = shutil.which("chromium") or ""
        self.browser: Any = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
        self.browser.get(url)
        self.wait("return document.querySelector('#main') !== null")

    def wait(self, script: str, seconds: float = _PATIENCE) -> Any:
        """What a script returns once that is true of anything."""
        end = time.monotonic() + seconds
        while not (found := self.browser.execute_script(script)):
            if time.monotonic() > end:
                raise TimeoutError(script)
            time.sleep(0.005)
        return found

    def open_anew(self, view: str) -> tuple[float, float]:
        """Load a view; milliseconds until something is painted, and until its shifts are there."""
        self.browser.execute_cdp_cmd("Network.clearBrowserCache", {})
        self.browser.execute_script(f"location.hash = '{view}'")
        self.browser.refresh()
        self.wait(_DRAWN)
        drawn = float(self.browser.execute_script("return performance.now()"))
        return float(self.wait(_PAINTED)), drawn

    def hold(self, rng: random.Random) -> list[tuple[float, float]]:
        """Press somebody in view; the places in view where they would break no hard rule."""
        self.browser.execute_script(_SCROLL, rng.randrange(600), rng.randrange(9_000))
        chips = self.browser.execute_script(_SEEN, ".shift [data-person]")
        if not chips:
            return []
        x, y = rng.choice(chips)
        self._mouse(("move", x, y), ("press", x, y), ("move", x + 9, y + 9))
        try:
            self.wait("return document.body.classList.contains('holding')", 1.0)
        except TimeoutError:  # a question about the drop before opened under the press
            return []
        return [(x, y) for x, y in self.browser.execute_script(_SEEN, _PLACES)]

    def hover(self, place: tuple[float, float]) -> None:
        """Move the pointer to a place."""
        self._mouse(("move", *place))

    def drop(self, place: tuple[float, float] | None) -> None:
        """Release whoever is held over a place; None puts them back."""
        self._mouse(("release", *(place or _OUTSIDE)))
        self.wait("return !document.body.classList.contains('holding')")

    def drag(self, rng: random.Random) -> None:
        """Drag somebody in view to a place in view, if there is one, and wait for the price."""
        self.browser.execute_script(_NO)  # the table may have scrolled under the last drop
        self.wait("return !document.querySelector('dialog[open]')")
        places, before, end = self.hold(rng), len(self.waits()), time.monotonic() + 2.0
        self.drop(rng.choice(places) if places else None)
        while places and len(self.waits()) == before and time.monotonic() < end:
            time.sleep(0.02)

    def _mouse(self, *steps: tuple[str, float, float]) -> None:
        mouse = ActionBuilder(self.browser, duration=20)
        pointer = mouse.pointer_action
        for what, x, y in steps:
            pointer.move_to_location(int(x), int(y))
            if what == "press":
                pointer.pointer_down()
            elif what == "release":
                pointer.pointer_up()
        mouse.perform()

    def waits(self) -> list[float]:
        """Milliseconds from each drop to its price, in the frame after it was drawn."""
        return list(self.browser.execute_script(_WAITED))


def row(name: str, found: Sequence[float], wanted: str = "") -> tuple[str, ...]:
    """What was waited for, how often, the percentiles of the milliseconds, and the target."""
    cells = tuple(f"{value:.0f} ms" for value in np.percentile(found, _PERCENTILES))
    line = (name, whole(len(found)), *cells, wanted)
    print(*line, flush=True)
    return line


@contextmanager
def serving(week: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Serve a week by the command; the address that opens it, and the process."""
    command = [sys.executable, "-m", "shiftplan", "serve", str(week), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = _URL.search(process.stdout.readline())
            if found is None:
                raise RuntimeError("the workbench did not start")
            yield found[0], psutil.Process(process.pid)
        finally:
            process.terminate()


def asked(client: httpx2.Client, path: str, queries: Sequence[dict[str, str]]) -> list[float]:
    """Milliseconds of each request, answers read."""
    found = []
    for query in queries:
        began = time.perf_counter()
        client.get(f"/api/{path}", params=query).raise_for_status()
        found.append((time.perf_counter() - began) * 1000)
    return found


def measured(live: LiveWeek, week: Path, drags: int, rng: random.Random) -> Table:
    """All waits of a week with a draft in its record."""
    problem: Problem = live.files
    with serving(week) as (url, process), tempfile.TemporaryDirectory() as profile:
        page = Page(url, Path(profile))
        try:
            opened = [page.open_anew("centers") for _ in range(5)]
            rows = [row("first paint, nothing cached", [painted for painted, _ in opened])]
            rows.append(row("all shifts drawn", [drawn for _, drawn in opened]))
            for _ in range(drags):
                page.drag(rng)
            rows.append(row("price after a drop", page.waits(), "100 ms"))
            heap = page.browser.execute_script("return performance.memory.usedJSHeapSize")
        finally:
            page.browser.quit()
        with httpx2.Client(base_url=url.split("/start")[0], follow_redirects=True) as client:
            client.get(url).raise_for_status()
            shifts = [{"shift": s.shift_id} for s in rng.sample(problem.shifts, drags)]
            people = [{"person": v.volunteer_id} for v in rng.sample(problem.volunteers, drags)]
            rows.append(row("candidates for a seat", asked(client, "candidates", shifts), "300 ms"))
            rows.append(row("places for a person", asked(client, "places", people)))
        memory = process.memory_info().rss
    size = f"server {memory / 1e6:.0f} MB, page {heap / 1e6:.0f} MB"
    return Table(f"The workbench, {len(problem.volunteers):,} people ({size})", HEAD, tuple(rows))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the workbench with one week."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workbench", description=__doc__)
    parser.add_argument("week", type=Path, help="a folder or a workbook")
    parser.add_argument("--roster", type=Path, required=True, help="a roster.csv of the week")
    parser.add_argument("--drags", type=int, default=100, help="moves of the mouse (default 100)")
    parser.add_argument("--seed", type=int, default=0, help="of all that is drawn (default 0)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        week = Path(folder) / options.week.name
        copy = shutil.copytree if options.week.is_dir() else shutil.copy
        copy(options.week, week)
        live = open_week(week)
        live.draft(read_roster(options.roster, of=live.files))
        table = measured(live, week, options.drags, random.Random(options.seed))
    print(f"\n{table.markdown()}")


if __name__ == "__main__":
    main()
