"""The highest loads lowered one after another: against all rosters of tiny weeks."""

from __future__ import annotations

import itertools
import math
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import parse, plan

import shiftplan
from shiftplan import InputError, ModelError, Problem, Requirement, Roster, fairness
from shiftplan.engines import search as search_module
from shiftplan.engines.task import Outcome
from shiftplan.leximin import RankedRoster, leximin

leximin_module = sys.modules["shiftplan.leximin"]
"""The function has taken the name of its module in the package."""

RULES = (
    {"rule": "coverage", "level": 1, "weight": 10},
    {"rule": "wish", "level": 2},
    {"rule": "one_place"},
)


def week(people: str = "ana bob cho", days: int = 3, **fields: object) -> Problem:
    """Mornings with one seat each."""
    seats = [Requirement(shift_id=f"M{d}", target=1) for d in range(days)]
    own: dict[str, object] = {"requirements": seats, "rules": RULES}
    return plan("M", people, days, **(own | fields))


def feasible(problem: Problem) -> Iterator[Roster]:
    """All rosters that break no hard rule."""
    pairs = [(s.shift_id, v.volunteer_id) for s in problem.shifts for v in problem.volunteers]
    for size in range(len(pairs) + 1):
        for chosen in itertools.combinations(pairs, size):
            roster = Roster.of(chosen)
            if shiftplan.check(problem, roster).is_feasible:
                yield roster


def loads(problem: Problem, roster: Roster) -> list[int]:
    """Loads of those who offer something, in whole percent, highest first."""
    people = fairness(problem, roster).offering
    return sorted((math.floor(100 * p.load + 1e-9) for p in people), reverse=True)


def service(problem: Problem, roster: Roster) -> list[int]:
    """Costs of all levels but the last."""
    return list(shiftplan.check(problem, roster).levels.values())[:-1]


def counts(found: RankedRoster) -> list[tuple[int, int]]:
    """Ranks as (percent, people)."""
    return [(rank.percent, rank.people) for rank in found.ranks]


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_ranks_are_those_of_the_best_of_all_rosters(data):
    """Histories, offers and limits of any kind: no roster as good to citizens is better."""
    history = [
        {
            "volunteer_id": who,
            "shifts_offered": data.draw(st.integers(0, 9)),
            "shifts_worked": data.draw(st.integers(0, 9)),
        }
        for who in ("ana", "bob", "cho")
    ]
    most = {who: {"max_shifts": data.draw(st.integers(0, 3))} for who in ("ana", "bob", "cho")}
    problem = week(each=most, history=history, rules=(*RULES, {"rule": "max_shifts"}))
    rosters = list(feasible(problem))
    start = data.draw(st.sampled_from(rosters))
    as_good = [
        r
        for r in rosters
        if all(a <= b for a, b in zip(service(problem, r), service(problem, start), strict=True))
    ]

    found = leximin(problem, start, time_limit=None, workers=1)

    best = min(loads(problem, r) for r in as_good)
    assert loads(problem, found.roster) == best
    assert found.complete
    assert all(rank.proven for rank in found.ranks)
    assert counts(found) == [
        (percent, sum(x >= percent for x in best)) for percent in sorted(set(best))[::-1] if percent
    ]
    cheapest = min(shiftplan.check(problem, r).total for r in as_good if loads(problem, r) == best)
    assert found.score.total == cheapest


def test_one_who_works_all_gives_to_the_others():
    """Three offered three mornings each: from 3, 0, 0 to one each, a third of what they offer."""
    problem = week()

    found = leximin(problem, parse("ana  M M M"), time_limit=None, workers=1)

    assert counts(found) == [(33, 3)]
    assert loads(problem, found.roster) == [33, 33, 33]


def test_citizens_are_served_as_before():
    """Only Ana can come on Tuesday and Wednesday: she keeps both, and the seats stay filled."""
    own = [
        {"volunteer_id": who, "start": "2026-12-07T00:00", "end": f"2026-12-{end}T00:00"}
        for who, end in (("ana", "10"), ("bob", "08"), ("cho", "08"))
    ]
    problem = week(availability=own)
    start = parse("ana  M M M")

    found = leximin(problem, start, time_limit=None, workers=1)

    assert service(problem, found.roster) == service(problem, start) == [0]
    # Ana 2 of 3; on Monday Bob or Cho works all that was offered: 1 of 1. Ana's 3 of 3 is as much.
    assert counts(found) == [(100, 1)]


def test_with_one_level_nothing_is_held():
    """Then nobody works, and every load is 0."""
    problem = week(rules=({"rule": "fairness", "level": 1}, {"rule": "one_place"}))

    found = leximin(problem, parse("ana  M M M"), time_limit=None, workers=1)

    assert (counts(found), found.complete, len(found.roster)) == ([], True, 0)


def test_loads_of_nothing_stay_nothing():
    """Empty seats cost, but only at the last level: nobody gets work again for their sake."""
    problem = week(rules=({"rule": "coverage", "level": 1}, {"rule": "one_place"}))

    found = leximin(problem, parse("ana  M M M"), time_limit=None, workers=1)

    assert (counts(found), found.complete, len(found.roster)) == ([], True, 0)


@pytest.mark.parametrize("offered", [1e-9, 1e-10, 1e-8])
def test_loads_a_hair_below_a_percent_are_proven(offered):
    """0.1 of 2.000000001 is a hair less than 5 %: rows and loads are cut off alike."""
    history = [
        {"volunteer_id": "ana", "shifts_offered": offered, "shifts_worked": 0.1},
        {"volunteer_id": "bob", "shifts_worked": 2.5},
    ]
    problem = week("ana bob", 2, history=history, rules=({"rule": "fairness", "level": 1},))

    found = leximin(problem, parse("ana  M M"), time_limit=None, workers=1)

    assert len(found.roster) == 0
    assert found.complete
    assert all(rank.proven for rank in found.ranks)


def test_when_it_is_stopped_the_start_comes_back():
    """Nothing is proven then."""
    problem, start, cancel = week(), parse("ana  M M M"), threading.Event()
    cancel.set()

    found = leximin(problem, start, workers=1, cancel=cancel)

    assert found.roster == start
    assert (found.ranks, found.complete) == ((), False)


def test_ctrl_c_ends_it_and_not_just_a_rank(monkeypatch):
    """A signal waits for the work in hand; no program is solved after it, and the roster comes."""
    problem, start = week(days=4), parse("ana  M M . .\nbob  . . M .")
    true_minimise, turns = leximin_module.minimise, []

    def pressed(*args):
        turns.append(args)
        signal.raise_signal(signal.SIGINT)
        return true_minimise(*args)

    monkeypatch.setattr(leximin_module, "minimise", pressed)
    handler = signal.getsignal(signal.SIGINT)

    found = leximin(problem, start, time_limit=None, workers=1)

    assert len(turns) == 1
    assert not found.complete
    assert service(problem, found.roster) <= service(problem, start)
    assert signal.getsignal(signal.SIGINT) is handler


def test_an_interrupt_that_is_raised_ends_it_too(monkeypatch):
    """A program with a handler of its own may raise in the middle of some work: once is enough."""
    turns = []

    def pressed(*args):
        turns.append(args)
        raise KeyboardInterrupt

    monkeypatch.setattr(search_module, "_search", pressed)
    start = parse("ana  M M . .\nbob  . . M .")

    found = leximin(week(days=4), start, time_limit=None, workers=1)

    assert len(turns) == 1
    assert not found.complete
    assert found.roster == start


@pytest.mark.parametrize("value", [1.0, 0.0])
def test_a_roster_that_the_checker_refuses_is_never_handed_out(monkeypatch, value, tmp_path):
    """A search that gave everybody everything, or nobody anything, would break what is held."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(
        leximin_module,
        "minimise",
        lambda program, *_: Outcome(program, np.full(program.num_columns, value)),
    )
    problem = week(rules=(*RULES, {"rule": "max_shifts"}), each={"ana": {"max_shifts": 2}})

    with pytest.raises(ModelError, match="held"):
        leximin(problem, parse("ana  M M .\nbob  . . M"), workers=1)


@pytest.mark.parametrize(
    ("start", "options", "field"),
    [
        ("ana  M M M", {"workers": 0}, "workers"),
        ("ana  M M M", {"time_limit": 0}, "time_limit"),
        ("ana  M M M", {"seed": -1}, "seed"),
        ("ana  M M M", {}, "roster"),
    ],
)
def test_what_cannot_be_is_refused(start, options, field):
    """Options out of range, and a start that breaks a hard rule."""
    problem = week(each={"ana": {"max_shifts": 2}}, rules=(*RULES, {"rule": "max_shifts"}))

    with pytest.raises(InputError) as caught:
        leximin(problem, parse(start), **options)

    assert field in {fault.column for fault in caught.value.faults}
