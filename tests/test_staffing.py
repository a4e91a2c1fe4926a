"""Requirements from forecasts: figures by hand, what they promise, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from offices import PLAIN, come, figures, office, shift

from shiftplan.demand import Policy
from shiftplan.errors import Fault, InputError
from shiftplan.problem import Problem
from shiftplan.staffing import staff


def refused(problem: Problem, policy: Policy | None = None) -> tuple[Fault, ...]:
    """Why a problem cannot be staffed."""
    with pytest.raises(InputError) as caught:
        staff(problem, policy)
    return caught.value.faults


@pytest.mark.parametrize(
    ("demand", "lost"),
    [
        # From 11 to 12 half of ten citizens, from 20 to 21 all of them.
        (come(10, 12, 10), "no shift for 50% of this time: 5.00 citizens would be sent away"),
        (come(20, 21, 10), "no shift for 100% of this time: 10.00 citizens"),
        (come(6.75, 7.75, 8), "no shift for 25% of this time: 2.00 citizens"),
        (come(6, 7, 1e-9), "no shift for 100%"),
        (come(7 + 24 * 400, 8 + 24 * 400, 3), "no shift for 100% of this time: 3.00"),
    ],
)
def test_citizens_outside_shifts_are_refused_and_counted(demand, lost):
    """Nobody is dropped in silence: each row says how many citizens would find a closed door."""
    faults = refused(office([come(7, 11, 4), demand]))

    assert [(f.code, f.table, f.index) for f in faults] == [("demand_outside_shifts", "demand", 1)]
    assert lost in faults[0].message
    assert faults[0].value == f"{demand['start']:%Y-%m-%d %H:%M}"


def test_every_row_outside_shifts_is_named():
    """All rows that lose citizens come in one error, also those of a center without shifts."""
    rows = [come(6, 8, 1), come(8, 9, 1), come(10, 12, 1), come(8, 9, 1, center_id="B")]
    problem = office(rows, centers=[{"center_id": "A"}, {"center_id": "B"}])

    assert [f.index for f in refused(problem)] == [0, 2, 3]


def test_a_break_between_shifts_is_no_time_for_citizens():
    """A row that spans the lunch break loses the citizens of that hour, a quarter of them."""
    problem = office([come(10, 14, 8)], shifts=[shift(7, 11), shift(12, 16)])

    assert "25% of this time: 2.00" in refused(problem)[0].message


def test_rows_of_nobody_outside_shifts_are_no_fault():
    """Where nobody comes nobody is lost."""
    assert figures(office([come(7, 11, 4), come(20, 21, 0)]))


@pytest.mark.parametrize("demand", [[], [come(7, 8, 0)]])
def test_nothing_to_staff_is_refused(demand):
    """Without citizens there is nothing to make requirements from."""
    assert [(f.code, f.table) for f in refused(office(demand))] == [("nothing_to_staff", "demand")]


@pytest.mark.parametrize(
    ("arrivals", "minutes"), [(1e6, 0.1 * 60), (1e6, 1440), (122_000, 10), (100_000, 90)]
)
def test_crowds_that_no_team_serves_are_refused(arrivals, minutes):
    """More than 9,000 busy people are a slip of the pen: refused with the time, not computed."""
    problem = office([come(9, 11, arrivals)], {"file": {"minutes_per_citizen": minutes}})

    faults = refused(problem, PLAIN)

    assert [(f.code, f.value) for f in faults] == [("too_many_citizens", "2026-12-07 10:00")]


def test_a_planned_crowd_is_refused_too():
    """A quantile far above the mean ends no differently."""
    demand = [come(7, 7 + 1 / 60, 1e6, arrivals_cv=10)]
    policy = PLAIN.model_copy(update={"quantile": 0.9999})

    assert {f.code for f in refused(office(demand), policy)} == {"too_many_citizens"}


def test_a_minimum_that_promises_more_than_the_target_is_refused():
    """A center where the minimum keeps 90 % and the target 80 % is named."""
    rows = [{"setting": "minimum_level", "where": "A", "value": 0.9}]

    faults = refused(office([come(7, 8, 1)], policy=rows))

    assert [(f.code, f.table) for f in faults] == [("minimum_above_target", "policy")]
    assert "minimum of A promises more" in faults[0].message
    assert figures(office([come(7, 8, 1)], policy=rows), Policy(target_level=0.9))


@pytest.mark.parametrize(("patience", "least", "most"), [(None, 8_000, 8_100), (10, 6_000, 7_000)])
def test_teams_of_thousands_end_quickly(patience, least, most):
    """A load of 8,000 takes a team a little larger; where citizens give up, one of 80 % of it."""
    policy = PLAIN.model_copy(update={"most_utilization": 1, "patience_minutes": patience})
    problem = office([come(7, 11, 4 * 48_000)])

    minimum, target = figures(problem, policy)["A7"]

    assert minimum <= target
    assert least < target < most


def test_short_and_long_services_end_quickly():
    """The shortest and the longest service of the format are staffed like any other."""
    services: dict[str, dict[str, Any]] = {
        "blink": {"minutes_per_citizen": 0.01},
        "day": {"minutes_per_citizen": 1440},
    }

    assert figures(office([come(7, 11, 5, "blink")], services)) == {"A7": (1, 1)}
    assert figures(office([come(7, 11, 5, "blink"), come(7, 11, 1, "day")], services))
