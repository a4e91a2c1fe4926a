"""`shiftplan charts`: a roster as pictures for slides.

Week, roster, and perhaps its result.json -> coverage, load, map and cost as PNG or SVG files.

Exit codes: 0 pictures were written, 2 bad input; then nothing was written.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shiftplan.charts import CHARTS, Format, draw_charts, read_past, write_figures
from shiftplan.cli.common import app, examples, exit_codes, make_folder
from shiftplan.cli.options import Judged, Language, Recommended, Staffed, Week
from shiftplan.cli.reading import read_roster_of, read_staffed
from shiftplan.display.console import make_console, print_items
from shiftplan.outputs import RESULT
from shiftplan.texts import TEXTS


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
    out: Annotated[Path, typer.Option(help="Folder for the pictures; made if missing.")],
    kind: Annotated[
        Format, typer.Option("--format", help="png for slides, svg for print of any size.")
    ] = "png",
    result: Annotated[
        Path | None,
        typer.Option(
            help=f"The {RESULT} of the roster, for cost and bound over time; that beside the "
            "roster if not given.",
            show_default=False,
        ),
    ] = None,
    staff: Staffed = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Draw a roster for slides: empty seats, loads, a map of centers, cost and bound over time."""
    with exit_codes(lang):
        problem = read_staffed(week, lang, anew=staff, recommended=recommended)
        drawn = read_roster_of(problem, roster, lang)
        beside = roster.parent / RESULT
        past = result or (beside if beside.exists() else None)
        history = () if past is None else read_past(past)
        make_folder(*(out / f"{name}.{kind}" for name in CHARTS), lang=lang)
        figures = draw_charts(problem, drawn, history=history, lang=lang)
        written = write_figures(figures, out, kind)
        for name in set(CHARTS) - set(figures):  # no earlier picture passes for one of this roster
            (out / f"{name}.{kind}").unlink(missing_ok=True)
    console = make_console()
    for name in CHARTS:
        if name not in figures:
            print_items(console, TEXTS[lang][f"no chart {name}"])
    if written:
        print(TEXTS[lang]["written"].format(", ".join(map(str, written))))
