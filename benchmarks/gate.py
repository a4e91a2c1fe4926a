"""The gate of a change: the first seconds of five weeks, against the figures accepted last.

    python -m benchmarks gate [--accept]

Recipes -> weeks -> runs -> `Look`s beside `accepted.csv` -> a table of ratios, what got worse, and
an exit code. A week that got worse runs once more, and only what is worse in both counts.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil

from benchmarks import records
from benchmarks.accepted import (
    FILE,
    LATE,
    MOMENTS,
    TOLERANCES,
    Accepted,
    Figures,
    Look,
    look,
    read_accepted,
    write_accepted,
)
from benchmarks.campaign import record_of
from benchmarks.cells import NONE, Table, middle, percent, seconds
from benchmarks.family.instances import digest
from benchmarks.machine import machine
from benchmarks.measure import OURS, Budget, Job
from benchmarks.records import Record
from benchmarks.sources import Source
from benchmarks.trial import attempt
from benchmarks.weeks.recipes import NAMED, make, tables
from benchmarks.yardstick import yardstick

OUT = Path("benchmarks/out/gate")
WEEKS = ("an_giang", "s2", "low", "high", "ca_mau")
_SECONDS = MOMENTS[-1] * LATE
"""Time limit of a run on the machine of the accepted figures."""
_QUIET = 0.5
"""Load below which a machine is quiet."""
_SEED, _WORKERS = 0, 2
"""Of all runs, also the accepted ones."""
_DIGEST = 16
"""Characters of a digest that are kept."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A week beside what was accepted of it."""

    look: Look
    """The last run."""
    accepted: Accepted
    worse: frozenset[str]
    """Figures that were worse in every run."""


def add_gate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the sub-command."""
    about = "Compare the first seconds of five weeks with the figures accepted last."
    parser = commands.add_parser(
        "gate",
        help=about,
        description=f"{about} Exit code 1 if a figure got worse by more than is tolerated, 2 if "
        "nothing was accepted for a week. About three minutes, five if weeks have to run again.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("--accept", action="store_true", help="accept the figures of two runs")
    parser.add_argument("--accepted", type=Path, default=FILE, help="table of accepted figures")
    parser.add_argument("--weeks", nargs="+", choices=WEEKS, default=list(WEEKS), help="only these")
    parser.add_argument("--out", type=Path, default=OUT, help="folder for weeks and records")


def gate(options: argparse.Namespace) -> int:
    """Measure, and compare or accept; the exit code."""
    accepted = read_accepted(options.accepted)
    load = psutil.getloadavg()[0]
    if load > _QUIET:
        print(f"Other work uses the machine: load {load:.1f}")
    if options.accept:
        for name in options.weeks:
            accepted[name] = _accept(name, accepted.get(name), load, options)
        write_accepted((accepted[name] for name in WEEKS if name in accepted), options.accepted)
        return 0
    unknown = [name for name in options.weeks if not _is_known(name, accepted)]
    if unknown:
        print(f"Nothing is accepted for {', '.join(unknown)} as they are now: run with --accept")
        return 2
    noisy = [name for name in options.weeks if accepted[name].load > _QUIET]
    if noisy:
        print(f"Accepted on a busy machine: {', '.join(noisy)}; accept them again on a quiet one")
    compared = [_compare(accepted[name], options) for name in options.weeks]
    print(f"\n{ratios(compared).markdown()}\n{verdict(compared)}")
    return int(any(week.worse for week in compared))


def ratios(compared: Sequence[Compared]) -> Table:
    """Each figure now, and as a multiple of the accepted one."""
    head = ("week", "machine", *map(_title, TOLERANCES))
    rows = [
        (week.accepted.week, f"x{week.look.scale:.2f}", *(_cell(week, name) for name in TOLERANCES))
        for week in compared
    ]
    return Table("Now, and as a multiple of the accepted figure", head, tuple(rows))


def verdict(compared: Sequence[Compared]) -> str:
    """What got worse, and how gaps changed on average."""
    gaps = [
        ratio
        for week in compared
        for name in TOLERANCES
        if "gap" in name and (ratio := _ratio(week, name)) is not None
    ]
    lines = [
        f"Worse: {week.accepted.week}, {_title(name)}: {_form(name, week.look.figures()[name])}, "
        f"accepted {_form(name, week.accepted.figures[name])}"
        for week in compared
        for name in TOLERANCES
        if name in week.worse
    ]
    if gaps:
        mean = math.exp(sum(map(math.log, gaps)) / len(gaps))
        lines.append(f"Gaps are {mean:.2f} times the accepted ones (geometric mean of {len(gaps)})")
    return "\n".join(lines or ["Nothing to compare"])


def _compare(accepted: Accepted, options: argparse.Namespace) -> Compared:
    now = _run(accepted.week, accepted, options)
    worse = now.worse_than(accepted)
    if worse:
        now = _run(accepted.week, accepted, options)
        worse &= now.worse_than(accepted)
    return Compared(now, accepted, frozenset(worse))


def _accept(
    name: str, before: Accepted | None, load: float, options: argparse.Namespace
) -> Accepted:
    """The figures of two runs, the middle of each, and the best bound so far."""
    made = _digest(name)
    known = before.bound if before is not None and before.digest == made else None
    clock = yardstick()
    runs = [_record(name, _SECONDS, options) for _ in range(2)]
    bound = max(look(run, known).bound for run in runs)
    found = [look(run, bound).figures() for run in runs]
    return Accepted(
        week=name,
        digest=made,
        bound=bound,
        yardstick=(clock + yardstick()) / 2,
        load=load,
        processor=machine()["processor"],
        figures={figure: middle([values[figure] for values in found]) for figure in TOLERANCES},
    )


def _run(name: str, accepted: Accepted, options: argparse.Namespace) -> Look:
    scale = yardstick() / accepted.yardstick
    return look(_record(name, _SECONDS * scale, options), accepted.bound, scale)


def _record(name: str, limit: float, options: argparse.Namespace) -> Record:
    """Make a week, run it, and keep the record."""
    folder = make(NAMED[name], options.out / "weeks" / name)
    job = Job(
        source=Source(name=name, kind="week", paths=(folder,)),
        engine=OURS,
        budget=Budget(seconds=limit),
        seed=_SEED,
        workers=_WORKERS,
    )
    record = record_of("gate", job, attempt(job))
    records.append(options.out, record)
    print(f"{name}: gap {percent(record.final_gap)} after {seconds(limit)}", flush=True)
    return record


def _is_known(name: str, accepted: Mapping[str, Accepted]) -> bool:
    """Whether figures were accepted for a week with the files it has now."""
    row = accepted.get(name)
    return row is not None and row.is_measured and row.digest == _digest(name)


@cache
def _digest(name: str) -> str:
    return digest(tables(NAMED[name]))[:_DIGEST]


# ---- cells


def _title(name: str) -> str:
    """The figure in words."""
    titles = {"first_seconds": "first roster", "first_gap": "its gap", "peak_mb": "memory"}
    return titles.get(name) or f"gap at {name.removeprefix('gap_at_')} s"


_FORMS: Mapping[str, Callable[[float | None], str]] = {
    "first_seconds": seconds,
    "peak_mb": lambda value: NONE if value is None else f"{value:,.0f} MB",
}


def _form(name: str, value: float | None) -> str:
    return _FORMS.get(name, percent)(value)


def _cell(week: Compared, name: str) -> str:
    ratio = _ratio(week, name)
    text = _form(name, week.look.figures()[name])
    return text if ratio is None else f"{text} x{ratio:.2f}"


def _ratio(week: Compared, name: str) -> float | None:
    """A figure as a multiple of the accepted one; None where either is missing or 0."""
    figures: Figures = week.look.figures()
    now, accepted = figures[name], week.accepted.figures[name]
    return now / accepted if now and accepted else None
