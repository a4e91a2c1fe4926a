"""The search for a conflict: what it refuses, and what ends it."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import numpy as np
import pytest
from conflicts import must
from scipy import sparse
from towns import town

from shiftplan import InputError, ModelError, solve
from shiftplan.engines.cpsat import is_infeasible
from shiftplan.engines.task import Deadline, Limits, Outcome
from shiftplan.model import Program
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.solving.conflict import elastic, find_conflict, ways_out
from shiftplan.solving.conflict.holding import Holding, OutOfTimeError
from shiftplan.solving.conflict.search import Contradiction, Search
from shiftplan.testing.pictures import plan
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster


def test_without_time_nothing_is_said():
    """None is neither "no contradiction" nor a conflict."""
    problem = plan("MO", days=1, pins=must("M0 ana", "O0 ana"), rules=({"rule": "one_place"},))

    assert find_conflict(problem, time_limit=1e-9) is None
    assert ways_out(problem, time_limit=1e-9) == ()


def test_ways_out_end_when_they_are_cancelled():
    """The event is looked at as the time is."""
    cancel = threading.Event()
    cancel.set()
    problem = plan("MO", days=1, pins=must("M0 ana", "O0 ana"), rules=({"rule": "one_place"},))

    assert ways_out(problem, cancel=cancel) == ()


def test_no_more_ways_out_than_asked_for():
    """Each of two pins may give way; one is asked for."""
    problem = plan("MO", days=1, pins=must("M0 ana", "O0 ana"), rules=({"rule": "one_place"},))

    assert len(ways_out(problem, most=1)) == 1
    assert len(ways_out(problem)) == 2


@pytest.mark.parametrize("ask", [find_conflict, ways_out])
@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan")])
def test_time_out_of_range_is_refused(ask, seconds):
    """As `solve` refuses it."""
    with pytest.raises(InputError) as caught:
        ask(plan("M", days=1), time_limit=seconds)

    assert [f.column for f in caught.value.faults] == ["time_limit"]


@pytest.mark.parametrize("ask", [find_conflict, ways_out])
def test_rows_of_a_copy_that_do_not_fit_are_refused(ask):
    """A pin of somebody whom the week does not know would be lost else."""
    copy = plan("M", days=1).model_copy(update={"pins": must("M0 nobody")})

    with pytest.raises(InputError, match="nobody"):
        ask(copy)


@pytest.mark.parametrize("most", [0, -1, 1.5])
def test_a_number_of_ways_out_that_is_none_is_refused(most):
    """None at all is no question."""
    with pytest.raises(InputError) as caught:
        ways_out(plan("M", days=1), most=most)

    assert [f.column for f in caught.value.faults] == ["most"]


def test_solvers_that_disagree_are_an_error_and_no_lack_of_time(monkeypatch, tmp_path):
    """HiGHS finds no roster and CP-SAT one: nothing is known, and more time would not help."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(Holding, "confirm_impossible", lambda *_: False)
    problem = plan("MO", days=1, pins=must("M0 ana", "O0 ana"), rules=({"rule": "one_place"},))

    for ask in (find_conflict, ways_out, lambda p: solve(p, time_limit=None, workers=1)):
        with pytest.raises(ModelError, match=r"HiGHS and CP-SAT disagree: .*pins") as caught:
            ask(problem)
        saved = (caught.value.saved / "problem.json").read_text(encoding="utf-8")
        assert Problem.model_validate_json(saved) == problem


def hard_to_split() -> Program:
    """Three sums of 40 numbers that must each be half of the whole: far too hard to decide."""
    sums = np.random.default_rng(0).integers(1, 100, size=(3, 40)).astype(float)
    half = np.floor(sums.sum(axis=1) / 2)
    return Program.part(
        sparse.csr_array(np.vstack([sums, -sums])), np.concatenate([half, -half]), np.ones(40)
    )


class Once:
    """Says no the first time, and yes from then on: somebody cancels in the middle of some work."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> bool:
        self.asked += 1
        return self.asked > 1


def test_whoever_cancels_need_not_wait_for_a_solver():
    """Both solvers look whether they should go on, and say that nothing is known."""
    deadline, grounds = Deadline(600.0), Search(town(1, 2), Deadline(np.inf)).grounds
    cancelled = Once()
    limits = Limits(cancels=(SimpleNamespace(is_set=cancelled),))
    holding = Holding(grounds, deadline, limits)

    with pytest.raises(OutOfTimeError):
        holding._solve(hard_to_split())
    known = is_infeasible(hard_to_split(), seconds=600.0, stopped=Once())

    assert cancelled.asked > 1
    assert known is None
    assert deadline.left() > 0


def test_a_conflict_that_time_did_not_shrink_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch):
    """What was narrowed down is returned, not called minimal, and still leaves no roster."""
    from shiftplan.solving.conflict import search

    monkeypatch.setattr(search, "shrink", lambda _, kept: (kept, None))
    problem = plan(
        "MO", "ana bob", 1, pins=must("M0 ana", "O0 ana", "M0 bob"), rules=({"rule": "one_place"},)
    )

    found = find_conflict(problem)

    assert found is not None
    assert not found.minimal
    assert {(m.rule, m.who) for m in found.members} >= {("pins", "ana"), ("one_place", "ana")}


def wanting(days: int, people: int, **fields: object) -> Problem:
    """So many people are needed on each day, and there is Ana."""
    needs = (Requirement(shift_id=f"M{day}", minimum=people, target=people) for day in range(days))
    rules = ({"rule": "minimum_coverage"},)
    return plan("M", "ana", days, requirements=tuple(needs), rules=rules, **fields)


def searched(problem: Problem) -> tuple[Search, Contradiction]:
    search = Search(problem, Deadline(np.inf))
    first = search.conflict()
    assert isinstance(first, Contradiction)
    return search, first


def test_very_many_conflicts_are_left_by_way_of_a_good_roster():
    """Two are needed on each of 12 days and there is one person: a seat a day is given up.

    Without any work 24 seats would be; the roster read off breaks no more than the 12.
    """
    search, first = searched(wanting(12, 2))

    (found,) = search.corrections(first)

    assert tuple(found.amounts) == (1,) * 12
    assert not found.minimal
    assert len(found.works) == 12


def test_of_very_many_conflicts_what_is_cheaper_is_given_up():
    """Ana is needed on 12 days and kept out by a pin each: the pins go, not the minimums."""
    pins = must(*(f"-M{day} ana" for day in range(12)))

    (way,) = ways_out(wanting(12, 1, pins=pins))

    assert {m.rule for m in way.members} == {"pins"}
    assert (way.price, way.minimal) == (12, False)


def test_without_time_for_the_cheapest_way_out_a_cheap_one_is_told():
    """With no time to see which way out is the cheapest, one that leads out is known still."""
    problem = wanting(2, 2)
    search, first = searched(problem)
    search.until(Deadline(0.0))

    (found,) = search.corrections(first)

    people, shifts = problem.volunteers, problem.shifts
    roster = Roster.of((shifts[s].shift_id, people[v].volunteer_id) for v, s in found.works)
    broken = {(v.rule.rule, v.amount) for v in check(problem, roster).broken}
    assert {m.where for m in found.members} == {0, 1}
    assert broken <= {("minimum_coverage", amount) for amount in found.amounts}
    assert not found.minimal


def test_ways_out_have_less_time_than_what_is_said_of_them():
    """No second is left to look for them; what the one known breaks is reckoned all the same."""
    search, first = searched(wanting(2, 2))

    (found,) = search.corrections(first, 0.0)

    assert len(found.amounts) == 2
    assert not found.minimal


def test_a_good_roster_that_is_not_judged_in_time_loses_nothing(monkeypatch):
    """The ways out that do without it are listed."""
    search, _ = searched(wanting(12, 2))
    broken = search._holding.broken
    answers = iter([broken])
    monkeypatch.setattr(search._holding, "broken", lambda *asked: next(answers, late)(*asked))
    monkeypatch.setattr(search._holding, "works", late)
    search.until(Deadline(np.inf))

    found = search._cheap_correction(Deadline(np.inf))

    assert tuple(found.amounts) == (2,) * 12


def late(*_: object, **__: object) -> np.ndarray:
    """Time is over."""
    raise OutOfTimeError


def test_an_interrupt_ends_the_search_for_a_cheaper_way_out(monkeypatch):
    """What leads out was known before; other sets are not tried any more."""
    search, first = searched(wanting(2, 2))
    search.until(Deadline(0.0))
    tried = []

    def interrupted(program, *_):
        monkeypatch.setattr(search._holding, "works", lambda *_, **__: tried.append(1))
        return Outcome(program, ending="interrupt")

    monkeypatch.setattr(elastic, "minimise", interrupted)

    (found,) = search.corrections(first)

    assert tried == []
    assert tuple(found.amounts) == (2, 2)  # nobody works: two seats on each of two days
