"""Tables of each rule: a roster as a picture, and the amount by which it breaks the rule.

The harness puts the rule under test into the problem, soft with weight 7 and hard where that is
allowed, and asks both the checker and the model. Amounts are worked out by hand from the sentence
of the rule; the cost is 7 times the amount unless a row says otherwise.
"""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

import numpy as np
import pytest
from agreement import Judge
from pictures import CENTERS, MONDAY, carried, draw, parse, plan, shift, window
from pydantic import ValidationError
from tiny import WEIGHT, as_rules

from shiftplan.problem.roster import Roster
from shiftplan.rules import ALWAYS, RULES
from shiftplan.scoring.check import check

Fields = dict[str, Any]


class Row:
    """One roster, and what the rule says of it."""

    def __init__(
        self, name: str, picture: str, amount: int, cost: int | None = None, **fields: Any
    ) -> None:
        self.name, self.picture, self.amount, self.fields = name, picture, amount, fields
        self.cost = WEIGHT * amount if cost is None else cost


class Table:
    """Rows about one rule with the same parameters, on the same ground."""

    def __init__(self, kind: str, params: Fields, *rows: Row, **ground: Any) -> None:
        self.kind, self.params, self.rows, self.ground = kind, params, rows, ground


def moment(day: int, hour: int) -> dt.datetime:
    return dt.datetime.combine(MONDAY + dt.timedelta(day), dt.time(hour))


def before(**fields: Any) -> tuple[Fields, ...]:
    return ({"volunteer_id": "ana", **fields},)


NIGHTS = "NM"
TWO_WEEKS = ". . . . . {} . . . . . {}"
PEOPLE = "ana bob cho dan"
PORTAL = ({"skill_id": "portal", "max_level": 4}, {"skill_id": "khmer"})
HOLDERS = {"dan": {"skills": {"portal": 3}}, "eve": {"skills": {"portal": 2}}}
RATES = {
    name: {"show_rate": rate, "skills": {"portal": 1}}
    for name, rate in (
        *dict.fromkeys(("ana", "an2", "an3"), 0.9).items(),
        *dict.fromkeys(("bob", "bo2"), 0.8).items(),
        *dict.fromkeys(("cho", "ch2", "ch3"), 0.5).items(),
        *dict.fromkeys(("fay", "ida"), 0.95).items(),
        ("dan", 0.0),
        ("eve", 1.0),
    )
}
YOUTH = {name: {"group": "youth"} for name in ("ana", "bob", "cho")}
THREE_STATES = (
    window("ana", "preferred", 0, 1),
    window("ana", "available", 1, 2),
    window("ana", "undesired", 2, 4),
)


def needs(*rows: tuple[str, str | None, int, int]) -> tuple[Fields, ...]:
    """Requirements as (shift, skill, minimum, target)."""
    keys = ("shift_id", "skill_id", "minimum", "target")
    return tuple(dict(zip(keys, row, strict=True)) for row in rows)


def in_areas(home: Fields, far: Fields) -> tuple[Any, ...]:
    """The centers, with these fields of two of them."""
    own = {"home": home, "far": far}
    return tuple(c.model_copy(update=own.get(c.center_id, {})) for c in CENTERS)


COMMUNES: Fields = {
    "centers": in_areas({"minority_area": True}, {"remote_area": True}),
    "requirements": needs(
        ("M0", None, 1, 2), ("M2", None, 0, 1), ("m1", None, 0, 2), ("m2", None, 1, 1)
    ),
}
PAYING: Fields = {
    "signs": "Mm",
    "skills": (*PORTAL[:1], {"skill_id": "khmer", "kind": "language"}),
    "each": {
        **HOLDERS,
        "fay": {"skills": {"portal": 1}},
        "gia": {"skills": {"khmer": 1}},
    },
    "services": (
        {"service_id": "pay", "skill_id": "portal", "min_level": 2, "minutes_per_citizen": 30},
    ),
    "demand": (
        {
            "center_id": "home",
            "service_id": "pay",
            "arrivals": 16,
            "start": moment(0, 7),
            "end": moment(0, 11),
        },
    ),
}
PAYING_BRIEFLY: Fields = {
    "signs": {},
    "shifts": (shift("M", 0, end=moment(0, 8) + dt.timedelta(minutes=40)), shift("M", 1)),
}
UNTIL_MONDAY = {"skill_id": "portal", "level": 2, "valid_to": MONDAY}
FROM_TUESDAY = {"skill_id": "portal", "level": 2, "valid_from": MONDAY + dt.timedelta(1)}
TUESDAY = MONDAY + dt.timedelta(1)
PUBLISHED = (
    {"volunteer_id": "ana", "shift_id": "M0"},
    {"volunteer_id": "ana", "shift_id": "M1", "told": False},
    {"volunteer_id": "bob", "shift_id": "M1"},
)

TABLES = [
    Table(
        "max_consecutive_days",
        {"value": 3},
        Row("clean", "ana  M M M . M M M", 0),
        Row("just broken", "ana  M M M M . . .", 1),
        Row("broken by two", "ana  M M M M M . .", 2),
        Row("broken twice", "ana  M M M M . M M M M", 2),
        Row("last window", "ana  . . . M M M M", 1),
        Row("two people", "ana  M M M M .\nbob  . M M M M", 2),
        Row("border: 2 + 2 = 4", "ana  M M | M M . .", 1),
        # 5 before and 2 more are 7: 4 too many, of which 2 were before the horizon.
        Row("border: already broken", "ana  M M M M M | M M . .", 2),
        Row("border: broken before only", "ana  M M M M M | . M . .", 0),
        Row("border: off", "ana  M . | M M M .", 0),
        Row("border: unknown", "ana  M M M .", 0),
        Row("one day, third in a row", "ana  M M | M", 0),
        Row("one day, fourth in a row", "ana  M M M | M", 1),
        signs="M",
    ),
    Table(
        "max_consecutive_days",
        {"value": 2, "shifts": "night"},
        Row("clean: a morning between", "ana  N N M N N .", 0),
        Row("just broken", "ana  . N N N . .", 1),
        Row("a day with both counts once", "ana  NM N NM . . .", 1),
        Row("border: 1 + 2 nights", "ana  N | N N . .", 1),
        Row("border: a morning before", "ana  N M | N N . .", 0),
        Row("border: a morning and a night before", "ana  M N | N N . .", 1),
        Row("border: off before", "ana  N . | N N . .", 0),
        signs=NIGHTS,
    ),
    Table(
        "max_consecutive_days",
        {"value": 1, "group": "youth"},
        Row("clean: not in the group", "ana  M . M\nbob  M M M", 0),
        Row("broken", "ana  M M M\nbob  M M M", 2),
        signs="M",
        each={"ana": {"group": "youth"}, "bob": {"group": "army"}, "cho": {"group": "youth"}},
    ),
    Table(
        "min_consecutive_days",
        {"value": 3},
        Row("clean", "ana  . M M M . . .", 0),
        Row("just broken", "ana  . M M . . . .", 1),
        Row("broken by two", "ana  . . M . . . .", 2),
        Row("broken twice: 2 + 1", "ana  . M . M M . .", 3),
        Row("reaches the last day", "ana  . . . . . M M", 0),
        Row("ends a day before the last", "ana  . . . . M M .", 1),
        Row("border: unknown", "ana  M . . . . . .", 0),
        Row("border: starts inside", "ana  . | M . . . .", 2),
        Row("border: 1 + 1 = 2", "ana  M | M . . . .", 1),
        Row("border: 2 + 1 = 3", "ana  M M | M . . .", 0),
        Row("border: ended by the first day", "ana  . M | . . . .", 2),
        Row("border: long enough before", "ana  M M M | . . . .", 0),
        Row("whole horizon", "ana  . | M M", 0),
        Row("whole horizon off after one", "ana  . M | . .", 2),
        signs="M",
    ),
    Table(
        "min_consecutive_days",
        {"value": 2, "shifts": "night"},
        Row("clean", "ana  M N N M . .", 0),
        Row("just broken", "ana  M N M N N .", 1),
        Row("broken twice", "ana  M N M N M .", 2),
        Row("border: one night ended by a morning", "ana  N | M . .", 1),
        Row("border: one night goes on", "ana  N | N . .", 0),
        Row("border: after a morning", "ana  M | N . .", 1),
        Row("border: worked, type unknown", "ana  N M .", 0, history=before(worked_in_a_row=2)),
        Row("border: known not to work", "ana  N M .", 1, history=before(worked_in_a_row=0)),
        signs=NIGHTS,
    ),
    Table(
        "max_consecutive_days_off",
        {"value": 2},
        Row("clean", "ana  M . . M . . M", 0),
        Row("just broken", "ana  M . . . M M M", 1),
        Row("broken by two", "ana  M . . . . M M", 2),
        Row("broken twice", "ana  M . . . M . . . M", 2),
        Row("last window", "ana  M M M M . . .", 1),
        Row("border: 2 + 1 = 3", "ana  . . | . M M", 1),
        # 4 before and 2 more are 6: 4 too many, of which 2 were before the horizon.
        Row("border: already broken", "ana  . . . . | . . M", 2),
        Row("border: broken before only", "ana  . . . | M M M", 0),
        Row("border: worked", "ana  M | . . M", 0),
        Row("border: unknown", "ana  . . M", 0),
        signs="M",
    ),
    Table(
        "min_consecutive_days_off",
        {"value": 2},
        Row("clean", "ana  M . . M . . M", 0),
        Row("just broken", "ana  M . M M M M M", 1),
        Row("broken twice", "ana  M . M . M M M", 2),
        Row("reaches the last day", "ana  M M M M M M .", 0),
        Row("border: unknown", "ana  . M M", 0),
        Row("border: starts inside", "ana  M | . M M", 1),
        Row("border: known to work", "ana  . M M", 1, history=before(worked_in_a_row=1)),
        Row("border: known not to be off", "ana  . M M", 1, history=before(off_in_a_row=0)),
        Row("border: 1 + 1 = 2", "ana  M . | . M M", 0),
        Row("border: ended by the first day", "ana  M . | M M", 1),
        Row("border: long enough before", "ana  . . | M M", 0),
        signs="M",
    ),
    Table(
        "min_consecutive_days_off",
        {"value": 3},
        Row("clean", "ana  M . . . M", 0),
        Row("broken by two", "ana  M . M M M", 2),
        Row("border: 1 + 1 = 2", "ana  M . | . M M", 1),
        signs="M",
    ),
    Table(
        "max_shift_count",
        {"value": 2},
        Row("clean", "ana  M . A", 0),
        Row("just broken", "ana  MA . A", 1),
        Row("broken by two", "ana  MA MA .", 2),
        Row("two people", "ana  MA A .\nbob  . MA M", 2),
        Row("history: 1 + 2 = 3", "ana  M A .", 1, history=before(counted_shifts=1)),
        Row("history: 3 + 0", "ana  . . .", 1, history=before(counted_shifts=3)),
        signs="MA",
    ),
    Table(
        "max_shift_count",
        {"value": 1, "per": "day"},
        Row("clean", "ana  M A M", 0, history=before(counted_shifts=5)),
        Row("just broken", "ana  MA . .", 1),
        Row("broken twice, last day too", "ana  MA . MA", 2),
        signs="MA",
    ),
    Table(
        "max_shift_count",
        {"value": 1, "per": "week"},
        Row("clean: Sunday ends one, Monday starts the next", "ana  . . . . . . M M .", 0),
        Row("just broken", "ana  M . . . . . M . .", 1),
        Row("a week cut by the end", "ana  . . . . . . . M M", 1),
        Row("broken twice", "ana  M . . . . . M M M", 2),
        signs="M",
    ),
    Table(
        "max_shift_count",
        {"value": 1, "per": "month"},
        Row("clean: 31 January and 1 February", "ana  . M M .", 0),
        Row("just broken", "ana  M M . .", 1),
        Row("broken twice", "ana  M M M M", 2),
        signs="M",
        start=dt.date(2026, 1, 30),
    ),
    Table(
        "max_shift_count",
        {"value": 2, "rolling_days": 3},
        Row("clean", "ana  M M . M M", 0),
        Row("just broken", "ana  M M M . .", 1),
        Row("last window", "ana  . . M M M", 1),
        Row("two windows", "ana  M M M M .", 2),
        Row("horizon shorter than the window", "ana  MA M", 1),
        signs="MA",
    ),
    Table(
        "max_shift_count",
        {"value": 0, "shifts": "night", "group": "youth"},
        Row("clean: others, other shifts", "ana  M M .\nbob  N N .", 0),
        Row("just broken", "ana  MN M .\nbob  N N .", 1),
        Row(
            "history does not count", "ana  N . .\nbob  . . .", 1, history=before(counted_shifts=4)
        ),
        signs=NIGHTS,
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "min_shift_count",
        {"value": 2},
        Row("clean", "ana  M M .", 0),
        Row("just broken", "ana  M . .", 1),
        Row("broken by two", "ana  . . .", 2),
        Row("two people", "ana  M . .\nbob  . . .", 3),
        Row("history: 1 + 1", "ana  M . .", 0, history=before(counted_shifts=1)),
        signs="M",
    ),
    Table(
        "min_shift_count",
        {"value": 2, "per": "week"},
        Row("clean: the second week is cut", "ana  M . . . . . M . .", 0),
        Row("just broken", "ana  . . . . . . M M M", 1),
        Row("two whole weeks", "ana  . . . . . . . . . . . . . M", 3),
        Row("no whole week", "ana  . . . . . .", 0),
        signs="M",
    ),
    Table(
        "min_shift_count",
        {"value": 2, "per": "week"},
        # Saturday and Sunday, then a whole week.
        Row("clean", "ana  . . M . . . . . M", 0),
        Row("just broken: the first week is cut", "ana  M M M . . . . . .", 1),
        signs="M",
        start=dt.date(2026, 12, 12),
    ),
    Table(
        "min_shift_count",
        {"value": 1, "rolling_days": 2},
        Row("clean", "ana  . M . M .", 0),
        Row("just broken", "ana  M . . M .", 1),
        Row("last window", "ana  M . M . .", 1),
        Row("two windows", "ana  . . . M", 2),
        Row("horizon shorter than the window", "ana  .", 0),
        signs="M",
    ),
    Table(
        "max_minutes",
        {"value": 480},
        Row("clean: 240 + 240", "ana  M . M", 0),
        Row("just broken: 480 + 240", "ana  N M .", 240),
        Row("broken by more: 960 + 240", "ana  N N M", 720),
        Row("history: 300 + 240", "ana  M . .", 60, history=before(counted_minutes=300)),
        signs=NIGHTS,
    ),
    Table(
        "max_minutes",
        {"value": 480, "per": "day"},
        Row("clean", "ana  N N M", 0),
        Row("a night belongs to the date on which it starts", "ana  NM M .", 240),
        Row("last day", "ana  . . NM", 240),
        signs=NIGHTS,
    ),
    Table(
        "max_minutes",
        {"value": 400},
        # Clocks are put back in the night to 25 October 2026: 22:00 to 06:00 lasts 9 hours.
        Row("clean", "ana  . .", 0),
        Row("just broken: 540 - 400", "ana  N .", 140),
        Row("an ordinary night: 480 - 400", "ana  . N", 80),
        signs="N",
        start=dt.date(2026, 10, 24),
        horizon={"start": dt.date(2026, 10, 24), "days": 2, "zone": "Europe/Berlin"},
    ),
    Table(
        "min_minutes",
        {"value": 480},
        Row("clean", "ana  N . .", 0),
        Row("just broken", "ana  M . .", 240),
        Row("broken by all", "ana  . . .", 480),
        Row("history: 300 + 240", "ana  M . .", 0, history=before(counted_minutes=300)),
        Row("history: 100 + 240", "ana  M . .", 140, history=before(counted_minutes=100)),
        signs=NIGHTS,
    ),
    Table(
        "min_rest",
        {"value": 660},
        Row("clean: 14:00 to 6:00", "ana  E E .", 0),
        Row("just broken: 22:00 to 6:00", "ana  L E .", 1),
        Row("broken twice", "ana  L E . L E", 2),
        Row("edge: the last day", "ana  . . L E", 1),
        Row("one day: no rest at all", "ana  EL .", 1),
        Row("after a night, which ends at 6:00", "ana  N L .", 1),
        # Late to night 0, late to early 480, night to early 0 minutes.
        Row("every pair counts", "ana  LN E .", 3),
        Row("border: 22:00 to 6:00", "ana  L | E .", 1),
        Row("border: a night until 6:00", "ana  N | L .", 1),
        Row("border: enough", "ana  E | E .", 0),
        signs="ELN",
    ),
    Table(
        "min_rest",
        {"value": 480},
        Row("clean: exactly enough", "ana  L E .", 0),
        Row("just broken", "ana  EL . .", 1),
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
        "forbidden_succession",
        {"first": "night", "then": "early|late"},
        Row("clean: a day between, or the same", "ana  N . E N N .", 0),
        Row("clean: the other way round", "ana  E N . L N .", 0),
        Row("just broken", "ana  N E .", 1),
        Row("broken twice", "ana  N E . N L", 2),
        Row("edge: the last day", "ana  . . N L", 1),
        Row("two shifts a day, two of `then`", "ana  EN EL .", 1),
        Row("border", "ana  N | E .", 1),
        Row("border: another type", "ana  L | E .", 0),
        Row("border: off", "ana  N . | E .", 0),
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
        "max_weekends",
        {"value": 1},
        Row("clean: both days are one weekend", "ana  . . . . M M M . . . . M . .", 0),
        Row("just broken: a Sunday and a Saturday", "ana  . . . . . . M . . . . . M .", 1),
        Row("history: 1 + 1", "ana  . . . . . M . .", 1, history=before(counted_weekends=1)),
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
        signs=NIGHTS,
    ),
    Table(
        "complete_weekends",
        {},
        Row("clean", "ana  . . . . M M M . . . . . M M", 0),
        Row("just broken: Saturday only", "ana  . . . . . M . . . . . . M M", 1),
        Row("just broken: Sunday only", "ana  . . . . . . M . . . . . M M", 1),
        Row("broken twice", "ana  . . . . . . M . . . . . M .", 2),
        Row("a weekend cut by the end", "ana  . . . . . M", 0),
        signs="M",
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
        {"weekend": ("fri", "sat", "sun"), "group": "youth"},
        Row("clean", "ana  . . . . M M M\nbob  . . . . M . .", 0),
        Row("a hole counts once", "ana  . . . . M . M\nbob  . . . . M . .", 1),
        Row("two of three", "ana  . . . . . M M\nbob  . . . . M . .", 1),
        signs="M",
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "coverage",
        {"weight": 100},
        # The center's priority is 1.5. Seat 1: 100 x 1.5 x 4 x 1.5 = 900; seat 2: 100 x 1.5 = 150.
        Row("clean", "ana  M\nbob  M", 0),
        Row("just broken", "ana  M\nbob  .", 1, 150),
        Row("broken by two", "ana  .\nbob  .", 2, 1050),
        Row("surplus is free", "ana  M\nbob  M\ncho  M", 0),
        signs="M",
        requirements=needs(("M0", None, 1, 2)),
    ),
    Table(
        "coverage",
        {"weight": 33},
        # Seat 1: 33 x 1.5 x 4 x 1.5 = 297; seat 2: 49.5, rounded half up: 50.
        Row("clean", "dan  M\neve  M", 0),
        Row("people without the skill do not count", "dan  M\nana  M", 1, 50),
        Row("rounded seat by seat", "dan  .\nana  M", 2, 347),
        signs="M",
        skills=PORTAL,
        each=HOLDERS,
        requirements=needs(("M0", "portal", 1, 2)),
    ),
    Table(
        "minimum_coverage",
        {},
        Row("clean", "ana  M .\nbob  M .", 0),
        Row("just broken", "ana  M .\nbob  . M", 1),
        Row("broken by two", "ana  . M\nbob  . .", 2),
        Row(
            "two requirements: 2 + 1",
            "ana  . .",
            3,
            requirements=needs(("M0", None, 2, 3), ("M1", None, 1, 1)),
        ),
        signs="M",
        requirements=needs(("M0", None, 2, 3)),
    ),
    Table(
        "shortage",
        {"shifts": "morning"},
        Row("clean: other types do not count", "ana  M\nbob  M", 0),
        Row("just broken", "ana  M\nbob  A", 1),
        Row("broken by two", "ana  A\nbob  A", 2),
        signs="MA",
        requirements=needs(("M0", None, 0, 2), ("A0", None, 1, 9)),
    ),
    Table(
        "surplus",
        {},
        Row("clean", "ana  M\nbob  .\ndan  .", 0),
        Row("just broken", "ana  M\nbob  M\ndan  .", 1),
        # Heads: 3 of 1; portal: 1 of 0.
        Row("broken twice", "ana  M\nbob  M\ndan  M", 3),
        signs="M",
        skills=PORTAL,
        each={"dan": HOLDERS["dan"]},
        requirements=needs(("M0", None, 0, 1), ("M0", "portal", 0, 0)),
    ),
    Table(
        "show_up",
        {},
        # 1 of n people with rate r comes with 90 % when n = ln 0.1 / ln (1 - r). One counts
        # 100 / n, cut off: 100 for 0.9, 69.9 for 0.8, 30.1 for 0.5.
        Row("clean: 0.9", "ana  M", 0),
        Row("clean: 69 + 69 is beyond 100", "bob  M\nbo2  M", 0),
        # 1 - 0.2 x 0.5 is 90 % exactly, but 69 + 30 = 99.
        Row("just broken: a percent that was cut off", "bob  M\ncho  M", 1),
        Row("broken: 100 - 69", "bob  M", 31),
        Row("broken by more: 100 - 30", "cho  M", 70),
        Row("nobody", "ana  .", 100),
        Row("who never comes is nobody", "dan  M", 100),
        Row("who always comes is enough", "eve  M", 0),
        Row("no minimum", "cho  M", 0, requirements=needs(("M0", None, 0, 3))),
        Row(
            "twice: 31 + 70",
            "bob  M .\ncho  . M",
            101,
            requirements=needs(("M0", None, 1, 1), ("M1", None, 1, 1)),
        ),
        signs="M",
        skills=PORTAL,
        each=RATES,
        requirements=needs(("M0", None, 1, 3)),
    ),
    Table(
        "show_up",
        {},
        # 2 of n people with rate r come with 90 %: with b = n - 1, (1 - r)^b x (1 + r b) is 0.1.
        # 0.95: 2 come with 90.25 %, so n is 2 and one counts 100.
        # 0.9: b = 1.344 gives 0.1001 and b = 1.345 less than 0.1: n = 2.344, 200 / n = 85.3.
        Row("clean: 0.95 x 0.95", "fay  M\nida  M", 0),
        # 3 x 85; 97.2 %.
        Row("clean: three of 0.9", "ana  M\nan2  M\nan3  M", 0),
        # 200 - 100 - 85; 0.95 x 0.9 = 85.5 %.
        Row("just broken: 0.95 and 0.9", "fay  M\nana  M", 15),
        # 200 - 85 - 85; 0.9 x 0.9 = 81 %.
        Row("broken by more: two of 0.9", "ana  M\nan2  M", 30),
        Row("who always comes is one person", "eve  M\nana  .", 100),
        # Both come with 90 %, which the sum does not see.
        Row("a sure person and 0.9", "eve  M\nana  M", 15),
        Row("who never comes adds nothing", "fay  M\ndan  M", 100),
        signs="M",
        each=RATES,
        skills=PORTAL,
        requirements=needs(("M0", None, 2, 3)),
    ),
    Table(
        "show_up",
        {"shifts": "day", "value": 99},
        # n = ln 0.01 / ln (1 - r): 2 for 0.9, so one counts 50.
        Row("clean: two of 0.9 are 99 %", "ana  E\nan2  E", 0),
        Row("clean: no tag", "ana  .\nan2  E\neve  L", 0, requirements=needs(("M0", None, 2, 2))),
        Row("just broken", "ana  E\nan2  .", 50),
        Row(
            "broken twice: 50 and 100",
            "ana  E\nan2  .",
            150,
            requirements=needs(("E0", None, 1, 1), ("L0", None, 1, 1)),
        ),
        signs="EML",
        each=RATES,
        skills=PORTAL,
        requirements=needs(("E0", None, 1, 1), ("M0", None, 1, 1)),
    ),
    Table(
        "show_up",
        {"value": 50},
        # Heads, 2 wanted: two of 0.8 are 64 %, so one counts 100. For 0.5, 2 of 3 come with
        # exactly 50 %: 200 / 3 = 66.7.
        # Portal 1, 1 wanted: everybody here with 0.5 or more counts 100.
        Row("clean", "bob  M\nbo2  M\ncho  .", 0),
        Row("just broken: 200 - 3 x 66", "cho  M\nch2  M\nch3  M", 2),
        # Heads 200 - 100 - 66 = 34, portal 0.
        Row("broken: who lacks the skill counts as a head", "bob  M\ngus  M", 34),
        # Heads 200 - 66 = 134, portal 100.
        Row("broken twice", "gus  M\nbob  .", 234),
        signs="M",
        each={**RATES, "gus": {"show_rate": 0.5}},
        skills=PORTAL,
        requirements=needs(("M0", None, 2, 2), ("M0", "portal", 1, 1)),
    ),
    Table(
        "capacity",
        {},
        # Room for 2 at home, for 1 at far, no limit at hill.
        Row("clean", "ana  Mx\nbob  Mx\ncho  mx", 0),
        Row("just broken", "ana  M\nbob  M\ncho  M", 1),
        Row("broken twice", "ana  Mm\nbob  Mm\ncho  M", 2),
        signs="Mmx",
    ),
    Table(
        "max_shifts",
        {},
        Row("clean", "ana  MA .\nbob  MA MA", 0),
        Row("just broken", "ana  MA M\nbob  . .", 1),
        Row("broken by two", "ana  MA MA\nbob  . .", 2),
        signs="MA",
        each={"ana": {"max_shifts": 2}},
    ),
    Table(
        "max_distance",
        {},
        # Far is 11.12 km from home, hill 55.60 km.
        Row("clean: home is always allowed", "ana  M .\nbob  M m", 0),
        Row("just broken", "ana  . m\nbob  . .", 1),
        Row("broken twice", "ana  . m\nbob  x .", 2),
        Row("another center at no distance", "ana  t t", 0),
        Row("just beyond", "bob  m .", 1, each={"bob": {"max_distance_km": 11.11}}),
        Row("just within", "bob  m .", 0, each={"bob": {"max_distance_km": 11.13}}),
        Row("no limit", "bob  x .", 0, each={}),
        signs="Mmxt",
        each={"ana": {"max_distance_km": 0}, "bob": {"max_distance_km": 12}},
    ),
    Table(
        "qualified",
        {},
        Row("clean", "dan  M A\nana  . A", 0),
        Row("just broken", "eve  M .", 1),
        Row("broken twice", "eve  M .\nana  M A", 2),
        signs={},
        shifts=(shift("M", 0, skill_id="portal", min_level=3), shift("A", 1)),
        skills=PORTAL,
        each=HOLDERS,
        days=2,
    ),
    Table(
        "qualified",
        {},
        Row("clean: the last day on which it counts", "ana  M . .", 0),
        Row("just broken: the day after", "ana  M M .", 1),
        Row("broken twice", "ana  . M M", 2),
        signs={},
        shifts=tuple(shift("M", d, skill_id="portal") for d in range(3)),
        skills=PORTAL,
        each={"ana": {"skills": ({"skill_id": "portal", "valid_to": MONDAY},)}},
        days=3,
    ),
    Table(
        "one_place",
        {},
        Row("clean: shifts that touch", "ana  MA EL N E", 0),
        Row("just broken: 7-11 and 10-14", "ana  MO . . .", 1),
        Row("broken twice: 10-14 and 13-17", "ana  MOA . . .", 2),
        Row("two places at the same time", "ana  Mm . . .", 1),
        Row("over midnight: until 6:00 and from 4:00", "ana  . . N D", 1),
        Row("one within another", "ana  EM . . .", 1),
        signs="MAOELNmD",
    ),
    Table(
        "one_center_per_day",
        {},
        Row("clean", "ana  MA ma x", 0),
        Row("just broken", "ana  Ma . .", 1),
        Row("three centers", "ana  Max . .", 2),
        Row("broken twice, last day too", "ana  Ma . mx", 2),
        signs="MAmax",
    ),
    Table(
        "max_centers",
        {"value": 1},
        Row("clean", "ana  m ma .\nbob  M . .", 0),
        Row("just broken", "ana  M . m", 1),
        Row("broken by two", "ana  M m x", 2),
        signs="Mmax",
    ),
    Table(
        "continuity",
        {},
        Row("clean: nothing", "ana  . . .", 0),
        Row("clean: one center", "ana  m ma m", 0),
        Row("just broken", "ana  M M m", 1),
        Row("broken by two", "ana  M m x", 2),
        signs="Mmax",
    ),
    Table(
        "travel",
        {},
        Row("clean: at home", "ana  M M", 0),
        Row("11.12 km", "ana  m .", 11),
        Row("55.60 km are rounded up", "ana  x .", 56),
        Row("every shift counts: 11 + 56 + 11", "ana  mx m", 78),
        Row(
            "not of mobile people",
            "ana  mx m\nbob  m .",
            11,
            each={"ana": {"mobile": True, "home_center_id": None}, "bob": {}},
        ),
        signs="Mmx",
    ),
    Table(
        "mentor",
        {"value": 2},
        Row("clean: two novices, one mentor", "ana  M\nbob  M\ndan  M", 0),
        Row("just broken", "ana  M\nbob  M\ncho  M\ndan  M", 1),
        Row("no mentor", "ana  M\nbob  M\ncho  .\ndan  .", 2),
        Row("two shifts: 1 + 1", "ana  M\nbob  A\ncho  .\ndan  .", 2),
        Row("level 2 is neither", "ana  .\neve  M", 0),
        Row("level 2 is no mentor", "ana  M\neve  M", 1),
        signs="MA",
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "never_alone",
        {"skill": "portal", "min_level": 3, "value": 1},
        Row("clean", "ana  M\nbob  M\ndan  M", 0),
        Row("clean: nobody, or only skilled", "ana  .\ndan  A", 0),
        Row("just broken", "ana  M\nbob  M\ndan  A", 1),
        Row("broken twice", "ana  M\neve  A\ndan  .", 2),
        signs="MA",
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "never_alone",
        {"skill": "portal", "value": 2},
        Row("clean", "ana  M\neve  M\ndan  M", 0),
        Row("one of two", "ana  M\neve  .\ndan  M", 1),
        Row("clean: no novice there", "ana  .\neve  .\ndan  M", 0),
        Row("none of two", "ana  M\neve  .\ndan  .", 2),
        signs="M",
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "together",
        {"group": "youth"},
        Row("clean: all or none", "ana  M .\nbob  M .\ncho  M .\ndan  . M", 0),
        Row("just broken: one is missing", "ana  M .\nbob  M .\ncho  . .", 1),
        Row("two are missing", "ana  M .\nbob  . .\ncho  . .", 2),
        Row("broken twice, last shift too: 1 + 2", "ana  M .\nbob  M M\ncho  . .", 3),
        signs="M",
        each=YOUTH,
    ),
    Table(
        "apart",
        {"group": "youth"},
        Row("clean", "ana  M .\nbob  . M\ncho  . .\ndan  M M", 0),
        Row("just broken", "ana  M .\nbob  M .\ncho  . .", 1),
        Row("three in one shift", "ana  M .\nbob  M .\ncho  M .", 2),
        Row("broken twice", "ana  M M\nbob  M M\ncho  . .", 2),
        signs="M",
        each=YOUTH,
    ),
    Table(
        "fairness",
        {"weight": 50},
        # q = 12 + 4 = 16, w = 9: rnd(50 x 19 / 16) = 59, rnd(50 x 21 / 16) = 66.
        Row("clean: nothing costs nothing", "ana  . . . .", 0),
        Row("first shift", "ana  . . M .", 1, 59),
        Row("second shift", "ana  M . . M", 2, 125),
        signs="M",
        history=before(shifts_offered=12, shifts_worked=9),
    ),
    Table(
        "fairness",
        {"weight": 50},
        # q = 4 shift times, the same at two centers: 50 x 1 / 4 = 12.5, rounded half up: 13;
        # 50 x 3 / 4 = 37.5: 38; 50 x 5 / 4 = 62.5: 63.
        Row("clean", "ana  . . . .", 0),
        Row("no history", "ana  m . . .", 1, 13),
        Row("three shifts", "ana  m M . M", 3, 114),
        # q = min(2, 4): 50 x 1 / 2 = 25 and 50 x 3 / 2 = 75.
        Row("offer cut by max_shifts", "ana  M M . .", 2, 100, each={"ana": {"max_shifts": 2}}),
        # q = 1 day in the windows: 50 x 1 / 1.
        Row(
            "offer cut by windows",
            "ana  M . . .",
            1,
            50,
            availability=(window("ana", first=0, last=1),),
        ),
        signs="Mm",
    ),
    Table(
        "fairness",
        {"weight": 50, "group": "youth"},
        Row("another group", "ana  . . . .\nbob  M M . .", 0),
        Row("the group", "ana  M . . .\nbob  M M . .", 1, 13),
        signs="M",
        each={"ana": {"group": "youth"}, "bob": {"group": "army"}},
    ),
    Table(
        "leximin",
        {"weight": 10_000},
        # q = 4: 10000 x 0.25^8 = 0.15, x (0.5^8 - 0.25^8) = 38.9, then 962.1 and 8998.9.
        Row("clean", "ana  . . . .", 0),
        Row("the first shift costs nothing yet", "ana  . . . M", 1, 0),
        Row("second shift", "ana  M . . M", 2, 39),
        Row("all four", "ana  M M M M", 4, 10_000),
        # q = 16, w = 9: 10000 x (0.625^8 - 0.5625^8) = 132.6, x (0.6875^8 - 0.625^8) = 266.3.
        Row(
            "history",
            "ana  M . M .",
            2,
            399,
            history=before(shifts_offered=12, shifts_worked=9),
        ),
        # q = 1, w = 3: 4^8 - 3^8 = 58975.
        Row(
            "no price is higher",
            "ana  M . . .",
            1,
            1_000_000,
            availability=(window("ana", first=0, last=1),),
            history=before(shifts_worked=3),
        ),
        Row("nothing offered", "ana  M . . .", 0, each={"ana": {"max_shifts": 0}}),
        signs="M",
    ),
    Table(
        "leximin",
        {"weight": 100, "value": 2, "group": "youth"},
        # 100 x 1 / 16 = 6.25 and 100 x 3 / 16 = 18.75.
        Row("another group", "ana  . . . .\nbob  M M . .", 0),
        Row("squares", "ana  M M . .\nbob  M M . .", 2, 25),
        signs="M",
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "max_min",
        {},
        Row("clean: 2 of 4 each", "ana  M M . .\nbob  . . M M", 0),
        # 1 of 4 reaches 5, 10, 15, 20 and 25 %.
        Row("the lowest counts", "ana  M M . .\nbob  M . . .", 5),
        Row("both at the lowest", "ana  M . . .\nbob  . . . M", 5),
        Row("no shift at all", "ana  M M M .\nbob  . . . .", 10),
        signs="M",
    ),
    Table(
        "max_min",
        {},
        # q = 20, w = 8.
        Row("clean: 10 of 20", "ana  M M . .", 0),
        Row("just broken: 9 of 20 is 45 %", "ana  . . M .", 1),
        Row("broken by two: 40 %", "ana  . . . .", 2),
        # 1 of 20 is all that is offered now.
        Row(
            "all that is offered",
            "ana  M . . .",
            0,
            availability=(window("ana", first=0, last=1),),
            history=before(shifts_offered=19),
        ),
        Row("nothing is offered", "ana  . . . .", 0, availability=()),
        signs="M",
        history=before(shifts_offered=16, shifts_worked=8),
    ),
    Table(
        "max_min",
        {"value": 62, "group": "youth"},
        Row("clean: another group", "ana  M M M .\nbob  . . . .", 0),
        Row("50 %: 55 and 60 are missing", "ana  M M . .\nbob  . . . .", 2),
        signs="M",
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "floor",
        {"value": 2},
        Row("clean", "ana  M M .\nbob  M . M", 0),
        Row("just broken", "ana  M M .\nbob  . . M", 1),
        Row("broken twice: 2 + 1", "ana  . . .\nbob  . . M", 3),
        Row(
            "not more than offered",
            "ana  . . .",
            1,
            availability=(window("ana", first=0, last=1),),
        ),
        Row("nothing offered", "ana  . . .", 0, availability=()),
        signs="M",
    ),
    Table(
        "floor",
        {"shifts": "night", "group": "youth"},
        Row("clean: another group", "ana  N .\nbob  . .", 0),
        Row("another type", "ana  M M\nbob  . .", 1),
        signs=NIGHTS,
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "balance_hours",
        {"weight": 50},
        # Q = 8: 50 x 1 / 8 = 6.25, 18.75, 31.25, 43.75; then 56.25, 68.75, 81.25, 93.75.
        Row("clean", "ana  . .", 0),
        Row("four hours: 6 + 19 + 31 + 44", "ana  . M", 4, 100),
        Row("eight hours: + 56 + 69 + 81 + 94", "ana  M M", 8, 400),
        # Q = 16, h = 4: 50 x 9 / 16 = 28.1, 34.4, 40.6, 46.9.
        Row("history", "ana  M .", 4, 150, history=before(hours_offered=8, hours_worked=4)),
        Row("nothing offered", "ana  M .", 0, each={"ana": {"max_shifts": 0}}),
        signs="M",
    ),
    Table(
        "balance_hours",
        {"weight": 50},
        # Q = 12: 4.2, 12.5, 20.8, 29.2. With one shift at most, the longest: Q = 8.
        Row("different lengths: 4 + 13 + 21 + 29", "ana  M", 4, 67),
        Row("the longest times are offered", "ana  M", 4, 100, each={"ana": {"max_shifts": 1}}),
        signs=NIGHTS,
    ),
    Table(
        "balance_hours",
        {"weight": 50, "shifts": "night", "group": "youth"},
        # Q = 16: 3.1, 9.4, 15.6, 21.9, 28.1, 34.4, 40.6, 46.9.
        Row("clean: another type, another group", "ana  M M\nbob  N N", 0),
        Row("history does not count", "ana  NM .\nbob  . .", 8, 200),
        signs=NIGHTS,
        each={"ana": {"group": "youth"}},
        history=before(hours_offered=8, hours_worked=4),
    ),
    Table(
        "balance_hours",
        {"weight": 50},
        # Q = 3: 50 x 1 / 3 = 16.7, 50, 83.3; one shift of 90 minutes is two hours, two are three.
        Row("a part of an hour is one: 17 + 50", "ana  M .", 2, 67),
        Row("parts add up: + 83", "ana  M M", 3, 150),
        shifts=tuple(shift("M", d, end=moment(d, 8) + dt.timedelta(minutes=30)) for d in range(2)),
    ),
    Table(
        "balance_undesired",
        {"weight": 50},
        # q = 4: 12.5 and 37.5.
        Row("clean: other times", "ana  M M . .", 0),
        Row("first", "ana  M . M .", 1, 13),
        Row("second: 13 + 38", "ana  . . M M", 2, 51),
        # q = 16, u = 2: 50 x 5 / 16 = 15.6.
        Row(
            "history",
            "ana  . . . M",
            1,
            16,
            history=before(shifts_offered=12, shifts_worked=9, undesired_worked=2),
        ),
        Row("nothing offered", "ana  . . M .", 0, each={"ana": {"max_shifts": 0}}),
        signs="M",
        availability=THREE_STATES,
    ),
    Table(
        "balance_shifts",
        {"weight": 50, "shifts": "night"},
        # Four offered: 12.5 and 37.5; two: 25.
        Row("clean: another type", "ana  M M . .", 0),
        Row("first", "ana  NM . . .", 1, 13),
        Row("second: 13 + 38", "ana  N M . N", 2, 51),
        Row("history does not count", "ana  N . . .", 1, 13, history=before(shifts_offered=4)),
        Row("not more than max_shifts", "ana  N . . .", 1, 25, each={"ana": {"max_shifts": 2}}),
        Row("nothing offered", "ana  N . . .", 0, each={"ana": {"max_shifts": 0}}),
        signs=NIGHTS,
    ),
    Table(
        "balance_shifts",
        {"weight": 50, "shifts": "night", "group": "youth"},
        Row("another group", "ana  M .\nbob  N .", 0),
        # Two offered.
        Row("the group", "ana  N .\nbob  N .", 1, 25),
        signs=NIGHTS,
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "balance_far",
        {"weight": 50, "value": 11},
        # It is 11.1 km. q = 4: 12.5 and 37.5.
        Row("clean: at home", "ana  M M . .", 0),
        Row("first", "ana  m . M .", 1, 13),
        Row("second: 13 + 38", "ana  m . . m", 2, 51),
        # q = 16: 50 x 1 / 16 = 3.1.
        Row("history", "ana  m . . .", 1, 3, history=before(shifts_offered=12, shifts_worked=9)),
        Row("who lives there", "ana  m . . .", 0, each={"ana": {"home_center_id": "far"}}),
        Row("who is mobile", "ana  m . . .", 0, each={"ana": {"mobile": True}}),
        Row("nothing offered", "ana  m . . .", 0, each={"ana": {"max_shifts": 0}}),
        signs="Mm",
    ),
    Table(
        "balance_far",
        {"weight": 50, "value": 12},
        Row("clean: near enough", "ana  m m . .", 0),
        signs="Mm",
    ),
    Table(
        "wish_equality",
        {"weight": 100},
        # Four wishes: 100 x 1 / 16 = 6.25, 18.75, 31.25, 43.75.
        Row("clean", "ana  M . . .\nbob  M M M M", 0),
        Row("just broken", "ana  . . . .\nbob  . . . .", 1, 6),
        Row("two: 6 + 19", "ana  . m . .\nbob  . . . .", 2, 25),
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
        "worst_center_first",
        {"value": 2, "weight": 100},
        # home wants 4 seats: 100 x 1, 3, 5 and 7 over 4; far wants 2: 100 x 1 and 3 over 2.
        Row("clean", "ana  M . M\nbob  M . M\ncho  . m .\ndan  . m .", 0, 0),
        Row("just broken", "ana  M . M\nbob  M . M\ncho  . m .\ndan  . . .", 1, 50),
        Row("who is too many fills no seat", "ana  M . .\nbob  M m .\ncho  M m .", 2, 25 + 75),
        Row("half of each: 25 + 75 + 50", "ana  M m .\nbob  M . .", 3, 150),
        Row("all of the large center: 25 + 75 + 125 + 175", "ana  . m .\nbob  . m .", 4, 400),
        signs="Mm",
        requirements=needs(("M0", None, 0, 2), ("m1", None, 2, 2), ("M2", None, 1, 2)),
    ),
    Table(
        "worst_center_first",
        {"seats": "skilled"},
        # Of one seat that is the only one all is empty: rnd(7 x (1^6 - 0) / 1); of two the first
        # costs rnd(7 x 1 / 2^5) = 0, the second rnd(7 x 63 / 32) = 14.
        Row("clean: heads do not count", "dan  M .\neve  M m", 0, 0),
        Row("all of one", "dan  M .\neve  M .", 1, 7),
        Row("half of two", "ana  M m\ndan  M .\neve  . m", 1, 0),
        Row("all of both", "ana  M m\nbob  M m", 3, 21),
        signs="Mm",
        skills=PORTAL,
        each=HOLDERS,
        requirements=needs(("M0", None, 3, 3), ("M0", "portal", 0, 2), ("m1", "portal", 0, 1)),
    ),
    Table(
        "area_floor",
        {"group": "minority", "value": 70},
        # 70 % of the 3 seats at home, rounded up: 3.
        Row("clean", "ana  M . M\nbob  M . .", 0),
        Row("just broken", "ana  M m M\nbob  . m .", 1),
        Row("who is too many fills no seat", "ana  M . .\nbob  M . .\ncho  M . .", 1),
        Row("nobody", "ana  . . .\nbob  . m .", 3),
        signs="Mm",
        **COMMUNES,
    ),
    Table(
        "area_floor",
        {"group": "minority"},
        # 3 seats at home, 3 elsewhere: as many are due as are filled there.
        Row("clean: none", "ana  . . .", 0),
        Row("clean: as many", "ana  M m .", 0),
        Row("just broken", "ana  M m .\nbob  . m .", 1),
        Row("who is too many elsewhere makes nothing due", "ana  M . m\nbob  . . m", 0),
        Row("all elsewhere", "ana  . m m\nbob  . m .", 3),
        signs="Mm",
        **COMMUNES,
    ),
    Table(
        "area_floor",
        {"group": "island|other", "seats": "people"},
        # 1 of 4 seats at home, 1 of 3 far away and on the hill: 3 x 1 / 4, rounded up, are due.
        Row("clean", "ana  M m .", 0),
        Row("just broken", "ana  M . .", 1),
        Row("all of 4 elsewhere: 3 x 4 / 4", "ana  M . M\nbob  M . M", 3),
        signs="Mmx",
        skills=PORTAL,
        centers=in_areas({"minority_area": True}, {"groups": ("island",), "remote_area": True}),
        requirements=needs(
            ("M0", None, 0, 2),
            ("M0", "portal", 0, 2),
            ("M2", None, 0, 2),
            ("m1", None, 0, 2),
            ("x1", None, 0, 1),
        ),
    ),
    Table(
        "skill_placement",
        {"weight": 10},
        # 16 citizens x 30 min are 8 hours: rnd(10 x 1, 3, 5, 7, ... / 8) = 1, 4, 6, 9, 11, 14, ...
        Row("clean", "ana  . .\neve  M M", 0, 0),
        Row("half is missing", "ana  M M\neve  . M", 4, 20),
        Row("the other center is no help", "ana  . .\neve  m m", 8, 20 + 11 + 14 + 16 + 19),
        Row("more than is needed", "eve  M M\ndan  M M", 0, 0),
        Row("level 1 is too low", "fay  M M", 8, 80),
        **PAYING,
    ),
    Table(
        "skill_placement",
        {"weight": 4, "value": 3},
        # Level 2 is not placed. A quarter of 8 hours needs Khmer: 4 x 1 / 2 and 4 x 3 / 2.
        Row("clean: another skill", "gia  M M", 0, 0),
        Row("begun hours are whole: 1 h 40 min are there", "gia  M .", 1, 2, **PAYING_BRIEFLY),
        Row("nobody", "eve  M M", 2, 8),
        **{**PAYING, "languages": ({"center_id": "home", "skill_id": "khmer", "share": 0.25},)},
    ),
    Table(
        "mentored",
        {"value": 2},
        Row("clean", "ana  M M\ndan  M M", 0),
        Row("just broken", "ana  M M\ndan  . M", 1),
        Row("level 2 is no mentor and no novice", "ana  M M\neve  M M", 2),
        Row("two novices: 1 + 2", "ana  M M\nbob  . .\ndan  M .", 3),
        Row("history", "ana  M M\ndan  . .", 1, history=before(mentored_worked=1)),
        Row("history: enough", "ana  M M\ndan  . .", 0, history=before(mentored_worked=3)),
        Row(
            "more than offered is not due",
            "ana  M .\ndan  . .",
            1,
            availability=(window("ana", first=0, last=1), window("dan")),
        ),
        Row(
            "no novice since Tuesday",
            "ana  M M\ndan  . M",
            2,
            each={**HOLDERS, "ana": {"skills": (FROM_TUESDAY,)}},
        ),
        Row(
            "a novice again from Tuesday on is none",
            "ana  M M\ndan  . .",
            0,
            each={**HOLDERS, "ana": {"skills": (UNTIL_MONDAY,)}},
        ),
        signs="M",
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "min_shifts",
        {},
        Row("clean", "ana  M M .", 0),
        Row("just broken", "ana  . . M", 1),
        Row("broken by two", "ana  . . .", 2),
        Row(
            "more than offered is not due",
            "ana  . . .",
            1,
            availability=(window("ana", first=0, last=1),),
        ),
        Row(
            "more than max_shifts is not due",
            "ana  . . .",
            1,
            each={"ana": {"min_shifts": 2, "max_shifts": 1}},
        ),
        signs="M",
        each={"ana": {"min_shifts": 2}},
    ),
    Table(
        "wish",
        {"weight": 13},
        # Undesired 13, available rnd(13 / 5) = rnd(2.6) = 3, preferred 0.
        Row("clean: preferred", "ana  M . .", 0),
        Row("available", "ana  . M .", 1, 3),
        Row("undesired", "ana  . . M", 1, 13),
        Row("both", "ana  M M M", 2, 16),
        signs="M",
        availability=THREE_STATES,
    ),
    Table(
        "wish",
        {"weight": 12},
        # rnd(2.4) = 2.
        Row("clean: nothing", "ana  . . .", 0),
        Row("rounded down", "ana  . M .", 1, 2),
        signs="M",
        availability=THREE_STATES,
    ),
    Table(
        "stability",
        {"weight": 7, "told_weight": 5},
        # Ana was told of Monday's morning and not of Tuesday's, Bob of Tuesday's.
        Row("clean", "ana  M M .\nbob  . M .", 0),
        Row("called in", "ana  M M M\nbob  . M .", 1, 7),
        Row("sent home, told", "ana  . M .\nbob  . M .", 1, 7 + 5),
        Row("sent home, not told", "ana  M . .\nbob  . M .", 1, 7),
        Row("from one shift to another", "ana  A M .\nbob  . M .", 2, 7 + 5 + 7),
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
    Table(
        "preferences",
        {},
        Row("clean", "ana  M . N", 0),
        Row("just broken: weight 3", "ana  . . N", 3),
        Row("the date, any shift: weight 2", "ana  M M N", 2),
        Row("the night, not the date: weight 1", "ana  M . M", 1),
        Row("all refused: 3 + 2 + 1", "ana  . N M", 6),
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
        "full_day",
        {},
        Row("clean", "ana  M A N", 0),
        Row("just broken", "ana  MA . .", 1),
        Row("three shifts are one date", "ana  MAN . .", 1),
        Row("broken twice, last day too", "ana  MA . AN", 2),
        signs="MAN",
    ),
    Table(
        "available",
        {},
        Row("clean", "ana  M . .", 0, 0),
        Row("just broken", "ana  M M .", 1, 0),
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
        Row("broken twice", "ana  . M\nbob  M .", 2, 0),
        signs="M",
        pins=(
            {"volunteer_id": "ana", "shift_id": "M0", "state": "must"},
            {"volunteer_id": "ana", "shift_id": "M1", "state": "must_not"},
        ),
    ),
]

INPUT = [
    ([], 0),
    ([("M0", "ana")], 1),  # a repetition
    ([("M0", "ana"), ("M0", "ana")], 2),
    ([("M9", "ana"), ("M0", "zoe")], 2),  # unknown ids
    ([("M9", "zoe"), ("M9", "zoe")], 2),
]
"""Assignments added to `ana M .`, and the amount."""

ROWS = [
    pytest.param(table, row, id=f"{table.kind}: {row.name}")
    for table in TABLES
    for row in table.rows
]


def _problem(table: Table, row: Row, rule: Fields | None):
    lines = [line.split() for line in row.picture.splitlines()]
    cells = row.picture.splitlines()[0].partition("|")[2].split() or lines[0][1:]
    ground = {
        "people": " ".join(line[0] for line in lines),
        "days": len(cells),
        "history": carried(row.picture),
        **table.ground,
        **row.fields,
    }
    return plan(**ground, rules=(rule,) if rule else ())


def judge(table: Table, row: Row) -> None:
    """Assert that checker and model find the amount and the cost of a row."""
    always = {rule.rule for rule in ALWAYS}
    rules = [None] if table.kind in always else list(as_rules(table.kind, table.params))
    roster = parse(row.picture)

    for rule in rules:
        problem = _problem(table, row, rule)
        score = check(problem, roster)
        found = [v for v in (*score.broken, *score.priced) if v.rule.rule == table.kind]
        hard = rule is None or rule["level"] == "hard"

        picture = draw(problem, roster)
        assert parse(picture) == roster
        assert sum(v.amount for v in found) == row.amount, picture
        assert sum(v.cost for v in found) == (0 if hard else row.cost), picture
        assert all(v.amount > 0 and v.message and v.unit for v in found)
        assert set(score.hard) <= ({table.kind} if hard else set()), picture
        pairs = list(product(problem.volunteers, problem.shifts))
        chosen = [(s.shift_id, v.volunteer_id) in roster for v, s in pairs]
        numbers = product(range(len(problem.volunteers)), range(len(problem.shifts)))
        said = Judge(problem).say(list(numbers), np.array([chosen]))
        assert bool(said.feasible[0]) == score.is_feasible, picture
        if score.is_feasible:
            assert said.costs[0, -1] == score.total, picture


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_amount_and_cost(table, row):
    """Checker and model find the amount and the cost that were worked out by hand."""
    judge(table, row)


@pytest.mark.parametrize(("extra", "amount"), INPUT)
def test_unknown_and_repeated_assignments(extra, amount):
    """Each unknown or repeated assignment breaks `input` by one, and counts nowhere else."""
    problem = plan("M", "ana", 2, rules=({"rule": "max_shift_count", "value": 1},))
    roster = Roster.of([("M0", "ana"), *extra])

    score = check(problem, roster)

    assert dict(score.hard) == ({"input": amount} if amount else {})


def test_every_rule_has_a_table():
    """Each rule has a clean row, a row broken by one step and a row broken further."""
    amounts: dict[str, set[int]] = {}
    for table in TABLES:
        amounts.setdefault(table.kind, set()).update(row.amount for row in table.rows)

    expected = {*RULES, *(rule.rule for rule in ALWAYS)} - {"input"}
    assert set(amounts) == expected
    assert {kind for kind, found in amounts.items() if 0 not in found or len(found) < 3} == set()


def test_every_row_has_its_own_name():
    """No two rows of a table have the same name."""
    for table in TABLES:
        names = [row.name for row in table.rows]
        assert len(set(names)) == len(names), names


@pytest.mark.parametrize("kind", [k for k, c in RULES.items() if "weight" in c.model_fields])
def test_weights_are_not_negative(kind):
    """A rule cannot pay for being broken: prices would fall from unit to unit."""
    cls = RULES[kind]
    params = next(table.params for table in TABLES if table.kind == kind)

    with pytest.raises(ValidationError, match="weight"):
        cls(**{**params, "weight": -1})
