"""What a ledger holds: entries of people by week, level-ups, and how a planned shift turned out.

Files or `recording` -> frozen models.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from shiftplan.errors.allowed import Day
from shiftplan.errors.message import Column, Message
from shiftplan.errors.options import check_options
from shiftplan.seasons.shows import Show
from shiftplan.week.fields import (
    SPARED,
    Count,
    Date,
    Frozen,
    Id,
    Moment,
    Positive,
    Sparing,
    Tallies,
    Text,
)
from shiftplan.week.json_form import Written

State = Literal["came", "excused", "absent", "called", "asked"]
STATES: tuple[State, ...] = get_args(State)
RESERVES: tuple[State, ...] = ("called", "asked")
"""States of people who were not planned."""
Share = Annotated[float, Field(ge=0, le=1_000_000)]
"""Shifts or hours; the limit is that of a history."""


class Turnout(Frozen):
    """How one shift of one person turned out."""

    shift_id: Id
    """The shift."""
    volunteer_id: Id
    """The person."""
    state: State = "came"
    """`came` as planned; `excused` when ill or kept away for another good reason, `absent` without
    one; `called` for a reserve who came without being in the roster, `asked` for one who was called
    but did not work: not needed in the end, not able to come, or not reached."""


class Lesson(Frozen):
    """Shifts a novice worked with mentors of one skill."""

    skill_id: Id
    """The skill that is learned."""
    shifts: Positive
    """Shifts with at least one mentor."""
    mentors: Annotated[tuple[Id, ...], AfterValidator(lambda ids: tuple(sorted(set(ids))))]
    """Everybody who was a mentor in one of them, sorted."""


class Entry(Sparing):
    """What one person offered and did in one week."""

    volunteer_id: Id
    """The person."""
    name: Text = ""
    """Name people knew the person by."""
    shifts_offered: Share = 0
    """Shifts offered, without those excused; never fewer than worked."""
    shifts_worked: Share = 0
    """Shifts worked, as planned or as a reserve."""
    hours_offered: Share = 0
    """Hours offered, without those excused; never fewer than worked."""
    hours_worked: Share = 0
    """Hours worked."""
    undesired_worked: Share = 0
    """Of the shifts worked, those in undesired windows."""
    named_offered: Annotated[Tallies, SPARED] = ()
    """Shifts offered of each type or tag that a rule `balance_shifts` shares out."""
    named_worked: Annotated[Tallies, SPARED] = ()
    """The same of the shifts worked."""
    far_worked: Annotated[Share, SPARED] = 0
    """Of the shifts worked, those that are far by the first rule `balance_far` of all people."""
    strain_worked: Annotated[Share, SPARED] = 0
    """Strain of the shifts worked, where a rule `balance_strain` shares it out."""
    wishes: Count = 0
    """Preferences, and shift times in undesired windows."""
    wishes_met: Count = 0
    """Of these, wishes that the published roster met."""
    mentored: Count = 0
    """Shifts worked as a novice with a mentor in the same shift."""
    lessons: tuple[Lesson, ...] = ()
    """The same by skill, and with whom."""
    called: Count = 0
    """Of the shifts worked, those as a reserve who was called."""
    asked: Count = 0
    """Calls as a reserve that led to no work: neither offered nor worked."""
    excused: Count = 0
    """Planned shifts excused: neither offered nor worked."""
    absent: Count = 0
    """Planned shifts missed without an excuse: offered, not worked."""
    last_worked: Date | None = None
    """Last date worked; None when no shift was."""
    last_shift_end: Moment | None = None
    """End of the last shift worked, wall-clock time; None when no shift was."""
    last_center: Annotated[Id | None, SPARED] = None
    """Center of the last shift worked of those that a rule `continuity` counts."""

    @model_validator(mode="after")
    def _parts_of_wholes(self) -> Self:
        for part, whole in _PARTS:
            less, more = getattr(self, part), getattr(self, whole)
            if less > more:
                columns = {"part": Column(part), "whole": Column(whole)}
                raise ValueError(Message("seasons.more_than", less=less, more=more, **columns))
        return self


_PARTS = (
    ("shifts_worked", "shifts_offered"),
    ("hours_worked", "hours_offered"),
    ("undesired_worked", "shifts_worked"),
    ("far_worked", "shifts_worked"),
    ("called", "shifts_worked"),
    ("wishes_met", "wishes"),
)
"""(part, whole): fields of an entry of which one is never more than the other."""


class WorkedWeek(Frozen):
    """One planning week, or any other run of days, with the entries of its people."""

    start: Date
    """First date."""
    days: int = Field(default=7, ge=1, le=3660)
    """Number of dates."""
    entries: Annotated[
        tuple[Entry, ...],
        AfterValidator(lambda found: tuple(sorted(found, key=lambda e: e.volunteer_id))),
    ] = ()
    """People who offered or did something, sorted by id."""
    shows: Annotated[
        tuple[Show, ...],
        AfterValidator(lambda found: tuple(sorted(found, key=lambda s: (s.volunteer_id, s.start)))),
    ] = ()
    """Who came to planned shifts and who did not, sorted by id and start, without those excused;
    empty where attendance was not kept."""

    @property
    def end(self) -> date:
        """The first date after it."""
        return self.start + timedelta(self.days)


class LevelUp(Frozen):
    """A coordinator's word that somebody now has a level of a skill."""

    volunteer_id: Id
    """The person."""
    skill_id: Id
    """The skill."""
    level: Positive
    """The level reached."""
    day: Date
    """Date of the confirmation."""
    mentored: Count = 0
    """Shifts with a mentor of the skill up to then."""


class Memory(Frozen):
    """How long earlier weeks count in the history of the next one.

    A week's age is the number of whole weeks from its end to the start of the week to be planned:
    0 for the week right before it.
    """

    decay: float = Field(default=1.0, gt=0, le=1)
    """Factor for each week of age; 1 keeps plain sums."""
    weeks: Positive | None = None
    """Only weeks younger than this count; None for all."""
    since: date | None = None
    """Only weeks that start on this date or later count, such as a term; None for all."""
    call_credit: float = Field(default=0.25, ge=0, le=1)
    """Part of a shift that each call of a reserve counts as work when it led to none."""

    def weight(self, week: WorkedWeek, before: date) -> float:
        """Factor, 0 to 1, of a week in the history of what starts at `before`, a date."""
        check_options(("before", before, Day))
        age = (before - week.end).days // 7
        if age < 0 or (self.weeks is not None and age >= self.weeks):
            return 0.0
        if self.since is not None and week.start < self.since:
            return 0.0
        return float(self.decay**age)


@dataclass(frozen=True, slots=True)
class LevelUpSuggestion(Written):
    """A novice who has learned long enough; a coordinator decides."""

    volunteer_id: str
    """The person."""
    name: str
    """The person's name."""
    skill_id: str
    """The skill."""
    level: int
    """The level suggested: one above what the person holds."""
    shifts: int
    """Shifts with a mentor since the last level-up."""
    mentors: tuple[str, ...]
    """Everybody who was a mentor of the person in the skill, sorted."""
