"""Advice: every gain is re-applied and re-checked, and compared with brute force."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from small_weeks import COVERAGE, SKILLS, need, weeks

from shiftplan.analysis.advice import Advice, Gain, advise
from shiftplan.analysis.advice.filling import least_empty
from shiftplan.analysis.advice.newcomers import windows_of
from shiftplan.analysis.advice.prices import PricedProgram, StepPrices
from shiftplan.analysis.advice.run import modest
from shiftplan.analysis.advice.steps import apply_steps, training, trainings
from shiftplan.case.case import Case
from shiftplan.engines.params import DEFAULTS
from shiftplan.problem import Problem
from shiftplan.rules import Shortage
from shiftplan.scoring.check import check
from shiftplan.solving.building import build
from shiftplan.solving.solve import solve
from shiftplan.testing.pictures import parse, plan, window
from shiftplan.week.records import SkillGrant, Volunteer
from shiftplan.week.roster import Roster

MILD = (
    {"rule": "capacity"},
    {"rule": "max_distance"},
    {"rule": "one_center_per_day"},
    {"rule": "mentor", "value": 1},
    {"rule": "fairness", "level": 2, "weight": 50},
    {"rule": "min_shifts", "level": 2, "weight": 40},
)
"""Rules that let one more person be idle."""


def cost(problem: Problem) -> int:
    """Cost of the best roster, proven."""
    result = solve(problem, workers=1)
    assert result.total.cost is not None
    assert result.total.cost == result.total.bound
    return result.total.cost


def of_kind(advice: Advice, kind: str) -> list[Gain]:
    return [gain for gain in advice.gains if gain.step.kind == kind]


# ---- by hand


def one_shift_short() -> tuple[Problem, Roster]:
    """Two shifts of one seat each, and Ana may do one: an empty seat costs 100 x 1.5."""
    problem = plan(
        "M",
        days=2,
        each={"ana": {"max_shifts": 1}},
        rules=(COVERAGE, {"rule": "max_shifts"}),
        requirements=(need("M0"), need("M1")),
    )
    return problem, parse("ana  M .")


def test_one_more_volunteer_fills_the_empty_seat():
    """A new volunteer at home gains the 150 of the empty seat, and nobody can gain more."""
    (gain,) = of_kind(advise(*one_shift_short()), "volunteer")[:1]

    assert (gain.total, dict(gain.levels), gain.seats, gain.at_most) == (150, {1: 150}, 1, 150)
    assert gain.proven
    assert gain.without == 0
    assert gain.shifts in (("M0",), ("M1",))


def test_no_step_gains_more_than_the_roster_costs(monkeypatch):
    """A bound below 0, as duals may give one, promises no gain beyond the cost there is."""
    monkeypatch.setattr(PricedProgram, "bound", lambda *_: -10_000.0)
    advice = advise(*one_shift_short())

    assert advice.gains
    assert {gain.at_most for gain in advice.gains} == {advice.score.total}


def test_one_more_shift_than_a_limit_fills_it_as_well():
    """Ana at two shifts instead of one works both."""
    (gain,) = of_kind(advise(*one_shift_short(), time_limit=None), "max_shifts")

    assert (gain.step.before, gain.step.after) == (1, 2)
    assert (gain.total, gain.shifts) == (150, ("M0", "M1"))


def test_a_training_fills_the_seat_of_a_skill():
    """A seat asks for portal 2, and Ana holds 1: training costs nothing and gains 150."""
    problem = plan(
        "M",
        days=1,
        skills=SKILLS,
        each={"ana": {"skills": {"portal": 1}}},
        rules=(COVERAGE,),
        requirements=(need("M0"), need("M0", "portal", 2), need("M0", "portal", 1)),
    )

    (gain,) = of_kind(advise(problem, parse("ana  M")), "training")

    assert gain.step.grant == SkillGrant(skill_id="portal", level=2)
    assert (gain.step.before, gain.total, gain.seats, gain.at_most) == (1, 150, 1, 150)


def seat_of_two_skills(people: str) -> Problem:
    """A seat for one who speaks and knows the portal, where Ana does the one and Bob the other."""
    return plan(
        "M",
        people,
        days=1,
        skills=SKILLS,
        each={"ana": {"skills": {"cham": 1}}, "bob": {"skills": {"portal": 2}}},
        rules=(COVERAGE,),
        requirements=(need("M0", "cham", 1, beside="portal:2"),),
    )


def test_a_seat_of_two_skills_says_who_to_train_in_what():
    """Ana speaks, Bob knows the portal, and the seat asks for both: either gains its 150.

    Cleo holds neither: she would need two trainings, and is offered the one in a technology only.
    """
    problem = seat_of_two_skills("ana bob cleo")

    found = of_kind(advise(problem, Roster()), "training")

    assert {(g.step.volunteer_id, g.step.grant, g.total) for g in found} == {
        ("ana", SkillGrant(skill_id="portal", level=2), 150),
        ("bob", SkillGrant(skill_id="cham"), 150),
    }
    taught = {(step.volunteer_id, step.grant) for step in trainings(problem)}
    assert ("cleo", SkillGrant(skill_id="cham")) not in taught


def test_a_new_person_holds_all_that_a_seat_asks_for():
    """Heads are there; one newcomer who speaks and knows the portal fills the seat of both."""
    problem = seat_of_two_skills("ana bob")

    filling = advise(problem, parse("ana  M\nbob  M"), fill_seats=True).filling

    assert filling is not None
    (lack,) = filling.lacks
    assert (lack.empty, lack.left) == (1, 0)
    assert (lack.skill_id, lack.level, lack.further) == ("cham", 1, ["portal:2"])
    (person,) = filling.people
    assert {g.skill_id: g.level for g in person.skills} == {"cham": 1, "portal": 2}


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        ("cham/portal:2", (None, ["cham/portal:2"])),
        ("!cham", (None, ["!cham"])),
        ("portal|!portal:2", ("portal", ["!portal:2"])),
    ],
)
def test_new_people_meet_what_seats_ask_for(beside: str, told: tuple[str | None, list[str]]):
    """One of two skills is enough; what must not be held is not, though another seat needs it."""
    problem = plan(
        "MA",
        "ana",
        days=1,
        skills=SKILLS,
        rules=(COVERAGE,),
        requirements=(need("M0", beside=beside), need("A0", "cham", 1, beside="portal:2")),
    )

    filling = advise(problem, Roster(), fill_seats=True).filling

    assert filling is not None
    assert filling.left == 0
    case = Case(filling.problem, filling.roster)
    assert [case.coverage(seat) for seat in problem.requirements] == [1, 1]
    assert told in [(lack.skill_id, lack.further) for lack in filling.lacks]


def test_a_training_from_nothing_to_the_level_that_pays():
    """Ana and Bob may both learn; languages are nothing to be trained in."""
    problem = plan(
        "M",
        "ana bob",
        days=1,
        skills=SKILLS,
        rules=(COVERAGE,),
        requirements=(need("M0", "portal", 3), need("M0", "cham", 1)),
    )

    found = of_kind(advise(problem, Roster()), "training")

    assert {(g.step.person.volunteer_id, g.step.grant.level) for g in found if g.step.person} == {
        ("ana", 3),
        ("bob", 3),
    }
    assert {g.step.grant.skill_id for g in found if g.step.grant} == {"portal"}


def test_a_gain_asks_for_no_more_skill_than_it_needs():
    """A roster that costs the same with portal 2 as with portal 3 asks for portal 2 only."""
    problem = plan(
        "M",
        days=1,
        skills=SKILLS,
        rules=(COVERAGE,),
        requirements=(need("M0", "portal", 2),),
    )
    (ana,) = problem.volunteers
    step = training(problem, ana, "portal", 3)
    gain = Gain(step, parse("ana  M"), ("M0",), 150, {1: 150}, 1, None, True)

    assert modest(problem, gain).step == training(problem, ana, "portal", 2)


def test_trainings_at_once_gain_what_both_do():
    """Two seats for portal 2 at the same time: either training gains 225, both 375."""
    problem = plan(
        "M",
        "ana bob",
        days=1,
        skills=SKILLS,
        rules=(COVERAGE,),
        requirements=(need("M0", target=2), need("M0", "portal", 2, target=2)),
    )

    advice = advise(problem, parse("ana  M\nbob  M"))

    # Of two seats the first costs 150 x (1 + 1/2) = 225, the second 150.
    assert [g.total for g in of_kind(advice, "training")] == [225, 225]
    assert advice.together is not None
    changed = apply_steps(problem, advice.together.steps)
    assert check(changed, advice.together.roster).total == 0
    assert (advice.together.total, advice.together.seats) == (375, 2)


def test_a_window_a_distance_and_a_room_that_pay():
    """Ana could do the afternoon; Bob lives too far from it; a second person has no room."""
    problem = plan(
        {0: "Mm", 1: "m"},
        "ana bob cleo",
        each={
            "ana": {"home_center_id": "far"},
            "bob": {"max_distance_km": 7},
            "cleo": {"home_center_id": "far"},
        },
        availability=(window("ana", last=1), window("bob", last=1), window("cleo", last=1)),
        rules=(
            COVERAGE,
            {"rule": "max_distance"},
            {"rule": "capacity"},
            {"rule": "one_place"},
        ),
        requirements=(need("M0"), need("m0", target=2), need("m1", target=1)),
    )
    roster = parse("ana  m .\nbob  M .")

    found = {g.step.kind: g for g in advise(problem, roster).gains}

    # At far an empty seat of one costs 100; of two, the last one costs 100 too.
    assert (found["window"].total, found["window"].seats) == (100, 1)
    assert (found["capacity"].total, found["capacity"].step.after) == (100, 2)
    assert "max_distance" not in found  # Bob is needed where he is, and far is full


def test_what_needs_no_step_is_told_apart():
    """An empty roster leaves two seats empty; Ana fills one of them without any step."""
    problem, _ = one_shift_short()

    gain = of_kind(advise(problem, Roster()), "max_shifts")[0]

    assert (gain.total, gain.without, gain.own) == (300, 150, 150)


def test_nothing_helps_where_nothing_is_empty():
    """Every seat is filled at no cost: no advice, and no seat to fill."""
    problem = plan("M", days=1, rules=(COVERAGE,), requirements=(need("M0"),))

    advice = advise(problem, parse("ana  M"))

    assert advice.gains == ()
    assert advice.filling is not None
    assert (advice.filling.enough, advice.filling.at_least, advice.filling.left) == (0, 0, 0)


def test_the_people_who_fill_all_seats():
    """Five seats at once over three mornings: Ana does one, two more people do two each."""
    problem = plan(
        "M",
        days=5,
        skills=SKILLS,
        each={"ana": {"max_shifts": 2}},
        rules=(COVERAGE, {"rule": "max_shifts"}),
        requirements=(*(need(f"M{i}") for i in range(5)), need("M1", "portal", 2)),
    )

    filling = advise(problem, parse("ana  M . . . .")).filling

    # Four seats are empty of which Ana could take one: 3 seats at 2 shifts each are two people.
    assert filling is not None
    assert (filling.at_least, filling.enough, filling.left) == (2, 2, 0)
    heads, portal = filling.lacks
    assert (heads.skill_id, heads.empty, heads.at_least, heads.enough) == (None, 4, 2, 2)
    assert (portal.skill_id, portal.empty, portal.at_least, portal.enough) == ("portal", 1, 1, 1)


def test_the_duals_of_a_problem_give_back_its_own_bound():
    """Rows matched with themselves: the same bound as that of the relaxation."""
    problem, _ = one_shift_short()
    prices = StepPrices(problem, DEFAULTS, seconds=60, seed=0, stopped=lambda: False)

    assert math.isclose(prices.read(problem, ()).bound(None), prices.bound)
    assert math.isclose(prices.bound, 150)


def test_bounds_of_a_large_cost_are_rounded_with_care(monkeypatch):
    """They may lie a little above what is true; the whole number above would be no bound."""
    problem = plan(
        "M",
        days=3,
        each={"ana": {"max_shifts": 1}},
        rules=({**COVERAGE, "weight": 1_000_000}, {"rule": "max_shifts"}),
        requirements=(need("M0"), need("M1"), need("M2")),
    )
    found, of_step, off = StepPrices.__init__, PricedProgram.bound, 1 + 5e-10

    def lifted(prices: StepPrices, *given, **options) -> None:
        found(prices, *given, **options)
        prices.bound *= off

    monkeypatch.setattr(StepPrices, "__init__", lifted)
    monkeypatch.setattr(PricedProgram, "bound", lambda *given: of_step(*given) * off)

    advice = advise(problem, parse("ana  M . ."))

    # Two seats are empty: 2 x 1,000,000 x 1.5; one more shift of Ana's fills one of them.
    assert advice.score.total == advice.bound == 3_000_000
    assert of_kind(advice, "max_shifts")[0].at_most == 1_500_000


# ---- against brute force


@settings(max_examples=10)
@given(weeks(MILD))
def test_no_training_brings_more_than_the_advice_says_at_most(problem):
    """Of all trainings, each solved exactly, the best brings what was found, or what is possible.

    A gain is found with few people moved; a training may bring a little more when all may move. One
    that costs, as it takes people from seats for those without the skill, is not proposed.
    """
    result = solve(problem, workers=1)
    roster, total = result.require_roster(), result.total.cost
    assert total is not None
    best = max([0, *(total - cost(step.apply(problem)) for step in trainings(problem))])

    found = of_kind(advise(problem, roster, fill_seats=False), "training")

    assert max((gain.own for gain in found), default=0) <= best
    assert max((gain.at_most for gain in found), default=0) >= best


@settings(max_examples=10)
@given(weeks(MILD))
def test_fewer_new_people_than_the_least_do_not_fill_all_seats(problem):
    """With one fewer than the least, all of them able and mobile, a seat stays empty."""
    filling = advise(problem, solve(problem, workers=1).require_roster()).filling

    assert filling is not None
    if filling.at_least:
        fewer = [
            Volunteer(
                volunteer_id=f"new {i}",
                skills=(SkillGrant(skill_id="portal", level=3), SkillGrant(skill_id="cham")),
                max_shifts=filling.typical.shifts,
                mobile=True,
            )
            for i in range(filling.at_least - 1)
        ]
        windows = [w for v in fewer for w in windows_of(v.volunteer_id, problem.shifts)]
        seats = Shortage(level=1, weight=1)
        larger = problem.model_copy(
            update={
                "volunteers": (*problem.volunteers, *fewer),
                "availability": (*problem.availability, *windows),
                "rules": (*(r for r in problem.rules if r.hard), seats),
            }
        )
        assert cost(larger) > 0


@settings(max_examples=10)
@given(weeks(MILD))
def test_no_roster_fills_more_seats_of_a_skill_than_the_flow_says(problem):
    """Seats left empty in the best roster for that skill alone are at least those of the flow."""
    for conditions in {n.conditions for n in problem.requirements}:
        empty = least_empty(build(problem), conditions)
        only = [n for n in problem.requirements if n.conditions == conditions]
        rules = (*(r for r in problem.rules if r.hard), Shortage(level=1, weight=1))
        alone = problem.model_copy(update={"requirements": tuple(only), "rules": rules})
        assert empty <= cost(alone)
