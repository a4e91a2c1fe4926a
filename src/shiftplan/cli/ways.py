"""`ways`: the table travel from a matrix of a routing service.

A week, a matrix and the order of its places -> rows of the table travel.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language
from shiftplan.cli.keeping import keep_inputs, tables_of
from shiftplan.files import read_problem
from shiftplan.files.forecasts import ways_text
from shiftplan.files.matrices import read_order, read_ways
from shiftplan.files.whole import write_texts
from shiftplan.present.words import Words


@command("ways", "shiftplan ways week osrm.json --out week/travel.csv")
def ways(
    week: common.Argument,
    matrix: Annotated[Path, typer.Argument()],
    out: common.Out,
    order: Path | None = None,
    mode: str = "road",
    lang: Language = "en",
) -> None:
    """Make the table travel of a week from a matrix of a routing service.

    Exit codes: 0 it was written, 2 bad input; then nothing was written.
    """
    keep_inputs("--out", (out,), (matrix, order, *tables_of(week, "travel")))
    problem = read_problem(week)
    ids = [center.center_id for center in problem.centers]
    places = read_order(order, problem) if order is not None else tuple(ids)
    found = read_ways(matrix, problem, places, mode)
    common.make_folder(out, lang=lang)
    kept = tuple(way for way in problem.travel if way.mode != mode)
    write_texts({out: ways_text(problem, (*kept, *found))})
    common.print_written(lang, out)
    lacking = len(places) * (len(places) - 1) - len(found)
    if lacking:
        say = Words(lang)
        print(say("plans.note", line=say("files.matrix_lacks", n=lacking)), file=sys.stderr)
