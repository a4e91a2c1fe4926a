"""How often what a calendar says of a shift was changed.

`Calendars` -> `Revisions`, kept beside the files -> the next version's sequence numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field

from shiftplan.week.fields import Frozen

MOST_SEQUENCE = 2_000_000_000
"""Calendar programs keep sequence numbers in 32 bits."""


def _in_seconds(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(microsecond=0)


class Revision(Frozen):
    """What was last said of one shift of one person or center."""

    sequence: int = Field(ge=0, le=MOST_SEQUENCE)
    """How often it was changed; calendar programs keep what has the highest number."""
    content: str = Field(max_length=100)
    """Fingerprint of what was said."""
    modified: Annotated[AwareDatetime, AfterValidator(_in_seconds)]
    """When it was said first."""
    cancelled: tuple[Literal["volunteer", "center"], str, str] | None = None
    """Kind and id of the owner and id of the shift, where the shift was cancelled."""


class Revisions(Frozen):
    """What the calendars of one week said last."""

    week: dt.date
    """First date of the week."""
    events: Mapping[str, Revision] = {}
    """Identifier of the event -> what was said of it."""
