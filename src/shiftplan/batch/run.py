"""The door to a batch: what it is asked to do, checked before anything begins, and doing it.

ROOT with planning weeks, a run folder and options -> `Asked` -> results, states, and a `Batch` that
tells of all.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal

from shiftplan.batch.manifest import BatchEvent, Row, Settings
from shiftplan.batch.places import ProvinceWeek, check_apart, date_of, find_weeks
from shiftplan.batch.timing import BatchLimits
from shiftplan.engines.params import SearchOptions, usual_workers
from shiftplan.errors import Fault, FaultCode, InputError, MissingExtraError
from shiftplan.errors.allowed import Call, Day, FiniteSeconds, Fits, FromOne
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options, lang_option
from shiftplan.present.words import Lang

ExecutorName = Literal["local", "ray"]
_NoAddress = Annotated[Any, Fits("options.no_address", lambda x: x is None)]
_Dates = Annotated[
    Any, Fits("options.days", lambda x: isinstance(x, Iterable) and not isinstance(x, str))
]
_ENGINES = 2
"""Engines side by side of each job, where there are processors for them."""


class _Options(SearchOptions):
    time_limit: FiniteSeconds | None = None
    budget: FiniteSeconds | None = None
    memory_mb: FromOne | None = None
    executor: ExecutorName = "local"
    address: str | None = None
    staff: bool = False
    recommended: bool = False
    lang: Any = "en"
    on_event: Call = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a batch is to do, and within which limits."""

    out: Path  # folder of the run
    every: tuple[ProvinceWeek, ...]  # all that ROOT holds
    chosen: tuple[ProvinceWeek, ...]  # those that are to be planned
    settings: Settings
    limits: BatchLimits
    slots: int | None  # jobs side by side; None for as many as a cluster has room for
    executor: ExecutorName
    address: str | None  # of the cluster; None for this machine, or the usual one


def asked_for(
    root: str | os.PathLike[str],
    out: str | os.PathLike[str],
    weeks: Iterable[dt.date] | None,
    *,
    named: Iterable[str] | None = None,
    **given: Any,
) -> Asked:
    """Check the options of `plan_batch`, and find the weeks; raises what it raises for them.

    `named`: the weeks as people write them, dates and ranges, where they are not given as dates.
    `given`: values of `_Options`.
    """
    needed = dict.fromkeys(("filelock", "prometheus_client", "psutil"), "server")
    if given.get("executor") == "ray":
        needed["ray"] = "batch"
    for module, extra in needed.items():
        if find_spec(module) is None:
            raise MissingExtraError(module.replace("_", "-"), extra)
    options = _Options(**given)
    executor, address, workers = options.executor, options.address, options.workers
    check_options(
        lang_option(options.lang),
        ("address", address, Any if executor == "ray" else _NoAddress),
    )
    days: Sequence[dt.date] | None = None
    if weeks is not None:
        check_options(("weeks", weeks, _Dates))
        days = tuple(weeks)
        check_options(*(("weeks", day, Day) for day in days))
    every = find_weeks(Path(root))
    check_apart(Path(root), Path(out), every)
    if named is not None:
        days = named_weeks(named, (place.week for place in every))
    processors = workers if executor == "ray" else usual_workers(workers)
    each = min(_ENGINES, processors or _ENGINES)
    return Asked(
        out=Path(out),
        every=tuple(every),
        chosen=tuple(every if days is None else choose_weeks(every, days)),
        settings=Settings(**options.model_dump(include=set(Settings.model_fields))),
        limits=BatchLimits(options.time_limit, options.budget, each, options.memory_mb),
        slots=None if processors is None else max(1, processors // each),
        executor=executor,
        address=address,
    )


def named_weeks(texts: Iterable[str], days: Iterable[dt.date]) -> list[dt.date]:
    """First dates that people name, such as `2026-12-07,2026-12-14` or `2026-12-07..2026-12-28`.

    The texts are dates and ranges, both ends included, with commas between them; a range chooses
    from `days`. InputError where one is no date, ends before it starts, or holds no week.
    """
    there = set(days)
    found: set[dt.date] = set()
    faults: list[Fault] = []

    def wrong(code: FaultCode, value: str, said: str) -> None:
        faults.append(Fault(code, "options", "weeks", value, Message(said)))

    for text in (part.strip() for part in ",".join(texts).split(",")):
        first, dots, last = text.partition("..")
        start, end = date_of(first), date_of(last if dots else first)
        if start is None or end is None:
            wrong("not_a_date", text, "batches.date_or_range")
        elif end < start:
            wrong("reversed_interval", text, "batches.reversed_range")
        elif not dots:
            found.add(start)
        elif inside := {day for day in there if start <= day <= end}:
            found |= inside
        else:
            wrong("unknown_id", text, "batches.no_week_in_range")
    if faults:
        raise InputError(faults)
    return sorted(found)


def choose_weeks(places: Sequence[ProvinceWeek], weeks: Iterable[dt.date]) -> list[ProvinceWeek]:
    """Those of some places that are to be planned, by province and time.

    Places with a fault come along, whatever weeks are asked for; where none is, there is none.
    InputError where no province has a week that begins on one of the dates.
    """
    wanted = set(weeks)
    if not wanted:
        return []
    strange = [place for place in places if place.fault is not None]
    there = {place.week for place in places if place.fault is None}
    faults = []
    for day in sorted(wanted - there):
        message = Message("batches.no_week_on_date")
        nearest = min(there, key=lambda week: abs(week - day), default=None)
        remedy = "" if nearest is None else Message("files.meant", text=str(nearest))
        faults.append(Fault("unknown_id", "options", "weeks", str(day), message, remedy=remedy))
    if faults:
        raise InputError(faults)
    chosen = [place for place in places if place.fault is None and place.week in wanted]
    return sorted([*chosen, *(replace(place, week=max(wanted)) for place in strange)])


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
    lang: Lang = "en",
    on_event: Callable[[BatchEvent], None] | None = None,
    cancel: threading.Event | None = None,
) -> Batch:
    """Plan every week of every province that a folder holds, and resume where a run ended.

    Weeks of a province follow each other: each is planned with the ledger of the one before, and
    with its history and roster. A week that is done is planned again only when its data, the
    options, or roster or history before it changed, or its result is no longer as it was written;
    once it is told how its shifts turned out, only for the latter. A very poor roster is searched
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
        Options or names are wrong, or another batch is at work in the folder.
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
    with run.held(), Records(run, asked.every, asked.settings) as records:

        def tell(event: BatchEvent) -> None:
            records.take(event)
            if on_event is not None:
                on_event(event)

        conductor = Conductor(asked, run, tell, cancel or threading.Event())
        with executor:
            conductor.conduct(executor)
        return Batch(tuple(Row(place, run.manifest.entry(place.name)) for place in asked.chosen))
