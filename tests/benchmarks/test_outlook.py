"""The first week of a look-ahead is chosen for several futures at once."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import numpy as np
import pytest
from nurses import BEFORE, CALM, MONTH, NIGHTS, week

from benchmarks import policies
from benchmarks.fork import TWO_WEEKS, WEEK, Fork
from benchmarks.inrc2 import DAYS
from benchmarks.inrc2_stages import in_stages
from benchmarks.outlook import Needs, Outlook, _Search
from benchmarks.policies import SAMPLED, over_futures, planner
from benchmarks.stage import Stage
from shiftplan import check, solve
from shiftplan.engines.task import Array, Deadline
from shiftplan.rules.given import Pins
from shiftplan.week.roster import Roster
from shiftplan.week.wishes import Pin

BUSY = week({("Early", "Nurse"): (0, 1), ("Night", "Nurse"): (1, 2)}, [])
BOTH = {
    **MONTH,
    "nurses": [*MONTH["nurses"], {"id": "cy", "contract": "Part", "skills": ["Nurse"]}],
}
"""Three nurses for three weeks."""
HISTORIES = (*BEFORE, BEFORE[1].model_copy(update={"volunteer_id": "cy"}))


@pytest.fixture(scope="module")
def outlook() -> Outlook:
    """Three weeks of three nurses."""
    stage = Stage(BOTH, HISTORIES, (BUSY,))
    return Outlook(stage.followed_by([BUSY, BUSY]), 0, Deadline(60.0))


def prices(outlook: Outlook, person: int, seed: int) -> tuple[Array, Array, Array]:
    """Random prices of a person's pairs: in the first week, the second, and after it."""
    course = outlook.crew.courses[person]
    drawn = np.random.default_rng(seed).integers(-60, 20, size=len(course.pairs)).astype(float)
    first = course.pair_day < WEEK
    after = course.pair_day >= TWO_WEEKS
    return (
        np.where(first, drawn, 0.0),
        np.where(first | after, 0.0, drawn),
        np.where(after, drawn, 0.0),
    )


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("futures", [1, 3])
def test_equal_futures_are_one_graph(outlook: Outlook, seed: int, futures: int) -> None:
    """The cheapest choice then costs what the cheapest schedule of all weeks does."""
    for person, course in enumerate(outlook.crew.courses):
        first, second, after = prices(outlook, person, seed)
        graph = outlook.forks[person].graph

        found = Fork(graph, course, after).cheapest(first, np.tile(second / futures, (futures, 1)))

        assert found.price == pytest.approx(graph.cheapest(first + second + after).price)


@pytest.mark.parametrize("seed", range(5))
def test_one_first_week_serves_all_futures(outlook: Outlook, seed: int) -> None:
    """A choice costs what its pairs cost, and no less than the best for each future alone."""
    for person, course in enumerate(outlook.crew.courses):
        first, second, after = prices(outlook, person, seed)
        fork = Fork(outlook.forks[person].graph, course, after)
        futures = [second, prices(outlook, person, seed + 100)[1]]

        found = fork.cheapest(first, np.stack(futures) / 2)
        alone = [fork.cheapest(first, prices[None]) for prices in futures]

        added = first[found.first].sum()
        added += sum(p[late].sum() / 2 for p, late in zip(futures, found.later, strict=True))
        assert found.price == pytest.approx(found.cost + added)
        assert found.price >= (alone[0].price + alone[1].price) / 2 - 1e-6


def test_the_week_chosen_leads_to_the_best_of_both_weeks() -> None:
    """Where the next week is known, the two together cost the least that they can."""
    problem = Stage(BOTH, HISTORIES, (BUSY,)).followed_by([BUSY])

    roster = Outlook(problem, 0, Deadline(60.0)).first_week([Needs.of(problem)], Deadline(60.0))

    chosen = {(a.shift_id, a.volunteer_id) for a in roster.assignments}
    pins = tuple(
        Pin(
            volunteer_id=who.volunteer_id,
            shift_id=shift.shift_id,
            state="must" if (shift.shift_id, who.volunteer_id) in chosen else "must_not",
        )
        for who in problem.volunteers
        for shift in problem.shifts
        if problem.horizon.day(shift.start) < WEEK
    )
    pinned = problem.model_copy(update={"pins": pins, "rules": (*problem.rules, Pins())})
    best = solve(problem, workers=1, time_limit=60)
    assert solve(pinned, workers=1, time_limit=60).total.cost == best.total.cost


def test_a_mixed_choice_is_made_whole_at_little_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Works held step by step end in a week that holds, near what the mixture costs."""
    more = [{"id": name, "contract": "Part", "skills": ["Head", "Nurse"]} for name in ("cy", "di")]
    before = (*HISTORIES, BEFORE[1].model_copy(update={"volunteer_id": "di"}))
    stage = Stage({**MONTH, "nurses": [*MONTH["nurses"], *more]}, before, (BUSY,))
    values: list[float] = []
    steps: list[Array] = []
    descend, hold = _Search.descend, _Search._hold

    def watched(search: _Search, deadline: Deadline) -> Array:
        values.append(search.master.value)
        whole = descend(search, deadline)
        values.append(search.master.value)
        return whole

    def counted(search: _Search, held: Array) -> None:
        steps.append(held)
        hold(search, held)

    monkeypatch.setattr(_Search, "descend", watched)
    monkeypatch.setattr(_Search, "_hold", counted)
    roster = over_futures(stage, random.Random(0), 60.0, 0)

    assert roster is not None
    mixed, whole = values
    assert steps
    assert mixed - 1e-6 < whole < mixed + 30  # one person missing from a target costs 30


def test_wishes_of_a_future_change_the_choice(outlook: Outlook) -> None:
    """Nobody can know the wishes after the second week, and those of the second have a price."""
    wished = week({("Early", "Nurse"): (0, 1)}, [(n, "Any", d) for n in ("ana",) for d in DAYS])
    problem = Stage(BOTH, HISTORIES, (BUSY,)).followed_by([wished, wished])

    price = outlook._wished(Needs.of(problem).wishes)

    course = outlook.crew.courses[0]
    day = course.pair_day
    assert np.all(price[course.pairs] == np.where((day >= WEEK) & (day < TWO_WEEKS), 10.0, 0.0))
    assert price.sum() == price[course.pairs].sum()


def test_weeks_drawn_have_the_needs_shown_in_another_order() -> None:
    """After one week, working days need what its working days did, and weekends likewise."""
    shown = week({("Early", "Nurse"): (0, 1), ("Night", "Nurse"): (0, 2)}, [("bo", "Night", "Tue")])
    for number, row in enumerate(shown["requirements"]):
        for day, name in enumerate(DAYS):
            row[f"requirementOn{name}"] = {"minimum": number, "optimal": day + 1}
    stage = Stage(MONTH, BEFORE, (shown,))

    found = [stage.drawn(random.Random(seed)) for seed in range(10)]

    orders = set()
    for drawn in found:
        for number, row in enumerate(drawn["requirements"]):
            asked = [row[f"requirementOn{name}"] for name in DAYS]
            assert Counter(need["optimal"] for need in asked[:5]) == Counter(range(1, 6))
            assert {need["optimal"] for need in asked[5:]} == {6, 7}
            assert {need["minimum"] for need in asked} == {number}
            orders.add(tuple(need["optimal"] for need in asked))
        assert [wish["shiftType"] for wish in drawn["shiftOffRequests"]] == ["Night"]
    assert len(orders) > 10


def plan_month() -> Any:
    """The month of three nurses, week by week over several futures."""
    plan = planner(SAMPLED, 60.0, workers=1, seed=0)
    return in_stages(BOTH, HISTORIES, [BUSY, NIGHTS, CALM], plan)


def test_weeks_over_several_futures_meet_all_minima() -> None:
    """Each week holds by itself, the last one by an ordinary search."""
    cells = plan_month()

    night = [sum(row[day] == "Night:Nurse" for row in cells.values()) for day in range(21)]
    assert all(night[:14])


def test_an_ordinary_search_plans_where_whole_schedules_do_not_help(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Then the policy is the look-ahead."""
    planned = []
    monkeypatch.setattr(policies, "over_futures", lambda *_: planned.append(_) or None)

    plan_month()

    assert [len(stage.shown) for stage, *_ in planned] == [1, 2]


def test_a_roster_below_a_minimum_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """One night without anybody, and the week is planned anew."""
    stage = Stage(BOTH, HISTORIES, (BUSY,))
    good = over_futures(stage, random.Random(0), 60.0, 0)
    assert good is not None
    assert check(stage.alone(), good).is_feasible
    without = Roster.of(a for a in good.assignments if not a.shift_id.startswith("3-Night"))
    monkeypatch.setattr(Outlook, "first_week", lambda *_: without)

    assert over_futures(stage, random.Random(0), 60.0, 0) is None


def test_needs_of_one_person_are_left_to_an_ordinary_search() -> None:
    """Of ana's head shifts the graphs would know no other future."""
    heads = week({("Early", "Head"): (0, 1)}, [])

    assert not Outlook(
        Stage(BOTH, HISTORIES, (heads,)).followed_by([heads]), 0, Deadline(60.0)
    ).usable
    assert over_futures(Stage(BOTH, HISTORIES, (heads,)), random.Random(0), 60.0, 0) is None
