"""How many columns and rows rules add: more would change no roster, but slow every search.

A few people and days; the numbers were worked out by hand from what the rule prices. Some rules
ask for the same indicators, and share their columns.
"""

from __future__ import annotations

import datetime as dt

import pytest
from families import Fields, in_areas, moment
from tables.placement import PAYING
from tables.table import HOLDERS, PORTAL, THREE_STATES, before, needs

from shiftplan.rules import MinConsecutiveDays, MinConsecutiveDaysOff
from shiftplan.solving.building import build
from shiftplan.testing import alone
from shiftplan.testing.pictures import plan, shift, window

ANA: Fields = {"people": "ana"}
TEAM: Fields = {"people": "ana bob dan", "skills": PORTAL, "each": HOLDERS}
"""Two novices and a mentor."""
YOUTH: Fields = {"each": {"ana": {"group": "youth"}, "bob": {"group": "youth"}}}
SEATS: Fields = {"requirements": needs(("M0", None, 1, 2), ("M1", None, 1, 3))}
HALF_PAST = {"end": moment(0, 8) + dt.timedelta(minutes=30)}

CASES = [
    # A price for each shift that a person can work: two people, two shifts.
    ("fairness", {}, {}, 4),
    ("leximin", {}, {}, 4),
    ("balance_far", {"value": 11}, {"signs": "Mm"}, 4),
    ("balance_shifts", {"shifts": "night"}, {"signs": "NM"}, 4),
    ("balance_undesired", {}, {**ANA, "days": 4, "availability": THREE_STATES}, 2),
    # Shifts of four hours are priced whole; one of eight is two of them, and both might be so long.
    ("balance_hours", {}, {}, 4),
    ("balance_hours", {}, {**ANA, "signs": "NM", "days": 1}, 4),
    # An hour and a half are two hours begun.
    ("balance_hours", {}, {**ANA, "signs": {}, "shifts": (shift("M", 0, **HALF_PAST),)}, 2),
    ("max_min", {}, {}, 10),
    ("max_min", {"value": 62}, {}, 12),
    # Two undesired times and a wish of Ana, none of Bob.
    (
        "wish_equality",
        {},
        {
            "availability": (window("ana", "undesired", 0, 2), window("bob")),
            "preferences": ({"volunteer_id": "ana", "shift_id": "M0", "state": "for"},),
        },
        3,
    ),
    # A date of a person, full or not.
    ("full_day", {}, {"signs": "MA"}, 4),
    # Empty seats.
    ("coverage", {}, SEATS, 5),
    ("worst_center_first", {}, SEATS, 2 + 5),
    ("area_floor", {"group": "other", "value": 0.5}, SEATS, 2 + 1),
    # Empty seats, filled ones elsewhere, whether a team that may be too large is full, and what
    # is missing in the areas.
    (
        "area_floor",
        {"group": "minority"},
        {
            **in_areas({"minority_area": True}, {}),
            "signs": "Mm",
            "requirements": needs(("M0", None, 1, 2), ("m0", None, 0, 1), ("m1", None, 0, 2)),
        },
        3 + 2 + 1 + 1,
    ),
    ("area_floor", {"group": "remote"}, SEATS, 2),
    ("show_up", {}, SEATS, 2),
    ("skill_placement", {}, {**PAYING, "people": "eve"}, 8),
    # Whether a mentor is there, whether each novice is beside one, and what a novice lacks.
    ("mentored", {}, TEAM, 2 + 4 + 2),
    # Whether a novice is there, and who is missing then.
    ("never_alone", {"skill": "portal"}, TEAM, 2 + 2),
    ("mentor", {"value": 1}, TEAM, 2),
    ("together", {"group": "youth"}, YOUTH, 2 + 2),
    ("apart", {"group": "youth"}, YOUTH, 2),
    # Whether a day is worked, and what is too much.
    ("max_consecutive_days", {"value": 1}, {**ANA, "signs": "MA", "days": 3}, 3 + 2),
    ("min_consecutive_days", {"value": 2}, {**ANA, "days": 3}, 1),
    ("max_shift_count", {"value": 1}, {}, 2),
    ("min_rest", {"value": 660}, {**ANA, "signs": "EL"}, 3),
    ("forbidden_succession", {"first": "late", "then": "early"}, {**ANA, "signs": "EL"}, 1),
    ("max_weekends", {"value": 0}, {**ANA, "days": 7}, 1 + 1),
    ("complete_weekends", {}, {**ANA, "days": 7}, 2),
    ("one_center_per_day", {}, {**ANA, "signs": "MAm"}, 2 + 2),
    # From M to x and from O to x there is too little time.
    ("travel_time", {"value": 27}, {**ANA, "signs": "MxO", "days": 1}, 2),
    # From M to x or from O to x, and what is too much.
    ("max_travel", {"value": 30}, {**ANA, "signs": "MxO", "days": 1}, 2 + 1),
    ("max_centers", {"value": 1}, {**ANA, "signs": "Mm"}, 2 + 1),
    ("continuity", {}, {**ANA, "signs": "Mm"}, 2 + 1),
    # What a single work costs needs no column.
    ("travel", {}, {"signs": "Mm"}, 0),
    ("wish", {}, {}, 0),
    ("stability", {}, {"published": ({"volunteer_id": "bob", "shift_id": "M1"},)}, 0),
]

SHARED = [
    (
        {"rule": "max_consecutive_days", "value": 1},
        {"rule": "min_consecutive_days", "value": 2},
        {"signs": "MA"},
    ),
    (
        {"rule": "max_consecutive_days", "value": 1},
        {"rule": "max_consecutive_days_off", "value": 1},
        {"signs": "MA"},
    ),
    (
        {"rule": "max_consecutive_days", "value": 1, "shifts": "day"},
        {"rule": "forbidden_succession", "first": "day", "then": "day"},
        {"signs": "EL"},
    ),
    ({"rule": "continuity"}, {"rule": "max_centers", "value": 1}, {"signs": "Mm"}),
    (
        {"rule": "wish_equality"},
        {"rule": "preferences"},
        {
            "signs": "MA",
            "preferences": (
                {"volunteer_id": "ana", "date": moment(0, 0).date(), "state": "against"},
            ),
        },
    ),
    (
        {"rule": "worst_center_first"},
        {"rule": "area_floor", "level": "hard", "group": "minority", "value": 0.5},
        {**SEATS, **in_areas({"minority_area": True}, {})},
    ),
]

SLACK = [
    # A row lifts an indicator for each work; where more is only dearer, none keeps it down.
    ("never_alone", {"skill": "portal"}, TEAM, 2 * 2 + 2),
    ("together", {"group": "youth"}, YOUTH, 2 * 2 + 2),
    ("max_weekends", {"value": 0}, {**ANA, "days": 7}, 2 + 1),
    ("one_center_per_day", {}, {**ANA, "signs": "MAm"}, 2 * 2 + 2),
    ("max_centers", {"value": 1}, {**ANA, "signs": "Mm"}, 2 * 2 + 1),
    ("continuity", {}, {**ANA, "signs": "Mm"}, 2 * 2 + 1),
    ("max_consecutive_days", {"value": 1}, {**ANA, "signs": "MA", "days": 3}, 3 * 2 + 2),
    ("forbidden_succession", {"first": "day", "then": "day"}, {**ANA, "signs": "EL"}, 2 * 2 + 1),
    (
        "wish_equality",
        {},
        {**ANA, "signs": "Mm", "availability": (window("ana", "undesired"),)},
        2 * 2 + 1,
    ),
    # From step to step, and one for each person who lacks a shift from the first step on.
    ("max_min", {}, {}, 9 + 2),
    # Sunday's run may end at once, and Tuesday be alone; with Monday it is long enough.
    (
        "min_consecutive_days",
        {"value": 2},
        {**ANA, "days": 3, "history": before(worked_in_a_row=1)},
        2,
    ),
]


def _columns(*rules: Fields, **ground: object) -> int:
    """Columns beside the pairs of two people, two days and some rules."""
    program = build(alone(*rules, **{"signs": "M", "people": "ana bob", "days": 2, **ground}))
    return program.program().num_columns - program.program().num_pairs


@pytest.mark.parametrize(
    ("kind", "params", "ground", "columns"), CASES, ids=[f"{c[0]} {c[1]}" for c in CASES]
)
def test_a_rule_adds_no_more_columns_than_it_prices(kind, params, ground, columns):
    """As many as there are prices, and indicators of what more than one work decides."""
    assert _columns({"rule": kind, "level": 2, **params}, **ground) == columns


@pytest.mark.parametrize(
    ("first", "second", "ground"), SHARED, ids=[f"{a['rule']} {b['rule']}" for a, b, _ in SHARED]
)
def test_rules_share_what_they_both_ask_for(first, second, ground):
    """A hard rule beside one that asks for the same indicators adds no column of its own."""
    first = {"level": 2, **first}

    alone, together = _columns(first, **ground), _columns(first, second, **ground)

    assert together == alone
    assert _columns(second, **ground) > 0


@pytest.mark.parametrize(
    ("kind", "params", "ground", "rows"), SLACK, ids=[f"{c[0]} {c[1]}" for c in SLACK]
)
def test_a_rule_adds_no_more_rows_than_it_needs(kind, params, ground, rows):
    """Its own, and one for each work that an indicator tells."""
    rule = {"rule": kind, "level": 2, **params}
    model = build(alone(rule, **{"signs": "M", "people": "ana bob", "days": 2, **ground}))

    assert model.program().num_rows == rows


@pytest.mark.parametrize(
    ("signs", "row"), [("M", [1, -1]), ("MA", [1, 1, -1]), ("MAN", [1, 1, 1, -2])]
)
def test_a_full_day_lifts_its_limit_no_further_than_it_can_be_full(signs, row):
    """All shifts beyond the first, so that a part of a full day is no way out."""
    rule = {"rule": "full_day", "level": 2}

    program = build(alone(rule, signs=signs, people="ana", days=1)).program()

    assert program.matrix.toarray().tolist() == [row]


@pytest.mark.parametrize("rule", [MinConsecutiveDays, MinConsecutiveDaysOff])
@pytest.mark.parametrize("level", ["hard", 1])
def test_a_run_that_nobody_can_work_makes_no_more_rows(rule: type, level: str | int) -> None:
    """At least a billion days in a row are as many rows as at least nine of a week of seven."""
    sizes = []
    for value in (9, 10**9):
        options = {"value": value, "level": level, **({} if level == "hard" else {"weight": 1})}
        problem = plan("M", "ana bob", rules=(rule(**options),))
        sizes.append(build(problem).program().num_rows)

    assert sizes[0] == sizes[1] > 0
