"""`shiftplan simulate`: what citizens will experience under a roster.

Week and roster -> sim.json and a summary.

Exit codes: 0 it was written, 2 bad input.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.citizens.draws import AtClosing
from shiftplan.citizens.simulate import MOST_RUNS, RUNS, Conduct, compare_experiences, simulate
from shiftplan.cli.citizens_shown import show_comparison, show_experience
from shiftplan.cli.common import app, exit_codes, make_folder
from shiftplan.cli.options import Judged, Language, Seed, Week, place
from shiftplan.cli.reading import note_changed_week, read
from shiftplan.cli.usage import Misused
from shiftplan.errors.message import Message
from shiftplan.files import read_roster
from shiftplan.files.whole import write_texts


def _minutes_or_never(value: str | float) -> float:
    """Minutes of patience; infinite for `never`."""
    if value == "never":
        return math.inf
    try:
        minutes = float(value)
    except ValueError:
        minutes = math.nan
    if not 0.1 <= minutes <= 1_000_000:
        raise Misused(Message("usage.not_patience", value=str(value)))
    return minutes


@app.command("simulate")
def simulate_roster(
    week: Week,
    roster: Judged,
    out: Annotated[Path | None, typer.Option(parser=place, metavar="PATH")] = None,
    before: Path | None = None,
    runs: Annotated[int, typer.Option(min=2, max=MOST_RUNS)] = RUNS,
    seed: Seed = 0,
    patience: Annotated[
        float, typer.Option(parser=_minutes_or_never, metavar="MINUTES|never")
    ] = 60.0,
    closing: AtClosing = "finish",
    lang: Language = "en",
) -> None:
    """Simulate citizens who come, wait and are served by the people of a roster."""
    conduct = Conduct(patience_minutes=None if math.isinf(patience) else patience, closing=closing)
    with exit_codes(lang):
        if out is not None:
            make_folder(out, lang=lang)
        problem = read(week, lang)  # citizens do not feel requirements
        note_changed_week(week, roster, lang)
        found = simulate(
            problem, read_roster(roster, of=problem), runs=runs, seed=seed, conduct=conduct
        )
        earlier = None
        if before is not None:
            was = simulate(
                problem, read_roster(before, of=problem), runs=runs, seed=seed, conduct=conduct
            )
            earlier = compare_experiences(was, found)
        if out is not None:
            write_texts({out: found.to_json() + "\n"})
    show_experience(problem, found, lang)
    if earlier is not None:
        show_comparison(earlier, lang)
