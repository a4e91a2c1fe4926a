"""`shiftplan plan`: a week in, the roster and its proven bound out.

Week -> roster.csv, result.json, reserves.csv, roster.xlsx, report.html, calendars, messages and a
summary.

Exit codes: 0 a roster was written, 1 internal error, 2 bad input, 3 hard rules contradict each
other, 4 no roster was found in time, 5 the roster is empty or very poor: not for handing out, 130
ended by a second Ctrl-C or SIGTERM.
"""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli.common import (
    EXIT_OK,
    app,
    examples,
    exit_codes,
    interrupts,
    make_place,
    print_json,
    unwritable,
)
from shiftplan.cli.options import Language, Quiet, Recommended, Seed, Staffed, Week, Workers, place
from shiftplan.cli.reading import read_staffed
from shiftplan.cli.usage import Misused
from shiftplan.errors.message import Message
from shiftplan.files import read_roster
from shiftplan.present.display import make_console, show_progress
from shiftplan.present.display.results import show_result
from shiftplan.present.outputs import RESULT, write_outputs
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import known_part
from shiftplan.solving.result import Result, Status
from shiftplan.solving.solve import solve
from shiftplan.week.roster import Roster

EXIT_INFEASIBLE, EXIT_NO_ROSTER, EXIT_POOR = 3, 4, 5


@app.command(
    epilog=examples(
        "shiftplan plan examples/data/an_giang --out out --time-limit 60",
        "shiftplan plan week --out out --lang vi --hint last/roster.csv",
        "shiftplan plan week --out out --quiet --json > figures.json",
    )
)
def plan(
    week: Week,
    out: Annotated[Path, typer.Option(parser=place, metavar="PATH")],
    time_limit: float = 60.0,
    workers: Workers = None,
    seed: Seed = 0,
    gap: float = 0.0,
    hint: Path | None = None,
    staff: Staffed = False,
    recommended: Recommended = False,
    quiet: Quiet = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    lang: Language = "en",
) -> None:
    """Plan a week: write the roster, its cost and bound, and whom to call if somebody fails."""
    start = time.monotonic()
    with exit_codes(lang):
        if not time_limit >= 0:
            raise Misused(Message("usage.must_be_from_0_on"), "--time-limit")
        if not 0 <= gap < 1:
            raise Misused(Message("usage.must_be_0_to_below_1"), "--gap")
        problem = read_staffed(
            week, lang, anew=staff, recommended=recommended, out=out, quiet=quiet
        )
        known = None if hint is None else read_roster(hint)
        if hint is not None and known and not quiet and not known_part(problem, known):
            print(Words(lang)("plans.hint_unknown", name=hint.name), file=sys.stderr)
        make_place(out, lang)
        read, begun = time.monotonic() - start, time.monotonic()
        console = make_console(stderr=True)
        cancel = threading.Event()
        shown = show_progress(console, cancel, begun, lang, limit=time_limit, quiet=quiet)
        with interrupts(cancel, console), shown as watch:
            result = solve(
                problem,
                time_limit=time_limit,
                workers=workers,
                seed=seed,
                gap=gap,
                on_progress=watch,
                cancel=cancel,
                hint=known,
            )
            watch.write_files()
            try:
                written = write_outputs(
                    problem,
                    result,
                    out,
                    lang,
                    beside={RESULT: result.to_json() + "\n"},
                    compared=known,
                    told=_told(problem),
                    quiet=quiet or as_json,
                )
            except OSError as error:
                raise unwritable(error, out, lang) from None
    if as_json:
        print_json({**result.as_dict(), "written": [str(file) for file in written]})
    elif quiet and result.poor is not None:
        print(result.poor.message.said(lang), file=sys.stderr)
    elif result.roster is None or not quiet:
        show_result(problem, result, written, lang, read=read)
    raise typer.Exit(exit_code_of(result))


def exit_code_of(result: Result) -> int:
    """How a command ends that planned."""
    if result.status is Status.INFEASIBLE:
        return EXIT_INFEASIBLE
    if result.roster is None:
        return EXIT_NO_ROSTER
    return EXIT_OK if result.poor is None else EXIT_POOR


def _told(problem: Problem) -> Roster | None:
    """What people were told by the week's own table; None when nothing was."""
    told = Roster.of((p.shift_id, p.volunteer_id) for p in problem.published if p.told)
    return told if len(told) else None
