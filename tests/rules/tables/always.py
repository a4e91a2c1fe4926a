"""Tables of the rules on what no week may break."""

from __future__ import annotations

from families import moment

from shiftplan.testing.pictures import window
from tables.table import Row, Table

TABLES = [
    Table(
        "available",
        {},
        Row("clean", "ana  M . .", 0, 0),
        Row(
            "just broken", "ana  M M .", 1, 0, says=("ana | M1 | ana did not offer the time of M1",)
        ),
        Row("broken twice", "ana  . M M", 2, 0),
        Row("a night reaches beyond the window", "ana  N . .", 1, 0),
        Row("no window", "bob  M . .\nana  M . .", 1, 0),
        Row(
            "exactly the window",
            "ana  M . .",
            0,
            0,
            availability=({"volunteer_id": "ana", "start": moment(0, 7), "end": moment(0, 11)},),
        ),
        Row(
            "two windows that touch are two",
            "ana  E . .",
            1,
            0,
            availability=(
                {"volunteer_id": "ana", "start": moment(0, 6), "end": moment(0, 10)},
                {"volunteer_id": "ana", "start": moment(0, 10), "end": moment(0, 15)},
            ),
        ),
        signs="MNE",
        availability=(window("ana", first=0, last=1),),
    ),
    Table(
        "pins",
        {},
        Row("clean", "ana  M .\nbob  . M", 0, 0),
        Row("just broken: must", "ana  . .\nbob  . .", 1, 0),
        Row("just broken: must not", "ana  M M\nbob  . .", 1, 0),
        Row(
            "broken twice",
            "ana  . M\nbob  M .",
            2,
            0,
            says=(
                "ana | M0 | ana is pinned to work M0",
                "ana | M1 | ana is pinned not to work M1",
            ),
        ),
        signs="M",
        pins=(
            {"volunteer_id": "ana", "shift_id": "M0", "state": "must"},
            {"volunteer_id": "ana", "shift_id": "M1", "state": "must_not"},
        ),
    ),
]
