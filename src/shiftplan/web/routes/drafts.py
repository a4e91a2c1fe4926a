"""The roster that is worked on.

Desk -> `DraftShown`: who works what, what it costs, and what it breaks.
"""

from __future__ import annotations

from fastapi import APIRouter

from shiftplan.web.desk import AtDesk
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.visitor import Planner
from shiftplan.week.fields import Frozen
from shiftplan.week.roster import Assignment

router = APIRouter(tags=["drafts"])


class DraftShown(Frozen):
    """The roster that is worked on, as far as it is the visitor's to see."""

    version: int | None
    """Its version; None if there is no roster yet."""
    assignments: tuple[Assignment, ...]
    """Who works what."""
    total: int
    """Its total cost."""
    bound: int | None
    """Proven bound of the total; None when nothing is proven."""
    costs: dict[str, int]
    """Soft rule -> cost."""
    broken: tuple[str, ...]
    """Breaches of hard rules, in the language asked for."""


@router.get("/draft")
def draft(desk: AtDesk, visitor: Planner, lang: AskedLang = "en") -> DraftShown:
    """The newest draft, or else the published roster."""
    with desk.lock:
        hand, names = desk.in_hand(), desk.names(lang)
    shifts = hand.problem.shift_by_id
    own = (a for a in hand.roster.assignments if visitor.sees_shift(shifts[a.shift_id]))
    broken = hand.score.broken if visitor.role == "province" else ()
    return DraftShown(
        version=hand.version,
        assignments=tuple(own),
        total=hand.score.total,
        bound=hand.bound,
        costs=dict(hand.score.parts),
        broken=tuple(names.say(found.message) for found in broken),
    )
