"""Tables of the rules on seats filled, empty and too many."""

from __future__ import annotations

from tables.table import HOLDERS, PORTAL, Row, Table, needs

TABLES = [
    Table(
        "coverage",
        {"weight": 100},
        # The center's priority is 1.5. Seat 1: 100 x 1.5 x 4 x 1.5 = 900; seat 2: 100 x 1.5 = 150.
        Row("clean", "ana  M\nbob  M", 0),
        Row("just broken", "ana  M\nbob  .", 1, 150),
        Row(
            "broken by two",
            "ana  .\nbob  .",
            2,
            1050,
            says=(" | M0 | M0: 0 of 2 seats filled (minimum 1)",),
        ),
        Row("surplus is free", "ana  M\nbob  M\ncho  M", 0),
        signs="M",
        requirements=needs(("M0", None, 1, 2)),
    ),
    Table(
        "coverage",
        {"weight": 33},
        # Seat 1: 33 x 1.5 x 4 x 1.5 = 297; seat 2: 49.5, rounded half up: 50.
        Row("clean", "dan  M\neve  M", 0),
        Row("people without the skill do not count", "dan  M\nana  M", 1, 50),
        Row(
            "rounded seat by seat",
            "dan  .\nana  M",
            2,
            347,
            says=(" | M0 portal 1 | M0 portal 1: 0 of 2 seats filled (minimum 1)",),
        ),
        signs="M",
        skills=PORTAL,
        each=HOLDERS,
        requirements=needs(("M0", "portal", 1, 2)),
    ),
    Table(
        "minimum_coverage",
        {},
        Row("clean", "ana  M .\nbob  M .", 0),
        Row("just broken", "ana  M .\nbob  . M", 1),
        Row("broken by two", "ana  . M\nbob  . .", 2),
        Row(
            "two requirements: 2 + 1",
            "ana  . .",
            3,
            requirements=needs(("M0", None, 2, 3), ("M1", None, 1, 1)),
            says=(
                " | M0 | M0: 0 people, at least 2 needed",
                " | M1 | M1: 0 people, at least 1 needed",
            ),
        ),
        signs="M",
        requirements=needs(("M0", None, 2, 3)),
    ),
    Table(
        "minimum_coverage",
        {},
        Row("clean", "dan  M\neve  .", 0),
        Row("level 2 is too low", "dan  .\neve  M", 1),
        signs="M",
        skills=PORTAL,
        each=HOLDERS,
        requirements=(
            {"shift_id": "M0", "skill_id": "portal", "min_level": 3, "minimum": 1, "target": 1},
        ),
    ),
    Table(
        "shortage",
        {"shifts": "morning"},
        Row("clean: other types do not count", "ana  M\nbob  M", 0),
        Row("just broken", "ana  M\nbob  A", 1),
        Row("broken by two", "ana  A\nbob  A", 2, says=(" | M0 | M0: 0 of 2 people",)),
        signs="MA",
        requirements=needs(("M0", None, 0, 2), ("A0", None, 1, 9)),
    ),
    Table(
        "surplus",
        {},
        Row("clean", "ana  M\nbob  .\ndan  .", 0),
        Row("just broken", "ana  M\nbob  M\ndan  .", 1),
        # Heads: 3 of 1; portal: 1 of 0.
        Row(
            "broken twice",
            "ana  M\nbob  M\ndan  M",
            3,
            says=(
                " | M0 | M0: 3 people, at most 1 wanted",
                " | M0 portal 1 | M0 portal 1: 1 person, at most 0 wanted",
            ),
        ),
        signs="M",
        skills=PORTAL,
        each={"dan": HOLDERS["dan"]},
        requirements=needs(("M0", None, 0, 1), ("M0", "portal", 0, 0)),
    ),
]
