"""Drafts: how `plan` and `repair` report theirs and where they write it; `undo` makes one.

(`LiveWeek`, `NewDraft`) -> what is said of it; an earlier version -> a draft.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Language, Recommended, Staff
from shiftplan.cli.reading import read_live
from shiftplan.cli.usage import Misused
from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files import read_roster
from shiftplan.files.text import is_there
from shiftplan.present.faults import fault_text
from shiftplan.present.handouts import MESSAGES
from shiftplan.present.outputs import ROSTER
from shiftplan.present.words import Lang, Words
from shiftplan.record.live import LiveWeek
from shiftplan.record.planning import NewDraft


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
    lost = len(earlier) - len(live.roster_of(made.number))
    facts = {"version": version, "draft": made.number, "n": lost, "week": common.typed(week)}
    print(Words(lang)("record.undone_lost" if lost else "record.undone", **facts))


def need_other_folder(live: LiveWeek, out: Path) -> None:
    """Refuse a folder into which the roster that people know was published."""
    told = live.now.told
    if told is None or not (is_there(out / ROSTER) and is_there(out / MESSAGES)):
        return
    try:
        there = read_roster(out / ROSTER)
    except InputError:
        return
    if there == told:
        assert live.now.state.told is not None
        facts = {"out": out, "version": live.now.state.told.number}
        raise Misused(Message("record.told_folder", **facts), "--out")


def show_draft(
    live: LiveWeek, made: NewDraft, week: Path, lang: Lang, *, quiet: bool = False
) -> None:
    """Say which draft was recorded, what it changes for people, and how to tell them.

    `quiet`: only what is wrong, on standard error.
    """
    say, told = Words(lang), live.now.state.told
    if made.unrecorded is not None:
        why = fault_text(made.unrecorded.faults[0], lang)
        print(say("record.unrecorded", why=why), file=sys.stderr)
    if made.meanwhile:
        print(say("record.meanwhile", n=len(made.meanwhile)), file=sys.stderr)
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
