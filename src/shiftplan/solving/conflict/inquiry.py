"""One contradiction from the question to the sentences.

(`Problem`, `Limits`) -> `Inquiry` -> `Conflict` and `WayOut`s.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from shiftplan.engines.params import MOST_WAYS
from shiftplan.engines.task import Deadline, Limits
from shiftplan.problem import Problem
from shiftplan.solving.conflict.confirming import is_confirmed, is_impossible
from shiftplan.solving.conflict.holding import OutOfTimeError
from shiftplan.solving.conflict.members import Members
from shiftplan.solving.conflict.search import Contradiction, Correction, Search
from shiftplan.solving.result import Conflict, WayOut


class Inquiry:
    """The contradiction of one problem, and what to do about it; work is shared by both."""

    def __init__(self, problem: Problem, limits: Limits) -> None:
        self._problem, self._limits = problem, limits
        self._deadline = Deadline(limits.seconds)
        self._search = Search(problem, self._deadline, limits)
        self._members = Members(problem)
        self._found: Contradiction | Correction | None = None

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
        grounds, facts = self._search.grounds, self._search.grounds.facts
        confirmed = is_confirmed(self._problem, grounds, self._found, self._deadline, self._limits)
        members = tuple(self._members.member(m, facts.get(m)) for m in self._found.members)
        return Conflict(members, self._found.shown is not None, confirmed)

    def is_impossible(self) -> bool | None:
        """Whether a second solver says that no roster exists, whatever the reason; None for no word
        in time.
        """
        return is_impossible(self._search.grounds, self._deadline, self._limits)

    def ways_out(self, most: int = MOST_WAYS) -> tuple[WayOut, ...]:
        """What to give up, cheapest first, as far as time allows; after `conflict`.

        They come by price, then by number of members, then by the sum of amounts.
        """
        found = self._corrections(most)
        return tuple(sorted(found, key=lambda w: (w.price, len(w.members), sum(w.amounts))))

    def _corrections(self, most: int) -> Iterator[WayOut]:
        if not isinstance(self._found, Contradiction):
            return
        try:
            for found in islice(self._search.corrections(self._found), most):
                facts = self._search.grounds.facts
                members = tuple(self._members.member(m, facts.get(m)) for m in found.members)
                price = self._search.price_of(found.members)
                yield WayOut(members, found.amounts, price, found.minimal)
        except OutOfTimeError:
            return
