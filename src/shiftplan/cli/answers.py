"""`availability`: when people can come, from their answers to forms, polls, grids and lists.

Files of answers and a week -> availability.csv, offers to stand by in stand_by.csv, and a table of
what was understood beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, MaybeOut, Out
from shiftplan.cli.reading import show_lost, show_notes
from shiftplan.cli.usage import Misused
from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.files import (
    read_answers,
    read_mapping,
    read_unanswered,
    write_availability,
    write_mapping,
)
from shiftplan.files.answers.records import Replies
from shiftplan.files.opening_csv import own_hours, write_with_hours
from shiftplan.files.text import is_there
from shiftplan.files.whole import write_texts
from shiftplan.files.workbook import need_openpyxl
from shiftplan.present.display import make_console
from shiftplan.present.display.replies import show_replies
from shiftplan.present.naming import lang_of
from shiftplan.present.understood import understood_csv
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem

EXIT_UNCLEAR = 6
_UNDERSTOOD, _STAND_BY = ".understood.csv", "stand_by.csv"
_FORMS = (".csv", ".xlsx", ".json")
"""How names of files end that can be written: the table, or the whole week with it."""


@command(
    "availability",
    "shiftplan availability answers.csv --week week --out week/availability.csv",
    "shiftplan availability form.xlsx poll.csv --week week.xlsx --out filled.xlsx"
    " --save-mapping mapping.toml",
    "shiftplan availability next.csv --week next --out next/availability.csv"
    " --mapping mapping.toml",
)
def make_availability(
    sources: Annotated[list[Path], typer.Argument()],
    week: Annotated[Path, typer.Option()],
    out: Out,
    mapping: Path | None = None,
    save_mapping: MaybeOut = None,
    replace: common.Replace = False,
    lang: Language = "en",
) -> None:
    """Read when people can come from forms, polls, grids and lists.

    Exit codes: 0 every answer was understood, 2 bad input, 6 it was written, but without some
    answers: of people who are unknown, not understood, or contradicting each other.
    """
    say = Words(lang)
    if out.suffix.lower() not in _FORMS:
        raise Misused(Message("usage.ends_in", endings=_FORMS), "--out")
    if out.suffix.lower() == ".xlsx":
        need_openpyxl()
    table = out.with_name(out.stem + _UNDERSTOOD)
    is_free = replace or is_there(table)
    if is_there(out) and not is_free:
        raise common.fail(say("answers.there", out=out))
    known = None if mapping is None else read_mapping(mapping)
    notes: list[Fault] = []
    problem = read_unanswered(week, on_note=notes.append)
    replies = read_answers(problem, *sources, mapping=known)
    offers = out.with_name(_STAND_BY)
    if replies.stand_by and out.suffix.lower() == ".csv" and is_there(offers) and not is_free:
        raise common.fail(say("answers.there", out=offers))
    common.make_folder(out, table, lang=lang)
    written = [*_write(problem, replies, out, week, lang), table]
    write_texts({table: understood_csv(problem, replies, lang)}, marked=True)
    if save_mapping is not None:
        common.make_folder(save_mapping, lang=lang)
        columns = (column for source in replies.sources for column in source.columns)
        write_mapping(columns, save_mapping, known)
        written.append(save_mapping)
    show_notes(notes, lang)
    show_replies(make_console(), problem, replies, lang)
    common.print_written(lang, *written)
    show_lost(week, out, lang)
    raise typer.Exit(common.EXIT_OK if replies.is_clear else EXIT_UNCLEAR)


def _write(
    problem: Problem, replies: Replies, out: Path, week: Path, lang: Lang
) -> tuple[Path, ...]:
    """Write the tables of answers, or the whole week with them, as the file's name says.

    Whoever has not answered stands by as before.
    """
    silent = {*replies.silent}
    stand_by = replies.stand_by
    if stand_by:
        stand_by += tuple(row for row in problem.stand_by if row.volunteer_id in silent)
    if out.suffix.lower() == ".csv":
        return write_availability(replies.availability, out, stand_by)
    tables = {**dict(problem), "availability": replies.availability}
    if stand_by:
        tables["stand_by"] = stand_by
    whole = Problem.model_validate(tables)
    write_with_hours(whole, out, Words(lang_of(whole, lang)), own_hours(week))
    return (out,)
