"""The training log of a ledger: who is suggested for a higher level, and what is confirmed."""

from __future__ import annotations

import pytest
from ledgers import WEEK, entry, ledger_of

from shiftplan import InputError, Problem
from shiftplan.rules import Mentor
from shiftplan.seasons import Ledger, Memory
from shiftplan.seasons.ledger import Lesson
from shiftplan.testing.pictures import MONDAY, plan


def school(ana: int = 0) -> Problem:
    return plan(
        "M",
        "ana bob",
        start=MONDAY + WEEK,
        skills=[{"skill_id": "portal", "max_level": 4}, {"skill_id": "other", "max_level": 4}],
        each={"ana": {"skills": {"portal": ana}, "name": "Ana"}, "bob": {"skills": {"portal": 3}}},
        rules=(Mentor(novices_per_mentor=2),),
    )


def lessons(*numbers: int, skill: str = "portal") -> Ledger:
    """A ledger in which ana had so many lessons in each week."""
    return ledger_of(
        *(
            (
                -i,
                [
                    entry(
                        "ana",
                        9,
                        9,
                        mentored=n,
                        lessons=[{"skill_id": skill, "shifts": n, "mentors": ["bob", f"m{i}"]}],
                    )
                ],
            )
            for i, n in enumerate(numbers)
        )
    )


def test_novices_who_learned_enough_are_suggested() -> None:
    """Three and one lessons are the four that are enough, with three different mentors."""
    (found,) = lessons(3, 1).suggestions(school())

    assert (found.volunteer_id, found.name, found.skill_id, found.level) == (
        "ana",
        "Ana",
        "portal",
        1,
    )
    assert (found.shifts, found.mentors) == (4, ("bob", "m0", "m1"))


@pytest.mark.parametrize(
    ("ledger", "problem", "enough"),
    [
        (lessons(3), school(), 4),  # too few
        (lessons(4), school(ana=1), 4),  # no novice any more
        (lessons(4, skill="other"), school(), 4),  # lessons in something else
        (lessons(4), plan("M", "ana bob"), 4),  # no rule says who is a novice
        (lessons(4).confirm("ana", "portal", 1, MONDAY), school(), 4),  # counted already
    ],
)
def test_others_are_not_suggested(ledger: Ledger, problem: Problem, enough: int) -> None:
    """Each lacks one thing."""
    assert list(ledger.suggestions(problem, enough)) == []


def test_lessons_after_a_level_up_count_anew() -> None:
    """Two of four were before it: two are left."""
    ledger = lessons(2).confirm("ana", "portal", 1, MONDAY)
    more = Ledger(weeks=lessons(2, 2).weeks, training=ledger.training)

    assert [s.shifts for s in more.suggestions(school(), 2)] == [2]
    assert list(more.suggestions(school(), 3)) == []


def test_the_training_log() -> None:
    """It says who, what, when and after how many lessons; nothing is confirmed twice."""
    ledger = lessons(4).confirm("ana", "portal", 1, MONDAY)

    (up,) = ledger.training
    assert (up.volunteer_id, up.skill_id, up.level, up.mentored) == ("ana", "portal", 1, 4)
    for who, level, code in (("ana", 1, "level_confirmed"), ("anna", 2, "unknown_id")):
        with pytest.raises(InputError) as error:
            ledger.confirm(who, "portal", level, MONDAY)
        assert error.value.faults[0].code == code
    assert len(ledger.confirm("ana", "portal", 2, MONDAY).training) == 2


def test_what_is_learned_is_not_forgotten() -> None:
    """Shares fade, mentored shifts do not."""
    found = lessons(3, 1).history(school(), Memory(weeks=1, decay=0.5))[0]

    assert found.mentored_worked == 4
    assert found.shifts_worked == 9


def test_mentors_of_a_lesson_are_a_set() -> None:
    """Whoever helped twice stands there once."""
    assert Lesson(skill_id="p", shifts=2, mentors=("b", "a", "b")).mentors == ("a", "b")


@pytest.mark.parametrize(
    ("skill", "level", "told"),
    [
        ("portal", 0, ("out_of_range", "level", "must be at least 1")),
        ("portal", -1, ("out_of_range", "level", "must be at least 1")),
        ("", 1, ("missing_value", "skill_id", "a value is required here")),
        (
            "a\tb",
            1,
            (
                "invalid_value",
                "skill_id",
                "must not contain control characters, and names must not contain |",
            ),
        ),
    ],
)
def test_a_level_up_that_cannot_be_is_a_fault(
    skill: str, level: int, told: tuple[str, str, str]
) -> None:
    """Level 0, or what is no id: a fault that names the field, not an error of the program."""
    with pytest.raises(InputError) as caught:
        lessons(4).confirm("ana", skill, level, MONDAY)

    (fault,) = caught.value.faults
    assert (fault.code, fault.column, str(fault.message)) == told
    assert fault.where == f"training.{told[1]}"


@pytest.mark.parametrize(
    ("skill", "level", "code", "remedy"),
    [
        ("portl", 1, "unknown_id", "Did you mean 'portal'?"),
        ("portal", 5, "level_out_of_range", ""),
        ("portal", 4, None, ""),
    ],
)
def test_a_week_says_which_skills_and_levels_there_are(
    skill: str, level: int, code: str | None, remedy: str
) -> None:
    """Where one is given; without it any skill is taken, for the ledger has no table of them."""
    week = school()
    assert [s.max_level for s in week.skills if s.skill_id == "portal"] == [4]
    assert lessons(4).confirm("ana", skill, level, MONDAY).training[0].skill_id == skill
    if code is None:
        assert lessons(4).confirm("ana", skill, level, MONDAY, problem=week).training
        return

    with pytest.raises(InputError) as caught:
        lessons(4).confirm("ana", skill, level, MONDAY, problem=week)

    assert [(fault.code, str(fault.remedy)) for fault in caught.value.faults] == [(code, remedy)]
