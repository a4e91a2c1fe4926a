"""`shiftplan check`: score any roster.

Week and roster -> broken hard rules, costs, and a summary; as JSON with every finding.

Exit codes: 0 no hard rule is broken, 1 some are, 2 bad input.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from shiftplan.cli.common import EXIT_OK, app, exit_codes, print_json
from shiftplan.cli.options import Judged, Language, Recommended, Staffed, Week
from shiftplan.cli.reading import note_changed_week, note_dates, read_staffed
from shiftplan.files import read_roster
from shiftplan.present import summary as figures
from shiftplan.present.display.console import make_console
from shiftplan.present.display.results import (
    show_broken,
    show_costs,
    show_missing_rules,
    show_summary,
)
from shiftplan.present.naming import Names
from shiftplan.present.texts import Lang
from shiftplan.problem import Problem
from shiftplan.scoring.check import Score, check

EXIT_BROKEN = 1


@app.command("check")
def check_roster(
    week: Week,
    roster: Judged,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print figures and all findings as JSON.")
    ] = False,
    most: Annotated[int, typer.Option(min=0, help="Findings shown for each broken rule.")] = 5,
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
        content = {
            "schema_version": 1,
            "hard": dict(score.hard),
            "levels": {str(level): cost for level, cost in score.levels.items()},
            "parts": dict(score.parts),
            "total": score.total,
            "violations": _findings(problem, score, lang),
            **figures.summarize(problem, judged).as_dict(),
        }
        print_json(content)
    else:
        console = make_console()
        show_broken(console, problem, score, most, lang)
        show_costs(console, score, lang)
        show_summary(console, figures.summarize(problem, judged), lang)
        show_missing_rules(console, problem, lang)
    raise typer.Exit(EXIT_OK if score.is_feasible else EXIT_BROKEN)


def _findings(problem: Problem, score: Score, lang: Lang) -> list[dict[str, Any]]:
    """Every breach of a hard rule, then everything that a soft rule finds."""
    names = Names(problem, lang)
    return [
        {
            "rule": found.rule.rule,
            "level": found.rule.level,
            "who": found.who,
            "where": found.at,
            "amount": found.amount,
            "unit": found.unit,
            "cost": found.cost,
            "sentence": figures.finding(found, names, lang),
        }
        for found in (*score.broken, *score.priced)
    ]
