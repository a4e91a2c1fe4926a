"""Advice on whom to train for seats of people who hold several skills, on the bundled week."""

from __future__ import annotations

from pathlib import Path

import pytest

from shiftplan import read_problem
from shiftplan.analysis.advice.steps import Step, trainings
from shiftplan.citizens.staffing import staff
from shiftplan.problem import Problem
from shiftplan.week.requirements import Ability

AN_GIANG = Path(__file__).parents[3] / "examples" / "data" / "an_giang"
KHMER = "khmer"


@pytest.fixture(scope="module")
def staffed() -> Problem:
    """An Giang with requirements from its forecast: Khmer together with what services need."""
    return staff(read_problem(AN_GIANG)).problem


@pytest.fixture(scope="module")
def steps(staffed: Problem) -> list[Step]:
    """All trainings that advice would look at."""
    return list(trainings(staffed))


def seats_of_speakers(problem: Problem) -> set[tuple[Ability, ...]]:
    """What each person of a seat for a speaker holds, of those that ask for something else too."""
    asked = {
        tuple(ability for one in need.conditions for ability in one.abilities)
        for need in problem.requirements
        if len(need.conditions) > 1
    }
    return {one for one in asked if any(a.skill_id == KHMER for a in one)}


def level_of(problem: Problem, who: str, skill: str) -> int:
    """Level of a skill that somebody holds on the first day."""
    return problem.volunteer_by_id[who].level(skill, problem.horizon.start)


def test_who_lacks_only_khmer_may_learn_it(staffed: Problem, steps: list[Step]) -> None:
    """Exactly those who hold all else of a seat: for them one training opens it."""
    seats = seats_of_speakers(staffed)
    wanted = {
        person.volunteer_id
        for person in staffed.volunteers
        if not level_of(staffed, person.volunteer_id, KHMER)
        and any(
            all(
                level_of(staffed, person.volunteer_id, skill) >= level
                for skill, level in seat
                if skill != KHMER
            )
            for seat in seats
        )
    }

    taught = {s.volunteer_id for s in steps if s.grant is not None and s.grant.skill_id == KHMER}

    assert (KHMER, 1) in {ability for seat in seats for ability in seat}
    assert taught == wanted
    assert 0 < len(taught) < len(staffed.volunteers)


def test_speakers_may_learn_each_level_that_their_seats_ask_for(
    staffed: Problem, steps: list[Step]
) -> None:
    """Whoever speaks Khmer and lacks portal 2 may be trained in it, and so on."""
    asked = {a for seat in seats_of_speakers(staffed) for a in seat if a.skill_id != KHMER}
    speakers = [
        v.volunteer_id for v in staffed.volunteers if level_of(staffed, v.volunteer_id, KHMER)
    ]

    offered = {
        (s.volunteer_id, s.grant.skill_id, s.grant.level) for s in steps if s.grant is not None
    }

    assert Ability("portal", 2) in asked
    for who in speakers:
        for skill, level in asked:
            lacks = level_of(staffed, who, skill) < level
            assert ((who, skill, level) in offered) == lacks
