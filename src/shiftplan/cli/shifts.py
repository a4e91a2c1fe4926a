"""`shifts`: the dull tables made from opening hours and standard needs.

A week and perhaps files of both -> its tables shifts and requirements, or a week that has them.
"""

from __future__ import annotations

from pathlib import Path

from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, MaybeOut
from shiftplan.cli.reading import show_lost, show_notes
from shiftplan.cli.usage import Misused
from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.files.opening_csv import make_week, write_made, write_with_hours
from shiftplan.files.text import is_taken
from shiftplan.files.workbook import is_workbook
from shiftplan.present.naming import lang_of
from shiftplan.present.words import Words


@command("shifts")
def shifts(
    week: common.Argument,
    opening: Path | None = None,
    needs: Path | None = None,
    out: MaybeOut = None,
    replace: common.Replace = False,
    lang: Language = "en",
) -> None:
    """Make the shifts and requirements of a week from opening hours and standard needs.

    Exit codes: 0 they were written, 2 bad input; then nothing was written.
    """
    say = Words(lang)
    if out is None and is_workbook(week):
        raise Misused(Message("usage.workbook_needs_out"), "--out")
    if out is not None and not replace and is_taken(out):
        raise common.fail(say("weeks.new_week_exists", place=out))
    notes: list[Fault] = []
    made = make_week(week, opening, needs, replace=replace or out is not None, on_note=notes.append)
    if out is None:
        common.make_folder(week / "shifts.csv", lang=lang)
        files = write_made(made, week)
    else:
        files = [out]
        is_file = out.suffix.lower() in (".json", ".xlsx")
        common.make_folder(out if is_file else out / "shifts.csv", lang=lang)
        words = Words(lang_of(made.problem, lang))
        write_with_hours(made.problem, out, words, made.hours)
    show_notes(notes, lang)
    common.print_written(lang, *files)
    show_lost(week, files[0], lang)
