"""What an entry of a record says, in one sentence.

`RecordEntry` -> `Message`, for the history and the status of a week.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from shiftplan.errors.message import AtCenter, AtShift, Message, OnDay, Person, Place, Span
from shiftplan.files.lists.change_cells import KIND_OF, content_of
from shiftplan.problem.changes import Absence, AnyChange
from shiftplan.record.drafts import is_proposal
from shiftplan.record.entries import (
    Answered,
    Attended,
    Called,
    Changed,
    Drafted,
    Dropped,
    Held,
    NameChanged,
    RecordEntry,
    Revoked,
    Sent,
    Told,
    Withdrawn,
)
from shiftplan.record.forms import Decided, HandedIn, Invited
from shiftplan.record.saying_forms import forms_message
from shiftplan.record.saying_moves import drafted_message, held_message
from shiftplan.week.records import Shift
from shiftplan.week.roster import InShift

MOST_NAMED = 3
"""People, shifts or centers that a sentence names of each kind; of more it tells how many."""
_DAY = dt.timedelta(days=1)


def entry_message(
    entry: RecordEntry,
    people: int | None = None,
    *,
    most: int = MOST_NAMED,
    shifts: Mapping[str, Shift] = {},
) -> Message:
    """What an entry says, such as `3 people absent: ...`.

    Parameters
    ----------
    entry
        The entry. Who made it, when and why stand beside the sentence.
    people
        How many people were told something by it (`people_told`); None where it is unknown, or the
        entry is about something else.
    most
        People, shifts or centers that are named of each kind.
    shifts
        Shifts whose times are said with answers, calls and attendance where these are not more.
    """

    def grouped(prefix: str, state: str, said: Iterable[InShift]) -> Message:
        """What was said of people in shifts; the last word on each counts."""
        last = {(one.shift_id, one.volunteer_id): one for one in said}
        named = len(last) <= most
        pairs = ((getattr(o, state), _person_in(o, shifts if named else {})) for o in last.values())
        return _grouped(((f"{prefix}{kind}", subject) for kind, subject in pairs), most)

    match entry.body:
        case Drafted() as draft:
            return drafted_message(draft, most)
        case Told() as told:
            return _told(told, people)
        case Withdrawn(version=version):
            return Message("entry.withdrawn", version=version)
        case Changed(changes=changes):
            return _grouped(((_kind(c), _subject(c)) for c in changes), most)
        case Answered(answers=answers):
            return grouped("", "answer", answers)
        case Called(calls=calls):
            return grouped("call_", "answer", calls)
        case Attended(turnouts=turnouts):
            return grouped("was_", "state", turnouts)
        case Sent(version=version, to=to):
            people = sum(one.kind == "volunteer" for one in to)
            counts = {"count.people": people, "count.centers": len(to) - people}
            whom = tuple(Message(code, n=n) for code, n in counts.items() if n)
            return Message("entry.sent", version=version, whom=whom)
        case Revoked(entry=number):
            return Message("entry.revoked", entry=number)
        case Held() as held:
            return held_message(held, most)
        case NameChanged(name=name, to=to):
            return Message("entry.renamed", name=name, to=to)
        case Dropped(name=name) if is_proposal(name):
            return Message("entry.proposal_closed", version=name[1:])
        case Dropped(name=name):
            return Message("entry.dropped", name=name)
        case Invited() | HandedIn() | Decided():
            return forms_message(entry.body)


def _person_in(one: InShift, shifts: Mapping[str, Shift]) -> Place | Message:
    """A person, and the time of the shift where it is known."""
    who, shift = Person(one.volunteer_id), shifts.get(one.shift_id)
    if shift is None:
        return who
    return Message("entry.at", what=who, when=Span(shift.start, shift.end))


def _told(told: Told, people: int | None) -> Message:
    said = Message("entry.told", version=told.version)
    if people is not None:
        said = Message("entry.told_to" if people else "entry.told_same", **said.params, n=people)
    if told.deadline is not None:
        said = Message("entry.with_deadline", said=said, deadline=told.deadline)
    return Message("entry.in_spite", said=said) if told.even_if_poor else said


def _grouped(pairs: Iterable[tuple[str, Place | Message]], most: int) -> Message:
    """How often what was said of whom, a part for each kind."""
    groups: dict[str, list[Place | Message]] = {}
    for kind, subject in pairs:
        groups.setdefault(kind, []).append(subject)
    parts = tuple(
        Message(f"entry.{kind}", n=_count(kind, subjects), which=first_of(subjects, most))
        for kind, subjects in groups.items()
    )
    return parts[0] if len(parts) == 1 else Message("entry.parts", parts=parts)


def _count(kind: str, subjects: Iterable[Place | Message]) -> int:
    """How many there are; somebody who is absent at several times is one person."""
    if kind != "absent":
        return len(tuple(subjects))
    return len({s.params["what"] if isinstance(s, Message) else s for s in subjects})


def first_of(
    subjects: Iterable[Place | Message], most: int = MOST_NAMED
) -> tuple[Place | Message, ...]:
    """The first of several, each once, and how many more there are."""
    different = tuple(dict.fromkeys(subjects))
    if len(different) <= most:
        return different
    return *different[:most], Message("form.more", n=len(different) - most)


def _kind(change: AnyChange) -> str:
    return KIND_OF.get(type(change)) or KIND_OF.get(type(content_of(change)), "shift")


def _subject(change: AnyChange) -> Place | Message:
    """Whom or what a change is about, and when."""
    row: Any = content_of(change)
    name = getattr(row, "name", "")
    if hasattr(row, "volunteer_id"):
        subject: Place = Person(row.volunteer_id, name)
        shift_id = getattr(row, "shift_id", None)
        if shift_id is not None:
            return Message("entry.at", what=subject, when=AtShift(shift_id))
    else:
        is_shift = hasattr(row, "shift_id")
        subject = AtShift(row.shift_id) if is_shift else AtCenter(row.center_id)
        if is_shift:
            return subject
    if getattr(row, "date", None) is not None:
        return Message("entry.at", what=subject, when=OnDay(row.date))
    if isinstance(row, Absence) and row.start is None and row.end is None:
        return Message("entry.at", what=subject, when=Message("entry.whole_week"))
    return _timed(subject, getattr(row, "start", None), getattr(row, "end", None))


def _timed(subject: Place, start: dt.datetime | None, end: dt.datetime | None) -> Place | Message:
    if start is None and end is None:
        return subject
    if start is None:
        return Message("entry.until", what=subject, end=end)
    if end is None:
        return Message("entry.since", what=subject, start=start)
    if start.time() == end.time() == dt.time() and end > start:
        first, last = OnDay(start.date()), OnDay((end - _DAY).date())
        if first == last:
            return Message("entry.at", what=subject, when=first)
        return Message("entry.days", what=subject, first=first, last=last)
    if end - start <= _DAY:
        return Message("entry.at", what=subject, when=Span(start, end))
    return Message("entry.between", what=subject, start=start, end=end)
