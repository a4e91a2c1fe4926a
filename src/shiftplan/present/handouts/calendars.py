"""Calendars of people and centers in the format of RFC 5545.

(`Problem`, `Roster`, what was told before) -> `CalendarEvent`s, those of now and those that are
cancelled -> bytes of an .ics file for each. How often each was changed (`Revisions`) is kept beside
the files -> the next version's sequence numbers.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, Field

from shiftplan.errors import MissingExtraError
from shiftplan.errors.options import check_options, lang_option
from shiftplan.present.handouts.owners import Book, owners_of
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.week.fields import Frozen, Id, Moment, Text, one_line
from shiftplan.week.owner import Owner
from shiftplan.week.records import Shift
from shiftplan.week.roster import Roster

if TYPE_CHECKING:
    import icalendar


MOST_SEQUENCE = 2_000_000_000
"""Calendar programs keep sequence numbers in 32 bits."""
_SPACE = uuid.UUID("6f0e2a52-6a0b-5d0c-9d53-3a4f2f1c7b11")
_LENGTH = 32
_AROUND = dt.timedelta(days=366)


def _in_seconds(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(microsecond=0)


class OtherWork(Frozen):
    """Work of a person that is no shift, as a calendar said it."""

    volunteer_id: Id
    """Whose work it is."""
    start: Moment
    """First minute, wall-clock time."""
    end: Moment
    """First minute after it, wall-clock time."""
    what: Text = ""
    """What it is; empty where that is unknown."""


class Revision(Frozen):
    """What was last said of one shift, or other work, of one person or center."""

    sequence: int = Field(ge=0, le=MOST_SEQUENCE)
    """How often it was changed; calendar programs keep what has the highest number."""
    content: str = Field(max_length=100)
    """Fingerprint of what was said."""
    modified: Annotated[AwareDatetime, AfterValidator(_in_seconds)]
    """When it was said first."""
    cancelled: tuple[Literal["volunteer", "center"], str, str] | None = None
    """Kind and id of the owner and id of the shift, where the shift was cancelled."""
    work: OtherWork | None = None
    """What it is, where it is no shift."""


class Revisions(Frozen):
    """What the calendars of one week said last."""

    week: dt.date
    """First date of the week."""
    events: Mapping[str, Revision] = {}
    """Identifier of the event -> what was said of it."""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """What a calendar says of one shift, or of other work."""

    uid: str
    """Identifier, made of the week, the owner and the shift, never of names or times; that of other
    work is made of the owner and its times."""
    of: Shift | OtherWork
    summary: str
    """Title, one line."""
    description: str
    """Who works it, lines."""
    cancelled: bool
    """Whether it says that the shift is not to be worked."""
    told: bool
    """Whether people were told of the shift before."""

    @property
    def center_id(self) -> str:
        """Where it is; empty where that is unknown."""
        return self.of.center_id if isinstance(self.of, Shift) else ""

    @property
    def content(self) -> str:
        """Fingerprint of what is said."""
        start, end = self.of.start, self.of.end
        said = [str(start), str(end), self.center_id, self.summary, self.description]
        text = json.dumps([*said, self.cancelled], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]


class _Events:
    """Events of the owners of a book."""

    def __init__(self, book: Book, moment: dt.datetime, least: int) -> None:
        self._book, self._say, self._now, self._least = book, book.names.say, moment, least
        self._week = book.problem.horizon.start.isoformat()

    def of(self, owner: Owner, cancelled: Collection[str] = ()) -> Iterator[CalendarEvent]:
        """Yield events in order of time, then those that are cancelled.

        `cancelled`: ids of shifts that were cancelled in earlier versions.
        """
        book = self._book
        told, now = book.told(owner), book.now(owner)
        for shift in now.values():
            yield self._event(owner, shift, book.roster, told=shift.shift_id in told)
        known = {shift_id: book.told_shifts.get(shift_id) for shift_id in cancelled}
        gone = [
            shift for shift_id, shift in (known | told).items() if shift_id not in now and shift
        ]
        key = "shift_cancelled" if owner.kind == "volunteer" else "cancelled"
        for shift in sorted(gone, key=lambda s: (s.start, s.shift_id)):
            if owner.kind == "center":  # it may be at another center now
                shift = shift.model_copy(update={"center_id": owner.id})
            uid, center = self._uid(owner, shift), book.names.center(shift.center_id)
            said = self._say(f"calendar.{key}", center=center), self._say("calendar.not_needed")
            yield CalendarEvent(uid, shift, *said, cancelled=True, told=True)

    def beside(self, owner: Owner, known: Iterable[OtherWork]) -> Iterator[CalendarEvent]:
        """Yield events of a person's other work in order of time, then those that are cancelled.

        `known`: what the person's calendar said of it in earlier versions.
        """
        is_person = owner.kind == "volunteer"
        now: dict[str, CalendarEvent] = {}
        for row in self._book.problem.other_work(owner.id) if is_person else ():
            work = OtherWork(volunteer_id=owner.id, start=row.start, end=row.end, what=row.what)
            event = self._other(work, self._book.names.occupying(row))
            now.setdefault(event.uid, event)
        yield from now.values()
        for work in sorted(known, key=lambda w: (w.start, w.end)):
            what = one_line(work.what) or self._say("message.other_work")
            event = self._other(work, self._say("calendar.other_cancelled", what=what), gone=True)
            if event.uid not in now:
                yield event

    def _other(self, work: OtherWork, summary: str, *, gone: bool = False) -> CalendarEvent:
        key = ["occupied", work.volunteer_id, str(work.start), str(work.end)]
        uid = str(uuid.uuid5(_SPACE, json.dumps(key, ensure_ascii=False)))
        said = self._say("calendar.other_not_needed" if gone else "calendar.other")
        return CalendarEvent(uid, work, summary, said, cancelled=gone, told=False)

    def revised(self, owner: Owner, event: CalendarEvent, known: Revision | None) -> Revision:
        """The revision of an event: the one known when nothing changed, else the next."""
        shift = event.of if isinstance(event.of, Shift) else None
        if known is None and event.told and shift is not None:
            shift = self._book.told_shifts[shift.shift_id]
            before = self._event(owner, shift, self._book.before or Roster(), told=True)
            known = Revision(sequence=0, content=before.content, modified=self._now)
        if known is not None and known.content == event.content:
            return known
        where = (owner.kind, owner.id, shift.shift_id) if event.cancelled and shift else None
        return Revision(
            sequence=max(self._least, 0 if known is None else known.sequence + 1),
            content=event.content,
            modified=self._now,
            cancelled=where,
            work=None if isinstance(event.of, Shift) else event.of,
        )

    def _event(self, owner: Owner, shift: Shift, roster: Roster, *, told: bool) -> CalendarEvent:
        book, say = self._book, self._say
        people = roster.people_in.get(shift.shift_id, ())
        center = book.names.center(shift.center_id)
        breaks = book.breaks if roster is book.roster else book.told_breaks
        if owner.kind == "volunteer":
            mates = book.team(who for who in people if who != owner.id)
            team = say("calendar.with", names=mates) if mates else say("calendar.alone")
            summary = say("calendar.shift", center=center)
            if hours := breaks.hours(shift.shift_id, owner.id):
                team += "\n" + say("calendar.break", hours=hours)
            if reach := book.names.reach_there(shift.center_id):
                team += "\n" + say("message.reach", name=center, reach=reach)
        else:
            lines = [say("calendar.team", n=len(people))]
            lines += (breaks.beside(book.names.person(p), shift.shift_id, p) for p in people)
            team = "\n".join(lines)
            summary = say("calendar.people", n=len(people), center=center)
        code = say("calendar.code", id=one_line(shift.shift_id))
        uid = self._uid(owner, shift)
        return CalendarEvent(uid, shift, summary, f"{team}\n{code}", cancelled=False, told=told)

    def _uid(self, owner: Owner, shift: Shift) -> str:
        key = json.dumps([self._week, owner.kind, owner.id, shift.shift_id], ensure_ascii=False)
        return str(uuid.uuid5(_SPACE, key))


@dataclass(frozen=True, slots=True)
class Calendars:
    """The calendars of a week, and what the next version has to know of them."""

    files: Mapping[Owner, bytes]
    """Text of the .ics file of each person and center."""
    revisions: Revisions
    """Sequence number of every event."""


@takes_week
def calendars(
    problem: Problem,
    roster: Roster,
    *,
    before: Roster | None = None,
    before_shifts: Mapping[str, Shift] | None = None,
    revisions: Revisions | None = None,
    revision: int = 0,
    now: dt.datetime | None = None,
    lang: Lang = "en",
) -> Calendars:
    """Make the calendar of every person and every center.

    An event keeps its identifier as long as week, shift and owner stay the same, so that a new
    version replaces it. Its sequence number rises by one whenever what it says has changed.

    Parameters
    ----------
    problem
        The week; its horizon's zone is that of all times.
    roster
        Who works what now.
    before
        What people were told last: what it has and the roster has not is cancelled. None when
        nothing is to be cancelled.
    before_shifts
        Id -> the shift as people were told of it, for those that are now at another time or place
        or are gone from the week. None where all are as they were told.
    revisions
        What the last version's `Calendars.revisions` were; those of another week are ignored.
        Without them, what changed against `before` has the number 1, everything else 0.
    revision
        Least sequence number of what changed, for when earlier revisions are lost.
    now
        Time stamped on what changed, aware; the present if None.
    lang
        Language of the texts.

    Raises
    ------
    InputError
        A roster names unknown ids, or the language is not supported.
    MissingExtraError
        The package icalendar is not installed.
    """
    check_options(lang_option(lang))
    try:
        import icalendar
    except ModuleNotFoundError as error:
        raise MissingExtraError("icalendar", "calendar") from error
    book = Book(problem, roster, before, lang, before_shifts)
    week = problem.horizon.start
    kept = {} if revisions is None or revisions.week != week else dict(revisions.events)
    moment = (now or dt.datetime.now(dt.UTC)).astimezone(dt.UTC).replace(microsecond=0)
    events, form = _Events(book, moment, revision), _Form(icalendar, book)
    cancelled: dict[Owner, list[str]] = {}
    beside: dict[Owner, list[OtherWork]] = {}
    for earlier in kept.values():
        if earlier.cancelled is not None:
            kind, who, shift_id = earlier.cancelled
            cancelled.setdefault(Owner(kind, who), []).append(shift_id)
        if earlier.work is not None:
            who = earlier.work.volunteer_id
            beside.setdefault(Owner("volunteer", who), []).append(earlier.work)
    files, said = {}, kept
    for owner in owners_of(problem):
        rows = []
        own = events.of(owner, cancelled.get(owner, ()))
        for event in (*own, *events.beside(owner, beside.get(owner, ()))):
            said[event.uid] = events.revised(owner, event, kept.get(event.uid))
            rows.append((event, said[event.uid]))
        files[owner] = form.file(owner, rows)
    return Calendars(files, Revisions(week=week, events=said))


class _Form:
    """Writes the calendars of one book, with the time zone they share."""

    def __init__(self, package: Any, book: Book) -> None:
        self._ical, self._book = package, book
        horizon = book.problem.horizon
        self._zone = ZoneInfo(horizon.zone)
        span = {"first_date": horizon.start - _AROUND, "last_date": horizon.end + _AROUND}
        self._table: icalendar.Timezone = package.Timezone.from_tzid(horizon.zone, **span)
        self._table.pop("COMMENT", None)

    def file(self, owner: Owner, rows: Iterable[tuple[CalendarEvent, Revision]]) -> bytes:
        """The .ics file of a person or center."""
        names, calendar = self._book.names, self._ical.Calendar()
        name = names.called if owner.kind == "volunteer" else names.center
        calendar.add("version", "2.0")
        calendar.add("prodid", "-//shiftplan//shiftplan//EN")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", names.say("calendar.name", name=name(owner.id)))
        calendar.add("x-wr-timezone", self._book.problem.horizon.zone)
        calendar.add_component(self._table)
        for event, revision in rows:
            calendar.add_component(self._component(owner, event, revision))
        data: bytes = calendar.to_ical()
        return data

    def _component(self, owner: Owner, event: CalendarEvent, revision: Revision) -> icalendar.Event:
        center = self._book.centers.get(event.center_id)
        start, end = (t.replace(tzinfo=self._zone) for t in (event.of.start, event.of.end))
        is_of_days = isinstance(event.of, OtherWork) and start.time() == end.time() == dt.time()
        busy = owner.kind == "volunteer" and not event.cancelled
        values: dict[str, Any] = {
            "uid": event.uid,
            "sequence": revision.sequence,
            "dtstamp": revision.modified,
            "last-modified": revision.modified,
            "dtstart": start.date() if is_of_days else start,
            "dtend": end.date() if is_of_days else end,
            "summary": event.summary,
            "description": event.description,
            "status": "CANCELLED" if event.cancelled else "CONFIRMED",
            "transp": "OPAQUE" if busy else "TRANSPARENT",
        }
        if center is not None and center.lat is not None and center.lon is not None:
            values["geo"] = (center.lat, center.lon)
        if event.center_id:
            values["location"] = self._book.names.center(event.center_id)
        found: icalendar.Event = self._ical.Event()
        for name, value in values.items():
            found.add(name, value)
        return found
