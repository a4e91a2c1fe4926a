"""Tables of seats of shifts that may stay away: alternatives of others, and optional ones."""

from __future__ import annotations

from families import in_areas

from shiftplan.testing.pictures import shift
from tables.skills import BOTH, apart
from tables.table import PORTAL, Row, Table, needs

MAY_STAY_AWAY = (
    shift("M", 0, alternative="talk"),
    shift("A", 0, alternative="talk"),
    shift("E", 0, optional=True),
)
"""A talk in the morning or in the afternoon, and an optional evening."""
ELSEWHERE = (shift("m", 0, alternative="talk"), shift("a", 0, alternative="talk"), shift("M", 0))

TABLES = [
    Table(
        "shortage",
        {},
        # Without people the morning asks for two; with people the afternoon does for three.
        Row("clean: the morning is held", "ana  M\nbob  M", 0),
        Row("clean: the afternoon is held instead", "ana  A\nbob  A\ncho  A", 0),
        Row("just broken", "ana  A\nbob  A\ncho  .", 1),
        Row("nobody: the morning asks, the evening does not", "ana  .", 2),
        Row("the evening asks once somebody comes", "ana  E", 2 + 1),
        shifts=MAY_STAY_AWAY,
        requirements=needs(("M0", None, 0, 2), ("A0", None, 0, 3), ("E0", None, 0, 2)),
    ),
    Table(
        "shortage",
        {},
        # Seats for one person each: fay alone fills one of two.
        Row("clean: nobody comes in the evening", "ana  M", 0),
        Row("clean: one speaks, one knows the portal", "ana  E\neve  E\nfay  M", 0),
        Row("just broken", "fay  E\nana  M", 1),
        Row("nobody: the morning asks", "ana  .", 1),
        shifts=MAY_STAY_AWAY,
        skills=PORTAL,
        each=BOTH,
        requirements=(
            *needs(("M0", None, 0, 1)),
            *apart("E0", {"skill_id": "khmer"}, {"skill_id": "portal"}),
        ),
    ),
    Table(
        "worst_center_first",
        {"value": 2, "weight": 100},
        # Seven seats: the j-th empty one costs rnd(100 x (2j - 1) / 7).
        Row("clean: the afternoon is held", "ana  A\nbob  A\ncho  A", 0),
        Row("nobody: two of the morning", "ana  .", 2, 14 + 43),
        Row("one of two in the evening too", "ana  E", 3, 14 + 43 + 71),
        shifts=MAY_STAY_AWAY,
        requirements=needs(("M0", None, 0, 2), ("A0", None, 0, 3), ("E0", None, 0, 2)),
    ),
    Table(
        "area_floor",
        {"group": "minority"},
        # Far away three seats are wanted, of which those of a talk that is not held count as
        # filled; at home two are.
        Row("clean: 1 of 3 there, 1 of 2 here", "ana  M", 0),
        Row("just broken: 1 of 3 there, the seat of the afternoon", "ana  .", 1),
        Row("the afternoon is held: 3 of 3 there", "ana  a", 2),
        Row("half of the morning: 2 of 3 there", "ana  m\nbob  M", 1),
        shifts=ELSEWHERE,
        **in_areas({"minority_area": True}, {}),
        requirements=needs(("m0", None, 0, 2), ("a0", None, 0, 1), ("M0", None, 0, 2)),
    ),
    Table(
        "area_floor",
        {"group": "minority"},
        # As above, with seats for one person each: of a speaker, and of who knows the portal.
        Row("clean: 1 of 3 there, 1 of 2 here", "ana  M", 0),
        Row("just broken: 1 of 3 there, the seat of the afternoon", "ana  .", 1),
        Row("fay fills one of the morning: 2 of 3 there", "fay  m\nbob  M", 1),
        Row("the afternoon is held: 3 of 3 there", "ana  a", 2),
        shifts=ELSEWHERE,
        **in_areas({"minority_area": True}, {}),
        skills=PORTAL,
        each=BOTH,
        requirements=(
            *apart("m0", {"skill_id": "khmer"}, {"skill_id": "portal"}),
            *needs(("a0", None, 0, 1), ("M0", None, 0, 2)),
        ),
    ),
]
