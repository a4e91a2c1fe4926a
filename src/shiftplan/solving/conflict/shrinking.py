"""From a whole problem to a minimal conflict.

(`Holding`, members given up) -> members that cannot hold together -> those of them that are needed,
each with works that show it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from shiftplan.solving.conflict.holding import Holding, NothingHoldsError, OutOfTimeError
from shiftplan.solving.conflict.twins import Twins

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
    shifts exchanged often that others are.

    Returns
    -------
    tuple
        Numbers of members that cannot hold together; and for each of them works, float of shape
        (num_pairs,), that break no other one. None where time was too short for that.
    """
    found = members.tolist()
    shown: dict[int, Array] = {}
    twins, few = Twins(holding), holding.params.few_members
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
                shown |= twins.of(out[0], works, left[:-1], found)
            many = max(1, len(out) // 4)
    except OutOfTimeError:
        return np.array(found, dtype=np.int64), None
    return np.array(found, dtype=np.int64), shown
