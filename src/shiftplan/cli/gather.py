"""`gather`, `split`: one week from many teams, and the workbooks that teams fill in or hang up.

Folder of workbooks and tables -> a week, or what keeps it from being one; a week, perhaps with a
roster -> a workbook for each center.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, MaybeOut, Out
from shiftplan.cli.reading import current_roster, read_live
from shiftplan.cli.usage import Misused
from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files import write_week
from shiftplan.files.gathering import gather, rows_gone
from shiftplan.files.gathering.sources import DECISIONS, DELIVERIES
from shiftplan.files.text import is_taken, is_there, real_path
from shiftplan.files.whole import write_texts
from shiftplan.files.workbook import SUFFIXES
from shiftplan.present.display import make_console
from shiftplan.present.gathering import GatheredWords, show_gathered
from shiftplan.present.sheets.teams import write_team_forms, write_team_rosters
from shiftplan.present.words import Words

EXIT_OPEN = 3


@command("gather", "shiftplan gather teams --out week")
def gather_week(
    folder: common.Argument,
    out: Out,
    decisions: MaybeOut = None,
    replace: common.Replace = False,
    lang: Language = "en",
) -> None:
    """Combine the workbooks and tables of many teams into one week.

    Exit codes: 0 the week was written, 2 bad input, 3 conflicts wait for a decision; with 2 and 3
    there is no week.
    """
    say = Words(lang)
    if out.suffix.lower() in (*SUFFIXES, ".csv", ".json"):
        raise Misused(Message("usage.must_be_a_folder"), "--out")
    if real_path(out) == real_path(folder):
        raise Misused(Message("gathering.same_folder"), "--out")
    if is_there(out / "volunteers.csv") and not replace:
        raise common.fail(say("weeks.new_week_exists", place=out))
    table = out / DECISIONS if decisions is None else decisions
    known = table if is_there(table) else None
    gathered = gather(folder, decisions=known, without=[out, table])
    words = GatheredWords(gathered, lang)
    texts = {out / DELIVERIES: words.deliveries()}
    if gathered.clashes or gathered.gone:
        texts[table] = words.decisions()
    for file in texts:
        common.make_folder(file, lang=lang)
    write_texts(texts, marked=True)
    show_gathered(make_console(), gathered, lang)
    print()
    if gathered.problem is not None:
        gone = rows_gone(out, gathered.problem)
        write_week(gathered.problem, out)
        for name, n in gone.items():
            print(say("gathering.rows_gone", n=n, table=f"{name}.csv", out=out))
        if gone:
            print(say("gathering.keep_rows", folder=folder, out=out))
        common.print_written(lang, out)
        return
    common.print_written(lang, *texts)
    if gathered.faults:
        error = InputError(gathered.faults)
        error.add_note(say("gathering.no_week"))
        raise error
    common.fail(say("gathering.decide", n=len(gathered.open), table=table))
    raise typer.Exit(EXIT_OPEN)


@command(
    "split",
    "shiftplan split week --out teams",
    "shiftplan split week --roster out/roster.csv --out to_print",
)
def split_week(
    week: common.Argument,
    out: Out,
    roster: Path | None = None,
    blank: Annotated[bool, typer.Option("--blank")] = False,
    replace: common.Replace = False,
    lang: Language = "en",
) -> None:
    """Write a workbook for each center: to fill in, or to print with its roster.

    Exit codes: 0 the workbooks were written, 2 bad input or the extra `excel` is missing.
    """
    say = Words(lang)
    if blank and roster is not None:
        raise Misused(Message("teams.blank_roster"), "--blank / --roster")
    live = read_live(week, lang)
    problem = live.now.problem
    if is_taken(out) and not replace:
        raise common.fail(say("teams.there", out=out))
    if roster is None:
        files = write_team_forms(problem, out, blank=blank, lang=lang)
    else:
        planned = current_roster(live, roster, lang)
        files = write_team_rosters(problem, planned, out, lang=lang)
    code = "teams.written_forms" if roster is None else "teams.written_rosters"
    print(say(code, n=len(files), out=out))
