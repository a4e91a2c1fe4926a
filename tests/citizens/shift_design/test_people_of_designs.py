"""Whom a design counts on: what they hold, and when they come."""

from __future__ import annotations

import pytest
from hours import CHEAP, FREE, HOUR, asked, best, kind, moment, need, shown, there

NEEDS = (
    need("1 08:00", "1 12:00", 2),
    need("1 08:00", "1 12:00", 1, skill_id="a"),
    need("1 08:00", "1 12:00", 1, skill_id="b"),
)
FOUR = kind("08:00", "08:00", 4 * HOUR)


def holders(*held, until="1 20:00"):
    volunteers = [
        {"volunteer_id": f"v{n}", "home_center_id": "c", "skills": dict.fromkeys(skills, 1)}
        for n, skills in enumerate(held)
    ]
    windows = [
        {"volunteer_id": f"v{n}", "start": moment("1 08:00"), "end": moment(until)}
        for n in range(len(held))
    ]
    return {"volunteers": volunteers, "availability": windows}


def test_who_holds_two_skills_fills_both_seats():
    found = best(NEEDS, FOUR, **holders("", "ab"))

    assert (shown(found), found.cost) == (["c 1 08:00-12:00 2"], 200)


def test_a_skill_that_nobody_holds_is_missing():
    """For four hours, in which two heads are there all the same."""
    found = best(NEEDS, FOUR, **holders("", "a"))

    assert (found.cost, found.score.parts["missing"]) == (600, 400)


def test_a_skill_costs_a_little_where_it_is_asked_for():
    """For four hours, for one of the two: there are seats for both skills of that person."""
    found = best(NEEDS, FOUR, prices=FREE | {"skill_price": 1}, **holders("", "ab"))

    assert found.score.parts["seats"] == 4 * 2


def test_people_still_to_be_found_hold_one_skill_each():
    found = best(NEEDS, FOUR, prices=FREE | {"skill_price": 1}, options={"offers": False})

    assert (shown(found), found.score.parts["seats"]) == (["c 1 08:00-12:00 2"], 4 + 4)


def offering(*windows, **told):
    names = {name for name, *_ in windows}
    return {
        "volunteers": [
            {"volunteer_id": name, "home_center_id": "c", **told} for name in sorted(names)
        ],
        "availability": [
            {"volunteer_id": name, "start": moment(f"1 {a}:00"), "end": moment(f"1 {b}:00")}
            for name, a, b in windows
        ],
    }


FREE_TIMES = FREE | {"time_price": 0}
HOURS = kind("08:00", "11:00", HOUR, 4 * HOUR)


def test_no_more_people_than_are_there():
    """Two come for all of the time, and a third goes at ten."""
    people = offering(("v0", "08", "12"), ("v1", "08", "12"), ("v2", "08", "10"))

    found = best(asked("3 3 3 3"), HOURS, prices=FREE_TIMES, **people)

    assert (there(found, last=12), found.cost) == ("3 3 2 2", 200)


def test_nobody_is_in_two_shifts_at_once():
    """One person, who could work the first two hours, or the last two, or the middle."""
    people = offering(("v0", "08", "12"))
    two = kind("08:00", "10:00", 2 * HOUR)

    found = best(asked("1 2 2 1"), two, prices=FREE_TIMES, **people)

    assert there(found, last=12) == "1 1 1 1"


@pytest.mark.parametrize(
    ("rules", "shifts"),
    [
        ([{"rule": "max_shifts"}], 1),
        ([], 4),
        ([{"rule": "max_shifts", "level": 2}], 4),
        ([{"rule": "max_shifts", "group": "students"}], 4),
    ],
)
def test_nobody_works_more_shifts_than_a_hard_rule_allows(rules, shifts):
    """What a rule only prices, or asks of others, keeps nobody away."""
    people = offering(("v0", "08", "12"), max_shifts=1)

    found = best(
        asked("1 1 1 1"), kind("08:00", "11:00", HOUR), prices=FREE_TIMES, rules=rules, **people
    )

    assert there(found, last=12).count("1") == shifts


def test_who_is_still_to_be_found_offers_anything():
    people = offering(("v0", "08", "10"))

    found = best(
        asked("2 2"),
        HOURS,
        prices=FREE_TIMES,
        options={"offers": False},
        **people,
    )

    assert (there(found, last=10), found.cost) == ("2 2", 0)


def test_people_who_offer_nothing_work_nothing():
    people = {"volunteers": [{"volunteer_id": "v", "home_center_id": "c"}]}

    found = best(asked("1"), HOURS, **people)

    assert (found.shifts, found.cost) == ((), 100)


def test_a_skill_counts_on_the_dates_on_which_it_is_held():
    skills = [{"skill_id": "a", "level": 1, "valid_from": "2026-03-03"}]
    windows = [
        {"volunteer_id": "v", "start": moment(f"{d} 08:00"), "end": moment(f"{d} 10:00")}
        for d in (1, 2)
    ]
    rows = [need(f"{d} 08:00", f"{d} 10:00", 1, skill_id="a") for d in (1, 2)]

    found = best(
        rows,
        kind("08:00", "08:00", 2 * HOUR),
        prices=CHEAP,
        days=2,
        volunteers=[{"volunteer_id": "v", "home_center_id": "c", "skills": skills}],
        availability=windows,
    )

    assert shown(found) == ["c 2 08:00-10:00 1"]


def test_two_people_who_come_after_each_other_are_nobody_who_stays():
    """One time of four hours would cost less than two of two hours, and nobody comes for it."""
    people = offering(("v0", "08", "10"), ("v1", "10", "12"))
    types = kind("08:00", "10:00", 2 * HOUR, 4 * HOUR, step=2 * HOUR)

    found = best(asked("1 1 1 1"), types, prices=FREE | {"time_price": 50}, **people)

    assert shown(found) == ["c 1 08:00-10:00 1", "c 1 10:00-12:00 1"]
