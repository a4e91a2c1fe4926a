"""`shiftplan charts`: a roster as pictures for slides.

Week, roster, and perhaps its result.json -> coverage, load, map and cost as PNG or SVG files.

Exit codes: 0 pictures were written, 2 bad input; then nothing was written.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli.common import app, examples, exit_codes, make_folder
from shiftplan.cli.options import Judged, Language, Recommended, Staffed, Week, place
from shiftplan.cli.reading import read_roster_of, read_staffed, show_notes
from shiftplan.errors import InputError
from shiftplan.present.charts import CHARTS, Format, draw_charts, write_figures
from shiftplan.present.display import make_console, print_items
from shiftplan.present.outputs import RESULT
from shiftplan.present.result_file import read_outcome
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.solving.result import Progress
from shiftplan.week.roster import Roster


@app.command(
    "charts",
    epilog=examples(
        "shiftplan charts week out/roster.csv --out slides",
        "shiftplan charts week out/roster.csv --out slides --format svg --lang vi",
    ),
)
def make_charts(
    week: Week,
    roster: Judged,
    out: Annotated[Path, typer.Option(parser=place, metavar="PATH")],
    kind: Annotated[Format, typer.Option("--format")] = "png",
    result: Annotated[Path | None, typer.Option(show_default=False)] = None,
    staff: Staffed = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Draw a roster for slides: empty seats, loads, a map of centers, cost and bound over time."""
    with exit_codes(lang):
        problem = read_staffed(week, lang, anew=staff, recommended=recommended)
        drawn = read_roster_of(problem, roster, lang, week)
        history = _history(problem, drawn, result, roster.parent / RESULT, lang)
        make_folder(*(out / f"{name}.{kind}" for name in CHARTS), lang=lang)
        figures = draw_charts(problem, drawn, history=history, lang=lang)
        written = write_figures(figures, out, kind)
        for name in set(CHARTS) - set(figures):  # no earlier picture passes for one of this roster
            (out / f"{name}.{kind}").unlink(missing_ok=True)
    console = make_console()
    for name in CHARTS:
        if name not in figures:
            print_items(console, Words(lang)(f"charts.no_chart_{name}"))
    if written:
        print(Words(lang)("plans.written", out=", ".join(map(str, written))))


def _history(
    problem: Problem, roster: Roster, given: Path | None, beside: Path, lang: Lang
) -> tuple[Progress, ...]:
    """How cost and bound of a roster came about; empty where no result tells it.

    A result of another roster is refused where it is given, and left aside where it only lies
    beside the roster.
    """
    if given is None and not beside.exists():
        return ()
    score = check(problem, roster)
    try:
        return read_outcome(given or beside, problem, roster, score).history
    except InputError as error:
        if given is not None:
            raise
        show_notes(list(error.faults), lang)
        return ()
