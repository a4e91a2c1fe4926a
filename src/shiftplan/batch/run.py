"""The door to a batch: plan the selected weeks and report what became of them.

ROOT with planning weeks, a run folder and options -> `Asked` -> results, states, and a `Batch` that
lists them all.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shiftplan.batch.asked import Asked, ExecutorName, asked_for
from shiftplan.batch.manifest import BatchEvent, Row
from shiftplan.present.words import Lang
from shiftplan.record.planning import Keep


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
        """Whether all of them have a result, and none a very poor one."""
        return all(row.state == "done" for row in self.rows)

    @property
    def poor(self) -> tuple[Row, ...]:
        """Those whose roster is empty or very poor."""
        return tuple(row for row in self.rows if row.state == "poor")


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
    keep: Keep = "lightly",
    lang: Lang = "en",
    on_event: Callable[[BatchEvent], None] | None = None,
    cancel: threading.Event | None = None,
) -> Batch:
    """Plan every week of every province that a folder holds, and resume where a run ended.

    Weeks of a province follow each other: each is planned with the ledger of the one before, and
    with its history and roster. A week that is done is planned again only when its data, the
    options, or roster or history before it changed, or its result is no longer as it was written;
    once it is known how its shifts turned out, only for the latter. A very poor roster is searched
    on from at the next start, and the better of the two kept. One that failed holds up those after
    it that are asked for too.

    Parameters
    ----------
    root
        Holds the planning weeks as `ROOT/<province>/<first date>`; it is only read.
    out
        Folder of the run: results as `OUT/<province>/<first date>`, `manifest.json`, and what tells
        of all: `summary.csv`, `index.html`, `log.jsonl`, `metrics.txt`.
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
    keep
        How the roster that people were told is kept where a week is planned again, as
        `LiveWeek.plan` takes it; another choice alone plans no week again.
    on_event
        Called in the calling thread for each change.
    cancel
        When somebody sets it, what runs is ended, and waits for the next start.

    Returns
    -------
    Batch
        The province-weeks that were asked for; a bad one fails alone.

    Raises
    ------
    InputError
        Options or names are wrong, another batch is at work in the folder, or the record of the run
        cannot be used, or lacks what was published; weeks stay as they are.
    MissingExtraError
        A package of the extra `server` is missing, or Ray where it is asked for.
    ClusterError
        The Ray cluster cannot be reached, or is gone; a later start goes on.
    OSError
        The run folder cannot be written, such as when the disk is full; a later start goes on.

    """
    asked = asked_for(**locals())  # all options, by their names
    return plan_asked(asked, on_event, cancel)


def plan_asked(
    asked: Asked, on_event: Callable[[BatchEvent], None] | None, cancel: threading.Event | None
) -> Batch:
    """What `plan_batch` does, once its options are checked and the weeks found."""
    from shiftplan.batch.conductor import Conductor
    from shiftplan.batch.local import LocalExecutor
    from shiftplan.batch.on_ray import RayExecutor
    from shiftplan.batch.records import Records
    from shiftplan.batch.run_folder import RunFolder

    run, slots, limits = RunFolder(asked.out), asked.slots, asked.limits
    executor: LocalExecutor | RayExecutor
    if asked.executor == "ray":
        executor = RayExecutor(slots, asked.address, limits.workers, limits.memory_mb)
    else:
        assert slots is not None
        executor = LocalExecutor(slots)
    with run.held():
        run.check_record(place.name for place in asked.chosen)
        with Records(run, asked.every, asked.settings) as records:

            def tell(event: BatchEvent) -> None:
                records.take(event)
                if on_event is not None:
                    on_event(event)

            conductor = Conductor(asked, run, tell, cancel or threading.Event())
            with executor:
                conductor.conduct(executor)
            return Batch(tuple(Row(p, run.manifest.entry(p.name)) for p in asked.chosen))
