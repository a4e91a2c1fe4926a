"""Drafts: how `plan` and `repair` report theirs and where they write it; `undo` makes one.

(`LiveWeek`, `NewDraft`) -> lines about it; an earlier version -> a draft.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, Recommended, Staff
from shiftplan.cli.reading import read_live
from shiftplan.cli.usage import Misused
from shiftplan.errors import InputError
from shiftplan.errors.message import AtShift, Message, Person
from shiftplan.files import read_roster
from shiftplan.files.cells import date_reader
from shiftplan.files.lists.reading import read_list
from shiftplan.files.lists.roster import BY_IDS
from shiftplan.files.text import is_there
from shiftplan.present.faults import fault_text
from shiftplan.present.handouts import MESSAGES, week_told
from shiftplan.present.naming import Names
from shiftplan.present.outputs import ROSTER
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import known_part
from shiftplan.record.doubts import broken_rules
from shiftplan.record.live import LiveWeek
from shiftplan.record.planning import NewDraft
from shiftplan.record.saying import first_of
from shiftplan.week.roster import Roster


@command("undo", "shiftplan undo week 3")
def undo(
    week: common.Argument,
    version: Annotated[int, typer.Argument(min=1)],
    why: common.Why = "",
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Go back to an earlier version of the roster, as a new draft.

    Exit codes: 0 the draft was recorded, 2 bad input.
    """
    live = read_live(week, lang, anew=staff, recommended=recommended)
    earlier = live.roster_of(version)
    made = live.undo(version, why=why)
    problem, roster = live.now.problem, live.roster_of(made.number)
    old, new = {*earlier.assignments}, {*roster.assignments}
    lost, added = old - new, sorted(new - old)
    facts = {"version": version, "draft": made.number, "week": common.typed(week)}
    names = Names(problem, lang)
    print(names.say("record.undone_lost" if lost else "record.undone", **facts, n=len(lost)))
    if added:
        which = (Message("entry.at", what=Person(p), when=AtShift(s)) for s, p in added)
        print(names.say("record.undone_kept", n=len(added), which=first_of(which)))
    if (breaks := broken_rules(problem, roster)) is not None:
        print(names.say("plans.note", line=names.say(breaks)), file=sys.stderr)


def need_other_folder(live: LiveWeek, out: Path, *, is_draft: bool = True) -> None:
    """Refuse a folder whose files must not be lost.

    To a draft that is what people were told, of this week or another; else all of another week.
    """
    week, there, told_of = live.now, _roster_in(out), week_told(out)
    known = known_part(week.problem, there, week.state.shifts_told)
    horizon, days = week.files.horizon, _days_in(out)
    has_other_days = bool(days) and days.isdisjoint(horizon.dates)
    is_other = told_of not in (None, horizon.start) or has_other_days or (there and not known)
    if is_other and not (is_draft and told_of is None):
        raise Misused(Message("record.folder_of_another_week", out=out), "--out")
    if is_draft and week.state.told is not None and is_there(out / MESSAGES) and there == week.told:
        facts = {"out": out, "version": week.state.told.number}
        raise Misused(Message("record.told_folder", **facts), "--out")


def _roster_in(out: Path) -> Roster:
    """The roster in a folder of results; an empty one if there is none."""
    try:
        return read_roster(out / ROSTER) if is_there(out / ROSTER) else Roster()
    except InputError:
        return Roster()


def _days_in(out: Path) -> set[date]:
    """The dates beside the ids of the roster in a folder of results, as far as they are read."""
    texts = {*(read_list(out / ROSTER, BY_IDS).column("date") or ())} - {""}
    return {day for day in map(date_reader(texts), texts) if isinstance(day, date)}


def show_unrecorded(error: InputError, week: Path, lang: Lang) -> None:
    """Say on standard error why something could not be recorded, and what to do."""
    why, *way_out = fault_text(common.of_week(error.faults[0], week), lang).splitlines()
    print(Words(lang)("record.unrecorded", why=why), *way_out, sep="\n", file=sys.stderr)


def show_draft(
    live: LiveWeek, made: NewDraft, week: Path, lang: Lang, *, quiet: bool = False
) -> None:
    """Say which draft was recorded, what it changes for people, and how to publish it.

    `quiet`: only what is wrong, on standard error.
    """
    say, told = Words(lang), live.now.state.told
    if made.unrecorded is not None:
        show_unrecorded(made.unrecorded, week, lang)
    if made.meanwhile:
        print(say("record.meanwhile", n=len(made.meanwhile)), file=sys.stderr)
    show_lost(made.problem, made.let_go, "record.let_go", lang)
    if made.version is None or quiet:
        return
    facts = {"draft": made.version.number, "week": common.typed(week)}
    if made.result.poor is not None:
        print(say("record.drafted_poor", **facts))
    elif told is None:
        print(say("record.drafted", **facts))
    else:
        people = live.now.people_changed(made.result.require_roster())
        code = "record.drafted_again" if people else "record.as_known"
        print(say(code, **facts, told=told.number, n=len(people)))


def show_lost(problem: Problem, lost: Roster, code: str, lang: Lang) -> None:
    """Say on standard error which shifts people lose that they agreed to, if any."""
    if not len(lost):
        return
    names = Names(problem, lang)
    print(names.say(code, n=len(lost)), file=sys.stderr)
    for shift, who in lost.assignments:
        line = names.say("answer.leaves", who=Person(who), shift=AtShift(shift))
        print(f"  {line}", file=sys.stderr)
