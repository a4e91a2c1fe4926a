"""What a case tells of a roster: repetitions, whom a requirement counts, seats, minutes."""

from __future__ import annotations

import datetime as dt

import pytest

from shiftplan.case.case import Case
from shiftplan.testing.pictures import MONDAY, parse, plan
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Assignment, Change, Roster

PORTAL = ({"skill_id": "portal", "max_level": 4},)
TUESDAY = MONDAY + dt.timedelta(1)
LATER = [{"skill_id": "portal", "level": 2, "valid_from": TUESDAY}]
"""Level 2, from the second day on."""


def case(picture: str) -> Case:
    """Ana, who has a skill from the second day on, and Bob, who has none."""
    problem = plan("M", "ana bob", 3, skills=PORTAL, each={"ana": {"skills": LATER}})
    return Case(problem, parse(picture))


def need(shift: str, level: int | None = None, target: int = 2) -> Requirement:
    """Seats at a shift, for people with a level of the skill or for anybody."""
    skill = None if level is None else "portal"
    return Requirement(shift_id=shift, skill_id=skill, min_level=level, minimum=0, target=target)


def test_each_repetition_is_told():
    """Two assignments that stand twice and thrice, and one that nobody knows."""
    problem = plan("M", "ana bob", 2)
    rows = [("M0", "ana")] * 2 + [("M1", "bob")] * 3 + [("M1", "ana"), ("M9", "ana")]

    found = Case(problem, Roster.of(rows))

    assert found.repeated == [("M0", "ana"), ("M1", "bob"), ("M1", "bob")]
    assert found.unknown == [("M9", "ana")]
    assert [len(found.shifts_of[who]) for who in ("ana", "bob")] == [2, 1]


@pytest.mark.parametrize(
    ("shift", "level", "counts"),
    [
        ("M0", None, ["ana", "bob"]),
        ("M0", 1, []),
        ("M1", 1, ["ana"]),
        ("M1", 2, ["ana"]),
        ("M1", 3, []),
    ],
)
def test_a_requirement_counts_who_has_the_level_on_the_day(shift, level, counts):
    """Anybody fills a seat without a skill; a skill counts from the day on which it is held."""
    found = case("ana  M M .\nbob  M M .")
    asked = need(shift, level)

    people = found.week.volunteers
    assert [v.volunteer_id for v in people if found.counts(asked, v, found.shifts[shift])] == counts
    assert [v.volunteer_id for v in found.counted(asked)] == counts
    assert found.coverage(asked) == len(counts)
    assert found.empty(asked) == 2 - len(counts)
    assert found.empty(need(shift, level, target=1)) == (0 if counts else 1)


def test_minutes_are_those_of_people_who_hold_the_level():
    """Ana's four hours on the second day; on the first she did not hold the level."""
    found = case("ana  M M .\nbob  M M M")

    assert found.minutes_held("portal", 2) == {"home": 240}
    assert found.minutes_held("portal", 3) == {"home": 0}


def test_shifts_that_take_place_follow_changes():
    """A shift that nobody asks for takes place once somebody works it."""
    problem = plan("M", "ana bob", 2, requirements=(need("M0"),))
    before = Case(problem, parse("ana  M ."))
    assert [s.shift_id for s in before.taking_place] == ["M0"]

    after = before.after([Change(Assignment("M1", "bob"), added=True)])

    assert [s.shift_id for s in after.taking_place] == ["M0", "M1"]
