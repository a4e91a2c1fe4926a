"""Which languages citizens need, told or guessed from where volunteers live."""

from __future__ import annotations

import pytest

from shiftplan import Problem
from shiftplan.languages import language_shares

SKILLS = [
    {"skill_id": "portal"},
    {"skill_id": "khmer", "kind": "language"},
    {"skill_id": "cham", "kind": "language"},
]
CENTERS = [{"center_id": "a", "minority_area": True}, {"center_id": "b"}]


def people(*rows: tuple[str | None, dict]) -> list[dict]:
    """Volunteers with their homes and skills."""
    return [
        {"volunteer_id": f"v{i}", "home_center_id": home, "skills": skills}
        for i, (home, skills) in enumerate(rows)
    ]


def shares(volunteers=(), skills=SKILLS, **tables) -> dict:
    parts = {"horizon": {"start": "2026-12-07", "days": 1}, "centers": CENTERS, "shifts": []}
    parts |= {"skills": skills, "volunteers": list(volunteers)}
    return {k: dict(v) for k, v in language_shares(Problem.model_validate(parts | tables)).items()}


def test_three_in_ten_where_minorities_live():
    """Without any table, 0.3 of a minority area's citizens need a language; others need none."""
    assert shares() == {"a": {"khmer": 0.3}, "b": {}}


def test_the_table_goes_first():
    """What the table languages says of a center is all that counts there, zeros left out."""
    rows = [("b", "khmer", 0.1), ("b", "cham", 0.2), ("a", "khmer", 0)]
    table = [dict(zip(("center_id", "skill_id", "share"), row, strict=True)) for row in rows]

    assert shares(languages=table) == {"a": {}, "b": {"khmer": 0.1, "cham": 0.2}}


@pytest.mark.parametrize(
    ("volunteers", "language"),
    [
        (people(("a", {"cham": 1}), ("b", {"khmer": 1}), (None, {"khmer": 1})), "cham"),
        (people(("a", {"portal": 1}), ("b", {"cham": 1}), (None, {"cham": 1})), "cham"),
        (people(("a", {"cham": 1}), ("a", {"khmer": 1})), "khmer"),
        (people(("a", {"cham": 1, "khmer": 1}), ("a", {"cham": 1})), "cham"),
    ],
)
def test_the_language_of_the_area(volunteers, language):
    """It is that of most who live there, else of most people; the first skill among equals."""
    assert shares(volunteers)["a"] == {language: 0.3}


def test_settings_and_missing_languages():
    """A setting changes the share; without a skill of kind language nobody needs one."""
    policy = [{"setting": "language_share", "value": 0.5, "where": "b"}]

    assert shares(policy=policy) == {"a": {"khmer": 0.3}, "b": {"khmer": 0.5}}
    assert shares(skills=SKILLS[:1], policy=policy) == {"a": {}, "b": {}}
