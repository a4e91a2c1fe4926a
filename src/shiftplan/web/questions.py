"""What can be asked of a roster, and who finds the answer.

JSON -> a question -> the function of `shiftplan.analysis` that answers it, on a snapshot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from shiftplan.analysis.advice import Advice, Gain, advise
from shiftplan.analysis.explain import explain_seat, explain_why_here, explain_why_not
from shiftplan.analysis.repair import Repair
from shiftplan.errors.message import AtTimes
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, Arrival
from shiftplan.problem.known_ids import need_shift
from shiftplan.record.planning import now_in, suppose
from shiftplan.scoring.equity import equity
from shiftplan.solving.beside import runner_for
from shiftplan.web.bodies import RequestBody
from shiftplan.web.differences import MOST_CHANGES, Differences
from shiftplan.web.errands import Errand
from shiftplan.week.fields import Date, Id, Moment, NameSet, Positive
from shiftplan.week.roster import Roster
from shiftplan.week.skill_names import SkillSet

_ADVICE_SECONDS, _ANSWER_SECONDS, _WHAT_IF_SECONDS = 20.0, 10.0, 20.0


class Times(RequestBody):
    """Which shifts of a center a seat counts, as requirements have them."""

    center_id: Id
    """The center."""
    start: Moment | None = None
    """First minute."""
    end: Moment | None = None
    """First minute after it."""
    shifts: NameSet = ()
    """Types or tags of the shifts; empty for all."""
    first_day: Date | None = None
    """First date."""
    last_day: Date | None = None
    """Last date."""


class OfSeat(RequestBody):
    """Why a seat is empty."""

    about: Literal["seat"]
    """The question."""
    shift_id: Id
    """The shift."""
    skill_id: Id | None = None
    """Skill of the seat meant; None for that of heads."""
    min_level: Positive | None = None
    """Level of the skill; None for any."""
    with_skills: SkillSet | None = None
    """Further skills of the seat; None for any."""
    times: Times | Literal["any"] | None = "any"
    """Which shifts it counts where it counts several; None for the shift alone."""

    @property
    def pairs(self) -> tuple[tuple[str, str | None], ...]:
        """The shift, and nobody in it."""
        return ((self.shift_id, None),)

    def answered(self, problem: Problem, roster: Roster, _: Errand) -> Any:
        """What keeps those who could fill it."""
        seat = self.model_dump(include={"shift_id", "skill_id", "min_level", "with_skills"})
        times = AtTimes(**dict(self.times)) if isinstance(self.times, Times) else self.times
        return explain_seat(problem, roster, **seat, times=times)


class OfHelp(RequestBody):
    """What would help a shift, and the whole week."""

    about: Literal["help"]
    """The question."""
    shift_id: Id
    """The shift."""

    @property
    def pairs(self) -> tuple[tuple[str, str | None], ...]:
        """The shift, and nobody in it."""
        return ((self.shift_id, None),)

    def answered(self, problem: Problem, roster: Roster, errand: Errand) -> Any:
        """People, trainings and limits that would lower the cost."""
        need_shift(problem, self.shift_id)
        limits: dict[str, Any] = {"time_limit": _ADVICE_SECONDS, "cancel": errand.cancel}
        run = runner_for(problem)
        advice = run(advise, problem, roster, fill_seats=False, with_courses=False, **limits)
        there = len(roster.people_in.get(self.shift_id, ()))
        gains = advice.gains
        filled = [g for g in gains if len(g.roster.people_in.get(self.shift_id, ())) > there]
        return HelpFound(advice, tuple(filled))


class OfPerson(RequestBody):
    """Why somebody works a shift, or does not."""

    about: Literal["why_here", "why_not"]
    """The question."""
    shift_id: Id
    """The shift."""
    volunteer_id: Id
    """The person."""

    @property
    def pairs(self) -> tuple[tuple[str, str | None], ...]:
        """The shift and the person."""
        return ((self.shift_id, self.volunteer_id),)

    def answered(self, problem: Problem, roster: Roster, errand: Errand) -> Any:
        """What it takes to do the opposite."""
        explain = explain_why_here if self.about == "why_here" else explain_why_not
        limits: dict[str, Any] = {"time_limit": _ANSWER_SECONDS, "cancel": errand.cancel}
        return explain(problem, roster, self.shift_id, self.volunteer_id, **limits)


class Supposed(Differences):
    """What changes of the week would mean."""

    about: Literal["what_if"]
    """The question."""
    arrived: tuple[Arrival, ...] = Field(default=(), max_length=MOST_CHANGES)
    """Who would be new."""

    @property
    def pairs(self) -> tuple[tuple[str, str | None], ...]:
        """Nothing: it is about the whole week."""
        return ()

    @property
    def given(self) -> tuple[AnyChange, ...]:
        """The changes that are as they were sent."""
        return (*super().given, *self.arrived)

    def answered(self, problem: Problem, roster: Roster, errand: Errand) -> Any:
        """The week repaired after the changes."""
        changes = self.changes(problem)
        limits: dict[str, Any] = {"time_limit": _WHAT_IF_SECONDS, "cancel": errand.cancel}
        now = now_in(problem.horizon)
        found = suppose(problem, roster, *changes, now=now, **limits)
        before = equity(problem, roster).overall.both
        return Afterwards(found, changes, before.filled, before.target)


@dataclass(frozen=True)
class HelpFound:
    """What would help a shift, and the whole week."""

    advice: Advice
    """The steps that gain most."""
    here: tuple[Gain, ...]
    """Those after which more people are in the shift."""


@dataclass(frozen=True)
class Afterwards:
    """What changes would mean."""

    found: Repair
    """The week repaired after them."""
    changes: tuple[AnyChange, ...]
    """The changes."""
    filled: int
    """Seats filled before."""
    seats: int
    """Seats there were before."""


Question: TypeAlias = Annotated[OfSeat | OfHelp | OfPerson | Supposed, Field(discriminator="about")]
"""Anything that can be asked."""


@dataclass(eq=False)
class Posed:
    """A question as it was put."""

    question: Question
    """What was asked."""
    version: int | None
    """The version of the roster that it is about; None for a week without one."""
    people: frozenset[str]
    """Ids of the people whom the answer may name to a lead of centers."""
    is_recorded: bool = False
    """Whether the changes of a what-if were recorded."""
    proposal: int | None = None
    """The version that the roster of a what-if became; None if it became none."""
