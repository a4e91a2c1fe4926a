"""`publish`: a version of the roster becomes what people know, or is withdrawn.

Week and its record -> an entry, and messages, calendars and tables of what is new to people.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Annotated, Any

import typer

from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Argument, Language, Out, Recommended, Staff
from shiftplan.cli.drafts import need_other_folder, show_lost
from shiftplan.cli.keeping import keep_inputs_in
from shiftplan.cli.reading import read_live, read_roster_of, version_named
from shiftplan.cli.usage import Misused
from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad, date_reader, read_moment
from shiftplan.files.ledgers import read_ledger
from shiftplan.files.text import is_there
from shiftplan.present.display import make_console, show_progress
from shiftplan.present.handed_out import HandedOut
from shiftplan.present.handouts import MESSAGES
from shiftplan.present.handouts.sending import BOOK, TABLE
from shiftplan.present.naming import Names, lang_of
from shiftplan.present.words import Lang, Words
from shiftplan.problem.known_ids import known_part
from shiftplan.record.live import LiveWeek
from shiftplan.record.publications import to_tell, told_again, withdrawn_again
from shiftplan.record.telling import Publication, is_told
from shiftplan.record.turned_out import chances_of
from shiftplan.week.horizon import Horizon

_MOST_DAYS = 60
"""Days before the end of the week that a deadline without a year may mean."""


@command(
    "publish",
    "shiftplan publish week --out told",
    'shiftplan publish week --out told --deadline "2026-12-06 18:00"',
    "shiftplan publish week edited.csv --out told",
)
def publish(
    week: Argument,
    out: Out,
    roster: common.MaybeRoster = None,
    deadline: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD HH:MM")] = None,
    even_if_poor: Annotated[bool, typer.Option("--even-if-poor")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw")] = False,
    whole: Annotated[bool, typer.Option("--whole")] = False,
    ledger: Path | None = None,
    why: common.Why = "",
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Publish a roster: write messages and calendars with what is new to people.

    Exit codes: 0 it is published, 1 internal error, 2 bad input, 5 it is not published, because
    the roster is empty, very poor or breaks hard rules.
    """
    start, now = time.monotonic(), _now()
    if withdraw and (roster is not None or deadline is not None or even_if_poor or whole):
        raise Misused(Message("usage.withdraw_alone"), "--withdraw")
    keep_inputs_in(out, week)
    live = read_live(week, lang, anew=staff, recommended=recommended)
    lang = lang_of(live.now.problem, lang)
    due = None if deadline is None else _deadline(deadline, live.files.horizon, now)
    if due is not None and due < live.files.horizon.local(now):
        print(Words(lang)("record.deadline_passed", deadline=due), file=sys.stderr)
    book = None if ledger is None else read_ledger(ledger)
    need_other_folder(live, out, is_draft=False)
    common.make_place(out, lang)
    is_again = False
    if withdraw:
        told = withdrawn_again(live) or live.withdraw(why=why)
    else:
        version = _version(live, roster, lang, same=deadline is None)
        already = told_again(live, version)
        is_again = already is not None
        if is_again and due is not None:
            raise Misused(Message("record.deadline_too_late", version=version), "--deadline")
        with _refusals(live, week, lang):
            told = already or live.publish(
                version, deadline=due, even_if_poor=even_if_poor, why=why
            )
    handed = HandedOut.of(live, told, whole=whole)
    chances = None
    if book is not None and not withdraw:
        chances = chances_of(live, handed.roster, book.show_rates(live.now.problem))
    shown = show_progress(make_console(stderr=True), threading.Event(), start, lang)
    facts = {"version": told.version.number, "week": common.typed(week)}
    with shown as watch, _unwritten(out, facts, lang, is_withdrawn=withdraw):
        watch.write_files()
        written = handed.write(out, lang, now=now, chances=chances)
    _show(told, lang, is_again=is_again, is_withdrawn=withdraw)
    if due is not None:
        print(Words(lang)("record.deadline_is", deadline=due))
    if told.missing:
        print(Words(lang)("record.gone", people=told.missing), file=sys.stderr)
    show_lost(told.problem, told.called_off, "record.call_off", lang)
    common.print_written(lang, *written)
    _show_unsent(out / MESSAGES, week, lang)
    is_difference = told.week.known is not None and not handed.is_whole and not withdraw
    if is_difference and not told.week.state.sent:
        print(Words(lang)("record.if_unsent", **facts, out=common.typed(out)))


def _now() -> datetime:
    return datetime.now(UTC)


def _deadline(text: str, horizon: Horizon, now: datetime) -> datetime:
    """The date and time that a text means; a date alone is the end of that day."""
    last, today = horizon.dates[-1], horizon.local(now).date()
    ahead = (last - timedelta(days=n) for n in range(_MOST_DAYS))
    days = [day for day in ahead if day >= today] or horizon.dates
    found = read_moment(text, days)
    if isinstance(found, Bad):
        day = date_reader((), days)(text)
        if not isinstance(day, date):
            raise Misused(Message("usage.deadline"), "--deadline")
        found = datetime.combine(day, clock(23, 59))
    if found.date() > last:
        raise Misused(Message("usage.after_the_week", day=last), "--deadline")
    return found


def _show_unsent(messages: Path, week: Path, lang: Lang) -> None:
    """Say that the messages, if any, are to be sent, and how to record that."""
    if n := sum(1 for _ in messages.glob("*.txt")):
        table = messages / (BOOK if is_there(messages / BOOK) else TABLE)
        facts = {"n": n, "folder": messages, "week": common.typed(week)}
        facts["table"] = common.typed(table)
        print(Words(lang)("record.send", **facts))


def _version(live: LiveWeek, roster: Path | None, lang: Lang, *, same: bool) -> int | None:
    """The version of a number, the one that a file becomes, or else the newest draft.

    `same`: the version that people know, if the roster is the same. None without a draft.
    """
    week, number = live.now, version_named(roster)
    told = week.state.version_told
    if roster is not None and number is None:
        given = known_part(week.problem, read_roster_of(week.problem, roster, lang))
        if same and is_told(week, given):
            return told
        return live.draft(given, why=str(roster)).number
    return to_tell(live, number) if same else number


@contextmanager
def _refusals(live: LiveWeek, week: Path, lang: Lang) -> Iterator[None]:
    """Say that nothing is published, and why, with the exit code of a poor roster."""
    try:
        yield
    except InputError as error:
        if error.faults[0].code != "not_to_be_told":
            raise
        say = Names(live.now.problem, lang).say
        doubts = [f"  {say(fault.message)}" for fault in error.faults]
        way_out = f"{say(common.of_week(error.faults[0], week).remedy)}."
        print(say("record.not_told"), *doubts, way_out, sep="\n", file=sys.stderr)
        raise typer.Exit(common.EXIT_POOR) from None


@contextmanager
def _unwritten(
    out: Path, facts: Mapping[str, Any], lang: Lang, *, is_withdrawn: bool
) -> Iterator[None]:
    """Say that people count as told, and how the files that failed are written again."""
    try:
        yield
    except (InputError, OSError) as error:
        code = "record.withdrawn_unwritten" if is_withdrawn else "record.told_unwritten"
        print(Words(lang)(code, **facts), file=sys.stderr)
        if isinstance(error, InputError):
            raise
        raise common.unwritable(error, out, lang) from None


def _show(told: Publication, lang: Lang, *, is_again: bool, is_withdrawn: bool) -> None:
    """Say what was published, how many work in it, and for how many people something changes."""
    say, entry = Words(lang), told.version.told
    known, facts = told.week.known, {"version": told.version.number}
    facts["n"] = len(told.people if is_withdrawn else told.roster.shifts_of)
    if is_withdrawn:
        print(say("record.withdrawn", **facts))
    elif is_again and entry is not None:
        at = told.week.files.horizon.local(entry.at)
        print(say("record.told_before", **facts, at=at))
    elif known is None:
        print(say("record.told_first", **facts))
    else:
        changed = len(told.people)
        print(say("record.told_again" if changed else "record.told_same", **facts, changed=changed))
