"""`shiftplan staff`: from a forecast of citizens to requirements.

Week -> requirements.csv, with the reason of each row.

Exit codes: 0 it was written, 2 bad input.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shiftplan.citizens.staffing import staff
from shiftplan.cli.citizens_shown import in_words, show_staffing
from shiftplan.cli.common import app, exit_codes, make_folder
from shiftplan.cli.options import Language, Week, place
from shiftplan.cli.reading import read
from shiftplan.files import write_requirements
from shiftplan.present.display import make_console
from shiftplan.present.words import Words


@app.command("staff")
def staff_week(
    week: Week,
    out: Annotated[Path, typer.Option(parser=place, metavar="PATH")],
    lang: Language = "en",
) -> None:
    """Turn the forecast of citizens into requirements, and say why."""
    with exit_codes(lang):
        make_folder(out, lang=lang)
        staffing = in_words(staff(read(week, lang, out.parent)), Words(lang))
        write_requirements(staffing.problem, out)
    show_staffing(make_console(), staffing, out, lang)
