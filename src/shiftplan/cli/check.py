"""`shiftplan check`: score any roster.

Week and roster -> broken hard rules, costs, and a summary; as JSON with every finding.

Exit codes: 0 no hard rule is broken, 1 some are, 2 bad input.
"""

from __future__ import annotations

from typing import Annotated

import typer

from shiftplan.cli.common import EXIT_OK, app, exit_codes, print_json
from shiftplan.cli.options import Judged, Language, Recommended, Staffed, Week
from shiftplan.cli.reading import note_changed_week, note_dates, read_staffed
from shiftplan.files import read_roster
from shiftplan.present import summary as figures
from shiftplan.present.display import make_console
from shiftplan.present.display.results import (
    show_broken,
    show_costs,
    show_missing_rules,
    show_summary,
)
from shiftplan.scoring.check import check

EXIT_BROKEN = 1


@app.command("check")
def check_roster(
    week: Week,
    roster: Judged,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    most: Annotated[int, typer.Option(min=0)] = 5,
    staff: Staffed = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Score any roster, also one made by hand: broken hard rules and costs."""
    with exit_codes(lang):
        problem = read_staffed(week, lang, anew=staff, recommended=recommended)
        judged = read_roster(roster)
        note_dates(problem, roster, lang)
        note_changed_week(week, roster, lang)
        score = check(problem, judged)
    if as_json:
        report = figures.CheckReport.of(problem, score, figures.summarize(problem, judged), lang)
        print_json(report.as_dict())
    else:
        console = make_console()
        show_broken(console, problem, score, most, lang)
        show_costs(console, score, lang)
        show_summary(console, figures.summarize(problem, judged), lang)
        show_missing_rules(console, problem, lang)
    raise typer.Exit(EXIT_OK if score.is_feasible else EXIT_BROKEN)
