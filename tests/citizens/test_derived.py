"""Needs by themselves: sentences, limits, two of one ability; and abilities in order."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from offices import office

from shiftplan.citizens.derived import DerivedRequirement, _two_digits, both, within
from shiftplan.citizens.line import Line, StaffedTeam
from shiftplan.citizens.pools import rarest_first
from shiftplan.week.demand import Policy
from shiftplan.week.requirements import Requirement

BUSY = "09:00-10:00: 12 requests an hour (file, land) x 10 min = 2 people busy"
PROMISE = "; 80% wait at most 10 min: 3 needed; 50%: 2"


def need(minimum: int = 2, target: int = 3, **told: Any) -> DerivedRequirement:
    """Twelve visits of ten minutes in an hour, for which three people are needed."""
    one = np.ones(1)
    arrays = {"arrivals": 12.0, "part": 1.0, "work": 2.0, "busy": 2.0, **told}
    line = Line(
        540 * one,
        60 * one,
        np.array([[arrays["arrivals"]]]),
        arrays["part"] * one,
        arrays["work"] * one,
        arrays["busy"] * one,
        10 * one,
        one,
    )
    asked = Requirement(shift_id="A7", minimum=minimum, target=target)
    teams = StaffedTeam(2, 0.5), StaffedTeam(3, 0.8)
    return DerivedRequirement(asked, ("file", "land"), line, *teams, Policy(), "09:00-10:00")


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({}, BUSY + PROMISE),
        # From here on as many are busy as come, but a little fewer or more at first.
        ({"busy": 1.9}, BUSY + ", 1.9 with the lag of long visits" + PROMISE),
        ({"part": 0.5}, BUSY.replace("file, land", "50% of file, land") + PROMISE),
        # Nobody comes any more, but some are still there.
        (
            {"arrivals": 0.0, "work": 0.0, "busy": 1.5},
            "09:00-10:00: 0 requests an hour (file, land) x 0 min = 0 people busy, "
            "1.5 with the lag of long visits" + PROMISE,
        ),
        ({"target": 2}, BUSY + PROMISE + "; there is room for 2"),
        ({"minimum": 3}, BUSY + PROMISE + "; 3 are there in any case"),
        ({"minimum": 4, "target": 4}, BUSY + PROMISE + "; 4 are there in any case"),
    ],
)
def test_a_reason_tells_what_decides(told, reason):
    """Visits, minutes, the lag, the promise, and what the figures are limited by."""
    assert str(need(**told).reason) == reason


@pytest.mark.parametrize(
    ("least", "most", "figures"),
    [
        (0, None, (2, 3)),
        (3, None, (3, 3)),
        (4, None, (4, 4)),
        (0, 2, (2, 2)),
        (0, 1, (1, 1)),
        (4, 1, (1, 1)),
    ],
)
def test_limits_of_a_need(least, most, figures):
    """Presence lifts both figures, room cuts both, and goes before presence."""
    limited = within(need(), least, most)

    assert (limited.requirement.minimum, limited.requirement.target) == figures
    assert (limited.minimum.people, limited.target.people) == (2, 3)


@pytest.mark.parametrize("turned", [False, True])
def test_two_needs_of_one_ability_are_one(turned):
    """The higher minimum of one and the higher target of the other, explained by the larger."""
    small, large = need(3, 3), need(1, 4, busy=1.9)

    joined = both(large, small) if turned else both(small, large)

    assert (joined.requirement.minimum, joined.requirement.target) == (3, 4)
    assert joined.line is large.line


def test_abilities_stand_from_the_rarest_to_the_commonest():
    """By the people who hold them at some time, then the higher level, then by name."""
    services = {
        f"{skill}{level}": {"skill_id": skill, "min_level": level, "minutes_per_citizen": 10}
        for skill, level in (
            ("vneid", 1),
            ("portal", 1),
            ("portal", 2),
            ("khmer", 1),
            ("portal", 3),
            ("hoa", 1),
            ("cham", 1),
            ("ede", 1),
            ("dao", 1),
        )
    }
    people = [
        {"volunteer_id": "ana", "skills": {"portal": 3, "vneid": 1, "khmer": 1}},
        {
            "volunteer_id": "ben",
            "skills": [
                {"skill_id": "portal", "level": 2, "valid_to": "2026-12-08"},
                {"skill_id": "portal", "level": 1, "valid_from": "2026-12-09"},
                {"skill_id": "vneid"},
            ],
        },
    ]
    skills = [
        {"skill_id": s, "max_level": 4} for s in sorted({r["skill_id"] for r in services.values()})
    ]
    services["desk"] = {"minutes_per_citizen": 10}
    problem = office([], services, skills=skills, volunteers=people)

    assert rarest_first(problem, problem.services) == [
        ("cham", 1),
        ("dao", 1),
        ("ede", 1),
        ("hoa", 1),
        ("portal", 3),
        ("khmer", 1),
        ("portal", 2),
        ("portal", 1),
        ("vneid", 1),
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, 0),
        (0.0544, 0.054),
        (0.544, 0.54),
        (1, 1),
        (5.44, 5.4),
        (54.44, 54.4),
        (99.96, 100),
        (123.6, 124),
        (1236.4, 1236),
    ],
)
def test_figures_of_a_reason_differ_only_where_they_are_shown_apart(
    value: float, shown: float
) -> None:
    """Two digits that count, one decimal at least below 100."""
    assert _two_digits(value) == shown
