"""The rule `show_up`: two ways to the same parts, what is exact, and how far off the rest is."""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations_with_replacement, pairwise
from pathlib import Path

import numpy as np
import pytest
import tiny

from shiftplan.rules.attendance import _part, chance_of_at_least
from shiftplan.scoring.check import check
from shiftplan.solving.building import build
from shiftplan.testing import alone, plan
from shiftplan.testing.agreement import truth
from shiftplan.week.roster import Roster

WEEK = Path(__file__).parents[2] / "examples" / "data" / "an_giang" / "volunteers.csv"
RATES = [*(i / 100 for i in range(101)), *np.random.default_rng(7).random(60).tolist(), 1e-9]
part = cache(_part)


def enough(rate: float, least: int, value: int) -> int:
    """The fewest people alike of whom so many come with the chance wanted, counted one by one."""
    count = least
    while chance_of_at_least([rate] * count, least) < value / 100 - 1e-9:
        count += 1
    return count


@pytest.mark.parametrize("value", [1, 37, 50, 75, 80, 90, 95, 99])
def test_both_statements_count_everybody_the_same(value):
    """The finite sum and the incomplete beta function give the same percents, ties included."""
    signs, least = "MANELOD", (1, 2, 3, 4, 5, 12, 150)
    people = [f"p{i}" for i in range(len(RATES))]
    problem = alone(
        {"rule": "show_up", "value": value},
        signs={0: signs},
        people=" ".join(people),
        days=1,
        each={p: {"show_rate": r} for p, r in zip(people, RATES, strict=True)},
        requirements=[
            {"shift_id": f"{s}0", "minimum": m, "target": m}
            for s, m in zip(signs, least, strict=True)
        ],
    )

    model = build(problem)
    rows = -model.program().matrix.toarray()[:, : len(model.pairs)]

    posted = np.zeros((len(people), len(signs)))
    posted[model.pairs.volunteer, model.pairs.shift] = rows.sum(axis=0)
    checked = np.array([[part(r, m, value) for m in least] for r in RATES])
    in_order = [f"{s}0" for s in signs]
    column = [in_order.index(s.shift_id) for s in problem.shifts]
    assert np.array_equal(posted, checked[:, column])


@pytest.mark.parametrize("value", [50, 80, 90, 95])
def test_people_alike_pass_when_they_are_enough(value):
    """Never with fewer people than needed; with as many, less than a percent each is missing."""
    for least in range(1, 7):
        for percent in range(30, 101):
            rate = percent / 100
            count = enough(rate, least, value)

            one = part(rate, least, value)

            assert (count - 1) * one < 100 * least < count * (one + 1)


def test_who_comes_more_surely_counts_more():
    """Parts rise with the rate, fall with the chance wanted, and are a whole person at most."""
    for least in (1, 2, 5):
        for value in (1, 50, 90, 99):
            parts = [part(i / 1000, least, value) for i in range(1001)]
            assert all(a <= b for a, b in pairwise(parts))
            assert (parts[0], parts[-1]) == (0, 100)
        for rate in (0.3, 0.8, 0.99):
            parts = [part(rate, least, value) for value in range(1, 100)]
            assert all(a >= b for a, b in pairwise(parts))


def test_one_is_wanted_from_any_team():
    """With minimum 1 a team passes when the chance is there, but for what is cut off."""
    for team in combinations_with_replacement([i / 20 for i in range(1, 20)], 3):
        missing = 100 - sum(part(rate, 1, 90) for rate in team)
        chance = chance_of_at_least(team, 1)

        if missing <= 0:
            assert chance >= 0.9 - 1e-9
        elif chance >= 0.9 - 1e-9:
            assert missing <= 2


# ---- how far off mixed teams are


def just_enough(teams: Iterable[tuple[float, ...]], least: int) -> Iterator[float]:
    """Chance beyond 90% of the teams that the rule lets pass, but not without anyone of them."""
    for team in teams:
        parts = [part(rate, least, 90) for rate in team]
        if 0 <= sum(parts) - 100 * least < min(parts):
            yield chance_of_at_least(team, least) - 0.9


def short(gains: list[float]) -> tuple[float, float]:
    """Largest and mean distance below 90%, in percent."""
    below = [max(0.0, -100 * gain) for gain in gains]
    return max(below), sum(below) / len(below)


@pytest.mark.parametrize(
    ("least", "largest", "mean"),
    [(1, 0, 0), (2, 1.4, 0.02), (3, 2.5, 0.03), (4, 2.9, 0.04), (5, 4.1, 0.12)],
)
def test_mixed_teams_of_a_grid(least, largest, mean):
    """All teams of up to 8 people with rates from 0.55 to 0.99 that are just enough."""
    grid = [i / 20 for i in range(11, 20)] + [0.99]
    sizes = range(least, 9)
    teams = (team for size in sizes for team in combinations_with_replacement(grid, size))

    found = short(list(just_enough(teams, least)))

    assert found[0] <= largest + 1e-6
    assert found[1] <= mean + 1e-6


@pytest.mark.parametrize(
    ("team", "least", "below"),
    [
        ((0.68, 0.68, 0.95), 2, 2.416),
        ((0.67, 0.67, 0.97, 0.97), 3, 3.544),
        ((0.66, 0.66, 0.98, 0.98, 0.98), 4, 4.251),
        ((0.65, 0.65, 0.98, 0.98, 0.98, 0.98), 5, 5.881),
    ],
)
def test_the_worst_teams(team, least, below):
    """Of teams of up to 8 people with whole percents from 55 to 99; see `docs/modelling.md`."""
    (gain,) = just_enough([team], least)

    assert -100 * gain == pytest.approx(below, abs=0.0005)


def fine_teams(least: int, team: tuple[float, ...] = (), missing: int = 0) -> Iterator[tuple]:
    """Teams of up to 8 people, rates in whole percents rising, that end once they count enough."""
    for percent in range(round(100 * team[-1]) if team else 55, 100):
        rate = percent / 100
        left = (missing if team else 100 * least) - part(rate, least, 90)
        if left <= 0:
            yield (*team, rate)
        elif len(team) < 7:
            yield from fine_teams(least, (*team, rate), left)


@pytest.mark.parametrize(
    ("least", "largest", "mean"),
    [(1, 0, 0), (2, 2.42, 0.004), pytest.param(3, 3.55, 0.013, marks=pytest.mark.slow)],
)
def test_mixed_teams_of_a_fine_grid(least, largest, mean):
    """No team with rates in whole percents is further off than the worst one; the averages hold."""
    found = short(list(just_enough(fine_teams(least), least)))

    assert largest - 0.01 <= found[0] <= largest + 1e-6
    assert found[1] <= mean + 1e-6


@pytest.fixture(scope="module")
def weekly() -> list[tuple[float, ...]]:
    """Random teams of one to eight people of the bundled week."""
    draw = random.Random(11)
    with WEEK.open(encoding="utf-8") as file:
        rates = [float(row["show_rate"]) for row in csv.DictReader(file)]
    return [tuple(draw.sample(rates, draw.randint(1, 8))) for _ in range(10_000)]


@pytest.mark.parametrize(("least", "largest"), [(1, 0), (2, 2.5), (3, 2.5), (4, 2.5), (5, 2.5)])
def test_teams_of_the_bundled_week(weekly, least, largest):
    """Teams of An Giang that are just enough: most have the chance, the others nearly so."""
    gains = list(just_enough(weekly, least))

    assert len(gains) > 500
    assert short(gains)[0] <= largest + 1e-6
    assert short(gains)[1] <= 0.05
    assert sum(gain < -1e-9 for gain in gains) <= 0.08 * len(gains)


@pytest.mark.parametrize(("least", "most"), [(1, 3), (2, 15), (3, 15), (4, 10), (5, 10)])
def test_teams_that_are_better_than_they_count(weekly, least, most):
    """Few teams have the chance that is wanted and pay all the same, and not for much."""
    paying = [
        (team, missing)
        for team in weekly
        if (missing := 100 * least - sum(part(rate, least, 90) for rate in team)) > 0
    ]

    needless = [m for team, m in paying if chance_of_at_least(team, least) >= 0.9]

    assert max(needless, default=0) <= most
    assert len(needless) <= 0.08 * len(paying)


# ---- messages, and what it takes


def message(rates: dict[str, float], least: int) -> str:
    problem = plan(
        people=" ".join(rates),
        days=1,
        each={name: {"show_rate": rate} for name, rate in rates.items()},
        requirements=[{"shift_id": "M0", "minimum": least, "target": 3}],
        rules=[{"rule": "show_up"}],
    )
    (found,) = check(problem, Roster.of(("M0", name) for name in rates)).priced
    return str(found.message)


def test_the_message_tells_the_exact_chance():
    """Cut off to whole percent, and with the reason where the chance alone gives none."""
    # 1 - 0.4 x 0.4 = 84%; 0.9499 x 0.9474 = 89.99%; 1 x 0.9 = 90%.
    assert message({"ana": 0.6, "bob": 0.6}, 1) == (
        "M0: 2 people planned; the chance of at least 1 is 84%, 90% wanted"
    )
    assert "at least 2 is 89%, 90% wanted" in message({"ana": 0.9499, "bob": 0.9474}, 2)
    assert message({"ana": 1.0, "bob": 0.9}, 2) == (
        "M0: 2 people planned; the chance of at least 2 is 90%, "
        "but by the simplified count of this rule they are 15% of a person short of 90%"
    )
    assert message({"ana": 1.0}, 2) == "M0: 1 person planned, at least 2 must come"


def test_checking_the_rule_needs_no_solver():
    """Neither does finding the chances load scipy."""
    need = {"shift_id": "M0", "minimum": 2, "target": 2}
    problem = plan(days=1, requirements=[need], rules=[{"rule": "show_up"}])
    code = (
        "import sys; from shiftplan import Problem, Roster, check;"
        "p = Problem.model_validate_json(sys.stdin.read());"
        "print(check(p, Roster()).total, 'scipy' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        input=problem.to_json(),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )

    assert done.stdout.split() == ["200", "False"]


def test_agreement_is_about_something():
    """Tiny problems hold rosters with many costs, and several of them rosters that cost nothing."""
    priced = [p for p in tiny.cases()["show_up"] if p.rules[0].level != "hard"]
    costs = [set(truth(p)[2].costs[:, -1].tolist()) for p in priced]

    assert all(len(found) >= 4 for found in costs)
    assert sum(0 in found for found in costs) >= 4
    assert len(set().union(*costs)) > 50
