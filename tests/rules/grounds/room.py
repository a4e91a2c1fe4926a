"""Grounds on which the room of centers is tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields, in_areas, moment

from grounds.ground import Plan
from grounds.one_place import OVERLAPS
from grounds.team import FOUR, TEAM, WITHOUT_CHO
from shiftplan.testing.pictures import shift

ONE_ROOM: Fields = in_areas({"capacity": 1}, {"capacity": 0})
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
    grounds = [TEAM, FOUR, WITHOUT_CHO, THROUGH_THE_NIGHT, AT_THE_END]
    grounds += [{**ground, **ONE_ROOM} for ground in (*OVERLAPS, AT_THE_END)]
    yield "capacity", [{}], grounds
