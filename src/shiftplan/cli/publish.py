"""`publish`: a version of the roster becomes what people know, or is withdrawn.

Week and its record -> an entry, and messages, calendars and tables of what is new to people.
"""

from __future__ import annotations

import sys
import threading
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.analysis.reserves import Reserve, reserves
from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Argument, Language, Out, Recommended, Staff
from shiftplan.cli.drafts import need_other_folder, show_lost
from shiftplan.cli.reading import read_live, read_roster_of, version_named
from shiftplan.cli.usage import Misused
from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad, date_reader, read_moment
from shiftplan.files.ledgers import read_ledger
from shiftplan.files.text import is_there
from shiftplan.present.answers.reasons import changes_csv
from shiftplan.present.display import make_console, show_progress
from shiftplan.present.handouts import MESSAGES
from shiftplan.present.handouts.owners import readers_of
from shiftplan.present.handouts.sending import BOOK, TABLE
from shiftplan.present.naming import Names, lang_of
from shiftplan.present.outputs import CHANGES, write_told
from shiftplan.present.words import Lang, Words
from shiftplan.problem.changes import possible
from shiftplan.problem.known_ids import known_part
from shiftplan.record.entries import Withdrawn
from shiftplan.record.live import LiveWeek
from shiftplan.record.telling import Publication, is_told, published, unsent
from shiftplan.record.turned_out import chances_of
from shiftplan.seasons import Ledger
from shiftplan.week.horizon import Horizon
from shiftplan.week.owner import Owner
from shiftplan.week.roster import Roster

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
    live = read_live(week, lang, anew=staff, recommended=recommended)
    lang = lang_of(live.now.problem, lang)
    due = None if deadline is None else _deadline(deadline, live.files.horizon, now)
    if due is not None and due < live.files.horizon.local(now):
        print(Words(lang)("record.deadline_passed", deadline=due), file=sys.stderr)
    book = None if ledger is None else read_ledger(ledger)
    need_other_folder(live, out, is_draft=False)
    common.make_place(out, lang)
    already = None
    if withdraw:
        told = _withdrawn_already(live) or live.withdraw(why=why)
    else:
        version = _version(live, roster, lang, same=deadline is None)
        already = _told_already(live, version)
        if already is not None and due is not None:
            raise Misused(Message("record.deadline_too_late", version=version), "--deadline")
        try:
            told = already or live.publish(
                version, deadline=due, even_if_poor=even_if_poor, why=why
            )
        except InputError as error:
            if error.faults[0].code != "not_to_be_told":
                raise
            raise _refused(error, Names(live.now.problem, lang)) from None
    if deadline is not None and told.week.known is not None and not told.people:
        whole = True  # nothing is new but the deadline, which everybody has to read
    tables = {CHANGES: changes_csv(told, lang)} if told.week.known is not None else {}
    shown = show_progress(make_console(stderr=True), threading.Event(), start, lang)
    with shown as watch:
        watch.write_files()
        try:
            written = write_told(
                told.problem,
                told.roster,
                out,
                lang,
                beside=tables,
                before=told.week.known,
                before_shifts=told.week.state.shifts_told,
                anew=_unreached(live, told, whole=whole),
                agreed=told.week.agreed,
                deadline=live.now.state.deadline,
                now=now,
                revision=told.week.state.times_told,
                lists=() if withdraw else _lists(live, told.roster, book),
            )
        except (InputError, OSError) as error:
            code = "record.withdrawn_unwritten" if withdraw else "record.told_unwritten"
            facts = {"version": told.version.number, "week": common.typed(week)}
            print(Words(lang)(code, **facts), file=sys.stderr)
            if isinstance(error, InputError):
                raise
            raise common.unwritable(error, out, lang) from None
    _show(told, lang, is_again=already is not None, is_withdrawn=withdraw)
    if due is not None:
        print(Words(lang)("record.deadline_is", deadline=due))
    if told.missing:
        print(Words(lang)("record.gone", people=told.missing), file=sys.stderr)
    show_lost(told.problem, told.called_off, "record.call_off", lang)
    common.print_written(lang, *written)
    _show_unsent(out / MESSAGES, week, lang)
    is_difference = told.week.known is not None and not whole and not withdraw
    if is_difference and not told.week.state.sent:
        facts = {
            "version": told.version.number,
            "week": common.typed(week),
            "out": common.typed(out),
        }
        print(Words(lang)("record.if_unsent", **facts))


def _lists(live: LiveWeek, told: Roster, book: Ledger | None) -> tuple[Reserve, ...]:
    """Stand-by lists of a published roster, in the week as it is now."""
    week = live.now
    here = possible(week.problem, Roster.of({*told.assignments, *week.called_in.assignments}))
    chances = None if book is None else chances_of(live, here, book.show_rates(week.problem))
    return reserves(week.problem, here, called=week.state.times_called, chances=chances)


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


def _unreached(live: LiveWeek, told: Publication, *, whole: bool) -> set[Owner]:
    """Who gets all of their shifts: whom no message has reached, or everybody who has any."""
    before = live.entries[: told.week.state.head]
    found = unsent(told.week, before, live.roster_or_none, even_if_none=whole)
    return {*found, *(readers_of(told.problem, told.roster) if whole else ())}


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
    if number is None and week.state.draft is not None:
        number = week.state.draft.number
    version = None if number is None else week.state.versions.get(number)
    is_next = version is not None and version.draft.after == told
    if same and is_next and is_told(week, live.roster_or_none(number or 0) or Roster()):
        return told
    return number


def _told_already(live: LiveWeek, version: int | None) -> Publication | None:
    """The last publication, to write lost files again; None for another version."""
    now = live.now.state.told
    if now is None or now.told is None or now.number != version:
        return None
    before = live.week_after(now.told.number - 1)
    return published(before, now, live.roster_of(now.number))


def _withdrawn_already(live: LiveWeek) -> Publication | None:
    """The last withdrawal, to write lost files again; None if something was published since."""
    gone = live.now.state.withdrawn
    if gone is None:
        return None
    last = max(entry.number for entry in live.entries if isinstance(entry.body, Withdrawn))
    return published(live.week_after(last - 1), gone, Roster())


def _refused(error: InputError, names: Names) -> typer.Exit:
    """Say that nothing is published, and why; exit code of a poor roster."""
    say = names.say
    doubts = [f"  {say(fault.message)}" for fault in error.faults]
    way_out = f"{say(error.faults[0].remedy)}."
    print(say("record.not_told"), *doubts, way_out, sep="\n", file=sys.stderr)
    return typer.Exit(common.EXIT_POOR)


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
