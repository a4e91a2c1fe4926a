"""What a batch is asked to do, checked before anything begins.

Options of a caller, and ROOT -> `Asked`.
"""

from __future__ import annotations

import datetime as dt
import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, get_args

from shiftplan.batch.dates import named_weeks
from shiftplan.batch.job import Settings
from shiftplan.batch.places import ProvinceWeek, check_apart, choose_weeks, find_weeks
from shiftplan.batch.timing import Allowance, Limits
from shiftplan.errors import MissingExtraError
from shiftplan.options import (
    check_options,
    date_option,
    gap_option,
    lang_option,
    limit_option,
    limit_options,
    number_option,
    usual_workers,
)
from shiftplan.present.texts import Lang

_PACKAGES = {
    "filelock": "filelock",
    "prometheus_client": "prometheus-client",
    "psutil": "psutil",
    "pythonjsonlogger": "python-json-logger",
}
"""Module -> package of the extra `server`."""
ExecutorName = Literal["local", "ray"]
_ENGINES = 2
"""Engines side by side of each job, where there are processors for them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a batch is to do, and within which limits."""

    out: Path
    """Folder of the run."""
    every: tuple[ProvinceWeek, ...]
    """All that ROOT holds."""
    chosen: tuple[ProvinceWeek, ...]
    """Those that are to be planned."""
    settings: Settings
    limits: Limits
    slots: int | None
    """Jobs side by side; None for as many as a cluster has room for."""
    executor: ExecutorName
    address: str | None
    """Of the cluster; None for this machine, or the usual one."""


def asked_for(
    root: str | os.PathLike[str],
    out: str | os.PathLike[str],
    weeks: Iterable[dt.date] | None,
    *,
    named: Iterable[str] | None = None,
    executor: ExecutorName = "local",
    address: str | None = None,
    time_limit: float | None,
    budget: float | None,
    workers: int | None,
    memory_mb: int | None = None,
    seed: int,
    gap: float,
    staff: bool,
    recommended: bool,
    lang: Lang,
) -> Asked:
    """Check the options of `plan_batch`, and find the weeks.

    `named`: the weeks as people write them, dates and ranges, where they are not given as dates.

    Raises
    ------
    InputError
        Options, names or dates are wrong.
    MissingExtraError
        A package of the extra `server` is missing, or Ray where it is asked for.

    """
    for module, package in _PACKAGES.items():
        if find_spec(module) is None:
            raise MissingExtraError(package, "server")
    if executor == "ray" and find_spec("ray") is None:
        raise MissingExtraError("ray", "batch")
    check_options(
        *limit_options(time_limit, workers, seed),
        gap_option(gap),
        ("time_limit", time_limit, time_limit != math.inf, "a finite number of seconds"),
        number_option(
            "budget",
            1 if budget is None else budget,
            lambda x: 0 < x < math.inf,
            "seconds above 0, not inf",
        ),
        limit_option("memory_mb", memory_mb, 1),
        ("executor", executor, executor in get_args(ExecutorName), "local or ray"),
        ("address", address, address is None or executor == "ray", "left out without ray"),
        lang_option(lang),
    )
    days: Sequence[dt.date] | None = _dates(weeks)
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
        settings=Settings(seed=seed, gap=gap, staff=staff, recommended=recommended, lang=lang),
        limits=Limits(Allowance(time_limit, budget), workers=each, memory_mb=memory_mb),
        slots=None if processors is None else max(1, processors // each),
        executor=executor,
        address=address,
    )


def _dates(weeks: Iterable[dt.date] | None) -> tuple[dt.date, ...] | None:
    """The weeks that are asked for, or None for all; InputError unless they are dates."""
    if weeks is None:
        return None
    are_many = isinstance(weeks, Iterable) and not isinstance(weeks, str)
    check_options(("weeks", weeks, are_many, "None or a list of dates"))
    days = tuple(weeks)
    check_options(*(date_option("weeks", day) for day in days))
    return days
