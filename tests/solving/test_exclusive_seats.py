"""Exclusive seats from a week to its roster, and what is said of them."""

from __future__ import annotations

from typing import Any

import pytest

from shiftplan.analysis.candidates import comes
from shiftplan.analysis.seats import explain_seat
from shiftplan.case.case import Case
from shiftplan.problem import Problem
from shiftplan.problem.changes import Need
from shiftplan.rules import MinimumCoverage
from shiftplan.scoring.moves import Moves
from shiftplan.solving import find_conflict
from shiftplan.solving.solve import solve
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster

SKILLS = ({"skill_id": "khmer", "name": "Khmer"}, {"skill_id": "portal", "name": "Portal"})
HELD = {"ana": ["khmer"], "bob": ["khmer", "portal"], "cho": ["portal"]}
COVERAGE = {"rule": "coverage", "level": 1, "weight": 100}


def week(*needs: dict[str, Any], rules: tuple[Any, ...] = (COVERAGE,)) -> Problem:
    """One shift; ana speaks, cho knows the portal, bob does both, and dan neither."""
    rows = ({"shift_id": "M0", "target": 1, "exclusive": True, **need} for need in needs)
    return plan(
        "M",
        "ana bob cho dan",
        1,
        skills=SKILLS,
        each={who: {"skills": dict.fromkeys(held, 1)} for who, held in HELD.items()},
        requirements=tuple(map(Requirement.model_validate, rows)),
        rules=rules,
    )


def test_large_teams_have_seats_too():
    """A thousand for as many exclusive seats; those who can take both kinds have to make room."""
    people = [f"p{i}" for i in range(1000)]
    problem = plan(
        "M",
        " ".join(people),
        1,
        skills=SKILLS,
        each={
            who: {"skills": {"khmer": 1} | ({"portal": 1} if i < 500 else {})}
            for i, who in enumerate(people)
        },
        requirements=[
            {"shift_id": "M0", "skill_id": skill, "target": 500, "exclusive": True}
            for skill in ("khmer", "portal")
        ],
        rules=(COVERAGE,),
    )
    case = Case(problem, Roster.of(("M0", who) for who in people))

    assert [len(case.counted(need)) for need in problem.requirements] == [500, 500]


NO_MORE = {"rule": "surplus", "level": 1, "weight": 1}
SPEAKER, EXPERT = {"skill_id": "khmer"}, {"skill_id": "portal"}


def seats_of(problem: Problem, picture: str) -> list[list[str]]:
    """Who has the seats of each requirement."""
    case = Case(problem, parse(picture))
    return [[v.volunteer_id for v in case.counted(need)] for need in problem.requirements]


def test_each_person_has_one_seat() -> None:
    """Whoever holds both skills makes room for who holds one."""
    problem = week(SPEAKER, EXPERT)

    assert seats_of(problem, "ana  M\nbob  M") == [["ana"], ["bob"]]
    assert seats_of(problem, "bob  M\ncho  M") == [["bob"], ["cho"]]
    assert sorted(map(len, seats_of(problem, "bob  M\ndan  M"))) == [0, 1]


def test_seats_below_the_minimum_are_filled_first() -> None:
    """As `coverage` prices them, whatever the order of the rows."""
    problem = week(SPEAKER, EXPERT | {"minimum": 1})

    assert seats_of(problem, "bob  M") == [[], ["bob"]]


def test_other_rows_count_everybody() -> None:
    """A row of heads that is not exclusive counts those who have exclusive seats, too."""
    problem = week({"target": 3, "exclusive": False}, SPEAKER, EXPERT)

    assert seats_of(problem, "ana  M\nbob  M\ndan  M") == [["ana", "bob", "dan"], ["ana"], ["bob"]]


def test_the_best_roster_has_a_person_for_each_seat() -> None:
    """Three come, though bob alone holds all that is asked for, and no fourth has a seat."""
    result = solve(week(SPEAKER, EXPERT, {}, rules=(COVERAGE, NO_MORE)), workers=1)

    assert result.total.cost == 0
    assert len(result.require_roster()) == 3


def test_a_move_is_priced_by_the_best_sharing() -> None:
    """As cho comes, bob has the seat of a speaker: 100 x 1.5 are saved."""
    moves = Moves(week(SPEAKER, EXPERT), parse("bob  M"))

    effect = moves.effect(comes("M0", "cho"))

    assert effect.total == -150


def test_why_a_seat_is_empty_counts_the_seats_filled() -> None:
    """bob has the other seat; he could leave it to cho and take this one."""
    problem = week(SPEAKER, EXPERT | {"minimum": 1})

    found = explain_seat(problem, parse("bob  M"), "M0", "khmer")

    assert (found.filled, found.empty) == (0, 1)
    assert {p.volunteer_id: p.kind for p in found.people} == {
        "ana": "free",
        "bob": "in_it",
        "cho": "free",
    }


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", "needs at least 1 person with Khmer and"),
        ("vi", "cần ít nhất 1 người có Khmer và"),
    ],
)
def test_a_contradiction_names_all_exclusive_seats(lang: str, says: str) -> None:
    """Two seats and one person who may come cannot hold together."""
    problem = week(
        SPEAKER | {"minimum": 1}, EXPERT | {"minimum": 1}, rules=(MinimumCoverage(),)
    ).model_copy(update={"availability": plan("M", "bob", 1).availability})

    conflict = find_conflict(problem)

    assert conflict is not None
    (seats,) = (m for m in conflict.members if m.rule == "minimum_coverage")
    said = seats.message.said(lang)
    assert says in said
    each = {"en": "each seat filled by a different person", "vi": "mỗi người chỉ tính"}
    assert each[lang] in said


def test_a_late_change_keeps_seats_exclusive() -> None:
    """Only the numbers change."""
    problem = week(SPEAKER, EXPERT)

    changed = problem.with_changes(Need(shift_id="M0", skill_id="khmer", target=2))

    assert [(need.target, need.exclusive) for need in changed.requirements] == [
        (2, True),
        (1, True),
    ]


def test_a_shift_without_people_has_all_seats_empty() -> None:
    """Nobody is there, and nobody is counted."""
    assert seats_of(week(SPEAKER, {}), "dan  .") == [[], []]
    assert Case(week(SPEAKER, {}), Roster()).seats("skilled") == {"home": (0, 1)} | {
        center: (0, 0) for center in Case(week(), Roster()).centers if center != "home"
    }
