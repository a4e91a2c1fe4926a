"""Advice where rules, seats and shifts lie beside the empty seats that new people could fill."""

from __future__ import annotations

from typing import Any

import pytest

from shiftplan import advise, solve
from shiftplan.files import read_tables
from shiftplan.problem import Problem

NIGHT = {"shift_id": "night", "start": "2026-12-08T22:00", "end": "2026-12-09T06:00"}
DAY = {"shift_id": "day", "start": "2026-12-07T08:00", "end": "2026-12-07T12:00"}


def week(shifts: list[dict[str, Any]], needs: list[dict[str, Any]], *rules: Any) -> Problem:
    """One person who can come at any time, at one center."""
    window = {"volunteer_id": "V", "start": "2026-12-07T00:00", "end": "2026-12-09T12:00"}
    return read_tables(
        {
            "horizon": {"start": "2026-12-07", "days": 2},
            "centers": [{"center_id": "C"}],
            "volunteers": [{"volunteer_id": "V"}],
            "availability": [window],
            "shifts": [{"center_id": "C"} | shift for shift in shifts],
            "requirements": needs,
            "rules": [{"rule": "coverage", "level": 1}, *rules],
        }
    )


def filling(problem: Problem) -> Any:
    roster = solve(problem, workers=1).require_roster()
    return advise(problem, roster, with_courses=False).filling


@pytest.mark.parametrize(
    "rule",
    [
        {"rule": "min_shift_count", "level": "hard", "shifts": ["night"], "value": 1},
        {"rule": "forbidden_pattern", "level": "hard", "pattern": "!night, !night"},
    ],
)
def test_a_rule_about_other_shifts_alone_is_kept(rule: dict[str, Any]) -> None:
    """New people for the day, who would have to work a night that has its people."""
    night = NIGHT | {"type": "night"}
    needs = [
        {"shift_id": "day", "minimum": 1, "target": 2},
        {"shift_id": "night", "minimum": 1, "target": 1},
    ]

    found = filling(week([DAY, night], needs, rule))

    new = {v.volunteer_id for v in found.people}
    for who in new:
        assert "night" in found.roster.shifts_of[who]
    assert found.left + len(new) >= 1


def test_shifts_that_need_not_be_held_prove_nothing() -> None:
    """One more person fills the day; nobody has to be in a talk that is optional."""
    talk = {"shift_id": "talk", "start": "2026-12-07T10:00", "end": "2026-12-07T14:00"}
    needs = [
        {"shift_id": "day", "minimum": 1, "target": 2},
        {"shift_id": "talk", "minimum": 3, "target": 3},
    ]
    either = {"alternative": "one of both"}

    for day, other in ((DAY, talk | {"optional": True}), (DAY | either, talk | either)):
        found = filling(week([day, other], needs))

        assert found.at_least <= 1
        assert found.enough == 1


def test_seats_at_times_without_a_shift_stay_empty() -> None:
    """Nobody can fill them, and they cost as others do."""
    needs = [
        {"shift_id": "day", "minimum": 1, "target": 1},
        {"center_id": "C", "start": "2026-12-07T13:00", "end": "2026-12-07T14:00", "target": 3},
    ]

    found = filling(week([DAY], needs))

    assert (found.left, found.enough) == (3, None)
    assert [(lack.empty, lack.left) for lack in found.lacks] == [(3, 3)]
