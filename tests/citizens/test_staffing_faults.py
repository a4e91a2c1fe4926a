"""What makes a forecast impossible to staff, in the words that coordinators read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from offices import PLAIN, come, office, shift

from shiftplan.citizens.load import CenterLoad, crowds
from shiftplan.citizens.staffing import staff
from shiftplan.errors import Fault, InputError
from shiftplan.week.demand import Policy

TWO = [{"center_id": "A"}, {"center_id": "B"}]
PROMISE = (
    "the minimum of {} promises more than its target: minimum_level 0.9 is above target_level 0.8"
)
OUTSIDE = "{} has no shift for {} of this time: {} citizens would be sent away"
MISSING = "Maybe a shift is missing; otherwise remove the row or shorten it."
CROWD = "{} would need a team of {}; at most 9,000 can be planned"
MISTYPED = "Check arrivals and minutes_per_citizen for typing errors."

CASES: list[tuple[dict[str, Any], list[Fault]]] = [
    (
        {"demand": [come(7, 8, 0)]},
        [
            Fault(
                "nothing_to_staff",
                "demand",
                "arrivals",
                "",
                "requirements are made from a forecast, but no citizens are expected",
            )
        ],
    ),
    (
        {
            "demand": [come(7, 8, 1)],
            "centers": TWO,
            "policy": [{"setting": "minimum_level", "value": 0.9}],
        },
        [
            Fault("minimum_above_target", "policy", "value", "", PROMISE.format(name))
            for name in "AB"
        ],
    ),
    (
        # Nobody comes at noon; of ten citizens half find the door closed, at B all three.
        {
            "demand": [
                come(12, 13, 0),
                come(10, 12, 10),
                come(7, 8, 2),
                come(7, 8, 3, center_id="B"),
            ],
            "centers": TWO,
        },
        [
            Fault(
                "demand_outside_shifts",
                "demand",
                "start",
                "2026-12-07 10:00",
                OUTSIDE.format("A", "50%", "5.00"),
                remedy=MISSING,
                index=1,
            ),
            Fault(
                "demand_outside_shifts",
                "demand",
                "start",
                "2026-12-07 07:00",
                OUTSIDE.format("B", "100%", "3.00"),
                remedy=MISSING,
                index=3,
            ),
        ],
    ),
]


def _in_english(fault: Fault) -> Fault:
    return replace(fault, message=str(fault.message), remedy=str(fault.remedy))


@pytest.mark.parametrize(("tables", "faults"), CASES, ids=[c[1][0].code for c in CASES])
def test_all_faults_are_told_at_their_places(tables, faults):
    """Table, column, row, value, what is wrong and a way out, of each fault."""
    with pytest.raises(InputError) as caught:
        staff(office(**tables))

    assert [_in_english(fault) for fault in caught.value.faults] == faults


def test_a_minimum_may_promise_as_much_as_the_target():
    """The same share of both is no contradiction."""
    policy = PLAIN.model_copy(update={"minimum_level": 0.8})

    (need,) = staff(office([come(7, 8, 6)]), policy).needs
    table = [{"setting": "minimum_level", "where": "A", "value": 0.9}]

    assert need.minimum == need.target
    assert staff(office([come(7, 8, 1)], policy=table), Policy(target_level=0.9)).needs


@pytest.mark.parametrize(
    ("busy", "shifts", "utilization", "found"),
    [
        ([9_000, 0], [1, 1], 1.0, None),
        ([9_001, 0], [1, 1], 1.0, ("9,001", "00:00")),
        # Shifts at the same time share their citizens; where there is none, nobody is needed.
        ([18_000, 17_000], [2, 0], 1.0, None),
        ([18_000, 17_000], [2, 1], 1.0, ("17,000", "01:00")),
        # Who may be busy half of the time is needed twice.
        ([6_000, 4_500], [1, 1], 0.5, ("12,000", "00:00")),
    ],
)
def test_a_crowd_is_told_with_its_first_moment(busy, shifts, utilization, found):
    """Two services keep so many people busy in the hours after midnight, half of them each."""
    problem = office([come(0, 2, 1)], shifts=[shift(0, 2)])
    half = np.array(busy, dtype=float) / 2
    load = CenterLoad(
        np.array([0.0, 60.0, 120.0]),
        np.array(shifts, float),
        np.zeros((2, 2)),
        np.stack([half] * 2),
    )
    policy = PLAIN.model_copy(update={"most_utilization": utilization})
    quiet = replace(load, busy=np.ones((2, 2)))

    faults = list(crowds(problem, {"B": quiet, "A": load}, {"A": policy, "B": policy}))

    if found is None:
        assert faults == []
    else:
        people, clock = found
        message, value = CROWD.format("A", people), f"2026-12-07 {clock}"
        assert [_in_english(fault) for fault in faults] == [
            Fault("too_many_citizens", "demand", "arrivals", value, message, remedy=MISTYPED)
        ]


def test_skills_that_cannot_be_named_together_are_refused():
    """A seat for Khmer with the portal has one of them in `with_skills`, where bars separate names.

    One such id can stand in `skill_id`.
    """

    def staffed(language: str, skill: str) -> set[tuple[str, ...]]:
        services = {"form": {"skill_id": skill, "minutes_per_citizen": 10}}
        skills = [{"skill_id": skill}, {"skill_id": language, "kind": "language"}]
        shares = [{"center_id": "A", "skill_id": language, "share": 0.5}]
        problem = office([come(7, 11, 40, "form")], services, skills=skills, languages=shares)
        return {(r.skill_id or "", *r.with_skills) for r in staff(problem, PLAIN).requirements}

    with pytest.raises(InputError) as refused:
        staffed("km|khmer", "portal|web")

    places = [(f.code, f.table, f.column, f.value) for f in refused.value.faults]
    assert places == [("invalid_value", "services", "skill_id", "portal|web")]
    assert "without |" in str(refused.value)
    assert ("km|khmer", "portal") in staffed("km|khmer", "portal")
    assert ("portal|web", "khmer") in staffed("khmer", "portal|web")
