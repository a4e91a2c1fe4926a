"""`record`, `status`, `history`: what happened to a week, how it stands, and what was recorded.

Week and lists of people -> entries of its record; the record -> lines, JSON or CSV files.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Argument, AsJson, Language, Lists, Most, Recommended, Staff
from shiftplan.cli.keeping import keep_others
from shiftplan.cli.reading import read_live, show_notes
from shiftplan.cli.usage import Misused
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files import read_attendance, read_changes_in_turn, read_sent, write_week
from shiftplan.files.ledgers import read_ledger
from shiftplan.files.text import real_path
from shiftplan.present.display import make_console, print_items
from shiftplan.present.display.record import show_entries, show_status
from shiftplan.present.naming import Names, lang_of
from shiftplan.present.words import Lang, Words
from shiftplan.record.entries import ShiftAnswer
from shiftplan.record.handed_in import read_calls, read_shift_answers, worth_a_look
from shiftplan.record.planning import now_from
from shiftplan.record.status import status_of
from shiftplan.record.tables import ENTRIES, TABLES, write_record
from shiftplan.record.telling import people_told
from shiftplan.record.turned_out import chances_of

WEEK = "week"
"""Folder of the week as it is now, beside the tables of its record."""


@command(
    "record",
    "shiftplan record week --absent absent.csv",
    'shiftplan record week --absent "Nguyễn Văn An: T3" --why "at the doctor"',
    "shiftplan record week --confirmed answers.csv --declined V00007",
    "shiftplan record week --revoke 12",
)
def record(
    week: Argument,
    absent: Lists = None,
    changes: Annotated[Path | None, typer.Option("--changes")] = None,
    confirmed: Lists = None,
    declined: Lists = None,
    called: Lists = None,
    attended: Lists = None,
    sent: Annotated[Path | None, typer.Option("--sent")] = None,
    revoke: Annotated[int | None, typer.Option(min=1)] = None,
    why: common.Why = "",
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Record what happened: who is absent, what changed, who confirmed or declined, who came.

    Exit codes: 0 it was recorded, 2 bad input; then nothing was recorded.
    """
    if not any((absent, changes, confirmed, declined, called, attended, sent, revoke)):
        raise Misused(Message("usage.nothing_to_record"))
    if revoke is not None and any((absent, changes, confirmed, declined, called, attended, sent)):
        raise Misused(Message("usage.revoke_alone"), "--revoke")
    live = read_live(week, lang, anew=staff, recommended=recommended)
    problem, told, notes = live.now.problem, live.now.told, list[Fault]()
    lang = lang_of(problem, lang)
    with _all_or_nothing(lang):
        groups = read_changes_in_turn(problem, absent, changes, on_note=notes.append)
        for group in groups:  # answers may be those of new people
            problem = problem.with_changes(*group)
        answers: list[ShiftAnswer] = []
        if confirmed:
            answers += read_shift_answers(
                problem, confirmed, told, usual="confirmed", on_note=notes.append
            )
        if declined:
            answers += read_shift_answers(
                problem,
                declined,
                told,
                usual="declined",
                on_note=notes.append,
                before=answers,
            )
        calls = read_calls(problem, called, on_note=notes.append) if called else ()
        turnouts = (
            read_attendance(attended, of=problem, roster=told, on_note=notes.append)
            if attended
            else ()
        )
        to = read_sent(sent, live.with_all_told(problem), on_note=notes.append) if sent else ()
    show_notes(notes, lang, is_recorded=True)
    added, before = [], live.now
    if groups or answers or calls or turnouts or to:
        added += live.record(
            before=groups,
            answers=answers,
            calls=calls,
            turnouts=turnouts,
            sent=to,
            why=why,
        )
    if revoke is not None:
        added += live.revoke(revoke, why=why)
    console, names = make_console(), Names(problem, lang)
    if sent and not to:
        print(names.say("record.nothing_ticked", path=sent), file=sys.stderr)
    at = problem.horizon.local(datetime.now(UTC))
    for look in worth_a_look(before, live.now, groups, (*answers, *calls), turnouts, at):
        print(names.say.show(look), file=sys.stderr)
    if notes and added and revoke is None:
        facts = {"week": common.typed(week), "entry": added[-1].number, "n": len(added)}
        print(names.say("record.taken_back_by", **facts), file=sys.stderr)
    if not added:
        print_items(console, names.say("record.nothing_new"))
        return
    show_entries(console, live.now, added, lang)


@contextmanager
def _all_or_nothing(lang: Lang) -> Iterator[None]:
    """Add to the faults of a list that none of its rows was recorded."""
    try:
        yield
    except InputError as error:
        if any(fault.row is not None for fault in error.faults):
            say, told = Words(lang), ["record.none_of_it"]
            if any(f.table == "answers" and f.index is not None for f in error.faults):
                told.append("record.clear_the_answer")
            error.add_note(" ".join(map(say, told)))
        raise


@command("status", "shiftplan status week", "shiftplan status week --ledger ledger.json")
def status(
    week: Argument,
    ledger: Path | None = None,
    as_json: AsJson = False,
    most: Most = 10,
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Show how a week stands: the published roster, what changed since, who has not answered.

    Exit codes: 0 it was shown, 2 bad input.
    """
    live = read_live(week, lang, anew=staff, recommended=recommended)
    chances = None
    if ledger is not None:
        chances = chances_of(live, None, read_ledger(ledger).show_rates(live.now.problem))
    found = status_of(
        live.now,
        live.entries,
        roster=live.roster_or_none,
        at=now_from(live.files.horizon),
        chances=chances,
    )
    if as_json:
        common.print_json(found.as_dict())
    else:
        lang = lang_of(live.now.problem, lang)
        show_status(make_console(), found, most, lang, common.typed(week))


@command("history", "shiftplan history week", "shiftplan history week --out files")
def history(
    week: Argument,
    out: common.MaybeOut = None,
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Show everything recorded about a week, or export it as CSV files with the current week.

    Exit codes: 0 it was shown or written, 2 bad input.
    """
    if out is not None and real_path(week) in (real_path(out), real_path(out / WEEK)):
        raise Misused(Message("usage.week_itself", week=week), "--out")
    if out is not None:
        keep_others(out, ENTRIES, (*TABLES, "roster-[0-9]*.csv", WEEK))
    live = read_live(week, lang, anew=staff, recommended=recommended)
    lang = lang_of(live.now.problem, lang)
    names = Names(live.now.problem, lang)
    if not live.entries:
        print_items(make_console(), names.say("record.is_empty"))
    elif out is None:
        people = people_told(live.now, live.entries, live.roster_or_none)
        show_entries(make_console(), live.now, live.entries, lang, people)
    if out is None:
        return
    try:
        files = write_record(out, live.now, live.entries, live.roster_or_none, say=names.say)
        write_week(live.now.problem, out / WEEK)
    except OSError as error:
        raise common.unwritable(error, out, lang) from None
    common.print_written(lang, *files, out / WEEK)
