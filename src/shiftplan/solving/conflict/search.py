"""The search for conflicts and ways out of one problem.

`Problem` -> `Search` -> minimal conflicts, and the cheapest sets of members to give up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import highspy
import numpy as np
from scipy import sparse

from shiftplan.engines.highs import load
from shiftplan.engines.task import Deadline, Limits
from shiftplan.model import Program
from shiftplan.problem import Problem
from shiftplan.rules.arrays import Arrays
from shiftplan.solving.conflict.elastic import least_broken
from shiftplan.solving.conflict.grounds import Grounds, Member, Scope, lay_out
from shiftplan.solving.conflict.holding import Holding, OutOfTimeError
from shiftplan.solving.conflict.prices import NEVER, price
from shiftplan.solving.conflict.shrinking import narrow, shrink
from shiftplan.solving.judge import disagreement

Array = np.ndarray[Any, Any]
_MANY = 8
"""Conflicts beyond which the cheapest way out of all of them is not sought."""
_EXACT_SHARE = 0.25
"""Part of the time in which the first way out has to be the cheapest of all."""
_ENGINES_SHARE, _ENGINES_SECONDS = 0.4, 4.0
"""Part of the time, and most of it, in which engines look for one that is only cheap."""


class Contradiction(NamedTuple):
    """Members that cannot hold together."""

    members: tuple[Member, ...]
    """Which ones."""
    minimal: bool
    """Whether each is proven to be needed."""


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
        self._scopes: list[Scope] = []
        self._forbidding = {
            number
            for number, rule in enumerate(self.rules)
            if rule.hard and rule.forbid(self.arrays) is not None
        }
        self._seen: set[Member] = set()
        self._lay_out()

    def _lay_out(self) -> None:
        self.grounds: Grounds = lay_out(self.arrays, self._scopes)
        self._holding = Holding(self.grounds, self._deadline, lambda: self._limits.cancelled)
        self._number = {member: i for i, member in enumerate(self.grounds.members)}

    def _numbers(self, members: Collection[Member]) -> Array:
        known = [self._number[m] for m in members if m in self._number]
        return np.array(sorted(known, key=self._rank), dtype=np.int64)

    def _rank(self, number: int) -> tuple[bool, bool, int, int]:
        """What a conflict rather has stands first: pins, then rules of people, then of teams."""
        member = self.grounds.members[number]
        kind = self.rules[member.rule].rule
        return (kind != "pins", member.who < 0, price(kind), number)

    def conflict(self, given_up: Collection[Member] = ()) -> Contradiction | Correction:
        """A minimal conflict of all members but those given up, or what keeps all the others.

        Raises
        ------
        OutOfTimeError
            If neither is known in time.
        ModelError
            If the solvers disagree on whether members can hold together.
        """
        loose = self._numbers(given_up)
        kept, works = narrow(self._holding, self._numbers(self._seen), loose)
        if kept is None:
            return self._correction(loose, works, minimal=True)
        self._seen |= {self.grounds.members[i] for i in kept.tolist()}
        return self._shrunk(kept, given_up)

    def _correction(self, numbers: Array, works: Array, *, minimal: bool) -> Correction:
        pairs = np.flatnonzero(works > 0.5)
        model = self.grounds.model
        amounts = tuple(self._holding.amounts(works, numbers))
        members = tuple(self.grounds.members[i] for i in numbers.tolist())
        found = np.stack([model.pairs.volunteer[pairs], model.pairs.shift[pairs]], axis=1)
        return Correction(members, amounts, found, minimal)

    def _shrunk(self, kept: Array, given_up: Collection[Member]) -> Contradiction:
        numbers, minimal = shrink(self._holding, np.array(sorted(kept.tolist(), key=self._rank)))
        members = [self.grounds.members[i] for i in numbers.tolist()]
        scopes = {s for m in members if (s := self._scope(m)) is not None} - {*self._scopes}
        if minimal and scopes:
            # Whom a rule forbids to come may be the reason too: let the rules say so themselves.
            self._scopes += sorted(scopes)
            self._lay_out()
            forbidding = [
                m for m in self.grounds.members if self._forbids(m) and m not in set(given_up)
            ]
            numbers = self._numbers({*members, *forbidding})
            numbers, minimal = shrink(self._holding, numbers)
            self._seen |= {self.grounds.members[i] for i in numbers.tolist()}
        if not self._holding.confirm_impossible(numbers):
            kinds = sorted(
                {self.rules[self.grounds.members[i].rule].rule for i in numbers.tolist()}
            )
            what = f"only the second one finds a roster that keeps {', '.join(kinds)}"
            raise disagreement(self.problem, what, None, between="HiGHS and CP-SAT")
        in_order = sorted(numbers.tolist(), key=self._rank)
        return Contradiction(tuple(self.grounds.members[i] for i in in_order), minimal)

    def _forbids(self, member: Member) -> bool:
        """Whether a member says that nobody of a scope can come, whatever else holds."""
        if member.rule not in self._forbidding:
            return False
        shift, person = Scope("shift", member.where), Scope("person", member.who)
        return (member.who < 0 and shift in self._scopes) or (
            member.where < 0 and person in self._scopes
        )

    def _scope(self, member: Member) -> Scope | None:
        """Whose forbidden pairs could help a member to hold."""
        if member.rule in self._forbidding:
            return None
        if member.who < 0:
            return Scope("shift", member.where) if member.place == "shift" else None
        return Scope("person", member.who)

    def corrections(self, first: Contradiction) -> Iterator[Correction]:
        """Sets of members to give up, cheapest first, each without a needless member.

        A set must hit every conflict known. The cheapest one is tried: either all others hold
        without it, or they name another conflict that must be hit too. Where there are very many
        conflicts, or they take long, one set is found that is cheap, but not proven to be the
        cheapest.
        """
        conflicts = [first.members]
        taken: list[tuple[Member, ...]] = []
        whole = self._deadline
        self._until(Deadline(whole.left() * _EXACT_SHARE))
        try:
            while (chosen := _cheapest(conflicts, taken, self._price)) is not None:
                found = self.conflict(chosen)
                if isinstance(found, Contradiction):
                    conflicts.append(found.members)
                    if len(conflicts) > _MANY and not taken:
                        raise OutOfTimeError
                else:
                    self._until(whole)
                    taken.append(found.members)
                    yield found
        except OutOfTimeError:
            if taken:
                raise
            self._until(whole)
            yield self._cheap_correction()

    def _until(self, deadline: Deadline) -> None:
        """Answer until another deadline."""
        self._deadline = self._holding.deadline = deadline

    def _cheap_correction(self) -> Correction:
        prices = [self._price(member) for member in self.grounds.members]
        never = np.array([i for i, p in enumerate(prices) if p is None], dtype=np.int64)
        cost = np.array([float(p or 0) for p in prices])
        seconds = min(_ENGINES_SECONDS, self._deadline.left() * _ENGINES_SHARE)
        limits = replace(self._limits, seconds=seconds)
        broken, works = least_broken(self._holding, never, cost, limits)
        return self._correction(broken, works, minimal=False)

    def _price(self, member: Member) -> int | None:
        kind = self.rules[member.rule].rule
        return None if kind in NEVER else price(kind)

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
    rows: list[tuple[list[int], float, float]] = [
        ([index[m] for m in conflict if m in index], -1.0, -1.0) for conflict in conflicts
    ]
    rows += [([index[m] for m in some], 1.0, len(some) - 1.0) for some in taken]
    if any(not entries for entries, _, _ in rows):
        return None
    matrix = sparse.lil_array((len(rows), len(members)))
    for row, (entries, sign, _) in enumerate(rows):
        for entry in entries:
            matrix[row, entry] = sign
    # Of equal prices the set with fewer members comes first.
    cost = np.array([1_000.0 * (prices[m] or 0) + 1.0 for m in members])
    bounds = np.array([bound for _, _, bound in rows])
    program = Program.part(sparse.csr_array(matrix), bounds, np.ones(len(members)), cost=cost)
    highs = load(program, whole=True, seed=0)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    chosen = np.array(highs.getSolution().col_value) > 0.5
    return tuple(member for member, kept in zip(members, chosen, strict=True) if kept)
