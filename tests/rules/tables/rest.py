"""Tables of the rules on rest, successions and weekends."""

from __future__ import annotations

import datetime as dt

from families import moment

from tables.table import NIGHTS, Row, Table, before

AUTUMN, SPRING = dt.date(2026, 10, 24), dt.date(2026, 3, 28)
"""Clocks of Berlin change in the night after."""

SATURDAY = {
    "volunteer_id": "ana",
    "start": moment(5, 8),
    "end": moment(5, 10),
    "is_work": True,
}
"""A meeting on the first Saturday."""

TABLES = [
    Table(
        "min_rest",
        {"value": 660},
        Row("clean: 14:00 to 6:00", "ana  E E .", 0),
        Row(
            "just broken: 22:00 to 6:00",
            "ana  L E .",
            1,
            says=("ana | E1 | ana: 480 minutes from L0 to E1, at least 660",),
        ),
        Row("broken twice", "ana  L E . L E", 2),
        Row("edge: the last day", "ana  . . L E", 1),
        Row("one day: no rest at all", "ana  EL .", 1),
        Row("after a night, which ends at 6:00", "ana  N L .", 1),
        # Late to night 0, late to early 480, night to early 0 minutes.
        Row("every pair counts", "ana  LN E .", 3),
        Row(
            "border: 22:00 to 6:00",
            "ana  L | E .",
            1,
            says=(
                "ana | E0 | "
                "ana: 480 minutes from the last shift before the planned days to E0, at least 660",
            ),
        ),
        Row("border: a night until 6:00", "ana  N | L .", 1),
        Row("border: enough", "ana  E | E .", 0),
        Row("border: off before", "ana  L . | E .", 0),
        signs="ELN",
    ),
    Table(
        "min_rest",
        {"value": 120},
        # A meeting on Tuesday from 12:30 to 13:00; M is from 7:00 to 11:00, A from 13:00 to 17:00.
        Row("clean", "ana  M . M", 0),
        Row(
            "90 minutes before a meeting",
            "ana  . M .",
            1,
            says=(
                "ana | M1 | ana: 90 minutes between M1 and other work "
                "(Tue 08 Dec 12:30–13:00), at least 120",
            ),
        ),
        Row("before and right after it", "ana  . MA .", 2),
        Row(
            "leave is no work",
            "ana  . M .",
            0,
            occupied=({"volunteer_id": "ana", "start": moment(1, 12), "end": moment(2, 0)},),
        ),
        signs="MA",
        occupied=(
            {
                "volunteer_id": "ana",
                "start": moment(1, 12, 30),
                "end": moment(1, 13),
                "is_work": True,
            },
        ),
    ),
    Table(
        "min_rest",
        {"value": 120},
        # M ends at 11:00, O is from 10:00 to 14:00, D from 4:00, and a night ends at 6:00.
        Row("clean: two hours", "ana  M . O", 0),
        Row(
            "shifts that overlap",
            "ana  MO . .",
            1,
            says=(
                "ana | O0 | "
                "ana: O0 starts 60 minutes before the end of M0, at least 120 minutes of rest",
            ),
        ),
        Row(
            "border: a night that is not over",
            "ana  N | D . .",
            1,
            says=(
                "ana | D0 | ana: D0 starts 120 minutes before the end of the last shift "
                "before the planned days, at least 120 minutes of rest",
            ),
        ),
        signs="MOD",
    ),
    Table(
        "min_rest",
        {"value": 480},
        Row("clean: exactly enough", "ana  L E .", 0),
        Row("border: exactly enough", "ana  L | E .", 0),
        Row("just broken", "ana  EL . .", 1),
        signs="EL",
    ),
    Table(
        "min_rest",
        {"value": 2_000},
        # More than a day: until 14:00, and from 6:00 on the day after the next.
        Row("clean: two days later", "ana  E . E\nbob  . E .", 0),
        Row("just broken: the next day", "ana  . E E\nbob  E . .", 1),
        Row("broken twice", "ana  . L .\nbob  L E L", 2),
        signs="EL",
    ),
    Table(
        "min_rest",
        {"value": 481, "group": "youth", "shifts": "late|early"},
        Row("clean: another group, another type", "ana  N M .\nbob  L E .", 0),
        Row("a minute is missing", "ana  L E .\nbob  L E .", 1),
        signs="ELNM",
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "min_rest",
        {"value": 480},
        # Clocks are put back: from Saturday 22:00 to Sunday 6:00 pass 540 minutes.
        Row("clean: an hour more than the clock says", "ana  L E .", 0),
        Row("clean: an ordinary night", "ana  . L E", 0),
        Row("broken by one", "ana  EL E .", 1),
        signs="EL",
        start=AUTUMN,
        horizon={"start": AUTUMN, "days": 3, "zone": "Europe/Berlin"},
    ),
    Table(
        "min_rest",
        {"value": 480},
        # Clocks are put forward: from Saturday 22:00 to Sunday 6:00 pass 420 minutes.
        Row(
            "broken: an hour less than the clock says",
            "ana  L E .",
            1,
            says=("ana | E1 | ana: 420 minutes from L0 to E1, at least 480",),
        ),
        Row("clean: an ordinary night", "ana  . L E", 0),
        signs="EL",
        start=SPRING,
        horizon={"start": SPRING, "days": 3, "zone": "Europe/Berlin"},
    ),
    Table(
        "forbidden_succession",
        {"first": "night", "then": "early|late"},
        Row("clean: a day between, or the same", "ana  N . E N N .", 0),
        Row("clean: the other way round", "ana  E N . L N .", 0),
        Row("clean: after another type", "ana  E L E .", 0),
        Row(
            "just broken",
            "ana  N E .",
            1,
            says=("ana | 2026-12-08 | ana works early or late after night on 2026-12-08",),
        ),
        Row("broken twice", "ana  N E . N L", 2),
        Row("edge: the last day", "ana  . . N L", 1),
        Row("two shifts a day, two of `then`", "ana  EN EL .", 1),
        Row("border", "ana  N | E .", 1),
        Row("border: another type", "ana  L | E .", 0),
        Row("border: off", "ana  N . | E .", 0),
        Row("border: the type alone", "ana  E .", 1, history=before(last_shift_type="night")),
        Row("border: days in a row alone", "ana  E .", 0, history=before(worked_in_a_row=2)),
        signs="ELN",
    ),
    Table(
        "forbidden_succession",
        {"first": "late", "then": "late", "group": "youth"},
        Row("clean", "ana  L . L\nbob  L L L", 0),
        Row("a type may not follow itself", "ana  L L L\nbob  . . .", 2),
        signs="L",
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "forbidden_succession",
        {"first": "night|late", "then": "early"},
        Row("clean: a day between", "ana  N . E L .", 0),
        Row(
            "after either",
            "ana  N E L E",
            2,
            says=(
                "ana | 2026-12-08 | ana works early after late or night on 2026-12-08",
                "ana | 2026-12-10 | ana works early after late or night on 2026-12-10",
            ),
        ),
        signs="ELN",
    ),
    Table(
        "max_weekends",
        {"value": 1},
        Row("clean: both days are one weekend", "ana  . . . . M M M . . . . M . .", 0),
        Row(
            "just broken: a Sunday and a Saturday",
            "ana  . . . . . . M . . . . . M .",
            1,
            says=("ana |  | ana: 2 weekends with work, at most 1",),
        ),
        Row("history: 1 + 1", "ana  . . . . . M . .", 1, history=before(counted_weekends=1)),
        Row(
            "history of somebody else",
            "ana  . . . . . . .\nbob  . . . . . M .",
            0,
            history=before(counted_weekends=1),
        ),
        Row(
            "history: 3 + 1 are 3 too many",
            "ana  . . . . . M .",
            3,
            history=before(counted_weekends=3),
        ),
        Row("ends on the second Saturday", "ana  . . . . . . M . . . . . M", 1),
        signs="M",
    ),
    Table(
        "max_weekends",
        {"value": 0},
        # The horizon starts on a Sunday and ends on a Saturday.
        Row("clean", "ana  . M M M M M .", 0),
        Row("cut weekends count: the first", "ana  M . . . . . .", 1),
        Row("cut weekends count: both", "ana  M . . . . . M", 2),
        signs="M",
        start=dt.date(2026, 12, 13),
    ),
    Table(
        "max_weekends",
        {"value": 0, "weekend": ("fri", "sat", "sun"), "shifts": "night"},
        Row("clean", "ana  N N N N M M M", 0),
        Row("just broken", "ana  . . . . N . N", 1),
        Row(
            "history does not count",
            "ana  . . . . N . .",
            1,
            history=before(counted_weekends=3),
        ),
        signs=NIGHTS,
    ),
    Table(
        "max_weekends",
        {"value": 0, "group": "youth"},
        Row("clean: another group", "ana  M . . . . . .\nbob  . . . . . M .", 0),
        Row("the group", "ana  . . . . . M .\nbob  . . . . . M .", 1),
        signs="M",
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "max_weekends",
        {"value": 1},
        # A meeting on the first Saturday.
        Row("clean: a shift on the same weekend", "ana  . . . . . . M . . . . . . .", 0),
        Row(
            "clean: the meeting alone", "ana  . . . . . . .", 0, history=before(counted_weekends=1)
        ),
        Row(
            "just broken: a shift on the other weekend",
            "ana  . . . . . . . . . . . . . M",
            1,
            says=("ana |  | ana: 2 weekends with work, at most 1",),
        ),
        Row(
            "history of two: one too many, and the shift",
            "ana  . . . . . . . . . . . . . M",
            2,
            history=before(counted_weekends=2),
        ),
        signs="M",
        occupied=(SATURDAY,),
    ),
    Table(
        "complete_weekends",
        {},
        # A meeting on the first Saturday.
        Row("clean: the meeting and a shift", "ana  . . . . . . M . . . . . . .", 0),
        Row("clean: the meeting alone", "ana  . . . . . . . . . . . . . .", 0),
        Row("just broken: the other weekend", "ana  . . . . . . . . . . . . . M", 1),
        signs="M",
        occupied=(SATURDAY,),
    ),
    Table(
        "complete_weekends",
        {"weekend": ("fri", "sat", "sun")},
        # A meeting on Saturday: Friday and Sunday are left.
        Row("clean: both days that are left", "ana  . . . . M . M", 0),
        Row("just broken: one of them", "ana  . . . . M . .", 1),
        Row("a shift on the date of the meeting", "ana  . . . . . A .", 0),
        signs="MA",
        occupied=(SATURDAY,),
    ),
    Table(
        "complete_weekends",
        {},
        Row("clean", "ana  . . . . M M M . . . . . M M", 0),
        Row("just broken: Saturday only", "ana  . . . . . M . . . . . . M M", 1),
        Row(
            "just broken: Sunday only",
            "ana  . . . . . . M . . . . . M M",
            1,
            says=("ana | 2026-12-12 | ana works a part of the weekend of 2026-12-12",),
        ),
        Row("broken twice", "ana  . . . . . . M . . . . . M .", 2),
        Row("a weekend cut by the end", "ana  . . . . . M", 0),
        signs="M",
    ),
    Table(
        "complete_weekends",
        {},
        # The horizon starts on a Saturday.
        Row("clean", "ana  M M . .", 0),
        Row("a weekend that starts the horizon", "ana  M . . .", 1),
        signs="M",
        start=dt.date(2026, 12, 12),
    ),
    Table(
        "complete_weekends",
        {},
        # The horizon starts on a Sunday.
        Row("clean: a weekend cut by the start", "ana  M . . . . . . .", 0),
        Row("broken", "ana  M . . . . . M .", 1),
        signs="M",
        start=dt.date(2026, 12, 13),
    ),
    Table(
        "complete_weekends",
        {},
        Row("clean: either shift is work", "ana  . . . . . A M", 0),
        Row("just broken: both of a Saturday", "ana  . . . . . MA .", 1),
        Row("just broken: one of a Sunday", "ana  . . . . . . A", 1),
        signs="MA",
    ),
    Table(
        "complete_weekends",
        {"shifts": "night"},
        Row("clean: other shifts", "ana  . . . . . M .", 0),
        Row("a night and a morning", "ana  . . . . . N M", 1),
        signs=NIGHTS,
    ),
    Table(
        "complete_weekends",
        {"shifts": "night"},
        # The horizon starts on a Saturday.
        Row("clean: two nights", "ana  N N M .", 0),
        Row("a night, and a morning beyond the weekend", "ana  N . M .", 1),
        signs=NIGHTS,
        start=dt.date(2026, 12, 12),
    ),
    Table(
        "complete_weekends",
        {"weekend": ("fri", "sat", "sun")},
        # The horizon starts and ends on a Saturday.
        Row("clean: cut weekends", "ana  M . . . . . . . . . . . . M .", 0),
        Row("one that is not cut", "ana  . M . . . . . M . . . . . . M", 1),
        signs="M",
        start=dt.date(2026, 12, 12),
    ),
    Table(
        "complete_weekends",
        {"weekend": ("fri", "sat", "sun"), "group": "youth"},
        Row("clean", "ana  . . . . M M M\nbob  . . . . M . .", 0),
        Row("a hole counts once", "ana  . . . . M . M\nbob  . . . . M . .", 1),
        Row("two of three", "ana  . . . . . M M\nbob  . . . . M . .", 1),
        signs="M",
        each={"ana": {"group": "youth"}},
    ),
]
