"""Who could work the shifts that a design may choose from.

(`Problem`, `CandidateShift`s) -> `OfferedPeople`: how many people of each class could, shift by
shift and from moment to moment. A class is the people who meet the same of the conditions that a
center asks for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from shiftplan.case.arrays import Arrays
from shiftplan.citizens.shift_design.candidates import CandidateShift
from shiftplan.citizens.shift_design.curve import Curve, Span, moment
from shiftplan.problem import Problem
from shiftplan.week.records import Shift
from shiftplan.week.requirements import Condition, Conditions

Array = np.ndarray[Any, Any]


class PeopleClass(NamedTuple):
    """People who are alike for a center, or one of them."""

    meets: frozenset[Conditions] = frozenset()
    """What they meet of what it asks for."""
    volunteer_id: str = ""
    """The person, where each is decided on; empty for all who are alike."""


@dataclass(frozen=True)
class OfferedPeople:
    """How many people of each class could work the shifts of one center."""

    classes: tuple[PeopleClass, ...]
    """Those of which there is somebody, the one that meets least first."""
    could: Mapping[tuple[int, int], Array] | None
    """Candidate, day -> how many of each class could, int of shape (classes,); None for any."""
    there: tuple[tuple[Span, Array], ...] = ()
    """A time between two ends of candidates, and how many of each class could be there."""
    most: Array | None = None
    """Shifts that the people of each class could work in all, int of shape (classes,)."""


def anybody(curves: Iterable[Curve]) -> OfferedPeople:
    """As many people as are asked for, each of whom meets one of the conditions.

    Whoever meets it meets what follows from it, too: portal 2 counts as portal 1.
    """
    asked = [curve.conditions for curve in curves if curve.conditions]
    meets = [frozenset(other for other in asked if _follows(other, one)) for one in asked]
    classes = dict.fromkeys([frozenset[Conditions](), *meets])
    return OfferedPeople(tuple(map(PeopleClass, classes)), None)


def _follows(conditions: Conditions, from_: Conditions) -> bool:
    """Whether everybody who meets some conditions meets others."""
    return all(any(_implies(one, other) for one in from_) for other in conditions)


def _implies(one: Condition, other: Condition) -> bool:
    """Whether everybody who meets a condition meets another one."""
    if one.held != other.held:
        return False
    has, asks = (one, other) if one.held else (other, one)  # who holds none holds none of fewer
    return all(
        any(a.skill_id == b.skill_id and a.level >= b.level for b in asks.abilities)
        for a in has.abilities
    )


def week_of(problem: Problem, own: Mapping[str, Sequence[CandidateShift]]) -> Problem:
    """The week whose shifts are all that a design may choose from, and nothing about others.

    They stand in the order of centers, candidates and dates, each named after these. One at a place
    and time of the week's own is like it, with whatever refers to it, as `with_design` keeps it.
    """
    today = shifts_today(problem)
    shifts, named = [], {}
    for name, found in own.items():
        for number, candidate in enumerate(found):
            for day in candidate.days:
                start, end = (moment(problem, at) for at in candidate.span(day))
                own_id = shift_name(name, number, day)
                if (like := today.get((name, start, end))) is not None:
                    named[like.shift_id] = own_id
                    kept = {"shift_id": own_id, "type": candidate.kind.type or like.type}
                    certain = {"optional": False, "alternative": ""}
                    shifts.append(like.model_copy(update=kept | certain))
                    continue
                shift = Shift.model_construct(
                    shift_id=own_id,
                    center_id=name,
                    start=start,
                    end=end,
                    type=candidate.kind.type,
                )
                shifts.append(shift)
    about = {
        table: tuple(
            row.model_copy(update={"shift_id": named[row.shift_id]})
            for row in getattr(problem, table)
            if row.shift_id in named
        )
        for table in ("pins", "preferences", "published")
    }
    return problem.model_copy(update={"shifts": tuple(shifts), "requirements": (), **about})


def shifts_today(problem: Problem) -> dict[tuple[str, dt.datetime, dt.datetime], Shift]:
    """Center, start, end -> the shift that a week has there; of several the first."""
    return {(s.center_id, s.start, s.end): s for s in reversed(problem.shifts)}


def shift_name(center_id: str, candidate: int, day: int) -> str:
    """Id of a candidate on a date in `week_of`."""
    return f"{center_id} {candidate} {day}"


def offered(
    week: Problem,
    own: Mapping[str, Sequence[CandidateShift]],
    curves: Mapping[str, Sequence[Curve]],
    *,
    each: bool = False,
) -> dict[str, OfferedPeople]:
    """Center id -> who could work its candidates, whom no hard rule by itself keeps from it.

    `week` is that of `week_of`. With `each` every person is a class.
    """
    arrays = Arrays(week)
    could = np.ones((arrays.num_volunteers, arrays.num_shifts), dtype=bool)
    limit = np.full(arrays.num_volunteers, arrays.num_shifts)
    for rule in week.active_rules:
        most = rule.most_of_each(arrays) if rule.hard else None
        if most is not None:
            limit = np.minimum(limit, most)
        forbidden = rule.forbid(arrays)
        if forbidden is not None:
            could &= ~forbidden
    days = arrays.num_volunteers, arrays.num_days
    meets = {
        kind: np.logical_and.reduce([np.ones(days, dtype=bool), *map(arrays.meets_on, kind)])
        for kind in {curve.conditions for found in curves.values() for curve in found}
    }
    found = {}
    first = 0
    for name, candidates in own.items():
        spots = [(number, day) for number, one in enumerate(candidates) for day in one.days]
        places = slice(first, first := first + len(spots))
        near = np.flatnonzero(could[:, places].any(axis=1))
        kinds = [curve.conditions for curve in curves[name] if curve.conditions]
        told = {kind: meets[kind][near] for kind in kinds}
        spans = [candidates[number].span(day) for number, day in spots]
        who = [week.volunteers[i].volunteer_id for i in near.tolist()] if each else None
        found[name] = _of_center(could[near, places], told, spots, spans, limit[near], who)
    return found


def _of_center(
    able: Array,
    meets: Mapping[Conditions, Array],
    spots: Sequence[tuple[int, int]],
    spans: Sequence[Span],
    limit: Array,
    who: Sequence[str] | None,
) -> OfferedPeople:
    """Who could work the candidates of one center.

    `able`: whether a person could work each, bool of shape (people, spots); `meets`: who meets
    conditions on which date, (people, dates); `limit`: shifts of a person at most, (people,);
    `who`: ids of the people, where each is a class.
    """
    days = np.array([day for _, day in spots], dtype=np.int64)
    number = np.zeros(able.shape, dtype=np.int64)  # the class, a bit for each kind
    for bit, met in enumerate(meets.values()):
        number |= met[:, days].astype(np.int64) << bit
    if who is not None:
        number |= np.arange(len(who), dtype=np.int64)[:, None] << len(meets)
    used = np.unique(number[able])
    of_class = [able & (number == one) for one in used]
    classes = tuple(
        PeopleClass(
            frozenset(kind for bit, kind in enumerate(meets) if one >> bit & 1),
            "" if who is None else who[one >> len(meets)],
        )
        for one in used.tolist()
    )
    counts = np.array([own.sum(axis=0) for own in of_class]).reshape(len(used), len(spots))
    ends = sorted({end for span in spans for end in span})
    starts, stops = np.array([s for s, _ in spans]), np.array([s for _, s in spans])
    there = []
    for begin, end in pairwise(ends):
        inside = (starts <= begin) & (end <= stops)
        if inside.any():
            count = np.array([own[:, inside].any(axis=1).sum() for own in of_class])
            there.append(((begin, end), count))
    most = [int(np.minimum(_apart(own, starts, stops), limit).sum()) for own in of_class]
    could = {spot: counts[:, i] for i, spot in enumerate(spots)}
    return OfferedPeople(classes, could, tuple(there), np.array(most, dtype=np.int64))


def _apart(able: Array, starts: Array, stops: Array) -> Array:
    """How many shifts each person could work, none of them at the time of another.

    Those that end first are taken first, which makes them most.
    """
    found = np.zeros(len(able), dtype=np.int64)
    free = np.full(len(able), np.iinfo(np.int64).min)
    for spot in np.argsort(stops, kind="stable").tolist():
        taken = able[:, spot] & (free <= starts[spot])
        found += taken
        free[taken] = stops[spot]
    return found
