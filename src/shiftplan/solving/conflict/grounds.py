"""Hard rules and pins as groups of rows that can be taken away one by one.

(`Arrays`, scopes that are opened) -> `Grounds`: a program and the member that each row belongs to.

A pair that a rule forbids by itself is in no model, so nothing could say that it is the rule that
stands in the way. Here pairs of chosen shifts and people are opened: they are in the program, and
the rules that forbid them have rows which say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from shiftplan.model import Model, Program, Where
from shiftplan.rules.arrays import Arrays
from shiftplan.rules.base import Rule, forbidden_pairs

Array = np.ndarray[Any, Any]
_PLACES: tuple[Where, ...] = ("", "shift", "day")


class Member(NamedTuple):
    """A hard rule with regard to a person and a place, or a pin."""

    rule: int
    """Number of the rule among the active rules of the problem."""
    who: int
    """Volunteer index; -1 for nobody in particular."""
    where: int
    """Index of the shift or day; -1 for the whole horizon."""
    place: Where
    """What `where` counts."""


class Scope(NamedTuple):
    """A shift or a person whose forbidden pairs are opened."""

    kind: str
    """`shift` or `person`."""
    number: int
    """Which one."""


@dataclass(frozen=True)
class Grounds:
    """A program of hard rules only, and the members its rows belong to."""

    model: Model
    program: Program
    members: tuple[Member, ...]
    """In the order of their rules, people and places."""
    member_of: Array
    """Number of the member of each row, -1 for rows that define a column, int (num_rows,)."""
    rules: tuple[Rule, ...]
    """Active rules of the problem."""


def lay_out(arrays: Arrays, scopes: Sequence[Scope]) -> Grounds:
    """Post the hard rules of a problem, with the forbidden pairs of pins and scopes opened.

    A pair in several scopes belongs to the first of them, and that of a pin to nothing else.
    """
    rules = arrays.problem.active_rules
    people, shifts = arrays.num_volunteers, arrays.num_shifts
    pinned = np.zeros((people, shifts), dtype=bool)
    for pin in arrays.problem.pins:
        pinned[arrays.volunteer_index[pin.volunteer_id], arrays.shift_index[pin.shift_id]] = True
    owner = np.full((people, shifts), -1)
    for number in reversed(range(len(scopes))):
        kind, one = scopes[number]
        owner[(slice(None), one) if kind == "shift" else (one, slice(None))] = number
    possible = ~forbidden_pairs(rules, arrays) | pinned | (owner >= 0)
    model = Model(arrays, possible, np.arange(shifts), alone=True)
    of_shift = np.array([s.kind == "shift" for s in scopes] + [False])
    number_of: list[int] = []
    for number, rule in enumerate(rules):
        if not rule.hard:
            continue
        forbidden = rule.forbid(arrays)
        if forbidden is not None:
            pairs = np.flatnonzero(forbidden[model.pairs.volunteer, model.pairs.shift])
            who, where = model.pairs.volunteer[pairs], model.pairs.shift[pairs]
            alone = pinned[who, where]
            together = ~alone & of_shift[owner[who, where]]
            model.avoid(
                rule,
                model.columns(pairs),
                who=np.where(together, -1, who),
                where=np.where(alone | together, where, -1),
                place="shift",
            )
        rule.post(model)
        number_of += [number] * (len(model.tags) - len(number_of))
    keys = [np.zeros((0, 4), dtype=np.int64)]
    for tag, number in zip(model.tags, number_of, strict=True):
        key = np.full((len(tag.who), 4), number if tag.rule is not None else -1)
        key[:, 1], key[:, 2], key[:, 3] = tag.who, tag.where, _PLACES.index(tag.place)
        key[tag.where < 0, 3] = 0
        keys.append(key)
    found, member_of = np.unique(np.concatenate(keys), axis=0, return_inverse=True)
    defining = int(np.count_nonzero(found[:, 0] < 0))
    members = tuple(Member(r, v, s, _PLACES[p]) for r, v, s, p in found[defining:].tolist())
    return Grounds(
        model=model,
        program=model.program(),
        members=members,
        member_of=np.maximum(np.asarray(member_of).reshape(-1) - defining, -1),
        rules=rules,
    )
