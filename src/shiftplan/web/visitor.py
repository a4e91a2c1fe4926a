"""Who uses the workbench, and what of a week is theirs.

Request -> the sign-in of whoever runs the app -> `Visitor` -> routes, which show and take only
what the visitor may see and do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import Depends, Request

from shiftplan.errors.message import AtCenter, AtSeat, AtShift, AtTimes, CenterDay, Message
from shiftplan.problem import Problem
from shiftplan.web.refusals import refused
from shiftplan.week.fields import Frozen
from shiftplan.week.records import Shift
from shiftplan.week.roster import Roster

Role = Literal["province", "center", "volunteer"]
"""`province` plans the week; `center` leads some centers; `volunteer` is one person."""


class Visitor(Frozen):
    """Who sends a request."""

    role: Role
    """What they may do."""
    who: str = ""
    """What the record calls them."""
    ids: frozenset[str] = frozenset()
    """Ids of the centers that they lead, or the id of the volunteer; empty for the province."""

    def sees_shift(self, shift: Shift) -> bool:
        """Whether a shift, its team and its price are theirs to see and to change."""
        return self.role == "province" or (self.role == "center" and shift.center_id in self.ids)

    def sees_places(self, problem: Problem, said: object) -> bool:
        """Whether all shifts and centers that a message or its facts name are theirs to see."""
        match said:
            case Message():
                return self.sees_places(problem, tuple(said.params.values()))
            case tuple() | list():
                return all(self.sees_places(problem, fact) for fact in said)
            case AtShift(shift_id) | AtSeat(shift_id):
                shift = problem.shift_by_id.get(shift_id)
                return shift is not None and self.sees_shift(shift)
            case AtCenter(center_id) | AtTimes(center_id) | CenterDay(center_id):
                return self.role == "province" or center_id in self.ids
        return True

    def people(self, problem: Problem, *rosters: Roster) -> frozenset[str]:
        """Ids of the people whom they may see.

        The lead of a center sees those who live at it or work there in one of the rosters.
        """
        if self.role == "province":
            return frozenset(problem.volunteer_by_id)
        if self.role == "volunteer":
            return self.ids & problem.volunteer_by_id.keys()
        own = {v.volunteer_id for v in problem.volunteers if v.home_center_id in self.ids}
        there = [s.shift_id for s in problem.shifts if s.center_id in self.ids]
        for roster in rosters:
            own.update(who for shift_id in there for who in roster.people_in.get(shift_id, ()))
        return frozenset(own & problem.volunteer_by_id.keys())


SignIn = Callable[[Request], Visitor | None]
"""Finds who sends a request; None for somebody unknown, who is refused."""


def _visitor(request: Request) -> Visitor:
    """Who sends the request, by the token of a form or else as signed in; 401 for nobody known."""
    by_form: SignIn = getattr(request.app.state, "by_form", lambda _: None)
    sign_in: SignIn = request.app.state.sign_in
    found = by_form(request) or sign_in(request)
    if found is None:
        raise refused(401, "web.refused_unknown")
    return found


Anybody = Annotated[Visitor, Depends(_visitor)]
"""Whoever is signed in."""


def _planner(visitor: Anybody) -> Visitor:
    """Somebody who looks at whole centers: of the province, or who leads some; else 403."""
    if visitor.role == "volunteer":
        raise refused(403, "web.refused_planners")
    return visitor


def _province(visitor: Anybody) -> Visitor:
    """Somebody of the province; else 403."""
    if visitor.role != "province":
        raise refused(403, "web.refused_province")
    return visitor


Planner = Annotated[Visitor, Depends(_planner)]
"""Of the province, or the lead of some centers."""
Province = Annotated[Visitor, Depends(_province)]
"""Of the province."""
