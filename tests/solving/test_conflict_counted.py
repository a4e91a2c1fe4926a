"""Members of contradictions say what a person did before the horizon, where it counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from conflicts import must

from shiftplan.present.words import Words
from shiftplan.solving.conflict import find_conflict
from shiftplan.testing.pictures import MONDAY, plan
from shiftplan.week.history import History
from shiftplan.week.requirements import Requirement

SUNDAY_NIGHT = dt.datetime.combine(MONDAY - dt.timedelta(1), dt.time(23))
MAX_DAYS = {"rule": "max_consecutive_days", "value": 3}
MIN_DAYS = {"rule": "min_consecutive_days", "value": 3}
MAX_OFF = {"rule": "max_consecutive_days_off", "value": 3}
MIN_OFF = {"rule": "min_consecutive_days_off", "value": 3}
MAX_WEEKENDS = {"rule": "max_consecutive_weekends", "value": 2}
MIN_WEEKENDS = {"rule": "min_consecutive_weekends", "value": 3}
NEVER = {"rule": "forbidden_pattern", "pattern": "work, work, work"}
SELDOM = {"rule": "max_patterns", "pattern": "night, morning", "value": 0}
THEN = {"rule": "required_pattern", "pattern": "night", "followed_by": "off, off"}
TURN = {"rule": "forbidden_succession", "first": "night", "then": "morning"}
NIGHTS = {"last_shift_type": "night", "same_type_in_a_row": 2, "worked_in_a_row": 3}
WORK = "3 days worked in a row"
BY_HAND: dict[str, tuple[dict[str, Any], dict[str, Any], str, str]] = {
    "shifts": (
        {"rule": "max_shift_count", "value": 3},
        {"counted_shifts": 4},
        "M0",
        "4 shifts counted",
    ),
    "minutes": (
        {"rule": "max_minutes", "value": 300},
        {"counted_minutes": 240},
        "M0",
        "240 minutes counted",
    ),
    "weekends": (
        {"rule": "max_weekends", "value": 1},
        {"counted_weekends": 1},
        "M5",
        "1 weekend counted",
    ),
    "days": (MAX_DAYS, {"worked_in_a_row": 3}, "M0", WORK),
    "nights": (
        {**MAX_DAYS, "value": 2, "shifts": "night"},
        NIGHTS,
        "N0",
        "2 days of night in a row",
    ),
    "too few days": (MIN_DAYS, {"worked_in_a_row": 1}, "-M0", "1 day worked in a row"),
    "a new run": (MIN_DAYS, {"off_in_a_row": 2}, "M0 -M1", "2 days off in a row"),
    "a new run after no work": (
        MIN_DAYS,
        {"worked_in_a_row": 0},
        "M0 -M1",
        "0 days worked in a row",
    ),
    "a new run of nights": (
        {**MIN_DAYS, "shifts": "night"},
        {"last_shift_type": "morning"},
        "N0 -N1",
        "morning on the last day",
    ),
    "days off": (MAX_OFF, {"off_in_a_row": 3}, "-M0", "3 days off in a row"),
    "too few days off": (MIN_OFF, {"off_in_a_row": 1}, "M0", "1 day off in a row"),
    "weekends in a row": (
        MAX_WEEKENDS,
        {"weekends_in_a_row": 2},
        "M5",
        "2 weekends worked in a row",
    ),
    "too few weekends": (
        MIN_WEEKENDS,
        {"weekends_in_a_row": 1},
        "-M5 -M6",
        "1 weekend worked in a row",
    ),
    "rest": (
        {"rule": "min_rest", "value": 600},
        {"last_shift_end": SUNDAY_NIGHT},
        "M0",
        "a shift until Sun 06 Dec 23:00",
    ),
    "a succession": (TURN, {"last_shift_type": "night"}, "M0", "night on the last day"),
    "a pattern": (NEVER, {"worked_in_a_row": 3}, "M0", WORK),
    "a pattern too often": (SELDOM, {"last_shift_type": "night"}, "M0", "night on the last day"),
    "a pattern that goes on": (
        THEN,
        {"last_shift_type": "night"},
        "M1",
        "night on the last day",
    ),
}
"""Rule, history, pins of ana (a minus keeps her out), and what is said of the time before."""
BEYOND: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "another counter": (
        {"rule": "max_shift_count", "value": 1},
        {"counted_minutes": 9, "worked_in_a_row": 1},
        "M0 M1",
    ),
    "per week": (
        {"rule": "max_shift_count", "value": 1, "per": "week"},
        {"counted_shifts": 4},
        "M0 M1",
    ),
    "some shifts": (
        {"rule": "max_shift_count", "value": 1, "shifts": "morning"},
        {"counted_shifts": 4},
        "M0 M1",
    ),
    "a later run": (
        {**MAX_DAYS, "value": 1},
        {"worked_in_a_row": 1},
        "M2 M3",
    ),
    "a later weekend": (
        {**MAX_WEEKENDS, "value": 1},
        {"weekends_in_a_row": 1},
        "-M5 -M6 M12 M19",
    ),
    "enough rest": ({"rule": "min_rest", "value": 600}, {"last_shift_end": SUNDAY_NIGHT}, "A0 N0"),
    "a later pattern": (NEVER, {"worked_in_a_row": 3}, "-M0 -A0 -N0 M1 M2 M3"),
    "days of another kind": (
        {**NEVER, "pattern": "work, off, work"},
        {"off_in_a_row": 3},
        "M0 -M1 -A1 -N1 M2",
    ),
}
"""Contradictions in which history has no part."""


def _said(rule: dict[str, Any], history: dict[str, Any], pins: str, lang: str = "en") -> str:
    """What the member of the rule says; who is kept out of a morning is off all day."""
    told = pins.split()
    mornings = [pin[2:] for pin in told if pin[:2] == "-M" and "shifts" not in rule]
    told += [f"-{sign}{day}" for day in mornings for sign in "AN" if f"-{sign}{day}" not in told]
    problem = plan(
        "MAN",
        "ana bob",
        21 if "M12" in told else 8,
        history=(History(volunteer_id="ana", **history),),
        pins=must(*(f"{pin} ana" for pin in told)),
        rules=(rule,),
    )
    found = find_conflict(problem)
    assert found is not None
    assert found.minimal
    (member,) = (m for m in found.members if m.rule == rule["rule"])
    return Words(lang)(member.message)


@pytest.mark.parametrize(("rule", "history", "pins", "told"), BY_HAND.values(), ids=[*BY_HAND])
def test_history_is_told_where_it_counts(rule, history, pins, told):
    """Behind what the rule asks, and nothing else of the row."""
    assert _said(rule, history, pins).endswith(f" Before the planned days: {told}.")


@pytest.mark.parametrize(("rule", "history", "pins"), BEYOND.values(), ids=[*BEYOND])
def test_history_is_not_told_where_it_has_no_part(rule, history, pins):
    """A rule that does not read it, or another time than its start."""
    assert "Before" not in _said(rule, history, pins)


def test_a_need_that_nobody_else_may_fill_names_the_shifts_of_earlier_weeks():
    """The case that was told by the limit alone, in both languages."""
    problem = plan(
        "M",
        "ana",
        1,
        history=(History(volunteer_id="ana", counted_shifts=4),),
        requirements=(Requirement(shift_id="M0", minimum=1, target=1),),
        rules=({"rule": "max_shift_count", "value": 3}, {"rule": "minimum_coverage"}),
    )

    found = find_conflict(problem)

    assert found is not None
    (said,) = (m.message for m in found.members if m.rule == "max_shift_count")
    assert str(said) == (
        "ana works at most 3 shifts (in all). Before the planned days: 4 shifts counted."
    )
    assert Words("vi")(said) == (
        "ana trực nhiều nhất 3 ca (tổng cộng). Trước kỳ này: đã tính 4 ca."
    )


@pytest.mark.parametrize(
    ("rule", "history", "pins", "told"),
    [
        (MAX_DAYS, {"worked_in_a_row": 3}, "M0", "trực 3 ngày liên tiếp"),
        (MAX_OFF, {"off_in_a_row": 3}, "-M0", "nghỉ 3 ngày liên tiếp"),
        (MAX_WEEKENDS, {"weekends_in_a_row": 2}, "M5", "trực 2 cuối tuần liên tiếp"),
        (TURN, {"last_shift_type": "night"}, "M0", "ngày cuối trực night"),
        (
            {"rule": "min_rest", "value": 600},
            {"last_shift_end": SUNDAY_NIGHT},
            "M0",
            "một ca kéo dài đến 23:00 Chủ nhật 06/12",
        ),
    ],
)
def test_history_is_told_in_vietnamese(rule, history, pins, told):
    """In the same words as the rules."""
    assert _said(rule, history, pins, "vi").endswith(f" Trước kỳ này: {told}.")
