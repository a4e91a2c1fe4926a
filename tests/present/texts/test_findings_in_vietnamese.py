"""Findings of rules in Vietnamese that say more than a number and a limit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from shiftplan.present.words import Words
from shiftplan.scoring.check import check
from shiftplan.testing import alone, carried, parse
from shiftplan.testing.pictures import MONDAY
from shiftplan.week.history import History, Published

ON_MONDAY = dt.datetime.combine(MONDAY, dt.time(8))
MAX_DAYS = {"rule": "max_consecutive_days", "value": 3}
MIN_DAYS = {"rule": "min_consecutive_days", "value": 3}
MIN_OFF = {"rule": "min_consecutive_days_off", "value": 2}
MAX_WEEKENDS = {"rule": "max_consecutive_weekends", "value": 1}
MIN_WEEKENDS = {"rule": "min_consecutive_weekends", "value": 2}
REST = {"rule": "min_rest", "value": 120}
FAR = {"rule": "balance_far", "value": 11}
BEFORE = {"shifts_offered": 12, "shifts_worked": 5, "far_worked": 3}
WEEKDAYS = ". . . . ."
FOUND: dict[str, tuple[dict[str, Any], str, dict[str, Any], str]] = {
    "a run from before": (
        MAX_DAYS,
        "ana  M M | M M . .",
        {},
        "ana: trực 4 ngày liên tiếp, trong đó 2 ngày trước 2026-12-07, tối đa 3",
    ),
    "a run of the horizon": (
        MAX_DAYS,
        "ana  . | M M M M .",
        {},
        "ana: trực 4 ngày liên tiếp kể từ 2026-12-07, tối đa 3",
    ),
    "a run that is over": (
        MIN_DAYS,
        "ana  . M | . . .",
        {},
        "ana: trực 1 ngày liên tiếp, kết thúc trước 2026-12-07, ít nhất phải là 3",
    ),
    "days off that are over": (
        MIN_OFF,
        "ana  M . | M M .",
        {},
        "ana: nghỉ 1 ngày liên tiếp, kết thúc trước 2026-12-07, ít nhất phải là 2",
    ),
    "weekends from before": (
        MAX_WEEKENDS,
        f"ana  {WEEKDAYS} M .",
        {"weekends_in_a_row": 1},
        "ana: trực 2 cuối tuần liên tiếp tính đến 2026-12-12, trong đó 1 cuối tuần trước kỳ này, "
        "tối đa 1",
    ),
    "weekends that are over": (
        MIN_WEEKENDS,
        f"ana  {WEEKDAYS} . .",
        {"weekends_in_a_row": 1},
        "ana: trực 1 cuối tuần liên tiếp, kết thúc trước cuối tuần có 2026-12-12, "
        "ít nhất phải là 2",
    ),
    "shifts that overlap": (
        REST,
        "ana  MO .",
        {},
        "ana: O0 bắt đầu 60 phút trước khi M0 kết thúc, ít nhất phải nghỉ 120 phút",
    ),
    "a shift that is not over": (
        REST,
        "ana  M .",
        {"last_shift_end": ON_MONDAY},
        "ana: M0 bắt đầu 60 phút trước khi ca cuối trước kỳ này kết thúc, "
        "ít nhất phải nghỉ 120 phút",
    ),
    "far shifts of all weeks": (
        FAR,
        "ana  m . . m",
        BEFORE,
        "ana: 5 ca cách nhà hơn 11 km, trên 20 ca đã đăng ký",
    ),
}
"""Rule, roster, history, and what is said."""


@pytest.mark.parametrize(("rule", "picture", "history", "told"), FOUND.values(), ids=[*FOUND])
def test_what_was_before_is_told_apart(rule, picture, history, told):
    """Days, weekends and shifts before the horizon, and rest that is less than none."""
    rows = (History(volunteer_id="ana", **history),) if history else carried(picture)
    days = len(picture.partition("|")[2].split() or picture.split()[1:])
    level = {"level": 1} if rule is FAR else {}
    problem = alone({**rule, **level}, people="ana", days=days, signs="MOm", history=rows)

    score = check(problem, parse(picture))

    said = [Words("vi")(v.message) for v in (*score.broken, *score.priced)]
    assert said == [told]


def test_a_shift_that_was_taken_away_was_published():
    """Nobody says that the person had been told."""
    published = (Published(volunteer_id="ana", shift_id="M0", told=False),)
    rule = {"rule": "stability", "level": 1}
    problem = alone(rule, people="ana", days=1, signs="M", published=published)

    (found,) = check(problem, parse("ana  .")).priced

    assert Words("en")(found.message) == "ana works M0 in the published roster, but not in this one"
    assert Words("vi")(found.message) == "ana có trong lịch đã công bố ở M0, nay không còn"
