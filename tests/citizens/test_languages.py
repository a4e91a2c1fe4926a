"""Which languages a center's citizens need: told, or guessed from its people."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from offices import come, office
from pace import costly
from strategies import problems

from shiftplan.citizens.load import language_shares
from shiftplan.problem import Problem
from shiftplan.week.demand import Policy, policy_at

SKILLS = [{"skill_id": name, "kind": "language"} for name in ("cham", "khmer", "tay")]
HALF = [{"setting": "language_share", "value": 0.5}]


def town(
    *speakers: tuple[str | None, str],
    languages: list[dict[str, Any]] | None = None,
    policy: list[dict[str, Any]] | None = None,
    minority: bool = True,
) -> Problem:
    """Centers A, in a minority area unless told, and B; people by home and language."""
    return office(
        [come(7, 8, 1)],
        skills=[*SKILLS, {"skill_id": "portal"}],
        centers=[{"center_id": "A", "minority_area": minority}, {"center_id": "B"}],
        volunteers=[
            {"volunteer_id": f"v{i}", "home_center_id": home, "skills": {name: 1}}
            for i, (home, name) in enumerate(speakers)
        ],
        languages=languages or [],
        policy=policy or [],
    )


def told(share: float, skill: str = "khmer", center: str = "A") -> dict[str, Any]:
    return {"center_id": center, "skill_id": skill, "share": share}


def test_told_shares_are_taken():
    """Rows of the table languages say it all, whatever is spoken there and set elsewhere."""
    problem = town(("A", "tay"), languages=[told(0.4), told(0.1, "cham")], policy=HALF)

    assert language_shares(problem)["A"] == {"khmer": 0.4, "cham": 0.1}


def test_a_share_of_nothing_says_that_nobody_needs_a_language():
    """A row of 0 is told too: no language is guessed, and none is listed."""
    assert language_shares(town(("A", "khmer"), languages=[told(0)]))["A"] == {}


def test_minority_areas_need_the_language_of_their_people():
    """By default 3 in 10 citizens of a minority area need its language, elsewhere nobody does."""
    speakers = [("A", "khmer"), ("A", "khmer"), ("A", "cham"), ("B", "cham"), ("B", "cham")]

    assert language_shares(town(*speakers)) == {"A": {"khmer": 0.3}, "B": {}}
    assert language_shares(town(*speakers, minority=False))["A"] == {}


def test_who_lives_there_goes_before_who_lives_elsewhere():
    """One person of the center weighs more than all others; without one, all others count."""
    elsewhere = [("B", "cham"), ("B", "cham"), (None, "cham")]

    assert language_shares(town(("A", "khmer"), *elsewhere))["A"] == {"khmer": 0.3}
    assert language_shares(town(("A", "portal"), *elsewhere))["A"] == {"cham": 0.3}


def test_people_without_a_home_count_once():
    """Three people elsewhere speak Khmer; two who live nobody knows where are two, and not four."""
    speakers = [(None, "cham"), (None, "cham"), ("B", "khmer"), ("B", "khmer"), ("B", "khmer")]

    assert language_shares(town(*speakers))["A"] == {"khmer": 0.3}


def test_equally_many_speakers_are_told_apart_by_name():
    """A tie goes to the first name, so that the answer does not hang on the order of rows."""
    speakers = [("A", "tay"), ("A", "cham")]

    assert language_shares(town(*speakers)) == language_shares(town(*reversed(speakers)))
    assert language_shares(town(*speakers))["A"] == {"cham": 0.3}


def test_only_languages_are_guessed():
    """What people can do with computers is no language; where none is spoken, the first counts."""
    assert language_shares(town(("A", "portal")))["A"] == {"cham": 0.3}


def test_settings_say_which_part():
    """A share set for all centers holds in minority areas too; a policy may be given by hand."""
    problem = town(("A", "khmer"), policy=HALF)
    by_hand = {"A": Policy(language_share=0.2), "B": Policy()}

    assert language_shares(problem) == {"A": {"khmer": 0.5}, "B": {"khmer": 0.5}}
    assert language_shares(problem, by_hand) == {"A": {"khmer": 0.2}, "B": {}}


def test_a_policy_for_other_fields_leaves_the_share_of_minority_areas():
    """Who only wants more people present does not give up languages; who sets the share does."""
    center = town(("A", "khmer")).centers[0]

    assert policy_at(center, [], Policy(presence=3)).language_share == 0.3
    assert policy_at(center, [], Policy(language_share=0)).language_share == 0


@costly(0.35)
@given(problems(), st.booleans())
def test_shares_are_parts_of_all_citizens(problem, by_default):
    """Every center has shares above 0, of known languages, that add up to 1 at most."""
    if by_default:
        problem = problem.model_copy(update={"languages": ()})

    shares = language_shares(problem)

    known = {s.skill_id for s in problem.skills if s.kind == "language"}
    assert set(shares) == {c.center_id for c in problem.centers}
    for parts in shares.values():
        assert set(parts) <= known
        assert all(part > 0 for part in parts.values())
        assert sum(parts.values()) <= 1 + 1e-9
