"""`shiftplan suggest`: who can take a shift.

Week, roster and shift -> candidates by cost, and what stands against the others.

Exit codes: 0 the candidates were shown, 2 bad input.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from unicodedata import normalize

import typer

from shiftplan.analysis.trades import suggest
from shiftplan.cli.common import app, exit_codes, print_json
from shiftplan.cli.options import Judged, Language, Recommended, Staffed, Week
from shiftplan.cli.reading import read_roster_of, read_staffed
from shiftplan.files import read_reserves
from shiftplan.present.answers import json_of
from shiftplan.present.display import make_console
from shiftplan.present.display.answers import show_suggestion


@app.command("suggest")
def suggest_people(
    week: Week,
    roster: Judged,
    shift_id: str,
    leaving: str | None = None,
    reserves: Path | None = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    most: Annotated[int, typer.Option(min=0)] = 10,
    staff: Staffed = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Show who can take a shift, the cheapest first, and why the others cannot."""
    with exit_codes(lang):
        problem = read_staffed(week, lang, anew=staff, recommended=recommended)
        lists = None if reserves is None else read_reserves(reserves)
        judged = read_roster_of(problem, roster, lang, week)
        asked = normalize("NFC", shift_id)
        other = None if leaving is None else normalize("NFC", leaving)
        found = suggest(problem, judged, asked, leaving=other, reserves=lists)
    if as_json:
        print_json(json_of(found))
    else:
        show_suggestion(make_console(), found, most, lang)
