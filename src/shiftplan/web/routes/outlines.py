"""The map of the week's centers: their real shapes where a map is given, else dots.

Desk -> `Outlines`, as paths of SVG.
"""

from __future__ import annotations

from fastapi import APIRouter

from shiftplan.present.outlines import Outlines
from shiftplan.web.desk import AtDesk
from shiftplan.web.visitor import Planner

router = APIRouter(tags=["week"])


@router.get("/map")
def shapes(desk: AtDesk, _: Planner) -> Outlines:
    """The map of all centers, far-off ones in a drawing of their own."""
    return desk.outlines()
