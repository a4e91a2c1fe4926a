"""Limits that are a distance which somebody computed: both statements read its last digit."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import numpy as np
import pytest

from shiftplan import Roster, check
from shiftplan.case.arrays import Arrays
from shiftplan.files import read_problem
from shiftplan.model import Model
from shiftplan.rules.place import MaxDistance
from shiftplan.testing import mutated
from shiftplan.testing.agreement import compare
from shiftplan.testing.pictures import MONDAY, plan
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import Center
from shiftplan.week.where import distance

AN_GIANG = Path(__file__).parents[2] / "examples" / "data" / "an_giang"


@pytest.fixture(scope="module")
def province():
    """The bundled week with one person at home in each center, and a shift in each."""
    problem = read_problem(AN_GIANG)
    at = {s.center_id: s for s in problem.shifts}
    centers = tuple(c for c in problem.centers if c.center_id in at)
    people = tuple(
        person.model_copy(update={"home_center_id": center.center_id, "mobile": False})
        for person, center in zip(problem.volunteers, centers, strict=False)
    )
    shifts = tuple(at[c.center_id] for c in centers)
    return problem.model_copy(
        update={"centers": centers, "volunteers": people, "shifts": shifts, "availability": ()}
    )


@pytest.fixture(scope="module")
def apart(province):
    """Distances as `check` has them, shape (centers, centers)."""
    return np.array([[distance(a, b) for b in province.centers] for a in province.centers])


@pytest.mark.parametrize("step", range(1, 100, 21))
@pytest.mark.parametrize("less", [False, True])
def test_a_limit_that_is_the_distance_lets_the_person_in(province, apart, step, less):
    """Both statements allow a shift at the limit, and forbid it when the limit is a digit less."""
    home = np.arange(len(apart))
    there = (home + step) % len(apart)
    limit = apart[home, there]
    if less:
        limit = np.nextafter(limit, 0.0)
    people = tuple(
        v.model_copy(update={"max_distance_km": km})
        for v, km in zip(province.volunteers, limit.tolist(), strict=True)
    )

    forbidden = MaxDistance().forbid(Arrays(province.model_copy(update={"volunteers": people})))

    assert np.array_equal(forbidden, (apart > limit[:, None]) & ~np.eye(len(apart), dtype=bool))
    assert np.all(forbidden[home, there] == less)


@pytest.mark.parametrize("less", [False, True])
def test_where_the_equator_meets_the_first_meridian(less):
    """A center at latitude and longitude 0 has a place like any other, from there and to there."""
    centers = (
        Center(center_id="home", lat=0.0, lon=0.0),
        Center(center_id="far", lat=0.1, lon=0.2),
    )
    km = distance(*centers)
    limit = np.nextafter(km, 0.0) if less else km
    homes = {"ana": "home", "bob": "far"}
    each = {who: {"home_center_id": at, "max_distance_km": limit} for who, at in homes.items()}
    problem = plan("Mm", "ana bob", 1, each=each, centers=centers)

    forbidden = MaxDistance().forbid(Arrays(problem))

    assert forbidden.tolist() == [[False, less], [less, False]]


def test_people_without_a_home_are_at_no_center():
    """Who is mobile may have none; no distance keeps them, not even where there is one center."""
    each = {"ana": {"home_center_id": None, "mobile": True, "max_distance_km": 1}}
    problem = plan("M", "ana bob", 1, each=each, centers=(Center(center_id="home", lat=1, lon=1),))

    arrays = Arrays(problem)

    assert arrays.home.tolist() == [-1, 0]
    assert not MaxDistance().forbid(arrays).any()


@pytest.fixture
def prices(province, apart):
    """Limits of people, km -> the price of each person's shift at a center some steps on.

    Distances of numpy are a last digit too long.
    """
    home = np.arange(len(apart))

    def of(step, limit):
        people = tuple(
            v.model_copy(update={"max_distance_km": km})
            for v, km in zip(province.volunteers, limit.tolist(), strict=True)
        )
        arrays = Arrays(province.model_copy(update={"volunteers": people}))
        arrays.km = np.nextafter(arrays.km, np.inf)
        model, rule = Model(arrays, np.ones(apart.shape, bool), home), MaxDistance(level=2)
        rule.post(model)
        found = model.cost_of([rule]).matrix.tocoo()
        cost = np.zeros(len(model.pairs))
        cost[found.coords[1]] = found.data
        return cost.reshape(apart.shape)[home, (home + step) % len(apart)]

    return of


def _beyond(apart, step, limit):
    """Whole km from each person's limit to the center one step on, begun ones too."""
    home = np.arange(len(apart))
    km = apart[home, (home + step) % len(apart)]
    return [max(0, math.ceil(one - most)) for one, most in zip(km, limit, strict=True)]


@pytest.mark.parametrize("step", [1, 40])
def test_whole_kilometres_beyond_a_limit_have_the_price_of_both_statements(prices, apart, step):
    """Where a distance is a limit and whole kilometres, its last digit decides on one more."""
    home = np.arange(len(apart))
    limit = apart[home, (home + step) % len(apart)] - np.arange(len(apart)) % 5
    limit = np.maximum(limit, 0.0)

    expected = _beyond(apart, step, limit)

    assert prices(step, limit).tolist() == expected


def test_only_exact_distances_have_that_price(prices, apart):
    """Distances of numpy alone cost a kilometre more."""
    home = np.arange(len(apart))
    limit = np.maximum(apart[home, (home + 40) % len(apart)] - 3, 0.0)

    with mutated(MaxDistance, "post", "near + np.round(", "np.round("):
        found = prices(40, limit).tolist()

    assert found != _beyond(apart, 40, limit)


def test_a_pattern_may_be_longer_than_the_horizon_and_days_beside_it():
    """Other work counts on dates of the horizon only, whatever lies before its first."""
    class_ = {"volunteer_id": "ana", "start": f"{MONDAY}T12:00", "end": f"{MONDAY}T13:00"}
    rule = {"rule": "forbidden_pattern", "pattern": "5x any, work"}

    assert compare(plan("M", "ana", 1, rules=[rule], occupied=({**class_, "is_work": True},))) == 2


def test_a_pattern_that_must_follow_is_missed_on_the_day_that_differs():
    """After Monday two days off are due; the second of them, Wednesday, is worked."""
    rule = {"rule": "required_pattern", "pattern": "work", "followed_by": "off, off"}
    problem = plan("M", "ana", 4, rules=[rule])

    found = check(problem, Roster.of([("M0", "ana"), ("M2", "ana")])).broken

    assert [str(v.where) for v in found if v.rule.rule == "required_pattern"] == ["2026-12-09"]


@pytest.mark.parametrize(
    ("first", "moment", "day"),
    [
        (dt.date(2026, 10, 25), dt.datetime(2026, 10, 25, 23, 15), "sun"),
        (dt.date(2026, 3, 29), dt.datetime(2026, 3, 30, 0, 15), "mon"),
    ],
    ids=["25 hours", "23 hours"],
)
def test_a_shift_belongs_to_its_date_where_a_day_is_longer_or_shorter(first, moment, day):
    """A wish about it counts for a rule on that weekday only."""
    late = {"shift_id": "late", "center_id": "home", "start": moment}
    fields = {
        "shifts": ({**late, "end": moment + dt.timedelta(minutes=30)},),
        "start": first,
        "horizon": Horizon(start=first, days=2, zone="Europe/Berlin"),
        "preferences": ({"volunteer_id": "ana", "shift_id": "late", "state": "against"},),
    }
    costs = []
    for days in ((day,), tuple({"sun", "mon"} - {day})):
        rule = {"rule": "preferences", "weight": 7, "days": {"weekdays": days}}
        problem = plan("M", "ana", 2, rules=[rule, {"rule": "one_place"}], **fields)
        assert compare(problem) == 2
        costs.append(check(problem, Roster.of([("late", "ana")])).total)

    assert costs[0] > costs[1] == 0
