"""What becomes different in a roster, as requests and answers name it.

JSON -> `MoveStep` <-> `Change`; whose it is to make -> allowed, or 403.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from shiftplan.problem import Problem
from shiftplan.web.refusals import refused
from shiftplan.web.visitor import Visitor
from shiftplan.week.fields import Frozen, Id
from shiftplan.week.roster import Assignment, Change, Roster

_MOST = 200


class MoveStep(Frozen):
    """Somebody comes to a shift, or leaves it."""

    shift_id: Id
    """The shift."""
    volunteer_id: Id
    """The person."""
    added: bool
    """Whether they come to it."""

    @classmethod
    def of(cls, change: Change) -> MoveStep:
        """A change of a roster as a step."""
        (shift_id, who), added = change
        return cls.model_construct(shift_id=shift_id, volunteer_id=who, added=added)

    @property
    def change(self) -> Change:
        """The step as a change of a roster."""
        return Change(Assignment(self.shift_id, self.volunteer_id), self.added)


Steps = Annotated[tuple[MoveStep, ...], Field(min_length=1, max_length=_MOST)]
"""Steps made together."""


def need_theirs(
    visitor: Visitor,
    problem: Problem,
    roster: Roster,
    shifts: Iterable[str | None],
    people: Iterable[str | None],
) -> None:
    """Refuse with 403 what is not the visitor's: ids of shifts and of people; None does not count.

    A lead of centers moves people whom they see between shifts of these centers.
    """
    if visitor.role == "province":
        return
    at = [problem.shift_by_id.get(i) for i in shifts if i is not None]
    seen = visitor.people(problem, roster)
    is_theirs = all(shift is not None and visitor.sees_shift(shift) for shift in at)
    if not is_theirs or not seen.issuperset(who for who in people if who is not None):
        raise refused(403, "web.refused_centers")
