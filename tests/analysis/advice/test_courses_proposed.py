"""Courses that advice proposes: who learns, when and where, and what it is worth later."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import threading
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from small_weeks import COVERAGE, SKILLS, need

from shiftplan import check, solve
from shiftplan.analysis.advice import Advice, Courses, ProposedCourse, advise
from shiftplan.analysis.advice.steps import apply_steps, training, trainings
from shiftplan.files import read_week, write_week
from shiftplan.present.answers import json_of, lines
from shiftplan.present.display.answers import show_advice
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.seasons import new_week
from shiftplan.testing.pictures import MONDAY, parse, plan, window
from shiftplan.week.requirements import Ability
from shiftplan.week.roster import Roster

RULES = (
    COVERAGE,
    {"rule": "available"},
    {"rule": "one_place"},
    {"rule": "qualified"},
    {"rule": "max_distance"},
)
PORTAL_2 = Ability("portal", 2)
FREE = {"ana": "MTW", "bob": "MT", "cho": "MW", "tam": "M"}
"""Dates offered, by the first letter of the weekday."""


def short(free: dict[str, str] = FREE, **fields: Any) -> Problem:
    """Portal 2 is wanted each morning at home, where an empty seat costs 150; Tam alone holds it.

    Tam comes on Monday only. Ana may learn for Tuesday and Wednesday, Bob for Tuesday, and Cho for
    Wednesday; Ana and Bob hold level 1.
    """
    levels = {"ana": 1, "bob": 1, "tam": 2}
    windows = [
        window(who, "available", d, d + 1) for who in free for d in map("MTW".index, free[who])
    ]
    usual: dict[str, Any] = {
        "each": {
            who: {"skills": {"portal": level}} for who, level in levels.items() if who in free
        },
        "skills": SKILLS,
        "rules": RULES,
        "requirements": [need(f"M{day}", "portal", 2) for day in range(3)],
        "availability": windows,
    }
    return plan({0: "MA", 1: "M", 2: "M"}, " ".join(free), 3, **{**usual, **fields})


TAM = parse("tam M . .")


def proposed(problem: Problem, roster: Roster = TAM, **options: Any) -> Courses:
    """The courses that advice proposes."""
    options = {"fill_seats": False, "time_limit": None, **options}
    found = advise(problem, roster, **options).courses
    assert found is not None
    return found


def told(problem: Problem, roster: Roster = TAM) -> tuple[list[str], str, str, str]:
    """Learners, trainer, center and start of the only course proposed."""
    (course,) = proposed(problem, roster).found
    who = sorted(learner.volunteer_id for learner in course.learners)
    return who, course.trainer_id, course.shift.center_id, f"{course.shift.start:%a %H}"


def with_rows(problem: Problem, course: ProposedCourse) -> Problem:
    """The week with the rows of a course."""
    more = {"shifts": (course.shift,), "requirements": course.requirements, "pins": course.pins}
    fields = problem.model_dump()
    return Problem.model_validate(
        fields | {name: [*getattr(problem, name), *rows] for name, rows in more.items()}
    )


# ---- known best courses


def test_one_person_who_can_come_on_both_days_learns() -> None:
    """Ana for both empty seats, 2 x 150, not Bob and Cho; after Tam's shift on Monday."""
    (course,) = proposed(short()).found

    assert course.ability == PORTAL_2
    assert [(one.volunteer_id, one.before) for one in course.learners] == [("ana", 1)]
    assert (course.trainer_id, course.shift.day, course.shift.start.hour) == ("tam", MONDAY, 13)
    assert (course.total, dict(course.levels), course.seats) == (300, {1: 300}, 2)
    assert (course.at_most, course.proven, course.without) == (300, True, 0)
    assert course.roster.people_in["M1"] == course.roster.people_in["M2"] == ("ana",)


def test_as_many_learn_as_the_seats_take() -> None:
    """Without Ana it takes Bob for Tuesday and Cho for Wednesday, who has no level yet."""
    others = {who: days for who, days in FREE.items() if who != "ana"}

    (course,) = proposed(short(others)).found

    assert {one.volunteer_id: one.before for one in course.learners} == {"bob": 1, "cho": 0}
    assert course.by_center == [{"center_id": "home", "people": 2}]
    assert (course.total, course.seats) == (300, 2)
    assert course.shift.skill_id is None


def test_of_those_who_help_as_much_who_knows_most_learns() -> None:
    """Bob and Cho may both come on Tuesday; Bob holds level 1 already."""
    free = {"cho": "MT", "bob": "MT", "tam": "M"}

    assert told(short(free)) == (["bob"], "tam", "home", "Mon 13")


def test_it_is_held_where_and_when_a_trainer_can_come() -> None:
    """Tam goes 5 km at most, and far is 11 km away; Ana works at home in the morning."""
    shifts = {0: "MAma", 1: "M"}
    each = {
        "ana": {"skills": {"portal": 1}},
        "tam": {"skills": {"portal": 2}, "home_center_id": "far", "max_distance_km": 5},
    }
    windows = (window("ana"), window("tam", "available", 0, 1))
    problem = plan(
        shifts,
        "ana tam",
        2,
        each=each,
        skills=SKILLS,
        rules=RULES,
        availability=windows,
        requirements=(need("M0"), need("M1", "portal", 2)),
    )

    assert told(problem, parse("ana M .")) == (["ana"], "tam", "far", "Mon 13")


def test_of_two_centers_the_one_that_costs_less_in_the_week() -> None:
    """Ana lives at home and Tam at far, each km costs 1, and Bob, who lives at far, comes too."""
    free = {"ana": "MT", "bob": "MW", "tam": "M"}
    each = {
        "ana": {"skills": {"portal": 1}},
        "bob": {"skills": {"portal": 1}, "home_center_id": "far"},
        "tam": {"skills": {"portal": 2}, "home_center_id": "far"},
    }
    rules = (*RULES, {"rule": "travel", "level": 2, "weight": 1})
    problem = plan(
        {0: "Aa", 1: "M", 2: "M"},
        "ana bob tam",
        3,
        each=each,
        skills=SKILLS,
        rules=rules,
        availability=short(free).availability,
        requirements=[need(f"M{day}", "portal", 2) for day in (1, 2)],
    )

    (course,) = proposed(problem, Roster()).found

    # At home Bob and Tam would travel, 2 x 11 km; at far only Ana.
    assert course.shift.center_id == "far"
    assert len(course.learners) == 2
    with_course = check(with_rows(problem, course), course.attended)
    assert course.cost_now == with_course.total - check(problem, Roster()).total > 0


def test_what_another_roster_would_gain_is_told_apart() -> None:
    """Tam may also come on Tuesday, but does not: 150 of the 300 need no course."""
    (course,) = proposed(short(FREE | {"tam": "MT"})).found

    assert (course.total, course.without, course.own) == (300, 150, 150)


# ---- none


@pytest.mark.parametrize(
    ("why", "fields", "roster"),
    [
        ("no_need", {"requirements": [need("M0"), need("M1")]}, "tam M . ."),
        ("no_gain", {"requirements": [need("M0", "portal", 2)]}, "tam M . ."),
        ("no_session", {"free": {"ana": "MTW", "bob": "T"}}, "ana . . ."),
        ("no_session", {"free": FREE | {"tam": ""}}, "ana . . ."),
        ("no_session", {}, "ana A . .\nbob A . .\ncho A . .\ntam M . ."),
    ],
)
def test_no_course_helps(why: str, fields: dict[str, Any], roster: str) -> None:
    """No level is asked for; no seat is empty; nobody could teach; Tam is away; all are busy."""
    found = proposed(short(**fields), parse(roster))

    assert (found.found, found.why) == ((), why)


def test_languages_are_not_learned_in_a_course() -> None:
    """Advice trains Ana in Cham for a seat with the portal, but proposes no course."""
    seat = need("M1", "portal", 1, beside="cham")
    problem = short({"ana": "MTW"}, requirements=[seat])

    assert [step.grant and step.grant.skill_id for step in trainings(problem)] == ["cham"]
    assert proposed(problem, Roster()).why == "no_need"


def test_without_time_nothing_is_said_of_courses() -> None:
    """Cancelled at once; asked for nothing, there is no answer at all."""
    cancel = threading.Event()
    cancel.set()

    assert proposed(short(), cancel=cancel).why == "no_time"
    assert advise(short(), TAM, fill_seats=False, with_courses=False).courses is None


def test_nobody_who_is_away_learns_or_teaches() -> None:
    """Pins keep Ana from the shifts of all her dates; Bob learns, and Cho beside him."""
    pins = [
        {"volunteer_id": "ana", "shift_id": s, "state": "must_not"}
        for s in ("M0", "A0", "M1", "M2")
    ]

    who, *_ = told(short(pins=pins))

    assert who == ["bob", "cho"]


# ---- what the rows do


def test_the_rows_put_the_course_into_the_week(tmp_path: Path) -> None:
    """Copied into the files, they plan Ana and Tam, and the next week grants Ana the level."""
    problem = short()
    advice = advise(problem, TAM, fill_seats=False, time_limit=None)
    assert advice.courses is not None
    (course,) = advice.courses.found
    write_week(problem, tmp_path)
    for file, text in json_of(advice)["courses"]["found"][0]["rows"].items():
        rows = [*_rows(tmp_path / file), *csv.DictReader(io.StringIO(text))]
        header = list(dict.fromkeys(name for row in rows for name in row))
        with (tmp_path / file).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, header, restval="")
            writer.writeheader()
            writer.writerows(rows)

    week = read_week(tmp_path)

    assert week == with_rows(problem, course)
    planned = solve(week, workers=1).require_roster()
    assert {"ana", "tam"} <= set(planned.people_in[course.shift.shift_id])
    made = new_week(week, MONDAY + dt.timedelta(7), roster=planned).problem
    assert made.volunteer_by_id["ana"].level("portal", made.horizon.start) == 2


def _rows(file: Path) -> list[dict[str, str]]:
    """Rows of a file, which may be missing."""
    text = file.read_text("utf-8") if file.exists() else ""
    return list(csv.DictReader(io.StringIO(text)))


def test_an_id_of_the_week_is_not_taken_again() -> None:
    """A shift of the week is called as the course would be."""
    problem = short()
    named = problem.shifts[1].model_copy(update={"shift_id": "course-portal-2"})
    shifts = (problem.shifts[0], named, *problem.shifts[2:])

    (course,) = proposed(problem.model_copy(update={"shifts": shifts})).found

    assert course.shift.shift_id == "course-portal-2'"


@settings(max_examples=8)
@given(*[st.sampled_from(["M", "MT", "MW", "MTW"])] * 3)
def test_courses_are_as_said(ana: str, bob: str, cho: str) -> None:
    """Attending keeps all hard rules and costs what is said, and so does the later week."""
    problem = short({"ana": ana, "bob": bob, "cho": cho, "tam": "M"})
    roster = solve(problem, workers=1).require_roster()
    before = check(problem, roster).total

    for course in proposed(problem, roster).found:
        week, later = with_rows(problem, course), apply_steps(problem, course.steps)
        attended = check(week, course.attended)
        assert attended.is_feasible
        assert attended.total - before == course.cost_now
        score = check(later, course.roster)
        assert score.is_feasible
        assert before - score.total == course.total <= course.at_most
        best = solve(later, workers=1).total.cost
        assert best is not None
        assert before - best <= course.at_most


@pytest.mark.parametrize("free", [FREE, {"bob": "MTW", "cho": "MTW", "dan": "MW", "tam": "M"}])
def test_no_set_of_learners_gains_more(free: dict[str, str]) -> None:
    """All sets of people who may learn are tried; as few learn as gain the most."""
    problem = short(free)
    people = [problem.volunteer_by_id[who] for who in free if who != "tam"]
    gains: dict[int, int] = {}
    for size in range(1, len(people) + 1):
        for some in combinations(people, size):
            later = apply_steps(problem, [training(problem, who, *PORTAL_2) for who in some])
            cost = solve(later, workers=1).total.cost
            assert cost is not None
            gains[size] = max(gains.get(size, 0), check(problem, TAM).total - cost)

    (course,) = proposed(problem).found

    assert course.total == max(gains.values())
    assert len(course.learners) == min(n for n, gain in gains.items() if gain == course.total)


# ---- in words

SENTENCES: dict[Lang, str] = {
    "en": (
        "A course in portal 2 for 1 person, Mon 07 Dec 13:00–17:00 at home; tam teaches. "
        "Learners: ana from home. In each later week with the same demand, this fills 2 more "
        "seats: cost −300, at best −300. Everybody can attend without giving up a shift, at no "
        "extra cost this week."
    ),
    "vi": (
        "Mở lớp portal bậc 2 cho 1 người, thứ Hai 07/12 13:00–17:00 tại home, do tam hướng dẫn. "
        "Người học: ana (home). Nhờ đó, mỗi tuần sau có nhu cầu tương tự lấp thêm 2 vị trí "
        "trống: điểm phạt −300, có thể đến −300. Mọi người dự lớp mà không phải bỏ ca nào; "
        "điểm phạt của tuần này không tăng."
    ),
}
ROWS = (
    "course-portal-2,home,2026-12-07,13:00,17:00,course,portal,portal:2",
    "course-portal-2,,,,0,2",
    "course-portal-2,,,!portal:2,0,1",
    "course-portal-2,portal,2,,1,1",
    "ana,course-portal-2,must",
    "tam,course-portal-2,must",
)


@pytest.fixture(scope="module")
def advice() -> Advice:
    """Advice on the week with one best course."""
    return advise(short(), TAM, fill_seats=False, time_limit=None)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_course_is_a_sentence_and_rows(advice: Advice, lang: Lang) -> None:
    """In the lines of the answer, in JSON, and unbroken on a narrow terminal."""
    console = Console(file=io.StringIO(), width=40)
    show_advice(console, advice, lang)

    (entry,) = json.loads(json.dumps(json_of(advice)))["courses"]["found"]

    said = lines(advice, lang)
    assert SENTENCES[lang] in said
    assert [line.strip() for line in said if "course-portal-2" in line] == list(ROWS)
    assert entry["sentence"][lang] == SENTENCES[lang]
    assert entry["people"] == [{"volunteer_id": "ana", "center_id": "home", "before": 1}]
    shown = console.file.getvalue().splitlines()
    assert set(ROWS) <= {line.strip() for line in shown}


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_that_no_course_helps_is_said(lang: Lang) -> None:
    """As one sentence, which names the reason."""
    reason: dict[Lang, str] = {
        "en": "No course is possible: at no time",
        "vi": "Không mở được lớp nào",
    }
    problem = short({"ana": "MTW"})

    found = lines(advise(problem, Roster(), fill_seats=False, time_limit=None), lang)

    assert sum(line.startswith(reason[lang]) for line in found) == 1
