"""Requirements from forecasts: figures by hand, what they promise, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from offices import FILE, LONG, PLAIN, SETTLED, come, figures, office, shift

from shiftplan.citizens.staffing import staff
from shiftplan.errors import Fault, InputError
from shiftplan.problem import Problem
from shiftplan.week.demand import Policy


def test_one_service_by_hand():
    """Twelve visits an hour of 10 minutes keep two people busy, and three serve them in time.

    A load of 2 on 3 people waits with chance 4/9, beyond ten minutes 4/9 exp(-1) = 0.163; two
    people would be busy all the time, and the line would grow for ever.
    """
    problem = office([come(0, 72, 72 * 12)], shifts=SETTLED)

    assert figures(problem)["A71"] == (3, 3)


def test_minimum_and_target_by_hand():
    """Six visits an hour of 10 minutes, 95% in time: the target is 3, the minimum for 80% is 2.

    A load of 1 on 2 people waits beyond ten minutes with chance 1/3 exp(-1) = 0.123, on 3 with
    1/11 exp(-2) = 0.012.
    """
    policy = PLAIN.model_copy(update={"target_level": 0.95, "minimum_level": 0.8})

    assert figures(office([come(0, 72, 72 * 6)], shifts=SETTLED), policy)["A71"] == (2, 3)


def test_hours_decide_and_not_their_mean():
    """Forty citizens in one hour need more people than forty over four hours, a load of 1.7.

    The busy hour's load is 40 / 6 less the warming up, 6.67 (1 - (1 - exp(-6)) / 6) = 5.6.
    """
    peak, even = figures(office([come(8, 9, 40)]))["A7"], figures(office([come(7, 11, 40)]))["A7"]

    assert even == (2, 3)
    assert peak[1] >= 6


def test_people_stay_for_long_visits_after_the_busy_hour():
    """Who comes at eight for an hour is still there at nine, when another shift takes over."""
    demand = [come(8, 9, 10), come(9, 10, 1)]
    shifts = [shift(8, 9), shift(9, 10)]

    rows = figures(office(demand, LONG, shifts=shifts))

    # 10 (1 - exp(-1))^2 = 4.0 of the first hour, and 0.37 of the second: 4.4 / 0.9 is 5 at least.
    assert rows["A9"][1] >= 5
    assert figures(office(demand[1:], LONG, shifts=shifts)) == {"A9": (1, 2)}


def test_presence_and_room():
    """Two people are there with any citizen, nobody without; and never more than have room."""
    demand = [come(7, 9, 0.5), come(9, 10, 90)]
    shifts = [shift(7, 9), shift(9, 10), shift(10, 11)]

    def rows(capacity: int | None) -> dict[str, tuple[int, int]]:
        centers = [{"center_id": "A", "capacity": capacity}]
        return figures(office(demand, shifts=shifts, centers=centers), Policy())

    free = rows(None)
    assert free["A7"] == (2, 2)
    assert free["A9"][0] > 4
    assert set(free) == {"A7", "A9"}
    assert rows(4) == {"A7": (2, 2), "A9": (4, 4)}
    assert rows(1) == {"A7": (1, 1), "A9": (1, 1)}
    assert rows(0) == {"A7": (0, 0), "A9": (0, 0)}


def test_shifts_at_the_same_time_share_their_citizens():
    """Two shifts over the same settled hour have a load of 1 each, where one has a load of 2."""
    demand = [come(0, 72, 72 * 12)]
    twin = shift(71, 72) | {"shift_id": "twin"}

    rows = figures(office(demand, shifts=[*SETTLED, twin]))

    assert rows["A71"] == rows["twin"] == (2, 2)


def test_overlapping_forecasts_add_up():
    """Six visits an hour in each of two rows need the people of twelve."""
    rows = [come(0, 72, 72 * 6), come(70, 72, 2 * 6)]

    assert figures(office(rows, shifts=SETTLED))["A71"] == (3, 3)


def test_settings_hold_where_they_are_meant():
    """A row of the table policy changes its centers, and goes before the policy given by hand."""
    centers = [{"center_id": "A"}, {"center_id": "B", "type": "xã"}]
    policy = [{"setting": "presence", "where": "xã", "value": 4}]
    demand = [come(7, 11, 1), come(7, 11, 1, center_id="B")]
    problem = office(
        demand, centers=centers, policy=policy, shifts=[shift(7, 11), shift(7, 11, "B")]
    )

    assert figures(problem, Policy(presence=3)) == {"A7": (3, 3), "B7": (4, 4)}


def test_languages_told_and_by_default():
    """Half of the settled citizens, a load of 1, need two speakers; 3 in 10 by default one or two.

    A load of 0.6 on one person waits beyond ten minutes with chance 0.6 exp(-0.4) = 0.40, so that
    one is enough for the minimum of 50% only.
    """
    tables = {"skills": [{"skill_id": "khmer", "kind": "language"}], "shifts": SETTLED}
    people = {"ana": {"khmer": 1}, "ben": {}}
    minority = [{"center_id": "A", "minority_area": True}]
    told = [{"center_id": "A", "skill_id": "khmer", "share": 0.5}]
    demand = [come(0, 72, 72 * 12)]

    half = figures(office(demand, people=people, languages=told, **tables))
    default = figures(office(demand, people=people, centers=minority, **tables))
    nowhere = figures(office(demand, people=people, **tables))

    assert half["A71 khmer 1"] == (2, 2)
    assert default["A71 khmer 1"] == (1, 2)
    assert "A71 khmer 1" not in nowhere


def test_quantile_plans_for_more_than_the_mean():
    """An uncertain forecast is planned at its quantile, where the policy names one."""
    demand = [come(0, 72, 72 * 12, arrivals_cv=0.5)]
    careful = PLAIN.model_copy(update={"quantile": 0.95})
    middle = PLAIN.model_copy(update={"quantile": 0.5})
    problem = office(demand, shifts=SETTLED)

    # The 95% quantile of a gamma of mean 12 and deviation 6 is 23.3, a load of 3.9; half are 11.
    assert figures(problem, careful)["A71"][1] == 5
    assert figures(problem, middle)["A71"][1] == 3


def test_own_requirements_are_replaced():
    """What the problem asked for before is gone, and the problem itself is as it was."""
    own = [{"shift_id": "A7", "target": 9, "reason": "a guess"}]
    problem = office([come(7, 11, 4)], requirements=own)

    staffed = staff(problem, PLAIN)

    assert [r.target for r in staffed.requirements] == [1]
    assert [n.requirement.target for n in staffed.needs] == [1]
    assert [r.target for r in problem.requirements] == [9]


def refused(problem: Problem, policy: Policy | None = None) -> tuple[Fault, ...]:
    """Why a problem cannot be staffed."""
    with pytest.raises(InputError) as caught:
        staff(problem, policy)
    return caught.value.faults


@pytest.mark.parametrize(
    ("demand", "lost"),
    [
        (come(6.75, 7.75, 8), "no shift for 25% of this time: 2.00 citizens"),
        (come(6, 7, 1e-9), "no shift for 100%"),
    ],
)
def test_citizens_outside_shifts_are_refused_and_counted(demand, lost):
    """Nobody is dropped in silence: each row says how many citizens would find a closed door."""
    faults = refused(office([come(7, 11, 4), demand]))

    assert [(f.code, f.table, f.index) for f in faults] == [("demand_outside_shifts", "demand", 1)]
    assert lost in str(faults[0].message)
    assert faults[0].value == f"{demand['start']:%Y-%m-%d %H:%M}"


def test_a_break_between_shifts_is_no_time_for_citizens():
    """A row that spans the lunch break loses the citizens of that hour, a quarter of them."""
    problem = office([come(10, 14, 8)], shifts=[shift(7, 11), shift(12, 16)])

    assert "25% of this time: 2.00" in str(refused(problem)[0].message)


@pytest.mark.parametrize(
    ("arrivals", "minutes"), [(1e6, 0.1 * 60), (1e6, 1440), (122_000, 10), (100_000, 90)]
)
def test_crowds_that_no_team_serves_are_refused(arrivals, minutes):
    """More than 9,000 busy people are a slip of the pen: refused with the time, not computed."""
    problem = office([come(9, 11, arrivals)], {"file": {"minutes_per_citizen": minutes}})

    faults = refused(problem, PLAIN)

    assert [(f.code, f.value) for f in faults] == [("too_many_citizens", "2026-12-07 10:30")]
    assert [(f.table, f.column) for f in faults] == [("demand", "arrivals")]


def test_a_planned_crowd_is_refused_too():
    """A quantile far above the mean ends no differently."""
    demand = [come(7, 7 + 1 / 60, 1e6, arrivals_cv=10)]
    policy = PLAIN.model_copy(update={"quantile": 0.9999})

    assert {f.code for f in refused(office(demand), policy)} == {"too_many_citizens"}


@pytest.mark.parametrize(("patience", "least", "most"), [(None, 8_000, 8_100), (10, 6_000, 7_000)])
def test_teams_of_thousands_end_quickly(patience, least, most):
    """A load of 8,000 takes a team a little larger; where citizens give up, one of 80% of it."""
    policy = PLAIN.model_copy(update={"most_utilization": 1, "patience_minutes": patience})
    problem = office([come(7, 11, 4 * 48_000)])

    minimum, target = figures(problem, policy)["A7"]

    assert minimum <= target
    assert least < target < most


@pytest.mark.parametrize("arrivals", [5e-324, 1e-300, 1e-9, 1e-7])
@pytest.mark.parametrize("minutes", [0.01, 10, 1440])
def test_next_to_nobody_is_staffed_or_not(arrivals, minutes):
    """However few citizens come, a team of one or none is asked for, alone and beside others."""
    services = FILE | {"rare": {"minutes_per_citizen": minutes}}
    rare = come(7, 11, arrivals, "rare")

    alone = figures(office([rare], services))
    beside = figures(office([rare, come(7, 11, 20)], services))

    assert alone in ({}, {"A7": (1, 1)})
    assert beside == figures(office([come(7, 11, 20)]))


def test_short_and_long_services_end_quickly():
    """The shortest and the longest service of the format are staffed like any other."""
    services: dict[str, dict[str, Any]] = {
        "blink": {"minutes_per_citizen": 0.01},
        "day": {"minutes_per_citizen": 1440},
    }

    assert figures(office([come(7, 11, 5, "blink")], services)) == {"A7": (1, 1)}
    assert figures(office([come(7, 11, 5, "blink"), come(7, 11, 1, "day")], services))


def test_forecasts_of_nobody_need_no_shift():
    """A row of no citizens at a center without shifts sends nobody away, and is no fault."""
    nobody = come(7, 8, 0) | {"center_id": "B"}

    problem = office([come(7, 8, 5), nobody], centers=[{"center_id": "A"}, {"center_id": "B"}])

    assert figures(problem) == figures(office([come(7, 8, 5)]))
