"""Prices are rounded half up in binary floating point, in the order that the pages write."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

import shiftplan
from shiftplan.problem import Problem
from shiftplan.rules import RULES
from shiftplan.rules.base import rnd
from shiftplan.solving.building import build
from shiftplan.testing.pictures import plan
from shiftplan.week.roster import Roster


def seat_price(weight: int, priority: float, minimum: int, target: int, seat: int) -> int:
    """The formula of the rule coverage, from left to right as docs/rules.md has it."""
    x = float(weight) * priority * (4 if seat <= minimum else 1) * (1 + (target - seat) / target)
    return math.floor(x + 0.5)


def office(weight: int, priority: float, needs: list[tuple[int, int]]) -> Problem:
    """A shift for each (minimum, target), one a day."""
    center = {"center_id": "home", "priority": priority}
    seats = tuple(
        {"shift_id": f"M{i}", "minimum": least, "target": target}
        for i, (least, target) in enumerate(needs)
    )
    rule = {"rule": "coverage", "weight": weight}
    return plan("M", "ana bob", len(needs), centers=(center,), requirements=seats, rules=(rule,))


def test_the_documented_example_costs_97():
    """117 x 0.5 x 1 x (1 + 2 / 3) is 97.5 on paper, and a little less in binary."""
    week = office(117, 0.5, [(0, 3)])

    assert seat_price(117, 0.5, 0, 3, 1) == 97
    # Empty: 97 for the first seat, 117 x 0.5 x 4 / 3 = 78 and 58.5, rounded up, for the others.
    assert shiftplan.check(week, Roster()).total == 97 + 78 + 59
    assert shiftplan.solve(week).total.cost == 59  # of three seats two are filled
    example = RULES["coverage"].example
    assert "117 x 0.5 x 1 x (1 + 2 / 3)" in example
    assert "97" in example


@pytest.mark.parametrize("seed", range(40))
def test_check_model_and_formula_round_alike(seed):
    """Over random weights, priorities, minimums and targets, seat by seat."""
    chance = random.Random(seed)
    weight = chance.choice([chance.randint(1, 300), chance.randint(1, 1_000_000)])
    priority = chance.choice([0.5, 0.75, 1.5, 0.1, chance.randint(1, 4000) / 100, chance.random()])
    needs = []
    for _ in range(12):
        target = chance.randint(1, 24)
        needs.append((chance.randint(0, target), target))
    week = office(weight, priority, needs)
    expected = [
        [seat_price(weight, priority, least, target, seat) for seat in range(target, 0, -1)]
        for least, target in needs
    ]

    program = build(week).program()
    found = shiftplan.check(week, Roster())
    one_there = shiftplan.check(week, Roster.of([(f"M{i}", "ana") for i in range(len(needs))]))

    seats = program.upper[program.num_pairs :].astype(int)  # those of one price together
    costs = np.repeat(program.cost[program.num_pairs :], seats).tolist()
    assert costs == [price for prices in expected for price in prices]
    assert [v.cost for v in found.priced] == [sum(prices) for prices in expected]
    assert one_there.total == sum(sum(prices[:-1]) for prices in expected)


def test_half_is_rounded_up():
    """floor(x + 1/2): what is exactly one half in binary goes up, below zero too."""
    assert [rnd(x) for x in (0.5, 1.5, 2.5, -0.5, 0.49)] == [1, 2, 3, 0, 0]
