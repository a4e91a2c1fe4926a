"""Contradictions: alone without a roster, each member needed, ways out that lead out.

Brute force: every roster of a tiny problem, and what the model of hard rules says of it.
"""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import numpy as np
import pytest
from conflicts import PEOPLE, must, tight
from hypothesis import assume, given, settings
from pace import costly
from pictures import plan, window
from strategies import problems

from shiftplan.engines.task import Deadline, Limits
from shiftplan.problem import Problem
from shiftplan.problem.records import Published, Requirement
from shiftplan.problem.roster import Roster
from shiftplan.scoring.check import check
from shiftplan.solving.conflict import find_conflict, ways_out
from shiftplan.solving.conflict.grounds import Member
from shiftplan.solving.conflict.inquiry import Inquiry
from shiftplan.solving.conflict.prices import NEVER, price
from shiftplan.solving.conflict.search import Contradiction, Search
from shiftplan.solving.result import ConflictMember


def members(problem: Problem) -> set[tuple[str, str, str]]:
    found = find_conflict(problem)
    assert found is not None
    assert found.minimal
    return {(m.rule, m.who, m.where) for m in found.members}


_INTERRUPTED = """
import signal
from shiftplan import Problem, find_conflict

day, hours = "2026-12-07", [("S1", 7, 11), ("S2", 9, 13)]
problem = Problem.model_validate({
    "horizon": {"start": day, "days": 1},
    "centers": [{"center_id": "A"}],
    "volunteers": [{"volunteer_id": "ana"}],
    "shifts": [
        {"shift_id": s, "center_id": "A", "start": f"{day}T{b:02}:00", "end": f"{day}T{e:02}:00"}
        for s, b, e in hours
    ],
    "availability": [{"volunteer_id": "ana", "start": f"{day}T00:00", "end": f"{day}T23:00"}],
    "pins": [{"volunteer_id": "ana", "shift_id": s, "state": "must"} for s, _, _ in hours],
    "rules": [{"rule": "one_place"}],
})
signal.signal(signal.SIGINT, lambda *_: print("handled"))
print(len(find_conflict(problem).members))
signal.raise_signal(signal.SIGINT)
"""


# ---- by hand


def test_the_handler_of_interrupts_survives():
    """After a conflict was confirmed Ctrl-C still goes to the handler of the program."""
    command = [sys.executable, "-c", _INTERRUPTED]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.split()) == (0, ["3", "handled"]), done.stderr


def test_overlapping_pins():
    """Ana is pinned to two shifts at once: both pins and the rule of one place."""
    pins = must("M0 ana", "O0 ana", "M1 ana", "M0 bob")
    problem = plan("MO", "ana bob", 2, pins=pins, rules=({"rule": "one_place"},))

    assert members(problem) == {
        ("pins", "ana", "M0"),
        ("pins", "ana", "O0"),
        ("one_place", "ana", "2026-12-07"),
    }
    assert [[str(m) for m in way.members] for way in ways_out(problem)] == [
        ["pins ana M0"],
        ["pins ana O0"],
    ]


def test_a_frozen_shift_is_one_member_for_everybody():
    """Nobody was published for Monday, which needs somebody: the need or the freeze can go."""
    problem = plan(
        "M",
        "ana bob cho",
        2,
        rules=({"rule": "minimum_coverage"}, {"rule": "stability", "level": "hard"}),
        published=(Published(volunteer_id="ana", shift_id="M1"),),
        requirements=(Requirement(shift_id="M0", minimum=1, target=1),),
    )

    assert members(problem) == {("minimum_coverage", "", "M0"), ("stability", "", "M0")}
    ways = ways_out(problem)
    assert [([str(m) for m in way.members], way.amounts) for way in ways] == [
        (["minimum_coverage M0"], (1,)),
        (["stability M0"], (1,)),
    ]


def test_pins_beyond_the_limit_of_a_person():
    """Three pins, at most two shifts: any pin can go for 1, the limit for 10 and one shift."""
    problem = plan(
        "M",
        days=4,
        each={"ana": {"max_shifts": 2}},
        pins=must("M0 ana", "M1 ana", "M3 ana"),
        rules=({"rule": "max_shifts"},),
    )

    assert len(members(problem)) == 4
    ways = ways_out(problem)
    assert [(way.price, way.amounts) for way in ways] == [(1, (1,))] * 3 + [(10, (1,))]
    assert ways[-1].members == (ConflictMember("max_shifts", "ana", ""),)


def test_a_pin_outside_the_time_offered():
    """The rule that forbids the pair stands against the pin."""
    problem = plan("M", "ana bob", 2, availability=(window("bob"),), pins=must("M1 ana", "M1 bob"))

    assert members(problem) == {("pins", "ana", "M1"), ("available", "ana", "M1")}
    found = find_conflict(problem)
    assert found is not None
    assert {m.sentence for m in found.members} == {
        "ana is pinned to work M1, home, Tue 08 Dec 07:00–11:00.",
        "ana did not offer the time of M1, home, Tue 08 Dec 07:00–11:00.",
    }


def test_very_many_conflicts_are_left_by_way_of_a_good_roster():
    """Two are needed on each of 12 days and there is one person: a seat a day is given up.

    Without any work 24 seats would be; the roster read off breaks no more than the 12.
    """
    needs = tuple(Requirement(shift_id=f"M{day}", minimum=2, target=2) for day in range(12))
    problem = plan("M", "ana", 12, requirements=needs, rules=({"rule": "minimum_coverage"},))
    search = Search(problem, Deadline(np.inf))
    first = search.conflict()
    assert isinstance(first, Contradiction)

    (found,) = search.corrections(first)

    assert tuple(found.amounts) == (1,) * 12
    assert not found.minimal
    assert len(found.works) == 12


def test_of_very_many_conflicts_what_is_cheaper_is_given_up():
    """Ana is needed on 12 days and kept out by a pin each: the pins go, not the minimums."""
    needs = tuple(Requirement(shift_id=f"M{day}", minimum=1, target=1) for day in range(12))
    pins = must(*(f"-M{day} ana" for day in range(12)))
    rules = ({"rule": "minimum_coverage"},)
    problem = plan("M", "ana", 12, requirements=needs, pins=pins, rules=rules)

    (way,) = ways_out(problem)

    assert {m.rule for m in way.members} == {"pins"}
    assert (way.price, way.minimal) == (12, False)


def test_without_time_for_the_cheapest_way_out_a_cheap_one_is_told():
    """With no time to see which way out is the cheapest, one that leads out is known still."""
    needs = tuple(Requirement(shift_id=f"M{day}", minimum=2, target=2) for day in range(2))
    problem = plan("M", "ana", 2, requirements=needs, rules=({"rule": "minimum_coverage"},))
    search = Search(problem, Deadline(np.inf))
    first = search.conflict()
    assert isinstance(first, Contradiction)
    search._until(Deadline(0.0))

    (found,) = search.corrections(first)

    people, shifts = problem.volunteers, problem.shifts
    roster = Roster.of((shifts[s].shift_id, people[v].volunteer_id) for v, s in found.works)
    broken = {(v.rule.rule, v.amount) for v in check(problem, roster).broken}
    assert {m.where for m in found.members} == {0, 1}
    assert broken <= {("minimum_coverage", amount) for amount in found.amounts}
    assert not found.minimal


def test_two_rules_forbid_one_pin():
    """Too far and not offered: either rule makes the conflict; the ways out give up both or it."""
    problem = plan(
        "x",
        days=1,
        availability=(),
        each={"ana": {"max_distance_km": 5}},
        pins=must("x0 ana"),
        rules=({"rule": "max_distance"},),
    )

    assert len(members(problem)) == 2
    assert [sorted(m.rule for m in way.members) for way in ways_out(problem)] == [
        ["pins"],
        ["available", "max_distance"],
    ]


def test_too_few_people_for_a_hard_minimum():
    """Two are needed, Bob did not offer the time, Cleo is kept out by a pin."""
    problem = plan(
        "M",
        "ana bob cleo",
        1,
        availability=(window("ana"), window("cleo")),
        pins=must("-M0 cleo"),
        requirements=(Requirement(shift_id="M0", minimum=2, target=2),),
        rules=({"rule": "minimum_coverage"},),
    )

    assert members(problem) == {
        ("minimum_coverage", "", "M0"),
        ("available", "", "M0"),
        ("pins", "cleo", "M0"),
    }
    assert [[m.rule for m in way.members] for way in ways_out(problem)] == [
        ["pins"],
        ["minimum_coverage"],
        ["available"],
    ]


def test_a_person_who_offered_too_little_for_a_hard_minimum():
    """Two shifts are due, one time was offered: her other pairs are told as one member."""
    rule = {"rule": "min_shift_count", "value": 2}
    problem = plan("M", "ana bob", 3, availability=(window("ana", first=0, last=1), window("bob")))
    problem = problem.model_copy(update={"rules": plan("M", rules=(rule,)).rules})

    found = find_conflict(problem)

    assert found is not None
    assert {(m.rule, m.who) for m in found.members} == {
        ("min_shift_count", "ana"),
        ("available", "ana"),
    }
    assert "ana did not offer other times." in [m.sentence for m in found.members]


def test_pins_against_the_room():
    """Room for one at far, two pins there."""
    problem = plan("m", "ana bob", 1, pins=must("m0 ana", "m0 bob"), rules=({"rule": "capacity"},))

    assert members(problem) == {
        ("pins", "ana", "m0"),
        ("pins", "bob", "m0"),
        ("capacity", "", "m0"),
    }


def test_a_novice_pinned_to_be_alone():
    """Nobody else has the skill: the pin against the rule; people who cannot come are no part."""
    problem = plan(
        "M",
        "ana bob",
        1,
        skills=({"skill_id": "portal", "max_level": 3},),
        pins=must("M0 ana"),
        rules=({"rule": "never_alone", "skill": "portal"},),
    )

    assert members(problem) == {("pins", "ana", "M0"), ("never_alone", "", "M0")}


def test_a_limit_for_each_day():
    """One shift a day, two pins on a date."""
    rule = {"rule": "max_shift_count", "value": 1, "per": "day"}
    problem = plan("MA", days=2, pins=must("M0 ana", "A0 ana", "M1 ana"), rules=(rule,))

    assert members(problem) == {
        ("pins", "ana", "M0"),
        ("pins", "ana", "A0"),
        ("max_shift_count", "ana", "2026-12-07"),
    }


def test_independent_contradictions_are_all_solved_by_a_way_out():
    """Two pins outside the time offered: every way out gives up something of both."""
    problem = plan("M", "ana bob", 2, availability=(), pins=must("M0 ana", "M1 bob"))

    assert len(members(problem)) == 2
    ways = ways_out(problem, most=9)
    assert [(way.price, len(way.members)) for way in ways] == [(2, 2), (11, 2), (11, 2), (20, 2)]


def test_nothing_has_to_give_way():
    """No members where a roster exists, and no way out is offered."""
    problem = plan("MO", days=2, pins=must("M0 ana"), rules=({"rule": "one_place"},))

    assert members(problem) == set()
    assert ways_out(problem) == ()


def test_without_time_nothing_is_said():
    """None is neither "no contradiction" nor a conflict."""
    problem = plan("MO", days=1, pins=must("M0 ana", "O0 ana"), rules=({"rule": "one_place"},))

    assert find_conflict(problem, time_limit=0.0) is None
    assert ways_out(problem, time_limit=0.0) == ()


def test_a_conflict_that_time_did_not_shrink_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch):
    """What was narrowed down is returned, not called minimal, and still leaves no roster."""
    from shiftplan.solving.conflict import search
    from shiftplan.solving.conflict.holding import OutOfTimeError

    def late(*_: object) -> bool:
        raise OutOfTimeError

    monkeypatch.setattr(search.Holding, "is_possible", late)
    problem = plan(
        "MO", "ana bob", 1, pins=must("M0 ana", "O0 ana", "M0 bob"), rules=({"rule": "one_place"},)
    )

    found = find_conflict(problem)

    assert found is not None
    assert not found.minimal
    assert {(m.rule, m.who) for m in found.members} >= {("pins", "ana"), ("one_place", "ana")}


# ---- by brute force


class Everything:
    """Which members each roster of a tiny problem breaks: all pairs, also forbidden ones."""

    def __init__(self, problem: Problem) -> None:
        shifts = [s.shift_id for s in problem.shifts]
        people = [v.volunteer_id for v in problem.volunteers]
        pairs = [(s, v) for s in shifts for v in people]
        self.kinds: list[set[tuple[str, str]]] = []
        for number in range(2 ** len(pairs)):
            roster = Roster.of(pair for i, pair in enumerate(pairs) if number >> i & 1)
            self.kinds.append({(v.rule.rule, v.who) for v in check(problem, roster).broken})

    def exists(self) -> bool:
        """Whether some roster breaks nothing."""
        return set() in self.kinds

    def hit_by(self, members: list[tuple[str, str]]) -> bool:
        """Whether each roster breaks one of the members, told by rule and person."""
        return all(broken & set(members) for broken in self.kinds)


@given(tight())
def test_a_conflict_is_one_by_the_checker_too(problem: Problem):
    """There is a conflict exactly if `check` refuses every roster, each for one of its members."""
    every = Everything(problem)

    found = find_conflict(problem)

    assert found is not None
    assert bool(found.members) != every.exists()
    if found.members:
        assert found.minimal
        # A rule told of all people at a shift is broken by each person who comes there.
        told = {(m.rule, m.who) for m in found.members}
        loose = [(r, v) for r, who in told for v in ([who] if who else ["", *PEOPLE])]
        assert every.hit_by(loose)


@settings(deadline=None)
@given(problems(max_volunteers=2, max_shifts=4))
def test_rules_of_every_kind_are_told_apart_from_contradictions(problem: Problem):
    """Whatever the rules: a conflict is found exactly if `check` refuses every roster."""
    found = find_conflict(problem)

    assert found is not None
    assert found.minimal
    assert bool(found.members) != Everything(problem).exists()


@settings(deadline=None)
@given(problems(max_volunteers=2, max_shifts=4))
def test_every_member_has_a_sentence_in_both_languages(problem: Problem):
    """No sentence is empty or shows a placeholder, whatever the rule."""
    found = find_conflict(problem)

    assert found is not None
    for member in found.members:
        for lang in ("en", "vi"):
            assert member.say(lang).endswith(".")
            assert "{" not in member.say(lang) or "{" in problem.to_json()


@costly(0.3)
@given(tight())
def test_each_way_out_leads_out_and_gives_up_nothing_needlessly(problem: Problem):
    """All other members hold in its roster, judged by `check`; with any one kept none does.

    The ways are compared with all sets of members of the conflicts: none that is cheaper is left.
    """
    search = Search(problem, Deadline(np.inf))
    first = search.conflict()
    assume(isinstance(first, Contradiction))
    assert isinstance(first, Contradiction)
    people, shifts = problem.volunteers, problem.shifts

    before = 0
    corrections = []
    for _, found in zip(range(6), search.corrections(first), strict=False):
        given_up = {
            (search.rules[m.rule].rule, people[m.who].volunteer_id if m.who >= 0 else "")
            for m in found.members
        }
        roster = Roster.of((shifts[s].shift_id, people[v].volunteer_id) for v, s in found.works)
        for broken in check(problem, roster).broken:
            kind, who = broken.rule.rule, broken.who
            assert (kind, who) in given_up or (kind, "") in given_up
        for kept in found.members:
            others = tuple(m for m in found.members if m != kept)
            assert isinstance(search.conflict(others), Contradiction)
        assert search.price_of(found.members) >= before
        before = search.price_of(found.members)
        corrections.append(set(found.members))
    assert not any(a < b for a in corrections for b in corrections)
    _none_cheaper(search, first, corrections)


def _none_cheaper(search: Search, first: Contradiction, corrections: list[set[Member]]) -> None:
    """Any one or two members that are cheaper than the first way out do not lead out."""
    if not corrections:
        return
    least = search.price_of(corrections[0])
    usable = [m for m in search.grounds.members if search.rules[m.rule].rule not in NEVER]
    for count in (1, 2):
        for some in combinations(usable, count):
            if sum(price(search.rules[m.rule].rule) for m in some) < least:
                assert isinstance(search.conflict(some), Contradiction)


@settings(deadline=None)
@given(tight())
def test_without_any_one_member_the_others_hold(problem: Problem):
    """Each member of a conflict is needed: a roster keeps the rest, and `check` finds no more."""
    search = Search(problem, Deadline(np.inf))
    first = search.conflict()
    assume(isinstance(first, Contradiction))
    assert isinstance(first, Contradiction)
    numbers = {m: i for i, m in enumerate(search.grounds.members)}

    for left_out in first.members:
        rest = np.array([numbers[m] for m in first.members if m != left_out], dtype=np.int64)
        assert search._holding.is_possible(rest)
    whole = np.array([numbers[m] for m in first.members], dtype=np.int64)
    assert not search._holding.is_possible(whole)


@settings(deadline=None)
@given(tight())
def test_ways_out_are_the_same_through_the_door(problem: Problem):
    """`ways_out` gives what the inquiry gives, in order of price."""
    inquiry = Inquiry(problem, Limits())
    inquiry.conflict()

    ways = ways_out(problem, most=3)

    assert ways == inquiry.ways_out(3)
    assert [w.price for w in ways] == sorted(w.price for w in ways)
