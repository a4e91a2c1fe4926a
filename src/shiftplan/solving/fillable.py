"""What people could fill at most, and whether a roster is far from it.

(`Problem`, `Model`, `Result`) -> the `Result`, marked where its roster is too poor to hand out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from shiftplan.case.arrays import Array, Arrays
from shiftplan.model import Model
from shiftplan.problem import Problem
from shiftplan.problem.profile import leaves_seats_empty
from shiftplan.rules.registry import forbidden_pairs
from shiftplan.rules.seats import pairs_counted
from shiftplan.scoring.equity import EquityMeasures
from shiftplan.solving.result import Result, Status, StoppedBy
from shiftplan.solving.trouble import Poor, PoorReason
from shiftplan.week.requirements import Conditions

_SHARE = 0.5
"""Share of the fillable seats below which a roster is very poor, and gap above which it is."""


def with_supply(problem: Problem, model: Model, result: Result) -> Result:
    """The result of a model that says whether its roster is too poor, and where nobody can come."""
    assert result.equity is not None
    dearest = next(iter(result.levels.values()), result.total)
    gap = (dearest if problem.order == "strict" else result.total).gap
    early = result.status is Status.FEASIBLE and result.stopped_by is not StoppedBy.GAP
    seats, empty = result.equity, not result.roster
    poor = poor_of(problem, model, equity=seats, gap=gap, stopped_early=early, is_empty=empty)
    centers, dates = uncovered(model)
    return replace(result, poor=poor, nobody_at=centers, nobody_on=dates)


def poor_of(
    problem: Problem,
    model: Model,
    *,
    equity: EquityMeasures,
    gap: float | None,
    stopped_early: bool,
    is_empty: bool = False,
) -> Poor | None:
    """Why a roster with the seats of `equity` is too poor to be handed out; None when it is not.

    `gap` is the proven one of the total, or of the first level in the strict order, None when
    unknown; `stopped_early` says that a longer search could find a better roster, `is_empty` that
    nobody works any shift.
    """
    both = equity.overall.both
    seats, filled = both.target, both.filled
    if seats and not filled and not _fillable(model):
        return Poor(PoorReason.NOBODY, seats, 0, 0, gap, _reasons(problem, model))
    is_known_good = gap is not None and gap <= _SHARE
    if not stopped_early or is_known_good or leaves_seats_empty(problem):
        if is_empty and _usable(model).any():
            return Poor(PoorReason.EMPTY, seats, _fillable(model), 0, gap)
        return None
    fillable = _fillable(model)
    if filled < _SHARE * fillable:
        return Poor(PoorReason.SEATS, seats, fillable, filled, gap)
    if filled < fillable and gap is not None and gap < 1:  # a gap of 1 is that of no bound at all
        return Poor(PoorReason.GAP, seats, fillable, filled, gap)
    return None


def _usable(model: Model) -> Array:
    """Pairs of people who may work at all, bool of shape (num_pairs,)."""
    return np.asarray(model.most_shifts[model.pairs.volunteer] > 0)


def _fillable(model: Model) -> int:
    """Seats that people could fill at most.

    For each set of conditions asked: the sum over requirements of min(target, people who could work
    the shift and count), and no more than the shifts these people could work. Exclusive seats of a
    shift are no more than the people who could work it.
    """
    arrays, pairs, usable = model.arrays, model.pairs, _usable(model)
    targets: dict[tuple[Conditions, bool], Array] = {}
    timed = [need for need in arrays.week.requirements if need.shift_id is None]
    number, pair = pairs_counted(model, timed)
    number, pair = number[usable[pair]], pair[usable[pair]]
    most = np.minimum(np.bincount(number, minlength=len(timed)), [n.target for n in timed])
    counting, who = np.unique(np.stack([number, pairs.volunteer[pair]]), axis=1)
    work = np.bincount(counting, model.most_shifts[who], len(timed))
    total = int(np.minimum(most, work).sum())
    for need in arrays.week.requirements:
        if need.shift_id is None:
            continue
        key, none = (need.conditions, need.exclusive), np.zeros(arrays.num_shifts, dtype=np.int64)
        by_shift = targets.setdefault(key, none)
        by_shift[arrays.shift_index[need.shift_id]] += need.target
    apart = np.zeros(arrays.num_shifts, dtype=np.int64)
    for (conditions, exclusive), target in targets.items():
        counts = usable & (target[pairs.shift] > 0)
        for condition in conditions:
            counts &= arrays.meets(condition)[pairs.volunteer, pairs.shift]
        people = np.bincount(pairs.shift[counts], minlength=arrays.num_shifts)
        if exclusive:
            apart += np.minimum(target, people)
            continue
        work = model.most_shifts[np.unique(pairs.volunteer[counts])].sum()
        total += int(min(_held(arrays, np.minimum(target, people)).sum(), work))
    everybody = np.bincount(pairs.shift[usable], minlength=arrays.num_shifts)
    return total + int(_held(arrays, np.minimum(apart, everybody)).sum())


def _held(arrays: Arrays, seats: Array) -> Array:
    """Seats of each shift; of alternative shifts only those of one with the most."""
    held = seats.copy()
    for group in {ids[0]: ids for ids in arrays.week.alternatives.values()}.values():
        own = np.array([arrays.shift_index[shift_id] for shift_id in group])
        held[own[own != own[np.argmax(seats[own])]]] = 0
    return held


def _reasons(problem: Problem, model: Model) -> dict[str, int]:
    """Reason -> people whom it keeps from every shift, as `Poor.barred`."""
    arrays, everybody = model.arrays, model.arrays.num_volunteers
    offered = np.zeros(everybody, dtype=bool)
    offered[[arrays.volunteer_index[w.volunteer_id] for w in problem.availability]] = True
    windows = [rule for rule in problem.active_rules if rule.rule == "available"]
    inside = ~forbidden_pairs(windows, arrays)
    found: dict[str, int] = {}
    left = np.ones(everybody, dtype=bool)

    def count(why: str, who: Any) -> None:
        nonlocal left
        number = int(np.count_nonzero(left & who))
        if number:
            found[why] = found.get(why, 0) + number
        left = left & ~who

    count("no_time", ~offered)
    count("no_shift_in_time", ~inside.any(axis=1))
    if left.any():
        for rule in problem.active_rules:
            forbidden = rule.forbid(arrays)
            if forbidden is not None:
                count(rule.rule, ~(inside & ~forbidden).any(axis=1))
        with_pairs = np.isin(np.arange(everybody), model.pairs.volunteer)
        count("max_shifts", with_pairs & (model.most_shifts <= 0))
        count("no_seat", with_pairs)
        count("together", left)
    return found


def uncovered(model: Model) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Centers and dates that want people but where nobody can take any shift, as ids and ISO text.

    Both are empty where nobody can take any shift at all.
    """
    arrays, problem = model.arrays, model.arrays.week
    shifts = model.pairs.shift[_usable(model)]
    if not len(shifts):
        return (), ()
    needs = [need for need in problem.requirements if need.target]
    number, wanting = arrays.counted(needs)
    first, last = np.full(len(needs), arrays.num_days), np.full(len(needs), -1)
    np.minimum.at(first, number, arrays.day[wanting])
    np.maximum.at(last, number, arrays.day[wanting])
    centers = np.setdiff1d(arrays.center[wanting], arrays.center[shifts])
    days = np.setdiff1d(first[first == last], arrays.day[shifts])
    dates = (problem.horizon.dates[day].isoformat() for day in days)
    return tuple(problem.centers[i].center_id for i in centers), tuple(dates)
