"""Tables of the rules on wishes."""

from __future__ import annotations

import datetime as dt

from families import Fields, moment

from shiftplan.testing.pictures import MONDAY, window
from tables.table import NIGHTS, THREE_STATES, Row, Table


def _meeting(*windows: tuple[str, float, float]) -> tuple[Fields, ...]:
    """Windows of Ana on Monday: state, first and last hour."""
    midnight = moment(0, 0)
    return tuple(
        {
            "volunteer_id": "ana",
            "state": state,
            "start": midnight + dt.timedelta(hours=start),
            "end": midnight + dt.timedelta(hours=end),
        }
        for state, start, end in windows
    )


UNEQUAL = {"ana": {"wish_percent": 150}, "bob": {"wish_percent": 30}}
"""Wishes that weigh more, and less, than those of others."""
TABLES = [
    Table(
        "wish_equality",
        {"weight": 100},
        # Four wishes: 100 x 1 / 16 = 6.25, 18.75, 31.25, 43.75.
        Row("clean", "ana  M . . .\nbob  M M M M", 0),
        Row("just broken", "ana  . . . .\nbob  . . . .", 1, 6),
        Row(
            "two: 6 + 19",
            "ana  . m . .\nbob  . . . .",
            2,
            25,
            says=("ana |  | ana: 2 of 4 wishes are refused",),
        ),
        Row("two places at one time are one wish", "ana  M . Mm .\nbob  . . . .", 1, 6),
        Row("all four: 6 + 19 + 31 + 44", "ana  . M M M\nbob  . . . .", 4, 100),
        signs="Mm",
        availability=(
            window("ana", first=0, last=2),
            window("ana", "undesired", 2, 4),
            window("bob", first=0, last=4),
        ),
        preferences=(
            {"volunteer_id": "ana", "shift_id": "M0", "state": "for", "weight": 3},
            {"volunteer_id": "ana", "date": MONDAY + dt.timedelta(1), "state": "against"},
        ),
    ),
    Table(
        "wish_equality",
        {"weight": 100, "group": "youth"},
        Row("clean: another group", "ana  M .\nbob  . .", 0),
        Row("a wish beside no undesired time", "ana  . .\nbob  . M", 1, 100),
        signs="M",
        each={"ana": {"group": "youth"}},
        preferences=(
            {"volunteer_id": "ana", "shift_id": "M0", "state": "for"},
            {"volunteer_id": "bob", "shift_id": "M1", "state": "for"},
        ),
    ),
    Table(
        "wish_equality",
        {"weight": 100},
        # 100 x 1 / 4 = 25 and 100 x 3 / 4 = 75.
        Row("clean", "ana  . .", 0),
        Row("an undesired time without other wishes", "ana  M .", 1, 25),
        Row("both: 25 + 75", "ana  M M", 2, 100),
        signs="M",
        availability=(window("ana", "undesired", 0, 2),),
    ),
    Table(
        "wish_equality",
        {"weight": 100},
        # Three wishes: 100 x 1, 3 and 5 over 9; two: 100 x 1 and 3 over 4.
        Row("clean", "ana  M . . .\nbob  M . . .", 0),
        Row("the first person's: 11 + 33", "ana  . . M .\nbob  . . . .", 2, 44),
        Row("the second person's: 25 + 75", "ana  M . . .\nbob  . M . M", 2, 100),
        Row("one of each: 11 + 25", "ana  . . . .\nbob  . M . .", 2, 36),
        signs="M",
        availability=(
            window("ana", first=0, last=2),
            window("ana", "undesired", 2, 4),
            window("bob", first=0, last=3),
            window("bob", "undesired", 3, 4),
        ),
        preferences=(
            {"volunteer_id": "ana", "shift_id": "M0", "state": "for"},
            {"volunteer_id": "bob", "date": MONDAY + dt.timedelta(1), "state": "against"},
        ),
    ),
    Table(
        "wish",
        {"weight": 13, "level": 2},
        # Undesired 13, available rnd(13 / 5) = rnd(2.6) = 3, preferred 0.
        Row("clean: preferred", "ana  M . .", 0),
        Row("available", "ana  . M .", 1, 3),
        Row("undesired", "ana  . . M", 1, 13),
        Row(
            "both",
            "ana  M M M",
            2,
            16,
            says=(
                "ana | M1 | ana in M1: available, but not preferred",
                "ana | M2 | ana in M2: undesired",
            ),
        ),
        signs="M",
        availability=THREE_STATES,
    ),
    Table(
        "wish",
        {"weight": 5, "level": 2},
        # A fifth of it is 1.
        Row("the least that costs", "ana  M M .", 1, 1),
        signs="M",
        availability=THREE_STATES,
    ),
    Table(
        "wish",
        {"weight": 12, "level": 2},
        # rnd(2.4) = 2.
        Row("clean: nothing", "ana  . . .", 0),
        Row("rounded down", "ana  . M .", 1, 2),
        signs="M",
        availability=THREE_STATES,
    ),
    Table(
        "wish",
        {"weight": 10, "level": 2},
        # Undesired 10, available 2. M is from 7:00 to 11:00, A from 13:00 to 17:00, O from 10:00 to
        # 14:00; preferred is 7:00 to 12:00, available 12:00 to 13:30, undesired from there on.
        Row("clean: in one window only", "ana  M", 0),
        Row("the less welcome of two", "ana  O", 1, 10),
        Row("undesired for the most part", "ana  A", 1, 10),
        signs="MOA",
        availability=_meeting(
            ("preferred", 7, 12), ("available", 12, 13.5), ("undesired", 13.5, 18)
        ),
    ),
    Table(
        "wish",
        {"weight": 10, "level": 2},
        # Preferred from 7:00 to 11:00, available from 6:00 to 18:00.
        Row("what both cover counts as the less welcome", "ana  M", 1, 2),
        Row("what one covers", "ana  A", 1, 2),
        signs="MA",
        availability=_meeting(("preferred", 7, 11), ("available", 6, 18)),
    ),
    Table(
        "wish",
        {"weight": 10, "level": 2},
        # They share no minute with M: from 11:00 on, and up to 7:00.
        Row("windows at its ends", "ana  M", 0),
        signs="M",
        availability=_meeting(("undesired", 11, 18), ("undesired", 4, 7), ("preferred", 7, 11)),
    ),
    Table(
        "preferences",
        {},
        # On Monday either shift will do, on Tuesday neither.
        Row("clean: one of two", "ana  A .", 0),
        Row("no shift of the date", "ana  . .", 1),
        Row("one that was not to be", "ana  MA M", 2),
        signs="MA",
        preferences=(
            {"volunteer_id": "ana", "date": MONDAY, "state": "for"},
            {
                "volunteer_id": "ana",
                "date": MONDAY + dt.timedelta(1),
                "state": "against",
                "weight": 2,
            },
        ),
    ),
    Table(
        "preferences",
        {},
        Row("clean", "ana  M . N", 0),
        Row("just broken: weight 3", "ana  . . N", 3),
        Row("the date, any shift: weight 2", "ana  M M N", 2),
        Row("the night, not the date: weight 1", "ana  M . M", 1),
        Row(
            "all refused: 3 + 2 + 1",
            "ana  . N M",
            6,
            says=(
                "ana | M0 | ana asked to work M0",
                "ana | 2026-12-08 | ana asked not to work 2026-12-08",
                "ana | 2026-12-09 night | ana asked to work 2026-12-09 night",
            ),
        ),
        signs=NIGHTS,
        preferences=(
            {"volunteer_id": "ana", "shift_id": "M0", "state": "for", "weight": 3},
            {
                "volunteer_id": "ana",
                "date": MONDAY + dt.timedelta(1),
                "state": "against",
                "weight": 2,
            },
            {
                "volunteer_id": "ana",
                "date": MONDAY + dt.timedelta(2),
                "shifts": "night",
                "state": "for",
            },
        ),
    ),
    Table(
        "wish",
        {"weight": 10, "level": 2},
        # Ana's count one and a half times: 15 and 3; Bob's 30%: 3, and 0.6, which is rounded to 1.
        Row("clean", "ana  M . .\nbob  M . .", 0),
        Row("hers", "ana  . M M\nbob  . . .", 2, 3 + 15),
        Row("his", "ana  . . .\nbob  . M M", 2, 1 + 3),
        signs="M",
        each=UNEQUAL,
        availability=(
            *THREE_STATES,
            window("bob", "preferred", 0, 1),
            window("bob", "available", 1, 2),
            window("bob", "undesired", 2, 4),
        ),
    ),
    Table(
        "preferences",
        {"weight": 7},
        # 7 x 3 x 1.5 = 31.5 is rounded up; 7 x 0.3 = 2.1 is rounded down.
        Row("clean", "ana  M .\nbob  . .", 0),
        Row("hers", "ana  . .\nbob  . .", 3, 32),
        Row("his", "ana  M .\nbob  . M", 1, 2),
        signs="M",
        each=UNEQUAL,
        preferences=(
            {"volunteer_id": "ana", "shift_id": "M0", "state": "for", "weight": 3},
            {"volunteer_id": "bob", "date": MONDAY + dt.timedelta(1), "state": "against"},
        ),
    ),
    Table(
        "wish_equality",
        {"weight": 100},
        # Of two wishes 25 and 75: hers cost 37.5 and 112.5, each rounded up; his 7.5 and 22.5.
        Row("clean", "ana  . .\nbob  . .", 0),
        Row("one of each", "ana  M .\nbob  . M", 2, 38 + 8),
        Row("all", "ana  M M\nbob  M M", 4, 38 + 113 + 8 + 23),
        signs="M",
        each=UNEQUAL,
        availability=(window("ana", "undesired", 0, 2), window("bob", "undesired", 0, 2)),
    ),
    Table(
        "wish",
        {"level": "hard"},
        Row("clean: preferred and available", "ana  M M . .", 0, 0),
        Row("just broken", "ana  . . M .", 1, 0, says=("ana | M2 | ana in M2: undesired",)),
        Row("broken twice", "ana  M . M M", 2, 0),
        signs="M",
        availability=THREE_STATES,
    ),
]
