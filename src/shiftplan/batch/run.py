"""The door to a batch.

ROOT with planning weeks, and a run folder -> results, states, and a `Batch` that tells of all.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from shiftplan.batch.conductor import Conductor, Event, Limits
from shiftplan.batch.executors.base import Executor
from shiftplan.batch.executors.local import LocalExecutor
from shiftplan.batch.job import Settings
from shiftplan.batch.manifest import Entry
from shiftplan.batch.places import ProvinceWeek, check_apart, find_weeks
from shiftplan.batch.run_folder import RunFolder
from shiftplan.batch.timing import Allowance
from shiftplan.errors import InputError
from shiftplan.options import limit_options, option_faults, usual_workers
from shiftplan.texts import Lang

ExecutorName = Literal["local", "ray"]


@dataclass(frozen=True, slots=True)
class Row:
    """A province-week, and what is known of it."""

    place: ProvinceWeek
    entry: Entry


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of a batch."""

    rows: tuple[Row, ...]
    """The province-weeks that were asked for, by province and time."""

    @property
    def failed(self) -> tuple[Row, ...]:
        """Those without a result."""
        return tuple(row for row in self.rows if row.entry.state == "failed")

    @property
    def is_complete(self) -> bool:
        """Whether all of them have a result."""
        return all(row.entry.state == "done" for row in self.rows)


def plan_batch(
    root: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    weeks: Iterable[dt.date] | None = None,
    executor: ExecutorName = "local",
    address: str | None = None,
    workers: int | None = None,
    time_limit: float | None = None,
    budget: float | None = None,
    memory_mb: int | None = None,
    seed: int = 0,
    gap: float = 0.0,
    staff: bool = False,
    recommended: bool = False,
    lang: Lang = "en",
    on_event: Callable[[Event], None] | None = None,
    cancel: threading.Event | None = None,
) -> Batch:
    """Plan every week of every province that a folder holds, and resume where a run ended.

    Weeks of a province follow each other: each is planned with the ledger and the roster of the one
    before. A week that is done is planned again only when its data or the week before it changed.

    Parameters
    ----------
    root
        Holds the planning weeks as `ROOT/<province>/<first date>`; it is only read.
    out
        Folder of the run: results as `OUT/<province>/<first date>`, `manifest.json`, summaries.
    weeks
        First dates of the weeks to plan; None for all.
    executor
        `local` for processes on this machine, `ray` for a Ray cluster (extra `batch`).
    address
        Of the Ray cluster; None for the one that is running here, or a new one.
    workers
        Processors to use; None for as many as there are, at most 4, and with Ray for all of the
        cluster.
    time_limit
        Seconds of planning for each province-week; None for 60, or what the budget gives.
    budget
        Seconds for the whole batch, shared out by size; None for no such limit.
    memory_mb
        Memory of a province-week in millions of bytes at which it is ended; None for no limit.
    seed, gap, staff, recommended, lang
        As of `solve` and `plan`; they shape the results, so that others ask for others.
    on_event
        Called in the calling thread for each change.
    cancel
        When somebody sets it, what runs is ended, and waits for the next start.

    Returns
    -------
    The province-weeks that were asked for; a bad one fails alone.

    Raises
    ------
    InputError
        Options or names are wrong, or another batch is at work in the folder.
    MissingExtraError
        Ray is asked for, and not installed.
    ClusterError
        The Ray cluster cannot be reached, or is gone; a later start goes on.
    OSError
        The run folder cannot be written, such as when the disk is full; a later start goes on.

    """
    faults = list(
        option_faults(
            *limit_options(time_limit, workers, seed),
            ("gap", gap, 0 <= gap < 1, "0 to below 1"),
            ("budget", budget, budget is None or budget > 0, "seconds above 0"),
            ("memory_mb", memory_mb, memory_mb is None or memory_mb >= 1, "1 or more"),
            ("executor", executor, executor in get_args(ExecutorName), "local or ray"),
            ("address", address, address is None or executor == "ray", "left out without ray"),
        )
    )
    if faults:
        raise InputError(faults)
    every = find_weeks(Path(root))
    chosen = every if weeks is None else find_weeks(Path(root), weeks)
    check_apart(Path(root), Path(out), every)
    settings = Settings(seed=seed, gap=gap, staff=staff, recommended=recommended, lang=lang)
    processors = workers if executor == "ray" else usual_workers(workers)
    each = min(2, processors or 2)
    limits = Limits(Allowance(time_limit, budget), workers=each, memory_mb=memory_mb)
    run = RunFolder(Path(out))
    with run.held():
        conductor = Conductor(
            every,
            chosen,
            run,
            settings,
            limits,
            events=on_event or (lambda event: None),
            cancel=cancel or threading.Event(),
        )
        slots = None if processors is None else max(1, processors // each)
        with _executor(executor, slots, address, limits) as at_work:
            conductor.conduct(at_work)
        return Batch(tuple(Row(place, run.manifest.entry(place.name)) for place in chosen))


def _executor(
    name: ExecutorName, slots: int | None, address: str | None, limits: Limits
) -> Executor:
    """Where jobs run; slots are given for this machine."""
    if name == "ray":
        from shiftplan.batch.executors.on_ray import RayExecutor

        return RayExecutor(slots, address, workers=limits.workers, memory_mb=limits.memory_mb)
    assert slots is not None
    return LocalExecutor(slots)
