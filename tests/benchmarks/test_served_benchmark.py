"""The benchmark of what forecasts are worth: truth, forecasts and what came, as demand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from visit_logs import MONDAY, week

from benchmarks.made_logs import KnownLog
from benchmarks.made_teams import in_teams
from benchmarks.served import ALL, PLAIN, TRUTH, teams_of, week_of
from benchmarks.served_tables import Served, by_group, compared, over_logs, points, tables
from shiftplan.citizens import VisitCounts, simulate
from shiftplan.citizens.simulate import Estimate
from shiftplan.week.requirements import Requirement

HOURS = tuple((60 * h, 60 * h + 60) for h in (7, 8, 9, 10))


def known_log() -> KnownLog:
    """Two requests an hour are the truth, three came: 2 centers, 5 days, 4 hours."""
    dates = tuple(MONDAY - dt.timedelta(7 * n - day) for n in (3, 2, 1) for day in range(5))
    ahead = tuple(MONDAY + dt.timedelta(day) for day in range(5))
    shape = (2, len(dates), len(HOURS), 1)
    known = np.ones(shape[:2], dtype=bool)
    counts = VisitCounts(("A1", "B2"), dates, HOURS, ("flow",), np.full(shape, 2.0), known)
    one = np.ones((2, 5, 4, 1))
    return KnownLog(counts, ahead, 2 * one, 3 * one)


def one(share: float) -> Served:
    """What a forecast serves, at all centers and at small ones."""
    exact = Estimate.of(share, np.zeros(3))
    return Served(10, {"all": share, "small": share - 0.1}, exact, None)


def test_truth_and_outcome_stand_beside_forecasts() -> None:
    """Forty slots of two requests are forecast, and of three came."""
    found = week_of(week(), known_log())

    assert set(found.forecasts) == set(ALL)
    assert sum(row.arrivals for row in found.problem.demand) == 3 * 40
    assert sum(row.arrivals for row in found.forecasts[TRUTH]) == 2 * 40
    assert sum(row.arrivals for row in found.forecasts["four_week_mean"]) == pytest.approx(80)


def test_the_plain_mean_has_no_spread() -> None:
    """It has the rows of the mean of four weeks, and nothing about how far they may be wrong."""
    found = week_of(week(), known_log()).forecasts

    assert [row.arrivals for row in found[PLAIN]] == [
        row.arrivals for row in found["four_week_mean"]
    ]
    assert {row.arrivals_cv for row in found[PLAIN]} == {None}
    assert None not in {row.arrivals_cv for row in found["four_week_mean"]}


def test_larger_teams_give_people_until_all_have_as_many() -> None:
    """Seven people in teams of five and two lose two of the five, to match four and one."""
    base = week()
    many, few = (
        base.model_copy(
            update={
                "requirements": (
                    Requirement(shift_id="A1-0-7", target=first),
                    Requirement(shift_id="B2-0-7", target=second),
                )
            }
        )
        for first, second in ((5, 2), (4, 1))
    )

    found = teams_of({"many": many, "few": few})

    assert found == {"many": {"A1-0-7": 3, "B2-0-7": 2}, "few": {"A1-0-7": 4, "B2-0-7": 1}}


def test_shares_of_sizes_weigh_centers_by_their_citizens() -> None:
    """Only A1 has people: its group serves some, that of B2 nobody, and the province half."""
    held = week_of(week(), known_log())
    everybody, roster = in_teams(
        held.problem, {s.shift_id: 3 for s in held.problem.shifts if s.center_id == "A1"}
    )
    found = simulate(everybody, roster, runs=5)

    apart = by_group(found, {"A1": "small", "B2": "large"})
    together = by_group(found, {"A1": "small", "B2": "small"})

    assert apart["small"] > 0.5
    assert apart["large"] == 0
    assert together["small"] == pytest.approx(together["all"])
    assert set(apart) == {"all", "small", "large"}


def test_intervals_are_those_over_logs() -> None:
    """Of 1, 2 and 3 the mean is 2, its standard error 1 / sqrt(3), and t of 2 degrees 4.303."""
    found = over_logs([1.0, 2.0, 3.0])

    assert found.value == 2
    assert found.high - 2 == pytest.approx(4.302653 / 3**0.5)
    assert found.low == pytest.approx(4 - found.high)


def test_a_single_log_has_no_interval() -> None:
    """Its difference is told alone."""
    assert points(over_logs([0.005])) == "+0.50"


def test_the_table_has_differences_to_the_first_forecast() -> None:
    """Another serves 0.5 and 1.5 points more: 1 on average, at small centers too."""
    weeks = {1: {"own": one(0.8), "other": one(0.805)}, 2: {"own": one(0.7), "other": one(0.715)}}

    first, second = compared("Teams", weeks).rows

    assert first == ("own", "10", "75.00%", "", "", "", "", "")
    assert second[:3] == ("other", "10", "76.00%")
    # Half of the interval: 12.706 times 0.5.
    assert second[3] == second[4] == "+1.00 (-5.35 to +7.35)"
    assert second[5:] == ("", "", "")


def test_without_rosters_only_teams_have_a_table() -> None:
    """A run with no work for plans tells what forecasts are worth without a search."""
    weeks = {"own": one(0.8), "other": one(0.805)}

    assert "Rosters" not in tables({1: (weeks, None)})
    assert "Rosters log by log" in tables({1: (weeks, weeks)})
