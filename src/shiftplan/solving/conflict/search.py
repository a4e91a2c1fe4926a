"""The search for conflicts and ways out of one problem.

`Problem` -> `Search` -> minimal conflicts, and the cheapest sets of members to give up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import highspy
import numpy as np
from scipy import sparse

from shiftplan.case.arrays import Arrays
from shiftplan.engines.highs import load
from shiftplan.engines.task import Array, Deadline, Limits
from shiftplan.model import Program
from shiftplan.problem import Problem
from shiftplan.rules.base import SERVICE
from shiftplan.rules.given import Pins
from shiftplan.solving.conflict.counting import CountTold, told
from shiftplan.solving.conflict.elastic import least_broken
from shiftplan.solving.conflict.grounds import Grounds, Member, Scope, lay_out, scopes_of
from shiftplan.solving.conflict.holding import Holding, OutOfTimeError
from shiftplan.solving.conflict.shrinking import narrow, shrink


class Contradiction(NamedTuple):
    """Members that cannot hold together."""

    members: tuple[Member, ...]
    """Which ones."""
    shown: Mapping[Member, Array] | None
    """Member -> pairs (volunteer index, shift index) of a roster that keeps all the others, int of
    shape (works, 2); None where time did not allow to see that each is needed."""
    counted: CountTold | None = None
    """What people can fill and what must be filled, where that is told in place of members."""


class Correction(NamedTuple):
    """Members without which all others can hold."""

    members: tuple[Member, ...]
    """Which ones."""
    amounts: tuple[int, ...]
    """By how much each is broken, as little as possible in sum."""
    works: Array
    """Pairs (volunteer index, shift index) of a roster that keeps all others, int (works, 2)."""
    minimal: bool
    """Whether each is proven to be needed, and the whole the cheapest of those not yet found."""


class Search:
    """Looks for contradictions; what it learnt of one helps with the next."""

    def __init__(self, problem: Problem, deadline: Deadline, limits: Limits | None = None) -> None:
        self.problem = problem
        self.arrays = Arrays(problem)
        self.rules = problem.active_rules
        self._deadline, self._limits = deadline, limits or Limits()
        self._params = self._limits.params.conflict
        self._scopes: list[Scope] = []
        self._seen: set[Member] = set()
        self._took = 0.0
        self._lay_out()

    def _lay_out(self) -> None:
        self.grounds: Grounds = lay_out(self.arrays, self.rules, self._scopes)
        self._holding = Holding(self.grounds, self._deadline, self._limits)
        self._number = {member: i for i, member in enumerate(self.grounds.members)}

    def _numbers(self, members: Collection[Member]) -> Array:
        known = [self._number[m] for m in members if m in self._number]
        return np.array(sorted(known, key=self._rank), dtype=np.int64)

    def _rank(self, number: int) -> tuple[bool, bool, int, int]:
        """What a conflict rather has stands first: pins, then rules of people, then of teams."""
        member = self.grounds.members[number]
        rule = self.rules[member.rule]
        return (not isinstance(rule, Pins), member.who < 0, rule.worth or SERVICE, number)

    def conflict(self, given_up: Collection[Member] = ()) -> Contradiction | Correction:
        """A minimal conflict of all members but those given up, or what keeps all the others.

        Where nothing is given up, and it would have very many members, it is told by a count.

        It raises OutOfTimeError if neither is known in time.
        """
        began, loose = time.monotonic(), self._numbers(given_up)
        if not given_up and (counted := self._counted()) is not None:
            return Contradiction((), None, counted)
        kept, works = narrow(self._holding, self._numbers(self._seen), loose)
        if kept is None:
            return self._correction(loose, works, minimal=True)
        self._seen |= {self.grounds.members[i] for i in kept.tolist()}
        found = self._shrunk(kept, given_up)
        self._took = time.monotonic() - began
        return found

    def _counted(self) -> CountTold | None:
        """More seats that must be filled than people can fill, where many people are concerned."""
        reasons = self._holding.reasons()
        if reasons.of_few(self._params.place_seconds) is not None:
            return None
        if (count := reasons.count()) is None:
            return None
        people = sum(len(each.people.rows) for each in count.limited)
        if people + len(count.rows) <= self._params.few_members:
            return None
        return told(self.grounds, reasons, count, self._worth)

    def _worth(self, rule: int) -> tuple[bool, int, int]:
        return not isinstance(self.rules[rule], Pins), self.rules[rule].worth or SERVICE, rule

    def _correction(self, numbers: Array, works: Array, *, minimal: bool) -> Correction:
        amounts = tuple(self._holding.amounts(works, numbers))
        members = tuple(self.grounds.members[i] for i in numbers.tolist())
        return Correction(members, amounts, self._worked(works), minimal)

    def _worked(self, works: Array) -> Array:
        """Pairs (volunteer index, shift index) that are worked, int of shape (works, 2)."""
        pairs, worked = self.grounds.model.pairs, np.flatnonzero(works > 0.5)
        return np.stack([pairs.volunteer[worked], pairs.shift[worked]], axis=1)

    def _shrunk(self, kept: Array, given_up: Collection[Member]) -> Contradiction:
        """What is needed of members that cannot hold together, and of what keeps people away."""
        whole = self._deadline
        seconds = whole.left() * self._params.shrinking_share
        self.until(Deadline(min(seconds, self._params.shrinking_seconds)))
        numbers, shown = shrink(self._holding, np.array(sorted(kept.tolist(), key=self._rank)))
        members = [self.grounds.members[i] for i in numbers.tolist()]
        known, rules = len(self._scopes), (m for m in members if m not in self.grounds.facts)
        wanted = {s for m in rules for s in scopes_of(self.arrays, self.rules[m.rule], m)}
        if scopes := wanted - {*self._scopes}:
            # Whom a rule forbids to come may be the reason too: let the rules say so themselves.
            self._scopes += sorted(scopes)
            self._lay_out()
            facts = {m for m, fact in self.grounds.facts.items() if fact.scope >= known}
            numbers = self._numbers({*members, *facts} - {*given_up})
            numbers, shown = shrink(self._holding, numbers)
        self._seen |= {self.grounds.members[i] for i in numbers.tolist()}
        self.until(whole)
        all_members = self.grounds.members
        found = tuple(all_members[i] for i in sorted(numbers.tolist(), key=self._rank))
        if shown is None:
            return Contradiction(found, None)
        return Contradiction(found, {all_members[i]: self._worked(w) for i, w in shown.items()})

    def corrections(self, first: Contradiction, within: float = np.inf) -> Iterator[Correction]:
        """Sets of members to give up, cheapest first, each without a needless member.

        They are looked for `within` some seconds at most.

        A set must hit every conflict known. The cheapest one is tried: either all others hold
        without it, or they name another conflict that must be hit too. Where there are very many
        conflicts, or they take long, it ends; if no set was found by then, one is that is cheap,
        but not proven to be the cheapest; so, too, of what is told by a count.
        """
        whole, own = self._deadline, Deadline(min(within, self._deadline.left()))
        if first.counted is not None:
            yield self._cheap_correction(own)
            return
        conflicts, in_a_row = [first.members, *self._alike(first.members)], 1
        taken: list[tuple[Member, ...]] = []
        params, seconds = self._params, own.left() * self._params.exact_share
        if np.isfinite(seconds):
            enough = max(params.exact_seconds, params.exact_factor * self._took)
            seconds = min(seconds, enough, params.exact_most_seconds)
        self.until(Deadline(seconds))
        try:
            while (chosen := _cheapest(conflicts, taken, self._price)) is not None:
                found = self.conflict(chosen)
                if isinstance(found, Contradiction):
                    conflicts += [found.members, *self._alike(found.members)]
                    in_a_row += 1
                    if in_a_row > params.conflicts_in_a_row and taken:
                        return
                    if in_a_row > params.conflicts_in_a_row:
                        raise OutOfTimeError
                else:
                    in_a_row = 0
                    self.until(own)
                    taken.append(found.members)
                    yield found
        except OutOfTimeError:
            if taken:
                raise
            self.until(whole)
            yield self._cheap_correction(own)

    def _alike(self, members: tuple[Member, ...]) -> Iterator[tuple[Member, ...]]:
        """The same contradiction of other people, where it is one of a single person.

        It is the same where the rows of the members are, number by number.
        """
        if len({member.who for member in members}) > 1 or members[0].who < 0:
            return
        said = self._holding.said(self._numbers(members))
        for person in range(self.arrays.num_volunteers):
            others = tuple(member._replace(who=person) for member in members)
            known = person != members[0].who and all(other in self._number for other in others)
            if known and self._holding.said(self._numbers(others)) == said:
                yield others

    def until(self, deadline: Deadline) -> None:
        """Answer until another deadline."""
        self._deadline = self._holding.deadline = deadline

    def _cheap_correction(self, own: Deadline) -> Correction:
        """A cheap one, looked for until a deadline; what it breaks is seen after that too."""
        whole = self._deadline
        own = Deadline(min(own.left(), self._params.cheap_seconds))
        prices = [self._price(member) for member in self.grounds.members]
        never = np.array([i for i, p in enumerate(prices) if p is None], dtype=np.int64)
        cost = np.array([float(p or 0) for p in prices])
        seconds = own.left() * self._params.engines_share
        limits = replace(self._limits, seconds=min(self._params.engines_seconds, seconds))
        broken, works = least_broken(self._holding, never, cost, limits, own)
        self.until(whole)
        return self._correction(broken, works, minimal=False)

    def _price(self, member: Member) -> int | None:
        return self.rules[member.rule].worth

    def price_of(self, members: Collection[Member]) -> int:
        """Sum of the prices of members."""
        return sum(self._price(m) or 0 for m in members)


def _cheapest(
    conflicts: Collection[Collection[Member]],
    taken: Collection[Collection[Member]],
    price_of: Callable[[Member], int | None],
) -> tuple[Member, ...] | None:
    """The cheapest members that hit every conflict and contain no set that is taken already."""
    prices = {m: price_of(m) for members in conflicts for m in members}
    members = sorted(m for m, p in prices.items() if p is not None)
    index = {m: i for i, m in enumerate(members)}
    rows = [[index[m] for m in some if m in index] for some in (*conflicts, *taken)]
    if not all(rows):
        return None
    matrix = sparse.lil_array((len(rows), len(members)))
    for row, entries in enumerate(rows):
        matrix[row, entries] = -1.0 if row < len(conflicts) else 1.0
    # Of equal prices the set with fewer members comes first, then what is asked of all the time.
    cost = np.array([10_000.0 * (prices[m] or 0) + 10.0 + bool(m.place) for m in members])
    bounds = np.array([-1.0] * len(conflicts) + [len(some) - 1.0 for some in taken])
    program = Program.part(sparse.csr_array(matrix), bounds, np.ones(len(members)), cost=cost)
    highs = load(program, whole=True, seed=0)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    chosen = np.array(highs.getSolution().col_value) > 0.5
    return tuple(member for member, kept in zip(members, chosen, strict=True) if kept)
