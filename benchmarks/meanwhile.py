"""How long moves take while the workbench searches, or finds the answer to a question.

A week folder with a draft -> percentiles of the seconds of moves, asked of the server.

    python -m benchmarks.meanwhile WEEK 30
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2 as httpx

from benchmarks.answering import after, drag, listening, quantiles, serving

_BEGINS = 10.0
"""Seconds after the start of a search that count as its beginning."""
_ASKED = "seat", "why_here", "help", "what_if"


class Meanwhile:
    """Moves while other things run in one server."""

    def __init__(self, page: httpx.Client) -> None:
        self._page = page
        self.refused: list[str] = []
        """What was refused."""
        first = page.get("draft").json()["assignments"][0]
        self._pair = dict(zip(("shift_id", "volunteer_id"), first, strict=True))

    def moves(self, is_over: Callable[[], bool]) -> list[float]:
        """Seconds of moves until something is over."""
        waits: list[float] = []
        drag(self._page, is_over, waits, self.refused)
        return waits

    def search(self, kind: str, seconds: float) -> Iterator[tuple[str, list[float]]]:
        """Moves while a search begins, while it runs, and while it is stopped and recorded."""
        asked = {"kind": kind, "seconds": seconds + 60}
        told = self._post("searches", asked)
        yield f"search ({kind}) begins", self.moves(after(_BEGINS))
        yield f"search ({kind}) runs", self.moves(after(seconds - _BEGINS))
        self._page.delete(f"searches/{told['id']}").raise_for_status()
        yield f"search ({kind}) ends", self.moves(self._ended("searches/newest"))

    def question(self, about: str) -> Iterator[tuple[str, list[float]]]:
        """Moves while a question is answered."""
        pair = self._pair
        asked: dict[str, Any] = {"about": about, "shift_id": pair["shift_id"]}
        if about == "why_here":
            asked |= pair
        elif about == "what_if":
            asked = {"about": about, "absent": [{"volunteer_id": pair["volunteer_id"]}]}
        began = time.monotonic()
        ended = self._ended(f"questions/{self._post('questions', asked)['id']}")
        waits = self.moves(ended)
        yield f"question ({about}), {time.monotonic() - began:.1f} s", waits

    def _post(self, path: str, asked: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = self._page.post(path, json=asked).raise_for_status().json()
        return told

    def _ended(self, path: str) -> Callable[[], bool]:
        def is_over() -> bool:
            told = self._page.get(path).raise_for_status().json()
            return told["state"] not in ("waiting", "running")

        return is_over


def measure(week: Path, seconds: float) -> Iterator[tuple[str, list[float]]]:
    """Serve a copy of a week; drag alone, during searches and during questions."""
    with tempfile.TemporaryDirectory() as place:
        folder = shutil.copytree(week, Path(place) / "week")
        with serving(folder) as page, listening(page):
            found = Meanwhile(page)
            yield "alone", found.moves(after(min(seconds, 20)))
            for kind in ("improve", "anew"):
                yield from found.search(kind, seconds)
            for about in _ASKED:
                yield from found.question(about)
            assert not found.refused, found.refused[:2]


def main() -> None:
    """Print the waits of one measurement."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.meanwhile", description=__doc__)
    parser.add_argument("week", type=Path)
    parser.add_argument("seconds", type=float, nargs="?", default=30)
    asked = parser.parse_args()
    for name, waits in measure(asked.week, asked.seconds):
        print(f"{name:32}", quantiles(waits), flush=True)


if __name__ == "__main__":
    main()
