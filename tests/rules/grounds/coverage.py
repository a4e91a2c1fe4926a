"""Grounds on which the rules on seats filled, empty and too many are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields, in_areas, moment

from grounds.alternatives import TALKS, UNABLE
from grounds.ground import Plan
from grounds.place import OVERLAPS
from grounds.team import EITHER, FOUR, TEAM, TOGETHER, WITHOUT_CHO
from shiftplan.testing.pictures import shift

ONE_ROOM: Fields = in_areas({"capacity": 1}, {"capacity": 0})
UNSURE: Fields = {
    **TEAM,
    "requirements": (
        {"shift_id": "M0", "minimum": 1, "target": 2, "needed_percent": (100, 61, 7)},
        {"shift_id": "M0", "skill_id": "portal", "min_level": 3, "target": 1},
        {"shift_id": "m0", "target": 0, "needed_percent": (33, 33)},
        {"shift_id": "A1", "minimum": 2, "target": 3, "needed_percent": (100, 100)},
        {"shift_id": "A1", "skill_id": "portal", "target": 1, "needed_percent": (99, 50, 50, 0)},
    ),
}
"""Requirements of which it is not certain how many people are needed."""
THROUGH_THE_NIGHT: Fields = {
    "shifts": (
        shift("N", 0),  # 22 to 6
        shift("D", 1),  # 4 to 8
        shift("M", 1, end=moment(1, 8)),  # 7 to 8
        shift("D", 1, shift_id="B1", end=moment(1, 5)),  # with D
    ),
    "people": "ana bob cho",
    "days": 2,
}
"""Shifts of home that share its room over midnight, at one start, and one after the other."""
AT_THE_END: Fields = {
    "shifts": (shift("L", 0), shift("N", 0), shift("n", 0), shift("L", 0, shift_id="late")),
    "people": "ana bob cho",
    "days": 1,
}
"""The last shifts reach over the end of the horizon, at two centers."""


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    for kind in ("coverage", "minimum_coverage", "shortage", "surplus"):
        grounds = [TEAM, FOUR, WITHOUT_CHO, TOGETHER, EITHER, TALKS, UNABLE]
        yield kind, [{}], grounds
    yield "coverage", [{"weight": 33}, {"weight": 0}], [TEAM]
    for kind in ("minimum_coverage", "shortage", "surplus"):
        yield kind, [{"shifts": "morning"}, {"shifts": "afternoon|night"}], [TEAM]
    grounds = [TEAM, UNSURE, FOUR, TALKS]
    yield "expected_shortage", [{}, {"weight": 33}, {"shifts": "afternoon|night"}], grounds
    grounds = [TEAM, FOUR, WITHOUT_CHO, THROUGH_THE_NIGHT, AT_THE_END]
    grounds += [{**ground, **ONE_ROOM} for ground in (*OVERLAPS, AT_THE_END)]
    yield "capacity", [{}], grounds
