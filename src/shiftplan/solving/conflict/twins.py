"""Members that are needed for the same reason as another one.

(`Holding`, works that break one member only) -> works that break another one only.

Where people are alike, so are most members of a conflict. What shows that one of them is needed
shows it of another once the two people, or the two shifts, change places; a look at the rows tells
whether it does, which is far quicker than a search.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from shiftplan.solving.conflict.grounds import Member
from shiftplan.solving.conflict.holding import Holding

Array = np.ndarray[Any, Any]


class Twins:
    """Exchanges people and shifts in the works of one `Holding`."""

    def __init__(self, holding: Holding) -> None:
        self._holding, self._members = holding, holding.grounds.members
        arrays, self._column = holding.grounds.model.arrays, holding.grounds.model.pairs.table()
        needs = arrays.week.requirements
        self._shift_of = [arrays.shift_index[need.shift_id] for need in needs]

    def of(
        self, member: int, works: Array, others: Sequence[int], whole: Sequence[int]
    ) -> dict[int, Array]:
        """Works that break one of the others only, for those that are alike.

        Parameters
        ----------
        member
            Number of the member that the works break, and nothing else of the whole.
        works
            Float of shape (num_pairs,).
        others
            Numbers of members that may be like it.
        whole
            Numbers of all members that count.
        """
        found = {}
        for other in others:
            exchanged = self._exchanged(works, self._members[member], self._members[other])
            if exchanged is None:
                continue
            rest = np.array([number for number in whole if number != other], dtype=np.int64)
            if self._holding.keeps(exchanged, rest):
                found[other] = exchanged
        return found

    def _exchanged(self, works: Array, one: Member, other: Member) -> Array | None:
        """Works with the people or shifts of two members exchanged; None where they differ more."""
        if (one.rule, one.place) != (other.rule, other.place):
            return None
        if one.who >= 0 and other.who >= 0 and one.where == other.where:
            ours, theirs = self._column[one.who], self._column[other.who]
        elif one.who == other.who == -1 and one.place in ("shift", "need"):
            ours, theirs = (self._column[:, self._shift(member)] for member in (one, other))
        else:
            return None
        moved = works.copy()
        for to, source in ((ours, theirs), (theirs, ours)):
            works_there = np.where(source >= 0, works[source], 0.0)
            if (works_there[to < 0] > 0).any():
                return None
            moved[to[to >= 0]] = works_there[to >= 0]
        return moved

    def _shift(self, member: Member) -> int:
        return self._shift_of[member.where] if member.place == "need" else member.where
