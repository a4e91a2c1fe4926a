"""A week with the shifts of a design instead of its own, and the people that each needs.

(`Problem`, `DesignedShift`s, their cover) -> `Problem`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, count

from shiftplan.citizens.shift_design.curve import DAY, moment
from shiftplan.citizens.shift_design.judged import CenterCover, DesignedShift
from shiftplan.citizens.shift_design.people import shifts_today
from shiftplan.problem import Problem
from shiftplan.week.records import Shift
from shiftplan.week.requirements import Conditions, Requirement, in_columns


def with_design(
    problem: Problem,
    shifts: Sequence[DesignedShift],
    cover: Iterable[CenterCover],
    *,
    cyclic: bool,
) -> Problem:
    """The week with designed shifts at the centers that they cover.

    A shift of the week at the same place and time stays as it is, with its id, tags and whatever
    refers to it, but is held for certain, and of the type of its row in `shift_types` if that names
    one; of several such shifts the first. What refers to another
    shift of these centers is left out. Its people become requirements: heads as designed, and those
    with a skill as far as that is needed.
    """
    covered: dict[str, list[CenterCover]] = defaultdict(list)
    for piece in cover:
        covered[piece.center_id].append(piece)
    own = [shift for shift in problem.shifts if shift.center_id not in covered]
    kept, taken = {shift.shift_id for shift in own}, set(problem.shift_by_id)
    today = shifts_today(problem)
    held: list[tuple[Shift, DesignedShift]] = []
    for one in shifts:
        start, end = (moment(problem, at) for at in one.span)
        shift = today.get((one.center_id, start, end))
        if shift is None:
            name = _name(one.center_id, start, end, taken)
            taken.add(name)
            shift = Shift(
                shift_id=name, center_id=one.center_id, start=start, end=end, type=one.kind.type
            )
        else:
            kept.add(shift.shift_id)
            if one.kind.type:
                shift = shift.model_copy(update={"type": one.kind.type})
            if shift.optional or shift.alternative:
                shift = shift.model_copy(update={"optional": False, "alternative": ""})
        held.append((shift, one))
    others = tuple(need for need in problem.requirements if _stays(problem, need, covered.keys()))
    turns = (0, problem.horizon.days * DAY) if cyclic else (0,)
    needs = [
        need for shift, one in held for need in _needs(shift, one, covered[one.center_id], turns)
    ]
    return problem.model_copy(
        update={
            "shifts": (*own, *(shift for shift, _ in held)),
            "requirements": (*others, *needs),
            "pins": tuple(p for p in problem.pins if p.shift_id in kept),
            "preferences": tuple(
                p for p in problem.preferences if p.shift_id is None or p.shift_id in kept
            ),
            "published": tuple(p for p in problem.published if p.shift_id in kept),
        }
    )


def _name(center_id: str, start: dt.datetime, end: dt.datetime, taken: Container[str]) -> str:
    """A readable id that no other shift has or had, such as `c1-0302-0800-1200`."""
    first = f"{center_id}-{start:%m%d}-{start:%H%M}-{end:%H%M}"
    names = chain([first], (f"{first}-{number}" for number in count(2)))
    return next(name for name in names if name not in taken)


def _stays(problem: Problem, need: Requirement, designed: Container[str]) -> bool:
    """Whether a requirement is not about what the design decided."""
    if need.shift_id is not None:
        return problem.shift_by_id[need.shift_id].center_id not in designed
    return need.start is None or need.center_id is None or need.center_id not in designed


def _needs(
    shift: Shift, one: DesignedShift, cover: Iterable[CenterCover], turns: Sequence[int]
) -> Iterator[Requirement]:
    """Yield what a shift needs: heads first; a piece of cover comes again at each of some turns.

    Of those who meet some conditions it needs the share that is needed of all who are there, where
    that is highest: shifts that do so together have enough at any moment.
    """
    (start, end), shares = one.span, defaultdict[Conditions, list[tuple[float, float]]](list)
    for piece in cover:
        a, b = piece.need.span
        if piece.there and any(start <= a + turn and b + turn <= end for turn in turns):
            need = piece.need
            shares[piece.conditions].append(
                (min(1.0, need.minimum / piece.there), min(1.0, need.target / piece.there))
            )
    for conditions, found in sorted(shares.items(), key=lambda one: (len(one[0]), one[0])):
        people = one.who(conditions)
        least, wanted = (_share(people, max(parts)) for parts in zip(*found, strict=True))
        target = wanted if conditions else people
        if target:
            ability, further = in_columns(conditions)
            skill, level = ability or (None, None)
            yield Requirement(
                shift_id=shift.shift_id,
                skill_id=skill,
                min_level=level,
                with_skills=further,
                minimum=least,
                target=target,
            )


def _share(people: int, share: float) -> int:
    return math.ceil(people * share - 1e-9)
