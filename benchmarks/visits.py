"""How long logs of visits take to be read, and how much memory.

    python -m benchmarks.visits examples/data/an_giang --rows 525000 1000000

A week -> for each number of rows, seconds of processor time and megabytes of reading a log of
that many visits, in two spellings: as shiftplan writes moments, and as a kiosk does, with names,
days before months and seconds. Each is read in a process of its own, which begins anew.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from benchmarks.cells import Table, whole
from shiftplan.citizens.visits.hours import slots_of
from shiftplan.files import read_problem, read_visits
from shiftplan.problem import Problem

Row = tuple[str, str, str, str, str, str]
_AGES = ("under_35", "35_59", "60_plus")


def plain(problem: Problem, rows: int, seed: int = 1) -> Iterator[Row]:
    """Yield visits as `visits.csv` has them: ids, moments of ISO 8601, languages."""
    yield ("visit_id", "center_id", "arrived", "services", "age_group", "language")
    for n, (center, at, services, age) in enumerate(_visits(problem, rows, seed)):
        moment = at.isoformat(timespec="minutes")
        language = "khmer" if n % 9 == 0 else ""
        yield (f"L{n:07d}", center, moment, " ".join(services), age, language)


def kiosk(problem: Problem, rows: int, seed: int = 1) -> Iterator[Row]:
    """Yield visits as a Vietnamese kiosk exports them, with names and seconds."""
    centers = {c.center_id: c.name for c in problem.centers}
    names = {s.service_id: s.name for s in problem.services}
    yield ("Số vé", "Đơn vị", "Thời điểm lấy vé", "Dịch vụ", "Thời điểm phục vụ", "Trạng thái")
    chance = Random(seed)
    for n, (center, at, services, _) in enumerate(_visits(problem, rows, seed)):
        at += dt.timedelta(seconds=chance.randrange(60))
        helped = at + dt.timedelta(seconds=chance.randrange(1800))
        told = "; ".join(names[s] or s for s in services)
        yield (
            f"A{n % 900:03d}",
            centers[center],
            f"{at:%d/%m/%Y %H:%M:%S}",
            told,
            f"{helped:%H:%M:%S}",
            "Hoàn thành",
        )


def _visits(
    problem: Problem, rows: int, seed: int
) -> Iterator[tuple[str, dt.datetime, list[str], str]]:
    """Yield center, arrival, services and age group of visits, day after day, for 52 weeks."""
    chance = Random(seed)
    centers = [center.center_id for center in problem.centers]
    weights = [chance.expovariate(1) for _ in centers]
    services = [service.service_id for service in problem.services]
    minutes = [m for start, end in slots_of(problem) for m in range(start, end)]
    days = [d for d in range(-364, 0) if d % 7 < 6]
    for n in range(rows):
        day = problem.horizon.start + dt.timedelta(days=days[n * len(days) // rows])
        at = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=chance.choice(minutes))
        steps = chance.sample(services, chance.randint(1, min(4, len(services))))
        yield chance.choices(centers, weights)[0], at, steps, chance.choice(_AGES)


FORMS: dict[str, Callable[[Problem, int], Iterator[Row]]] = {"plain": plain, "kiosk": kiosk}
"""Spelling -> what makes the rows of a log."""


def write_log(path: Path, rows: Iterator[Row]) -> None:
    """Write rows as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def measured(week: Path, log: Path) -> tuple[float, float, int]:
    """Seconds of processor time, megabytes at most and visits of a log that is read."""
    problem = read_problem(week)
    begin = time.process_time()
    history = read_visits(log, problem)
    seconds = time.process_time() - begin
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seconds, most, history.report.visits


def table(week: Path, sizes: Sequence[int]) -> Table:
    """The figures of logs of some sizes."""
    problem, found = read_problem(week), []
    for rows in sizes:
        for form, make in FORMS.items():
            with tempfile.TemporaryDirectory() as folder:
                log = Path(folder) / "visits.csv"
                write_log(log, make(problem, rows))
                size = log.stat().st_size / 1e6
                with multiprocessing.get_context("spawn").Pool(1) as pool:
                    seconds, most, visits = pool.apply(measured, (week, log))
            figures = (f"{size:.0f} MB", f"{seconds:.1f} s", f"{most:.0f} MB", whole(visits))
            found.append((whole(rows), form, *figures))
    head = ("rows", "spelling", "file", "processor", "memory", "visits counted")
    return Table("Logs of visits", head, tuple(found))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.visits", description=__doc__)
    parser.add_argument("week", type=Path)
    parser.add_argument("--rows", type=int, nargs="+", default=[525_000, 1_000_000])
    options = parser.parse_args(arguments)
    print(table(options.week, options.rows).markdown())


if __name__ == "__main__":
    main()
