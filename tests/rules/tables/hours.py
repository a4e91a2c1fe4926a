"""Tables of the rules on hours at a stretch and within any hours."""

from __future__ import annotations

import datetime as dt

from families import Fields

from shiftplan.testing.pictures import MONDAY
from tables.table import Row, Table

AUTUMN, SPRING = dt.date(2026, 10, 24), dt.date(2026, 3, 28)
BERLIN = {
    start: {"start": start, "horizon": {"start": start, "days": 3, "zone": "Europe/Berlin"}}
    for start in (AUTUMN, SPRING)
}


def beside(first: float, last: float) -> Fields:
    """Other work of ana, from and to these hours of the horizon."""
    hour, day = dt.timedelta(hours=1), dt.datetime.combine(MONDAY, dt.time())
    times = {"start": day + first * hour, "end": day + last * hour}
    return {"volunteer_id": "ana", "is_work": True, **times}


TABLES = [
    Table(
        "max_consecutive_minutes",
        {"value": 480, "pause_minutes": 60},
        # Morning 7:00-11:00, afternoon 13:00-17:00; other work 11:30-12:30 on Monday.
        Row("clean: 7:00-12:30, 330", "ana  M .", 0),
        Row("clean: 11:30-17:00, 330", "ana  A .", 0),
        Row(
            "just broken: 7:00-17:00, 600",
            "ana  MA .",
            120,
            says=("ana | A0 | ana: 600 minutes at a stretch until the end of A0, at most 480",),
        ),
        Row("another date", "ana  . MA", 0),
        Row(
            "ended by other work: 7:00-16:00, 540",
            "ana  M .",
            60,
            occupied=(beside(11, 16),),
            says=(
                "ana |  | ana: 540 minutes at a stretch until 2026-12-07 16:00, other work "
                "included, at most 480",
            ),
        ),
        # 17:30-3:30 is longer than a stretch may be by itself.
        Row("clean: other work alone", "ana  . .", 0, occupied=(beside(17.5, 27.5),)),
        Row("with a shift: 30 + 240", "ana  A .", 270, occupied=(beside(17.5, 27.5),)),
        Row("two pieces, 12:00-20:30", "ana  M .", 240, occupied=(beside(11, 12), beside(12, 20))),
        Row(
            "one inside another, 7:00-20:00",
            "ana  M .",
            240,
            occupied=(beside(11, 20), beside(12, 13)),
        ),
        Row("a whole day has no hours", "ana  M .", 0, occupied=(beside(24, 48),)),
        Row("from before the horizon: 7:00-7:00", "ana  M .", 240, occupied=(beside(-2, 7),)),
        signs="MA",
        occupied=(beside(11.5, 12.5),),
    ),
    Table(
        "max_minutes_within",
        {"value": 480, "within_hours": 12},
        # Morning 7:00-11:00, afternoon 13:00-17:00; other work 17:00-20:00 on Monday.
        Row("clean: 240 + 180", "ana  A .", 0),
        Row("clean: on another date", "ana  . MA", 0),
        # From 7:00 to 19:00: 240 + 240 + 120.
        Row("just broken: 600", "ana  MA .", 120),
        # From 17:00 to 5:00: 180 + 420.
        Row(
            "from the start of other work",
            "ana  N .",
            120,
            says=(
                "ana |  | ana: 600 minutes within 12 hours from 2026-12-07 17:00, other work "
                "included, at most 480",
            ),
        ),
        Row("other work alone, 720", "ana  . .", 0, occupied=(beside(5, 23),)),
        Row("with a night: from 13:00 on 180", "ana  N .", 180, occupied=(beside(13, 22),)),
        # From 16:00 to 4:00: 239 + 360; from 18:01 to 6:01: 119 + 480.
        Row(
            "a pause of a minute in other work",
            "ana  N .",
            119 + 119,
            occupied=(beside(16, 18), beside(18 + 1 / 60, 20)),
        ),
        # From 10:01 to 22:01: 480 + 1.
        Row("a minute of a shift", "ana  N .", 1, occupied=(beside(10 + 1 / 60, 18 + 1 / 60),)),
        signs="MAN",
        occupied=(beside(17, 20),),
    ),
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
        Row("two of one person, three of another", "ana  EL . .\nbob  ELN . .", 360 + 840),
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
        {"value": 240, "pause_minutes": 60, "days": "mon"},
        # Morning 7:00-11:00.
        Row("clean: other work on a day that does not count", "ana  . M", 0),
        Row("clean: a shift on such a day", "ana  . M", 0, occupied=(beside(35, 37),)),
        Row("other work on Monday counts: 7:00-13:00", "ana  M .", 120, occupied=(beside(11, 13),)),
        Row(
            "a night of 480 until other work on Tuesday",
            "ana  N .",
            240,
            occupied=(beside(30, 34),),
        ),
        signs="MN",
        occupied=(beside(35, 37),),
    ),
    Table(
        "max_consecutive_minutes",
        {"value": 400, "pause_minutes": 180},
        # Morning 7:00-11:00, over 10:00-14:00, afternoon 13:00-17:00.
        Row("clean: one of three that may be one stretch", "ana  O", 0),
        Row("the last two, 10:00-17:00", "ana  OA", 20),
        signs="MOA",
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
