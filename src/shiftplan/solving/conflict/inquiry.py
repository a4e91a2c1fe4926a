"""One contradiction from the question to the sentences.

(`Problem`, `Limits`) -> `Inquiry` -> `Conflict` and `WayOut`s. A contradiction is looked at again,
from the week itself and with another solver: a week of nothing but its members says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NoReturn

import numpy as np

from shiftplan.engines.params import MOST_WAYS
from shiftplan.engines.task import Deadline, Limits
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.solving.conflict.counting import CountTold, beyond
from shiftplan.solving.conflict.grounds import Member, only
from shiftplan.solving.conflict.holding import Holding, OutOfTimeError
from shiftplan.solving.conflict.members import Members
from shiftplan.solving.conflict.search import Contradiction, Correction, Search
from shiftplan.solving.judge import disagreement
from shiftplan.solving.result import Conflict, ConflictMember, SeatCount, WayOut


class Inquiry:
    """The contradiction of one problem, and what to do about it; work is shared by both."""

    def __init__(self, problem: Problem, limits: Limits) -> None:
        self._problem, self._limits = problem, limits
        self._deadline = Deadline(limits.seconds)
        self._search = Search(problem, self._deadline, limits)
        self._said = Members(problem)
        self._found: Contradiction | Correction | None = None

    def _members(self, members: tuple[Member, ...]) -> tuple[ConflictMember, ...]:
        facts = self._search.grounds.facts
        return tuple(self._said.member(member, facts.get(member)) for member in members)

    def conflict(self) -> Conflict | None:
        """The contradiction, without members when there is none; None when it is not known.

        It is confirmed as far as time allows.
        """
        try:
            share = self._limits.params.conflict.naming_share
            self._search.until(Deadline(self._deadline.left() * share))
            self._found = self._search.conflict()
        except OutOfTimeError:
            return None
        finally:
            self._search.until(self._deadline)
        if isinstance(self._found, Correction):
            return Conflict((), minimal=True)
        if self._found.counted is not None:
            return self._told(self._found.counted)
        confirmed, minimal = self._is_confirmed(self._found), self._found.shown is not None
        return Conflict(self._members(self._found.members), minimal, confirmed)

    def _told(self, found: CountTold) -> Conflict:
        """A contradiction told by a count; CP-SAT looks again at what each person can work."""
        holding = Holding(self._search.grounds, self._deadline, self._limits)
        try:
            agrees = confirmed = all(holding.refuses(beyond(*limit)) for limit in found.limits)
        except OutOfTimeError:
            agrees, confirmed = True, False
        if not agrees:
            self._disagree({*found.teams, *found.rules})
        members = [self._said.kind(rule, teams=many) for rule, many in found.teams.items()]
        members += [self._said.kind(rule, people=many) for rule, many in found.rules.items()]
        counted = SeatCount(found.people, found.most, found.asked)
        return Conflict((*self._members(found.pins), *members), False, confirmed, counted)

    def _disagree(self, rules: Iterable[int]) -> NoReturn:
        """Solvers disagree about what some rules, given by numbers, leave."""
        kinds = sorted({self._search.rules[rule].rule for rule in rules})
        what = Message("model.second_finds_roster", rules=kinds)
        raise disagreement(self._problem, what, None, between="model.highs_and_cpsat")

    def _is_confirmed(self, found: Contradiction) -> bool:
        """Whether the week with nothing but the members says the same; False without time for it.

        The rules of the members are posted anew; whatever else keeps people away is given up.
        CP-SAT finds no roster, and what was to show that each member is needed does.

        Raises
        ------
        ModelError
            If one of the two is not so; the problem is saved for a report.
        """
        grounds, params = self._search.grounds, self._limits.params.conflict
        arrays = grounds.model.arrays
        whole = arrays.num_volunteers * arrays.num_shifts <= params.whole_pairs
        alone = only(arrays, grounds, found.members, whole=whole)
        holding = Holding(alone, self._deadline, self._limits)
        number = {member: i for i, member in enumerate(alone.members)}
        kept = np.array([number[member] for member in found.members], dtype=np.int64)
        column = alone.model.pairs.table()
        try:
            agrees = holding.confirm_impossible(kept)
            for member, pairs in (found.shown or {}).items():
                works = np.zeros(len(alone.model.pairs))
                works[column[pairs[:, 0], pairs[:, 1]]] = 1
                agrees = agrees and holding.keeps(works, kept[kept != number[member]])
        except OutOfTimeError:
            return False
        if not agrees:
            self._disagree(member.rule for member in found.members)
        return True

    def is_impossible(self) -> bool | None:
        """Whether CP-SAT says too that no roster exists; None where it has no word in time."""
        grounds = self._search.grounds
        in_a_second = self._limits.params.conflict.entries_a_second
        if grounds.program.matrix.nnz > self._deadline.left() * in_a_second:
            return None
        holding = Holding(grounds, self._deadline, self._limits)
        try:
            return holding.confirm_impossible(np.arange(len(grounds.members)))
        except OutOfTimeError:
            return None

    def ways_out(self, most: int = MOST_WAYS, *, seconds: float = np.inf) -> tuple[WayOut, ...]:
        """What to give up, cheapest first, as far as time and `seconds` allow; after `conflict`.

        They come by price, then by number of members, then by the sum of amounts.
        """
        found = self._corrections(most, seconds)
        return tuple(sorted(found, key=lambda w: (w.price, len(w.members), sum(w.amounts))))

    def _corrections(self, most: int, seconds: float) -> Iterator[WayOut]:
        if not isinstance(self._found, Contradiction):
            return
        try:
            for found in islice(self._search.corrections(self._found, seconds), most):
                members, price = self._members(found.members), self._search.price_of(found.members)
                yield WayOut(members, found.amounts, price, found.minimal)
        except OutOfTimeError:
            return
