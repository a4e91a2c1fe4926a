"""Every week planned under every variant, resumed where a sweep ended.

Problems and variants -> a folder for each with week.json, roster.csv and figures.json -> `Sweep`.
Nothing of it is published or recorded: variants are weeks that nobody lives.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shiftplan.batch.figures import figures_of
from shiftplan.batch.manifest import Figures
from shiftplan.engines.params import SearchOptions
from shiftplan.errors import InputError
from shiftplan.files.assumptions import Variant, assuming, read_axes, variants_of
from shiftplan.files.problem_file import write_problem
from shiftplan.files.roster_csv import write_roster
from shiftplan.files.whole import write_texts
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.solving.interrupts import interrupts
from shiftplan.solving.result import Result, Status, StoppedBy
from shiftplan.solving.solve import solve_within
from shiftplan.week.fields import Frozen

WEEK, ROSTER, FIGURES = "week.json", "roster.csv", "figures.json"
"""Files of each variant."""
_LONGEST = 120
"""Bytes of the name of a folder."""
_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')


class Kept(Frozen):
    """What figures.json holds: the outcome of a variant, and what it was found with."""

    digest: str
    """Of the week under the variant."""
    time_limit: float | None
    work_limit: int | None
    seed: int
    gap: float
    status: Status
    seconds: float
    figures: Figures | None = None
    """None without a roster."""
    own_cost: int | None = None
    """Cost of the roster by the rules and needs of the week itself."""
    own_broken: int = 0
    """Breaches of its hard rules."""


@dataclass(frozen=True, slots=True)
class SweepRow:
    """One week under one variant."""

    week: str
    """Name of the week."""
    variant: Variant
    folder: Path
    """Where its files are."""
    kept: Kept


@dataclass(frozen=True, slots=True)
class Sweep:
    """What became of all weeks under all variants."""

    rows: tuple[SweepRow, ...]
    """Those that were planned, week by week."""
    wanted: int
    """Number of all of them; fewer are planned if somebody cancels."""

    @property
    def is_complete(self) -> bool:
        """Whether all were planned, and each has a roster."""
        return len(self.rows) == self.wanted and all(row.kept.figures for row in self.rows)


def plan_sweep(
    weeks: Mapping[str, Problem],
    vary: Iterable[str],
    out: Path,
    *,
    time_limit: float | None = 60.0,
    work_limit: int | None = None,
    workers: int | None = None,
    seed: int = 0,
    gap: float = 0.0,
    on_progress: Callable[[str, Variant, int, int], None] | None = None,
    cancel: threading.Event | None = None,
) -> Sweep:
    """Plan weeks under every combination of some assumptions, one after the other.

    Parameters
    ----------
    weeks
        Name -> week, which is planned as it is under each variant.
    vary
        What is varied: `rules.<kind>.<column>=VALUE,VALUE` for a parameter of a rule (level `off`
        for none), `demand.factor=0.9,1.1` for the expected citizens, from whom requirements are
        made anew, and `volunteers.share=1,0.9` for the part of the people who come, drawn by the
        seed.
    out
        Folder of the sweep: `OUT/<week>/<variant>`. What an earlier sweep found there for the same
        week, assumptions and limits is kept.
    time_limit, work_limit, workers, seed, gap
        Of each search, as `solve` takes them.
    on_progress
        Called before each search with the week, the variant, its number from 1 on, and of how many.
    cancel
        When somebody sets it, the sweep ends; a later one goes on.

    Returns
    -------
    Sweep
        A row for each week and variant, also for one without a roster.

    Raises
    ------
    InputError
        An option is out of range, an assumption is not understood, or does not fit a week; nothing
        is planned then.
    OSError
        The folder cannot be written; a later sweep goes on.

    """
    options = SearchOptions(
        time_limit=time_limit,
        work_limit=work_limit,
        workers=workers,
        seed=seed,
        gap=gap,
        cancel=cancel,
        on_progress=on_progress,
    )
    variants = variants_of(read_axes(vary))
    asked = [
        (name, problem, variant, _assuming(name, problem, variant, seed))
        for name, problem in weeks.items()
        for variant in variants
    ]
    rows: list[SweepRow] = []
    with interrupts(cancel) as stop:
        for number, (name, own, variant, problem) in enumerate(asked, 1):
            folder = out / folder_name(name) / folder_name(" ".join(map(str, variant)))
            limits = options.model_dump(include={"time_limit", "work_limit", "seed", "gap"})
            limits["digest"] = problem.digest
            kept = _known(folder, limits)
            if kept is None:
                if stop.is_set():
                    break
                if on_progress is not None:
                    on_progress(name, variant, number, len(asked))
                result = solve_within(problem, options, stop, seconds=options.seconds, gap=gap)
                if result.stopped_by is StoppedBy.INTERRUPT:
                    break
                kept = _kept(own, problem, result, limits)
                _write(folder, problem, result, kept)
            rows.append(SweepRow(name, variant, folder, kept))
    return Sweep(tuple(rows), len(asked))


def folder_name(text: str) -> str:
    """A text as the name of a folder; long ones end in a digest."""
    name = _UNFIT.sub(" ", text).strip(" .") or "week"
    if len(name.encode()) <= _LONGEST and name == text:
        return name
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{name.encode()[: _LONGEST - 9].decode(errors='ignore').rstrip()} {digest}"


def _assuming(name: str, problem: Problem, variant: Variant, seed: int) -> Problem:
    """A week under a variant, without phones and columns of people's own; faults name the week."""
    try:
        assumed = assuming(problem, variant, seed)
    except InputError as error:
        raise InputError([replace(f, file=f.file or name) for f in error.faults]) from None
    tables: dict[str, Any] = {
        table: tuple(row.model_copy(update=bare) for row in getattr(assumed, table))
        for table, bare in (
            ("volunteers", {"phone": "", "contact": "", "extra": ()}),
            ("centers", {"phone": "", "contact": "", "extra": ()}),
            ("shifts", {"extra": ()}),
        )
    }
    return assumed.fitting(**tables)


def _known(folder: Path, limits: Mapping[str, Any]) -> Kept | None:
    """What an earlier sweep found with the same limits; None for nothing that can be used."""
    try:
        kept = Kept.model_validate_json((folder / FIGURES).read_text(encoding="utf-8"))
    except (OSError, ValueError, ValidationError):
        return None
    is_there = kept.figures is None or (folder / ROSTER).is_file()
    is_same = all(getattr(kept, name) == value for name, value in limits.items())
    return kept if is_there and is_same else None


def _kept(own: Problem, problem: Problem, result: Result, limits: Mapping[str, Any]) -> Kept:
    found: dict[str, Any] = {"status": result.status, "seconds": round(result.seconds, 3)}
    if result.roster is not None:
        score = check(own, result.roster)
        found["figures"] = figures_of(problem, result, None)
        found |= {"own_cost": score.total, "own_broken": len(score.broken)}
    return Kept(**limits, **found)


def _write(folder: Path, problem: Problem, result: Result, kept: Kept) -> None:
    """Write the files of a variant, its figures last: only with them it counts as planned."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FIGURES).unlink(missing_ok=True)
    write_problem(problem, folder / WEEK)
    if result.roster is None:
        (folder / ROSTER).unlink(missing_ok=True)
    else:
        write_roster(problem, result.roster, folder / ROSTER)
    write_texts({folder / FIGURES: kept.model_dump_json(indent=1) + "\n"})
