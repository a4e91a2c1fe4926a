"""Trade-offs: points with proofs of their own, figures, and what ends the search."""

from __future__ import annotations

import itertools
import math
import sys
import threading
from dataclasses import replace
from fractions import Fraction

import pytest
from choices import feasible_rosters, figures, recomputed, ward
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import costly
from strategies import problems
from towns import town

import shiftplan
from shiftplan import InputError, Problem, Requirement, Roster
from shiftplan.analysis.tradeoff import _needed, tradeoff
from shiftplan.analysis.tradeoff.planning import Plans
from shiftplan.analysis.tradeoff.points import PointFigures, Scale, is_dominated
from shiftplan.analysis.tradeoff.weighting import Aims, Kept, Weighting
from shiftplan.present.answers import lines
from shiftplan.solving.conflict.holding import OutOfTimeError
from shiftplan.solving.conflict.search import Search
from shiftplan.testing.pictures import CENTERS, parse, plan


def test_figures_of_a_roster():
    """Ana: 1 of 2 now, after 3 of 4 before: 4 / 6. Bob: 0 of 2. Cid offers nothing.

    The common share is (3 + 1) / 8: Ana is 1/6 above it and Bob 1/2 below, weighted 6 and 2, so
    that the mean square is (6 / 36 + 2 / 4) / 8 = 1/12. Of the loads 2/3 and 0 the mean is 1/3 and
    the mean difference 1/3: Gini 1/2.
    """
    problem = ward(
        people="ana bob cid",
        history=[{"volunteer_id": "ana", "shifts_offered": 4, "shifts_worked": 3}],
        each={"cid": {"max_shifts": 0}},
    )
    roster = parse("ana M .\nbob . .")
    scale = Scale(Aims(problem), roster)

    found = scale.figures(roster, scale.costs(roster))

    assert scale.share == 1 / 2
    assert found.unevenness == pytest.approx(math.sqrt(1 / 12), abs=1e-4)
    assert (found.gini, found.highest_load) == pytest.approx((1 / 2, 2 / 3))


def test_loads_of_people_who_offered_next_to_nothing_have_a_price():
    """A history may say that somebody worked a shift of 1e-150 that they offered."""
    problem = ward(
        history=[{"volunteer_id": "ana", "shifts_offered": 1e-150, "shifts_worked": 1}],
        each={"ana": {"max_shifts": 0}},
    )

    found = tradeoff(problem, points=10, time_limit=None, workers=1)

    assert found.week is not None


def test_hard_rules_on_evenness_stay():
    """What is asked for in any case is no price that another one takes the place of."""
    rules = [{"rule": "coverage"}, {"rule": "max_min", "level": "hard"}, {"rule": "fairness"}]

    aims = Aims(plan("M", "ana bob", 2, rules=rules))

    kinds = [(rule.rule, rule.hard) for rule in aims.problem.rules]
    assert ("max_min", True) in kinds
    assert "fairness" not in dict(kinds)


@pytest.mark.parametrize("share", [0, 1, 2])
def test_working_less_is_not_more_even(share):
    """From one morning each, a roster in which Bob works nothing is less even, not more."""
    problem, both = ward(), parse("ana M .\nbob . M")
    scale = Scale(Aims(problem), both)
    worse = [parse("ana M ."), parse("bob . M"), Roster()][share]

    even, uneven = (scale.figures(r, scale.costs(r)).unevenness for r in (both, worse))

    assert even == 0 < uneven


def test_a_point_is_dominated_by_one_that_is_nowhere_worse():
    """Better in one axis and as good in the others; equals do not dominate each other."""
    here = figures(3, 0.2, 40)

    assert is_dominated(here, [here, figures(3, 0.2, 39)])
    assert not is_dominated(here, [here, figures(3, 0.2, 40), figures(2, 0.3, 1)])
    assert is_dominated(figures(3, 0.2, None), [figures(3, 0.1, None)])


def test_a_point_goes_only_for_one_that_stays():
    """One that is as the point of areas stays, where that one serves no area better."""
    week, other = figures(5, 0.2, 10), figures(5, 0.1, 12)
    one = Fraction(1)
    own, areas = Weighting(one, one), Weighting(one, one, one, kept="seats")
    even = Weighting(one, one, service=Fraction(16), kept="evenness")

    assert _needed([week, other, other], [own, areas, even]) == [0, 2]
    assert _needed([week, other, other], [own, even, even]) == [0, 1]


def test_service_is_never_more_than_a_twentieth_worse():
    """One empty seat stays one."""
    needs = tuple(Requirement(shift_id=f"M{day}", target=1) for day in range(2))
    rules = [{"rule": "coverage"}, {"rule": "fairness"}, {"rule": "max_shifts"}]
    each = {"ana": {"max_shifts": 1}}
    problem, own = plan("M", "ana", 2, requirements=needs, each=each, rules=rules), parse("ana M .")
    aims = Aims(problem)

    plans = Plans(aims, Scale(aims, own), own)

    assert plans.allows("most of the service", own, {1: 157})
    assert not plans.allows("most of the service", own, {1: 158})
    assert not plans.allows("most of the service", Roster(), {1: 150})


RULES = (
    {"rule": "coverage", "level": 1, "weight": 10},
    {"rule": "shortage", "level": 2, "weight": 7},
    {"rule": "fairness", "level": 2, "weight": 50},
    {"rule": "fairness", "level": 1, "weight": 3, "group": "young"},
    {"rule": "leximin", "level": 1},
    {"rule": "balance_hours", "level": 2},
    {"rule": "floor", "level": 2},
    {"rule": "travel", "level": 2, "weight": 2},
    {"rule": "wish", "level": 2},
    {"rule": "max_shifts"},
    {"rule": "area_floor", "level": 1, "group": "other"},
)


@st.composite
def wards(draw):
    """Two people, a morning at two centers on two days, and what their week asks for."""
    seats = [
        Requirement(shift_id=f"{sign}{day}", target=draw(st.integers(0, 2)))
        for sign in "Mm"
        for day in range(2)
    ]
    history = [
        {"volunteer_id": who, "shifts_offered": 6, "shifts_worked": draw(st.integers(0, 6))}
        for who in ("ana", "bob")
        if draw(st.booleans())
    ]
    homes = st.sampled_from(["home", "far", "hill"])
    each = {
        who: {"home_center_id": draw(homes), "max_shifts": draw(st.integers(1, 4)), "group": group}
        for who, group in (("ana", "young"), ("bob", "old"))
    }
    rules = draw(st.lists(st.sampled_from(RULES), min_size=1, unique_by=str))
    far = CENTERS[1].model_copy(update={"remote_area": draw(st.booleans())})
    return ward(
        signs="Mm",
        centers=(CENTERS[0], far, *CENTERS[2:]),
        requirements=seats,
        history=history,
        each=each,
        rules=[*rules, {"rule": "one_place"}],
        order=draw(st.sampled_from(["total", "strict"])),
    )


def limits_of(kept: Kept, own: PointFigures, shifts: int) -> tuple[float, float, float, float]:
    """Most empty seats, cost of service, shifts and unevenness of what a weighting keeps."""
    some = math.inf
    return {
        "service": (own.empty_seats, own.service_cost, shifts, some),
        "most of the service": (
            math.ceil(own.empty_seats * 1.05),
            math.ceil(own.service_cost * 1.05),
            shifts,
            some,
        ),
        "seats": (own.empty_seats, some, shifts, some),
        "evenness": (some, some, some, own.unevenness),
    }[kept]


@settings(deadline=None, max_examples=25)
@given(problem=wards().filter(lambda p: p.levels))
def test_points_trade_what_they_tell(problem):
    """All points can be worked, are measured right, and none is as good or better in everything.

    Along a price its figure never gets worse, what is kept is kept, and each point is the best of
    all rosters that keep it, proven.
    """
    aims, rosters = Aims(problem), feasible_rosters(problem)

    found = tradeoff(problem, points=10, time_limit=None, workers=1)

    assert found.week is found.points[0]
    own, shifts = found.week.figures, len(found.week.roster)
    scale = Scale(aims, found.week.roster)
    assert scale.share == found.share
    all_costs = {r: scale.costs(r) for r in rosters}
    all_figures = {r: scale.figures(r, all_costs[r]) for r in rosters}
    assert found.week.total.cost == found.week.total.bound
    assert found.week.total.cost == min(shiftplan.check(aims.week, r).total for r in rosters)
    for point in found.points:
        assert shiftplan.check(problem, point.roster).is_feasible
        told, right = point.figures, recomputed(problem, point.roster, found.share)
        assert replace(told, unevenness=0) == replace(right, unevenness=0)
        assert told.unevenness**2 == pytest.approx(right.unevenness**2, abs=2e-4)
        others = [p.figures for p in found.points]
        assert point.is_week or not is_dominated(told, others)
        assert point.dominated == is_dominated(told, others)
        assert [f.axes for f in others].count(told.axes) == 1
        if point.is_week:
            continue
        if point.weighting.areas:
            assert told.lowest_area > own.lowest_area
        most = limits_of(point.weighting.kept, own, shifts)
        kept = [
            r
            for r, f in all_figures.items()
            for now in [(f.empty_seats, f.service_cost, len(r), f.unevenness)]
            if all(a <= b for a, b in zip(now, most, strict=True))
        ]
        assert point.roster in kept
        rates = dict(zip(aims.aim_of, aims.rates(point.weighting), strict=True))
        least = min(sum(n * all_costs[r][level] for level, n in rates.items()) for r in kept)
        assert (point.total.cost, point.total.bound) == (least, least)
    same = [p for p in found.points[1:] if p.weighting.kept == "service"]
    for one, other in itertools.permutations(same, 2):
        a, b = one.weighting, other.weighting
        if a.travel == b.travel and a.evenness < b.evenness:
            assert one.figures.unevenness >= other.figures.unevenness
        if a.evenness == b.evenness and a.travel < b.travel:
            assert one.figures.km >= other.figures.km
    assert len(found.points) + len(found.left_out) == found.wanted


@costly(0.3)
@given(problems(max_volunteers=2, max_shifts=2).filter(lambda problem: problem.levels))
def test_points_of_any_problem_can_be_worked(problem):
    """Any rules, rates and order: the week itself is the best of all rosters, or a conflict."""
    aims, rosters = Aims(problem), feasible_rosters(problem)

    found = tradeoff(problem, points=10, time_limit=None, workers=1)

    assert bool(found.points) == bool(rosters) != bool(found.conflict)
    for point in found.points:
        assert shiftplan.check(problem, point.roster).is_feasible
        assert point.total.cost == point.total.bound
    if found.week is not None:
        least = min(shiftplan.check(aims.week, r).total for r in rosters)
        assert found.week.total.cost == least


def test_dearer_evenness_leaves_no_seat_empty():
    """A seat is cheap here: were working priced, an even roster would be one that nobody works."""
    problem = ward(each={"bob": {"home_center_id": "far"}})

    found = tradeoff(problem, points=10, time_limit=None, workers=1)

    assert found.week is not None
    dear = [p for p in (*found.points, *found.left_out) if p.weighting.evenness >= 4]
    assert len(dear) == 4
    for point in dear:
        assert point.figures.empty_seats == found.week.figures.empty_seats == 0
        assert point.figures.unevenness <= found.week.figures.unevenness


def test_a_search_that_finds_nothing_costs_nothing(monkeypatch):
    """The week's own roster serves every point: all are the same, and are left out."""
    starts = []

    def nothing(self, weighting, rates, start, limits):
        starts.append(start)
        return start, None, "time"

    monkeypatch.setattr(Plans, "best", nothing)

    found = tradeoff(town(1, 6), points=4, time_limit=None, workers=1)

    assert found.week is not None
    assert found.points == (found.week,)
    assert len(found.left_out) == 3
    assert set(starts) == {found.week.roster}


def test_cancelling_gives_the_points_so_far():
    """Set when the third point begins: two points, and it is told how many were wanted."""
    cancel = threading.Event()

    found = tradeoff(
        ward(),
        points=5,
        time_limit=None,
        workers=1,
        cancel=cancel,
        on_progress=lambda turn, _: cancel.set() if turn == 2 else None,
    )

    assert len(found.points) + len(found.left_out) == 2
    assert found.wanted == 5
    assert "2 of 5 points" in lines(found, "en")[-1]


def pinned_beyond_her_limit() -> Problem:
    """Ana, pinned to two shifts, may work one."""
    pins = [{"volunteer_id": "ana", "shift_id": f"M{d}", "state": "must"} for d in range(2)]
    rules = [*ward().rules, {"rule": "max_shifts"}]
    return ward(pins=pins, rules=rules, each={"ana": {"max_shifts": 1}})


def test_a_contradiction_is_named():
    """No roster at all: the rules that contradict each other, and no points."""
    found = tradeoff(pinned_beyond_her_limit(), points=2, time_limit=None, workers=1)

    assert found.points == ()
    assert {member.rule for member in found.conflict} == {"pins", "max_shifts"}
    assert found.infeasible


def test_a_contradiction_without_names_ends_the_search_too(monkeypatch):
    """Time did not allow to name the rules; no weighting has a roster all the same."""

    def late(*_: object) -> None:
        raise OutOfTimeError

    monkeypatch.setattr(Search, "conflict", late)

    found = tradeoff(pinned_beyond_her_limit(), points=2, time_limit=None, workers=1)

    assert (found.points, found.conflict, found.infeasible) == ((), (), True)


def test_bounds_that_contradict_a_roster_are_our_bug(monkeypatch):
    """Nothing is told that cannot be."""
    monkeypatch.setattr(sys.modules["shiftplan.analysis.tradeoff"], "bound_of", lambda *_: 10**9)

    with pytest.raises(shiftplan.ModelError, match="less than the bound"):
        tradeoff(ward(), points=2, time_limit=None, workers=1)


@pytest.mark.parametrize(
    ("options", "column"),
    [
        ({"points": 1}, "points"),
        ({"points": 11}, "points"),
        ({"time_limit": 0}, "time_limit"),
        ({"time_limit": math.nan}, "time_limit"),
        ({"workers": 0}, "workers"),
        ({"seed": -1}, "seed"),
    ],
)
def test_options_out_of_range_are_faults(options, column):
    """Each names the option."""
    with pytest.raises(InputError) as caught:
        tradeoff(ward(), **options)

    assert [f.column for f in caught.value.faults] == [column]


def test_a_week_without_prices_has_nothing_to_trade():
    """Only hard rules: a fault with a remedy."""
    with pytest.raises(InputError) as caught:
        tradeoff(ward(rules=[{"rule": "one_place"}]))

    assert [f.code for f in caught.value.faults] == ["nothing_to_trade"]
