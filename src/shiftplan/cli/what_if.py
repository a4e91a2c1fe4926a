"""`shiftplan what-if`: what late changes would mean, before anybody decides.

Week, roster, changes -> costs by rule before and after, and who would change; nothing is written.

Exit codes: 0 a roster was found for the changed week, 1 internal error, 2 bad input, 3 hard rules
would contradict each other, 4 no roster was found in time, 5 the roster would be empty or very
poor, 130 ended by a second Ctrl-C or SIGTERM.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.analysis.repair import WhatIf, mend
from shiftplan.cli.common import app, exit_codes, fail, interrupts, print_json
from shiftplan.cli.options import (
    Absentees,
    Language,
    LateChanges,
    Recommended,
    Seed,
    Staffed,
    Week,
    Workers,
)
from shiftplan.cli.plan import exit_code_of
from shiftplan.cli.reading import read_roster_of, read_staffed
from shiftplan.files import read_changes
from shiftplan.present.display.console import make_console
from shiftplan.present.display.progress import show_progress
from shiftplan.present.display.repair import show_repair
from shiftplan.present.texts import TEXTS


@app.command("what-if")
def show_what_if(
    week: Week,
    roster: Annotated[Path, typer.Argument(help="The roster so far, CSV or JSON.")],
    absent: Absentees = None,
    changes: LateChanges = None,
    time_limit: Annotated[
        float, typer.Option(help="Seconds for solving and checking; reading comes before.")
    ] = 20.0,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Print costs before and after and all changes as JSON."),
    ] = False,
    workers: Workers = None,
    seed: Seed = 0,
    staff: Staffed = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Show what late changes would mean: costs by rule before and after, and who would change.

    The roster is mended as repair does it, and nothing is written. Ctrl-C ends the search with the
    best roster so far; a second one ends at once.
    """
    start = time.monotonic()
    with exit_codes(lang):
        if not time_limit > 0:
            raise typer.BadParameter(TEXTS[lang]["must be above 0"], param_hint="--time-limit")
        if absent is None and changes is None:
            raise fail(TEXTS[lang]["nothing different"])
        problem = read_staffed(week, lang, anew=staff, recommended=recommended)
        judged = read_roster_of(problem, roster, lang, week)
        given = read_changes(problem, absent, changes)
        read, begun = time.monotonic() - start, time.monotonic()
        console, cancel = make_console(stderr=True), threading.Event()
        shown = show_progress(console, cancel, begun, lang, limit=time_limit)
        with interrupts(cancel, console), shown as watch:
            found = mend.repair(
                problem,
                judged,
                *given,
                time_limit=time_limit,
                workers=workers,
                seed=seed,
                cancel=cancel,
                on_progress=watch,
            )
    if not as_json:
        console = make_console(stderr=found.roster is None)
        show_repair(console, found, lang, read=read, is_question=True)
    elif found.roster is None:
        print_json(found.result.as_dict())
    else:
        print_json(WhatIf.of(found).as_dict())
    raise typer.Exit(exit_code_of(found.result))
