"""What is handed to people: calendar files and messages, one for each person and each center.

(`Problem`, `Roster`, folder) -> `calendars/*.ics`, `messages/*.txt`, `messages/messages.csv` and
`messages/messages.xlsx`.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shiftplan.errors import MissingExtraError
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options, lang_option
from shiftplan.files.text import file_fault, is_there, real_path
from shiftplan.files.workbook import has_openpyxl
from shiftplan.present.handouts import folders
from shiftplan.present.handouts.calendars import Calendars as Calendars
from shiftplan.present.handouts.calendars import Revision, Revisions
from shiftplan.present.handouts.calendars import calendars as calendars
from shiftplan.present.handouts.messages import messages as messages
from shiftplan.present.handouts.owners import file_names, named_files, owners_of
from shiftplan.present.handouts.sending import (
    BOOK,
    TABLE,
    TABLES,
    book_bytes,
    send_rows,
    table_text,
    ticks_of,
    unsent,
)
from shiftplan.present.naming import Names
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.week.owner import Owner as Owner
from shiftplan.week.records import Shift
from shiftplan.week.roster import Roster

CALENDARS, MESSAGES = "calendars", "messages"


@takes_week
def write_handouts(
    problem: Problem,
    roster: Roster,
    folder: str | os.PathLike[str],
    *,
    before: Roster | None = None,
    before_shifts: Mapping[str, Shift] | None = None,
    anew: Collection[Owner] = (),
    agreed: Collection[tuple[str, str]] = (),
    deadline: dt.datetime | None = None,
    revisions: Revisions | None = None,
    revision: int = 0,
    now: dt.datetime | None = None,
    links: Mapping[Owner, str] | None = None,
    lang: Lang = "en",
) -> tuple[Path, ...]:
    """Write the calendar and the message of every person and center, and tables of messages.

    Sequence numbers go on from the last run in the same folder, which keeps them in a file of its
    own beside the calendars, and from `revisions`. Files of the last run are removed, files of
    others are left alone. Ticks in the tables of the last run stay at messages that are the same;
    where there are any, those without one get a message anew.
    Without the package icalendar only messages are written, and calendars of the last run removed;
    without openpyxl the table is CSV alone.

    Parameters
    ----------
    problem, roster
        The week, and who works what.
    folder
        Gets the folders `calendars` and `messages`; each is replaced whole, or stays as it was.
    revisions
        Those of a version of the week in another folder, from `revisions_in`; where both folders
        know an event, the higher number counts.
    links
        Reader -> the link by which they answer, with which their message ends. None for no links.
    before, before_shifts, anew, agreed, deadline, revision, now, lang
        As `calendars` and `messages` take them.

    Returns
    -------
    tuple of Path
        The folders written: messages, and calendars unless icalendar is missing.

    Raises
    ------
    InputError
        A roster names unknown ids, a folder cannot be written, a table in it cannot be read, or the
        language is not supported.
    """
    check_options(lang_option(lang))
    place = Path(folder)
    for name in (CALENDARS, MESSAGES):
        folders.take_up(place / name)
    ticks = ticks_of(place / MESSAGES)
    told: dict[str, Any] = {"before": before, "before_shifts": before_shifts, "lang": lang}
    anew = {*anew, *unsent(ticks)}
    asked: dict[str, Any] = {"agreed": agreed, "deadline": deadline, "now": now}
    texts = messages(problem, roster, anew=anew, **asked, **told)
    try:
        made = calendars(
            problem,
            roster,
            revisions=_joined(problem.horizon.start, revisions, revisions_in(place)),
            revision=revision,
            now=now,
            **told,
        )
    except MissingExtraError:
        made = None
    named, words = named_files(problem), Names(problem, lang)
    for owner, link in (links or {}).items():
        if owner in texts:
            texts[owner] += words.say("message.answer_by", link=link) + "\n"
    files = {owner: f"{named[owner]}.txt" for owner in texts}
    letters = {files[owner]: text.encode() for owner, text in texts.items()}
    if texts:
        rows = send_rows(problem, texts, files, ticks, words)
        letters[TABLE] = table_text(rows).encode()
        if has_openpyxl():
            letters[BOOK] = book_bytes(rows, words)
    folders.write_folder(place / MESSAGES, letters, {"week": problem.horizon.start.isoformat()})
    if made is None:
        folders.clear_folder(place / CALENDARS)
        return (place / MESSAGES,)
    names = file_names(owners_of(problem))
    events = {f"{names[owner]}.ics": data for owner, data in made.files.items()}
    notes = {"revisions": made.revisions.model_dump(mode="json", exclude_defaults=True)}
    folders.write_folder(place / CALENDARS, events, notes)
    return place / CALENDARS, place / MESSAGES


def check_handouts(folder: str | os.PathLike[str]) -> None:
    """See that calendars and messages can be written, before anybody waits for a roster.

    Raises
    ------
    InputError
        A file has the name of a folder, the notes of the last run are broken, or a table of
        messages, whose ticks would be lost, cannot be read.
    """
    for name in (CALENDARS, MESSAGES):
        folders.check_folder(Path(folder) / name)
    revisions_in(folder)
    ticks_of(Path(folder) / MESSAGES)


def clear_handouts(folder: str | os.PathLike[str], problem: Problem | None = None) -> None:
    """Remove calendars and messages of the last run, so that none stays beside another roster.

    Parameters
    ----------
    folder
        That of `write_handouts`.
    problem
        A week: files of its people and centers are removed even where the notes of the last run are
        missing, as in a copy without hidden files. None to go by the notes alone.

    Raises
    ------
    InputError
        A file cannot be removed.
    """
    known: dict[str, list[str]] = {CALENDARS: [], MESSAGES: []}
    if problem is not None:
        known[CALENDARS] = [f"{name}.ics" for name in file_names(owners_of(problem)).values()]
        known[MESSAGES] = [f"{name}.txt" for name in named_files(problem).values()]
        known[MESSAGES] += TABLES
    for name, files in known.items():
        folders.clear_folder(Path(folder) / name, files)


def week_told(folder: str | os.PathLike[str]) -> dt.date | None:
    """First date of the week whose messages are in a folder; None where there are none.

    Parameters
    ----------
    folder
        That of `write_handouts`.

    Raises
    ------
    InputError
        The notes of the last run are broken.
    """
    place = Path(folder) / MESSAGES
    notes = folders.read_notes(real_path(place))
    if not any(is_there(place / name) for name in notes.get("files", ())):
        return None
    try:
        return dt.date.fromisoformat(notes["week"])
    except (KeyError, TypeError, ValueError):
        return None


def revisions_in(folder: str | os.PathLike[str]) -> Revisions | None:
    """What the calendars of a folder said last; None when there are none.

    Parameters
    ----------
    folder
        That of `write_handouts`.

    Raises
    ------
    InputError
        The notes of the last run are broken.
    """
    place = Path(folder) / CALENDARS
    kept = folders.read_notes(real_path(place)).get("revisions")
    if kept is None:
        return None
    try:
        return Revisions.model_validate(kept)
    except ValidationError:
        path = place / folders.NOTES
        remedy = Message("handouts.remove_notes", path=path)
        message = Message("handouts.broken_notes")
        raise file_fault("broken_json", path, message, remedy) from None


def _joined(week: dt.date, *versions: Revisions | None) -> Revisions:
    """The latest revision of each event of a week."""
    events: dict[str, Revision] = {}
    for version in versions:
        if version is not None and version.week == week:
            for uid, revision in version.events.items():
                if uid not in events or events[uid].sequence < revision.sequence:
                    events[uid] = revision
    return Revisions(week=week, events=events)
