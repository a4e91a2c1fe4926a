"""Courses: sessions are shifts, who attends is decided, and the next week has the levels."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from weeks import faults, read, told_at

from shiftplan import Problem, Roster, check, solve
from shiftplan.files import read_week, write_week
from shiftplan.seasons import new_week
from shiftplan.testing.pictures import MONDAY, parse, plan, shift
from shiftplan.week.records import SkillGrant

NEXT = MONDAY + dt.timedelta(7)
SKILLS = ({"skill_id": "portal", "max_level": 4},)
PEOPLE = {
    "ana": {"skills": {"portal": 1}},
    "bob": {"skills": {"portal": 1}},
    "tam": {"skills": {"portal": 4}},
}


def course(people: str = "ana bob cho tam", **fields: Any) -> Problem:
    """A course of two sessions for level 2, with a trainer, as the documentation says it."""
    sessions = tuple(
        shift("M", day, type="course", skill_id="portal", **more)
        for day, more in ((0, {}), (2, {"teaches": "portal:2"}))
    )
    needs = [
        {"shift_id": session.shift_id, **need}
        for session in sessions
        for need in (
            {"with_skills": "!portal:2", "target": 5},
            {"skill_id": "portal", "min_level": 3, "minimum": 1, "target": 1},
            {"skill_id": "portal", "min_level": 2, "with_skills": "!portal:3", "target": 0},
        )
    ]
    rules = [
        {"rule": "surplus", "shifts": "course", "seats": "all"},
        {"rule": "needs_too", "first": "course", "then": "course", "per": "horizon", "how": "all"},
        {"rule": "coverage", "shifts": "course"},
        {"rule": "qualified"},
    ]
    usual: dict[str, Any] = {"shifts": sessions, "skills": SKILLS, "each": PEOPLE, "rules": rules}
    return plan({}, people, 7, **{**usual, "requirements": needs, **fields})


def test_who_attends_is_decided_with_the_roster() -> None:
    """Ana and Bob learn and Tam teaches; Cho knows too little, and Bob cannot come on Wednesday."""
    away = [{"volunteer_id": "bob", "start": dt.datetime(2026, 12, 9)}]
    away[0]["end"] = dt.datetime(2026, 12, 10)

    everybody, others = solve(course()).roster, solve(course(occupied=away)).roster

    assert everybody is not None
    assert others is not None
    assert everybody.people_in == dict.fromkeys(("M0", "M2"), ("ana", "bob", "tam"))
    assert others.people_in == dict.fromkeys(("M0", "M2"), ("ana", "tam"))


def test_nobody_attends_who_needs_no_course() -> None:
    """Dov holds level 2 already and is no trainer, and one trainer is enough."""
    each = {**PEOPLE, "dov": {"skills": {"portal": 2}}, "eva": {"skills": {"portal": 3}}}
    week = course("dov eva tam", each=each)

    learner, second = check(week, parse("dov M . M\ntam M . M")), check(week, parse("eva M\ntam M"))

    assert [(v.rule.rule, v.at) for v in learner.broken] == [
        ("surplus", f"M{day} portal 2 !portal:3") for day in (0, 2)
    ]
    assert second.hard["surplus"] == 1


def test_who_came_holds_the_level_from_the_day_after() -> None:
    """The trainer keeps what he holds; who missed the last session learned nothing."""
    problem = course()
    roster = parse("ana M . M\nbob M . .\ntam M . M")

    made = new_week(problem, NEXT, roster=roster)

    levels = {v.volunteer_id: v.level("portal", NEXT) for v in made.problem.volunteers}
    assert levels == {"ana": 2, "bob": 1, "cho": 0, "tam": 4}
    assert made.taught == 1
    learned = made.problem.volunteer_by_id["ana"].skills[-1]
    assert learned == SkillGrant(skill_id="portal", level=2, valid_from=dt.date(2026, 12, 10))
    assert new_week(problem, NEXT).taught == 0


def test_levels_do_not_count_within_the_week() -> None:
    """Who learns by Wednesday fills no seat for level 2 on Friday."""
    late = shift("A", 4)
    seat = {"shift_id": "A4", "skill_id": "portal", "min_level": 2, "minimum": 1, "target": 1}
    week = course()
    rules = [{"rule": "minimum_coverage"}]
    fields = {"shifts": (*week.shifts, late), "requirements": [seat], "rules": rules}

    score = check(course(**fields), parse("ana M . M . A"))

    assert [(v.rule.rule, v.at) for v in score.broken] == [("minimum_coverage", "A4 portal 2")]


def test_the_column_is_read_and_written(tmp_path: Path) -> None:
    """A name of a skill will do; a week without it is written as before."""
    head = "shift_id,center_id,date,start,end,teaches\n"
    (tmp_path / "week").mkdir()
    text = head + "S1,00430,2026-12-07,07:00,11:00,portal:2\n"

    week = read(tmp_path / "week", shifts=text, requirements="shift_id,target\nS1,1\n")
    write_week(week, tmp_path / "again")

    assert week.shifts[0].teaches == ("portal:2",)
    assert read_week(tmp_path / "again") == week
    assert "teaches" not in plan("M", days=1).model_dump_json()


@pytest.mark.parametrize(
    ("taught", "fault"),
    [
        ("cooking", "unknown_id|2|teaches|cooking"),
        ("portal:9", "level_out_of_range|2|teaches|portal:9"),
    ],
)
def test_nobody_learns_what_there_is_not(taught: str, fault: str, tmp_path: Path) -> None:
    """Skills and levels are those of the table of skills."""
    text = f"shift_id,center_id,date,start,end,teaches\nS1,00430,2026-12-07,07:00,11:00,{taught}\n"
    needs = "shift_id,target\nS1,1\n"

    assert told_at(faults(tmp_path, shifts=text, requirements=needs)) == [fault]


@pytest.mark.parametrize(
    ("held", "taught"),
    [
        ([], ("portal:1", "portal:2")),
        ([{"level": 1, "valid_from": MONDAY + dt.timedelta(1)}], ("portal:2",)),
    ],
)
def test_of_levels_from_one_day_the_highest_is_held(
    held: list[dict[str, Any]], taught: tuple[str, ...]
) -> None:
    """Two sessions on a day, or a session and a level given before, make one grant."""
    sessions = [shift(s, 0, teaches=level) for s, level in zip("MA", taught, strict=False)]
    each = {"ana": {"skills": [{"skill_id": "portal", **grant} for grant in held]}}
    week = plan({}, "ana", 7, shifts=sessions, skills=SKILLS, each=each)
    roster = Roster.of((session.shift_id, "ana") for session in sessions)

    (ana,) = new_week(week, NEXT, roster=roster).problem.volunteers

    tuesday = MONDAY + dt.timedelta(1)
    assert ana.skills == (SkillGrant(skill_id="portal", level=2, valid_from=tuesday),)
