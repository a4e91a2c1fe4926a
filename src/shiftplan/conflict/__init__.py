"""Why no roster exists: hard rules and pins that cannot all hold, and the cheapest ways out.

`Problem` -> `find_conflict` -> `Conflict`; `Problem` -> `ways_out` -> `WayOut`s.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from shiftplan.conflict.holding import OutOfTimeError
from shiftplan.conflict.search import Contradiction, Correction, Search
from shiftplan.conflict.sentences import Sentences
from shiftplan.engines.task import Deadline, Limits
from shiftplan.problem import Problem
from shiftplan.result import Conflict, WayOut

MOST_WAYS = 5


class Inquiry:
    """The contradiction of one problem, and what to do about it; work is shared by both."""

    def __init__(self, problem: Problem, limits: Limits) -> None:
        deadline = Deadline(limits.seconds)
        self._search = Search(problem, deadline, lambda: limits.cancelled)
        self._sentences = Sentences(problem)
        self._found: Contradiction | Correction | None = None

    def conflict(self) -> Conflict | None:
        """The contradiction, without members when there is none; None when it is not known."""
        try:
            self._found = self._search.conflict()
        except OutOfTimeError:
            return None
        if isinstance(self._found, Correction):
            return Conflict((), minimal=True)
        members = tuple(map(self._sentences.member, self._found.members))
        return Conflict(members, self._found.minimal)

    def ways_out(self, most: int = MOST_WAYS) -> Iterator[WayOut]:
        """What to give up, cheapest first, while time is left; after `conflict`."""
        if not isinstance(self._found, Contradiction):
            return
        try:
            for count, found in enumerate(self._search.corrections(self._found), 1):
                members = tuple(map(self._sentences.member, found.members))
                price = self._search.price_of(found.members)
                yield WayOut(members, found.amounts, price, found.minimal)
                if count == most:
                    return
        except OutOfTimeError:
            return


def find_conflict(problem: Problem, limits: Limits | None = None) -> Conflict | None:
    """Find hard rules and pins that contradict each other.

    What is found is verified: alone, without objective and soft rules, its members leave no roster
    (HiGHS says so, and CP-SAT too); without any one of them there is one.

    Returns
    -------
    Conflict or None
        Without members when a roster exists; None when neither was known in time.
    """
    return Inquiry(problem, limits or Limits()).conflict()


def ways_out(
    problem: Problem, *, most: int = MOST_WAYS, seconds: float = math.inf
) -> tuple[WayOut, ...]:
    """Find what to give up so that a roster exists, what people miss least first.

    Each way out is verified: a roster keeps everything but its members, and none keeps one of them
    too. They come by price (`shiftplan.conflict.prices`), then by number of members, then amount.
    Where there are very many conflicts, one way out is found that is not proven to be minimal.

    Parameters
    ----------
    problem
        The problem; nothing is found when it has a roster.
    most
        Ways out to find at most.
    seconds
        Time for everything; what was found by then is returned.
    """
    inquiry = Inquiry(problem, Limits(seconds=seconds))
    inquiry.conflict()
    return ranked(inquiry.ways_out(most))


def ranked(ways: Iterator[WayOut]) -> tuple[WayOut, ...]:
    """Ways out in their order: price, number of members, sum of amounts."""
    return tuple(sorted(ways, key=lambda way: (way.price, len(way.members), sum(way.amounts))))
