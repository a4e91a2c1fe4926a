"""Weightings: what each multiplies, and what has no price."""

from __future__ import annotations

from fractions import Fraction

import pytest
from choices import ward
from hypothesis import given, settings
from hypothesis import strategies as st

from shiftplan import Requirement
from shiftplan.analysis.tradeoff import bound_of, tradeoff
from shiftplan.analysis.tradeoff.weighting import GRAIN, Aims, Weighting, choose
from shiftplan.testing.pictures import CENTERS, plan


@pytest.mark.parametrize(
    ("rule", "aim"),
    [
        ({"rule": "balance_far", "value": 3}, "rest"),
        ({"rule": "floor", "level": 1}, "rest"),
        ({"rule": "mentored", "level": 2}, "rest"),
        ({"rule": "shortage", "level": 2}, "rest"),
        ({"rule": "area_floor", "group": "other", "value": 9}, "service"),
    ],
)
def test_new_rules_have_their_aim(rule: dict[str, object], aim: str):
    """Rules that ask for people are service at the first level that has any; others the rest."""
    first = {"rule": "coverage", "level": 1}
    aims = Aims(plan("M", rules=(first, rule), skills=({"skill_id": "portal", "max_level": 3},)))

    level = next(r.level for r in aims.problem.rules if r.rule == rule["rule"])

    assert aims.aim_of[level] == aim


@pytest.mark.parametrize("rule", ["fairness", "leximin", "max_min", "balance_hours"])
def test_the_measure_of_evenness_takes_the_place_of_rules_that_share_the_work(rule: str):
    """At its own level, with the price of the week's rule fairness, or of its default."""
    own = {"rule": rule, "level": 2, "weight": 7}
    aims = Aims(ward(rules=[{"rule": "coverage", "level": 1}, own, {"rule": "one_place"}]))

    assert [r.rule for r in aims.problem.rules] == ["coverage", "one_place", "travel"]
    assert aims.aim_of[aims.evenness_level] == "evenness"
    rates = dict(zip(aims.aim_of.values(), aims.rates(aims.own), strict=True))
    per_square = Fraction(rates["evenness"], rates["service"])
    assert per_square == Fraction(7 if rule == "fairness" else 50, 10 * GRAIN)


def test_a_weighting_multiplies_rates_and_leaves_weights_alone():
    """A quarter of evenness, which costs 50 for a square: all rates are whole by one factor."""
    aims = Aims(ward())

    rates = aims.rates(Weighting(Fraction(1, 4), Fraction(16)))

    assert dict(zip(aims.aim_of.values(), rates, strict=True)) == {
        "service": 8000,
        "rest": 800,
        "evenness": 1,
        "travel": 12800,
    }


def test_rates_stay_within_what_a_problem_allows():
    """A rate near the limit times 64 is scaled down, and the smallest price stays one."""
    aims = Aims(ward(rates=[{"level": 1, "rate": 999_983}, {"level": 2, "rate": 900_001}]))

    rates = aims.rates(Weighting(Fraction(64), Fraction(1)))

    assert max(rates) == 1_000_000
    assert min(rates) >= 1


def test_eight_levels_without_rates_of_their_own_can_be_weighted():
    """The dearest has the rate 10,000,000, which no problem can state; order stays as it is."""
    kinds = "coverage shortage surplus wish min_shifts continuity full_day preferences"
    rules = [{"rule": kind, "level": n} for n, kind in enumerate(kinds.split(), 1)]

    aims = Aims(ward(rules=rules))
    rates = aims.rates(Weighting(Fraction(1), Fraction(0)))

    assert list(aims.aim_of.values()) == ["service", *["rest"] * 7, "evenness", "travel"]
    assert max(rates) == rates[0] == 1_000_000


def test_areas_are_an_aim_where_two_classes_want_seats():
    """Home and far, a remote place; with seats at home alone there is nothing to compare."""
    far = CENTERS[1].model_copy(update={"remote_area": True})
    both = [Requirement(shift_id=s, target=1) for s in ("M0", "m0")]
    wards = [
        ward(signs="Mm", centers=(CENTERS[0], far, *CENTERS[2:]), requirements=seats)
        for seats in (both, both[:1])
    ]

    here, nowhere = (Aims(problem) for problem in wards)

    assert here.areas == {"other": {"home", "hill", "twin"}, "remote": {"far"}}
    assert list(here.aim_of.values())[-1] == "areas"
    assert [w.kept for w in choose(here, 10) if w.areas] == ["seats"]
    assert nowhere.areas == {}
    assert not any(w.areas for w in choose(nowhere, 10))


def test_without_coordinates_nothing_is_said_of_travel():
    """No weighting prices it, and no km are told."""
    plain = ward(rules=[{"rule": "coverage", "level": 1}, {"rule": "fairness", "level": 2}])
    homeless = [v.model_copy(update={"home_center_id": None}) for v in plain.volunteers]
    problem = ward(volunteers=homeless, rules=plain.rules)

    found = tradeoff(problem, points=3, time_limit=None, workers=1)

    assert all(w.travel == 0 for w in choose(Aims(problem), 10))
    assert {p.figures.km for p in found.points} == {None}


@pytest.mark.parametrize("count", range(2, 11))
def test_weightings_are_different_and_as_many_as_asked(count):
    """Beside the week itself; the one without prices on evenness and travel comes first."""
    found = choose(Aims(ward()), count)

    assert len(set(found)) == len(found) == count - 1
    assert found[0] == Weighting(Fraction(0), Fraction(0))


@settings(deadline=None)
@given(st.data())
def test_bounds_that_follow_hold(data):
    """Against the true least costs of made-up cost vectors, whatever is proven of others."""
    levels = data.draw(st.integers(1, 3))
    rates = st.tuples(*[st.integers(0, 20)] * levels)
    vectors = data.draw(st.lists(st.tuples(*[st.integers(0, 50)] * levels), min_size=1))

    def least(rates):
        return min(sum(r * c for r, c in zip(rates, v, strict=True)) for v in vectors)

    slack = st.integers(0, 5)
    known = [(r, least(r) - data.draw(slack)) for r in data.draw(st.lists(rates, max_size=5))]
    wanted = data.draw(rates)

    bound = bound_of(wanted, known)

    assert bound <= least(wanted)
    for other, proven in known:
        if all(a <= b for a, b in zip(other, wanted, strict=True)):
            assert bound >= proven  # prices only rise


def test_a_bound_between_two_is_what_lies_between_theirs():
    """Half way between rates (2, 0) and (0, 2) with bounds 10 and 21: 15.5, rounded up."""
    assert bound_of((1, 1), [((2, 0), 10), ((0, 2), 21)]) == 16
    assert bound_of((3, 5), [((3, 5), 7), ((1, 1), 2)]) == 7
    assert bound_of((0, 5), [((1, 1), 9)]) == 0
