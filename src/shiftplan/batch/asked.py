"""What a batch is asked to do, checked before anything begins.

ROOT with planning weeks, a run folder and options -> `Asked`, or `InputError`.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal

from shiftplan.batch.manifest import Settings
from shiftplan.batch.places import ProvinceWeek, check_apart, date_of, find_weeks
from shiftplan.batch.timing import BatchLimits
from shiftplan.engines.params import SearchOptions, usual_workers
from shiftplan.errors import Fault, FaultCode, InputError, MissingExtraError
from shiftplan.errors.allowed import Call, Day, FiniteSeconds, Fits, FromOne
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options, lang_option
from shiftplan.record.planning import Keep

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
    keep: Keep = "lightly"
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
    keep: Keep  # how what people were told is kept


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
        keep=options.keep,
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
