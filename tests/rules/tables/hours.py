"""Tables of the rules on hours at a stretch and within any hours."""

from __future__ import annotations

import datetime as dt

from tables.table import Row, Table

AUTUMN, SPRING = dt.date(2026, 10, 24), dt.date(2026, 3, 28)
BERLIN = {
    start: {"start": start, "horizon": {"start": start, "days": 3, "zone": "Europe/Berlin"}}
    for start in (AUTUMN, SPRING)
}

TABLES = [
    Table(
        "max_consecutive_minutes",
        {"value": 600},
        # Early 6:00-14:00, late 14:00-22:00, night 22:00-6:00.
        Row("clean: 480, and a pause", "ana  E N .", 0),
        Row(
            "just broken: two that touch, 960",
            "ana  EL . .",
            360,
            says=("ana | L0 | ana: 960 minutes at a stretch until the end of L0, at most 600",),
        ),
        Row("over midnight: 960", "ana  N E .", 360),
        Row("all day and night: 1440", "ana  ELN . .", 840),
        Row("two stretches of 960", "ana  EL . EL", 720),
        Row("two people", "ana  EL . .\nbob  . EL .", 720),
        Row("the last day", "ana  . . LN", 360),
        Row("the history does not count", "ana  N | E .", 0),
        signs="ELN",
    ),
    Table(
        "max_consecutive_minutes",
        {"value": 480, "pause_minutes": 121},
        # Morning 7:00-11:00, afternoon 13:00-17:00: 120 minutes are no pause.
        Row("clean: one of the two", "ana  M A", 0),
        Row("just broken: 7:00 to 17:00, 600", "ana  MA .", 120),
        Row("twice", "ana  MA MA", 240),
        signs="MA",
    ),
    Table(
        "max_consecutive_minutes",
        {"value": 480, "pause_minutes": 120},
        Row("clean: 120 minutes are a pause", "ana  MA MA", 0),
        # Morning 7:00-11:00, over 10:00-14:00, afternoon 13:00-17:00.
        Row("shifts that overlap are one stretch", "ana  MOA .", 120),
        Row("overlapping, 420 minutes", "ana  MO OA", 0),
        signs="MOA",
    ),
    Table(
        "max_consecutive_minutes",
        {"value": 400, "group": "youth", "shifts": "late|night"},
        Row("clean: another group, other shifts", "ana  E . .\nbob  LN . .", 0),
        Row("just broken", "ana  EL . .\nbob  LN . .", 80),
        signs="ELN",
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "max_consecutive_minutes",
        {"value": 960},
        # Clocks are put back: the night lasts 540 minutes.
        Row("clean: an ordinary night, 480 + 480", "ana  . N E", 0),
        Row("a night of an hour more", "ana  N E .", 60),
        signs="EN",
        **BERLIN[AUTUMN],
    ),
    Table(
        "max_consecutive_minutes",
        {"value": 899},
        # Clocks are put forward: the night lasts 420 minutes.
        Row("a night of an hour less", "ana  N E .", 1),
        Row("an ordinary night, 480 + 480", "ana  . N E", 61),
        signs="EN",
        **BERLIN[SPRING],
    ),
    Table(
        "max_minutes_within",
        {"value": 720},
        Row("clean: 480, then 480 a day later", "ana  E E .", 0),
        # From 6:00 on 960; from 14:00 on 480.
        Row(
            "just broken: two of a date",
            "ana  EL . .",
            240,
            says=("ana | E0 | ana: 960 minutes within 24 hours from the start of E0, at most 720",),
        ),
        # From 22:00 on 480 + 480; from 14:00 of the next date on 480.
        Row("over midnight", "ana  N L .", 240),
        # From Monday 14:00 on 480, 480 and 0; from 22:00 on 480, 480 and 0; from Tuesday 6:00 on.
        Row("from each shift on", "ana  LN E .", 720 + 240),
        Row("two people", "ana  EL . .\nbob  . . EL", 480),
        Row("the history does not count", "ana  N | L .", 0),
        signs="ELN",
    ),
    Table(
        "max_minutes_within",
        {"value": 480, "within_hours": 26},
        # From 7:00 to 9:00 of the next day: 240 + 240 + 120.
        Row("a part of a shift counts", "ana  MA M .", 120),
        # The first 120, the second 480 + 120 - 480: from 13:00 to 15:00 of the next day.
        Row("a part after each shift", "ana  MA MA .", 120 + 120 + 0),
        Row("clean", "ana  MA . MA", 0),
        signs="MA",
    ),
    Table(
        "max_minutes_within",
        {"value": 400, "group": "youth", "shifts": "late|night"},
        Row("clean: another group, other shifts", "ana  E . .\nbob  LN . .", 0),
        Row("just broken", "ana  E L .\nbob  LN . .", 80),
        signs="ELN",
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "max_minutes_within",
        {"value": 480, "within_hours": 23},
        # From Saturday 22:00 on 23 hours end at 20:00 of Sunday, when clocks are put back: the
        # night of 540 minutes and the late shift until then, 360.
        Row("clocks put back", "ana  N L .", 540 + 360 - 480),
        # A day later until Monday 21:00: 480 and 420.
        Row("an ordinary night", "ana  . N L", 420),
        signs="NL",
        **BERLIN[AUTUMN],
    ),
    Table(
        "max_minutes_within",
        {"value": 480, "within_hours": 23},
        # Until 22:00 of Sunday: the night of 420 minutes and all of the late shift.
        Row("clocks put forward", "ana  N L .", 420),
        Row("an ordinary night", "ana  . N L", 420),
        signs="NL",
        **BERLIN[SPRING],
    ),
]
