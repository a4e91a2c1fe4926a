"""Tables of the rules on what is given."""

from __future__ import annotations

import datetime as dt

from families import Fields, moment

from shiftplan.testing.pictures import MONDAY, window
from tables.table import Row, Table


def _windows(*hours: tuple[int, int], who: str = "ana") -> tuple[Fields, ...]:
    """Windows on Monday."""
    return tuple(
        {"volunteer_id": who, "start": moment(0, start), "end": moment(0, end)}
        for start, end in hours
    )


PARTS: tuple[Fields, ...] = (
    {"volunteer_id": "ana", "start": moment(0, 6, 30), "end": moment(0, 9)},
    {"volunteer_id": "ana", "start": moment(0, 9, 45), "end": moment(0, 13, 45)},
)
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
        # E is from 6:00 to 14:00.
        Row("windows that touch", "ana  E . .", 0, 0, availability=_windows((6, 10), (10, 14))),
        Row("windows that overlap", "ana  E . .", 0, 0, availability=_windows((5, 12), (9, 15))),
        Row("in any order", "ana  E . .", 0, 0, availability=_windows((10, 14), (6, 8), (8, 10))),
        Row("one inside another", "ana  E . .", 0, 0, availability=_windows((6, 14), (7, 8))),
        Row(
            "a short one between long ones",
            "ana  E . .",
            0,
            0,
            availability=_windows((5, 13), (7, 8), (13, 14)),
        ),
        Row(
            "a minute between them",
            "ana  E . .",
            1,
            0,
            availability=(
                {"volunteer_id": "ana", "start": moment(0, 6), "end": moment(0, 9, 59)},
                {"volunteer_id": "ana", "start": moment(0, 10), "end": moment(0, 14)},
            ),
        ),
        Row(
            "windows that touch at midnight",
            "ana  N . .",
            0,
            0,
            availability=(window("ana", first=0, last=1), window("ana", first=1, last=2)),
        ),
        Row(
            "windows of two people",
            "ana  E . .\nbob  . . .",
            1,
            0,
            availability=(*_windows((6, 10)), *_windows((10, 14), who="bob")),
        ),
        signs="MNE",
        availability=(window("ana", first=0, last=1),),
    ),
    Table(
        "occupied",
        {},
        # A meeting on Monday from 11:00 to 13:00, and Tuesday off.
        Row("clean: M ends as the meeting starts", "ana  MA . M", 0, 0),
        Row(
            "just broken",
            "ana  . M .",
            1,
            0,
            says=("ana | M1 | ana is occupied by 'Leave' (Tue 08 Dec) at the time of M1",),
        ),
        Row(
            "a night reaches into it",
            "ana  N . .",
            1,
            0,
            says=("ana | N0 | ana is occupied by 'Leave' (Tue 08 Dec) at the time of N0",),
        ),
        Row(
            "broken twice",
            "ana  O M .",
            2,
            0,
            says=(
                "ana | O0 | ana is occupied (Mon 07 Dec 11:00–13:00) at the time of O0",
                "ana | M1 | ana is occupied by 'Leave' (Tue 08 Dec) at the time of M1",
            ),
        ),
        Row("others are free", "bob  O M .\nana  . . .", 0, 0),
        Row(
            "a group",
            "bob  . M .\nana  . . .",
            1,
            0,
            occupied=({"group": "youth", "start": moment(1, 0), "end": moment(2, 0)},),
            each={"bob": {"group": "youth"}},
        ),
        Row(
            "everybody",
            "bob  M M .\nana  M . .",
            2,
            0,
            occupied=({"start": moment(0, 7), "end": moment(0, 8)},),
        ),
        signs="MANO",
        occupied=(
            {"volunteer_id": "ana", "start": moment(0, 11), "end": moment(0, 13)},
            {
                "volunteer_id": "ana",
                "start": moment(1, 0),
                "end": moment(2, 0),
                "what": "Leave",
            },
        ),
    ),
    Table(
        "available",
        {"value": 60, "level": "hard"},
        Row("clean", "ana  M .", 0, 0),
        # E is from 6:00 to 14:00: an hour before the window, and 2 after it.
        Row(
            "far outside",
            "ana  E .",
            1,
            0,
            says=("ana | E0 | ana in E0: 180 min outside the time offered",),
        ),
        Row("broken twice", "ana  E M", 2, 0),
        signs="EM",
        days=2,
        availability=_windows((7, 12)),
    ),
    # E is from 6:00 to 14:00: 30 minutes before the first window, 45 between them and 15 after.
    Table(
        "available",
        {"value": 90, "level": "hard"},
        Row("at the limit", "ana  E", 0, 0),
        signs="E",
        availability=PARTS,
    ),
    Table(
        "available",
        {"value": 90, "level": 2, "weight": 3},
        Row("all minutes have a price", "ana  E", 1, 3 * 90),
        signs="E",
        availability=PARTS,
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
                "ana | M0 | ana is pinned to M0, or agreed to work it, but is not in it",
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


TUESDAY = MONDAY + dt.timedelta(1)
PUBLISHED = (
    {"volunteer_id": "ana", "shift_id": "M0"},
    {"volunteer_id": "ana", "shift_id": "M1", "told": False},
    {"volunteer_id": "bob", "shift_id": "M1"},
)


TABLES += [
    Table(
        "stability",
        {"weight": 7, "told_weight": 5},
        # Ana was told of Monday's morning and not of Tuesday's, Bob of Tuesday's.
        Row("clean", "ana  M M .\nbob  . M .", 0),
        Row("called in", "ana  M M M\nbob  . M .", 1, 7),
        Row("sent home, told", "ana  . M .\nbob  . M .", 1, 7 + 5),
        Row("sent home, not told", "ana  M . .\nbob  . M .", 1, 7),
        Row(
            "from one shift to another",
            "ana  A M .\nbob  . M .",
            2,
            7 + 5 + 7,
            says=(
                "ana | A0 | ana is new in A0",
                "ana | M0 | ana works M0 in the published roster, but not in this one",
            ),
        ),
        Row("who takes over", "ana  . M .\nbob  M M .", 2, 7 + 5 + 7),
        Row("nothing is left", "ana  . . .\nbob  . . .", 3, 3 * 7 + 2 * 5),
        signs="MA",
        published=PUBLISHED,
    ),
    Table(
        "stability",
        {"weight": 7, "told_weight": 5, "first_day": TUESDAY, "last_day": TUESDAY},
        Row("clean", "ana  M M .\nbob  . M .", 0),
        Row("other days change", "ana  A M M\nbob  M M A", 0),
        Row("that day", "ana  A A M\nbob  . . M", 3, 7 + 7 + 7 + 5),
        signs="MA",
        published=PUBLISHED,
    ),
    Table(
        "stability",
        {},
        Row("nothing was published", "ana  M M .", 0),
    ),
]
