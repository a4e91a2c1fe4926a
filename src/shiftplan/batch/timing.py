"""How long each week may be planned: the batch's time shared out by the size of the weeks.

Tables of weeks, limits, and what has passed -> seconds of a job.
"""

from __future__ import annotations

import contextlib
import csv
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean

from shiftplan.batch.manifest import JobOutcome
from shiftplan.batch.places import ProvinceWeek
from shiftplan.files.shared import file_of, shared_tables
from shiftplan.files.text import MOST_BYTES
from shiftplan.week.records import Center
from shiftplan.week.where import distance

USUAL_SECONDS = 60.0
_LEAST_SECONDS = 5.0
_FILES_SHARE = 0.25
"""Part of the time that is kept for files until it is known how long they take."""
_PATIENCE, _PATIENCE_SECONDS = 3.0, 180.0
"""A job is killed after 3 times its planning time plus 180 s."""
_BYTES_OF_PAIR = 25.0
"""About so many bytes of a week's tables stand for a pair, where they cannot be looked into."""


@dataclass(frozen=True, slots=True)
class BatchLimits:
    """What a batch may take."""

    seconds: float | None = None
    """Planning time of a province-week at most; None for a minute, or what the budget gives."""
    budget: float | None = None  # seconds for the whole batch; None for no such limit
    workers: int = 1  # engines side by side of each job
    memory_mb: int | None = None  # memory of a job in millions of bytes; None for no limit

    @property
    def usual(self) -> float:
        """Planning time of each job where there is no budget, in seconds."""
        return USUAL_SECONDS if self.seconds is None else self.seconds

    def share(
        self,
        size: float,
        own: Sequence[float],
        every: Sequence[float],
        *,
        passed: float,
        slots: int,
        busy: float = 0.0,
        files: float | None = None,
    ) -> float:
        """Planning time of the next job of a budget, in seconds.

        It is a part of what is left for the weeks of all provinces, as many as there are slots side
        by side; but no more than of what is left for those of its own, one after another.

        `size`: of its week, in any unit. `own`, `every`: sizes of the weeks that are to be planned
        and have not begun, its own included: those of its province, and all. `passed`: seconds
        since the batch began. `slots`: jobs that run at a time. `busy`: seconds that the jobs which
        run already will still take, added up. `files`: seconds that a job takes beside planning;
        None where that is not known yet.
        """
        left = max(0.0, (self.budget or 0.0) - passed)
        share = min(_part(size, own, left, files), _part(size, every, left * slots - busy, files))
        share = max(_LEAST_SECONDS, share)
        return share if self.seconds is None else min(share, self.seconds)


def _part(size: float, sizes: Sequence[float], seconds: float, files: float | None) -> float:
    """Planning time of one of some weeks that share some seconds; below 0 where files take all."""
    kept = seconds * _FILES_SHARE if files is None else files * len(sizes)
    total = sum(sizes)
    return (seconds - kept) * (size / total if total else 1 / len(sizes))


def patience(seconds: float) -> float:
    """Seconds after which a job is ended that was given so much planning time."""
    return _PATIENCE * seconds + _PATIENCE_SECONDS


class Timekeeper:
    """Shares the time of a batch out to its weeks; the time begins when this is made."""

    def __init__(self, limits: BatchLimits) -> None:
        self._limits = limits
        self._size = cache(week_size)
        self._began = time.monotonic()
        self._files: list[float] = []
        self._ends: dict[str, tuple[float, float]] = {}

    @property
    def passed(self) -> float:
        """Seconds since the batch began."""
        return time.monotonic() - self._began

    @property
    def is_over(self) -> bool:
        """Whether a budget is used up."""
        budget = self._limits.budget
        return budget is not None and self.passed >= budget

    def begin(self, place: ProvinceWeek, waiting: Iterable[ProvinceWeek], slots: int) -> float:
        """Planning time of a week that begins now, in seconds, on so many slots side by side.

        `waiting`: all that are to be planned after it; looked at only where there is a budget.
        """
        passed, seconds = self.passed, self._limits.usual
        files = fmean(self._files) if self._files else None
        if self._limits.budget is not None:
            size = self._size(place.source)
            every = {p: self._size(p.source) for p in waiting}
            same = [s for p, s in every.items() if p.province == place.province]
            guess = _FILES_SHARE / (1 - _FILES_SHARE)
            busy = sum(
                max(0.0, end + (planned * guess if files is None else files) - passed)
                for end, planned in self._ends.values()
            )
            own, all_sizes = [size, *same], [size, *every.values()]
            seconds = self._limits.share(
                size, own, all_sizes, passed=passed, slots=slots, busy=busy, files=files
            )
        self._ends[place.name] = passed + seconds, seconds
        return seconds

    def end(self, place: ProvinceWeek, outcome: JobOutcome) -> None:
        """Note that a week has ended, and how long its files took."""
        del self._ends[place.name]
        if outcome.failure is None and "plan" in outcome.phases:
            self._files.append(outcome.seconds - outcome.phases["plan"])


def source_bytes(source: Path) -> int:
    """How large a planning week is, in bytes of its tables: known at once."""
    files = [source] if source.is_file() else [*source.glob("*.csv")]
    files += [table.path for table in shared_tables(source).values()]
    total = 0
    for path in files:
        with contextlib.suppress(OSError):  # whoever reads the week reports it
            total += path.stat().st_size
    return total


def week_size(source: Path) -> float:
    """Pairs of a person and a center within reach, for each window of time that the person offers.

    Rules cut some of them, and long windows hold several shifts, so it is no count; but it tells a
    city whose centers are all in everybody's reach from a province with as many people. A week that
    is no folder, or whose tables say nothing that can be counted, goes by its bytes.
    """
    size = 0.0
    # Whoever reads the week reports what is wrong with it.
    with contextlib.suppress(OSError, ValueError, KeyError, csv.Error):
        size = _pairs(source) if source.is_dir() else 0.0
    return size or source_bytes(source) / _BYTES_OF_PAIR


def _pairs(folder: Path) -> float:
    centers = {}
    for row in _rows(file_of(folder, "centers")):
        lat, lon = row.get("lat"), row.get("lon")
        known = {"lat": float(lat), "lon": float(lon)} if lat and lon else {}
        centers[row["center_id"]] = Center(center_id=row["center_id"], **known)
    windows = Counter(row["volunteer_id"] for row in _rows(folder / "availability.csv"))
    near: dict[str, list[float]] = {}
    total = 0
    for row in _rows(folder / "volunteers.csv"):
        name, reach = row.get("home_center_id") or "", float(row.get("max_distance_km") or "inf")
        if name not in near:
            home = centers.get(name)
            near[name] = [(home and distance(home, there)) or 0.0 for there in centers.values()]
        total += windows[row["volunteer_id"]] * sum(km <= reach for km in near[name])
    return float(total)


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise ValueError("no table that is read")  # a pipe or a device may have no end
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
