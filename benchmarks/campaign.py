"""A list of jobs done one after another, with everything that is kept of them.

`Job`s -> records.jsonl, rosters in the form of public instances, tables.md, PNG files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks import records, report
from benchmarks.cells import percent, seconds, whole
from benchmarks.curtois import roster_to_curtois
from benchmarks.inrc2 import roster_to_inrc2
from benchmarks.known import best_known
from benchmarks.machine import machine
from benchmarks.measure import Job
from benchmarks.records import Record
from benchmarks.registry import Suite
from benchmarks.sources import Source, load
from benchmarks.trial import attempt
from shiftplan import Roster


def carry_out(suite: Suite, jobs: Sequence[Job], out: Path, known: Path | None = None) -> None:
    """Do all jobs, and print their tables.

    Parameters
    ----------
    suite
        Whose jobs they are.
    jobs
        Each runs in a process of its own.
    out
        Folder for everything that is written; records are added to those it holds.
    known
        Table of best known costs; None to look for it beside each instance.

    Raises
    ------
    ValueError
        Two instances have the same name.

    """
    _names_are_unique(jobs)
    out.mkdir(parents=True, exist_ok=True)
    written: dict[str, int] = {}
    for job in jobs:
        trial = attempt(job)
        name = job.source.name
        record = Record(
            **dict(trial.run),
            suite=suite.name,
            instance=name,
            engine=job.engine,
            seed=job.seed,
            workers=job.workers,
            best_known=best_known(known, job.source.paths[0]).get(name),
            peak_bytes=trial.peak_bytes,
            machine=machine(),
        )
        records.append(out, record)
        print(_line(record), flush=True)
        if trial.roster is None or record.cost is None or job.engine != jobs[0].engine:
            continue
        if name not in written or record.cost < written[name]:
            written[name] = record.cost
            _write(job.source, trial.roster, out)
    mine = [r for r in records.read([out]) if r.suite == suite.name]
    print(f"\n{report.text(suite, mine)}")
    report.redraw(out)


def _names_are_unique(jobs: Sequence[Job]) -> None:
    paths: dict[str, tuple[Path, ...]] = {}
    for job in jobs:
        if paths.setdefault(job.source.name, job.source.paths) != job.source.paths:
            raise ValueError(f"two instances are called {job.source.name!r}")


def _line(record: Record) -> str:
    """What a person wants to know of a run that has just ended."""
    return (
        f"{record.instance}, {record.engine}, seed {record.seed}: {record.status}, "
        f"cost {whole(record.cost)}, bound {whole(record.bound)}, "
        f"gap {percent(record.final_gap)}, {seconds(record.solve_seconds)}, "
        f"{record.peak_bytes / 1e6:,.0f} MB"
    )


def _write(source: Source, roster: Roster, out: Path) -> None:
    """Write the roster of a public instance in the form that its scorer reads."""
    table: Mapping[str, object]
    if source.kind == "curtois":
        table = roster_to_curtois(load(source), roster)
    elif source.kind == "inrc2":
        table = roster_to_inrc2(load(source), roster)
    else:
        return
    text = json.dumps(table, ensure_ascii=False)
    (out / f"{source.name}.json").write_text(text + "\n", encoding="utf-8")
