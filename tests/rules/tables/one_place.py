"""Tables of the rule on one place at a time."""

from __future__ import annotations

from tables.table import Row, Table

TABLES = [
    Table(
        "one_place",
        {},
        Row("clean: shifts that touch", "ana  MA EL N E", 0),
        Row("just broken: 7-11 and 10-14", "ana  MO . . .", 1),
        Row(
            "broken twice: 10-14 and 13-17",
            "ana  MOA . . .",
            2,
            says=(
                "ana | O0 | ana: M0 and O0 overlap",
                "ana | A0 | ana: O0 and A0 overlap",
            ),
        ),
        Row("two places at the same time", "ana  Mm . . .", 1),
        Row("over midnight: until 6:00 and from 4:00", "ana  . . N D", 1),
        Row("one within another", "ana  EM . . .", 1),
        signs="MAOELNmD",
    ),
]
