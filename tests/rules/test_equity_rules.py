"""What makes a rule about centers fair: moving, renaming and filling seats.

Each case is a few centers with one shift each; only the rule under test is on.
"""

from __future__ import annotations

import datetime as dt
import math
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shiftplan.problem import Problem
from shiftplan.rules import AreaFloor
from shiftplan.scoring.check import check
from shiftplan.testing.pictures import MONDAY
from shiftplan.week.horizon import Horizon
from shiftplan.week.roster import Roster


class Place(NamedTuple):
    """A center: seats wanted, people there, and whether minorities live in its area."""

    wanted: int
    there: int
    minority: bool


def cost(places: list[Place], rule: dict, names: str = "abcdef") -> int:
    """What the rule costs; more people than seats may be somewhere."""
    start = dt.datetime.combine(MONDAY, dt.time(7))
    most = max(p.there for p in places)
    own = list(zip(names, places, strict=False))
    problem = Problem.model_validate(
        {
            "horizon": Horizon(start=MONDAY, days=1),
            "centers": [{"center_id": n, "minority_area": p.minority} for n, p in own],
            "volunteers": [{"volunteer_id": f"v{i}"} for i in range(most)],
            "availability": [],
            "shifts": [
                {
                    "shift_id": n,
                    "center_id": n,
                    "start": start,
                    "end": start + dt.timedelta(hours=4),
                }
                for n, _ in own
            ],
            "requirements": [{"shift_id": n, "target": p.wanted} for n, p in own],
            "rules": [{"weight": 100, **rule}],
        }
    )
    roster = Roster.of((n, f"v{i}") for n, p in own for i in range(p.there))
    return check(problem, roster).total


places = st.builds(Place, st.integers(0, 30), st.integers(0, 33), st.booleans())
towns = st.lists(places, min_size=2, max_size=6)
worst = st.fixed_dictionaries(
    {
        "rule": st.just("worst_center_first"),
        "value": st.integers(2, 12),
        "weight": st.integers(0, 500),
    }
)
floors = st.fixed_dictionaries(
    {"rule": st.just("area_floor"), "value": st.integers(0, 100), "group": st.just("minority")}
)
UP_TO_THE_REST = {"rule": "area_floor", "group": "minority"}


def moved(places: list[Place], source: int, target: int) -> list[Place]:
    """One person moves from a place to another."""
    step = {source: -1, target: 1}
    return [p._replace(there=p.there + step.get(i, 0)) for i, p in enumerate(places)]


@given(towns, worst, st.integers(1, 30), st.data())
def test_a_filled_seat_may_go_to_a_worse_center(town, rule, wanted, data):
    """Transfer principle: from a better filled center to a worse one of its size costs no more."""
    filled = data.draw(st.integers(1, wanted))
    worse = data.draw(st.integers(0, filled - 1))
    town = [Place(wanted, filled, False), Place(wanted, worse, True), *town]

    assert cost(moved(town, 0, 1), rule) <= cost(town, rule)


def test_the_transfer_pays_where_costs_are_not_rounded_away():
    """Weight 1000, value 2, ten seats: 900 and 100 for 3 and 1 of 10 empty, 2 x 400 for 2 and 2."""
    rule = {"rule": "worst_center_first", "value": 2, "weight": 1000}
    town = [Place(10, 9, False), Place(10, 7, False)]

    assert cost(town, rule) == 900 + 100
    assert cost(moved(town, 0, 1), rule) == 400 + 400


@given(st.permutations(range(6)), towns, worst | floors | st.just(UP_TO_THE_REST))
def test_names_and_order_do_not_count(order, town, rule):
    """Anonymity: other names and another order of the centers change nothing."""
    mixed = [town[i] for i in order if i < len(town)]

    assert cost(mixed, rule) == cost(town, rule)
    assert cost(town, rule, names="zyxwvu") == cost(town, rule)


@given(towns, worst | floors, st.integers(0, 5))
def test_a_filled_seat_never_costs(town, rule, number):
    """Monotonicity: one more person anywhere costs no more."""
    number %= len(town)
    fuller = [p._replace(there=p.there + (i == number)) for i, p in enumerate(town)]

    assert cost(fuller, rule) <= cost(town, rule)


@given(
    towns,
    floors | st.just(UP_TO_THE_REST),
    st.sampled_from([(False, False), (True, True), (False, True)]),
    st.integers(1, 4),
    st.integers(0, 3),
)
def test_a_seat_may_go_to_the_areas(town, rule, areas, filled, there):
    """Between two centers of the areas, or of the rest, it changes nothing; into the areas it
    never costs more, and neither does a person who comes to the areas."""
    source, target = areas
    town = [Place(4, filled, source), Place(4, there, target), *town]

    before, after = cost(town, rule), cost(moved(town, 0, 1), rule)

    assert after == before if source == target else after <= before


@pytest.mark.parametrize("size", range(1, 9))
def test_between_the_areas_and_a_rest_of_their_size(size):
    """Transfer principle without a value: never costs more, unless the two just change places."""
    for filled in range(size + 1):
        for there in range(filled - 1):
            for town in ([Place(size, filled, True), Place(size, there, False)],
                         [Place(size, filled, False), Place(size, there, True)]):  # fmt: skip
                assert cost(moved(town, 0, 1), UP_TO_THE_REST) <= cost(town, UP_TO_THE_REST)


def test_seats_filled_elsewhere_make_more_due():
    """Without a value the rule is about equality: 1 of 4 here and 2 of 4 there, then 3 of 4."""
    town = [Place(4, 1, True), Place(4, 2, False)]

    assert cost(town, UP_TO_THE_REST) == 100
    assert cost([town[0], Place(4, 3, False)], UP_TO_THE_REST) == 200


@pytest.mark.parametrize(
    ("written", "share"), [(0, 0), (0.9, 0.9), (90, 0.9), (1, 1), (1.5, 0.015), (100, 1)]
)
def test_a_share_may_be_written_in_percent(written, share):
    """Above 1 it is percent; 1 is all, as a share is."""
    assert AreaFloor(group="minority", min_share=written).min_share == share


@pytest.mark.parametrize("written", [-0.1, 100.5, "much", float("nan")])
def test_what_is_no_share_is_refused(written):
    """Below nothing, more than all, words."""
    with pytest.raises(ValidationError):
        AreaFloor(group="minority", min_share=written)


def test_shares_are_those_of_whole_numbers():
    """0.07 of 100 seats are 7, though 0.07 x 100 is a little more in floating point."""
    town = [Place(100, there, True) for there in (6, 7)]
    rule = {"rule": "area_floor", "group": "minority", "value": 0.07, "weight": 1}

    assert [cost([place], rule) for place in town] == [1, 0]


def test_costs_are_whole_numbers_of_any_size():
    """Thirty empty seats to the power 12 are more than a float tells apart."""
    power, seats, weight = 12, 30, 7
    half = Fraction(1, 2)
    exact = [
        math.floor(Fraction(weight * (n**power - (n - 1) ** power), seats ** (power - 1)) + half)
        for n in range(1, seats + 1)
    ]

    rule = {"rule": "worst_center_first", "value": power, "weight": weight}
    found = cost([Place(seats, 0, False)], rule)

    assert type(found) is int
    assert found == sum(exact)
