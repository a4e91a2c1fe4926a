"""Who did what when: the entries of the record, earlier versions, and all of it as files.

`RecordEntry`s -> `HistoryShown`, newest first; a version -> its roster; the record -> a zip.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query

from shiftplan.files import write_week
from shiftplan.present.naming import Names
from shiftplan.problem.known_ids import known_part
from shiftplan.record.concerned import concerned_by
from shiftplan.record.current import CurrentWeek
from shiftplan.record.entries import Drafted, RecordEntry, Told, Withdrawn
from shiftplan.record.folding import revoked_by
from shiftplan.record.saying import entry_message
from shiftplan.record.state import REVOCABLE
from shiftplan.record.tables import write_record
from shiftplan.record.telling import people_told
from shiftplan.web.bodies import RequestBody
from shiftplan.web.desk import AtDesk
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.visitor import Province
from shiftplan.web.zipped import Zip
from shiftplan.week.fields import Frozen, Id, Positive, Text
from shiftplan.week.roster import Assignment, Roster

router = APIRouter(tags=["history"])
_MOST = 10_000
"""Entries in one answer."""
_WEEK = "week"
"""Folder of the week as it is now, beside the tables of its record."""


class EntryShown(Frozen):
    """One entry of the record in words."""

    number: int
    """Its number."""
    at: dt.datetime
    """When it was made, wall-clock time of the week."""
    who: str
    """Who made it."""
    why: str
    """Why, as they said."""
    kind: str
    """Its kind, such as `told`."""
    made_by: str
    """What made a version; empty for other entries."""
    text: str
    """What it says, in the language asked for."""
    version: int | None
    """The version that was made, published or withdrawn; None for other entries."""
    revocable: bool
    """Whether it can be revoked."""
    revoked_by: int | None
    """Number of the entry that revoked it; None where it counts."""


class HistoryShown(Frozen):
    """A part of the history, newest first."""

    entries: tuple[EntryShown, ...]
    """The entries."""
    more: bool
    """Whether there are older ones."""


class VersionShown(Frozen):
    """The roster of a version as it was."""

    version: int
    """Its number."""
    at: dt.datetime
    """When it was made, wall-clock time of the week."""
    who: str
    """Who made it."""
    assignments: tuple[Assignment, ...]
    """Who works what, of people and shifts that are in the week by now."""
    total: int | None
    """Its total cost as it was; None when it broke hard rules."""
    bound: int | None
    """Proven bound of the total; None when nothing was proven."""


class RevokeOrder(RequestBody):
    """An order to revoke an entry that was a mistake."""

    entry: Positive
    """Its number."""
    why: Text = ""
    """The reason, for the record."""


def entries_shown(
    week: CurrentWeek,
    entries: tuple[RecordEntry, ...],
    names: Names,
    revoked: Mapping[int, int],
    people: Mapping[int, int],
) -> Iterator[EntryShown]:
    """Yield entries in words.

    `revoked`: number -> the entry that revoked it; `people`: number -> how many were told by it.
    """
    local, shifts = week.files.horizon.local, week.problem.shift_by_id
    for entry in entries:
        body = entry.body
        by = revoked.get(entry.number)
        yield EntryShown(
            number=entry.number,
            at=local(entry.at),
            who=entry.who,
            why=entry.why,
            kind=body.kind,
            made_by=body.made_by if isinstance(body, Drafted) else "",
            text=names.say.show(entry_message(entry, people.get(entry.number), shifts=shifts)),
            version=body.version if isinstance(body, Drafted | Told | Withdrawn) else None,
            revocable=isinstance(body, REVOCABLE) and by is None,
            revoked_by=by,
        )


@router.get("/history")
def history(
    desk: AtDesk,
    _: Province,
    lang: AskedLang = "en",
    person: Id | None = None,
    center: Id | None = None,
    kind: Annotated[str | None, Query(max_length=20)] = None,
    below: Positive | None = None,
    limit: Annotated[int, Query(ge=1, le=_MOST)] = 100,
) -> HistoryShown:
    """Entries of the record, newest first.

    `person`, `center`: only those about them; `kind`: only those of a kind; `below`: only those
    with a lower number.
    """
    with desk.lock:
        week, names = desk.week.refresh(), desk.names(lang)
        entries, roster = desk.week.entries, desk.week.roster_or_none
        people = people_told(week, entries, roster)
        is_any = person is None and center is None
        concerned = None if is_any else concerned_by(week, entries, roster)
    found = []
    for entry in reversed(entries if below is None else entries[: below - 1]):
        if kind is not None and entry.body.kind != kind:
            continue
        if concerned is not None:
            about = concerned(entry)
            if person is not None and person not in about.people:
                continue
            if center is not None and center not in about.centers:
                continue
        found.append(entry)
        if len(found) > limit:
            break
    shown = entries_shown(week, tuple(found[:limit]), names, revoked_by(entries), people)
    return HistoryShown(entries=tuple(shown), more=len(found) > limit)


@router.get("/history/files", response_class=Zip)
def files(desk: AtDesk, _: Province, lang: AskedLang = "en") -> Zip:
    """A zip of what `shiftplan history --out` writes: the record and the week as it is now."""
    with desk.lock:
        week, entries = desk.week.refresh(), desk.week.entries

    def roster(version: int) -> Roster | None:
        with desk.lock:
            return desk.week.roster_or_none(version)

    def fill(out: Path) -> None:
        write_record(out, week, entries, roster, say=Names(week.problem, lang).say)
        write_week(week.problem, out / _WEEK)

    return Zip.of("history.zip", fill)


@router.get("/versions/{version}")
def version(desk: AtDesk, _: Province, version: Positive) -> VersionShown:
    """A version of the roster as it was when it was made."""
    with desk.lock:
        week = desk.week.refresh()
        found, roster = week.state.need(version), desk.week.roster_of(version)
    return VersionShown(
        version=version,
        at=week.files.horizon.local(found.entry.at),
        who=found.entry.who,
        assignments=known_part(week.problem, roster).assignments,
        total=found.draft.cost,
        bound=found.draft.bound,
    )


@router.post("/history/revoked", status_code=204)
def revoke(desk: AtDesk, visitor: Province, order: RevokeOrder) -> None:
    """Revoke an entry that was a mistake: changes, answers, calls, attendance, messages sent."""
    with desk.recording(visitor) as live:
        live.revoke(order.entry, why=order.why)
