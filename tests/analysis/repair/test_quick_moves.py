"""Quick moves by hand and beside `check`: what they fill, in which order, what they never do."""

from __future__ import annotations

import datetime as dt
import itertools
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from turns import NEVER_QUICK, NEVER_WHOLE, PRICES, TURNS, at, repaired, wants, week

from shiftplan.analysis.repair import repair
from shiftplan.analysis.repair.aim import aim_of
from shiftplan.analysis.repair.quick import QuickMoves
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence, AnyChange, Arrival, Need
from shiftplan.scoring.check import Score, check
from shiftplan.solving.result import Progress, Status, StoppedBy
from shiftplan.testing.pictures import MONDAY, draw, parse, plan, window
from shiftplan.week.records import Volunteer
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster

ONCE = {name: {"max_shifts": 1} for name in ("ana", "bob", "cho", "dan")}
BEGIN = dt.datetime.combine(MONDAY, dt.time())


def stopped() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


def quickly(problem: Problem, roster: Roster, *changes: AnyChange, **options: object) -> Roster:
    """What quick moves alone make of a roster."""
    return repaired(problem, roster, *changes, cancel=stopped(), **options).require_roster()


def test_one_person_comes():
    """Bob and Cho are free on Monday; Cho worked less before, so that Cho's share is lower."""
    problem = week(availability=(window("ana"), window("bob"), window("cho", first=0)))

    after = quickly(problem, parse(TURNS), Absence(volunteer_id="ana"))

    assert len(after.people_in["M0"]) == 1
    assert set(parse("ana  . . .\nbob  . M .\ncho  . . M").assignments) <= set(after.assignments)


def test_somebody_leaves_a_place_that_can_spare_them():
    """Only Bob can come on Monday, once; on Tuesday, where nobody is wanted, he is not missed."""
    problem = week(
        availability=(window("ana"), window("bob"), window("cho", first=1)),
        requirements=wants(("M0", 1), ("M1", 0), ("M2", 1)),
        each=ONCE,
    )

    after = quickly(problem, parse(TURNS), Absence(volunteer_id="ana"))

    assert draw(problem, after).splitlines()[1:] == ["bob  M . .", "cho  . . M"]


def test_a_third_person_takes_the_place_that_is_left():
    """Only Bob can come on Monday, once, and only Dan, who has nothing yet, on Tuesday."""
    windows = (window("ana"), window("bob"), window("cho", first=2), window("dan", first=1, last=2))
    problem = plan(
        "M",
        "ana bob cho dan",
        3,
        availability=windows,
        requirements=wants(("M0", 1), ("M1", 1), ("M2", 1)),
        rules=PRICES,
        each=ONCE,
    )
    roster = parse(f"{TURNS}\ndan  . . .")

    after = quickly(problem, roster, Absence(volunteer_id="ana"))

    assert draw(problem, after).splitlines() == [
        "ana  . . .",
        "bob  M . .",
        "cho  . . M",
        "dan  . M .",
    ]


@pytest.mark.parametrize(
    ("now", "filled"),
    [
        (None, "M0"),  # Monday morning is within 48 hours of the week's start
        (at(1), "M1"),  # on Monday night that is over, and Tuesday is soon
        (at(-30), "M3"),  # a month ahead nothing is soon, and Thursday has a minimum
    ],
)
def test_what_is_urgent_is_filled_first(now, filled):
    """Ana drops out of three mornings, and Bob may work one of them."""
    needs = (*wants(("M0", 1), ("M1", 1)), Requirement(shift_id="M3", minimum=1, target=1))
    problem = plan("M", "ana bob", 4, requirements=needs, rules=PRICES, each={"bob": ONCE["bob"]})
    roster = parse("ana  M M . M\nbob  . . . .")

    after = quickly(problem, roster, Absence(volunteer_id="ana"), now=now)

    assert after.assignments == ((filled, "bob"),)


def test_a_minimum_is_mended_though_it_costs():
    """Nothing is paid for a seat, only a hard minimum: Bob comes although that costs a change."""
    needs = (Requirement(shift_id="M0", minimum=1, target=1),)
    rules = ({"rule": "minimum_coverage"}, {"rule": "fairness", "level": 1, "weight": 12})
    problem = plan("M", "ana bob", 1, requirements=needs, rules=rules)

    moves = QuickMoves(aim_of(problem), Roster(), 60)

    assert moves.fill((), (), BEGIN).assignments == ()  # level 1 would cost more: not by itself
    easier = problem.model_copy(update={"rules": problem.rules[:1]})
    assert len(QuickMoves(aim_of(easier), Roster(), 60).fill((), (), BEGIN)) == 1


def test_the_cheaper_of_two_who_came_stays():
    """Ana drops out twice. Bob, the better for both, may work once: seats are looked at again."""
    wish = {"volunteer_id": "bob", "state": "for", "shift_id": "M1", "weight": 9}
    rules = (*PRICES, {"rule": "preferences", "level": 2, "weight": 20})
    problem = plan(
        "M",
        "ana bob cho",
        2,
        requirements=wants(("M0", 1), ("M1", 1)),
        rules=rules,
        preferences=(wish,),
        each={"bob": {"max_shifts": 1}, "cho": {"max_shifts": 1}},
    )

    after = quickly(problem, parse("ana  M M\nbob  . .\ncho  . ."), Absence(volunteer_id="ana"))

    assert sorted(len(team) for team in after.people_in.values()) == [1, 1]


def test_somebody_new_is_seated_at_once():
    """Wednesday was empty: the person who arrives fills it before anything is searched."""
    each = {name: {"max_shifts": 1} for name in ("ana", "bob")}
    problem = week(each=each, availability=(window("ana"), window("bob")))
    dan = Arrival(volunteer=Volunteer(volunteer_id="dan"), windows=(window("dan"),))

    after = quickly(problem, parse("ana  M . .\nbob  . M ."), dan)

    assert ("M2", "dan") in after


def test_more_needed_is_filled_at_once():
    """Two more on Monday: Bob and Cho come."""
    after = quickly(week(), parse(TURNS), Need(shift_id="M0", target=3))

    assert after.people_in["M0"] == ("ana", "bob", "cho")


@pytest.mark.parametrize("limit", [1e-6, 0.05])
def test_no_time_limit_is_too_short_for_quick_moves(limit):
    """Both seats that Ana leaves are filled, and it is said that time was over."""
    roster = parse("ana  M M .\nbob  . . .\ncho  . . M")

    found = repair(week(), roster, Absence(volunteer_id="ana"), time_limit=limit, workers=1)

    assert found.score is not None
    assert found.score.levels[1] == 0
    assert found.result.status in (Status.FEASIBLE, Status.OPTIMAL)


def test_service_as_before_ends_the_search():
    """Ana's seat is filled by one who comes: a large week is not searched for more."""
    found = repaired(week(), parse(TURNS), Absence(volunteer_id="ana"), params=NEVER_WHOLE)

    assert found.result.stopped_by is StoppedBy.FILLED
    assert found.result.total.cost == check(found.problem, found.require_roster()).total


@pytest.mark.parametrize("proof", [True, False])
def test_only_a_change_that_forbids_can_be_filled(proof):
    """More seats than before, or a proof asked for: that nothing was taken away ends nothing."""
    changes = (Absence(volunteer_id="ana"),) if proof else (Need(shift_id="M2", target=2),)

    found = repaired(week(), parse(TURNS), *changes, params=NEVER_WHOLE, prove=proof)

    assert found.result.stopped_by is not StoppedBy.FILLED


CHAIN = plan(
    "M",
    "ana bob cho",
    3,
    availability=(window("ana"), window("bob"), window("cho", first=1)),
    requirements=wants(("M0", 1), ("M1", 1)),
    rules=PRICES,
    each={"bob": {"max_shifts": 1}},
)
"""Only Bob can come on Monday in place of Ana, and only Cho on Tuesday in place of Bob."""
CHAINED = parse("ana  M . .\nbob  . M .\ncho  . . .")


def test_who_has_to_leave_a_shift_is_not_called_filled():
    """Bob moves, and Cho follows him: service is as before, but Bob was told otherwise."""
    found = repaired(CHAIN, CHAINED, Absence(volunteer_id="ana"), params=NEVER_WHOLE)

    assert found.score is not None
    assert found.score.levels[1] == 0
    assert found.result.stopped_by is StoppedBy.NEAR


def test_patience_does_not_end_before_service_is_as_it_was():
    """Without quick moves and patience, those who could come are proven not to help by themselves;
    Cho, who could follow, is drawn in all the same.
    """
    params = {"repair": {**NEVER_QUICK["repair"], "patience_seconds": 0}}

    found = repaired(CHAIN, CHAINED, Absence(volunteer_id="ana"), params=params)

    assert found.score is not None
    assert found.score.levels[1] == 0


@st.composite
def cases(draw_: st.DrawFn) -> tuple[Problem, Roster, list[AnyChange]]:
    """Three people and six shifts of two kinds, any roster, and up to two changes."""
    signs = draw_(st.sampled_from(["MA", "Mm", "MO"]))
    ids = [f"{sign}{day}" for day in (0, 1, 2) for sign in signs]
    names = ("ana", "bob", "cho")
    each = {name: {"max_shifts": draw_(st.sampled_from([None, 1, 2]))} for name in names}
    needs = []
    for shift_id in ids:
        target = draw_(st.integers(0, 2))
        needs.append(
            Requirement(shift_id=shift_id, minimum=draw_(st.integers(0, target)), target=target)
        )
    extra = ("one_center_per_day", "minimum_coverage", "capacity")
    rules = [*PRICES, *({"rule": r} for r in extra if draw_(st.booleans()))]
    if draw_(st.booleans()):
        rules.append({"rule": "stability", "level": draw_(st.sampled_from([1, 2]))})
    problem = plan(
        signs,
        " ".join(names),
        3,
        requirements=needs,
        rules=rules,
        each=each,
        order=draw_(st.sampled_from(["total", "strict"])),
    )
    pairs = list(itertools.product(ids, names))
    roster = Roster.of(draw_(st.lists(st.sampled_from(pairs), unique=True, max_size=8)))
    changes: list[AnyChange] = [
        Absence(volunteer_id="ana"),
        Absence(volunteer_id="bob", start=at(1)),
        Need(shift_id=ids[0], target=3),
    ]
    return problem, roster, draw_(st.lists(st.sampled_from(changes), unique_by=repr, max_size=2))


@given(cases(), st.integers(-3, 4))
def test_nothing_gets_worse_by_quick_moves(case, day):
    """No hard rule that was not broken is, or more than before; level 1 costs no more; a roster
    costs less than the one it came from, or mends a hard rule.
    """
    problem, roster, changes = case
    problem.need_fit()
    now = problem.with_changes(*changes, roster=roster)
    base = Roster.of((p.shift_id, p.volunteer_id) for p in now.published)
    aim = aim_of(now)
    was = check(aim, base)

    after = QuickMoves(aim, base, 60).fill([s.shift_id for s in now.shifts], ["cho"], at(day))

    became = check(aim, after)
    assert all(amount <= was.hard.get(rule, 0) for rule, amount in became.hard.items())
    assert next(iter(became.levels.values())) <= next(iter(was.levels.values()))
    if after != base:
        assert (_worth(aim, became) < _worth(aim, was)) or became.hard != was.hard


def _worth(aim: Problem, score: Score) -> tuple[int, ...]:
    return tuple(score.levels.values()) if aim.order == "strict" else (score.total,)


@given(cases())
def test_no_single_move_is_left_to_make(case):
    """Brute force: nobody could simply come to a seat that is empty, at a gain."""
    problem, roster, changes = case
    now = problem.with_changes(*changes, roster=roster)
    base = Roster.of((p.shift_id, p.volunteer_id) for p in now.published)
    aim = aim_of(now)
    ids = [s.shift_id for s in now.shifts]

    after = QuickMoves(aim, base, 60).fill(ids, [], BEGIN)

    score = check(aim, after)
    if check(aim, base).broken:
        return
    for need in now.requirements:
        team = after.people_in.get(need.shift_id, ())
        for person in now.volunteers if len(team) < need.target else ():
            if person.volunteer_id in team:
                continue
            more = Roster.of([*after.assignments, (need.shift_id, person.volunteer_id)])
            other = check(aim, more)
            assert other.broken or _worth(aim, other) >= _worth(aim, score)


@pytest.mark.parametrize("is_near", [False, True])
@pytest.mark.parametrize("own", [None, 1, 2])
@pytest.mark.parametrize("order", ["total", "strict"])
def test_every_cost_on_the_way_is_that_of_a_roster(own, order, is_near):
    """In the units of the result: all that is told is what `check` gives for some roster of the
    week, and the last of it is what was found.
    """
    rules = PRICES if own is None else (*PRICES, {"rule": "stability", "level": own})
    windows = (window("ana"), window("bob"), window("cho", first=1))
    each = {"bob": {"max_shifts": 1}}
    problem = week(rules=rules, availability=windows, each=each, order=order)
    told: list[Progress] = []

    found = repaired(
        problem,
        parse(TURNS),
        Absence(volunteer_id="ana"),
        params=NEVER_WHOLE if is_near else None,
        on_progress=told.append,
    )

    rosters = (check(found.problem, roster) for roster in _rosters(found.problem))
    possible = {(score.total, tuple(score.levels.items())) for score in rosters}
    costs = [(m.total, tuple(m.levels.items())) for m in told if m.total is not None]
    assert costs[-1] == (found.result.total.cost, tuple(found.score.levels.items()))
    assert set(costs) <= possible
    assert [m.seconds for m in told] == sorted(m.seconds for m in told)


def _rosters(problem: Problem) -> list[Roster]:
    """All of a week whose pairs are few."""
    pairs = list(itertools.product(problem.shift_by_id, problem.volunteer_by_id))
    chosen = itertools.chain.from_iterable(
        itertools.combinations(pairs, n) for n in range(len(pairs) + 1)
    )
    return [Roster.of(some) for some in chosen]
