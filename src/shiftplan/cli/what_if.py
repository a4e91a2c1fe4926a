"""`shiftplan what-if`: what late changes would mean, before anybody decides.

Week, roster, changes -> costs by rule before and after, and who would change; nothing is written.

Exit codes: 0 a roster was found for the changed week, 1 internal error, 2 bad input, 3 hard rules
would contradict each other, 4 no roster was found in time, 5 the roster would be empty or very
poor, 130 ended by a second Ctrl-C or SIGTERM.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.analysis.repair import WhatIf
from shiftplan.cli.common import app, exit_codes, print_json
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
from shiftplan.cli.repair import need_changes, repairing
from shiftplan.files import read_changes
from shiftplan.present.display import make_console
from shiftplan.present.display.changes import show_repair


@app.command("what-if")
def show_what_if(
    week: Week,
    roster: Path,
    absent: Absentees = None,
    changes: LateChanges = None,
    time_limit: float = 20.0,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    workers: Workers = None,
    seed: Seed = 0,
    staff: Staffed = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Show what late changes would mean: costs by rule before and after, and who would change."""
    start = time.monotonic()
    with exit_codes(lang):
        need_changes(time_limit, absent, changes, lang)
        problem = read_staffed(week, lang, anew=staff, recommended=recommended)
        judged = read_roster_of(problem, roster, lang, week)
        given = read_changes(problem, absent, changes)
        read = time.monotonic() - start
        options = {"workers": workers, "seed": seed}
        with repairing(problem, judged, given, time_limit, lang, **options) as (found, _):
            pass
    if not as_json:
        console = make_console(stderr=found.roster is None)
        show_repair(console, found, lang, read=read, is_question=True)
    elif found.roster is None:
        print_json(found.result.as_dict())
    else:
        print_json(WhatIf.of(found).as_dict())
    raise typer.Exit(exit_code_of(found.result))
