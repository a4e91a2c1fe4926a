"""What searches leave alone in a draft: people, assignments, shifts, dates, centers.

Desk -> `Hold`s.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from shiftplan.record.entries import Hold
from shiftplan.web.bodies import RequestBody
from shiftplan.web.desk import AtDesk, DraftAsked
from shiftplan.web.visitor import Province

router = APIRouter(prefix="/holds", tags=["holds"])
_Some = Annotated[tuple[Hold, ...], Field(max_length=5_000)]


class HoldsAsked(RequestBody):
    """What is to be held, or held no longer."""

    on: _Some = ()
    """Held from now on."""
    off: _Some = ()
    """Held no longer."""


@router.get("")
def holds(desk: AtDesk, _: Province, name: DraftAsked = "") -> tuple[Hold, ...]:
    """What searches around a draft leave alone, oldest first."""
    return desk.week.now.state.holds.get(name, ())


@router.post("")
def hold(
    desk: AtDesk, visitor: Province, asked: HoldsAsked, name: DraftAsked = ""
) -> tuple[Hold, ...]:
    """Hold something of a draft, or let it go; what is held then."""
    with desk.recording(visitor) as week:
        return week.hold(*asked.on, off=asked.off, name=name)
