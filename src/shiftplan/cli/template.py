"""`shiftplan template`: a workbook to fill in.

Nothing, or a week -> week.xlsx.

Exit codes: 0 it was written, 2 bad input or the extra `excel` is missing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli.common import app, exit_codes, make_folder
from shiftplan.cli.options import Language, place
from shiftplan.cli.reading import read
from shiftplan.errors.message import Message
from shiftplan.files.text import file_fault, is_there
from shiftplan.files.workbook import need_openpyxl
from shiftplan.present.sheets import write_template, write_workbook
from shiftplan.present.words import Words


@app.command("template")
def template(
    out: Annotated[Path, typer.Option(parser=place, metavar="PATH")],
    week: Path | None = None,
    start: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace")] = False,
    lang: Language = "en",
) -> None:
    """Make a workbook for a planning week, with help, examples and lists to choose from."""
    with exit_codes(lang):
        need_openpyxl()
        if out.suffix.lower() != ".xlsx":
            raise file_fault("not_one_of", out, Message("template.ends_in_xlsx"))
        if is_there(out) and not replace:
            raise file_fault("unreadable_file", out, Message("template.there"))
        problem = None if week is None else read(week, lang)
        make_folder(out, lang=lang)
        if problem is None:
            first = start.date() if start is not None else _next_monday(date.today())
            write_template(out, first, lang)
        else:
            write_workbook(problem, out, lang)
    print(Words(lang)("template.written", out=out, sheet=Message("sheet.help")))


def _next_monday(day: date) -> date:
    """The first Monday after a date."""
    return day + timedelta(days=7 - day.weekday())
