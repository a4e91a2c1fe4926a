"""What one change does to a roster: by hand, and equal to `check` of both rosters."""

from __future__ import annotations

from collections import Counter

from changes import changed, worse
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from strategies import problems, rosters
from tables.placement import PAYING
from tables.table import HOLDERS, PORTAL, needs

from shiftplan.errors.message import AtSeat
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.scoring.moves import Effect, Moves
from shiftplan.testing.pictures import MONDAY, parse, plan, shift
from shiftplan.week.history import Published
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Assignment, Change, Roster
from shiftplan.week.wishes import Pin, Preference


def added(shift: str, who: str) -> Change:
    return Change(Assignment(shift, who), True)


def taken(shift: str, who: str) -> Change:
    return Change(Assignment(shift, who), False)


# ---- by hand


def test_people_named_by_home_or_skill_are_together_too():
    """Whoever moves takes the others along in what is seen, as a group does."""
    rule = {"rule": "together", "level": 2, "weight": 5, "group": "home:far|portal"}
    skills = [{"skill_id": "portal"}]
    each = {"ana": {"skills": {"portal": 1}}, "bob": {"home_center_id": "far"}}
    each["cho"] = {"home_center_id": "far", "skills": {"portal": 1}}
    problem = plan("M", "ana bob cho", 2, each=each, skills=skills, rules=(rule,))
    moves = Moves(problem, parse("ana  M .\nbob  M ."))

    effect = moves.effect(added("M0", "cho"))

    assert dict(effect.costs) == {"together": -10}


def test_an_assignment_costs_what_check_says_it_costs():
    """A second shift on a date: one full day, and the growth of the person's squared load."""
    rules = (
        {"rule": "full_day", "level": 1, "weight": 5},
        {"rule": "fairness", "level": 2, "weight": 50},
        {"rule": "coverage", "level": 1, "weight": 100},
    )
    problem = plan("MA", days=2, rules=rules)
    moves = Moves(problem, parse("ana  M ."))

    effect = moves.effect(added("A0", "ana"))

    # Four shift times offered: the second shift costs rnd(50 x 3 / 4) = 38. Rates 10 and 1.
    assert effect.broken == ()
    assert dict(effect.costs) == {"full_day": 5, "fairness": 38}
    assert dict(effect.levels) == {1: 5, 2: 38}
    assert effect.total == 88


def test_breaches_that_stand_already_are_not_new():
    """Ana works both sides of a date already; another shift at one of them breaks nothing new."""
    problem = plan("Ma", days=2, rules=({"rule": "one_center_per_day"},))
    moves = Moves(problem, parse("ana  Ma ."))

    assert moves.broken(added("M1", "ana")) == ()
    (found,) = Moves(problem, parse("ana  M .")).broken(added("a0", "ana"))
    assert (found.rule.rule, found.who, found.at) == ("one_center_per_day", "ana", "2026-12-07")


def test_a_breach_that_grows_is_new():
    """Two shifts where one is allowed, then three: amount 2 after the change."""
    problem = plan("M", days=4, rules=({"rule": "max_shift_count", "value": 1},))

    (found,) = Moves(problem, parse("ana  M M . .")).broken(added("M2", "ana"))

    assert found.amount == 2


def test_a_run_that_comes_nearer_to_its_least_length_is_not_new():
    """A run of one day where three are wanted gets a day before it: shorter by less."""
    problem = plan("M", days=5, rules=({"rule": "min_consecutive_days", "value": 3},))
    moves = Moves(problem, parse("ana  . . M . ."))

    assert moves.broken(added("M1", "ana")) == ()
    assert [v.at for v in moves.broken(taken("M2", "ana"))] == []


def test_a_seat_is_no_shift_whose_id_reads_like_it():
    """A shift may have for its id the id, skill and level of a seat of another shift."""
    shifts = (shift("M", 0, shift_id="A"), shift("A", 0, shift_id="A portal 2"))
    problem = plan(
        people="dan",
        days=1,
        each=HOLDERS,
        skills=PORTAL,
        shifts=shifts,
        requirements=(
            {"shift_id": "A", "skill_id": "portal", "min_level": 2, "minimum": 1, "target": 1},
            {"shift_id": "A portal 2", "minimum": 1, "target": 1},
        ),
        rules=({"rule": "minimum_coverage"},),
    )
    moves = Moves(problem, Roster.of([("A", "dan")]))

    (found,) = moves.broken(taken("A", "dan"), added("A portal 2", "dan"))

    assert found.where == AtSeat("A", "portal", 2)


def test_teams_are_seen_whole():
    """Room for two: the third person is one too many, in whose place somebody else may come."""
    problem = plan("M", "ana bob cleo", 1, rules=({"rule": "capacity"},))
    moves = Moves(problem, parse("ana  M\nbob  M"))

    (found,) = moves.broken(added("M0", "cleo"))

    assert (found.who, found.at, found.amount) == ("", "M0", 1)
    assert moves.broken(added("M0", "cleo"), taken("M0", "bob")) == ()


def test_a_group_that_works_together_is_seen_whole():
    """A group of three of which one works: two are missing. With the second, one."""
    each = {name: {"group": "trio"} for name in ("ana", "bob", "cleo")}
    rules = ({"rule": "together", "group": "trio", "level": 1, "weight": 10},)
    problem = plan("M", "ana bob cleo dan", 1, each=each, rules=rules)
    moves = Moves(problem, parse("ana  M"))

    assert moves.effect(added("M0", "bob")).total == -10
    assert moves.effect(taken("M0", "ana")).total == -20
    assert moves.effect(added("M0", "dan")).total == 0


def test_pins_and_repetitions_count():
    """Whom a pin keeps out, who stands twice, and who leaves a shift they must work."""
    pins = (
        Pin(volunteer_id="ana", shift_id="M0", state="must"),
        Pin(volunteer_id="bob", shift_id="M0", state="must_not"),
    )
    problem = plan("M", "ana bob", 2, pins=pins)
    moves = Moves(problem, parse("ana  M .\nbob  . M"))

    def rules(*changes: Change) -> list[str]:
        return [v.rule.rule for v in moves.broken(*changes)]

    assert rules(added("M0", "bob")) == ["pins"]
    assert rules(taken("M0", "ana")) == ["pins"]
    assert rules(added("M0", "ana")) == ["input"]
    assert rules(added("nowhere", "ana")) == ["input"]
    assert rules(taken("M1", "ana")) == []


def test_who_was_not_published_is_new():
    """Bob has nothing in the published roster; the rule holds for him all the same."""
    published = (Published(volunteer_id="ana", shift_id="M1"),)

    def effect(level: object) -> Effect:
        rules = ({"rule": "stability", "level": level},)
        problem = plan("M", "ana bob", 2, rules=rules, published=published)
        return Moves(problem, parse("ana  . M")).effect(added("M0", "bob"))

    assert [(v.who, v.at) for v in effect("hard").broken] == [("bob", "M0")]
    assert dict(effect(1).costs) == {"stability": 100}


def test_seats_of_the_shift_get_cheaper():
    """Weight 100, priority 1.5, minimum 1, target 2: the first seat costs 100 x 1.5 x 4 x 1.5."""
    needs = (Requirement(shift_id="M0", minimum=1, target=2),)
    problem = plan("M", days=1, rules=({"rule": "coverage"},), requirements=needs)

    assert Moves(problem, Roster()).effect(added("M0", "ana")).costs == {"coverage": -900}


def test_a_load_that_nobody_had_is_told():
    """One of four shifts is 25%, two are 50%: the steps 30 to 50 are reached now."""
    problem = plan("M", days=4, rules=({"rule": "max_min", "level": 2, "weight": 7},))

    effect = Moves(problem, parse("ana  M . . .")).effect(added("M1", "ana"))

    assert dict(effect.costs) == {"max_min": -5 * 7}


def test_hours_with_a_skill_are_those_of_the_shifts_touched():
    """Four of eight hours were there: the missing four cost 1 + 4 + 6 + 9, and none is missing."""
    rule = {"rule": "skill_placement", "level": 2, "weight": 10}
    problem = plan(people="eve", days=2, rules=(rule,), **PAYING)

    effect = Moves(problem, parse("eve  . M")).effect(added("M0", "eve"))

    assert dict(effect.costs) == {"skill_placement": -20}


def test_hours_are_shared_by_all_that_a_person_offers():
    """Of twelve hours offered the fifth to eighth cost 50 x 9, 11, 13 and 15 over 12."""
    problem = plan("M", days=3, rules=({"rule": "balance_hours", "weight": 50},))

    effect = Moves(problem, parse("ana  M . .")).effect(added("M1", "ana"))

    assert dict(effect.costs) == {"balance_hours": 38 + 46 + 54 + 63}


def test_novices_learn_from_whoever_comes_and_where_they_go():
    """Of two shifts due with Dan, Ana has Monday's: he comes on Tuesday, or she on Wednesday."""
    rules = ({"rule": "mentored", "value": 2, "weight": 40},)
    problem = plan("M", "ana dan", 3, rules=rules, skills=PORTAL, each=HOLDERS)
    moves = Moves(problem, parse("ana  M M .\ndan  M . M"))

    assert moves.effect(added("M1", "dan")).total == -40
    assert moves.effect(added("M2", "ana")).total == -40
    assert moves.effect(taken("M0", "dan")).total == 40
    assert moves.effect(taken("M1", "ana")).total == 0


def test_seats_of_a_center_are_those_of_all_its_shifts():
    """Two of four seats at home are empty: 100 x 1 and 3 over 4; at far one of two: 50."""
    problem = plan(
        "Mm",
        "ana bob cho",
        3,
        rules=({"rule": "worst_center_first", "value": 2, "weight": 100},),
        requirements=needs(("M0", None, 0, 2), ("m1", None, 2, 2), ("M2", None, 1, 2)),
    )
    moves = Moves(problem, parse("ana  M m .\nbob  M . .\ncho  . . ."))

    assert moves.effect(added("M2", "bob")).total == -75
    assert moves.effect(added("M0", "cho")).total == 0  # beyond the target
    assert moves.effect(added("m1", "bob")).total == -50
    assert moves.effect(taken("M0", "ana")).total == 125
    assert moves.effect(taken("M0", "ana"), added("M2", "ana")).total == 0


def test_wishes_of_the_person_count():
    """Ana wished to work on Monday and not on Tuesday, with weights 3 and 5, each times 2."""
    wishes = (
        Preference(volunteer_id="ana", date=MONDAY, state="for", weight=3),
        Preference(volunteer_id="ana", shift_id="M1", state="against", weight=5),
        Preference(volunteer_id="bob", shift_id="M0", state="for", weight=50),
    )
    rules = ({"rule": "preferences", "level": 1, "weight": 2},)
    moves = Moves(plan("M", "ana bob", 2, preferences=wishes, rules=rules), Roster())

    assert moves.effect(added("M0", "ana")).total == -6
    assert moves.effect(added("M1", "ana")).total == 10
    assert moves.effect(added("M0", "ana"), added("M1", "ana")).total == 4


# ---- equal to `check`


@st.composite
def cases(draw: st.DrawFn) -> tuple[Problem, Roster, list[Change]]:
    """A problem, a roster and one to three changes of it, some of them of unknown ids."""
    problem = draw(problems())
    roster = draw(rosters(problem))
    people = [v.volunteer_id for v in problem.volunteers] + ["nobody"]
    shifts = [s.shift_id for s in problem.shifts] + ["nowhere"]
    pair = st.builds(Assignment, st.sampled_from(shifts), st.sampled_from(people))
    if roster.assignments and draw(st.booleans()):
        twice = draw(st.sampled_from(roster.assignments))
        roster = Roster.of([*roster.assignments, twice, ("nowhere", people[0])])
    changes = draw(st.lists(pair, min_size=1, max_size=3, unique=True))
    return problem, roster, [Change(a, a not in roster or draw(st.booleans())) for a in changes]


@costly(0.5)
@given(cases())
def test_an_effect_is_the_difference_of_two_checks(case):
    """New breaches, costs by rule, levels and total are those of `check` before and after."""
    problem, roster, changes = case
    before, after = check(problem, roster), check(problem, changed(roster, changes))

    moves = Moves(problem, roster)
    effect = moves.effect(*changes)

    assert Counter(map(repr, effect.broken)) == Counter(map(repr, worse(before, after)))
    assert moves.broken(*changes) == effect.broken
    rules = {*before.parts, *after.parts}
    costs = {r: after.parts.get(r, 0) - before.parts.get(r, 0) for r in rules}
    assert dict(effect.costs) == {r: cost for r, cost in costs.items() if cost}
    assert dict(effect.levels) == {k: after.levels[k] - before.levels[k] for k in problem.levels}
    assert effect.total == after.total - before.total


@costly(0.3)
@given(problems().filter(lambda p: p.volunteers and p.shifts), st.data())
def test_changes_may_be_judged_one_after_another(problem: Problem, data: st.DataObject) -> None:
    """After some changes, what more of them do is what they do to the roster made of the first."""
    roster = data.draw(rosters(problem))
    pairs = [
        Assignment(s.shift_id, v.volunteer_id) for s in problem.shifts for v in problem.volunteers
    ]
    one, two, three = (
        data.draw(st.lists(st.sampled_from(pairs), unique=True, max_size=2)) for _ in range(3)
    )
    moves, now = Moves(problem, roster), roster
    moves.effect(*(Change(pair, pair not in now) for pair in three))  # fills what is kept
    for pairs_changed in (one, two):
        changes = [Change(pair, pair not in now) for pair in pairs_changed]
        moves, now = moves.after(*changes), changed(now, changes)
    last = [Change(pair, pair not in now) for pair in three]

    effect = moves.effect(*last)

    anew = Moves(problem, now)
    assert effect == anew.effect(*last)
    assert moves.legal(*last) == (None if effect.broken else effect)
    scores = check(problem, changed(now, last)), check(problem, now)
    assert moves.mends(*last) == bool(worse(*scores))
    assert moves.case.shifts_of == anew.case.shifts_of
    assert moves.case.people_in == anew.case.people_in
