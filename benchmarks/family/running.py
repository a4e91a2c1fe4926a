"""Run a solver on an instance, in a process of its own, and score what it found.

`Asked` -> `run` -> `Result` and roster. Solvers are those of `python -m benchmarks`: shiftplan, and
the baselines on the program that shiftplan builds of the instance.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.family.best import score_of
from benchmarks.family.instances import instance_of, make
from benchmarks.family.results import Result
from benchmarks.family.validator import Pairs
from benchmarks.machine import machine
from benchmarks.measure import ENGINES, Budget, Job
from benchmarks.sources import Source
from benchmarks.trial import attempt

_PACKAGES = {
    "shiftplan": ("shiftplan", "highspy", "ortools"),
    "highs": ("highspy",),
    "cpsat": ("ortools",),
    "scip": ("ortools",),
    "cbc": ("ortools",),
    "greedy": ("shiftplan",),
}
"""Solver -> packages whose versions matter."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A run that is asked for."""

    instance: str
    solver: str
    """One of `benchmarks.measure.ENGINES`."""
    time_limit: float
    """Seconds."""
    seed: int
    workers: int
    """Threads or processes."""

    def command(self, start: str) -> str:
        """How to run it again, after the name of the command."""
        options = {
            "solver": self.solver,
            "time-limit": f"{self.time_limit:g}",
            "seed": self.seed,
            "workers": self.workers,
        }
        return f"{start} {self.instance}" + "".join(f" --{k} {v}" for k, v in options.items())


def run(asked: Asked, root: Path, start: str) -> tuple[Result, Pairs | None]:
    """Run a solver; its result, and its roster if it found any.

    Parameters
    ----------
    asked
        The run.
    root
        Folder of the instances; the instance is made if it is not there.
    start
        Name of the command that runs it again.

    Raises
    ------
    ValueError
        The solver is unknown.
    RuntimeError
        The validator finds that the roster breaks a hard rule, or costs something else.

    """
    if asked.solver not in ENGINES:
        raise ValueError(f"no solver {asked.solver!r}; there are {', '.join(ENGINES)}")
    folder = make(instance_of(asked.instance), root)
    trial = attempt(
        Job(
            source=Source(name=asked.instance, kind="week", paths=(folder,)),
            engine=asked.solver,
            budget=Budget(seconds=asked.time_limit),
            seed=asked.seed,
            workers=asked.workers,
        )
    )
    pairs = None
    if trial.roster is not None:
        pairs = [(a.shift_id, a.volunteer_id) for a in trial.roster.assignments]
        found = score_of(asked.instance, pairs, root)
        if found.hard or found.total != trial.run.cost:
            raise RuntimeError(
                f"{asked.instance}, {asked.solver}: the cost {trial.run.cost} was claimed, the "
                f"validator finds {found.total} and broken {dict(found.hard)}"
            )
    facts = machine()
    result = Result(
        instance=asked.instance,
        solver=asked.solver,
        time_limit=asked.time_limit,
        seed=asked.seed,
        workers=asked.workers,
        cost=trial.run.cost,
        bound=trial.run.bound,
        seconds=round(trial.run.solve_seconds or asked.time_limit, 2),
        memory_mb=round(trial.peak_bytes / 1e6),
        version=", ".join(map(_version, _PACKAGES.get(asked.solver, (asked.solver,)))),
        machine=", ".join(facts[name] for name in ("processor", "cores", "memory", "python")),
        date=f"{dt.date.today()}",
        command=asked.command(start),
    )
    return result, pairs


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package
