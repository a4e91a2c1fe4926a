"""`shiftplan calendars`: what every person and every center is handed.

Week and roster -> a calendar file and a message for each, or only what changed.

Exit codes: 0 all was written, 2 bad input, or only messages: the package icalendar is missing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli.common import app, exit_codes, fail, make_folder
from shiftplan.cli.options import Judged, Language, Staffed, Week, place
from shiftplan.cli.reading import read_roster_of, read_staffed
from shiftplan.files import read_changes
from shiftplan.present.handouts import CALENDARS, MESSAGES, revisions_in, write_handouts
from shiftplan.present.handouts.calendars import MOST_SEQUENCE
from shiftplan.present.handouts.folders import NOTES, read_notes
from shiftplan.present.words import Lang, Words


@app.command("calendars")
def write_calendars(
    week: Week,
    roster: Judged,
    out: Annotated[Path, typer.Option(parser=place, metavar="PATH")],
    before: Path | None = None,
    absent: Path | None = None,
    changes: Path | None = None,
    revision: Annotated[int, typer.Option(min=0, max=MOST_SEQUENCE)] = 0,
    staff: Staffed = False,
    lang: Language = "en",
) -> None:
    """Write a calendar (.ics) and a message for every person and every center."""
    with exit_codes(lang):
        problem = read_staffed(week, lang, anew=staff)
        as_it_was = absent is None and changes is None
        planned = read_roster_of(problem, roster, lang, week if as_it_was else None)
        if absent is not None or changes is not None:
            problem = problem.with_changes(*read_changes(problem, absent, changes))
        told = None if before is None else read_roster_of(problem, before, lang)
        make_folder(out / NOTES, lang=lang)
        numbers = None if before is None else revisions_in(before.parent)
        written = write_handouts(
            problem,
            planned,
            out,
            before=told,
            revisions=numbers,
            revision=revision,
            lang=lang,
        )
    print(handed_out(written, lang))
    if len(written) == 1:
        raise fail(Words(lang)("handouts.no_calendars"))


def handed_out(written: tuple[Path, ...], lang: Lang) -> str:
    """How much was written, in a sentence."""
    counts = {folder.name: len(read_notes(folder)["files"]) for folder in written}
    say, (dates, texts) = Words(lang), (counts.get(name, 0) for name in (CALENDARS, MESSAGES))
    head = say("handouts.handouts", calendars=dates, messages=texts)
    return f"{head} {say('plans.written', out=', '.join(map(str, written)))}"
