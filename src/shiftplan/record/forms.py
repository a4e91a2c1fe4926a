"""What entries say of forms: links that open them, what people hand in, what became of it.

Coordinators and people -> `Invited`, `HandedIn`, `Decided` -> `entries.Body`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, model_validator

from shiftplan.week.fields import Count, Frozen, Id, Moment, Positive, Text
from shiftplan.week.owner import Owner

LONGEST_NOTE = 500
"""Characters of a note that somebody writes."""
Note = Annotated[Text, Field(max_length=LONGEST_NOTE)]
"""Words of a person: on one line, at most 500 characters."""
Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
"""SHA-256 of a token, as lower-case hexadecimal."""
FormId = Annotated[str, StringConstraints(pattern="^[0-9A-Za-z_-]{16,64}$")]
"""What a form calls one sending, so that it counts once however often it arrives."""
Weighed = Literal["same", "counts", "waits"]
"""What a statement changes. `same`: nothing; `counts`: it counts at once; `waits`: it contradicts
what is planned or published, and counts once a coordinator accepts it."""


class Invitation(Frozen):
    """A link to somebody's form, or the end of their earlier link."""

    owner: Owner
    """Whose."""
    digest: Digest | None = None
    """Digest of its token, which is not kept; None takes the earlier link back."""
    until: Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(dt.UTC))] | None = None
    """When it expires; None where there is no link."""

    @model_validator(mode="after")
    def _is_whole(self) -> Invitation:
        if (self.digest is None) != (self.until is None):
            raise ValueError("a link has a digest and expires")
        return self


class Invited(Frozen):
    """Links were made or taken back; the newest of each owner counts."""

    kind: Literal["invited"] = "invited"
    links: Annotated[tuple[Invitation, ...], Field(min_length=1)]
    """Whose, and which."""


class SpanOfTime(Frozen):
    """From one moment to another, such as the hours of shifts."""

    start: Moment
    """First minute, wall-clock time."""
    end: Moment
    """First minute after it."""

    @model_validator(mode="after")
    def _has_length(self) -> SpanOfTime:
        if self.end <= self.start:
            raise ValueError("it ends after it starts")
        return self


class SaidTime(SpanOfTime):
    """Whether somebody can come at the hours of shifts."""

    can: bool
    """Whether they can."""
    weighed: Weighed = "same"
    """What that changes."""


class SaidWish(Frozen):
    """Whether somebody would like to work on a date."""

    date: dt.date
    """Which date."""
    state: Literal["for", "against"] | None
    """None for no wish."""
    weighed: Weighed = "same"
    """What that changes."""


class SwapAsked(Frozen):
    """Somebody wants to give a shift away, perhaps for another one.

    It takes an earlier answer about the shift back, as an answer takes it back: the last word on a
    shift counts.
    """

    shift_id: Id
    """Which of their shifts."""
    instead: tuple[SpanOfTime, ...] = ()
    """When they could work instead."""
    colleague: Annotated[Text, Field(max_length=200)] = ""
    """With whom they agreed on it, as they write it; empty for anybody."""


class HandedIn(Frozen):
    """Somebody sent their form. What of it counts at once are the entries behind it."""

    kind: Literal["handed_in"] = "handed_in"
    volunteer_id: Id
    """Who."""
    form: FormId
    """What the form calls this sending."""
    times: tuple[SaidTime, ...] = ()
    """When they can come."""
    wishes: tuple[SaidWish, ...] = ()
    """On which dates they would like to work, or not to."""
    swaps: tuple[SwapAsked, ...] = ()
    """Shifts that they want to give away."""
    note: Note = ""
    """What else they say."""
    parts: Count = 0
    """Number of entries behind it that belong to it: answers and changes that count at once."""

    @property
    def weighed(self) -> tuple[Weighed, ...]:
        """What each of the times and wishes changes."""
        return (*(one.weighed for one in self.times), *(one.weighed for one in self.wishes))


class Decided(Frozen):
    """A coordinator accepted or refused what somebody handed in."""

    kind: Literal["decided"] = "decided"
    entry: Positive
    """Number of the entry with it."""
    shift_id: Id | None = None
    """The shift that was to be given away; None for times and wishes."""
    accepted: bool
    """Whether it was accepted."""
    taker: Id | None = None
    """Who takes the shift; None when it was refused, or is about times and wishes."""
    takes: Id | None = None
    """The taker's shift that the person works instead; None for none."""
    word: Note = ""
    """Message to the people concerned, shown with the decision."""
    parts: Count = 0
    """Number of entries behind it that belong to it: changes that count now."""
