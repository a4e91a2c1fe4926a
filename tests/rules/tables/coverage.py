"""Tables of the rules on seats filled, empty and too many."""

from __future__ import annotations

from families import moment
from grounds.ground import at_days, at_times

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
        {"weight": 100},
        # M is from 7 to 11, O from 10 to 14: both cover the hour from 10.
        # The center's priority is 1.5. Seat 1: 100 x 1.5 x 4 x 1.5 = 900; seat 2: 100 x 1.5 = 150.
        Row("each in a shift of their own", "ana  M\nbob  O", 0),
        Row("both in the same", "ana  O\nbob  O", 0),
        Row("just broken", "ana  M\nbob  .", 1, 150),
        Row("in both shifts but one person", "ana  MO\nbob  .", 1, 150),
        Row(
            "A begins too late",
            "ana  A\nbob  .",
            2,
            1050,
            says=(
                " | home 2026-12-07 10:00-11:00 | "
                "home 2026-12-07 10:00-11:00: 0 of 2 seats filled (minimum 1)",
            ),
        ),
        signs={0: "MOA"},
        requirements=(at_times(moment(0, 10), moment(0, 11), minimum=1, target=2),),
    ),
    Table(
        "minimum_coverage",
        {},
        # Three hours are three requirements: M covers two of them, O the last.
        Row("clean", "ana  M\nbob  O", 0),
        Row("the last hour is empty", "ana  M\nbob  .", 1),
        Row("the first two are empty", "ana  .\nbob  O", 2),
        signs={0: "MO"},
        requirements=(
            at_times(moment(0, 8), moment(0, 11), step=60, minimum=1, target=1),
            at_times(moment(0, 11), moment(0, 12), minimum=1, target=1),
        ),
    ),
    Table(
        "minimum_coverage",
        {},
        Row("three nights of one person", "ana  N N N .\nbob  . . . .", 0),
        Row("of two people, one of them twice", "ana  N . N .\nbob  . N . .", 0),
        Row("two on the same night", "ana  N . . .\nbob  N . . .", 1),
        Row("the fourth night is too late", "ana  N N . N\nbob  . . . .", 1),
        Row(
            "no morning is a night",
            "ana  M M . .\nbob  . . . .",
            3,
            says=(
                " | home 2026-12-07..2026-12-09 night | "
                "home 2026-12-07..2026-12-09 night: 0 people, at least 3 needed",
            ),
        ),
        signs="MN",
        requirements=(at_days(0, 2, shifts="night", minimum=3, target=3),),
    ),
    Table(
        "surplus",
        {},
        Row("one of both shifts", "ana  O\nbob  .", 0),
        Row("two where one is wanted", "ana  M\nbob  O", 1),
        Row("one person in both", "ana  MO\nbob  .", 0),
        signs={0: "MO"},
        requirements=(at_times(moment(0, 10), moment(0, 11), target=1),),
    ),
    Table(
        "shortage",
        {"weight": 30},
        # Only who holds level 2 counts, whichever of the shifts they work.
        Row("clean", "dan  M\neve  O", 0, 0),
        Row("one is missing", "dan  M\nana  O", 1, 30),
        signs={0: "MO"},
        skills=PORTAL,
        each=HOLDERS,
        requirements=(
            at_times(moment(0, 10), moment(0, 11), skill_id="portal", min_level=2, target=2),
        ),
    ),
    Table(
        "shortage",
        {"weight": 30, "shifts": "morning"},
        # M0 and O0 cover the first hour, M0 alone the second: of the first not all are mornings.
        Row("clean", "ana  M\nbob  .", 0, 0),
        Row("a morning is missing", "ana  .\nbob  O", 1, 30),
        signs={0: "MO"},
        requirements=(
            at_times(moment(0, 10), moment(0, 11), target=3),
            at_times(moment(0, 8), moment(0, 10), target=1),
        ),
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
        "expected_shortage",
        {"weight": 100},
        # The center's priority is 1.5. Chances 100, 61 and 7: seats cost 150, 91.5 and 10.5, each
        # rounded half up.
        Row("clean: whoever might be needed is there", "ana  M\nbob  M\ncho  M", 0),
        Row("a seat above the target that may be needed", "ana  M\nbob  M\ncho  .", 7, 11),
        Row(
            "broken by more",
            "ana  M\nbob  .\ncho  .",
            68,
            103,
            says=(" | M0 | M0: 1 person, on average 0.7 too few",),
        ),
        Row("nobody", "ana  .\nbob  .\ncho  .", 168, 253),
        Row(
            "nobody is needed for certain where nothing is told",
            "ana  .",
            0,
            0,
            requirements=needs(("M0", None, 0, 0)),
        ),
        Row(
            "without chances, the target is certain",
            "ana  M\nbob  .",
            200,
            300,
            requirements=needs(("M0", None, 1, 3)),
        ),
        signs="M",
        requirements=(
            {"shift_id": "M0", "minimum": 1, "target": 2, "needed_percent": (100, 61, 7)},
        ),
    ),
    Table(
        "expected_shortage",
        {"weight": 100, "shifts": "morning"},
        Row("clean: other types do not count", "dan  M\neve  .", 0),
        Row("people without the skill do not count", "dan  A\nana  M", 50, 75),
        signs="MA",
        skills=PORTAL,
        each=HOLDERS,
        requirements=(
            {"shift_id": "M0", "skill_id": "portal", "target": 1, "needed_percent": (50, 0)},
            {"shift_id": "A0", "target": 9, "needed_percent": (90,)},
        ),
    ),
    Table(
        "surplus",
        {},
        # Who holds portal is welcome, though only one such person is asked for.
        Row("clean", "dan  M\neve  M\nana  .", 0),
        Row("just broken", "dan  M\neve  M\nana  M", 1),
        Row("broken twice", "dan  M\neve  M\nana  M\nbob  M", 2),
        signs="M",
        skills=PORTAL,
        each=HOLDERS,
        requirements=needs(("M0", None, 0, 2), ("M0", "portal", 0, 1)),
    ),
    Table(
        "surplus",
        {"seats": "all"},
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
