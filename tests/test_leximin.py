"""The highest shares lowered one after another: against all rosters of tiny weeks."""

from __future__ import annotations

import itertools
import math
import operator
import signal
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shiftplan
from shiftplan import InputError, ModelError, Problem, Requirement, Roster
from shiftplan.analysis.leximin import RankedRoster, leximin
from shiftplan.engines import search as search_module
from shiftplan.engines.task import Outcome
from shiftplan.scoring import equity, fairness
from shiftplan.testing.pictures import parse, plan, window

leximin_module = sys.modules["shiftplan.analysis.leximin"]

CITIZENS = {"coverage", "minimum_coverage", "shortage", "show_up", "worst_center_first"}
CITIZENS |= {"area_floor", "skill_placement"}
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


def empty_seats(problem: Problem, roster: Roster) -> dict[str, int]:
    """Center -> seats that nobody fills."""
    centers = equity(problem, roster).centers
    return {c.center_id: c.both.target - c.both.filled for c in centers}


def service(problem: Problem, roster: Roster) -> list[int]:
    """Empty seats; costs of all levels but the last; at the last, costs of rules on citizens."""
    score = shiftplan.check(problem, roster)
    *before, last = problem.levels or (0,)
    asked = [v.cost for v in score.priced if v.rule.level == last and v.rule.rule in CITIZENS]
    empty = sum(empty_seats(problem, roster).values())
    return [empty, *(score.levels[level] for level in before), sum(asked)]


def as_good(problem: Problem, rosters: Iterable[Roster], start: Roster) -> list[Roster]:
    """Those in which nothing that is held has grown."""
    held = service(problem, start)
    told = [(roster, service(problem, roster)) for roster in rosters]
    return [roster for roster, now in told if all(map(operator.le, now, held))]


def counts(found: RankedRoster) -> list[tuple[int, int]]:
    """Ranks as (percent, how many)."""
    return [(rank.percent, rank.count) for rank in found.ranks]


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
    shares = [(loads(problem, r), r) for r in as_good(problem, rosters, start)]

    found = leximin(problem, start, time_limit=None, workers=1)

    best = min(load for load, _ in shares)
    assert loads(problem, found.roster) == best
    assert found.complete
    assert all(rank.proven for rank in found.ranks)
    assert counts(found) == [
        (percent, sum(x >= percent for x in best)) for percent in sorted(set(best))[::-1] if percent
    ]
    cheapest = min(shiftplan.check(problem, r).total for load, r in shares if load == best)
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

    assert service(problem, found.roster) == service(problem, start) == [0, 0, 0]
    # Ana 2 of 3; on Monday Bob or Cho works all that was offered: 1 of 1. Ana's 3 of 3 is as much.
    assert counts(found) == [(100, 1)]


LEVELS = {
    "one level": [
        {"rule": "coverage", "level": 1, "weight": 10},
        {"rule": "fairness", "level": 1, "weight": 50},
        {"rule": "wish", "level": 1},
    ],
    "two levels": [
        {"rule": "coverage", "level": 1, "weight": 10},
        {"rule": "fairness", "level": 2, "weight": 50},
    ],
    "seats at the last level": [
        {"rule": "wish", "level": 1},
        {"rule": "shortage", "level": 2, "weight": 3},
        {"rule": "min_shifts", "level": 2},
    ],
    "no rule on evenness": [{"rule": "coverage", "level": 1, "weight": 10}],
    "no rule on seats": [{"rule": "fairness", "level": 1}],
    "hard rules only": [{"rule": "minimum_coverage"}],
}


@pytest.mark.parametrize("order", ["total", "strict"])
@pytest.mark.parametrize("rules", LEVELS.values(), ids=LEVELS)
@settings(deadline=None, max_examples=8)
@given(data=st.data())
def test_whatever_the_levels_no_roster_as_good_to_citizens_is_better(rules, order, data):
    """Loads, and then the costs, are the best of all rosters that keep what is held."""
    history = [
        {"volunteer_id": who, "shifts_offered": 4, "shifts_worked": data.draw(st.integers(0, 4))}
        for who in ("ana", "bob")
    ]
    windows = [
        {"volunteer_id": who, "start": "2026-12-07T00:00", "end": f"2026-12-{end:02}T00:00"}
        for who in ("ana", "bob", "cho")
        for end in [data.draw(st.integers(7, 10))]
        if end > 7
    ]
    problem = week(
        rules=[*rules, {"rule": "one_place"}], history=history, availability=windows, order=order
    )
    rosters = list(feasible(problem))
    if not rosters:
        return
    start = data.draw(st.sampled_from(rosters))
    shares = [(loads(problem, r), r) for r in as_good(problem, rosters, start)]

    found = leximin(problem, start, time_limit=None, workers=1)

    best = min(load for load, _ in shares)
    assert loads(problem, found.roster) == best
    assert as_good(problem, [found.roster], start)
    assert found.complete
    assert all(rank.proven for rank in found.ranks)
    scores = [shiftplan.check(problem, r) for load, r in shares if load == best]
    if order == "strict":
        assert list(found.score.levels.values()) == min(list(s.levels.values()) for s in scores)
    else:
        assert found.score.total == min(score.total for score in scores)


@pytest.mark.parametrize("fairness", [[], [{"rule": "fairness", "level": 1}]])
def test_with_one_level_seats_stay_filled(fairness):
    """Coverage at the only level: the work is shared, and none of it left."""
    rules = [{"rule": "coverage", "level": 1}, *fairness, {"rule": "one_place"}]
    problem = week(rules=rules)

    found = leximin(problem, parse("ana  M M M"), time_limit=None, workers=1)

    assert (counts(found), len(found.roster)) == ([(33, 3)], 3)


def test_where_no_rule_asks_for_people_seats_stay_filled_all_the_same():
    """Fairness alone would be cheapest with nobody there; the seats filled are held."""
    problem = week(rules=({"rule": "fairness", "level": 1}, {"rule": "one_place"}))

    found = leximin(problem, parse("ana  M M M"), time_limit=None, workers=1)

    assert (counts(found), len(found.roster)) == ([(33, 3)], 3)


def test_costs_are_lowered_where_nobody_has_a_load():
    """The empty roster costs 100 where 0 is possible: whoever offers nothing may be called."""
    problem = week(
        "ana",
        1,
        rules=({"rule": "shortage", "level": 1, "weight": 100}, {"rule": "one_place"}),
        each={"ana": {"max_shifts": 0}},
    )

    found = leximin(problem, Roster(), time_limit=None, workers=1)

    assert (counts(found), found.complete, found.score.total) == ([], True, 0)


@pytest.mark.parametrize("ranking", [0.25, 1.0])
def test_loads_are_never_worse_than_those_of_the_roster_given(ranking):
    """Cho would rather not come; without time for any rank the roster given stays."""
    windows = [window("ana"), window("bob"), window("cho", "undesired")]
    problem = week(days=4, availability=windows)
    start = parse("ana  M M . .\nbob  . . M .\ncho  . . . M")

    params = {"leximin": {"costs_share": ranking}}
    found = leximin(problem, start, time_limit=30, workers=1, params=params)

    assert loads(problem, found.roster) == [50, 25, 25]
    assert found.complete == (ranking < 1)


@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_centers_are_raised_as_far_as_any_roster_with_as_few_empty_seats(data):
    """Shares of empty seats, the highest first, against all rosters of two or three centers."""
    signs, days = data.draw(st.sampled_from([("Mm", 2), ("Mmx", 1)]))  # at most 256 rosters
    shifts = [f"{sign}{day}" for sign in signs for day in range(days)]
    seats = [Requirement(shift_id=s, target=data.draw(st.integers(0, 3))) for s in shifts]
    rules = [{"rule": "coverage", "level": 1, "weight": 10}, {"rule": "fairness", "level": 2}]
    rules += [{"rule": "one_place"}, {"rule": "max_shifts"}]
    most = {who: {"max_shifts": data.draw(st.integers(0, 2))} for who in ("ana", "bob")}
    problem = plan(signs, "ana bob", days, requirements=seats, rules=rules, each=most)
    rosters = list(feasible(problem))
    start = data.draw(st.sampled_from(rosters))

    def shares(roster):
        wanted = {c.center_id: c.both.target for c in equity(problem, roster).centers}
        empty = empty_seats(problem, roster)
        return sorted((100 * n // wanted[c] for c, n in empty.items() if wanted[c]), reverse=True)

    few = sum(empty_seats(problem, start).values())
    kept = [(shares(r), r) for r in rosters if sum(empty_seats(problem, r).values()) <= few]

    found = leximin(problem, start, of="centers", time_limit=None, workers=1)

    best = min(share for share, _ in kept)
    assert shares(found.roster) == best
    assert found.complete
    assert all(rank.proven for rank in found.ranks)
    assert counts(found) == [
        (percent, sum(x >= percent for x in best)) for percent in sorted(set(best))[::-1] if percent
    ]
    scores = [shiftplan.check(problem, r).total for share, r in kept if share == best]
    assert found.score.total == min(scores)


@pytest.mark.parametrize("offered", [1e-9, 1e-10, 1e-8])
def test_loads_a_hair_below_a_percent_are_proven(offered):
    """0.1 of 2.000000001 is a hair less than 5%: rows and loads are cut off alike."""
    history = [
        {"volunteer_id": "ana", "shifts_offered": offered, "shifts_worked": 0.1},
        {"volunteer_id": "bob", "shifts_worked": 2.5},
    ]
    rules = ({"rule": "fairness", "level": 1},)
    problem = week("ana bob", 2, history=history, requirements=(), rules=rules)

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
        ("ana  M M M", {"of": "areas"}, "of"),
        ("ana  M M M", {}, "roster"),
    ],
)
def test_what_cannot_be_is_refused(start, options, field):
    """Options out of range, and a start that breaks a hard rule."""
    problem = week(each={"ana": {"max_shifts": 2}}, rules=(*RULES, {"rule": "max_shifts"}))

    with pytest.raises(InputError) as caught:
        leximin(problem, parse(start), **options)

    assert field in {fault.column for fault in caught.value.faults}
