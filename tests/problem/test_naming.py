"""How people, places and times are named, and what makes up a change of the cost."""

from __future__ import annotations

import pytest

from shiftplan.errors.message import (
    AtSeat,
    AtShift,
    FromDay,
    InAreas,
    InMonth,
    InWeek,
    ShiftsOn,
)
from shiftplan.present.answers.trades import cost_parts
from shiftplan.present.forms import Forms
from shiftplan.present.naming import Names, named
from shiftplan.present.words import Words
from shiftplan.scoring.check import CostChange, beside
from shiftplan.testing.pictures import MONDAY, plan

SKILLS = ({"skill_id": "portal", "name": "Portal"}, {"skill_id": "id", "max_level": 2})


@pytest.mark.parametrize(("lang", "day"), [("en", "Mon 07 Dec"), ("vi", "thứ Hai 07/12")])
def test_a_shift_is_told_with_center_and_time(lang, day):
    """An id that nobody knows stays an id."""
    names = Names(plan("M", "ana", 1), lang)

    assert names.shift("M0") == f"M0, home, {day} 07:00–11:00"
    assert names.day(MONDAY) == day
    assert (names.shift("M9"), names.center("M9")) == ("M9", "M9")


@pytest.mark.parametrize(
    ("where", "english", "vietnamese"),
    [
        (
            AtSeat("M0", "id", 2),
            "M0, home, Mon 07 Dec 07:00–11:00, id 2",
            "M0, home, thứ Hai 07/12 07:00–11:00, id bậc 2",
        ),
        (
            AtSeat("M0", "id", 2, ("another:3",)),
            "M0, home, Mon 07 Dec 07:00–11:00, another and id 2",
            "M0, home, thứ Hai 07/12 07:00–11:00, another và id bậc 2",
        ),
        (AtShift("M0 id 2"), "M0 id 2", "M0 id 2"),
        (FromDay(MONDAY), "from Mon 07 Dec", "từ thứ Hai 07/12"),
        (InWeek(2026, 50), "week 50 of 2026", "tuần 50 năm 2026"),
        (InMonth(2026, 12), "2026-12", "tháng 12/2026"),
        (
            ShiftsOn(MONDAY, ("early", "late")),
            "Mon 07 Dec, early or late",
            "thứ Hai 07/12, early hoặc late",
        ),
        (InAreas(("remote", "a b")), "remote and a b", "remote và a b"),
    ],
)
def test_where_a_finding_is(where, english, vietnamese):
    """Requirements of a skill and periods are told as people say them, in their language."""
    problem = plan("M", "ana", 1, skills=SKILLS)

    assert Names(problem, "en").say.place(where) == english
    assert Names(problem, "vi").say.place(where) == vietnamese


def test_people_are_told_with_their_ids():
    """The id alone where there is no name, or where the name is the id."""
    problem = plan("M", "ana bob", 1, each={"ana": {"name": "Ana"}, "bob": {"name": "bob"}})

    names = Names(problem, "en")

    assert [names.person(who) for who in ("ana", "bob", "cho")] == ["Ana (ana)", "bob", "cho"]
    assert named("", "ana") == "ana"


def test_levels_are_told_where_a_skill_has_several():
    """Portal has one level, id has two."""
    names = Names(plan("M", "ana", 1, skills=SKILLS), "en")

    assert [names.skill("portal", 1), names.skill("id", 2), names.skill("id")] == [
        "Portal",
        "id 2",
        "id",
    ]


def test_changes_have_signs():
    """A minus as wide as the plus; no sign for no change, a dash for what is not known."""
    assert [Forms("en").signed(n) for n in (1200, -35, 0, None)] == ["+1,200", "−35", "0", "–"]
    assert Forms("vi").signed(-1200) == "−1.200"


def test_parts_add_up_to_the_total():
    """Level 1 counts ten times as much as level 2; the greatest part comes first."""
    rules = ({"rule": "full_day", "level": 2}, {"rule": "coverage", "level": 1})
    problem = plan("M", "ana", 1, rules=rules)

    text = cost_parts(problem, {"full_day": 7, "coverage": -3}, {1: -3, 2: 7}, Words("en"))

    assert text == "coverage −30, full_day +7"


def test_parts_are_told_by_level_where_a_rule_stands_at_several():
    """Nobody knows which row of the rule it was."""
    rules = (
        {"rule": "max_shifts", "level": 2},
        {"rule": "max_shift_count", "value": 1, "level": 1},
    )
    rules += ({"rule": "max_shift_count", "value": 2, "level": 2},)
    problem = plan("M", "ana", 1, rules=rules)

    assert (
        cost_parts(problem, {"max_shift_count": 4}, {1: -3, 2: 7}, Words("en"))
        == "level 1 −30, level 2 +7"
    )


def test_costs_stand_beside_each_other():
    """A rule that finds nothing in one of two rosters costs 0 there."""
    found = beside({"a": 1, "b": 2}, {"b": 5, "c": 3})

    assert found == {"a": CostChange(1, 0), "b": CostChange(2, 5), "c": CostChange(0, 3)}
    assert [cost.change for cost in found.values()] == [-1, 3, 3]
