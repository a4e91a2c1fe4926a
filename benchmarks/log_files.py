"""Drawn logs as files: what an office would have of its visits, and the truth behind them.

    python -m benchmarks.log_files --seeds 3 --out LOGS

`KnownLog` -> a folder for each seed with visits.csv and closed.csv, which shiftplan reads, and
truth.csv and actual.csv with the means and one outcome of the week after them, which it must not.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path

import numpy as np

from benchmarks.log_options import WEEK
from benchmarks.log_truth import stream
from benchmarks.made_logs import KnownLog, make_log
from shiftplan.citizens import VisitCounts
from shiftplan.citizens.visits.counts import Floats
from shiftplan.files import read_problem

_CELL = ("center_id", "date", "start", "end", "service_id")
Row = Sequence[object]


def write_log(log: KnownLog, folder: Path, seed: int) -> Path:
    """Write the four files; the seed draws the minutes of visits, and who asks for what."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = stream(seed, "files")
    _write(
        folder / "visits.csv",
        ("visit_id", "center_id", "arrived", "services"),
        _visits(log.counts, rng),
    )
    _write(folder / "closed.csv", ("center_id", "date"), _closed(log.counts))
    _write(folder / "truth.csv", (*_CELL, "mean"), _cells(log, log.mean))
    _write(folder / "actual.csv", (*_CELL, "visits"), _cells(log, log.came))
    return folder


def _visits(counts: VisitCounts, rng: np.random.Generator) -> Iterator[Row]:
    """Yield visits in the order in which they came.

    Each service is asked for in as many visits of a slot as it has requests, drawn at random.
    """
    needs = counts.requests.swapaxes(0, 1).reshape(-1, len(counts.services))
    visits = counts.visits.swapaxes(0, 1).ravel().astype(np.int64)
    cell = np.repeat(np.arange(len(visits)), visits)
    rank = np.arange(len(cell)) - np.repeat(np.cumsum(visits) - visits, visits)
    asks = np.zeros((len(cell), len(counts.services)), dtype=bool)
    for service in range(len(counts.services)):
        chance = np.lexsort((rng.random(len(cell)), cell))
        asks[chance, service] = rank < needs[cell, service]
    sizes = len(counts.dates), len(counts.centers), len(counts.slots)
    day, center, slot = np.unravel_index(cell, sizes)
    starts, ends = np.array(counts.slots).T
    minute = rng.integers(starts[slot], ends[slot])
    order = np.lexsort((center, minute, day))
    kinds = {key: " ".join(np.array(counts.services)[list(key)]) for key in set(map(tuple, asks))}
    dates = [day.isoformat() for day in counts.dates]
    for number, i in enumerate(order.tolist(), start=1):
        arrived = f"{dates[day[i]]}T{_time(int(minute[i]))}"
        yield f"L{number:07d}", counts.centers[center[i]], arrived, kinds[tuple(asks[i])]


def _closed(counts: VisitCounts) -> Iterator[Row]:
    """Yield days without a record, `*` where no center has one."""
    for d, day in enumerate(counts.dates):
        missing = np.flatnonzero(~counts.recorded[:, d]).tolist()
        everywhere = len(missing) == len(counts.centers)
        yield from ([("*", day)] if everywhere else [(counts.centers[c], day) for c in missing])


def _cells(log: KnownLog, values: Floats) -> Iterator[Row]:
    """Yield a row for each center, date, slot and service of the week."""
    counts = log.counts
    keys = product(counts.centers, log.ahead, counts.slots, counts.services)
    for (center, day, slot, service), value in zip(keys, values.ravel().tolist(), strict=True):
        yield center, day, *map(_time, slot), service, f"{value:.17g}"


def _time(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _write(path: Path, head: Sequence[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((head, *rows))


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw logs, and write them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.log_files", description=__doc__)
    parser.add_argument("--week", type=Path, default=WEEK)
    parser.add_argument("--weeks", type=int, default=40)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out/logs"))
    options = parser.parse_args(arguments)
    problem = read_problem(options.week)
    for seed in options.seeds:
        print(write_log(make_log(problem, seed, options.weeks), options.out / str(seed), seed))


if __name__ == "__main__":
    main()
