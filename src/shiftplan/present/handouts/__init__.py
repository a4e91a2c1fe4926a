"""What is handed to people: calendar files and messages, one for each person and each center.

(`Problem`, `Roster`, folder) -> `calendars/*.ics`, `messages/*.txt` and `messages/messages.csv`.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from pydantic import ValidationError

from shiftplan.errors import MissingExtraError
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options, lang_option
from shiftplan.files.text import file_fault, real_path
from shiftplan.present.handouts import folders
from shiftplan.present.handouts.calendars import Calendars as Calendars
from shiftplan.present.handouts.calendars import Revision, Revisions
from shiftplan.present.handouts.calendars import calendars as calendars
from shiftplan.present.handouts.messages import message_table
from shiftplan.present.handouts.messages import messages as messages
from shiftplan.present.handouts.owners import Owner as Owner
from shiftplan.present.handouts.owners import file_names, owners_of
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.week.roster import Roster

CALENDARS, MESSAGES, TABLE = "calendars", "messages", "messages.csv"


def write_handouts(
    problem: Problem,
    roster: Roster,
    folder: str | os.PathLike[str],
    *,
    before: Roster | None = None,
    revisions: Revisions | None = None,
    revision: int = 0,
    now: dt.datetime | None = None,
    lang: Lang = "en",
) -> tuple[Path, ...]:
    """Write the calendar and the message of every person and center, and a table of messages.

    Sequence numbers go on from the last run in the same folder, which keeps them in a file of its
    own beside the calendars, and from `revisions`. Files of the last run are removed, files of
    others are left alone. Without the package icalendar only messages are written, and calendars of
    the last run removed.

    Parameters
    ----------
    problem, roster
        The week, and who works what.
    folder
        Gets the folders `calendars` and `messages`; each is replaced whole, or stays as it was.
    revisions
        Those of a version of the week in another folder, from `revisions_in`; where both folders
        know an event, the higher number counts.
    before, revision, now, lang
        As `calendars` and `messages` take them.

    Returns
    -------
    tuple of Path
        The folders written: messages, and calendars unless icalendar is missing.

    Raises
    ------
    InputError
        A roster names unknown ids, a folder cannot be written, or the language is not supported.
    """
    check_options(lang_option(lang))
    place = Path(folder)
    for name in (CALENDARS, MESSAGES):
        folders.take_up(place / name)
    names = file_names(owners_of(problem))
    texts = messages(problem, roster, before=before, lang=lang)
    try:
        made = calendars(
            problem,
            roster,
            before=before,
            revisions=_joined(problem.horizon.start, revisions, revisions_in(place)),
            revision=revision,
            now=now,
            lang=lang,
        )
    except MissingExtraError:
        made = None
    files = {owner: f"{names[owner]}.txt" for owner in texts}
    letters = {files[owner]: text.encode() for owner, text in texts.items()}
    if texts:
        letters[TABLE] = message_table(problem, texts, files).encode()
    folders.write_folder(place / MESSAGES, letters, {})
    if made is None:
        folders.clear_folder(place / CALENDARS)
        return (place / MESSAGES,)
    events = {f"{names[owner]}.ics": data for owner, data in made.files.items()}
    notes = {"revisions": made.revisions.model_dump(mode="json", exclude_defaults=True)}
    folders.write_folder(place / CALENDARS, events, notes)
    return place / CALENDARS, place / MESSAGES


def check_handouts(folder: str | os.PathLike[str]) -> None:
    """See that calendars and messages can be written, before anybody waits for a roster.

    Raises
    ------
    InputError
        A file has the name of a folder, or the notes of the last run are broken.
    """
    for name in (CALENDARS, MESSAGES):
        folders.check_folder(Path(folder) / name)
    revisions_in(folder)


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
    names = [] if problem is None else file_names(owners_of(problem)).values()
    for name, suffix in ((CALENDARS, "ics"), (MESSAGES, "txt")):
        known = [TABLE] if suffix == "txt" and problem is not None else []
        known += [f"{own}.{suffix}" for own in names]
        folders.clear_folder(Path(folder) / name, known)


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
