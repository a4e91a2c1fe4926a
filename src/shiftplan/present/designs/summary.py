"""A design as people are shown it: its figures, those of today's shifts, and reasons; as JSON.

(`ShiftDesign`, `WhyTime`s) -> `ShownDesign` -> `DesignReport`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from shiftplan.citizens.shift_design.curve import moment
from shiftplan.citizens.shift_design.designing import ShiftDesign, StoppedBy
from shiftplan.citizens.shift_design.figures import (
    DesignFigures,
    TodaysShifts,
    figures,
    figures_by_center,
    todays_shifts,
)
from shiftplan.citizens.shift_design.judged import DesignedShift
from shiftplan.citizens.shift_design.why import WhyTime
from shiftplan.solving.versions import versions
from shiftplan.week.json_form import Amount, Written, rounded
from shiftplan.week.requirements import Conditions


@dataclass(frozen=True)
class ShownDesign:
    """A design with all that is shown of it."""

    found: ShiftDesign
    whys: tuple[WhyTime, ...] = ()
    """Why some of its times are held."""

    @cached_property
    def today(self) -> TodaysShifts | None:
        """The shifts that the week had before; None where it does not say who is in them."""
        return todays_shifts(self.found)

    @cached_property
    def figures(self) -> DesignFigures:
        """What the designed shifts come to."""
        return figures(self.found.shifts, self.found.score.cover)

    @cached_property
    def figures_today(self) -> DesignFigures | None:
        """What the shifts came to that the week had before."""
        if self.today is None:
            return None
        return figures(self.today.shifts, self.today.cover, skills=False)

    @cached_property
    def by_center(self) -> Mapping[str, DesignFigures]:
        """Center id -> what its shifts come to; the one where most is missing first."""
        own = figures_by_center(self.found.shifts, self.found.score.cover)
        worst = sorted(own, key=lambda c: (-own[c].missing, -own[c].missing_with_skill, c))
        return {name: own[name] for name in worst}

    @cached_property
    def today_by_center(self) -> Mapping[str, DesignFigures]:
        """Center id -> what its shifts came to; empty where nothing is known of them."""
        if self.today is None:
            return {}
        return figures_by_center(self.today.shifts, self.today.cover, skills=False)

    @cached_property
    def shift_ids(self) -> Mapping[tuple[str, int, int], str]:
        """Center, first and last minute from the first midnight -> shift of the designed week."""
        week = self.found.problem
        by_time = {(s.center_id, s.start, s.end): s.shift_id for s in week.shifts}
        found = {}
        for one in self.found.shifts:
            start, end = one.span
            name = by_time[one.center_id, moment(week, start), moment(week, end)]
            found[one.center_id, start, end] = name
        return found

    def shift_id(self, shift: DesignedShift) -> str:
        """Id of a shift in the designed week."""
        return self.shift_ids[(shift.center_id, *shift.span)]


@dataclass(frozen=True, slots=True)
class BreakForm(Written):
    """People of a shift who are on a break together."""

    start: str
    """First minute, wall-clock time."""
    end: str
    """First minute after it."""
    people: Amount
    """How many."""


@dataclass(frozen=True, slots=True)
class DesignedShiftForm(Written):
    """A shift of the design."""

    shift_id: str
    """Its id in the designed week."""
    center_id: str
    """Where it is held."""
    start: str
    """First minute, wall-clock time, such as `2026-12-07T07:00`."""
    end: str
    """First minute after it."""
    type: str
    """Its type; may be empty."""
    people: Amount
    """People in it."""
    with_skills: dict[str, Amount]
    """Skills as the column `with_skills` of requirements has them -> people in it who have them."""
    breaks: tuple[BreakForm, ...]
    """Breaks in order of time."""


@dataclass(frozen=True, slots=True)
class MissingForm(Written):
    """A time at which more people would be missing."""

    start: str
    """First minute, wall-clock time."""
    end: str
    """First minute after it."""
    with_skills: str
    """Skills of the people missing, as the column of requirements has them; empty for heads."""
    missing: Amount
    """People missing in the design."""
    without: Amount
    """People missing without the time."""


@dataclass(frozen=True, slots=True)
class WhyForm(Written):
    """Why shifts are held at a time: the best design without it."""

    center_id: str
    """The center."""
    start_minute: Amount
    """Minutes from midnight to the beginning of the shifts."""
    minutes: Amount
    """How long they last."""
    cost: Amount
    """Cost of the design at the center, and at those that share times with it."""
    without: Amount
    """Cost of the best design found that holds no shift at this time there."""
    bound: Amount
    """No design without it costs less."""
    parts: dict[str, int]
    """`missing`, `beyond`, `seats`, `times` and `changes` -> how much more they cost without it."""
    missing: tuple[MissingForm, ...]
    """Where more people would be missing."""
    instead: tuple[str, ...]
    """Times of beginning and end of its shifts then, such as `07:30-11:00`."""


@dataclass(frozen=True, slots=True)
class CenterForm(Written):
    """What the shifts of a center come to."""

    json_keys = "center_id *figures today"

    center_id: str
    """The center."""
    figures: DesignFigures
    """Of the design."""
    today: DesignFigures | None
    """Of the shifts that the week had before; None where it does not say who is in them."""


@dataclass(frozen=True, slots=True)
class DesignReport(Written):
    """What `design` writes of its shifts beside the week that has them."""

    status: Literal["OPTIMAL", "FEASIBLE"]
    """`OPTIMAL` if no shifts that the types allow cost less, else `FEASIBLE`."""
    stopped_by: StoppedBy | None
    """Why the search ended early; None when it ran to its end."""
    seconds: Annotated[float, Field(ge=0), rounded(1)]
    """Seconds of the search."""
    cost: Amount
    """What the design costs."""
    bound: Amount
    """No shifts that the types allow cost less."""
    gap: Annotated[float, Field(ge=0, le=1), rounded(6)]
    """(cost - bound) / cost, 0 to 1."""
    parts: dict[str, Amount]
    """`missing`, `beyond`, `seats`, `times` and `changes` -> cost."""
    figures: DesignFigures
    """What the shifts come to."""
    today: DesignFigures | None
    """The same of the shifts that the week had before, as full as it asks for; None where it does
    not say who is in them."""
    centers: tuple[CenterForm, ...]
    """The center where most is missing first."""
    shifts: tuple[DesignedShiftForm, ...]
    """By center, date and time."""
    why: tuple[WhyForm, ...]
    """Why some times are held."""
    version: str = field(default_factory=versions)
    """Versions of shiftplan and its solvers."""
    schema_version: Literal[1] = 1
    """Version of this form."""

    @classmethod
    def of(cls, shown: ShownDesign) -> DesignReport:
        """That of a design."""
        found = shown.found
        return cls(
            status=found.status,
            stopped_by=found.stopped_by,
            seconds=found.seconds,
            cost=found.cost,
            bound=found.bound,
            gap=found.gap,
            parts=dict(found.score.parts),
            figures=shown.figures,
            today=shown.figures_today,
            centers=tuple(
                CenterForm(name, own, shown.today_by_center.get(name))
                for name, own in shown.by_center.items()
            ),
            shifts=tuple(_shift_form(shown, shift) for shift in found.shifts),
            why=tuple(_why_form(shown, why) for why in shown.whys),
        )


def skills_text(conditions: Conditions) -> str:
    """Conditions as the column `with_skills` has them."""
    return "|".join(condition.name for condition in conditions)


def _shift_form(shown: ShownDesign, shift: DesignedShift) -> DesignedShiftForm:
    asked = {one.conditions for one in shown.found.score.cover if one.conditions}
    counts = {skills_text(kind): shift.who(kind) for kind in sorted(asked)}
    return DesignedShiftForm(
        shift_id=shown.shift_id(shift),
        center_id=shift.center_id,
        start=_at(shown, shift.span[0]),
        end=_at(shown, shift.span[1]),
        type=shift.kind.type,
        people=shift.count,
        with_skills={name: count for name, count in counts.items() if count},
        breaks=tuple(
            BreakForm(_at(shown, start), _at(shown, end), people)
            for start, end, people in breaks_of(shift)
        ),
    )


def breaks_of(shift: DesignedShift) -> list[tuple[int, int, int]]:
    """First minute, first minute after it and people of the breaks of a shift, in order of time."""
    begin, _ = shift.span
    counts: dict[tuple[int, int], int] = {}
    for taken in (one for group in shift.breaks for one in group):
        for a, b in taken.spans:
            span = begin + a, begin + b
            counts[span] = counts.get(span, 0) + taken.people
    return [(*span, people) for span, people in sorted(counts.items())]


def _why_form(shown: ShownDesign, why: WhyTime) -> WhyForm:
    return WhyForm(
        center_id=why.center_id,
        start_minute=why.time.start,
        minutes=why.time.length,
        cost=why.cost,
        without=why.without,
        bound=why.bound,
        parts=dict(why.parts),
        missing=tuple(
            MissingForm(
                _at(shown, one.span[0]),
                _at(shown, one.span[1]),
                skills_text(one.conditions),
                one.missing,
                one.without,
            )
            for one in why.missing
        ),
        instead=tuple(
            f"{start // 60:02}:{start % 60:02}-{end // 60 % 24:02}:{end % 60:02}"
            for start, length in sorted({shift.time for shift in why.shifts})
            for end in (start + length,)
        ),
    )


def _at(shown: ShownDesign, minute: int) -> str:
    return moment(shown.found.problem, minute).isoformat(timespec="minutes")
