"""Tiny provinces for batches, what a run holds, and workers that only pretend to plan.

Names and Mondays -> ROOT; RUN -> faults that an independent look at it finds.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands import letters
from icalendar import Calendar
from openpyxl import load_workbook

from shiftplan import Roster, check, read_roster, read_week
from shiftplan.batch import Batch, local, plan_batch
from shiftplan.batch.manifest import JobOutcome, WeekJob
from shiftplan.batch.recorded import MadeVersions
from shiftplan.batch.work import work
from shiftplan.files import read_ledger
from shiftplan.files.week import write_week
from shiftplan.problem import Problem
from shiftplan.record import open_store
from shiftplan.record.entries import Drafted, Told
from shiftplan.record.folding import state_of
from shiftplan.seasons.rollover.history import next_history

FIRST = dt.date(2026, 12, 7)
SECOND = FIRST + dt.timedelta(7)
_WEEK = re.compile(r"\d{4}-\d\d-\d\d")


def tiny(monday: dt.date, people: int = 3, **changes: Any) -> Problem:
    """A week of three mornings at one center, with a few people who can come to each."""

    def at(day: int, hour: int) -> dt.datetime:
        return dt.datetime.combine(monday + dt.timedelta(day), dt.time(hour))

    parts = {
        "horizon": {"start": monday, "days": 7},
        "centers": [{"center_id": "A"}],
        "skills": [],
        "volunteers": [{"volunteer_id": f"V{v}"} for v in range(people)],
        "availability": [
            {"volunteer_id": f"V{v}", "start": at(d, 7), "end": at(d, 11)}
            for v in range(people)
            for d in range(3)
        ],
        "shifts": [
            {"shift_id": f"A{d}", "center_id": "A", "start": at(d, 7), "end": at(d, 11)}
            for d in range(3)
        ],
        "requirements": [{"shift_id": f"A{d}", "minimum": 1, "target": 2} for d in range(3)],
        "rules": [
            {"rule": "coverage", "level": 1, "weight": 100},
            {"rule": "fairness", "level": 2, "weight": 50},
        ],
    }
    return Problem.model_validate(parts | changes)


def write_province(
    root: Path, name: str, *mondays: dt.date, people: int = 3, **changes: Any
) -> None:
    for monday in mondays:
        write_week(tiny(monday, people, **changes), root / name / str(monday))


# ---- workers


class Pretended:
    """Stands in for the process of a job: does it at once, in this process."""

    do: Callable[[WeekJob, Path], JobOutcome]

    def __init__(self, job: WeekJob, folder: Path) -> None:
        self.job, self.folder = job, folder

    def poll(self) -> JobOutcome:
        return type(self).do(self.job, self.folder)

    def end(self) -> None:
        """Nothing runs."""


def here(
    monkeypatch: pytest.MonkeyPatch, do: Callable[[WeekJob, Path], JobOutcome] = work
) -> list[str]:
    """Let jobs be done in this process; the names of those that began, in order."""
    begun: list[str] = []

    def noted(job: WeekJob, folder: Path) -> JobOutcome:
        begun.append(job.name)
        return do(job, folder)

    fake = type("Here", (Pretended,), {"do": staticmethod(noted)})
    monkeypatch.setattr(local, "JobProcess", fake)
    return begun


def pretend(job: WeekJob, folder: Path) -> JobOutcome:
    """Write what depends on the week and on the one before, as a plan does, but solve nothing."""
    source = (job.source / "week.csv").read_text()
    if source.startswith("bad"):
        (folder / "roster.csv").write_text("a half")
        return JobOutcome(failure="input", facts=(source,))
    weeks: list[list[str]] = []
    if job.before:
        weeks = json.loads((job.before[-1].folder / "ledger.json").read_text())
    for week in job.before:
        if week.attendance is not None:
            name = f"{week.folder.parent.name}/{week.folder.name}"
            [row] = [row for row in weeks if row[0] == name]
            row[1] = week.attendance.read_text()
    (folder / "messages").mkdir()
    (folder / "messages" / "V0.txt").write_text(source)
    (folder / "roster.csv").write_text(source)
    (folder / "ledger.json").write_text(json.dumps([*weeks, [job.name, source]]))
    made = MadeVersions(
        seen=job.record.seen,
        added=(Drafted(version=1, made_by="batch"), Told(version=1)),
        rosters=(Roster.of([(source, "V0")]),),
    )
    (folder / "versions.json").write_text(made.model_dump_json())
    return JobOutcome()


def plan(root: Path, run: Path, **options: Any) -> Batch:
    """Plan with one worker a job, and as few seconds as do."""
    return plan_batch(root, run, **{"time_limit": 20, "workers": 1} | options)


def states(batch: Batch) -> dict[str, str]:
    """Name of each week -> its state, or why it failed."""
    return {
        row.place.name: row.entry.outcome.failure
        if row.entry.state == "failed" and row.entry.outcome
        else row.entry.state
        for row in batch.rows
    }


# ---- what a run holds


def recorded(run: Path, name: str) -> list[tuple[Roster | None, bool]]:
    """The versions that the record of a run has of a week: roster, and whether it was told."""
    with contextlib.closing(open_store(name, f"{run / 'record.db'}#", name=name)) as store:
        versions = state_of(store.entries()).versions.values()
        return [(store.roster(v.number), v.told is not None) for v in versions]


def finals(run: Path) -> list[Path]:
    """The folders that have the name of a result."""
    found = (p for province in run.glob("[!.]*") if province.is_dir() for p in province.iterdir())
    return sorted(p for p in found if _WEEK.fullmatch(p.name))


def noted(run: Path) -> dict[str, dict[str, Any]]:
    """Entries of the manifest."""
    path = run / "manifest.json"
    return json.loads(path.read_text())["entries"] if path.exists() else {}


def flaws(folder: Path) -> list[str]:
    """What a look at a result finds wrong, without anything of the batch: its list of files."""
    try:
        listed = json.loads((folder / "contents.json").read_text())["files"]
    except (OSError, ValueError, KeyError) as error:
        return [f"{folder.name}: no list of files: {error!r}"]
    there = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    for unlisted in ("contents.json", "messages/messages.csv", "messages/messages.xlsx"):
        there.pop(unlisted, None)
    found = [f"{folder.name}: {name} is there or missing" for name in there.keys() ^ listed.keys()]
    for name in there.keys() & listed.keys():
        data = there[name].read_bytes()
        if [len(data), hashlib.sha256(data).hexdigest()] != listed[name]:
            found.append(f"{folder.name}: {name} is another")
    return found


def faults_of_run(root: Path, run: Path) -> list[str]:
    """What is wrong with the real results of a run, each of which follows the one before."""
    found = []
    for province in sorted(p for p in run.glob("[!.]*") if p.is_dir()):
        before: Path | None = None
        for folder in (f for f in finals(run) if f.parent == province):
            found += _faults_of_result(root, folder, before)
            before = folder
    return found


def _faults_of_result(root: Path, folder: Path, before: Path | None) -> list[str]:
    found = flaws(folder)
    problem, weeks = read_week(root / folder.parent.name / folder.name), [folder.name]
    if before is not None:
        last = read_week(root / before.parent.name / before.name)
        book = read_ledger(before / "ledger.json")
        history = next_history(last, problem, read_roster(before / "roster.csv"), book)
        problem = problem.model_copy(update={"history": history})
        weeks = [before.name, *weeks]
    score, result = check(problem, read_roster(folder / "roster.csv")), _json(folder, "result.json")
    if not score.is_feasible or score.total != result["total"]["cost"]:
        found.append(f"{folder}: costs {score.total}, told {result['total']}")
    starts = [week["start"] for week in _json(folder, "ledger.json")["weeks"]]
    if starts != weeks:
        found.append(f"{folder}: the ledger holds {starts}")
    with (folder / "history.csv").open(newline="") as file:
        if {row["volunteer_id"] for row in csv.DictReader(file)} != {
            v.volunteer_id for v in problem.volunteers
        }:
            found.append(f"{folder}: not everybody has a history")
    load_workbook(folder / "roster.xlsx").close()
    if not (folder / "report.html").read_text(encoding="utf-8").rstrip().endswith("</html>"):
        found.append(f"{folder}: the report is cut off")
    calendars = {path.stem: path.read_bytes() for path in (folder / "calendars").glob("*.ics")}
    for data in calendars.values():
        Calendar.from_ical(data)
    if not calendars or not letters(folder) <= set(calendars):
        found.append(f"{folder}: people without a calendar")
    return found


def _json(folder: Path, name: str) -> dict[str, Any]:
    return json.loads((folder / name).read_text(encoding="utf-8"))
