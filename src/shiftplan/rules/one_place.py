"""The rule that nobody is in two places at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.errors.message import AtShift
from shiftplan.rules.base import Findings, Rule
from shiftplan.rules.registry import rule

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear

__all__ = ["OnePlace"]


@rule(order=130)
class OnePlace(Rule):
    """Nobody works two shifts that overlap in time.

    It holds in every week, unless a row switches it off.

    Amount: pairs of overlapping shifts of a person.
    """

    rule: Literal["one_place"] = "one_place"
    level: Literal["hard", "off"] = "hard"
    """`hard`, or `off` where people may well work two shifts at once."""
    sees = "part"
    topic = "What a person can do"
    worth = None
    unit = "pairs of shifts"
    example = "07:00-11:00 and 10:00-14:00 on one date: amount 1."

    def check(self, case: Case) -> Findings:
        for volunteer in case.week.volunteers:
            shifts = case.worked(volunteer)
            for i, first in enumerate(shifts):
                for second in shifts[i + 1 :]:
                    if case.span[second.shift_id][0] < case.span[first.shift_id][1]:
                        other = AtShift(first.shift_id)
                        yield self.violation(volunteer, second, 1, other=other)

    def exclusive(self, arrays: Arrays) -> Array:
        return arrays.span

    def post(self, model: Model) -> None:
        # Intervals overlap pairwise exactly if all are running when the last of them starts.
        arrays = model.arrays
        starts = np.unique(arrays.start)
        first = np.searchsorted(starts, arrays.start[model.pairs.shift], side="left")
        last = np.searchsorted(starts, arrays.end[model.pairs.shift], side="left")
        pair, nth = one_by_one(last - first)
        moment = first[pair] + nth
        key = model.pairs.volunteer[pair] * len(starts) + moment
        begins = np.unique(model.pairs.volunteer * len(starts) + first)
        kept = np.isin(key, begins)
        rows, pair, moment = np.searchsorted(begins, key[kept]), pair[kept], moment[kept]
        if model.alone:
            rows, pair, owner = _with_each(rows, pair, first[pair] == moment, len(begins))
            begins = begins[owner]
        running = model.sum_entries(rows, pair, len(begins))
        who, day = begins // len(starts), _days_of(arrays, starts)[begins % len(starts)]
        model.at_most(self, running, 1, who=who, where=day, place="day")


def _days_of(arrays: Arrays, starts: Array) -> Array:
    """Number of the day of each start, int; a day on which clocks change is no 1440 minutes."""
    day = np.zeros(len(starts), dtype=np.int64)
    day[np.searchsorted(starts, arrays.start)] = arrays.day
    return day


def one_at_a_time(model: Model) -> bool:
    """Whether nobody can work two shifts at once."""
    return not model.alone and any(isinstance(rule, OnePlace) for rule in model.rules)


def people_at(model: Model, row: Array, pair: Array, size: int, *, exact: bool) -> Linear:
    """People in each row, of which pairs are there; who works two shifts at once is there once.

    `row`, `pair`: int of one shape; `size` is the number of rows, `exact` as in `Model.any_of`.
    """
    if one_at_a_time(model):
        return model.sum_entries(row, pair, size)
    people = model.arrays.num_volunteers
    keys, key = np.unique(row * people + model.pairs.volunteer[pair], return_inverse=True)
    there = model.any_of(np.asarray(key).reshape(-1), len(keys), exact=exact, pairs=pair)
    return there.sum_by(keys // people, size)


def _with_each(rows: Array, pair: Array, starts: Array, size: int) -> tuple[Array, Array, Array]:
    """Rows in which at most one shift does not start at their moment; their pairs and owners.

    Two shifts that were begun before a moment overlap, but not on its date. Each of them shares a
    row with those that start then.
    """
    begun, own = np.flatnonzero(~starts), np.flatnonzero(starts)
    alone = np.setdiff1d(np.arange(size), rows[begun])
    owner = np.concatenate([rows[begun], alone])
    own = own[np.argsort(rows[own], kind="stable")]
    count = np.bincount(rows[own], minlength=size)
    row, nth = one_by_one(count[owner])
    starting = pair[own[(np.cumsum(count) - count)[owner][row] + nth]]
    joined = np.concatenate([row, np.arange(len(begun))])
    return joined, np.concatenate([starting, pair[begun]]), owner
