"""What solvers found within a time limit: a table of runs.

results.csv <-> `Result`s. Nothing but Python is needed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from benchmarks.family.entry import gap
from benchmarks.family.instances import INSTANCES
from benchmarks.forms import of_form


@dataclass(frozen=True, slots=True)
class Result:
    """One run of a solver on an instance."""

    instance: str
    solver: str
    """Its name in tables."""
    time_limit: float
    """Seconds allowed."""
    seed: int
    """Seed of everything random."""
    workers: int
    """Threads or processes."""
    cost: int | None
    """Of its last roster, as the validator counts it; None without one."""
    bound: int | None
    """Last bound that it claims to have proven; None without one."""
    seconds: float
    """From the call, which builds the program, until the solver returned."""
    memory_mb: int | None
    """Highest memory of all its processes, in millions of bytes; None when unknown."""
    version: str
    """Of the programs that ran."""
    machine: str
    """Processor, threads and memory."""
    date: str
    """When, as 2030-01-07."""
    command: str
    """How to run it again."""

    @property
    def run(self) -> tuple[str, float, str, int]:
        """What only one row has: instance, time limit, solver and seed."""
        return self.instance, self.time_limit, self.solver, self.seed

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost; None when unknown."""
        return gap(self.cost, self.bound)


COLUMNS = tuple(field.name for field in fields(Result))


def results_beside(table: Path) -> Path:
    """The table of runs beside one of best known rosters."""
    return table.with_name("results.csv")


def read_results(file: Path) -> list[Result]:
    """Read a table of runs; none where there is no file.

    Raises
    ------
    ValueError
        The table is not of the form, names an unknown instance, or has a run twice.

    """
    if not file.exists():
        return []
    with of_form(file.name), file.open(encoding="utf-8", newline="") as lines:
        found = [_result(row) for row in csv.DictReader(lines, strict=True)]
    for result in found:
        if result.instance not in INSTANCES:
            raise ValueError(f"{file.name}: {result.instance!r} is none of the register")
    if len({result.run for result in found}) < len(found):
        raise ValueError(f"{file.name} has a run twice")
    return found


def write_results(results: Iterable[Result], file: Path) -> None:
    """Write the table, in the order of instances, limits, solvers and seeds."""
    order = list(INSTANCES)
    rows = sorted(results, key=lambda r: (order.index(r.instance), *r.run[1:]))
    with file.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(astuple(row) for row in rows)


def with_result(results: Iterable[Result], new: Result) -> list[Result]:
    """Some runs and another one, in place of the same run before."""
    return [*(old for old in results if old.run != new.run), new]


def _result(row: Mapping[str, str]) -> Result:
    return Result(
        instance=row["instance"],
        solver=row["solver"],
        time_limit=float(row["time_limit"]),
        seed=int(row["seed"]),
        workers=int(row["workers"]),
        cost=int(row["cost"]) if row["cost"] else None,
        bound=int(row["bound"]) if row["bound"] else None,
        seconds=float(row["seconds"]),
        memory_mb=int(row["memory_mb"]) if row["memory_mb"] else None,
        version=row["version"],
        machine=row["machine"],
        date=row["date"],
        command=row["command"],
    )
