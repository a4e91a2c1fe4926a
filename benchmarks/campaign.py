"""A list of jobs done one after another, with everything that is kept of them.

`Job`s -> records.jsonl, rosters in the form of public instances, tables.md, PNG files.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
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
from benchmarks.shift_design import read_shift_design
from benchmarks.sources import Source, load
from benchmarks.trial import Trial, attempt


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
    published = {job.source.name: _best_known(known, job.source) for job in jobs}
    for job in jobs:
        trial, name = attempt(job), job.source.name
        record = record_of(suite.name, job, trial, published[name])
        records.append(out, record)
        print(_line(record), flush=True)
        if record.cost is None or job.engine != jobs[0].engine:
            continue
        if name not in written or record.cost < written[name]:
            written[name] = record.cost
            _write(job.source, trial, out)
    mine = [r for r in records.read([out]) if r.suite == suite.name]
    print(f"\n{report.text(suite, mine)}")
    report.redraw(out)


def record_of(suite: str, job: Job, trial: Trial, best_known: int | None = None) -> Record:
    """What is kept of a run."""
    return Record(
        **dict(trial.run),
        suite=suite,
        instance=job.source.name,
        engine=job.engine,
        seed=job.seed,
        workers=job.workers,
        best_known=best_known,
        peak_bytes=trial.peak_bytes,
        machine=machine(),
    )


def _names_are_unique(jobs: Sequence[Job]) -> None:
    paths: dict[str, tuple[Path, ...]] = {}
    for job in jobs:
        if paths.setdefault(job.source.name, job.source.paths) != job.source.paths:
            raise ValueError(f"two instances are called {job.source.name!r}")


def _best_known(known: Path | None, source: Source) -> int | None:
    """Lowest published cost; that of a table goes before that of the file itself."""
    path = source.paths[0]
    found = best_known(known, path).get(source.name)
    if found is None and source.kind == "shift_design":
        return read_shift_design(path).reference
    return found


def _line(record: Record) -> str:
    """What a person wants to know of a run that has just ended."""
    return (
        f"{record.instance}, {record.engine}, seed {record.seed}: {record.status}, "
        f"cost {whole(record.cost)}, bound {whole(record.bound)}, "
        f"gap {percent(record.final_gap)}, {seconds(record.solve_seconds)}, "
        f"{record.peak_bytes / 1e6:,.0f} MB"
    )


def _write(source: Source, trial: Trial, out: Path) -> None:
    """Write what was found for a public instance in the form that its scorer reads."""
    table: object
    if source.kind == "shift_design":
        table = [time._asdict() for time in trial.times]
    elif source.kind == "curtois" and trial.roster is not None:
        table = roster_to_curtois(load(source), trial.roster)
    elif source.kind == "inrc2" and trial.roster is not None:
        table = roster_to_inrc2(load(source), trial.roster)
    else:
        return
    path = out / f"{source.name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(table, ensure_ascii=False) + "\n", encoding="utf-8")
