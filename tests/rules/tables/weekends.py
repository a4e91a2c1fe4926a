"""Tables of the rules on weekends with work in a row."""

from __future__ import annotations

import datetime as dt

from families import moment

from tables.table import Row, Table, before

WEEK = ". . . . ."
FREE, SAT, SUN = f"{WEEK} . .", f"{WEEK} M .", f"{WEEK} . M"
SUNDAY = dt.date(2026, 12, 13)

MEETINGS = tuple(
    {"volunteer_id": "ana", "start": moment(day, 8), "end": moment(day, 10), "is_work": True}
    for day in (12, 20)
)
"""On the Saturday of the second weekend and on the Sunday of the third."""

TABLES = [
    Table(
        "max_consecutive_weekends",
        {"value": 1},
        Row("clean: meetings alone", f"ana  {FREE} {FREE} {FREE} {FREE}", 0),
        Row("clean: a shift on the weekend of a meeting", f"ana  {FREE} {FREE} {SAT} {FREE}", 0),
        Row("just broken: a shift on the weekend before", f"ana  {SUN} {FREE} {FREE} {FREE}", 1),
        Row("broken twice", f"ana  {SUN} {FREE} {FREE} {SAT}", 2),
        signs="M",
        occupied=MEETINGS,
    ),
    Table(
        "min_consecutive_weekends",
        {"value": 3},
        Row("clean: meetings alone", f"ana  {FREE} {FREE} {FREE} {FREE} {FREE}", 0),
        Row("clean: two meetings and a shift", f"ana  {FREE} {FREE} {FREE} {SAT} {FREE}", 0),
        Row(
            "just broken: a meeting and a shift",
            f"ana  {FREE} {FREE} {SAT} {FREE} {FREE}",
            1,
            occupied=MEETINGS[:1],
        ),
        signs="M",
        occupied=MEETINGS,
    ),
    Table(
        "max_consecutive_weekends",
        {"value": 2},
        Row("clean: a free weekend between", f"ana  {SAT} {SUN} {FREE} {SAT}", 0),
        Row("clean: days between do not count", "ana  M M M M M . . M", 0),
        Row(
            "just broken: either day counts",
            f"ana  {SAT} {SUN} {SAT} {FREE}",
            1,
            says=(
                "ana | 2026-12-26 | "
                "ana: 3 weekends worked in a row up to that of 2026-12-26, at most 2",
            ),
        ),
        Row("broken by two: four in a row", f"ana  {SAT} {SUN} {SAT} {SAT}", 2),
        Row("edge: the last is cut", f"ana  {SAT} {SUN} {WEEK} M", 1),
        Row(
            "history: 2 + 1",
            f"ana  {SAT}",
            1,
            history=before(weekends_in_a_row=2),
            says=(
                "ana | 2026-12-12 | ana: 3 weekends worked in a row up to that of 2026-12-12, "
                "2 of them before the planned days, at most 2",
            ),
        ),
        Row(
            "history: 1, and three after a free one",
            f"ana  {FREE} {SAT} {SAT} {SAT}",
            1,
            history=before(weekends_in_a_row=1),
            says=(
                "ana | 2027-01-02 | "
                "ana: 3 weekends worked in a row up to that of 2027-01-02, at most 2",
            ),
        ),
        Row(
            "history: 2, then a free one",
            f"ana  {FREE} {SAT}",
            0,
            history=before(weekends_in_a_row=2),
        ),
        Row("history: 1 + 1", f"ana  {SAT}", 0, history=before(weekends_in_a_row=1)),
        Row("history: other counters", f"ana  {SAT}", 0, history=before(counted_weekends=4)),
        signs="M",
    ),
    Table(
        "max_consecutive_weekends",
        {"value": 1, "weekend": ("fri", "sat", "sun"), "shifts": "night", "group": "youth"},
        Row("clean", f"ana  {SAT} {SAT}\nbob  {WEEK} N . {WEEK} . N", 0),
        Row("just broken: a Friday", f"ana  . . . . N . . {WEEK} N .\nbob  {FREE} {FREE}", 1),
        Row(
            "history does not count: it was not of nights alone",
            f"ana  {WEEK} . N {FREE}\nbob  {FREE} {FREE}",
            0,
            history=before(weekends_in_a_row=3),
        ),
        signs="MN",
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "max_consecutive_weekends",
        {"value": 1},
        # The horizon starts on a Sunday and ends on a Saturday.
        Row("clean: a day of one", "ana  M . . . . . .", 0),
        Row("just broken: both cut weekends", "ana  M . . . . . M", 1),
        Row(
            "history: the Saturday before",
            "ana  M . . . . . .",
            1,
            history=before(weekends_in_a_row=1),
        ),
        signs="M",
        start=SUNDAY,
    ),
    Table(
        "min_consecutive_weekends",
        {"value": 3},
        Row("clean: a run that may go on", f"ana  {FREE} {SAT} {SUN}", 0),
        Row("clean: three", f"ana  {FREE} {SAT} {SUN} {SAT} {FREE}", 0),
        Row(
            "just broken: two",
            f"ana  {FREE} {SAT} {SUN} {FREE}",
            1,
            says=("ana | 2026-12-19 | ana: 2 weekends worked in a row at 2026-12-19, at least 3",),
        ),
        Row("broken by two: a single one", f"ana  {FREE} {SUN} {FREE}", 2),
        Row("broken twice", f"ana  {FREE} {SAT} {FREE} {SAT} {FREE}", 4),
        Row("unknown before", f"ana  {SAT} {FREE}", 0),
        Row("history: free before", f"ana  {SAT} {FREE}", 2, history=before(weekends_in_a_row=0)),
        Row(
            "history: 1 + 1",
            f"ana  {SAT} {FREE}",
            1,
            history=before(weekends_in_a_row=1),
            says=(
                "ana | 2026-12-12 | ana: 2 weekends worked in a row at 2026-12-12, "
                "1 of them before the planned days, at least 3",
            ),
        ),
        Row("history: 2 + 1", f"ana  {SAT} {FREE}", 0, history=before(weekends_in_a_row=2)),
        Row(
            "history: 1 + 0",
            f"ana  {FREE} {FREE}",
            2,
            history=before(weekends_in_a_row=1),
            says=(
                "ana | 2026-12-12 | "
                "ana: 1 weekend worked in a row, ended before that of 2026-12-12, at least 3",
            ),
        ),
        signs="M",
    ),
    Table(
        "min_consecutive_weekends",
        {"value": 2, "last_run": "counted"},
        Row("clean: two at the end", f"ana  {FREE} {SAT} {SAT}", 0),
        Row("just broken: one at the end", f"ana  {FREE} {SAT}", 1),
        Row("history: 1 + 1", f"ana  {SAT}", 0, history=before(weekends_in_a_row=1)),
        Row("history: 0 + 1", f"ana  {SAT}", 1, history=before(weekends_in_a_row=0)),
        Row("unknown before", f"ana  {SAT}", 0),
        signs="M",
    ),
    Table(
        "min_consecutive_weekends",
        {"value": 2, "group": "youth", "shifts": "night"},
        Row("clean", f"ana  {FREE} {SAT} {FREE}\nbob  {FREE} {WEEK} . N {FREE}", 0),
        Row("just broken", f"ana  {FREE} {WEEK} . N {FREE}\nbob  {FREE} {FREE} {FREE}", 1),
        signs="MN",
        each={"ana": {"group": "youth"}},
    ),
]
