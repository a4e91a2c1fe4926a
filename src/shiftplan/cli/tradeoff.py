"""`tradeoff`: what the aims of a week cost each other.

Week -> tradeoff.csv, tradeoff.png, the roster of each point, and a table in words.
"""

from __future__ import annotations

import re
import threading
from pathlib import Path

import typer

from shiftplan.analysis.tradeoff import Tradeoff, tradeoff
from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, Out, Recommended, Seed, Staff, Workers
from shiftplan.cli.keeping import keep_others
from shiftplan.cli.reading import read_staffed
from shiftplan.errors import MissingExtraError
from shiftplan.files import write_roster
from shiftplan.files.whole import write_texts
from shiftplan.present.answers.tradeoffs import can_draw, draw, tradeoff_csv
from shiftplan.present.display import make_console, print_items
from shiftplan.present.display.answers import show_tradeoff
from shiftplan.present.display.results import show_conflict
from shiftplan.present.naming import lang_of
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.solving.result import Conflict

TABLE, PICTURE, ROSTER = "tradeoff.csv", "tradeoff.png", "roster-{}.csv"
_ROSTER = re.compile(r"roster-\d+\.csv")


@command("tradeoff")
def trade_off(
    week: common.Argument,
    out: Out,
    time_limit: float = 300.0,
    workers: Workers = None,
    seed: Seed = 0,
    points: int = 8,
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Show how service, evenness between people, travel and equal areas trade off.

    Exit codes: 0 points were written, 1 internal error, 2 bad input, 3 hard rules contradict each
    other, 4 no roster was found in time, 5 the roster that all points start from is empty or very
    poor, 130 ended by a second Ctrl-C or SIGTERM.
    """
    if not can_draw():
        raise MissingExtraError("matplotlib", "plots")
    keep_others(out, TABLE, (PICTURE, "roster-[0-9]*.csv"))
    problem = read_staffed(week, lang, anew=staff, recommended=recommended, to_plan=True)
    lang = lang_of(problem, lang)
    say = Words(lang)
    common.make_folder(out / TABLE, out / PICTURE, lang=lang)
    errors, cancel = make_console(stderr=True), threading.Event()

    def tell(turn: int, of: int) -> None:
        if errors.is_terminal:
            errors.print(say("tradeoffs.point_of", turn=turn + 1, of=of))

    with common.interrupts(cancel, errors):
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
        for file in out.iterdir():  # what an earlier run found
            if _ROSTER.fullmatch(file.name) or file.name in (TABLE, PICTURE):
                file.unlink()
        written = _write_points(problem, found, out, lang) if found.points else []
    except OSError as error:
        raise common.unwritable(error, out, lang) from None
    if found.infeasible:
        errors.print(say("status.infeasible"))
        show_conflict(errors, Conflict(found.conflict, minimal=True), lang)
        raise typer.Exit(common.EXIT_INFEASIBLE)
    if not found.points:
        errors.print(say("status.no_roster_found"))
        raise typer.Exit(common.EXIT_NO_ROSTER)
    console = make_console()
    if found.poor is not None:
        print_items(console, found.poor.message.said(lang), "")
    show_tradeoff(console, found, lang)
    common.print_written(lang, *written)
    raise typer.Exit(common.EXIT_OK if found.poor is None else common.EXIT_POOR)


def _write_points(problem: Problem, found: Tradeoff, out: Path, lang: Lang) -> list[Path]:
    """Write the rosters, the picture and the table."""
    rosters = [out / ROSTER.format(point.number) for point in found.points]
    for point, file in zip(found.points, rosters, strict=True):
        write_roster(problem, point.roster, file)
    draw(found, out / PICTURE, lang)
    write_texts({out / TABLE: tradeoff_csv(found, lang)})
    return [out / TABLE, out / PICTURE, *rosters]
