"""Stand-by lists with chances of people in single shifts, in place of their show rates."""

from __future__ import annotations

import pytest

from shiftplan.analysis import reserves
from shiftplan.errors import InputError
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.requirements import Requirement

NEEDS = tuple(Requirement(shift_id=f"M{day}", minimum=1, target=1) for day in range(2))
WEEK = plan("M", "ana bob cam", days=2, requirements=NEEDS)
ROSTER = parse("ana M M")


def order(**chances: float) -> list[str]:
    """The list of the first shift; `ana=0.5` is a chance there."""
    given = {("M0", who): chance for who, chance in chances.items()}
    found = reserves(WEEK, ROSTER, chances=given)
    return [r.volunteer_id for r in found if r.shift_id == "M0"]


def test_a_likelier_person_comes_first() -> None:
    """Where all else is equal, the chance in this shift decides before the id."""
    assert order() == ["bob", "cam"]
    assert order(bob=0.8, cam=0.9) == ["cam", "bob"]


def test_nobody_without_a_chance_is_listed() -> None:
    """Such as somebody who has declined; for other shifts the person still is."""
    found = reserves(WEEK, ROSTER, chances={("M0", "bob"): 0})

    assert [(r.shift_id, r.volunteer_id) for r in found] == [
        ("M0", "cam"),
        ("M1", "bob"),
        ("M1", "cam"),
    ]


def test_shifts_at_risk_get_their_lists_first() -> None:
    """Who is first on a list is not first on another: the shift where ana is unsure chooses."""
    firsts = {r.shift_id: r.volunteer_id for r in reserves(WEEK, ROSTER) if r.rank == 1}
    unsure = reserves(WEEK, ROSTER, chances={("M1", "ana"): 0.3, ("M9", "ana"): 1, ("M0", "x"): 1})

    assert firsts == {"M0": "bob", "M1": "cam"}
    assert {r.shift_id: r.volunteer_id for r in unsure if r.rank == 1} == {"M1": "bob", "M0": "cam"}


def test_chances_that_are_show_rates_change_nothing() -> None:
    """The default is the column."""
    given = {(s.shift_id, v.volunteer_id): 1.0 for s in WEEK.shifts for v in WEEK.volunteers}

    assert reserves(WEEK, ROSTER, chances=given) == reserves(WEEK, ROSTER)


@pytest.mark.parametrize("chance", [-0.1, 1.1, float("nan"), "0.5", None])
def test_a_chance_is_from_0_to_1(chance: object) -> None:
    with pytest.raises(InputError):
        order(ana=chance)


def test_a_shift_that_is_not_held_is_at_no_risk() -> None:
    """Bob is first for the shift where ana is unsure, and not for the optional one before it."""
    first, second = WEEK.shifts
    optional = first.model_copy(update={"optional": True})
    problem = WEEK.model_copy(update={"shifts": (optional, second)})

    found = reserves(problem, parse("ana . M"), chances={("M1", "ana"): 0.9})

    assert [(r.shift_id, r.volunteer_id) for r in found] == [("M1", "bob"), ("M1", "cam")]
