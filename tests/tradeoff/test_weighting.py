"""Weightings: what each multiplies, and what has no price."""

from __future__ import annotations

from fractions import Fraction

import pytest
from choices import feasible_rosters, ward
from pictures import plan

import shiftplan
from shiftplan.tradeoff import tradeoff
from shiftplan.tradeoff.weighting import Aims, Weighting, choose


@pytest.mark.parametrize(
    ("rule", "aim"),
    [
        ({"rule": "leximin"}, "evenness"),
        ({"rule": "balance_far", "value": 3}, "evenness"),
        ({"rule": "floor", "level": 1}, "evenness"),
        ({"rule": "mentored", "level": 2}, "rest"),
        ({"rule": "area_floor", "group": "other", "value": 9}, "service"),
    ],
)
def test_new_rules_have_their_aim(rule: dict[str, object], aim: str):
    """Rules that share work are evenness at any level; others belong to their level."""
    first = {"rule": "coverage", "level": 1}
    aims = Aims(plan("M", rules=(first, rule), skills=({"skill_id": "portal", "max_level": 3},)))

    level = next(r.level for r in aims.problem.rules if r.rule == rule["rule"])

    assert aims.aim_of[level] == aim


def test_the_weeks_own_weighting_is_its_own_total():
    """Rates stay as they are: each roster costs what it costs in the week."""
    problem = ward()
    aims = Aims(problem)
    own = aims.reweighted(aims.rates(aims.own))

    totals = [
        (shiftplan.check(p, r).total for p in (problem, own)) for r in feasible_rosters(problem)
    ]

    assert all(a == b for a, b in totals)
    assert list(aims.aim_of.values()) == ["service", "evenness", "rest", "travel"]


def test_a_weighting_multiplies_rates_and_leaves_weights_alone():
    """A quarter of evenness: all rates are made whole by a common factor."""
    aims = Aims(ward())

    rates = aims.rates(Weighting(Fraction(1, 4), Fraction(16)))

    assert dict(zip(aims.aim_of.values(), rates, strict=True)) == {
        "service": 40,
        "evenness": 1,
        "rest": 4,
        "travel": 64,
    }


def test_what_has_no_price_is_left_out():
    """Service only: the problem has no rule on evenness and travel, but the rest."""
    aims = Aims(ward())

    problem = aims.reweighted(aims.rates(Weighting(Fraction(0), Fraction(0))))

    assert [r.rule for r in problem.rules] == ["coverage", "wish", "one_place"]


def test_rates_stay_within_what_a_problem_allows():
    """A rate near the limit times 64 is scaled down, and the smallest price stays one."""
    aims = Aims(ward(rates=[{"level": 1, "rate": 999_983}, {"level": 2, "rate": 900_001}]))

    rates = aims.rates(Weighting(Fraction(64), Fraction(1)))

    assert max(rates) == 1_000_000
    assert min(rates) >= 1
    assert aims.reweighted(rates).order == "total"


def test_eight_levels_without_rates_of_their_own_can_be_weighted():
    """The dearest has the rate 10,000,000, which no problem can state; order stays as it is."""
    kinds = "coverage shortage surplus wish min_shifts continuity full_day preferences"
    rules = [{"rule": kind, "level": n} for n, kind in enumerate(kinds.split(), 1)]

    aims = Aims(ward(rules=rules))
    rates = aims.rates(Weighting(Fraction(1), Fraction(0)))

    assert list(rates[:7]) == [10**n for n in range(6, -1, -1)]
    assert aims.reweighted(rates).levels[0] == 1


def test_a_week_without_evenness_gets_the_rule_fairness():
    """Its own weighting leaves the rule without a price; others price it."""
    aims = Aims(ward(rules=[{"rule": "coverage", "level": 1}, {"rule": "one_place"}]))
    weightings = choose(aims, 10)

    assert aims.own == Weighting(Fraction(0), Fraction(0))
    assert [r.rule for r in aims.reweighted(aims.rates(aims.own)).rules] == [
        "coverage",
        "one_place",
    ]
    assert "fairness" in [r.rule for r in aims.reweighted(aims.rates(weightings[1])).rules]


def test_without_coordinates_nothing_is_said_of_travel():
    """No weighting prices it, and no km are told."""
    plain = ward(rules=[{"rule": "coverage", "level": 1}, {"rule": "fairness", "level": 2}])
    homeless = [v.model_copy(update={"home_center_id": None}) for v in plain.volunteers]
    problem = ward(volunteers=homeless, rules=plain.rules)

    found = tradeoff(problem, points=3, time_limit=None, workers=1)

    assert all(w.travel == 0 for w in choose(Aims(problem), 10))
    assert [p.figures.km for p in found.points] == [None] * 3


@pytest.mark.parametrize("count", range(2, 11))
def test_weightings_are_different_and_begin_with_the_week(count):
    """So many as asked for, or as there are."""
    aims = Aims(ward())

    found = choose(aims, count)

    assert len(set(found)) == len(found) == min(count, 9)
    assert found[0] == aims.own
