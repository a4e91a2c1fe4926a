"""What a record holds: entries, each with its number, when, by whom and why.

Commands and apps -> `Body` -> `RecordEntry` -> the store, as JSON; `state` computes from entries
what holds now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeAlias, get_args

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    PlainSerializer,
    PlainValidator,
    TypeAdapter,
)

from shiftplan.problem.changes import (
    Absence,
    AnyChange,
    Arrival,
    Cancellation,
    Closing,
    Need,
    Offer,
    Update,
)
from shiftplan.record.drafts import Drafted as Drafted
from shiftplan.record.drafts import Dropped as Dropped
from shiftplan.record.drafts import Held as Held
from shiftplan.record.drafts import Hold as Hold
from shiftplan.record.drafts import MadeBy as MadeBy
from shiftplan.record.drafts import NameChanged as NameChanged
from shiftplan.record.forms import Decided, HandedIn, Invited
from shiftplan.seasons import Turnout
from shiftplan.week.demand import Demand
from shiftplan.week.fields import (
    LONGEST_TEXT,
    Frozen,
    Id,
    Moment,
    Positive,
    Text,
    one_line,
)
from shiftplan.week.owner import Owner
from shiftplan.week.records import Center, Shift, StandBy, Volunteer
from shiftplan.week.wishes import Pin, Preference

_KINDS: dict[str, type[AnyChange]] = {
    c.__name__: c for c in (Absence, Closing, Cancellation, Need, Arrival, Offer)
}
_ROWS: dict[str, type[Frozen]] = {
    c.__name__: c for c in (Center, Volunteer, Shift, Pin, Preference, Demand, StandBy)
}


def _change_of(value: Any) -> AnyChange:
    """A change, or the one in a mapping from its kind to its value."""
    if isinstance(value, get_args(AnyChange)):
        change: AnyChange = value
        return change
    if not isinstance(value, dict) or len(value) != 1:
        raise ValueError("a change is an object with its kind as the only key")
    ((kind, told),) = value.items()
    if kind in _KINDS:
        return _KINDS[kind].model_validate(told)
    if kind in _ROWS:
        return Update.model_validate({"row": _ROWS[kind].model_validate(told)})
    raise ValueError(f"{kind} is no kind of change")


def _told_change(change: AnyChange) -> dict[str, Any]:
    value = change.row if isinstance(change, Update) else change
    return {type(value).__name__: value.model_dump(mode="json", exclude_defaults=True)}


RecordedChange = Annotated[
    AnyChange, PlainValidator(_change_of), PlainSerializer(_told_change, return_type=dict[str, Any])
]
"""A change under the name of its kind: the models alone do not tell one from another."""


class Told(Frozen):
    """A version was published."""

    kind: Literal["told"] = "told"
    version: Positive
    """The version."""
    shifts: tuple[Shift, ...] = ()
    """Its shifts that somebody works, as they were published."""
    deadline: Moment | None = None
    """Deadline for answers, wall-clock time; None if people were not asked."""
    even_if_poor: bool = False
    """Whether it was published although it is very poor or breaks hard rules."""


class Withdrawn(Frozen):
    """The published roster was withdrawn, and none published in its place."""

    kind: Literal["withdrawn"] = "withdrawn"
    version: Positive
    """The version."""


class Changed(Frozen):
    """The week changed."""

    kind: Literal["changed"] = "changed"
    changes: Annotated[tuple[RecordedChange, ...], Field(min_length=1)]
    """What changed."""


class ShiftAnswer(Frozen):
    """An answer of somebody about one of their shifts."""

    volunteer_id: Id
    """Who."""
    shift_id: Id
    """Which shift."""
    answer: Literal["confirmed", "declined"]
    """Whether the person will come."""


class Answered(Frozen):
    """People answered."""

    kind: Literal["answered"] = "answered"
    answers: Annotated[tuple[ShiftAnswer, ...], Field(min_length=1)]
    """Who said what; a later answer to the same shift counts."""


class Call(Frozen):
    """A reserve was called."""

    volunteer_id: Id
    """Who."""
    shift_id: Id
    """For which shift."""
    answer: Literal["comes", "cannot", "not_reached"]
    """What the person said."""


class Called(Frozen):
    """Reserves were called."""

    kind: Literal["called"] = "called"
    calls: Annotated[tuple[Call, ...], Field(min_length=1)]
    """Who was called, in order."""


class Attended(Frozen):
    """Attendance was recorded."""

    kind: Literal["attended"] = "attended"
    turnouts: Annotated[tuple[Turnout, ...], Field(min_length=1)]
    """How shifts turned out; the last one of each person and shift counts."""


class Sent(Frozen):
    """Messages of a version were sent."""

    kind: Literal["sent"] = "sent"
    version: Positive
    """The version that they announce."""
    to: Annotated[tuple[Owner, ...], Field(min_length=1)]
    """Their recipients."""


class Revoked(Frozen):
    """An entry was a mistake: it counts as if it had never been made."""

    kind: Literal["revoked"] = "revoked"
    entry: Positive
    """Number of the entry: changes, answers, calls, attendance or messages sent."""


Body: TypeAlias = Annotated[
    Drafted
    | Told
    | Withdrawn
    | Changed
    | Answered
    | Called
    | Attended
    | Sent
    | Revoked
    | Held
    | NameChanged
    | Dropped
    | Invited
    | HandedIn
    | Decided,
    Field(discriminator="kind"),
]
"""What an entry says."""
BODY: TypeAdapter[Body] = TypeAdapter(Body)


class RecordEntry(Frozen):
    """One entry of a record; it is never changed."""

    number: Positive
    """Its place in the record of the week, counted from 1."""
    at: Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(dt.UTC))]
    """When it was made."""
    who: Text = ""
    """Who made it, as the caller says."""
    why: Text = ""
    """Why, as the caller says."""
    body: Body
    """What it says."""


def numbered(bodies: Iterable[Body], last: int, who: str, why: str) -> list[RecordEntry]:
    """The entries of some bodies, made now, after the entry of number `last`.

    Signs that cannot be shown are left out of `who` and `why`, and long texts are cut.
    """
    who, why = (one_line(text)[:LONGEST_TEXT] for text in (who, why))
    at = dt.datetime.now(dt.UTC).replace(microsecond=0)
    made = enumerate(bodies, start=last + 1)
    return [RecordEntry(number=n, at=at, who=who, why=why, body=body) for n, body in made]
