"""Seats for people who hold several skills, on the page of the workbench."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import needs_browser
from commands import DAY
from dragging import cell
from looking import answer, errors, opened, texts, until
from served import served
from told_by_page import two_centers

from shiftplan import Roster
from shiftplan.case.case import Case
from shiftplan.problem import Problem
from shiftplan.record import LiveWeek
from shiftplan.web import app

pytestmark = needs_browser

SHIFT = "c0-1207-07"
KHMER, BOTH = "Khmer", "Khmer and Portal 2"


def speakers() -> LiveWeek:
    """Two people who speak Khmer, one of whom knows the portal; nobody works yet.

    A shift asks for two speakers, and for one speaker who knows the portal.
    """
    plain = two_centers()
    skills = [
        {"skill_id": "khmer", "name": "Khmer", "kind": "language"},
        {"skill_id": "portal", "name": "Portal", "max_level": 2},
    ]
    held = {"v0": {"khmer": 1}, "v1": {"khmer": 1, "portal": 2}}
    people = [
        person.model_dump() | {"skills": held.get(person.volunteer_id, {})}
        for person in plain.volunteers
    ]
    needs = [
        {"shift_id": SHIFT, "skill_id": "khmer", "target": 2},
        {"shift_id": SHIFT, "skill_id": "khmer", "with_skills": "portal:2", "target": 1},
    ]
    week = {**dict(plain), "skills": skills, "volunteers": people, "requirements": needs}
    live = LiveWeek(Problem.model_validate(week), who="lan")
    live.draft(Roster.of([(SHIFT, "v0")]))
    return live


def test_each_seat_is_explained_by_those_it_counts(browser: Any) -> None:
    """A speaker is there; for the seat of a speaker who knows the portal only one is counted."""
    with served(app(speakers())) as place:
        page = opened(browser, place, "centers", anew=True)
        cell(page, SHIFT).click()
        rows = until(page, lambda: texts(page, "#panel .needs li"))

        assert [row for row in rows if row.startswith(BOTH)] == [f"{BOTH} 0 of 1"]
        assert f"{KHMER} 1 of 2" in rows
        questions = texts(page, "#panel .question > button")
        of_both = next(i for i, text in enumerate(questions) if BOTH in text)
        of_one = next(i for i, text in enumerate(questions) if KHMER in text and i != of_both)
        answers = [answer(page, i) for i in (of_both, of_one)]

        assert BOTH in answers[0]
        assert BOTH not in answers[1]
        assert errors(page) == []


def test_seats_are_counted_as_the_library_counts_them(browser: Any) -> None:
    """Either skill, no skill, and exclusive seats, of which the person there has the dearest."""
    needs = [
        {"with_skills": "khmer/portal:2", "target": 3},
        {"with_skills": "!khmer", "target": 3},
        {"skill_id": "khmer", "target": 1, "exclusive": True},
        {"skill_id": "portal", "min_level": 2, "minimum": 1, "target": 1, "exclusive": True},
    ]
    rows = tuple({"shift_id": SHIFT, **need} for need in needs)
    week = {**dict(speakers().now.problem), "requirements": rows}
    problem = Problem.model_validate(week)
    live = LiveWeek(problem, who="lan")
    roster = Roster.of([(SHIFT, "v1"), (SHIFT, "v2")])
    live.draft(roster)
    case = Case(problem, roster)
    with served(app(live)) as place:
        page = opened(browser, place, "centers", anew=True)
        cell(page, SHIFT).click()
        told = until(page, lambda: texts(page, "#panel .needs li"))

        assert [case.coverage(need) for need in problem.requirements] == [1, 1, 0, 1]
        assert told == [
            "Khmer or Portal 2 1 of 3",
            "people without Khmer 1 of 3",
            "Khmer 0 of 1",
            "Portal 2 1 of 1 at least 1",
        ]
        assert errors(page) == []


@pytest.mark.parametrize("is_first", [True, False])
def test_the_figures_of_a_shift_are_its_own_people(browser: Any, is_first: bool) -> None:
    """One of two is there, whatever else is asked for over several shifts, before it or after."""
    own = {"shift_id": SHIFT, "target": 2}
    together = {"center_id": "c0", "first_day": DAY.date(), "target": 3}
    needs = (own, together) if is_first else (together, own)
    week = {**dict(speakers().now.problem), "requirements": needs}
    live = LiveWeek(Problem.model_validate(week), who="lan")
    live.draft(Roster.of([(SHIFT, "v0")]))
    with served(app(live)) as place:
        page = opened(browser, place, "centers", anew=True)

        until(page, lambda: cell(page, SHIFT).text == "1/2")
        assert errors(page) == []
