"""Models of problems near one another: made of one another, they say what new ones say."""

from __future__ import annotations

import pickle
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from strategies import problems

from shiftplan import Pin, Problem, Roster, check
from shiftplan.engines.highs import settled
from shiftplan.model import Model
from shiftplan.rules import Coverage, Rule, Stability, Wish
from shiftplan.solving.building import build, build_again
from shiftplan.testing.agreement import all_choices, all_pairs, roster_of
from shiftplan.testing.pictures import plan
from shiftplan.week.history import Published
from shiftplan.week.rates import Rate


@st.composite
def edits(draw: st.DrawFn, problem: Problem) -> Problem:
    """The problem with other pins, another published roster, and changes priced or forbidden."""
    pairs = [(v.volunteer_id, s.shift_id) for v in problem.volunteers for s in problem.shifts]
    some = st.lists(st.sampled_from(pairs), unique=True, max_size=4) if pairs else st.just([])
    states = st.sampled_from(["must", "must_not", "must_not"])
    pins = tuple(Pin(volunteer_id=v, shift_id=s, state=draw(states)) for v, s in draw(some))
    told = st.booleans()
    published = tuple(Published(volunteer_id=v, shift_id=s, told=draw(told)) for v, s in draw(some))
    rules, rates = problem.rules, problem.rates
    if draw(st.booleans()):
        rules = (*rules, Stability(level=draw(st.sampled_from(["hard", 1, 2, 3]))))
        rates = (Rate(level=1, rate=draw(st.integers(0, 50))),)
    tables = {"pins": pins, "published": published, "rules": rules, "rates": rates}
    return problem.fitting(**tables)


def costs_of(model: Model, roster: Roster) -> dict[int, int] | None:
    """Costs of a roster by level; None where it breaks a hard rule."""
    program, works = model.program(), model.pairs.of(roster)
    begun = np.zeros(program.num_columns)
    begun[works] = 1.0
    values = settled(program, begun)
    if len(works) < len(roster) or values is None or np.any(values > program.upper):
        return None
    return program.costs(values)


@costly(0.25)
@given(problems(max_volunteers=3, max_shifts=2), st.data())
def test_every_roster_costs_what_check_says(problem: Problem, data) -> None:
    """Of each of several edits, made of the model of the problem; also which break hard rules."""
    problem.compute()
    build_again(problem)
    for _ in range(2):
        edited = data.draw(edits(problem))
        model, pairs = build_again(edited), all_pairs(edited)
        assert edited.shared is problem.shared
        for chosen in all_choices(len(pairs))[:: max(1, 2 ** len(pairs) // 32)]:
            roster = roster_of(edited, pairs, chosen)
            score = check(edited, roster)
            assert costs_of(model, roster) == (score.levels if score.is_feasible else None)


@costly(0.25)
@given(problems(), st.data())
def test_what_is_closed_is_what_a_new_model_lacks(problem: Problem, data) -> None:
    """Pairs that are possible, and rules and rates, are those of a model built anew."""
    problem.compute()
    build_again(problem)
    edited = data.draw(edits(problem))

    again, anew = build_again(edited), build(edited)

    is_open = again.program().upper[: len(again.pairs)] > 0
    own = (again.pairs.volunteer[is_open], again.pairs.shift[is_open])
    assert np.array_equal(own, (anew.pairs.volunteer, anew.pairs.shift))
    assert again.rules == anew.rules
    assert [*again.program().level_cost] == [*anew.program().level_cost]


def small() -> Problem:
    problem = plan("M", "ana bob", 2, rules=({"rule": "coverage"},))
    problem.compute()
    return problem


def pinned(problem: Problem, *who: str) -> Problem:
    pins = tuple(Pin(volunteer_id=v, shift_id="M0", state="must_not") for v in who)
    return problem.fitting(pins=pins)


@pytest.fixture
def counted(monkeypatch) -> list[Model]:
    """The models into which `coverage` is posted."""
    posts: list[Model] = []
    post = Coverage.post

    def noted(self: Coverage, model: Model) -> None:
        posts.append(model)
        post(self, model)

    monkeypatch.setattr(Coverage, "post", noted)
    return posts


def test_what_lasts_is_posted_once(counted) -> None:
    """Whatever is pinned, and in whatever order problems near one another are asked for."""
    problem = small()

    for week in (pinned(problem, "ana"), problem, pinned(problem, "bob"), pinned(problem)):
        build_again(week)

    assert len(counted) == 1


def test_another_weight_makes_another_model() -> None:
    """A week with other rules costs what they say, and so does what is near to it."""
    problem = small()
    build_again(problem)
    dearer = problem.fitting(rules=(Wish(level=1, weight=100),))

    costs = [build_again(week).program().cost for week in (dearer, pinned(dearer, "ana"), problem)]

    # An hour that is offered costs a fifth of one that is undesired.
    assert [{*cost.tolist()} for cost in costs] == [{20.0}, {20.0}, {0.0}]


def test_other_tables_have_a_model_of_their_own() -> None:
    """A week in which one person offers nothing shares nothing."""
    problem = small()
    build_again(problem)
    windows = tuple(w for w in problem.availability if w.volunteer_id == "ana")

    fewer = problem.fitting(availability=windows)

    assert not fewer.shared
    assert {*build_again(fewer).pairs.volunteer.tolist()} == {0}


def test_what_is_posted_near_leaves_the_model_as_it_was() -> None:
    """Pins of one edit are nothing to the next."""
    problem = small()
    before = build_again(problem).program()
    must = Pin(volunteer_id="ana", shift_id="M0", state="must")

    build_again(problem.fitting(pins=(must,)))
    build_again(pinned(problem, "ana", "bob"))

    after = build_again(problem).program()
    assert np.array_equal(after.upper, before.upper)
    assert np.array_equal(after.row_upper, before.row_upper)
    assert np.array_equal(after.cost, before.cost)


class PinsCount(Rule):
    """As many shifts are worked as there are pins, or fewer."""

    rule: Literal["pins_count"] = "pins_count"

    def post(self, model: Model) -> None:
        key = np.zeros(len(model.pairs), dtype=np.int64)
        model.at_most(self, model.sum_pairs(key, 1), len(model.arrays.week.pins))


def test_rules_of_others_may_read_pins() -> None:
    """They are posted for each edit, with the pins that it has."""
    problem = small().fitting(rules=(Coverage(), PinsCount()))
    build_again(problem)

    uppers = [build_again(pinned(problem, *who)).program().row_upper for who in ((), ("ana",))]

    assert [upper[-1] for upper in uppers] == [0, 1]


def test_another_process_gets_no_model() -> None:
    """A pickle of a problem that was asked about has nothing of the model."""
    problem = small()
    build_again(problem)
    assert problem.shared

    text = pickle.dumps(problem)

    assert b"shiftplan.model" not in text
    assert not pickle.loads(text).shared
