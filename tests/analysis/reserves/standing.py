"""Lists of who stands by for a shift."""

from __future__ import annotations

from shiftplan.analysis import reserves
from shiftplan.problem import Problem
from shiftplan.week.records import Center, Skill
from shiftplan.week.roster import Roster

PORTAL = (Skill(skill_id="portal", name="Cổng", max_level=4),)


def ranked(problem: Problem, roster: Roster, shift: str = "M0", per_shift: int = 9) -> list[str]:
    """The people on the list of a shift, first to last."""
    return [
        r.volunteer_id
        for r in reserves(problem, roster, per_shift=per_shift)
        if r.shift_id == shift
    ]


def far_from(km: float) -> Center:
    """A center so many km north of the center `home`; a degree of latitude is 111.195 km."""
    return Center(center_id=f"{km:g} km", lat=10 + km / 111.195, lon=105.0)
