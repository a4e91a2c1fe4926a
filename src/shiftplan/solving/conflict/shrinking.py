"""From a whole problem to a minimal conflict.

(`Holding`, members given up) -> members that cannot hold together -> those of them that are needed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from shiftplan.solving.conflict.holding import Holding, NothingHoldsError, OutOfTimeError

Array = np.ndarray[Any, Any]


def narrow(holding: Holding, start: Array, given_up: Array) -> tuple[Array | None, Array]:
    """Members that cannot hold together, or a roster that keeps all that are not given up.

    Members that the roster without works breaks come first; a roster that keeps these, with as few
    works as possible, breaks others, which join them; and so on.

    Parameters
    ----------
    holding
        What answers.
    start
        Numbers of members to begin with.
    given_up
        Numbers of members that may be broken; the roster breaks them as little as possible.

    Returns
    -------
    tuple
        Numbers of the members and no works; or None, and the works.
    """
    kept = np.setdiff1d(start, given_up)
    works = np.zeros(holding.grounds.program.num_pairs)
    while True:
        try:
            if len(kept):
                works = holding.works(kept, given_up, least=True)
        except NothingHoldsError:
            return kept, np.zeros(0)
        found = np.setdiff1d(holding.broken(works, kept, given_up), given_up)
        new = np.setdiff1d(found, kept)
        if not len(found):
            return None, works
        if not len(new):
            raise OutOfTimeError  # a solver's answer that its own rows refuse
        kept = np.union1d(kept, new)


def shrink(holding: Holding, members: Array) -> tuple[Array, bool]:
    """Members of which each is needed, of some that cannot hold together; those in front stay.

    Again and again the shortest beginning is sought that cannot hold together with the members
    known to be needed; its last member is needed, and what follows it is not.

    Returns
    -------
    tuple
        Numbers of members that cannot hold together, and whether time allowed to see that each of
        them is needed.
    """

    def is_impossible(kept: list[int]) -> bool:
        return not holding.is_possible(np.array(kept, dtype=np.int64))

    needed: list[int] = []
    rest = members.tolist()
    try:
        while not is_impossible(needed):
            low, high = 1, len(rest)
            while low < high:
                middle = (low + high) // 2
                if is_impossible(needed + rest[:middle]):
                    high = middle
                else:
                    low = middle + 1
            needed.append(rest[low - 1])
            rest = rest[: low - 1]
    except OutOfTimeError:
        return np.array(needed + rest, dtype=np.int64), False
    found = np.array(needed, dtype=np.int64)
    try:
        each = all(holding.is_possible(np.delete(found, i)) for i in range(len(found)))
    except OutOfTimeError:
        each = False
    return found, each
