"""Advice agrees with itself, and with `solve` on the changed weeks, under many hard rules."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import assume, given, settings
from small_weeks import BASE, COVERAGE, SKILLS, need, weeks

from shiftplan.analysis.advice import Advice, Filling, advise
from shiftplan.analysis.advice.newcomers import empty_seats
from shiftplan.present.answers import lines
from shiftplan.problem import Problem
from shiftplan.rules import Shortage
from shiftplan.scoring.check import check
from shiftplan.solving.solve import solve
from shiftplan.testing.pictures import parse, plan, window
from shiftplan.week.roster import Roster


@dataclass(frozen=True)
class Asked:
    """A week, its best roster, and the advice on it."""

    problem: Problem
    roster: Roster
    advice: Advice

    @property
    def filling(self) -> Filling:
        assert self.advice.filling is not None
        return self.advice.filling

    @property
    def empty(self) -> int:
        return sum(empty_seats(self.problem, self.roster).values())


def asked(problem: Problem) -> Asked:
    roster = solve(problem, workers=1).require_roster()
    return Asked(problem, roster, advise(problem, roster, time_limit=None))


def fewest_empty(problem: Problem) -> int:
    """The fewest empty seats of all rosters that keep the hard rules, proven."""
    rules = (*(r for r in problem.rules if r.hard), Shortage(level=1, weight=1))
    fields = {**problem.model_dump(), "rules": rules, "rates": (), "order": "total"}
    result = solve(Problem.model_validate(fields), workers=1)
    assert result.total.cost is not None
    assert result.total.cost == result.total.bound
    return result.total.cost


# ---- over random weeks


@settings(max_examples=15)
@given(weeks())
def test_new_people_fill_what_is_said_and_no_single_step_fills_more(problem):
    """At least is never above enough, solving with the new people leaves no more seats empty, and
    one more volunteer told as a step fills no more than they do, nor as much where they are many.
    """
    assume(solve(problem, workers=1).roster is not None)
    found = asked(problem)
    filling, empty = found.filling, found.empty

    whole = Problem.model_validate(filling.problem.model_dump())
    assert check(whole, filling.roster).is_feasible
    assert filling.left == sum(empty_seats(whole, filling.roster).values())
    assert filling.total == check(problem, found.roster).total - check(whole, filling.roster).total
    assert fewest_empty(whole) <= filling.left
    for lack in (filling, *filling.lacks):
        assert (lack.enough is None) == (lack.left > 0)
        assert lack.enough is None or lack.at_least <= lack.enough
    assert (filling.left > 0) == bool(filling.barriers)
    for gain in found.advice.gains:
        if gain.step.kind == "volunteer":
            assert gain.seats <= empty - filling.left
            assert gain.seats < empty - filling.left or len(filling.people) <= 1


@settings(max_examples=15)
@given(weeks())
def test_single_steps_gain_what_check_and_solve_say(problem):
    """The gain is what the old roster costs more than the new one, and at most is no less than what
    the best roster of the changed week gains.
    """
    assume(solve(problem, workers=1).roster is not None)
    found = asked(problem)
    before = check(problem, found.roster)

    for gain in found.advice.gains:
        changed = Problem.model_validate(gain.step.apply(problem).model_dump())
        after, best = check(changed, gain.roster), solve(changed, workers=1).total
        assert after.is_feasible
        assert gain.total == before.total - after.total
        assert gain.levels == {n: before.levels[n] - after.levels[n] for n in before.levels}
        assert gain.seats == found.empty - sum(empty_seats(changed, gain.roster).values())
        assert best.cost == best.bound
        assert gain.at_most is not None
        assert gain.total <= before.total - best.cost <= gain.at_most


# ---- by hand


def test_novices_are_useless_without_mentors_so_mentors_are_found():
    """Ana is the only mentor; twelve seats for heads are empty, which a novice alone may not fill.

    Four seats in each of four shifts, all at home; one novice for each mentor. New people do four
    shifts: three people fill twelve seats, and two of them must be mentors to Bob and the third.
    """
    problem = plan(
        "MA",
        "ana bob",
        2,
        skills=SKILLS,
        each={"ana": {"skills": {"portal": 3}, "max_shifts": 4}, "bob": {"max_shifts": 4}},
        availability=(window("ana", last=1), window("bob", last=2)),
        rules=(COVERAGE, *BASE, {"rule": "mentor", "value": 1}),
        requirements=tuple(need(shift, target=4) for shift in ("M0", "A0", "M1", "A1")),
    )
    found = asked(problem)

    filling = found.filling
    (volunteer,) = (g for g in found.advice.gains if g.step.kind == "volunteer")
    assert volunteer.seats >= 4
    assert (filling.left, filling.at_least, filling.enough) == (0, 3, 3)
    assert sum(asked.people for asked in filling.asked) == 2
    assert {(a.rule, a.skill_id) for a in filling.asked} == {("mentor", "portal")}
    told = "\n".join(lines(found.advice, "en"))
    assert "With 3 more volunteers, all 12 empty seats are filled." in told
    assert "otherwise a hard rule is broken (too few mentors for the novices)" in told
    assert "sẽ trái quy định bắt buộc" in "\n".join(lines(found.advice, "vi"))


def test_a_rule_that_keeps_new_people_out_is_named():
    """Home has room for two: two of four seats stay empty, whoever joins: the room is full."""
    problem = plan(
        "M",
        "ana bob",
        1,
        rules=(COVERAGE, *BASE, {"rule": "capacity"}),
        requirements=(need("M0", target=4),),
    )
    found = asked(problem)

    filling = found.filling
    assert (filling.left, filling.enough, filling.people) == (2, None, ())
    assert [(b.rule, b.seats) for b in filling.barriers] == [("capacity", 2)]
    english, vietnamese = (lines(found.advice, lang) for lang in ("en", "vi"))
    assert "No new volunteer was found who could fill any of the 2 empty seats." in english
    assert english[-1].endswith("no room for another person (seats: 2).")
    assert vietnamese[-1].startswith("Các quy định bắt buộc không cho thêm người")


def test_as_many_new_people_as_a_rule_asks_for():
    """One shift for everybody in the week: five seats need five people, Ana and four more."""
    problem = plan(
        "M",
        days=5,
        each={"ana": {"max_shifts": 2}},
        rules=(COVERAGE, *BASE, {"rule": "max_shift_count", "value": 1, "per": "horizon"}),
        requirements=tuple(need(f"M{day}") for day in range(5)),
    )

    filling = asked(problem).filling

    assert (filling.left, filling.enough) == (0, 4)


def test_new_people_who_are_not_needed_break_no_rule_by_being_idle():
    """Everybody must do two shifts: the one new person does both empty ones."""
    problem = plan(
        {0: "Mm", 1: "Mm"},
        "ana",
        rules=(
            COVERAGE,
            *BASE,
            {"rule": "min_shift_count", "level": "hard", "value": 2, "per": "horizon"},
        ),
        requirements=tuple(need(shift) for shift in ("M0", "m0", "M1", "m1")),
    )

    filling = asked(problem).filling

    assert (filling.left, filling.enough) == (0, 1)


def test_the_advice_says_how_many_shifts_of_others_change():
    """One new volunteer who may do one shift fills both seats, since Ana goes to the other one."""
    problem = plan(
        "M",
        days=2,
        skills=SKILLS,
        each={"ana": {"max_shifts": 1}},
        rules=(COVERAGE, *BASE),
        requirements=(need("M0"), need("M0", "portal"), need("M1")),
    )
    roster = parse("ana  M .")

    filling = advise(problem, roster, time_limit=None).filling

    assert filling is not None
    assert (filling.left, filling.enough, filling.moved) == (0, 1, 2)
