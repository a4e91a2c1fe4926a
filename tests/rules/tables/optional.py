"""Tables of the rules on optional shifts."""

from __future__ import annotations

from shiftplan.testing.pictures import shift
from tables.table import Row, Table, needs

OPTIONAL = {
    "shifts": (
        shift("M", 0, optional=True),
        shift("A", 0, optional=True),
        shift("M", 1),
        shift("A", 1),
    ),
    "requirements": needs(("M0", None, 2, 3), ("A0", None, 3, 3), ("M1", None, 1, 1)),
}

TABLES = [
    Table(
        "optional_minimum",
        {},
        Row("clean: nobody in any", "ana  . .", 0, 0),
        Row("clean: the minimum", "ana  M .\nbob  M .", 0, 0),
        Row("clean: others have no minimum by this rule", "ana  . A", 0, 0),
        Row(
            "one of two",
            "ana  M .",
            1,
            0,
            says=(" | M0 | M0: 1 person, nobody or at least 2 needed",),
        ),
        Row("one of two, and one of three", "ana  M .\nbob  A .", 3, 0),
        **OPTIONAL,
    ),
    Table(
        "hold_optional",
        {},
        Row("clean: both have people", "ana  M .\nbob  A .", 0),
        Row(
            "the afternoon has none",
            "ana  M .\nbob  M .",
            1,
            says=(" | A0 | A0: the optional shift is not held",),
        ),
        Row("none has, and others do not count", "ana  . M", 2),
        shifts=OPTIONAL["shifts"],
    ),
]
