"""Records of who came and what is learned from them, and the levels of circumstances.

(Person, start, notice, answer) -> `Show`; rows of people and of circumstances with their chances.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal, get_args

from pydantic import Field

from shiftplan.week.fields import WEEKDAYS, Frozen, Id, Moment
from shiftplan.week.horizon import Horizon
from shiftplan.week.json_form import Amount, Share, Written

ShowAnswer = Literal["confirmed", "unanswered"]
Hours = Annotated[int, Field(ge=0, le=1_000_000)]
Circumstance = Literal["weekday", "hour", "notice", "answer"]
CIRCUMSTANCES: tuple[Circumstance, ...] = get_args(Circumstance)
NOTICE = (0, 24, 72, 168)
"""Hours at which a longer notice begins."""
UNKNOWN = ""
"""Level of a notice that is unknown, and of people who were not asked for an answer."""


class Show(Frozen):
    """Whether a person came to a shift that had been assigned; excused absences are no `Show`."""

    volunteer_id: Id
    """The person."""
    start: Moment
    """Start of the shift, wall-clock time."""
    came: bool = True
    """Whether the person came."""
    notice_hours: Hours | None = None
    """Whole hours between being told and the start; None when unknown."""
    answer: ShowAnswer | None = None
    """`confirmed`, or `unanswered` when the deadline passed without an answer; None for people who
    were not asked."""


@dataclass(frozen=True, slots=True)
class Chance(Written):
    """How likely somebody is to come, and how well that is known."""

    mean: Share
    """Chance, 0 to 1."""
    low: Share
    """Lower end of the interval that holds the rate with a probability of 90%."""
    high: Share
    """Upper end of it."""


@dataclass(frozen=True, slots=True)
class ShowRate(Written):
    """The show rate of one person, averaged over days, hours, notices and answers."""

    json_keys = "volunteer_id shifts came *chance"

    volunteer_id: str
    """The person."""
    shifts: Amount
    """Shifts observed, without those excused."""
    came: Amount
    """Of these, shifts to which the person came."""
    chance: Chance
    """The rate learned, with its interval."""


@dataclass(frozen=True, slots=True)
class ShowEffect(Written):
    """How many people come in one circumstance, everything else being as it was."""

    json_keys = "of level shifts *chance"

    of: Circumstance
    """What it is about."""
    level: str
    """Day such as `mon`; first hour, 0 to 23; hours from which a notice is so long (0, 24, 72,
    168); `confirmed` or `unanswered`. Empty for an unknown notice, and for people not asked."""
    shifts: Amount
    """Shifts observed."""
    chance: Chance
    """The rate, with its interval."""


def notice_level(hours: int | None) -> str:
    """Least hours of the notices that count together; `UNKNOWN` for None."""
    return UNKNOWN if hours is None else str(NOTICE[bisect(NOTICE, hours) - 1])


def level_order(level: str) -> tuple[bool, int, str]:
    """Sort key of the levels of one circumstance, by time; `UNKNOWN` is last."""
    number = WEEKDAYS.index(level) if level in WEEKDAYS else int(level) if level.isdigit() else 0
    return level == UNKNOWN, number, level


def levels_of(show: Show) -> tuple[str, ...]:
    """Level of each of `CIRCUMSTANCES`."""
    when = when_levels(show.start)
    return (*when, notice_level(show.notice_hours), show.answer or UNKNOWN)


def when_levels(start: datetime) -> tuple[str, str]:
    """Weekday and hour at which a shift starts."""
    return WEEKDAYS[start.weekday()], str(start.hour)


def hours_between(told: datetime | None, start: datetime, horizon: Horizon) -> int | None:
    """Whole hours from being told to a start in wall-clock time, 0 at least; None for unknown."""
    if told is None:
        return None
    passed = horizon.utc(start) - (told if told.tzinfo else horizon.utc(told))
    return max(0, passed // timedelta(hours=1))
