"""`shiftplan report`: a roster as one HTML file that opens anywhere, without network.

Week, roster and perhaps result.json -> report.html.

Exit codes: 0 the report was written, 1 internal error, 2 bad input.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli.common import app, exit_codes, make_folder
from shiftplan.cli.options import Judged, Language, Recommended, Staffed, Week, place
from shiftplan.cli.reading import read_roster_of, read_staffed
from shiftplan.errors import MissingExtraError
from shiftplan.present.report import can_write, read_outcome, write_report
from shiftplan.present.words import Words
from shiftplan.scoring.check import check


@app.command("report")
def report(
    week: Week,
    roster: Judged,
    out: Annotated[Path, typer.Option(parser=place, metavar="PATH")],
    result: Path | None = None,
    public: Annotated[bool, typer.Option("--public")] = False,
    staff: Staffed = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Write a report: map, coverage, loads, empty seats and the roster, in one file."""
    with exit_codes(lang):
        if not can_write():
            raise MissingExtraError("jinja2", "report")
        problem = read_staffed(week, lang, anew=staff, recommended=recommended)
        shown = read_roster_of(problem, roster, lang, week)
        make_folder(out, lang=lang)
        proven = None
        if result is not None:
            proven = read_outcome(result, problem, shown, check(problem, shown))
        write_report(problem, shown, out, result=proven, lang=lang, public=public)
    print(Words(lang)("plans.written", out=out))
