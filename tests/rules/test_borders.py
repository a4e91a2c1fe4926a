"""Limits that are a distance which somebody computed: both statements read its last digit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from shiftplan.case.arrays import Arrays
from shiftplan.files import read_problem
from shiftplan.rules.place import MaxDistance
from shiftplan.testing.pictures import plan
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
