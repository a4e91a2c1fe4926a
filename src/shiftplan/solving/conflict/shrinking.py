"""From a whole problem to a minimal conflict.

(`Holding`, members given up) -> members that cannot hold together -> those of them that are needed,
each with works that show it.

Where people are alike, so are most members of a conflict. What shows that one of them is needed
shows it of another once the two people, or the two shifts, change places; a look at the rows tells
whether it does, which is far quicker than a search.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from shiftplan.engines.task import Array
from shiftplan.solving.conflict.grounds import Member
from shiftplan.solving.conflict.holding import Holding, NothingHoldsError, OutOfTimeError


def narrow(holding: Holding, start: Array, given_up: Array) -> tuple[Array | None, Array]:
    """Members that cannot hold together, as numbers; or None, and works that keep all not given up.

    Where some ask more of people than they can do, it is these. Or else it begins with the members
    `start`, and those that the roster without works breaks. A roster that keeps these, with as few
    works as possible, breaks others, which join them; and so on. What is given up it breaks as
    little as possible.
    """
    beyond = holding.asked_too_much(given_up)
    if beyond is not None:
        return beyond, np.zeros(0)
    kept = np.setdiff1d(start, given_up)
    works, few = np.zeros(holding.grounds.program.num_pairs), holding.params.few_members
    while True:
        try:
            if len(kept):
                works = holding.works(kept, given_up, least=True)
        except NothingHoldsError as error:
            among = kept if len(kept) <= few else np.setdiff1d(error.among, given_up)
            return among, np.zeros(0)
        found = np.setdiff1d(holding.broken(works, kept, given_up), given_up)
        new = np.setdiff1d(found, kept)
        if not len(found):
            return None, works
        if not len(new):
            raise OutOfTimeError  # a solver's answer that its own rows refuse
        kept = np.union1d(kept, new)


def shrink(holding: Holding, members: Array) -> tuple[Array, dict[int, Array] | None]:
    """Members of which each is needed, of some that cannot hold together; those in front stay.

    From the end on, as many at once are left out as the rest does without. Where a single one
    cannot be left out, works keep all others: they show that it is needed, and with people or
    shifts exchanged often that others are. Beside the numbers of the members stand, for each of
    them, works, float of shape (num_pairs,), that break no other one; None if time was too short.
    """
    found = members.tolist()
    shown: dict[int, Array] = {}
    exchange, few = _Exchange(holding), holding.params.few_members
    many = 1
    try:
        while left := [member for member in found if member not in shown]:
            out = left[-many:]
            rest = [member for member in found if member not in {*out}]
            try:
                works = holding.works(np.array(rest, dtype=np.int64))
            except NothingHoldsError as error:
                enough = {*(rest if len(rest) <= few else error.among.tolist())}
                found, many = [member for member in rest if member in enough], 2 * many
                continue
            if len(out) == 1:
                shown[out[0]] = works
                for other, exchanged in exchange.alike(out[0], works, left[:-1]):
                    others = [number for number in found if number != other]
                    if holding.keeps(exchanged, np.array(others, dtype=np.int64)):
                        shown[other] = exchanged
            many = max(1, len(out) // 4)
    except OutOfTimeError:
        return np.array(found, dtype=np.int64), None
    return np.array(found, dtype=np.int64), shown


class _Exchange:
    """Exchanges people and shifts in the works of one `Holding`."""

    def __init__(self, holding: Holding) -> None:
        self._members, model = holding.grounds.members, holding.grounds.model
        self._column, index = model.pairs.table(), model.arrays.shift_index
        needs = model.arrays.week.requirements
        self._shift_of = [None if n.shift_id is None else index[n.shift_id] for n in needs]

    def alike(
        self, member: int, works: Array, others: Sequence[int]
    ) -> Iterator[tuple[int, Array]]:
        """Those of other members that are alike one, and its works with the two exchanged."""
        for other in others:
            exchanged = self._exchanged(works, self._members[member], self._members[other])
            if exchanged is not None:
                yield other, exchanged

    def _exchanged(self, works: Array, one: Member, other: Member) -> Array | None:
        """Works with the people or shifts of two members exchanged; None where they differ more."""
        if (one.rule, one.place) != (other.rule, other.place):
            return None
        if one.who >= 0 and other.who >= 0 and one.where == other.where:
            ours, theirs = self._column[one.who], self._column[other.who]
        elif one.who == other.who == -1 and one.place in ("shift", "need"):
            here, there = (
                self._shift_of[m.where] if m.place == "need" else m.where for m in (one, other)
            )
            if here is None or there is None:
                return None
            ours, theirs = self._column[:, here], self._column[:, there]
        else:
            return None
        moved = works.copy()
        for to, source in ((ours, theirs), (theirs, ours)):
            works_there = np.where(source >= 0, works[source], 0.0)
            if (works_there[to < 0] > 0).any():
                return None
            moved[to[to >= 0]] = works_there[to >= 0]
        return moved
