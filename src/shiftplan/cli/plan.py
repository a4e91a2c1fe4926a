"""`shiftplan plan`: a week in, the roster and its proven bound out.

Week -> roster.csv, result.json, reserves.csv, report.html, calendars, messages and a summary.

Exit codes: 0 a roster was written, 1 internal error, 2 bad input, 3 hard rules contradict each
other, 4 no roster was found in time, 130 ended by a second Ctrl-C.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli.common import (
    EXIT_OK,
    Language,
    Recommended,
    Seed,
    Staffed,
    Week,
    Workers,
    app,
    exit_codes,
    interrupts,
    make_folder,
    place,
    read_staffed,
    unwritable,
)
from shiftplan.display.console import make_console, show_progress
from shiftplan.display.results import show_result
from shiftplan.files import read_roster, write_reserves, write_roster
from shiftplan.handouts import CALENDARS, MESSAGES, clear_handouts, write_handouts
from shiftplan.problem import Problem
from shiftplan.report import can_write, write_report
from shiftplan.reserves import reserves
from shiftplan.result import Result, Status
from shiftplan.roster import Roster
from shiftplan.solve import solve
from shiftplan.texts import TEXTS, Lang

EXIT_INFEASIBLE, EXIT_NO_ROSTER = 3, 4
_LEAST_SECONDS = 0.05
ROSTER, RESULT, RESERVES = "roster.csv", "result.json", "reserves.csv"
REPORT = "report.html"


@app.command()
def plan(
    week: Week,
    out: Annotated[
        Path,
        typer.Option(
            parser=place,
            metavar="PATH",
            help=f"Folder for {ROSTER}, {RESULT}, {RESERVES}, {REPORT}, {CALENDARS}/ and "
            f"{MESSAGES}/; made if missing.",
        ),
    ],
    time_limit: Annotated[
        float,
        typer.Option(
            help="Seconds for reading, solving and checking together; the stand-by lists of "
            f"{RESERVES}, {REPORT}, calendars and messages are made after that."
        ),
    ] = 60.0,
    workers: Workers = None,
    seed: Seed = 0,
    gap: Annotated[
        float, typer.Option(help="Gap that is good enough, such as 0.01; 0 asks for a proof.")
    ] = 0.0,
    begin: Annotated[
        Path | None,
        typer.Option(
            "--start",
            help="A roster to start from, such as an earlier one: it binds nothing, and what it "
            "names that is no longer possible is dropped.",
        ),
    ] = None,
    staff: Staffed = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Plan a week: write the roster, its cost and bound, and whom to call if somebody fails.

    A week without requirements gets them from its forecast of citizens. Ctrl-C ends the search and
    writes the best roster so far; a second one ends at once.
    """
    start = time.monotonic()
    with exit_codes(lang):
        if not time_limit > 0:
            raise typer.BadParameter("must be above 0", param_hint="--time-limit")
        if not 0 <= gap < 1:
            raise typer.BadParameter("must be 0 to below 1", param_hint="--gap")
        problem = read_staffed(week, lang, anew=staff, recommended=recommended)
        first = None if begin is None else read_roster(begin)
        make_folder(out / ROSTER, out / RESULT, out / RESERVES, out / REPORT)
        left = max(_LEAST_SECONDS, time_limit - (time.monotonic() - start))
        console = make_console(stderr=True)
        cancel = threading.Event()
        with interrupts(cancel, console), show_progress(console, cancel, start, lang) as watch:
            run = partial(solve, problem, time_limit=left, workers=workers, seed=seed, gap=gap)
            result = run(on_progress=watch, cancel=cancel, start=first)
            try:
                written = _write(problem, result, out, lang)
                written += _write_reserves(problem, result, out, lang)
                written += _write_report(problem, result, out, lang)
                written += _hand_out(problem, result, out, lang)
            except OSError as error:
                raise unwritable(error, out) from None
    show_result(problem, result, written, lang)
    if result.status is Status.INFEASIBLE:
        raise typer.Exit(EXIT_INFEASIBLE)
    raise typer.Exit(EXIT_NO_ROSTER if result.roster is None else EXIT_OK)


def _write(problem: Problem, result: Result, out: Path, lang: Lang) -> list[Path]:
    """Put the result, and the roster if there is one, in place of earlier ones.

    Both are complete before either is put in place, and no earlier roster, stand-by list or report
    stays beside a result that is not its own.
    """
    with tempfile.TemporaryDirectory(dir=out, prefix=".shiftplan-") as name:
        part = Path(name)
        (part / RESULT).write_text(result.to_json(lang) + "\n", encoding="utf-8")
        if result.roster is None:
            (out / ROSTER).unlink(missing_ok=True)
            files = [RESULT]
        else:
            write_roster(problem, result.roster, part / ROSTER)
            files = [ROSTER, RESULT]
        for file in files:
            os.replace(part / file, out / file)
    (out / RESERVES).unlink(missing_ok=True)
    (out / REPORT).unlink(missing_ok=True)
    return [out / file for file in files]


def _write_reserves(problem: Problem, result: Result, out: Path, lang: Lang) -> list[Path]:
    """Write whom to call when somebody does not come, once the roster is safe."""
    if result.roster is None:
        return []
    write_reserves(problem, reserves(problem, result.roster, lang=lang), out / RESERVES)
    return [out / RESERVES]


def _write_report(problem: Problem, result: Result, out: Path, lang: Lang) -> list[Path]:
    """Write the report, where the package that it needs is installed."""
    if result.roster is None or not can_write():
        return []
    write_report(problem, result.roster, out / REPORT, result=result, lang=lang)
    return [out / REPORT]


def _hand_out(problem: Problem, result: Result, out: Path, lang: Lang) -> list[Path]:
    """Write calendars and messages; where people were told a roster, what changed against it."""
    if result.roster is None:
        clear_handouts(out)
        return []
    told = Roster.of((p.shift_id, p.volunteer_id) for p in problem.published if p.told)
    before = told if len(told) else None
    written = write_handouts(problem, result.roster, out, before=before, lang=lang)
    if out / CALENDARS not in written:
        print(TEXTS[lang]["no calendars"], file=sys.stderr)
    return list(written)
