"""Contradictions by brute force: every roster of a tiny problem, and what is said of it."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from conflicts import PEOPLE, tight
from hypothesis import assume, given
from pace import costly
from strategies import problems

from shiftplan.engines.task import Deadline, Limits
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.solving.conflict import find_conflict, ways_out
from shiftplan.solving.conflict.grounds import Member
from shiftplan.solving.conflict.holding import NothingHoldsError
from shiftplan.solving.conflict.inquiry import Inquiry
from shiftplan.solving.conflict.search import Contradiction, Search
from shiftplan.week.roster import Roster


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


@costly(0.35)
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


@costly(0.35)
@given(problems(max_volunteers=2, max_shifts=4))
def test_rules_of_every_kind_are_told_apart_from_contradictions(problem: Problem):
    """Whatever the rules: a conflict is found exactly if `check` refuses every roster.

    Each of its members has a sentence in both languages, neither empty nor with a placeholder.
    """
    found = find_conflict(problem)

    assert found is not None
    assert found.minimal
    assert bool(found.members) != Everything(problem).exists()
    for member in found.members:
        for lang in ("en", "vi"):
            assert member.message.said(lang).endswith(".")
            assert "{" not in member.message.said(lang) or "{" in problem.to_json()


@costly(0.2)
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
    usable = [m for m in search.grounds.members if search.rules[m.rule].worth is not None]
    for count in (1, 2):
        for some in combinations(usable, count):
            if sum(search.rules[m.rule].worth for m in some) < least:
                assert isinstance(search.conflict(some), Contradiction)


@costly(0.3)
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
        assert search._holding.keeps(search._holding.works(rest), rest)
    whole = np.array([numbers[m] for m in first.members], dtype=np.int64)
    with pytest.raises(NothingHoldsError):
        search._holding.works(whole)


@costly(0.3)
@given(tight())
def test_ways_out_are_the_same_through_the_door(problem: Problem):
    """`ways_out` gives what the inquiry gives, in order of price."""
    inquiry = Inquiry(problem, Limits())
    inquiry.conflict()

    ways = ways_out(problem, most=3)

    assert ways == inquiry.ways_out(3)
    assert [w.price for w in ways] == sorted(w.price for w in ways)
