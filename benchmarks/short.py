"""What a week costs beside the search: reading, checking, staffing, simulating, writing files.

    python -m benchmarks.short examples/data/an_giang --roster out/roster.csv

A week and a roster -> one table: median and longest seconds of each task, and how large it became.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cells import Table, whole
from benchmarks.family.instances import INSTANCES, make
from benchmarks.late import timed
from shiftplan import (
    InputError,
    Problem,
    Roster,
    check,
    read_problem,
    read_roster,
    solve,
    write_report,
)
from shiftplan.analysis import reserves
from shiftplan.citizens import simulate, staff
from shiftplan.files import read_workbook
from shiftplan.present import write_handouts, write_roster_workbook, write_workbook
from shiftplan.scoring import equity, fairness
from shiftplan.seasons import anonymize
from shiftplan.solving.building import build

SMALL = "c0001-plenty-full-h"
"""The family's week of one center and 20 people."""
_BOMB_BYTES = 2_000_000_000
"""Size that a bomb unpacks to."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is timed."""

    name: str
    """What tables call it."""
    do: Callable[[], object]
    """Does it once."""
    size: Callable[[], str] = str
    """What it became, once it was done; nothing for most."""


def tasks(week: Path, problem: Problem, roster: Roster, out: Path) -> list[Task]:
    """All tasks, in the order in which a week goes through them; files go to `out`."""
    small = read_problem(make(INSTANCES[SMALL], out))
    book, bomb = out / "week.xlsx", _bomb(out / "bomb.xlsx")
    sheets, report, hands = out / "roster.xlsx", out / "report.html", out / "hands"
    asked: list[int] = []
    left_out = itertools.cycle(range(len(roster.assignments)))

    def another() -> Roster:
        """One with a work less, another one each time: what was checked once is kept."""
        number, works = next(left_out), roster.assignments
        return Roster(assignments=works[:number] + works[number + 1 :])

    def optimum() -> None:
        found = solve(small, workers=2)
        if found.total.cost != found.total.bound:
            raise ValueError(f"{SMALL} was not solved to the end")

    def staffed() -> None:
        asked.append(len(staff(problem).requirements))

    def refused() -> None:
        try:
            read_workbook(bomb)
        except InputError as error:
            if [fault.code for fault in error.faults] == ["too_large"]:
                return
        raise ValueError("the bomb was not refused for its size")

    def bytes_of(path: Path) -> Callable[[], str]:
        return lambda: f"{path.stat().st_size / 1000:,.0f} kB"

    def handed() -> str:
        return f"{whole(sum(path.is_file() for path in hands.rglob('*')))} files"

    listed = [
        Task("read the folder", lambda: read_problem(week)),
        Task("build the program", lambda: build(problem).program()),
        Task("check a roster", lambda: check(problem, another())),
        Task("20 people, one center: proven optimal", optimum),
        Task("measures of fairness", lambda: fairness(problem, another())),
        Task("measures of equity", lambda: equity(problem, another())),
    ]
    if problem.demand:
        listed += [
            Task(
                "requirements from the forecast",
                staffed,
                lambda: f"{whole(asked[-1])} requirements",
            ),
            Task("simulate 200 weeks", lambda: simulate(problem, roster)),
        ]
    return [
        *listed,
        Task("stand-by lists", lambda: reserves(problem, roster)),
        Task("write the week as a workbook", lambda: write_workbook(problem, book), bytes_of(book)),
        Task("read it back", lambda: read_workbook(book)),
        Task("refuse a workbook of 2 GB in a small zip", refused, bytes_of(bomb)),
        Task(
            "the roster as a workbook",
            lambda: write_roster_workbook(problem, roster, sheets),
            bytes_of(sheets),
        ),
        Task("report", lambda: write_report(problem, roster, report), bytes_of(report)),
        Task("calendars and messages", lambda: write_handouts(problem, roster, hands), handed),
        Task("take names away", lambda: anonymize(problem, roster)),
    ]


def measured(listed: Sequence[Task], tries: int) -> Table:
    """A row a task; the last one is the highest memory of the process that did them all."""
    rows = [(*timed(task.name, [task.do] * tries), task.size()) for task in listed]
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    rows.append(("highest memory, all tasks", "", "", "", f"{peak / 1e6:,.0f} MB"))
    head = ("task", "times", "median s", "longest s", "size")
    return Table("Beside the search", head, tuple(rows))


def _bomb(path: Path) -> Path:
    """A small archive whose first sheet unpacks to far more than is read."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            blank = bytes(1_000_000)
            for _ in range(_BOMB_BYTES // len(blank)):
                sheet.write(blank)
    return path


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.short", description=__doc__)
    parser.add_argument("week", type=Path)
    parser.add_argument("--roster", type=Path, required=True, help="a roster of the week")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    parser.add_argument("--tries", type=int, default=5, help="times that each task is done")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    problem, roster = read_problem(options.week), read_roster(options.roster)
    if not roster.assignments:
        parser.error(f"{options.roster} assigns nobody, so there is nothing to measure")
    with tempfile.TemporaryDirectory() as folder:
        listed = tasks(options.week, problem, roster, Path(folder))
        text = measured(listed, options.tries).markdown()
    print(text)
    (options.out / "short.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
