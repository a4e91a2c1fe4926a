"""What agents ask: the arguments of each tool.

JSON -> models of pydantic, described like the requests of the workbench.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shiftplan.record.planning import Keep
from shiftplan.web.bodies import RequestBody
from shiftplan.web.differences import Differences
from shiftplan.week.fields import Id, Positive, Text

MOST_SECONDS = 600.0
"""Time limit of a search, at most."""


class PageAsked(RequestBody):
    """Which rows are wanted."""

    page: int = Field(default=1, ge=1, le=100_000)
    """Page of the rows, from 1."""


class OfWeek(PageAsked):
    """Which week is meant."""

    week: str = Field(min_length=1, max_length=300)
    """Name of the week, as `list_weeks` gives it."""


class ReadAsked(OfWeek):
    """What of a week is read."""

    part: Literal["summary", "faults", "centers", "shifts", "people", "rules"] = "summary"
    """`summary`: figures; `faults`: what is wrong with the files, and what is worth a look;
    `shifts`: with who works in them; `people`: with their shifts."""
    containing: Text = ""
    """Only rows whose text contains this; empty for all."""


class CheckAsked(OfWeek):
    """Which roster is checked."""

    version: int | None = Field(default=None, ge=1)
    """Version of the record; null for the draft, or else the published roster."""


class ExplainAsked(OfWeek):
    """What is explained."""

    about: Literal["empty_seats", "seat", "why_here", "why_not", "no_roster"]
    """`empty_seats`: the requirements that lack most people; `seat`: why a seat of `shift_id` is
    empty; `why_here`, `why_not`: why `volunteer_id` works `shift_id` or does not; `no_roster`:
    whether hard rules contradict each other, and ways out."""
    shift_id: Id | None = None
    """The shift, where one is asked about."""
    volunteer_id: Id | None = None
    """The person, where one is asked about."""
    skill_id: Id | None = None
    """Skill of the seat; null for that of heads."""
    min_level: Positive | None = None
    """Level of the skill; null for any."""
    seconds: float = Field(default=10, ge=1, le=MOST_SECONDS)
    """Time limit."""


class SuggestAsked(OfWeek):
    """What is suggested."""

    about: Literal["who_can_take", "trades", "improvements"]
    """`who_can_take`: people who could take `shift_id`, the cheapest first; `trades`: who could
    take `shift_id` from `volunteer_id`, perhaps for a shift of their own; `improvements`: people,
    trainings and limits that would lower the cost of the roster."""
    shift_id: Id | None = None
    """The shift, where one is asked about."""
    volunteer_id: Id | None = None
    """Who would leave it; needed for `trades`."""
    seconds: float = Field(default=20, ge=1, le=MOST_SECONDS)
    """Time limit of `improvements`."""


class PlanAsked(OfWeek):
    """How a week is planned."""

    seconds: float = Field(default=20, ge=1, le=MOST_SECONDS)
    """Time limit."""
    keep: Keep = "firmly"
    """How what people were told is kept: `firmly`, service first, then few changes; `lightly`,
    changes have a price among others; `all`, nobody loses a shift; `nothing`, planned anew."""


class RepairAsked(OfWeek):
    """How a roster is repaired after what was recorded."""

    seconds: float = Field(default=20, ge=1, le=MOST_SECONDS)
    """Time limit."""


class WhatIfAsked(OfWeek, Differences):
    """What would be different."""

    seconds: float = Field(default=20, ge=1, le=MOST_SECONDS)
    """Time limit."""


class ProposalAsked(PageAsked):
    """Which proposal is read."""

    proposal: str = Field(pattern=r"^[0-9a-f]{16}$")
    """Its digest, as the tool that found it gave it."""


class ApplyAsked(RequestBody):
    """Which proposal is recorded."""

    proposal: str = Field(pattern=r"^[0-9a-f]{16}$")
    """Its digest, as the tool that found it gave it."""
    why: Text = ""
    """The reason, for the record."""
