"""`shiftplan tradeoff`: what service, evenness, travel and equal areas cost each other.

Week -> tradeoff.csv, tradeoff.png, the roster of each point, and a table in words.

Exit codes: 0 points were written, 1 internal error, 2 bad input, 3 hard rules contradict each
other, 4 no roster was found in time, 5 the roster that all points start from is empty or very poor,
130 ended by a second Ctrl-C or SIGTERM.
"""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.analysis.tradeoff import Tradeoff, tradeoff
from shiftplan.cli.common import EXIT_OK, app, exit_codes, interrupts, make_folder, unwritable
from shiftplan.cli.options import Language, Recommended, Seed, Staffed, Week, Workers, place
from shiftplan.cli.plan import EXIT_INFEASIBLE, EXIT_NO_ROSTER, EXIT_POOR
from shiftplan.cli.reading import read_staffed
from shiftplan.errors import MissingExtraError
from shiftplan.files import write_roster
from shiftplan.files.whole import write_texts
from shiftplan.present.answers.tradeoffs import can_draw, draw, tradeoff_csv
from shiftplan.present.display import make_console, print_items
from shiftplan.present.display.answers import show_tradeoff
from shiftplan.present.display.results import show_conflict
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem

TABLE, PICTURE, ROSTER = "tradeoff.csv", "tradeoff.png", "roster-{}.csv"
_ROSTER = re.compile(r"roster-\d+\.csv")


@app.command("tradeoff")
def trade_off(
    week: Week,
    out: Annotated[Path, typer.Option(parser=place, metavar="PATH")],
    time_limit: float = 300.0,
    workers: Workers = None,
    seed: Seed = 0,
    points: int = 8,
    staff: Staffed = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Show what service, evenness between people, travel and equal areas cost each other."""
    with exit_codes(lang):
        if not can_draw():
            raise MissingExtraError("matplotlib", "plots")
        problem = read_staffed(week, lang, anew=staff, recommended=recommended)
        make_folder(out / TABLE, out / PICTURE, lang=lang)
        console, cancel = make_console(stderr=True), threading.Event()

        def tell(turn: int, of: int) -> None:
            if console.is_terminal:
                console.print(Words(lang)("tradeoffs.point_of", turn=turn + 1, of=of))

        with interrupts(cancel, console):
            found = tradeoff(
                problem,
                points=points,
                time_limit=time_limit,
                workers=workers,
                seed=seed,
                on_progress=tell,
                cancel=cancel,
            )
        try:
            _clear(out)
            written = _write(problem, found, out, lang) if found.points else []
        except OSError as error:
            raise unwritable(error, out, lang) from None
    if found.infeasible:
        make_console(stderr=True).print(Words(lang)("status.infeasible"))
        show_conflict(make_console(stderr=True), found.conflict, lang)
        raise typer.Exit(EXIT_INFEASIBLE)
    if not found.points:
        make_console(stderr=True).print(Words(lang)("status.no_roster_found"))
        raise typer.Exit(EXIT_NO_ROSTER)
    console = make_console()
    if found.poor is not None:
        print_items(console, found.poor.message.said(lang), "")
    show_tradeoff(console, found, lang)
    print(Words(lang)("plans.written", out=", ".join(map(str, written))))
    raise typer.Exit(EXIT_OK if found.poor is None else EXIT_POOR)


def _clear(out: Path) -> None:
    """Remove what an earlier run found."""
    for file in out.iterdir():
        if _ROSTER.fullmatch(file.name) or file.name in (TABLE, PICTURE):
            file.unlink()


def _write(problem: Problem, found: Tradeoff, out: Path, lang: Lang) -> list[Path]:
    """Write the rosters, the picture and the table."""
    rosters = [out / ROSTER.format(point.number) for point in found.points]
    for point, file in zip(found.points, rosters, strict=True):
        write_roster(problem, point.roster, file)
    draw(found, out / PICTURE, lang)
    write_texts({out / TABLE: tradeoff_csv(found, lang)})
    return [out / TABLE, out / PICTURE, *rosters]
