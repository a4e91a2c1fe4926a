"""Raw measurements, one JSON line a run.

A run -> `Record` -> `records.jsonl` -> tables and pictures, at any later time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from shiftplan.solving.result import Cost

FILE = "records.jsonl"
Steps = tuple[tuple[float, int], ...]
"""Seconds from the call and the value from then on, in order of time."""


class Run(BaseModel):
    """What one engine did on one problem. Seconds count from the call, after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: str
    """As in `shiftplan.Status`, or KILLED when the process was ended from outside."""
    time_limit: float | None = None
    """Seconds allowed; None when unknown."""
    cost: int | None = None
    """Cost of the last roster, as the checker counts it; None without a roster."""
    bound: int | None = None
    """Last proven bound; None without one."""
    costs: Steps = ()
    """Cost of the best roster over time."""
    bounds: Steps = ()
    """Proven bound over time."""
    read_seconds: float | None = None
    """Time to read the instance, before the call."""
    build_seconds: float | None = None
    """Time to build the program, part of the call."""
    solve_seconds: float | None = None
    """Time of the whole call."""
    size: dict[str, int] = {}
    """What is counted -> how many."""

    @property
    def final_gap(self) -> float | None:
        """(cost - bound) / cost at the end; None when unknown."""
        return Cost(self.cost, self.bound).gap

    def at(self, seconds: float) -> Cost:
        """Cost and bound known at a moment; from the time limit on those of the end."""
        if self.time_limit is not None and seconds >= self.time_limit:
            return Cost(self.cost, self.bound)
        return Cost(_last(self.costs, seconds), _last(self.bounds, seconds))

    def seconds_to_gap(self, gap: float) -> float | None:
        """The first moment with a proven gap of at most `gap`; None when it never came."""
        for seconds in sorted({t for t, _ in (*self.costs, *self.bounds)}):
            known = Cost(_last(self.costs, seconds), _last(self.bounds, seconds)).gap
            if known is not None and known <= gap:
                return seconds
        return None


class Record(Run):
    """A run, and what was asked for."""

    suite: str
    """Sub-command it belongs to."""
    instance: str
    """Name of the instance."""
    engine: str
    """Name of the engine."""
    seed: int
    """Seed of everything random."""
    workers: int
    """Threads or processes allowed."""
    best_known: int | None = None
    """Lowest cost published; None when there is none."""
    peak_bytes: int = 0
    """Highest memory of the process and its children."""
    machine: dict[str, str]
    """What it ran on."""

    @property
    def key(self) -> tuple[str, str, str, int, float | None]:
        """What a later record of the same folder replaces."""
        return (self.suite, self.instance, self.engine, self.seed, self.time_limit)

    @property
    def known_gap(self) -> float | None:
        """(cost - best known) / best known; None when one of them is not there."""
        if self.cost is None or self.best_known is None:
            return None
        over = self.cost - self.best_known
        if self.best_known == 0:
            return 0.0 if over == 0 else math.inf
        return over / abs(self.best_known)


def append(folder: Path, record: Record) -> None:
    """Add a record to a folder's file."""
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write(record.model_dump_json() + "\n")


def read(folders: Iterable[Path]) -> list[Record]:
    """All records of some folders; of those with the same key the last one counts.

    Raises
    ------
    FileNotFoundError
        A folder holds no records.

    """
    found: dict[tuple[str, str, str, int, float | None], Record] = {}
    for folder in folders:
        for line in (folder / FILE).read_text(encoding="utf-8").splitlines():
            record = Record.model_validate_json(line)
            found.pop((*record.key[:-1], None), None)  # a killed run, which knew no limit
            found[record.key] = record
    return list(found.values())


def _last(steps: Steps, seconds: float) -> int | None:
    """Value of a step function at a moment; None before its first step."""
    return next((value for t, value in reversed(steps) if t <= seconds), None)
