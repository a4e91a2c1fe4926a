"""Tables of the rule on alternative shifts."""

from __future__ import annotations

from shiftplan.testing.pictures import shift
from tables.table import Row, Table

TABLES = [
    Table(
        "one_alternative",
        {},
        Row("clean: a team in one of them", "ana  A .\nbob  A .", 0, 0),
        Row("clean: a shift of another name beside it", "ana  A M\nbob  . .", 0, 0),
        Row("clean: nobody in any", "ana  . .", 0, 0),
        Row(
            "people in two of them",
            "ana  A .\nbob  M .",
            1,
            0,
            says=(
                " | M0 | M0: 2 of the alternative shifts 'talk' have people; only one can be held",
            ),
        ),
        Row("in all three", "ana  A .\nbob  M .\ncho  L .", 2, 0),
        shifts=(
            shift("A", 0, alternative="talk"),
            shift("M", 0, alternative="talk"),
            shift("L", 0, alternative="talk"),
            shift("M", 1, alternative="other"),
            shift("A", 1),
        ),
    ),
    Table(
        "one_alternative",
        {},
        Row("clean: the first is the first of the week, too", "ana  M\nbob  M", 0, 0),
        Row("people in both", "ana  M\nbob  A", 1, 0),
        shifts=(shift("M", 0, alternative="talk"), shift("A", 0, alternative="talk")),
    ),
]
