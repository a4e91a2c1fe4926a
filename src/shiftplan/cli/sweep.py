"""`sweep`: weeks under several assumptions, side by side in a table and a picture.

Weeks and assumptions -> a folder for each variant, sweep.csv, sweep.png and sweep.html.
"""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from shiftplan.batch.sweep.running import Sweep, plan_sweep
from shiftplan.batch.sweep.shown import HEADS, cells_of, draw, label_of, page_text, sweep_csv
from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, Out, Recommended, Seed, Staff, Workers
from shiftplan.cli.reading import read_staffed
from shiftplan.cli.usage import Misused
from shiftplan.errors.message import Message
from shiftplan.files.assumptions import Variant
from shiftplan.files.whole import write_bytes, write_texts
from shiftplan.present.answers.tradeoffs import can_draw
from shiftplan.present.display import make_console, make_table, print_items
from shiftplan.present.naming import lang_of
from shiftplan.present.report.page import can_write
from shiftplan.present.words import Words
from shiftplan.problem import Problem

TABLE, PICTURE, PAGE = "sweep.csv", "sweep.png", "sweep.html"


@command(
    "sweep",
    "shiftplan sweep week --vary rules.fairness.weight=10,50,100 --out sweep",
    "shiftplan sweep week1 week2 --vary demand.factor=0.9,1,1.1 --vary rules.mentor.level=hard,off"
    " --out sweep",
)
def sweep(
    weeks: list[Path],
    vary: Annotated[list[str], typer.Option(metavar="KEY=VALUES", show_default=False)],
    out: Out,
    time_limit: float = 60.0,
    work_limit: Annotated[int | None, typer.Option(min=1)] = None,
    workers: Workers = None,
    seed: Seed = 0,
    gap: float = 0.0,
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Plan weeks under several assumptions and compare them; the same command again goes on.

    Exit codes: 0 every variant has a roster, 1 internal error, 2 bad input, 4 some have none, 130
    ended by Ctrl-C or SIGTERM.
    """
    if not time_limit > 0:
        raise Misused(Message("usage.must_be_above_0"), "--time-limit")
    if not 0 <= gap < 1:
        raise Misused(Message("usage.must_be_0_to_below_1"), "--gap")
    names = _names(weeks)
    problems: dict[str, Problem] = {
        name: read_staffed(week, lang, anew=staff, recommended=recommended, to_plan=True)
        for name, week in names.items()
    }
    lang = lang_of(next(iter(problems.values())), lang)
    say = Words(lang)
    common.make_folder(*(out / name for name in (TABLE, PICTURE, PAGE)), lang=lang)
    errors, cancel = make_console(stderr=True), threading.Event()

    def tell(week: str, variant: Variant, number: int, of: int) -> None:
        what = f"{week}: {label_of(variant, say)}"
        errors.print(Text(say("sweeps.number_of", number=number, of=of, what=what)))

    with common.interrupts(cancel, errors):
        try:
            found = plan_sweep(
                problems,
                vary,
                out,
                time_limit=time_limit,
                work_limit=work_limit,
                workers=workers,
                seed=seed,
                gap=gap,
                on_progress=tell,
                cancel=cancel,
            )
            written = _write(found, out, lang)
        except OSError as error:
            raise common.unwritable(error, out, lang) from None
    console = make_console()
    table = make_table(
        say("batches.week"), say("sweeps.assumed"), *(say(f"sweeps.{h}") for h in HEADS), left=2
    )
    for row in found.rows:
        cells = cells_of(row, say)
        if row.kept.figures is None:
            cells[0] = say(f"status.{row.kept.status.value.lower()}")
        table.add_row(*map(Text, (row.week, label_of(row.variant, say), *cells)))
    print_items(console, table, "", say("sweeps.own_cost_help"))
    common.print_written(lang, *written)
    if len(found.rows) < found.wanted:
        print_items(errors, say("sweeps.missing", n=found.wanted - len(found.rows)))
        raise typer.Exit(common.EXIT_INTERRUPTED)
    raise typer.Exit(common.EXIT_OK if found.is_complete else common.EXIT_NO_ROSTER)


def _names(weeks: list[Path]) -> dict[str, Path]:
    """The name of each week: that of its file or folder, with the folder above where two share it.

    A path that is given twice counts once.
    """
    places = {week.resolve(): week for week in weeks}
    count = Counter(place.stem for place in places)
    return {
        place.stem if count[place.stem] == 1 else f"{place.parent.name} {place.name}": week
        for place, week in places.items()
    }


def _write(found: Sweep, out: Path, lang: common.Known) -> list[Path]:
    """Write the table, and what the installed extras can make beside it."""
    picture = draw(found, lang) if can_draw() and found.rows else None
    write_texts({out / TABLE: sweep_csv(found, lang)}, marked=True)
    written = [out / TABLE]
    if picture is not None:
        write_bytes({out / PICTURE: picture})
        written.append(out / PICTURE)
    if can_write():
        write_texts({out / PAGE: page_text(found, picture, lang)})
        written.append(out / PAGE)
    return written
