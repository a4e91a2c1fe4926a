"""Rows that follow from two rules together: they raise the relaxation and change no solution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.rules.company import Mentor
from shiftplan.rules.held import with_spared
from shiftplan.rules.seats import pairs_counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shiftplan.case.arrays import Array
    from shiftplan.model import Model
    from shiftplan.week.requirements import Requirement


def wait_for_mentors(
    model: Model, needs: Sequence[Requirement], seats: Array, empty: Array
) -> None:
    """No seat is filled by a novice where no mentor is, as hard rules say.

    Of the first k seats of a shift, people who are neither novices nor mentors and k times the
    mentors fill as many as are filled: without a mentor there is no novice, and one mentor is
    enough for k. The relaxation of the rule by itself lets half a mentor bring half of each of two
    novices, and so fill the dearest seat of two shifts. For k above the novices of one mentor the
    rule itself says as much.

    Parameters
    ----------
    model
        The model, to which the rows are added.
    needs, seats
        Requirements, and the seats of each that are priced, int of shape (len(needs),).
    empty
        Column that is 1 where a seat is empty, the last seat of a requirement first; int of shape
        (seats.sum(),). Seats at one price have a column together.
    """
    arrays, pairs = model.arrays, model.pairs
    own, last = arrays.own_shift(needs), np.cumsum(seats) - 1
    need, pair = pairs_counted(model, needs)
    for one in () if model.alone else model.rules:
        if not isinstance(one, Mentor) or not one.hard or one.per == "moment":
            continue
        novice, mentor = one.roles(model)
        mentors = model.sum_pairs(np.where(mentor, pairs.shift, -1), arrays.num_shifts)
        plain = ~(novice | mentor)[pair]
        others = model.sum_entries(need[plain], pair[plain], len(needs))
        concerned = (own >= 0) & (np.bincount(need[novice[pair]], minlength=len(needs)) > 0)
        most = min(one.novices_per_mentor, int(seats.max(initial=0)))
        for first in range(1, most + 1):
            few = np.flatnonzero(concerned & (seats >= first))
            row, nth = one_by_one(np.full(len(few), first))
            # A column of several seats joins once.
            row, column = np.unique(np.stack([row, empty[last[few][row] - nth]]), axis=1)
            filled = model.columns(column).sum_by(row, len(few))
            filled += with_spared(model, others.take(few), own[few], np.full(len(few), first))
            filled += mentors.take(own[few]) * first
            model.imply_at_most(-filled, -first)
