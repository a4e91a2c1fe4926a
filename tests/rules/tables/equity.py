"""Tables of the rules on centers and areas."""

from __future__ import annotations

from families import Fields, in_areas

from tables.table import HOLDERS, PORTAL, Row, Table, needs

COMMUNES: Fields = {
    **in_areas({"minority_area": True}, {"remote_area": True}),
    "requirements": needs(
        ("M0", None, 1, 2), ("M2", None, 0, 1), ("m1", None, 0, 2), ("m2", None, 1, 1)
    ),
}


TABLES = [
    Table(
        "worst_center_first",
        {"value": 2, "weight": 100},
        # home wants 4 seats: 100 x 1, 3, 5 and 7 over 4; far wants 2: 100 x 1 and 3 over 2.
        Row("clean", "ana  M . M\nbob  M . M\ncho  . m .\ndan  . m .", 0, 0),
        Row("just broken", "ana  M . M\nbob  M . M\ncho  . m .\ndan  . . .", 1, 50),
        Row("who is too many fills no seat", "ana  M . .\nbob  M m .\ncho  M m .", 2, 25 + 75),
        Row(
            "half of each: 25 + 75 + 50",
            "ana  M m .\nbob  M . .",
            3,
            150,
            says=(
                " | home | home: 2 of 4 seats filled",
                " | far | far: 1 of 2 seats filled",
            ),
        ),
        Row("all of the large center: 25 + 75 + 125 + 175", "ana  . m .\nbob  . m .", 4, 400),
        signs="Mm",
        requirements=needs(("M0", None, 0, 2), ("m1", None, 2, 2), ("M2", None, 1, 2)),
    ),
    Table(
        "worst_center_first",
        {"seats": "skilled"},
        # Of one seat that is the only one all is empty: rnd(7 x (1^6 - 0) / 1); of two the first
        # costs rnd(7 x 1 / 2^5) = 0, the second rnd(7 x 63 / 32) = 14.
        Row("clean: heads do not count", "dan  M .\neve  M m", 0, 0),
        Row("all of one", "dan  M .\neve  M .", 1, 7),
        Row("half of two", "ana  M m\ndan  M .\neve  . m", 1, 0),
        Row("all of both", "ana  M m\nbob  M m", 3, 21),
        signs="Mm",
        skills=PORTAL,
        each=HOLDERS,
        requirements=needs(("M0", None, 3, 3), ("M0", "portal", 0, 2), ("m1", "portal", 0, 1)),
    ),
    Table(
        "worst_center_first",
        {"value": 2, "weight": 100},
        # A head and a skilled person: 100 x 1 and 3 over 2.
        Row("clean: seats of both kinds", "dan  M", 0),
        Row("the skilled one is missing", "ana  M", 1, 50),
        Row("both are missing", "ana  .", 2, 50 + 150),
        signs="M",
        skills=PORTAL,
        each=HOLDERS,
        requirements=needs(("M0", None, 0, 1), ("M0", "portal", 0, 1)),
    ),
    Table(
        "area_floor",
        {"group": "minority", "value": 70},
        # 70% of the 3 seats at home, rounded up: 3.
        Row("clean", "ana  M . M\nbob  M . .", 0),
        Row(
            "just broken",
            "ana  M m M\nbob  . m .",
            1,
            says=(" | minority | minority: 2 of 3 seats filled, at least 3 needed",),
        ),
        Row("who is too many fills no seat", "ana  M . .\nbob  M . .\ncho  M . .", 1),
        Row("nobody", "ana  . . .\nbob  . m .", 3),
        signs="Mm",
        **COMMUNES,
    ),
    Table(
        "area_floor",
        {"group": "minority"},
        # 3 seats at home, 3 elsewhere: as many are due as are filled there.
        Row("clean: none", "ana  . . .", 0),
        Row("clean: as many", "ana  M m .", 0),
        Row("just broken", "ana  M m .\nbob  . m .", 1),
        Row("who is too many elsewhere makes nothing due", "ana  M . m\nbob  . . m", 0),
        Row(
            "all elsewhere",
            "ana  . m m\nbob  . m .",
            3,
            says=(
                " | minority | minority: 0 of 3 seats filled, at least 3 needed to match other "
                "places (3 of 3)",
            ),
        ),
        signs="Mm",
        **COMMUNES,
    ),
    Table(
        "area_floor",
        {"group": "island|other", "seats": "people"},
        # 1 of 4 seats at home, 1 of 3 far away and on the hill: 3 x 1 / 4, rounded up, are due.
        Row("clean", "ana  M m .", 0),
        Row(
            "just broken",
            "ana  M . .",
            1,
            says=(
                " | island|other | island|other: 0 of 3 seats filled, "
                "at least 1 needed to match other places (1 of 4)",
            ),
        ),
        Row("all of 4 elsewhere: 3 x 4 / 4", "ana  M . M\nbob  M . M", 3),
        signs="Mmx",
        skills=PORTAL,
        **in_areas({"minority_area": True}, {"groups": ("island",), "remote_area": True}),
        requirements=needs(
            ("M0", None, 0, 2),
            ("M0", "portal", 0, 2),
            ("M2", None, 0, 2),
            ("m1", None, 0, 2),
            ("x1", None, 0, 1),
        ),
    ),
    Table(
        "worst_center_first",
        {"value": 2, "weight": 10},
        # 10 x 1, 3, 5 and 7 over 4: 2.5, 7.5, 12.5 and 17.5, rounded half up.
        Row("a half is rounded up", "ana  M\nbob  M\ncho  M", 1, 3),
        Row("seat by seat", "ana  .", 4, 3 + 8 + 13 + 18),
        signs="M",
        requirements=needs(("M0", None, 0, 4)),
    ),
    Table(
        "area_floor",
        {"group": "minority", "value": 100},
        Row("clean: all 3 seats at home", "ana  M . M\nbob  M . .", 0),
        Row("just broken", "ana  M . M", 1),
        signs="Mm",
        **COMMUNES,
    ),
    Table(
        "area_floor",
        {"group": "minority", "value": 100, "seats": "skilled"},
        # Of four seats at home two are for people who know the portal.
        Row("clean", "dan  M . .\neve  M . .", 0),
        Row("people without the skill", "ana  M m M\nbob  M . .", 2),
        signs="Mm",
        skills=PORTAL,
        each=HOLDERS,
        centers=COMMUNES["centers"],
        requirements=needs(
            ("M0", None, 0, 1), ("M0", "portal", 0, 2), ("M2", None, 0, 1), ("m1", None, 0, 2)
        ),
    ),
    Table(
        "area_floor",
        {"group": "minority", "value": 1},
        Row("1 is all of them, not a percent", "ana  M . .", 2),
        signs="Mm",
        **COMMUNES,
    ),
    Table(
        "area_floor",
        {"group": "remote", "value": 0.5},
        # Half of the 3 seats far away, rounded up: 2.
        Row("clean", "ana  . m m", 0),
        Row("just broken", "ana  M m .", 1),
        signs="Mm",
        **COMMUNES,
    ),
    Table(
        "area_floor",
        {"group": "minority"},
        Row("nothing is due where the others want no seat", "ana  .", 0),
        signs="M",
        centers=COMMUNES["centers"],
        requirements=needs(("M0", None, 0, 2)),
    ),
]
