"""Requirements by the size of days, and what a roster's empty seats are in joint scenarios."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from offices import MIDNIGHT, PLAIN, come, office, shift

from shiftplan.citizens.forecasting.forecast import Forecast
from shiftplan.citizens.scenario_figures import ScenarioFigures
from shiftplan.citizens.scenarios import price_scenarios, staff_scenarios
from shiftplan.citizens.sizes import equal_cuts, sizes_of
from shiftplan.citizens.staffing import staff
from shiftplan.errors import InputError
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.scoring import check
from shiftplan.solving.solve import solve
from shiftplan.week.roster import Assignment, Roster

NOBODY = Roster(assignments=())
COVERED = [{"rule": "coverage", "level": 1, "weight": 100}]
UNSURE = {"arrivals_cv": 0.5}
MONDAY = MIDNIGHT.date()


def targets(problem: Problem, sizes: int) -> list[dict[tuple[str, str | None], int]]:
    """Target of each shift and skill, for each equally likely size of a spread of 0.5."""
    found = []
    for factor in sizes_of(np.array([0.5]), equal_cuts(sizes))[:, 0]:
        rows = [d.model_copy(update={"arrivals": d.arrivals * factor}) for d in problem.demand]
        certain = [row.model_copy(update={"arrivals_cv": None}) for row in rows]
        sized = problem.model_copy(update={"demand": tuple(certain)})
        needs = staff(sized, PLAIN).requirements
        found.append({(n.shift_id, n.skill_id): n.target for n in needs})
    return found


def test_chances_are_shares_of_the_sizes_that_need_a_person():
    """Each size is staffed as a forecast that is certain; target and minimum are those of staff."""
    problem = office([come(7, 11, 48, **UNSURE)])

    (need,) = staff_scenarios(problem, scenarios=10, policy=PLAIN).requirements

    (plain,) = staff(problem, PLAIN).requirements
    sized = [found["A7", None] for found in targets(problem, 10)]
    assert need.needed_percent == tuple(
        10 * sum(target >= people for target in sized) for people in range(1, max(sized) + 1)
    )
    assert len(set(need.needed_percent)) > 2
    assert need.model_copy(update={"needed_percent": ()}) == plain


def test_of_a_certain_forecast_the_target_is_certain():
    """Nobody beyond it is ever needed."""
    (need,) = staff_scenarios(office([come(7, 11, 48)]), policy=PLAIN).requirements

    assert need.needed_percent == (100,) * need.target


def test_the_rule_prices_the_mean_over_all_sizes():
    """What is missing on average is the same by chances and size by size, whoever is there."""
    problem = two_lines(rules=[{"rule": "expected_shortage", "weight": 100}])
    roster = Roster(assignments=(Assignment("A7", "ana"), Assignment("A7", "ben")))

    staffed = staff_scenarios(problem, scenarios=20, policy=PLAIN).problem

    there = {None: 2, "portal": 1}
    sized = targets(problem, 20)
    missing = [sum(max(0, t - there[skill]) for (_, skill), t in s.items()) for s in sized]
    amount = sum(violation.amount for violation in check(staffed, roster).priced)
    assert amount == 100 * sum(missing) / 20


def two_lines(**tables: Any) -> Problem:
    """Two services, one of which needs a skill that only ana holds; ben can do the other."""
    services = {
        "look": {"minutes_per_citizen": 5},
        "file": {"minutes_per_citizen": 20, "skill_id": "portal"},
    }
    demand = [come(7, 11, 40, "look", **UNSURE), come(7, 11, 20, "file", **UNSURE)]
    return office(demand, services, {"ana": {"portal": 1}, "ben": {}}, **tables)


def test_what_only_busy_days_need_is_asked_for_with_its_chance():
    """Too few citizens on average for somebody with the skill: the target is 0, the chance not."""
    services = {
        "look": {"minutes_per_citizen": 5},
        "file": {"minutes_per_citizen": 20, "skill_id": "portal"},
    }
    demand = [come(7, 11, 40, "look"), come(7, 11, 0.9, "file", **UNSURE)]
    problem = office(demand, services, {"ana": {"portal": 1}, "ben": {}})
    policy = PLAIN.model_copy(update={"least_citizens": 1})

    _, skilled = staff_scenarios(problem, scenarios=20, policy=policy).needs

    asked = skilled.requirement
    assert (asked.skill_id, asked.minimum, asked.target) == ("portal", 0, 0)
    # A factor of 1 / 0.9 = 1.11 of a gamma with the spread 0.5 is exceeded with 36%.
    assert asked.needed_percent == (35,)
    assert str(skilled.reason).startswith("needed on 35% of days; on the busiest: 10:30-11:00")
    assert Words("vi")(skilled.reason).startswith(
        "chỉ cần vào 35% số ngày; ngày đông nhất: 10:30-11:00"
    )


def test_rows_of_further_skills_have_chances_of_their_own():
    """Speakers, and speakers who can file, are counted apart: each has a row for each size."""
    minutes = {"minutes_per_citizen": 10}
    services = {"kiosk": minutes, "file": minutes | {"skill_id": "portal"}}
    demand = [come(7, 11, 48, name) | {"arrivals_cv": 0.5} for name in services]
    tables = {
        "skills": [{"skill_id": "khmer", "kind": "language"}, {"skill_id": "portal"}],
        "languages": [{"center_id": "A", "skill_id": "khmer", "share": 0.5}],
    }
    people = {"ana": {"khmer": 1, "portal": 1}, "ben": {}}
    problem = office(demand, services, people, shifts=(shift(7, 11),), **tables)

    rows = staff_scenarios(problem, scenarios=5, policy=PLAIN).requirements

    asked = [row for row in rows if row.skill_id == "khmer"]
    assert [len(row.with_skills) for row in asked] == [0, 1]
    assert all(max(row.needed_percent) <= 100 for row in asked)


def test_scenarios_of_a_certain_forecast_are_all_alike():
    """Seats, empty seats and their cost are those of the staffed week."""
    problem = office([come(7, 11, 48)], rules=COVERED)

    found = price_scenarios(problem, NOBODY, scenarios=5, policy=PLAIN)

    staffed = staff(problem, PLAIN).problem
    seats = staffed.requirements[0].target
    cost = check(staffed, NOBODY).total
    for row, value in ((found.seats, seats), (found.empty_seats, seats), (found.cost, cost)):
        assert (row.mean.low, row.mean.value, row.mean.high) == (value, value, value)
        assert (row.p10, row.p50, row.p90, row.worst) == (value, value, value, value)


def many_centers(count: int = 20) -> Problem:
    """Centers with one shift each on Monday, and the same uncertain forecast."""
    names = [f"C{i}" for i in range(count)]
    return office(
        [come(7, 11, 48, center_id=name, **UNSURE) for name in names],
        centers=[{"center_id": name} for name in names],
        shifts=[shift(7, 11, name) for name in names],
        rules=COVERED,
    )


def test_busy_days_are_busy_everywhere_if_correlated():
    """All at once vary as one center does, independent ones by the root of 20 less; the mean stays.

    At a correlation of 0.5, the variance is about half of that of 1.
    """
    wide, half, narrow = (
        price_scenarios(many_centers(), NOBODY, scenarios=1000, policy=PLAIN, correlation=share)
        for share in (1, 0.5, 0)
    )

    def deviation(row: Any) -> float:
        return (row.seats.p90 - row.seats.p10) / 2.563

    assert deviation(wide) / deviation(narrow) == pytest.approx(20**0.5, rel=0.2)
    assert deviation(half) / deviation(wide) == pytest.approx(0.5**0.5, rel=0.2)
    assert abs(wide.seats.mean.value - narrow.seats.mean.value) < 0.05 * narrow.seats.mean.value


def test_who_is_there_fills_seats_of_every_scenario():
    """One person leaves exactly one seat fewer empty, at the own center, in all scenarios."""
    problem = many_centers(2)
    people = [{"volunteer_id": "ana"}]
    problem = Problem.model_validate(problem.model_dump() | {"volunteers": people})
    roster = Roster(assignments=(Assignment("C17", "ana"),))

    empty, one = (
        price_scenarios(problem, some, scenarios=50, policy=PLAIN) for some in (NOBODY, roster)
    )

    assert one.empty_seats.mean.value == pytest.approx(empty.empty_seats.mean.value - 1)
    assert one.seats == empty.seats
    assert [c.center_id for c in one.centers] == ["C0", "C1"]


def test_the_same_seed_draws_the_same_scenarios():
    """Another seed draws others."""
    problem = many_centers(2)
    first, again, other = (
        price_scenarios(problem, NOBODY, scenarios=20, policy=PLAIN, seed=seed)
        for seed in (1, 1, 2)
    )

    assert first == again
    assert first.seats != other.seats


@pytest.mark.parametrize(
    ("name", "value"),
    [("scenarios", 1), ("sizes", 0), ("sizes", 101), ("correlation", 1.5), ("seed", -1)],
)
def test_options_out_of_range_are_refused(name: str, value: float):
    """Each is named."""
    with pytest.raises(InputError, match=name):
        price_scenarios(office([come(7, 11, 4)]), NOBODY, **{name: value})


def test_chances_of_more_than_a_hundred_sizes_are_refused():
    """They are written in whole percent."""
    with pytest.raises(InputError, match="scenarios"):
        staff_scenarios(office([come(7, 11, 4)]), scenarios=101)


def test_a_seat_above_the_target_is_filled_where_it_may_be_needed():
    """A second person, needed with 60%, comes; a third, needed with 30%, does not. It is proven.

    Empty, the seats cost 60 and 30; a person who works costs 40 for each shift.
    """
    people = [{"volunteer_id": name, "max_shifts": 1} for name in ("ana", "ben", "cam")]
    windows = [
        {
            "volunteer_id": row["volunteer_id"],
            "start": "2026-12-07 07:00",
            "end": "2026-12-07 11:00",
        }
        for row in people
    ]
    problem = office(
        [],
        volunteers=people,
        availability=windows,
        requirements=[{"shift_id": "A7", "target": 1, "needed_percent": "100|60|30"}],
        rules=[
            {"rule": "expected_shortage", "weight": 100},
            {"rule": "max_shift_count", "level": 1, "weight": 40, "value": 0},
        ],
    )

    result = solve(problem, workers=1)

    assert result.status == "OPTIMAL"
    assert len(result.require_roster().assignments) == 2
    assert (result.total.cost, result.total.bound) == (30 + 2 * 40, 30 + 2 * 40)


def of_centers(count: int, days: int, **variances: float) -> tuple[Problem, Forecast]:
    """Centers with one shift each on some days, and a forecast with the given relative variances.

    Levels are shared by all dates, days are not.
    """
    names, dates = [f"C{i}" for i in range(count)], [MONDAY + dt.timedelta(i) for i in range(days)]
    none = {
        "province_level": np.zeros(days),
        "province_day": np.zeros(days),
        "center_level": np.zeros((count, days)),
        "center_day": np.zeros((count, days)),
        "cell": np.zeros(count),
    }
    spread = {name: np.broadcast_to(variances.get(name, 0.0), v.shape) for name, v in none.items()}
    mean = np.full((count, days, 1, 1), 48.0)
    forecast = Forecast(tuple(names), tuple(dates), ((420, 660),), ("file",), mean, **spread)
    shifts = [shift(7 + 24 * i, 11 + 24 * i, name) for name in names for i in range(days)]
    demand = [row.model_dump() for row in forecast.demand()]
    centers = [{"center_id": name} for name in names]
    return office(demand, centers=centers, shifts=shifts, rules=COVERED), forecast


def test_scenarios_of_a_forecast_are_as_correlated_as_it_says():
    """Its own draw spreads seats like a copula with its correlation, for days that differ."""
    problem, forecast = of_centers(12, 1, province_day=0.05, center_day=0.05)
    told = {"scenarios": 1500, "policy": PLAIN}

    drawn = price_scenarios(problem, NOBODY, forecast=forecast, **told)
    copula = price_scenarios(problem, NOBODY, correlation=forecast.correlation, **told)
    apart = price_scenarios(problem, NOBODY, correlation=0, **told)

    assert drawn.correlation == copula.correlation == forecast.correlation > 0.4
    assert width(drawn) == pytest.approx(width(copula), rel=0.15)
    assert width(drawn) > 1.5 * width(apart)
    assert drawn.seats.mean.value == pytest.approx(copula.seats.mean.value, rel=0.03)


def test_a_level_that_was_misjudged_lasts_for_the_week():
    """Four days busy together spread twice as far as four that are busy each by itself."""
    told = {"scenarios": 1000, "policy": PLAIN}

    lasting, single = (
        price_scenarios(problem, NOBODY, forecast=forecast, **told)
        for problem, forecast in (
            of_centers(3, 4, province_level=0.1),
            of_centers(3, 4, province_day=0.1),
        )
    )

    assert width(lasting) == pytest.approx(2 * width(single), rel=0.2)


def test_days_and_centers_have_the_empty_seats_of_all():
    """Each empty seat is at one center, and on one day."""
    problem, forecast = of_centers(3, 2, province_day=0.1)

    found = price_scenarios(problem, NOBODY, scenarios=20, forecast=forecast, policy=PLAIN)

    total = found.empty_seats.mean.value
    assert [row.date for row in found.days] == [MONDAY, MONDAY + dt.timedelta(1)]
    for rows in (found.days, found.centers):
        assert sum(row.empty_seats.mean.value for row in rows) == pytest.approx(total)


def test_centers_without_a_forecast_are_of_any_size():
    """A forecast of another province says nothing of these, and changes no mean."""
    problem, forecast = of_centers(2, 1, province_day=0.1)
    other = replace(forecast, centers=("X", "Y"))
    told = {"scenarios": 1000, "policy": PLAIN}

    unknown = price_scenarios(problem, NOBODY, forecast=other, **told)
    known = price_scenarios(problem, NOBODY, forecast=forecast, **told)

    assert unknown.seats.mean.value == pytest.approx(known.seats.mean.value, rel=0.05)
    assert width(unknown) < 0.85 * width(known)


def width(found: ScenarioFigures) -> float:
    """How far the seats of all centers vary: their interval is in proportion to the deviation."""
    return found.seats.mean.high - found.seats.mean.low


def test_a_shift_that_is_not_held_lacks_nobody():
    """Nobody is missing in an optional shift without people, however many citizens come."""
    optional = shift(7, 11) | {"optional": True}
    problem = office([come(7, 11, 48, **UNSURE)], shifts=(optional,), rules=COVERED)

    found = price_scenarios(problem, NOBODY, scenarios=5, policy=PLAIN)

    assert found.seats.mean.value == found.empty_seats.mean.value == found.cost.mean.value == 0
