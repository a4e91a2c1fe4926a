"""`shiftplan compare`: what differs between two rosters.

Week and two rosters -> costs that change, people and centers with other shifts.

Exit codes: 0 they were compared, 2 bad input.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli.common import app, exit_codes, print_json
from shiftplan.cli.options import Language, Recommended, Staffed, Week
from shiftplan.cli.reading import read_roster_of, read_staffed
from shiftplan.present.display import make_console
from shiftplan.present.display.changes import show_comparison
from shiftplan.scoring.check import compare_rosters


@app.command("compare")
def compare(
    week: Week,
    before: Path,
    after: Path,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    most: Annotated[int, typer.Option(min=0)] = 20,
    staff: Staffed = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Tell what differs between two rosters: people's shifts, centers' teams, costs by rule."""
    with exit_codes(lang):
        problem = read_staffed(week, lang, anew=staff, recommended=recommended)
        found = compare_rosters(
            problem, read_roster_of(problem, before, lang), read_roster_of(problem, after, lang)
        )
    if as_json:
        print_json(found.as_dict())
    else:
        show_comparison(make_console(), problem, found, most, lang)
