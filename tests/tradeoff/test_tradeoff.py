"""Trade-offs: points with proofs of their own, bounds that follow from each other, and figures."""

from __future__ import annotations

import itertools
import math
import threading
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import parse, plan
from strategies import problems
from towns import town

import shiftplan
from shiftplan import InputError, Problem, Requirement, Roster
from shiftplan.solving.result import Cost, Result
from shiftplan.solving.session import Session
from shiftplan.tradeoff import search as search_module
from shiftplan.tradeoff import tradeoff
from shiftplan.tradeoff.bounds import bound_of
from shiftplan.tradeoff.points import Figures, is_dominated, measure
from shiftplan.tradeoff.sentences import exchange, label, lines
from shiftplan.tradeoff.weighting import Aims, Weighting, choose


def ward(**fields: object) -> Problem:
    """Two people and two mornings, one seat each, with a price on seats, evenness and travel."""
    values: dict[str, object] = {
        "people": "ana bob",
        "days": 2,
        "requirements": [Requirement(shift_id=f"M{d}", target=1) for d in range(2)],
        "rules": [
            {"rule": "coverage", "level": 1, "weight": 10},
            {"rule": "fairness", "level": 2, "weight": 50},
            {"rule": "travel", "level": 2},
            {"rule": "wish", "level": 2},
            {"rule": "one_place"},
        ],
    }
    return plan("M", **{**values, **fields})  # type: ignore[arg-type]


def every_roster(problem: Problem) -> list[Roster]:
    pairs = [(s.shift_id, v.volunteer_id) for s in problem.shifts for v in problem.volunteers]
    subsets = (itertools.combinations(pairs, size) for size in range(len(pairs) + 1))
    rosters = [Roster.of(chosen) for chosen in itertools.chain.from_iterable(subsets)]
    return [r for r in rosters if shiftplan.check(problem, r).is_feasible]


# ---- weightings


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

    totals = [(shiftplan.check(p, r).total for p in (problem, own)) for r in every_roster(problem)]

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


# ---- bounds


@settings(deadline=None)
@given(st.data())
def test_bounds_that_follow_hold(data):
    """Against the true least costs of made-up cost vectors, whatever is proven of others."""
    levels = data.draw(st.integers(1, 3))
    rates = st.tuples(*[st.integers(0, 20)] * levels)
    vectors = data.draw(st.lists(st.tuples(*[st.integers(0, 50)] * levels), min_size=1))

    def least(rates):
        return min(sum(r * c for r, c in zip(rates, v, strict=True)) for v in vectors)

    slack = st.integers(0, 5)
    known = [(r, least(r) - data.draw(slack)) for r in data.draw(st.lists(rates, max_size=5))]
    wanted = data.draw(rates)

    bound = bound_of(wanted, known)

    assert bound <= least(wanted)
    for other, proven in known:
        if all(a <= b for a, b in zip(other, wanted, strict=True)):
            assert bound >= proven  # prices only rise


def test_a_bound_between_two_is_what_lies_between_theirs():
    """Half way between rates (2, 0) and (0, 2) with bounds 10 and 21: 15.5, rounded up."""
    assert bound_of((1, 1), [((2, 0), 10), ((0, 2), 21)]) == 16
    assert bound_of((3, 5), [((3, 5), 7), ((1, 1), 2)]) == 7
    assert bound_of((0, 5), [((1, 1), 9)]) == 0


# ---- figures


def test_figures_of_a_roster():
    """Ana: 1 of 2 now, after 3 of 4 before: 4 / 6. Bob: 0 of 2. Cid offers nothing.

    Of the loads 2/3 and 0 the mean is 1/3 and the mean difference 1/3: Gini 1/2.
    """
    problem = ward(
        people="ana bob cid",
        history=[{"volunteer_id": "ana", "shifts_offered": 4, "shifts_worked": 3}],
        each={"cid": {"max_shifts": 0}},
    )
    aims, roster = Aims(problem), parse("ana M .\nbob . .")

    found = measure(aims, roster, shiftplan.check(aims.problem, roster))

    assert (found.gini, found.highest_load) == pytest.approx((1 / 2, 2 / 3))


def figures(seats: int, inequality: float, km: int | None) -> Figures:
    return Figures(seats, 0, inequality, 1.0, km)


def test_a_point_is_dominated_by_one_that_is_nowhere_worse():
    """Better in one axis and as good in the others; equals do not dominate each other."""
    here = figures(3, 0.2, 40)

    assert is_dominated(here, [here, figures(3, 0.2, 39)])
    assert not is_dominated(here, [here, figures(3, 0.2, 40), figures(2, 0.3, 1)])
    assert is_dominated(figures(3, 0.2, None), [figures(3, 0.1, None)])


# ---- whole trade-offs


def test_every_point_is_the_proven_best_of_its_weighting():
    """Against all rosters of a tiny week: cost, bound and place."""
    problem = ward(each={"bob": {"home_center_id": "far"}})
    aims = Aims(problem)
    rosters = every_roster(problem)

    found = tradeoff(problem, points=9, time_limit=None, workers=1)

    assert len(found.points) == found.wanted == 9
    assert [p.number for p in found.points] == list(range(1, 10))
    assert found.week is not None
    for point in found.points:
        weighted = aims.reweighted(aims.rates(point.weighting))
        least = min(shiftplan.check(weighted, r).total for r in rosters)
        assert point.total.cost == least == point.total.bound
    seats = [p.figures.empty_seats for p in found.points[1:6] if p.weighting.travel == 1]
    assert seats == sorted(seats)  # the dearer evenness, the more seats stay empty


@settings(deadline=None)
@given(problems(max_volunteers=2, max_shifts=2).filter(lambda problem: problem.levels))
def test_points_of_any_problem_are_the_best_of_all_rosters(problem):
    """Any rules, rates and order: cost and bound of each point, or a contradiction."""
    aims, rosters = Aims(problem), every_roster(problem)

    found = tradeoff(problem, points=3, time_limit=None, workers=1)

    assert bool(found.points) == bool(rosters) != bool(found.conflict)
    for point in found.points:
        weighted = aims.reweighted(aims.rates(point.weighting))
        least = min(shiftplan.check(weighted, r).total for r in rosters)
        assert (point.total.cost, point.total.bound) == (least, least)


def test_points_share_rosters_and_bounds(monkeypatch):
    """A solve that finds nothing costs nothing: the first one's roster serves every point."""
    true_run = Session.run
    turns = []

    def run(session):
        result = true_run(session)
        turns.append(session.start)
        if len(turns) == 1:
            return result
        nothing = Cost(None, None)
        return Result(
            status=shiftplan.Status.NO_ROSTER_FOUND,
            stopped_by=shiftplan.StoppedBy.TIME,
            roster=None,
            score=None,
            total=nothing,
            levels={},
        )

    monkeypatch.setattr(Session, "run", run)

    found = tradeoff(town(1, 6), points=4, time_limit=None, workers=1)

    assert turns[0] is None
    assert len({p.roster for p in found.points}) == 1
    assert all(start == found.points[0].roster for start in turns[1:])
    dearer = [p for p in found.points if p.weighting.evenness >= 1]
    assert all(p.total.bound > 0 for p in dearer)


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

    assert len(found.points) == 2
    assert found.wanted == 5
    assert "2 of 5 points" in lines(found, "en")[-1]


def test_a_contradiction_is_named():
    """No roster at all: the rules that contradict each other, and no points."""
    pins = [{"volunteer_id": "ana", "shift_id": f"M{d}", "state": "must"} for d in range(2)]
    rules = [*ward().rules, {"rule": "max_shifts"}]
    problem = ward(pins=pins, rules=rules, each={"ana": {"max_shifts": 1}})

    found = tradeoff(problem, points=2, time_limit=None, workers=1)

    assert found.points == ()
    assert {member.rule for member in found.conflict} == {"pins", "max_shifts"}


def test_bounds_that_contradict_a_roster_are_our_bug(monkeypatch):
    """Nothing is told that cannot be."""
    monkeypatch.setattr(search_module, "bound_of", lambda *_: 10**9)

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


# ---- words


@pytest.mark.parametrize(
    ("after", "english", "vietnamese"),
    [
        (
            figures(12, 0.15, 90),
            "2 more empty seats buy an inequality of 0.150 instead of 0.200 and 10 km less.",
            "thêm 2 vị trí trống, đổi lại mức không đều 0,150 thay vì 0,200 và bớt 10 km đi lại.",
        ),
        (
            figures(9, 0.25, 100),
            "an inequality of 0.250 instead of 0.200 buys 1 fewer empty seat.",
            "mức không đều 0,250 thay vì 0,200, đổi lại bớt 1 vị trí trống.",
        ),
        (figures(10, 0.2, 90), "10 km less, for nothing.", "bớt 10 km đi lại, không mất gì."),
        (
            figures(10, 0.2, 1100),
            "1,000 km more, for nothing in return.",
            "thêm 1.000 km đi lại, không được gì.",
        ),
        (figures(10, 0.2, 100), "no difference.", "không khác gì."),
    ],
)
def test_what_a_step_buys(after, english, vietnamese):
    """Losses first, then what they buy."""
    before = figures(10, 0.2, 100)

    assert exchange(before, after, "en") == english
    assert exchange(before, after, "vi") == vietnamese


def test_labels_tell_what_is_priced_otherwise():
    """Against the week; without an own price the factor 1 is a price at all."""
    found = tradeoff(ward(), points=9, time_limit=None, workers=1)

    labels = [label(point, found.own, "en") for point in found.points]

    assert labels == [
        "no price on evenness and travel",
        "evenness x 1/4",
        "as the week says",
        "evenness x 4",
        "evenness x 16",
        "evenness x 64",
        "no price on travel",
        "travel x 4",
        "travel x 16",
    ]


@pytest.mark.parametrize(("lang", "says"), [("en", "Points 1, 2: "), ("vi", "Phương án 1, 2: ")])
def test_points_that_more_time_may_move_are_told(monkeypatch, lang, says):
    """Without bounds the gap is all of the cost; a proven point is not told."""
    proven = tradeoff(ward(), points=2, time_limit=None, workers=1)
    monkeypatch.setattr(search_module, "bound_of", lambda *_: 0)
    wide = tradeoff(ward(), points=2, time_limit=None, workers=1)

    assert not any(says in line for line in lines(proven, lang))
    assert any(line.startswith(says) for line in lines(wide, lang))
