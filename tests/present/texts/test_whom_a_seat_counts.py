"""Whom requirements count, in words of both languages."""

from __future__ import annotations

import pytest

from shiftplan.present.naming import Names
from shiftplan.problem import Problem
from shiftplan.testing.pictures import plan
from shiftplan.week.requirements import Requirement

SKILLS = (
    {"skill_id": "khmer", "name": "Khmer"},
    {"skill_id": "cham", "name": "Cham"},
    {"skill_id": "portal", "name": "Portal", "max_level": 3},
)


def asked(skill: str | None, beside: str) -> tuple[Problem, Requirement]:
    """A week with one requirement, and it."""
    row = {"shift_id": "M0", "skill_id": skill, "with_skills": beside, "target": 2}
    need = Requirement.model_validate(row)
    return plan("M", "ana", 1, skills=SKILLS, requirements=(need,)), need


@pytest.mark.parametrize(
    ("skill", "beside", "english", "vietnamese"),
    [
        (None, "", "2 people", "2 người"),
        (
            "khmer",
            "portal:2",
            "2 people with Khmer and Portal 2",
            "2 người có Khmer và Portal bậc 2",
        ),
        (None, "khmer/cham", "2 people with Cham or Khmer", "2 người có Cham hoặc Khmer"),
        (
            "portal",
            "khmer/cham|!portal:3",
            "2 people with Cham or Khmer, Portal 1 and no Portal 3",
            "2 người có Cham hoặc Khmer, Portal bậc 1 và không có Portal bậc 3",
        ),
        (None, "!khmer", "2 people without Khmer", "2 người không có Khmer"),
        (
            None,
            "!khmer|!cham",
            "2 people without Cham or Khmer",
            "2 người không có Cham hoặc Khmer",
        ),
    ],
)
def test_people_are_told_by_what_they_hold_or_lack(
    skill: str | None, beside: str, english: str, vietnamese: str
) -> None:
    """A count of people says all that each of them meets."""
    problem, need = asked(skill, beside)

    assert Names(problem, "en").people(need, 2) == english
    assert Names(problem, "vi").people(need, 2) == vietnamese


def test_a_place_tells_what_is_not_held() -> None:
    """A finding about a seat for people without a skill names the skill."""
    problem, need = asked(None, "!khmer")

    assert Names(problem, "en").say.show(need.place).endswith(", people without Khmer")
    assert Names(problem, "vi").say.show(need.place).endswith(", người không có Khmer")
