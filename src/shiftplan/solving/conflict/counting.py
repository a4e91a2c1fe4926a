"""A contradiction told by a count: more seats must be filled than people can fill.

(`Grounds`, `Count` of its program) -> `CountTold`. Where many people are concerned, nobody reads a
member for each of them; here rules are members, with how many people or teams they concern.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from scipy import sparse

from shiftplan.engines.highs import part_of
from shiftplan.engines.impossible import Count, Limited, Reasons
from shiftplan.engines.task import Array
from shiftplan.model import Program
from shiftplan.rules.given import Pins
from shiftplan.solving.conflict.grounds import Grounds, Member


class CountTold(NamedTuple):
    """What people can fill, what must be filled, and which rules say so."""

    people: int
    """People who could fill some of these seats."""
    most: int
    """Seats that they can fill at most."""
    asked: int
    """Seats that must be filled."""
    teams: Mapping[int, int]
    """Number of a rule that asks for people -> requirements for which it does."""
    rules: Mapping[int, int]
    """Number of a rule that limits people -> how many; 0 where it keeps people from shifts."""
    pins: tuple[Member, ...]
    """Pins that take part in it, each by itself."""
    limits: tuple[tuple[Program, int], ...]
    """What a person's rules say, and the works that they allow at most; people alike once."""


def told(
    grounds: Grounds, reasons: Reasons, count: Count, rank: Callable[[int], tuple[bool, int, int]]
) -> CountTold:
    """Tell a count by rules, without those of people that are not needed for it.

    What `rank` puts last is left out first.
    """
    program, members, member_of = grounds.program, grounds.members, grounds.member_of
    rule_of = np.array([member.rule for member in members] + [-1])[member_of]
    limited = count.limited
    own = np.unique(rule_of[np.concatenate([count.rows[:0], *_rows(limited)])])
    needed = {*own[own >= 0].tolist()}
    for rule in sorted(needed, key=rank, reverse=True):
        fewer = tuple(_without(each, rule_of, rule, reasons) for each in limited)
        if count._replace(limited=fewer).most < count.asked:
            limited = fewer
            needed.discard(rule)
    asking = rule_of[count.rows]
    teams = {rule: int((asking == rule).sum()) for rule in np.unique(asking).tolist()}
    rules: dict[int, int] = {}
    pins: list[Member] = []
    for rule in sorted(needed):
        rows = [own[rule_of[own] == rule] for own in _rows(limited)]
        if isinstance(grounds.rules[rule], Pins):
            numbers = np.unique(member_of[np.concatenate(rows)]).tolist()
            pins += [members[number] for number in numbers]
        else:
            rules[rule] = sum(1 for own in rows if len(own))
    volunteer, shift = grounds.model.pairs.volunteer, grounds.model.pairs.shift
    columns = np.unique(program.matrix[count.rows].indices)
    there = np.unique(shift[columns])
    for number, rule in enumerate(grounds.rules):
        forbidden = rule.forbid(grounds.model.arrays) if rule.hard else None
        if forbidden is not None and not isinstance(rule, Pins) and forbidden[:, there].any():
            rules.setdefault(number, 0)
    return CountTold(
        people=len(np.unique(volunteer[columns])),
        most=count._replace(limited=limited).most,
        asked=count.asked,
        teams=teams,
        rules=rules,
        pins=tuple(pins),
        limits=tuple((each.people.part, each.most) for each in limited),
    )


def beyond(part: Program, most: int) -> Program:
    """What a person's rules say, and that the person works more than that."""
    more = np.zeros(part.num_columns)
    more[: part.num_pairs] = -1.0
    matrix = sparse.vstack([part.matrix, sparse.csr_array(more[None])], format="csr")
    return Program.part(matrix, np.append(part.row_upper, -most - 1.0), part.upper)


def _rows(limited: tuple[Limited, ...]) -> list[Array]:
    return [rows for each in limited for rows in each.people.rows]


def _without(each: Limited, rule_of: Array, rule: int, reasons: Reasons) -> Limited:
    """People without the rows that a rule has on them."""
    rows = [own[rule_of[own] != rule] for own in each.people.rows]
    if len(rows[0]) == len(each.people.rows[0]):
        return each
    kept = np.flatnonzero(rule_of[each.people.rows[0]] != rule)
    part = part_of(each.people.part, kept, np.arange(each.people.part.num_columns))
    most = reasons.most_works(part)
    return Limited(each.people._replace(part=part, rows=rows), most or 0)
